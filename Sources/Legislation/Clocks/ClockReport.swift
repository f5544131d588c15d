public import Kernel

/// A clock for programs: how it counts, and its length on a day.
public struct ClockDescription: Sendable, Encodable {
    public let name: String
    public let title: String
    public let key: String
    public let starts: String
    public let counting: String
    public let tells: String
    /// In Vietnamese; nil where no value holds on the day.
    public let length: String?
    public let source: String?
    public let confidence: String?
    /// In which cases the law gives more time.
    public let longer: [String]

    public init(_ clock: LawClock, _ table: ParameterTable, on day: Day) throws {
        let parameter = try table.parameter(clock.key)
        let dated = parameter.value(on: day)
        name = clock.name
        title = parameter.name
        key = clock.key
        starts = clock.starts
        counting = clock.counting.rawValue
        tells = clock.outcome.rawValue
        length = dated.map { clock.length($0.value.vietnamese(parameter.unit)) }
        source = dated?.source
        confidence = dated?.confidence.rawValue
        longer = clock.extensions.map(\.when)
    }
}

/// A clock that was started, for programs.
public struct ClockReport: Sendable, Encodable {
    struct Skipped: Encodable {
        let day: Day
        let kind: DayOff.Kind
        let reason: String
        let provisional: Bool
    }

    struct Longer: Encodable {
        let when: String
        let day: Day
        let source: String
    }

    let name: String
    let title: String
    let starts: String
    let from: Day
    let tells: String
    let day: Day
    let calendarDay: Day
    let dayIfMoved: Day?
    let awaits: String?
    let provisional: Bool
    let skipped: [Skipped]
    let longer: [Longer]
    let parameters: [ParameterReport]

    public init(_ reading: ClockReading) {
        name = reading.clock.name
        title = reading.title
        starts = reading.clock.starts
        from = reading.from
        tells = reading.clock.outcome.rawValue
        day = reading.day
        calendarDay = reading.calendarDay
        dayIfMoved = reading.dayIfMoved
        awaits = reading.awaits
        provisional = reading.isProvisional
        skipped = reading.skipped.map {
            Skipped(
                day: $0.day, kind: $0.reason.kind, reason: $0.reason.words, provisional: $0.reason.isProvisional)
        }
        longer = reading.longer.map { Longer(when: $0.when, day: $0.day, source: $0.source) }
        parameters = reading.used.map { ParameterReport($0) }
    }
}
