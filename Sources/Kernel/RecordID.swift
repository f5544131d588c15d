import Synchronization

/// The identifier of a stored record: 26 characters, sortable by the moment it was made, not guessable.
///
/// In Crockford's base 32, in the layout of a ULID: the moment in milliseconds, then a count within the second (20 bits)
/// and 60 random bits. Made by the program, not by the database, so that both engines behave alike and a record can be
/// referred to before it is stored.
public struct RecordID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Nil unless the text has the shape of an identifier; says nothing about whether such a record exists.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 26, text.utf8.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.text = String(text)
    }

    /// How many identifiers this process made for each of the seconds it made some for lately.
    private static let made = Mutex<[Int64: UInt64]>([:])

    /// Identifiers made one after the other in one process for the same second sort in the order of their making.
    public init(at moment: Timestamp) {
        let count = Self.made.withLock { made in
            // Clocks of several days may be in use at once (tests, illustrations); old seconds are forgotten together.
            if made.count > 256 { made = made.filter { $0.key == moment.secondsSinceEpoch } }
            let count = made[moment.secondsSinceEpoch, default: 0]
            made[moment.secondsSinceEpoch] = count + 1
            return count
        }
        var generator = SystemRandomNumberGenerator()
        self.init(at: moment, count: count, using: &generator)
    }

    /// - Parameter count: how many identifiers were made before in the same second; beyond a million the order is given up.
    init(at moment: Timestamp, count: UInt64, using generator: inout some RandomNumberGenerator) {
        var characters: [UInt8] = []
        characters.reserveCapacity(26)
        func append(_ number: UInt64, bits: Int) {
            for shift in stride(from: bits - 5, through: 0, by: -5) {
                characters.append(Self.alphabet[Int(number >> UInt64(shift) & 31)])
            }
        }
        append(UInt64(max(0, moment.secondsSinceEpoch)) &* 1_000, bits: 50)
        append(min(count, (1 << 20) - 1), bits: 20)
        append(UInt64.random(in: 0...UInt64.max, using: &generator), bits: 60)
        text = String(decoding: characters, as: UTF8.self)
    }

    public var description: String { text }

    public static func < (left: RecordID, right: RecordID) -> Bool { left.text < right.text }
}
