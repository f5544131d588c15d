import Access
import Allocation
import Documents
import Files
import Kernel
import Overview
import PlanText
import Province
import Targets
import TestPlans
import TestSupport
import Testing
import Work

@testable import Reports

/// The papers of a year's targets as somebody reads them who has to sign them: proposal, decision, adjustment; a commune's own.
@Suite
struct AllocationPaperTests {
    static let day = Day.known(2026, 11, 26)
    static let pdf = IncomingFile(name: "qd.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8))

    /// A split of 2027 with results to the end of October, of one unit to the end of September, and one proposal.
    static func split(_ world: AgencyWorld) async throws -> RecordID {
        let by = Submission(viewer: world.analyst)
        let id = try await world.services.allocations.beginScenario(.city, year: 2027, name: "A", by: by)
        let months = (try #require(Month(year: 2026, month: 10)), try #require(Month(year: 2026, month: 9)))
        try await world.services.allocations.changeScenario(id, by: by) { content in
            for index in content.units.indices {
                content.units[index].lastTotal = 8_000 + index * 10
                content.units[index].lastVoluntary = 700 + index
            }
            content.resultsOf = months.0
            content.earlierResults = [content.units[1].code: months.1]
            (content.units[0].proposalTotal, content.units[0].proposalVoluntary) = (9_000, 800)
            return "số liệu"
        }
        return id
    }

    static func decide(_ id: RecordID, _ number: String, in world: AgencyWorld, by viewer: Viewer) async throws {
        try await world.services.allocations.decideScenario(
            id, .init(number: number, day: "25/11/2026", signer: "Nguyễn Văn Ký"), file: pdf,
            by: Submission(viewer: viewer))
    }

    static func values(_ id: RecordID) -> [String: String] {
        [PaperField.Key.scenario: id.text, SigningDraft.Key.signer.rawValue: "Nguyễn Văn Ký"]
    }

    static func expectGrounds(_ paper: WordText, _ more: [String] = []) {
        let grounds = [
            "Căn cứ Luật Bảo hiểm xã hội ngày 29 tháng 6 năm 2024;",
            "Căn cứ Nghị quyết số 403/NQ-CP ngày 10 tháng 12 năm 2025 của Chính phủ",
            "Căn cứ Nghị quyết số 73/NQ-HĐND ngày 11 tháng 12 năm 2025 của Hội đồng nhân dân thành phố",
            "Căn cứ Kế hoạch số 52/KH-UBND ngày 13 tháng 02 năm 2026 của Ủy ban nhân dân thành phố",
        ]
        for ground in grounds + more { #expect(paper.says(ground), "\(ground)") }
    }

    static func number(_ cell: String) -> Int? { Int(cell.filter { $0 != "." }) }

    @Test
    func `the proposal tells results with their day, proposals as they came, reasons in official words`() async throws {
        try await AgencyWorld.with(.sqlite, on: Self.day) { world in
            let id = try await Self.split(world)
            let paper = try await world.text(.targetProposal, Self.values(id), by: world.analyst)
            #expect(ForbiddenWords.found(in: paper.text) == [])
            for words in ["ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ", "TỜ TRÌNH", "GIÁM ĐỐC", "Nguyễn Văn Ký"] {
                #expect(paper.paragraphs.contains(words), "\(words)")
            }
            Self.expectGrounds(paper)
            let sum = (0..<114).reduce(0) { $0 + 8_000 + $1 * 10 }
            #expect(
                paper.says("đến 31/10/2026 toàn thành phố có \(VietnameseText.grouped(sum)) người tham gia BHXH"))
            let second = try #require(world.services.definition.communes.communes.dropFirst().first)
            #expect(paper.says("Trong đó, \(second.fullName) lấy số liệu đến 30/09/2026."))
            #expect(paper.says("1/114 xã, phường, đặc khu đã gửi đề xuất, cộng 9.000 người"))
            #expect(paper.says("1 đơn vị được giao khác mức đề xuất"))
            #expect(paper.says("Các đơn vị có mức tăng như nhau"))
            #expect(paper.says("Chưa có số liệu lực lượng lao động và số người chưa tham gia của các đơn vị"))
            #expect(
                paper.says("BHXH bắt buộc 1.162.000 người (suy ra từ tổng số), BHXH tự nguyện tối thiểu 105.000 người"))
            let table = try #require(paper.tables.last)
            // Columns stand under common words, each part named once.
            #expect(Array(table[0][2...4]) == ["Thực hiện đến 31/10/2026", "Đơn vị đề xuất", "Chỉ tiêu năm 2027"])
            #expect(table[1][2] == "Tổng số" && table[1][8] == "BHXH tự nguyện (tối thiểu)" && table.count == 117)
            #expect(paper.xml.contains("<w:gridSpan w:val=\"3\"/>") && paper.xml.contains("<w:vMerge/>"))
            #expect(table[2].last == "Theo căn cứ phân bổ chung")
            // One proposal of 114 has no sum.
            let last = try #require(table.last)
            #expect(last.first == "Tổng cộng" && last.contains("1.267.000") && !last.contains("9.000"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the decision gives both parts as the desk has them, cites its grounds, and takes effect`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine, on: Self.day) { world in
            let id = try await Self.split(world)
            let proposal = try await world.draft(.targetProposal, Self.values(id), by: world.analyst)
            _ = try await world.issued(proposal, "21", by: world.analyst)
            let derived = try await world.text(.targetDecision, Self.values(id), by: world.analyst)
            #expect(derived.tables.last?[1][6] == "BHXH bắt buộc (suy ra từ tổng số)")
            try await world.services.allocations.changeScenario(id, by: Submission(viewer: world.analyst)) { content in
                content.compulsory = .assigned
                return "giao bắt buộc"
            }
            let paper = try await world.text(.targetDecision, Self.values(id), by: world.analyst)
            #expect(ForbiddenWords.found(in: paper.text) == [])
            for words in [
                "ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG", "QUYẾT ĐỊNH:", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
                "Điều 2. Tổ chức thực hiện", "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
                "Số:         /QĐ-UBND",
            ] { #expect(paper.paragraphs.contains(words), "\(words)") }
            Self.expectGrounds(
                paper,
                [
                    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
                    "tại Tờ trình số 21/TTr-SNV ngày 26 tháng 11 năm 2026.",
                ])
            #expect(paper.says("bắt buộc 1.162.000 người, bảo hiểm xã hội tự nguyện tối thiểu 105.000 người"))
            try await Self.decide(id, "5012/QĐ-UBND", in: world, by: world.analyst)
            let held = try #require(
                try await world.services.targets.targets(year: 2027, for: world.analyst)?.targets)
            let table = try #require(paper.tables.last)
            #expect(table[1][6] == "BHXH bắt buộc" && table[1][7] == "BHXH tự nguyện (tối thiểu)")
            for (row, commune) in zip(table.dropFirst(2), world.services.definition.communes.communes) {
                let target = try #require(held[commune.code])
                #expect(row[1] == commune.fullName)
                #expect(
                    row.suffix(3).map(Self.number) == [target.total, target.compulsory.people, target.voluntary])
                #expect(target.compulsoryBasis == .assigned)
            }
            // The annex is landscape, and its head stands on each of its pages.
            #expect(paper.xml.contains("w:orient=\"landscape\"") && paper.xml.contains("<w:tblHeader/>"))
        }
    }

