import Foundation
import Kernel
import Testing

@testable import Legislation

/// Values that run out.
@Suite
struct AwaitedTests {
    private static func day(_ text: String) throws -> Day { try #require(Day(text)) }

    @Test
    func `sixty days ahead the documents are named that values wait for, and drafts beside them`() throws {
        let table = try CaseTests.table.get()
        #expect(table.awaited(on: try Self.day("2026-10-31")).isEmpty)
        let found = table.awaited(on: try Self.day("2026-12-07"))
        #expect(
            found.map(\.values.count).sorted() == [1, 1, 3, 8, 33], "\(found.map(\.document))")
        let wages = try #require(found.first { $0.document.contains("lương tối thiểu") })
        #expect(wages.lastDay == (try Self.day("2026-12-31")) && wages.subject.hasSuffix("và 7 giá trị khác"))
        #expect(wages.values.first?.draft?.contains("5.700.000 đồng/tháng từ 01/01/2027") == true)
        let tet = try #require(found.first { $0.document.contains("Tết Âm lịch") })
        #expect(tet.lastDay == (try Self.day("2027-02-04")))
        // What was not filled in stays on the list.
        #expect(table.awaited(on: try Self.day("2027-03-01")).contains { $0.document == wages.document })
        #expect(wages.words(on: try Self.day("2027-03-01")).contains("hết hiệu lực từ ngày 31/12/2026"))
    }

    @Test
    func `a draft is never reckoned with, and a value that was entered ends the waiting`() throws {
        let table = try CaseTests.table.get()
        let newYear = try Self.day("2027-01-01")
        let input = Data(#"{"salary": 10000000, "month": "2027-01", "region": "I"}"#.utf8)
        let calculation = try Calculation.named("compulsory-contribution")
        #expect(
            performing: { _ = try calculation.answer(input, table) },
            throws: { "\($0)".contains("chưa có giá trị vào ngày 01/01/2027, chờ: Nghị định") })
        let december = Data(#"{"salary": 10000000, "month": "2026-12", "region": "I"}"#.utf8)
        #expect(throws: Never.self) { _ = try calculation.answer(december, table) }
        let amended = try table.amended(by: [
            Amendment(
                key: "min_wage.monthly.region_I",
                value: DatedValue(
                    value: .dong(Dong(5_720_000)), from: newYear, to: nil, source: "Nghị định mới",
                    confidence: .verified))
        ])
        let wages = amended.awaited(on: newYear).first { $0.document.contains("lương tối thiểu") }
        #expect(wages?.values.count == 7)
        #expect(try amended.parameter("min_wage.monthly.region_I").draftWords == nil)
    }

    @Test
    func `interest of 2027 is missed by name`() throws {
        let input = Data(#"{"income": 5000000, "cadence": "ahead", "years": 2, "start": "2027-01"}"#.utf8)
        #expect(
            performing: {
                _ = try Calculation.named("voluntary-contribution").answer(input, try CaseTests.table.get())
            },
            throws: { "\($0)".contains("voluntary.interest_r") && "\($0)".contains("BHXH Việt Nam") })
    }

    /// What ends without a successor and without a document to wait for ended for good.
    @Test
    func `a parameter that ends names what it waits for, or is of those that end for good`() throws {
        let ended = try CaseTests.table.get().parameters.filter { $0.values.last?.to != nil && $0.awaits == nil }
        for parameter in ended {
            let isForGood =
                parameter.key.hasPrefix("target.")
                || [
                    "coverage.household_owner.declaration_method", "plan.report_yearly_by",
                    "sanction.evasion.decree_12",
                    "sanction.not_paying_for_all", "sanction.previous_decree", "voluntary.state_support.poor",
                ].contains(parameter.key)
            #expect(isForGood, "\(parameter.key) ends and names no document in awaits")
        }
    }
}
