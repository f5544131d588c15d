import Synchronization

/// How many connections each address has open.
final class ConnectionRegister: Sendable {
    private let most: Int?
    private let counts = Mutex<[String: Int]>([:])

    /// - Parameter most: for one address; nil for any number.
    init(most: Int?) {
        self.most = most
    }

    /// Counts one more, for which ``leave(_:)`` is called later.
    /// - Returns: false, and nothing is counted, where the address has as many as it may.
    func enter(_ address: String) -> Bool {
        counts.withLock { counts in
            let count = counts[address, default: 0]
            if let most, count >= most { return false }
            counts[address] = count + 1
            return true
        }
    }

    func leave(_ address: String) {
        counts.withLock { counts in
            let count = counts[address, default: 0] - 1
            counts[address] = count > 0 ? count : nil
        }
    }
}