    @Test
    func `an adjustment cites the decision with its day and prints what changes`() async throws {
        try await AgencyWorld.with(.sqlite, on: Self.day) { world in
            let id = try await Self.split(world)
            try await Self.decide(id, "5012/QĐ-UBND", in: world, by: world.analyst)
            let by = Submission(viewer: world.analyst)
            let adjusting = try await world.services.allocations.beginScenario(
                .city, year: 2027, name: "B", copying: id, by: by)
            try await world.services.allocations.changeScenario(adjusting, by: by) { content in
                let total = content.settings.locks["10507"]?["total"] ?? 0
                content.settings.locks["10507"] = ["total": total + 100]
                content.settings.locks["10525"] = nil
                return "điều chỉnh"
            }
            var values = Self.values(adjusting)
            values[PaperField.Key.text("reason")] = "hai đơn vị thay đổi số lao động"
            let paper = try await world.text(.targetAdjustment, values, by: world.analyst)
            #expect(ForbiddenWords.found(in: paper.text) == [])
            Self.expectGrounds(
                paper, ["Căn cứ Quyết định số 5012/QĐ-UBND ngày 25 tháng 11 năm 2026 của Ủy ban nhân dân"])
            let table = try #require(paper.tables.last)
            #expect(table.count == 5, "two lines of headings, two units, sums")
            #expect(Self.number(table[2][4]) == 100 && Self.number(table[4][3]) == 0)
            // Total, compulsory and voluntary, each as it was, as it is and what changed.
            #expect(table[1].count == 11 && table[2].dropFirst(2).map(Self.number).count == 9)
            for words in ["Điều 2. Tổ chức thực hiện", "Điều 3. Quyết định này có hiệu lực kể từ ngày ký."] {
                #expect(paper.says(words), "\(words)")
            }
        }
    }

