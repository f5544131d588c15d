import Formats
import Kernel
import TestSupport
import Testing

@testable import Registry

/// When and where somebody took part, worked out of what lists say.
@Suite
struct SpellTests {
    private static let sender = UnitCode("bhxh-thanh-pho")

    private static func record(
        _ kind: RecordKind, _ month: String, _ fields: [RecordField: String] = [:], unit: UInt8? = 1, at ordinal: Int
    ) throws -> MemberRecord {
        var numbers: [NumberToken] = []
        if let unit {
            numbers.append(
                NumberToken(
                    bytes: [NumberKind.namedEmployerUnit.rawValue]
                        + Array(repeating: unit, count: NumberToken.count - 1)))
        }
        return MemberRecord(
            place: RecordPlace(delivery: 1, ordinal: ordinal), kind: kind,
            source: RecordSource(kind: kind, sender: try #require(sender), period: try #require(Month(month))),
            fields: fields, numbers: numbers)
    }

    /// `c1 2026-01..2026-03 new/stopped`
    private static func spells(
        _ rows: [(RecordKind, String, [RecordField: String], UInt8?)], lists: [(String, Int)] = [],
        payments: [String] = []
    ) throws -> [String] {
        let records = try rows.enumerated().map { ordinal, row in
            try record(row.0, row.1, row.2, unit: row.3, at: ordinal)
        }
        let sender = try #require(Self.sender)
        var sources = try lists.map { month, count in
            RecordSource(kind: .participant, sender: sender, period: try #require(Month(month)), records: count)
        }
        sources += try payments.map {
            RecordSource(kind: .voluntaryPayment, sender: sender, period: try #require(Month($0)), records: 1)
        }
        let making = SpellMaking(
            rules: try DerivationRules.shipped().spells, lists: MonthLists(sources, percent: 50))
        // Whatever order the records came in.
        let spells = making.spells(of: records)
        #expect(making.spells(of: records.reversed()) == spells)
        return spells.map { spell in
            let unit = spell.unit.map { "\($0.bytes[1])" } ?? ""
            return
                "\(spell.scheme == .compulsory ? "c" : "v")\(unit) \(spell.from?.description ?? "")..\(spell.to?.description ?? "") \(spell.begins.rawValue)/\(spell.ends?.rawValue ?? "")"
        }
    }

    @Test func `employment ends what was paid for, and a payment behind it is the first`() throws {
        let paid: (RecordKind, String, [RecordField: String], UInt8?) = (
            .voluntaryPayment, "2025-08", [.from: "2025-08", .months: "12"], nil
        )
        let employed: [RecordField: String] = [.change: "new", .from: "2026-02"]
        #expect(
            try Self.spells([paid, (.movement, "2026-02", employed, 1)]) == [
                "v ..2026-01 before/converted", "c1 2026-02.. new/",
            ])
        // Paid again since: what is true of both is not told by either.
        #expect(
            try Self.spells([
                paid, (.movement, "2026-02", employed, 1),
                (.voluntaryPayment, "2026-08", [.from: "2026-08", .months: "6"], nil),
            ]) == ["v ..2027-01 before/lapsed", "c1 2026-02.. new/"])
        // No list tells of the month of the payment before; the employment does.
        let left: (RecordKind, String, [RecordField: String], UInt8?) = (
            .movement, "2025-08", [.change: "leave", .to: "2025-07"], 1
        )
        #expect(try Self.spells([left, paid]) == ["c1 ..2025-07 before/stopped", "v 2025-08..2026-07 new/lapsed"])
    }

    @Test func `movements begin and end a stretch, and a month's list keeps it open`() throws {
        #expect(
            try Self.spells([
                (.movement, "2026-01", [.change: "new", .from: "2026-01", .base: "5310000"], 1),
                (.movement, "2026-04", [.change: "leave", .to: "2026-03"], 1),
                (.movement, "2026-07", [.change: "back", .from: "2026-07"], 1), (.participant, "2026-09", [:], 1),
            ]) == ["c1 2026-01..2026-03 new/stopped", "c1 2026-07.. returned/"])
    }

