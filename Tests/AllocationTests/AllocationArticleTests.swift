import Allocation
import Testing

/// The code of `Allocation.docc`, as it stands there (`ArticleTests` compares the two).
@Suite
struct AllocationArticleTests {
    @Test
    func `three communes share a target as the article shows`() throws {
        var coast = AllocationUnit(code: "10507", name: "Xã Ven Biển")
        coast.lastTotal = 2_400
        coast.lastVoluntary = 200
        coast.pool = 3_000
        var town = AllocationUnit(code: "10508", name: "Phường Trung Tâm")
        town.lastTotal = 5_900
        town.lastVoluntary = 350
        town.pool = 1_200
        var island = AllocationUnit(code: "10509", name: "Xã Đảo")
        island.lastTotal = 700
        island.lastVoluntary = 90

        var settings = AllocationSettings()
        settings.locks = ["10509": ["total": 720]]
        let year = try Allocation([coast, town, island], total: 10_000, voluntary: 900, settings: settings)
        let lines = year.rows.map { "\($0.name): \($0.total), of them \($0.voluntary) voluntary. \($0.reason)" }

        #expect(lines.count == 3 && year.rows[2].total == 720)
        #expect(year.rows.reduce(0) { $0 + $1.total } == 10_000)

        var refusal = ""
        do {
            _ = try Allocation([coast, town], total: 20_000, voluntary: 900)
        } catch {
            refusal = error.description
        }

        #expect(refusal.contains("Xã Ven Biển") || refusal.contains("Phường Trung Tâm"))

        let seats = try Apportionment.solve(
            100, [Quota(weight: 53), Quota(weight: 24, cap: 20), Quota(weight: 23, floor: 25)])

        #expect(seats == [55, 20, 25])
    }
}
