import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The identifier of a stored record: 26 characters, sortable by the moment it was made, not guessable.
///
/// In Crockford's base 32, in the layout of a ULID: the moment in milliseconds, then a count (20 bits) and 60 random bits. A
/// process counts within a second; the milliseconds are those at which it made the second's first identifier, so that the
/// identifiers of a process that was started again sort behind those of the one before, within the same second too. Made by the program, not by the database, so that both engines behave alike and a record can be
/// referred to before it is stored.
public struct RecordID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Nil unless the text has the shape of an identifier; says nothing about whether such a record exists.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 26, text.utf8.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.text = String(text)
    }

    private struct Second {
        /// When this process made its first identifier of the second.
        let millisecond: UInt64
        /// How many it made since.
        var count: UInt64 = 0
    }

    /// The seconds this process made some for lately.
    private static let made = Mutex<[Int64: Second]>([:])

    /// How far the machine's clock is into a second; the end of one that is over, the beginning of one to come.
    static func millisecond(of second: Int64) -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let present = Int64(now.tv_sec)
        return present == second ? UInt64(now.tv_nsec) / 1_000_000 : present > second ? 999 : 0
    }

    /// Identifiers made one after the other in one process for the same second sort in the order of their making.
    public init(at moment: Timestamp) {
        let second = moment.secondsSinceEpoch
        let place = Self.made.withLock { made in
            // Clocks of several days may be in use at once (tests, illustrations); old seconds are forgotten together.
            if made.count > 256 { made = made.filter { $0.key == second } }
            let place = made[second] ?? Second(millisecond: Self.millisecond(of: second))
            made[second] = Second(millisecond: place.millisecond, count: place.count + 1)
            return place
        }
        var generator = SystemRandomNumberGenerator()
        self.init(at: moment, millisecond: place.millisecond, count: place.count, using: &generator)
    }

    /// - Parameters:
    ///   - millisecond: of the second, at which its first identifier was made.
    ///   - count: how many identifiers were made before in the same second; beyond a million the order is given up.
    init(
        at moment: Timestamp, millisecond: UInt64 = 0, count: UInt64, using generator: inout some RandomNumberGenerator
    ) {
        var characters: [UInt8] = []
        characters.reserveCapacity(26)
        func append(_ number: UInt64, bits: Int) {
            for shift in stride(from: bits - 5, through: 0, by: -5) {
                characters.append(Self.alphabet[Int(number >> UInt64(shift) & 31)])
            }
        }
        append(UInt64(max(0, moment.secondsSinceEpoch)) &* 1_000 &+ millisecond, bits: 50)
        append(min(count, (1 << 20) - 1), bits: 20)
        append(UInt64.random(in: 0...UInt64.max, using: &generator), bits: 60)
        text = String(decoding: characters, as: UTF8.self)
    }

    public var description: String { text }

    public static func < (left: RecordID, right: RecordID) -> Bool { left.text < right.text }
}
