import Kernel
import Testing

@Suite
struct TimestampTests {
    /// Seconds since 1970, the civil day in Viet Nam and the ISO text, from Python's `datetime` at UTC+7.
    static let known: [(seconds: Int64, day: String, text: String)] = [
        (1_795_417_509, "2026-11-23", "2026-11-23T14:05:09+07:00"),
        (1_795_453_199, "2026-11-23", "2026-11-23T23:59:59+07:00"),
        (1_795_453_200, "2026-11-24", "2026-11-24T00:00:00+07:00"),
        (1_830_272_400, "2028-01-01", "2028-01-01T00:00:00+07:00"),
        (1_835_370_000, "2028-02-29", "2028-02-29T00:00:00+07:00"),
        (951_843_599, "2000-02-29", "2000-02-29T23:59:59+07:00"),
        (-1, "1970-01-01", "1970-01-01T06:59:59+07:00"), (-25_200, "1970-01-01", "1970-01-01T00:00:00+07:00"),
        (-25_201, "1969-12-31", "1969-12-31T23:59:59+07:00"),
    ]

    @Test(arguments: known)
    func `the day begins at midnight in Viet Nam`(seconds: Int64, day: String, text: String) {
        let moment = Timestamp(secondsSinceEpoch: seconds)
        #expect(moment.day.description == day)
        #expect(moment.description == text)
    }

    static let clocks: [(day: String, hour: Int, minute: Int, second: Int, seconds: Int64)] = [
        ("2026-11-23", 14, 5, 9, 1_795_417_509), ("2026-11-23", 23, 59, 59, 1_795_453_199),
        ("2026-11-24", 0, 0, 0, 1_795_453_200), ("1969-12-31", 23, 59, 59, -25_201),
    ]

    @Test(arguments: clocks)
    func `a moment is made from the clock of Viet Nam`(
        day: String, hour: Int, minute: Int, second: Int, seconds: Int64
    ) throws {
        let day = try #require(Day(day))
        #expect(Timestamp(day: day, hour: hour, minute: minute, second: second).secondsSinceEpoch == seconds)
    }

    @Test
    func `officers read the clock before the day`() {
        let moment = Timestamp(secondsSinceEpoch: 1_795_417_509)
        #expect(moment.clock == "14:05")
        #expect(moment.vietnamese == "14:05 ngày 23/11/2026")
        #expect(Timestamp(secondsSinceEpoch: 1_795_453_200).clock == "00:00")
    }

    @Test
    func `a second turns the day and a later moment is greater`() {
        let evening = Timestamp(secondsSinceEpoch: 1_795_453_199)
        let morning = evening.adding(seconds: 1)
        #expect(morning.day == evening.day.adding(days: 1))
        #expect(evening < morning)
        #expect(!(morning < evening))
    }

    @Test
    func `a fixed clock stands still on Viet Nam's day`() {
        let clock = Clock.fixed(Timestamp(secondsSinceEpoch: 1_795_453_200))
        #expect(clock.now.secondsSinceEpoch == 1_795_453_200)
        #expect(clock.now == clock.now)
        #expect(clock.today.description == "2026-11-24")
    }
}
