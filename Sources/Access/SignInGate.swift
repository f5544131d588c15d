import Kernel
import Synchronization

/// Lets tries that are counted together through one after the other, so that each knows how those before it ended: guesses
/// sent all at once are counted like guesses sent one by one, and a try that is still being looked at counts as nothing.
///
/// Of one server; several servers on one database each let one through at a time.
final class SignInGate: Sendable {
    private let lines = Mutex<[String: [CheckedContinuation<Bool, Never>]]>([:])
    /// How many may wait in one line.
    private let longest: Int

    init(longest: Int) {
        self.longest = longest
    }

    /// Runs a body when no other body of the same line runs.
    func alone<T>(_ line: String, _ body: () async throws -> T) async throws -> T {
        guard await enter(line) else {
            throw Refusal(
                .tooMany, "Đang có quá nhiều lần đăng nhập vào tài khoản này. Hãy đợi một phút rồi thử lại.",
                retrySeconds: 60)
        }
        defer { leave(line) }
        return try await body()
    }

    private func enter(_ line: String) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer = lines.withLock { lines -> Bool? in
                guard var waiting = lines[line] else {
                    lines[line] = []
                    return true
                }
                guard waiting.count < longest else { return false }
                waiting.append(continuation)
                lines[line] = waiting
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func leave(_ line: String) {
        let next = lines.withLock { lines -> CheckedContinuation<Bool, Never>? in
            guard var waiting = lines[line], !waiting.isEmpty else {
                lines[line] = nil
                return nil
            }
            let next = waiting.removeFirst()
            lines[line] = waiting
            return next
        }
        next?.resume(returning: true)
    }
}
