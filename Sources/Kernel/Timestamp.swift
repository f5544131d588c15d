/// A moment: whole seconds since 1970-01-01T00:00:00Z.
///
/// Viet Nam keeps one zone, UTC+7 without daylight saving (Asia/Ho_Chi_Minh), so the civil day of a moment needs no
/// zone database.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let secondsSinceEpoch: Int64

    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// A moment of a day by the clock of Viet Nam.
    public init(day: Day, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        secondsSinceEpoch = local - Self.offset
    }

    private static let offset: Int64 = 7 * 3_600

    private var local: (day: Int, second: Int) {
        let seconds = secondsSinceEpoch + Self.offset
        let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        return (Int(day), Int(seconds - day * 86_400))
    }

    /// The civil day in Viet Nam.
    public var day: Day { Day(daysSinceEpoch: local.day) }

    /// `HH:mm`, Viet Nam's clock.
    public var clock: String { "\(twoDigits(local.second / 3_600)):\(twoDigits(local.second / 60 % 60))" }

    /// `14:05 ngày 23/11/2026`
    public var vietnamese: String { "\(clock) ngày \(day.vietnamese)" }

    public func adding(seconds: Int64) -> Timestamp { Timestamp(secondsSinceEpoch: secondsSinceEpoch + seconds) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 with Viet Nam's offset: `2026-11-23T14:05:09+07:00`.
    public var description: String { "\(day)T\(clock):\(twoDigits(local.second % 60))+07:00" }
}

/// Where the present comes from: handed down from the edge of the program, never asked for inside a rule.
public struct Clock: Sendable {
    private let read: @Sendable () -> Timestamp

    public init(_ read: @escaping @Sendable () -> Timestamp) {
        self.read = read
    }

    /// A clock that stands still, for tests and for "as of that day".
    public static func fixed(_ moment: Timestamp) -> Clock { Clock { moment } }

    public var now: Timestamp { read() }
    public var today: Day { read().day }
}