    @Test func `who is in a list or leaves without a beginning was there before`() throws {
        #expect(try Self.spells([(.participant, "2026-09", [:], 1)]) == ["c1 .. before/"])
        #expect(
            try Self.spells([(.movement, "2026-04", [.change: "pension", .to: "2026-03"], 1)])
                == ["c1 ..2026-03 before/pension"])
        #expect(
            try Self.spells([(.stopped, "2026-09", [.stoppedMonth: "2026-01", .isCompulsory: "true"], 1)])
                == ["c1 ..2025-12 before/stopped"])
    }

    @Test func `an end that two lists tell is one, and maternity is none`() throws {
        #expect(
            try Self.spells([
                (.movement, "2026-01", [.change: "new", .from: "2026-01"], 1),
                (.movement, "2026-03", [.change: "maternity"], 1),
                (.movement, "2026-06", [.change: "leave", .to: "2026-05"], 1),
                (.stopped, "2026-09", [.stoppedMonth: "2026-06", .isCompulsory: "true"], 1),
            ]) == ["c1 2026-01..2026-05 new/stopped"])
    }

    @Test func `from one employer to another, and two at once`() throws {
        #expect(
            try Self.spells([
                (.movement, "2026-01", [.change: "new", .from: "2026-01"], 1),
                (.movement, "2026-06", [.change: "moved-out", .to: "2026-05"], 1),
                (.movement, "2026-06", [.change: "moved-in", .from: "2026-06"], 2),
                (.movement, "2026-08", [.change: "new", .from: "2026-08"], 3),
            ]) == ["c1 2026-01..2026-05 new/moved", "c2 2026-06.. moved/", "c3 2026-08.. new/"])
    }

    @Test func `who is left out of a later list as long has left; a short list says nothing of others`() throws {
        let rows: [(RecordKind, String, [RecordField: String], UInt8?)] = [
            (.participant, "2026-07", [:], 1), (.participant, "2026-09", [:], 1),
        ]
        #expect(
            try Self.spells(rows, lists: [("2026-07", 100), ("2026-08", 90), ("2026-09", 95)])
                == ["c1 ..2026-07 before/unlisted", "c1 2026-09.. listed/"])
        #expect(
            try Self.spells(rows, lists: [("2026-07", 100), ("2026-08", 3), ("2026-09", 95)]) == ["c1 .. before/"])
        // Whom the first list did not name is new.
        #expect(
            try Self.spells([(.participant, "2026-09", [:], 1)], lists: [("2026-08", 90), ("2026-09", 95)])
                == ["c1 2026-09.. listed/"])
        #expect(
            try Self.spells([(.participant, "2026-08", [:], 1)], lists: [("2026-08", 90), ("2026-09", 95)])
                == ["c1 ..2026-08 before/unlisted"])
    }

    @Test func `voluntary months follow each other as they are paid`() throws {
        #expect(
            try Self.spells([
                (.voluntaryPayment, "2026-05", [.from: "2026-05", .months: "3", .change: "first"], nil),
                (.voluntaryPayment, "2026-08", [.from: "2026-08", .months: "3", .change: "continued"], nil),
            ]) == ["v 2026-05..2026-10 new/lapsed"])
        // A January that nobody paid for.
        #expect(
            try Self.spells([
                (.voluntaryPayment, "2025-10", [.from: "2025-10", .months: "3", .change: "continued"], nil),
                (.voluntaryPayment, "2026-03", [.from: "2026-03", .months: "12", .change: "again"], nil),
            ]) == ["v ..2025-12 before/lapsed", "v 2026-03..2027-02 returned/lapsed"])
        #expect(
            try Self.spells([
                (.voluntaryPayment, "2025-10", [.from: "2025-10", .months: "12", .change: "first"], nil),
                (.stopped, "2026-09", [.stoppedMonth: "2026-01", .isVoluntary: "true"], nil),
            ]) == ["v 2025-10..2025-12 new/stopped"])
    }

    @Test func `where the list does not say how it begins, the lists before it do`() throws {
        let rows: [(RecordKind, String, [RecordField: String], UInt8?)] = [
            (.voluntaryPayment, "2026-04", [.from: "2026-04", .months: "3"], nil)
        ]
        #expect(try Self.spells(rows, payments: ["2026-01", "2026-04"]) == ["v 2026-04..2026-06 new/lapsed"])
        #expect(try Self.spells(rows, payments: ["2026-02", "2026-04"]) == ["v ..2026-06 before/lapsed"])
    }

    @Test func `a pension or one payment ends what would go on`() throws {
        #expect(
            try Self.spells([
                (.participant, "2026-02", [:], 1),
                (.benefit, "2026-09", [.benefitKind: "Lương hưu hằng tháng", .benefitFrom: "2026-05"], nil),
            ]) == ["c1 ..2026-04 before/pension"])
        #expect(
            try Self.spells([
                (.movement, "2026-01", [.change: "leave", .to: "2025-12"], 1),
                (.benefit, "2026-09", [.benefitKind: "BHXH một lần", .benefitFrom: "2026-06"], nil),
            ]) == ["c1 ..2025-12 before/one-off"])
    }
}
