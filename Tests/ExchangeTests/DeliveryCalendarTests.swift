import Formats
import Kernel
import Testing

@testable import Exchange

/// Who delivered what for which months, and what counts as missing.
@Suite
struct DeliveryCalendarTests {
    private static func calendar(
        _ lists: [String: [String]], agreed: [String: [String]] = [:], kinds: [String: RecordKind] = [:],
        year: Int = 2026
    ) throws -> [String: String] {
        let sender = try #require(UnitCode("thue-thanh-pho"))
        func pair(_ format: String) -> DeliveryCalendar.Pair { .init(sender: sender, format: format) }
        let standing = Dictionary(
            uniqueKeysWithValues: lists.map { format, months in
                (
                    pair(format),
                    Dictionary(months.compactMap { Month($0) }.map { ($0, 1) }, uniquingKeysWith: +)
                )
            })
        let agreed = Dictionary(
            uniqueKeysWithValues: agreed.map { (pair($0), Set($1.compactMap { Month($0) })) })
        let calendar = DeliveryCalendar(
            year: year, standing: standing, agreed: agreed, kinds: kinds, today: try #require(Day("2026-06-10")))
        return Dictionary(
            uniqueKeysWithValues: calendar.lines.map { line in
                (
                    line.format,
                    line.months.map { state in
                        switch state {
                        case .delivered(let count): "\(count)"
                        case .missing: "x"
                        case .none: "."
                        }
                    }.joined()
                )
            })
    }

    @Test
    func `a list that comes month by month is missed; one that came once a year or once is not`() throws {
        #expect(
            try Self.calendar([
                "d02": ["2026-01", "2026-02", "2026-04"], "05-1": ["2025-12"], "boats": ["2026-03"],
            ]) == ["d02": "11x1x.......", "05-1": "............", "boats": "..1........."])
    }

    @Test
    func `a new form answers for the old one of the same kind`() throws {
        #expect(
            try Self.calendar(
                ["old": ["2026-01", "2026-02", "2026-03"], "new": ["2026-04"]],
                kinds: ["old": .voluntaryPayment, "new": .voluntaryPayment]
            ) == ["old": "111.x.......", "new": "...1........"])
    }

    @Test
    func `where an agreement rules, its days say what is missing, also of a list that never came`() throws {
        #expect(
            try Self.calendar(
                ["d02": ["2026-01", "2026-02"]], agreed: ["d02": ["2026-04"], "tax": ["2026-03"]]
            ) == ["d02": "11.x........", "tax": "..x........."])
    }

    @Test
    func `a year before the first delivery has no line`() throws {
        #expect(try Self.calendar(["d02": ["2026-01"]], year: 2025).isEmpty)
    }
}
