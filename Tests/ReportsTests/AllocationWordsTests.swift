import Allocation
import Kernel
import Targets
import Testing

@testable import Reports

/// What papers say of a split, in words that somebody signs.
@Suite
struct AllocationWordsTests {
    /// Units with their results, and what they proposed.
    private static func content(
        _ units: [(last: Int?, proposal: Int?)], total: Int, locks: [String: Int] = [:]
    ) -> AllocationScenario.Content {
        var content = AllocationScenario.Content(
            units: units.enumerated().map { index, one in
                var unit = AllocationUnit(code: "\(index)", name: "Xã \(index)")
                (unit.lastTotal, unit.lastVoluntary) = (one.last, one.last.map { $0 / 10 })
                (unit.proposalTotal, unit.proposalVoluntary) = (one.proposal, one.proposal.map { $0 / 10 })
                return unit
            }, total: total, voluntary: total / 10)
        content.settings.locks = locks.mapValues { ["total": $0] }
        return content
    }

    @Test
    func `one unit grows most only where it does`() throws {
        func words(_ content: AllocationScenario.Content) throws -> String {
            AllocationWords.largestGrowth(try content.allocation(), content)
        }
        let alike = Self.content([(1_000, nil), (2_000, nil), (3_000, nil)], total: 6_600)
        #expect(try words(alike) == "Các đơn vị có mức tăng như nhau (10,0%)")
        let one = Self.content([(1_000, nil), (2_000, nil), (3_000, nil)], total: 6_600, locks: ["0": 1_300])
        #expect(try words(one) == "Đơn vị có mức tăng cao nhất là Xã 0 (30,0%)")
        let two = Self.content(
            [(1_000, nil), (1_000, nil), (3_000, nil)], total: 5_600, locks: ["0": 1_300, "1": 1_300])
        #expect(try words(two) == "Các đơn vị cùng có mức tăng cao nhất (30,0%): Xã 0, Xã 1")
        #expect(try words(Self.content([(nil, nil), (nil, nil)], total: 100)).isEmpty)
    }

    @Test
    func `units whose compulsory part falls below what they have are told`() throws {
        func words(_ content: AllocationScenario.Content) throws -> String {
            AllocationWords.fallingCompulsory(try content.allocation(), content)
        }
        var content = Self.content([(1_000, nil), (2_000, nil)], total: 3_300)
        #expect(try words(content).isEmpty)
        // Of eleven hundred people five hundred voluntary ones: six hundred are left, and there are nine hundred.
        content.voluntary = 700
        content.settings.locks = ["0": ["total": 1_100, "voluntary": 500]]
        #expect(
            try words(content)
                == "Có 1/2 đơn vị có phần BHXH bắt buộc trong chỉ tiêu thấp hơn kết quả đã đạt: Xã 0")
    }

    @Test
    func `proposals are counted as they came`() throws {
        func words(_ content: AllocationScenario.Content) throws -> [String: String] {
            AllocationWords.proposals(try content.allocation(), content)
        }
        #expect(try words(Self.content([(1_000, nil), (2_000, nil)], total: 3_300))["proposalCount"] == "")
        let some = try words(Self.content([(1_000, 1_500), (2_000, nil)], total: 3_300))
        #expect(some["proposalCount"] == "1")
        #expect(
            some["proposalWords"]
                == "1/2 xã, phường, đặc khu đã gửi đề xuất, cộng 1.500 người, trong đó BHXH tự nguyện 150 người; 1 đơn vị được giao khác mức đề xuất (chi tiết tại Phụ lục)"
        )
        let met = try words(Self.content([(1_000, 1_100), (2_000, 2_200)], total: 3_300))
        #expect(met["proposalWords"]?.hasSuffix("phương án giao bằng mức các đơn vị này đề xuất") == true)
    }

    @Test
    func `the method names what counted and what is missing, none of it in the engine's words`() throws {
        var content = Self.content([(1_000, nil), (2_000, nil)], total: 3_300)
        content.units[0].labourForce = 5_000
        let allocation = try content.allocation()
        let method = AllocationWords.method(allocation, content)
        #expect(
            method
                == "Tổng số phân bổ theo kết quả thực hiện (tỷ trọng 67%) và lực lượng lao động (tỷ trọng 33%); BHXH tự nguyện phân bổ theo kết quả thực hiện. Chỉ tiêu của từng đơn vị không thấp hơn kết quả đã đạt."
        )
        let missing = AllocationWords.missing(allocation, content)
        #expect(missing.contains("Chưa có số liệu số người chưa tham gia của các đơn vị"))
        #expect(missing.contains("1 đơn vị chưa có số liệu lực lượng lao động"))
        for row in allocation.rows { #expect(!row.brief.contains("công bằng") && !row.brief.contains("khóa")) }
        let nothing = Self.content([(nil, nil), (nil, nil)], total: 100)
        #expect(AllocationWords.method(try nothing.allocation(), nothing).contains("chia đều cho các đơn vị"))
    }
}
