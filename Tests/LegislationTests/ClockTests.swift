import Kernel
import Testing

@testable import Legislation

/// Clocks beyond the worked examples of `Cases/deadline.yaml`.
@Suite
struct ClockTests {
    private static func reading(_ clock: String, _ from: String, _ table: ParameterTable? = nil) throws -> ClockReading
    {
        var none = NoTrace()
        return try ClockReading(
            .init(clock: clock, from: try #require(Day(from))), try table ?? CaseTests.table.get(), trace: &none)
    }

    @Test
    func `each clock starts on any day of the years ahead and answers a day with its article`() throws {
        let table = try CaseTests.table.get()
        #expect(table.clocks.count >= 40)
        let first = try #require(Day("2026-07-01"))
        for clock in table.clocks {
            for offset in stride(from: 0, to: 1_600, by: 13) {
                var trace = Trace()
                let reading = try ClockReading(
                    .init(clock: clock.name, from: first.adding(days: offset)), table, trace: &trace)
                if clock.counting == .before {
                    #expect(reading.day < reading.from, "\(clock.name)")
                } else if clock.counting != .month {
                    #expect(reading.day > reading.from, "\(clock.name)")
                }
                let isMoved = clock.lastDayOff == "deadline.last_day_off"
                #expect(!isMoved || table.calendar.isWorking(reading.day), "\(clock.name) \(reading.from)")
                #expect(!trace.steps.isEmpty && trace.steps.allSatisfy { !$0.article.isEmpty })
            }
        }
    }

    @Test
    func `more time is counted from the first last day, or in the place of it`() throws {
        let resolution = try Self.reading("denunciation-resolution", "2026-06-01")
        // 1 July, 31 July, 30 August (a Sunday, then swapped and holidays).
        #expect(resolution.day.description == "2026-07-01")
        #expect(resolution.longer.map(\.day.description) == ["2026-07-31", "2026-09-03"])
        let handling = try Self.reading("denunciation-first-handling", "2026-06-01")
        #expect(handling.day.description == "2026-06-10" && handling.longer.first?.day.description == "2026-06-15")
        let restrict = try Self.reading("data-request-restrict", "2026-06-01")
        #expect(restrict.day.description == "2026-06-16")
        #expect(restrict.longer.map(\.day.description) == ["2026-07-01", "2026-06-22"])
    }

    @Test
    func `a payment day that falls on a day off is settled once a document does`() throws {
        let table = try CaseTests.table.get()
        let open = try Self.reading("payment-monthly", "2026-04-10")
        #expect(open.day.description == "2026-05-31" && open.awaits?.contains("BHXH Việt Nam") == true)
        for (rule, day) in [(LastDayRule.nextWorkingDay, "2026-06-01"), (.calendarDay, "2026-05-31")] {
            let amended = try table.amended(by: [
                Amendment(
                    key: "deadline.insurance.last_day_off",
                    value: DatedValue(
                        value: try #require(ParameterValue(typed: rule.words, unit: .lastDayRule)),
                        from: try #require(Day("2026-01-01")), to: nil, source: "Công văn", confidence: .verified))
            ])
            let settled = try Self.reading("payment-monthly", "2026-04-10", amended)
            #expect(settled.day.description == day && settled.dayIfMoved == nil && settled.awaits == nil)
        }
    }

    @Test
    func `late payment waits for the same document, and counts from the day that it settles`() throws {
        let table = try CaseTests.table.get()
        func late(_ month: Month?, subject: String? = nil, _ asOf: String, _ table: ParameterTable) throws
            -> LatePayment
        {
            var none = NoTrace()
            return try LatePayment(
                .init(
                    kind: subject == nil ? .unpaid : .unregistered, amount: 1_000_000,
                    asOf: try #require(Day(asOf)), month: month, subjectFrom: subject.flatMap { Day($0) }), table,
                trace: &none)
        }
        // 31 May 2026 is a Sunday; 31 January 2026, thirty days after New Year's Day, a Saturday.
        let april = try #require(Month("2026-04"))
        let open = try late(april, "2026-06-10", table)
        #expect(open.deadline.description == "2026-05-31" && open.deadlineIfMoved?.description == "2026-06-01")
        #expect(open.lateDays == 10 && open.awaits?.contains("BHXH Việt Nam") == true)
        let may = try #require(Month("2026-05"))
        let working = try late(may, "2026-07-10", table)
        #expect(working.deadlineIfMoved == nil && working.awaits == nil)
        for (rule, pays, registers, days) in [
            (LastDayRule.nextWorkingDay, "2026-06-01", "2026-02-02", 9), (.calendarDay, "2026-05-31", "2026-01-31", 10),
        ] {
            let amended = try table.amended(by: [
                Amendment(
                    key: "deadline.insurance.last_day_off",
                    value: DatedValue(
                        value: try #require(ParameterValue(typed: rule.words, unit: .lastDayRule)),
                        from: try #require(Day("2026-01-01")), to: nil, source: "Công văn", confidence: .verified))
            ])
            let settled = try late(april, "2026-06-10", amended)
            #expect(settled.deadline.description == pays && settled.lateDays == days)
            #expect(
                settled.deadlineIfMoved == nil && settled.used.contains { $0.key == "deadline.insurance.last_day_off" })
            let registered = try late(nil, subject: "2026-01-01", "2026-06-10", amended)
            #expect(registered.deadline.description == registers)
        }
    }

    @Test
    func `an amended length moves the day, and a misspelt clock is named`() throws {
        let table = try CaseTests.table.get()
        let amended = try table.amended(by: [
            Amendment(
                key: "deadline.book_issue_working_days",
                value: DatedValue(
                    value: .count(3), from: try #require(Day("2026-12-01")), to: nil, source: "Luật mới",
                    confidence: .verified))
        ])
        #expect(try Self.reading("book-issue", "2026-12-01", amended).day.description == "2026-12-04")
        #expect(try Self.reading("book-issue", "2026-11-30", amended).day.description == "2026-12-07")
        #expect(
            performing: { _ = try Self.reading("book-isue", "2026-12-01") },
            throws: { "\($0)".contains("có phải là “book-issue”") })
    }

    private static func file(_ clock: String, unit: String = "days") -> String {
        "subject: a\ntitle: A\nparameters:\n  - {key: k, name: n, unit: \(unit), clock: {\(clock)}, values: [{value: 1, from: 2026-01-01, source: s, confidence: verified}]}"
    }

    @Test
    func `a clock that cannot be counted is refused with its key`() throws {
        for (text, words) in [
            (Self.file("starts: x"), "thiếu name"), (Self.file("name: c"), "thiếu starts"),
            (Self.file("name: c, starts: x, counts: weekly"), "không có cách tính"),
            (Self.file("name: c, starts: x", unit: "percent"), "không tính được"),
            (Self.file("name: c, starts: x, tells: never"), "tells là một trong"),
            (Self.file("name: c, starts: x, extensions: [{by: k, to: k, when: w}]"), "đúng một trong by"),
        ] {
            #expect(
                performing: { _ = try ParameterFile.read(text, file: "x.yaml") }, throws: { "\($0)".contains(words) })
        }
        for (text, words) in [
            (Self.file("name: c, starts: x, last_day_off: k"), "last-day-rule"),
            (Self.file("name: c, starts: x, extensions: [{by: none, when: w}]"), "“none” không phải"),
        ] {
            let subject = try ParameterFile.read(text, file: "x.yaml")
            #expect(performing: { _ = try ParameterTable(subjects: [subject]) }, throws: { "\($0)".contains(words) })
        }
    }
}
