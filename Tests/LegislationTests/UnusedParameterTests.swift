import Foundation
import Kernel
import Testing

@testable import Legislation

/// The round trip from the tables to the formulas: what stands in `legislation/` and is asked for by nothing has its name here.
@Suite
struct UnusedParameterTests {
    /// Shown on *Văn bản và tham số* and asked for by no formula: read by people, or waiting for one.
    static let unused: Set<String> = [
        // Rules in words that a formula holds in its own shape.
        "birthdate.year_only_rule", "coverage.household_owner.other_methods", "coverage.probation_contract",
        "pension.odd_months", "sanction.previous_decree", "voluntary.cadence.12_months",
        "voluntary.cadence.3_months", "voluntary.cadence.6_months", "voluntary.cadence.missing_period_le_60_months",
        "voluntary.cadence.monthly", "voluntary.cadence.multi_year_2_to_5", "voluntary.missing_period_formula",
        "voluntary.multi_year_formula", "voluntary.support_local_extra",
        "voluntary.support_no_adjust_on_status_change",
        // Worked out from others, for people to read.
        "voluntary.min_monthly_contribution", "voluntary.state_support_amount.rate_20",
        "voluntary.state_support_amount.rate_30", "voluntary.state_support_amount.rate_40",
        "voluntary.state_support_amount.rate_50",
        // Deadlines that are no clock yet.
        "bhxh.report.yearly_by", "bhxh.report_to_people_committee", "coverage.household_owner.revenue_notice_to_tax",
        "deadline.ebook_no_later_than", "pdp.breach_notice", "pdp.dpia_filing", "plan.final_report_by",
        "plan.midterm_review_by", "plan.report_yearly_by", "tax.pit_settlement_deadline_employer",
        // Values before the law in force that no calculation reaches back to.
        "voluntary.state_support.poor",
        // No calculation asks for them yet.
        "bhtn.employer_reduction_new_disabled_hire", "coverage.household_owner.stop_collection_below_threshold",
        "coverage.rechoice_months_groups_g_h_m_n", "id.personal_id_replaces_bhxh_code", "min_wage.hourly.region_I",
        "min_wage.hourly.region_II", "min_wage.hourly.region_III", "min_wage.hourly.region_IV",
        "min_wage.region.hai_phong", "pension.increase", "pension.least_before_1995", "poverty_line.urban",
        "sanction.authority.bhxh_check_team", "sanction.authority.chairman_commune",
        "sanction.authority.chairman_province", "sanction.authority.director_bhxh_province",
        "sanction.authority.director_bhxh_vietnam", "sanction.authority.director_home_affairs",
        "sanction.authority.director_wages_department", "sanction.record_makers", "citizen_reception.head_days",
        "citizen_reception.commune_chairman_days", "suspension.max_months", "tax.dependent_deduction",
        "tax.personal_deduction", "tax.personal_id_as_tax_code", "voluntary.support_transfer",
    ]

    /// Whole families: coefficients by year, targets of the plan.
    static let unusedFamilies = ["adjustment_coefficient.", "target."]

    /// Keys that a sample case or a worked example asks for.
    static func used(_ table: ParameterTable) -> Set<String> {
        var used: Set<String> = []
        for day in ["2025-10-01", "2026-03-01", "2026-11-01", "2027-03-01"].compactMap({ Day($0) }) {
            for example in Example.all(on: day, table) {
                used.formUnion(example.answer(table)?.used.map(\.key) ?? [])
            }
        }
        for one in CaseTests.cases {
            let answer = try? Calculation.named(one.calculation).answer(one.input, table)
            used.formUnion(answer?.used.map(\.key) ?? [])
        }
        return used
    }

    /// Keys of a table that nothing asks for.
    static func unusedKeys(_ table: ParameterTable) -> [String] {
        let used = Self.used(table)
        // A page, or another target, that asks for a parameter names its key.
        let others = Self.quoted(in: "Sources", without: "Sources/Legislation/")
        return table.parameters.map(\.key).filter { !used.contains($0) && !others.contains($0) }
    }

    @Test
    func `a parameter that is put into the tables and asked for by nothing is found`() throws {
        let table = try CaseTests.table.get()
        let known = Set(Self.unusedKeys(table))
        #expect(!known.contains("voluntary.rate"))
        let value = DatedValue(
            value: .count(1), from: try #require(Day("2026-01-01")), to: nil, source: "Luật mới", confidence: .verified)
        let new = ParameterSubject(
            id: "new", title: "Mới",
            parameters: [
                Parameter(
                    key: "new.unused", name: "Không ai hỏi", unit: .days, of: nil, subject: "new", values: [value])
            ])
        let grown = try ParameterTable(subjects: table.subjects + [new])
        #expect(Set(Self.unusedKeys(grown)).subtracting(known) == ["new.unused"])
    }

    @Test
    func `each parameter that no formula and no page asks for is named`() throws {
        let table = try CaseTests.table.get()
        let unusedKeys = Self.unusedKeys(table)
        for family in Self.unusedFamilies { #expect(unusedKeys.contains { $0.hasPrefix(family) }, "\(family)") }
        let waiting = Set(table.parameters.filter { $0.awaits != nil && $0.values.isEmpty }.map(\.key))
        let found = Set(
            unusedKeys.filter { key in
                !waiting.contains(key) && !Self.unusedFamilies.contains { key.hasPrefix($0) }
            })
        #expect(found.subtracting(Self.unused).sorted() == [], "asked for by nothing")
        #expect(Self.unused.subtracting(found).sorted() == [], "no longer there, or asked for by now")
    }

    @Test
    func `each parameter that waits for a document is asked for by a formula`() throws {
        let table = try CaseTests.table.get()
        let waiting = table.parameters.filter { $0.awaits != nil && $0.values.isEmpty }.map(\.key)
        // A review compares with what an agency decides.
        let formulas = Self.quoted(in: "Sources/Legislation").union(Self.quoted(in: "Sources/Coverage"))
        // What becomes of a last day on a day off is asked for by the clocks that name it.
        let ofClocks = Set(table.clocks.compactMap(\.lastDayOff))
        #expect(!waiting.isEmpty)
        for key in waiting { #expect(formulas.contains(key) || ofClocks.contains(key), "\(key)") }
    }

    /// What stands between quotation marks in the Swift below a folder of the repository.
    private static func quoted(in folder: String, without other: String? = nil) -> Set<String> {
        let root = CaseTests.folder.deletingLastPathComponent().deletingLastPathComponent()
        let files = FileManager.default.enumerator(
            at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        var quoted: Set<String> = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", other.map({ !file.path.contains($0) }) ?? true,
                let data = try? Data(contentsOf: file)
            else { continue }
            quoted.formUnion(data.split(separator: UInt8(ascii: "\"")).map { String(decoding: $0, as: UTF8.self) })
        }
        return quoted
    }
}