    @Test
    func `the proposal of an adjustment says what was given, what changes and what stays`() async throws {
        try await AgencyWorld.with(.sqlite, on: Self.day) { world in
            let id = try await Self.split(world)
            try await Self.decide(id, "5012/QĐ-UBND", in: world, by: world.analyst)
            let by = Submission(viewer: world.analyst)
            let adjusting = try await world.services.allocations.beginScenario(
                .city, year: 2027, name: "B", copying: id, by: by)
            // One that changes nothing yet is nothing to propose.
            await expectRefusal(.invalid) {
                try await world.draft(.targetProposal, Self.values(adjusting), by: world.analyst)
            }
            try await world.services.allocations.changeScenario(adjusting, by: by) { content in
                let total = content.settings.locks["10507"]?["total"] ?? 0
                content.settings.locks["10507"] = ["total": total + 100]
                content.settings.locks["10525"] = nil
                content.notes["10507"] = "thêm một khu công nghiệp"
                return "điều chỉnh"
            }
            let paper = try await world.text(.targetProposal, Self.values(adjusting), by: world.analyst)
            #expect(ForbiddenWords.found(in: paper.text) == [])
            for words in [
                "Về việc điều chỉnh chỉ tiêu phát triển người tham gia bảo hiểm xã hội năm 2027 của các xã, phường, đặc khu",
                "Căn cứ Quyết định số 5012/QĐ-UBND ngày 25 tháng 11 năm 2026 của Ủy ban nhân dân",
                "III. PHƯƠNG ÁN ĐIỀU CHỈNH CHỈ TIÊU NĂM 2027", "tổng số 1.267.000 người tham gia BHXH (không thay đổi)",
                "chỉ tiêu của 2 xã, phường, đặc khu thay đổi", "112 xã, phường, đặc khu còn lại giữ nguyên chỉ tiêu",
                "ban hành Quyết định điều chỉnh chỉ tiêu",
            ] { #expect(paper.says(words), "\(words)") }
            #expect(!paper.says("là nhiệm vụ hằng năm") && !paper.says("PHƯƠNG ÁN PHÂN BỔ"))
            let table = try #require(paper.tables.last)
            #expect(table.count == 5 && table[2].last == "thêm một khu công nghiệp")
        }
    }

    @Test
    func `units whose compulsory part falls are for whoever drafts to explain, not for the committee to weigh`()
        async throws
    {
        try await AgencyWorld.with(.sqlite, on: Self.day) { world in
            let id = try await Self.split(world)
            try await world.services.allocations.changeScenario(id, by: Submission(viewer: world.analyst)) { content in
                content.settings.locks["10507"] = ["total": 8_000, "voluntary": 800]
                return "khóa"
            }
            let paper = try await world.text(.targetProposal, Self.values(id), by: world.analyst)
            #expect(paper.says("phần BHXH bắt buộc trong chỉ tiêu thấp hơn kết quả đã đạt"))
            #expect(paper.says("[Giải trình các đơn vị có phần BHXH bắt buộc thấp hơn"))
            #expect(!paper.says("cân nhắc"))
        }
    }
}
