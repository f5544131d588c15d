import Foundation
import Kernel
import Legislation
import Testing

@testable import Reports

/// What the support of the voluntary target costs: a range, and what lies outside it.
@Suite
struct SupportCostTests {
    private static func cost(_ year: Int, last: Int, target: Int, special: Int = 0) throws -> SupportCost? {
        let table = try ParameterTable(folder: PaperWorld.repository.appendingPathComponent("legislation"))
        return DocumentService.supportCost(
            year: year, ordinary: (last, target), special: (special, special), table)
    }

    @Test
    func `the range lies between paying month by month and having paid the year ahead at the old rates`() throws {
        // 2027: 20 % of 22 % of 2,200,000 a month; paid ahead in 2026: of 1,500,000 (Decree 159/2025, articles 5.1, 5.5).
        let cost = try #require(try Self.cost(2027, last: 1_000, target: 1_000))
        #expect(cost.most.amount == 96_800 * 12_000 && cost.least.amount == 66_000 * 12_000)
        #expect(cost.range == "từ 792.000.000 đến 1.161.600.000")
        // Billions are told as what they are: an estimate.
        #expect(SupportCost.about(Dong(119_925_229_600)) == "119,9 tỷ")
        #expect(SupportCost.about(Dong(1_999_960_000_000)) == "2.000,0 tỷ")
        // Whoever joins in the year pays its own rates at both ends.
        let growing = try #require(try Self.cost(2027, last: 0, target: 1_200))
        #expect(growing.least == growing.most && growing.most.amount == 96_800 * 7_800)
        #expect(growing.range == VietnameseText.grouped(96_800 * 7_800))
        // Everybody in a special zone has 50 %.
        #expect(try Self.cost(2027, last: 0, target: 0, special: 10)?.most.amount == 242_000 * 120)
    }

    @Test
    func `a year in which the rates stay has one end, and says so`() throws {
        let cost = try #require(try Self.cost(2028, last: 500, target: 500))
        #expect(cost.least == cost.most && !cost.range.contains("đến"))
        #expect(cost.assumption.contains("Mức hỗ trợ không đổi trong năm"))
    }

    @Test
    func `what lies outside the range is told for a thousand people, and nothing is called a bound`() throws {
        let cost = try #require(try Self.cost(2027, last: 1_000, target: 1_200))
        #expect(cost.perThousand.stopped.amount == 96_800 * 6_000 && cost.perThousand.usedUp.amount == 96_800 * 12_000)
        #expect(cost.perThousand.poor.amount == (242_000 - 96_800) * 12_000)
        #expect(cost.assumption.contains("đã hưởng đủ 120 tháng thì giảm 1.161.600.000 đồng"))
        #expect(!cost.assumption.contains("ít nhất") && ForbiddenWords.found(in: cost.assumption) == [])
    }

    @Test
    func `a year whose rates nobody knows has no cost`() throws {
        #expect(try Self.cost(2035, last: 1, target: 2) == nil)
    }
}
