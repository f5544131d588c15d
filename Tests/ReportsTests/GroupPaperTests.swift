import Access
import Allocation
import Database
import Documents
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

/// A commune's plan and decision on its groups' targets, and the sheets of their heads.
@Suite
struct GroupPaperTests {
    /// A split of a commune's target over groups of these names, two associations beside them.
    static func split(
        _ names: [String], of commune: String, rule: CountingRule, in world: AgencyWorld
    ) async throws -> (id: RecordID, officer: Viewer) {
        let city = try await AllocationPaperTests.split(world)
        try await AllocationPaperTests.decide(city, "5012/QĐ-UBND", in: world, by: world.analyst)
        let officer = world.viewer(.communeOfficer, commune: commune)
        let code = try #require(CommuneCode(commune))
        let now = world.clock.now
        try await world.store.write { connection in
            for (index, name) in names.enumerated() {
                try ResidentialGroups.insert(
                    GroupDraft(name: name, people: 400, voluntaryNow: 30 + index, countedOn: .known(2026, 11, 16)),
                    of: code, year: 2026, position: index, by: "Thử", at: now, on: connection)
            }
        }
        let by = Submission(viewer: officer)
        let id = try await world.services.allocations.beginScenario(.commune(code), year: 2027, name: "C", by: by)
        try await world.services.allocations.changeScenario(id, by: by) { content in
            content.rule = rule
            content.associations = [.init(name: "Hội Nông dân", members: 60), .init(name: "Hội Phụ nữ", members: 40)]
            return "hội, đoàn thể"
        }
        return (id, officer)
    }

    private static func sum(_ table: [[String]], _ column: Int) -> Int {
        table.dropFirst().dropLast().reduce(0) { $0 + (AllocationPaperTests.number($1[column]) ?? 0) }
    }

    @Test
    func `a xã speaks of thôn; associations are a second view of the same people, with sheets of their own`()
        async throws
    {
        try await AgencyWorld.with(.sqlite, on: AllocationPaperTests.day) { world in
            let (id, officer) = try await Self.split(
                ["Thôn Đông", "Thôn Đoài"], of: "10606", rule: .residence, in: world)
            let code = try #require(CommuneCode("10606"))
            let target = try #require(
                try await world.services.targets.targets(year: 2027, for: officer)?.targets[code])
            for kind in [PaperKind.communePlan, .groupDecision] {
                let paper = try await world.text(kind, AllocationPaperTests.values(id), by: officer)
                #expect(ForbiddenWords.found(in: paper.text) == [], "\(kind.id)")
                // But for the plan's own words in the list of tasks.
                let own = paper.paragraphs.filter {
                    !$0.contains("tổ dân phố/khu dân cư") && !$0.hasPrefix("Giao chỉ tiêu")
                }
                #expect(!own.contains { $0.lowercased().contains("tổ dân phố") }, "\(kind.id)")
                for words in ["ỦY BAN NHÂN DÂN", "XÃ NAM SÁCH", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] {
                    #expect(paper.paragraphs.contains(words), "\(kind.id): \(words)")
                }
                AllocationPaperTests.expectGrounds(paper)
                #expect(paper.says("Quyết định số 5012/QĐ-UBND ngày 25 tháng 11 năm 2026"))
                #expect(paper.says("2 thôn"))
                let groups = try #require(paper.tables.first)
                #expect(groups[0][2] == "Thực hiện đến 16/11/2026")
                #expect(Self.sum(groups, 3) == target.voluntary && Self.sum(groups, 2) == 61)
                #expect(
                    AllocationPaperTests.number(groups.last?[2] ?? "") == target.voluntary, "sums, behind one wide cell"
                )
                let associations = paper.tables[1]
                #expect(Self.sum(associations, 3) == target.voluntary && associations.count == 4)
                #expect(paper.says("không cộng vào chỉ tiêu chung"))
                // What the annex asks of associations, the text gives them.
                #expect(paper.says("2 hội, đoàn thể phối hợp vận động người tham gia ở các thôn theo số tại Phụ lục"))
                #expect(paper.says("rưởng thôn, người đứng đầu hội, đoàn thể"))
            }
            let sheets = try await world.documents.groupSheets(of: id, contact: "UBND xã", for: officer)
            #expect(sheets.map(\.name) == ["Thôn Đông", "Thôn Đoài", "Hội Nông dân", "Hội Phụ nữ"])
            let first = try WordText(try sheets[0].word())
            #expect(
                first.says("Dự kiến, chưa có quyết định giao chỉ tiêu")
                    && first.says("Thực hiện đến 16/11/2026: 30 người"))
            let helping = try WordText(try sheets[2].word())
            #expect(helping.says("Phối hợp vận động: ") && helping.says("không cộng vào chỉ tiêu chung"))
            #expect(ForbiddenWords.found(in: first.text + helping.text) == [])
            try await AllocationPaperTests.decide(id, "7/QĐ-UBND", in: world, by: officer)
            let dated = try await world.documents.groupSheets(of: id, contact: "", for: officer)
            #expect(try WordText(try dated[0].word()).says("Theo Quyết định số 07/QĐ-UBND ngày 25/11/2026"))
        }
    }

    @Test
    func `associations that count share the sum, each with its own part`() async throws {
        try await AgencyWorld.with(.sqlite, on: AllocationPaperTests.day) { world in
            let (id, officer) = try await Self.split(
                ["Tổ dân phố số 1", "Tổ dân phố số 2"], of: "10507", rule: .association, in: world)
            let draft = try await world.draft(.groupDecision, AllocationPaperTests.values(id), by: officer)
            let paper = try WordText(try world.documents.written(draft).word)
            #expect(ForbiddenWords.found(in: paper.text) == [])
            #expect(paper.says("cho 2 tổ dân phố và 2 hội, đoàn thể") && !paper.says("thôn"))
            let code = try #require(CommuneCode("10507"))
            let target = try #require(
                try await world.services.targets.targets(year: 2027, for: officer)?.targets[code])
            #expect(Self.sum(paper.tables[0], 3) + Self.sum(paper.tables[1], 3) == target.voluntary)
            #expect(
                paper.says(
                    "Tổng cộng 2 tổ dân phố và 2 hội, đoàn thể: \(VietnameseText.grouped(target.voluntary)) người."))
            // What is printed in two tables is one split to whoever checks the paper against the desk.
            let (scenario, _) = try await world.services.allocations.scenario(id, for: officer)
            let decides = try #require(PaperKind.groupDecision.decides)
            #expect(try decides.differences(of: draft.data, from: scenario, adjusting: nil) == [])
        }
    }

    @Test
    func `a split of a target that the city has changed since is no paper`() async throws {
        try await AgencyWorld.with(.sqlite, on: AllocationPaperTests.day) { world in
            let (id, officer) = try await Self.split(
                ["Thôn Đông", "Thôn Đoài"], of: "10606", rule: .residence, in: world)
            let (own, _) = try await world.services.allocations.scenario(id, for: officer)
            #expect(try await world.documents.openKinds(about: own, for: officer).count == 2)
            let city = try #require(
                try await world.services.allocations.scenarios(.city, year: 2027, for: world.analyst).first)
            let by = Submission(viewer: world.analyst)
            let adjusting = try await world.services.allocations.beginScenario(
                .city, year: 2027, name: "B", copying: city.id, by: by)
            try await world.services.allocations.changeScenario(adjusting, by: by) { content in
                let held = content.settings.locks["10606"] ?? [:]
                content.settings.locks["10606"] = [
                    "total": held["total"] ?? 0, "voluntary": (held["voluntary"] ?? 0) + 50,
                ]
                content.settings.locks["10525"] = nil
                return "điều chỉnh"
            }
            try await AllocationPaperTests.decide(adjusting, "6020/QĐ-UBND", in: world, by: world.analyst)
            #expect(try await world.documents.openKinds(about: own, for: officer).isEmpty)
            await expectRefusal(.invalid) {
                try await world.draft(.communePlan, AllocationPaperTests.values(id), by: officer)
            }
        }
    }

    @Test
    func `where no association is asked for anything none is spoken of`() async throws {
        try await AgencyWorld.with(.sqlite, on: AllocationPaperTests.day) { world in
            let (id, officer) = try await Self.split(
                ["Khu dân cư 1", "Khu dân cư 2"], of: "11948", rule: .residence, in: world)
            try await world.services.allocations.changeScenario(id, by: Submission(viewer: officer)) { content in
                content.associations = []
                return "không có hội"
            }
            for kind in [PaperKind.communePlan, .groupDecision] {
                let paper = try await world.text(kind, AllocationPaperTests.values(id), by: officer)
                // But for the plan's own words in the list of tasks. Behind a closure of several statements Swift 6.3.1 takes a
                // closure within #expect for the one before it of the same type: so the list is made outside.
                let spoken = paper.paragraphs.filter { $0.contains("hội, đoàn thể") && !$0.contains("tổ dân phố") }
                #expect(spoken == [], "\(kind.id)")
                #expect(paper.says("Người đứng đầu khu dân cư"), "\(kind.id)")
            }
            let sheets = try await world.documents.groupSheets(of: id, contact: "", for: officer)
            #expect(try !WordText(try #require(sheets.first).word()).says("hội, đoàn thể"))
        }
    }

    @Test
    func `who is insured and on no group's list is told on the sheets`() {
        var units = ["A", "B"].map { AllocationUnit(code: $0, name: "Thôn \($0)") }
        for index in units.indices { units[index].lastVoluntary = 300 }
        let words = GroupWords(AllocationScenario.Content(units: units, total: 9, voluntary: 9), in: nil)
        #expect(words.unplaced(of: 803) == 203)
        #expect(words.unplaced(of: 600) == nil && words.unplaced(of: 500) == nil && words.unplaced(of: nil) == nil)
        units[1].lastVoluntary = nil
        let partial = GroupWords(AllocationScenario.Content(units: units, total: 9, voluntary: 9), in: nil)
        #expect(partial.unplaced(of: 803) == nil, "a group that has not counted may have them all")
    }

    @Test(arguments: [
        ("10606", ["Khu 1"], "thôn"), ("10507", ["Số 5"], "tổ dân phố"), ("10507", ["Khu dân cư 2"], "khu dân cư"),
        ("11914", ["Tổ dân phố 1", "Thôn 2"], "khu dân cư"), ("11914", ["Thôn 2"], "thôn"),
        ("11914", ["Tổ 1", "Tổ dân phố 2"], "tổ dân phố"), ("10606", [], "thôn"),
    ])
    func `groups are called as they call themselves, else as the law has it for the kind of commune`(
        commune: String, names: [String], word: String
    ) throws {
        let units = names.map { AllocationUnit(code: $0, name: $0) }
        let content = AllocationScenario.Content(units: units, total: 9, voluntary: 9)
        let code = try #require(CommuneCode(commune))
        let plan = try PlanFolder.load(PlanFolder.haiPhong)
        #expect(GroupWords(content, in: plan.communes[code]).word == word)
    }

    @Test
    func `a paper says why the groups' counts and the insurance's figure differ`() {
        var units = ["A", "B"].map { AllocationUnit(code: $0, name: "Thôn \($0)") }
        for index in units.indices { units[index].lastVoluntary = 300 }
        func words(_ reported: Int?) -> String {
            GroupWords(AllocationScenario.Content(units: units, total: 9, voluntary: 9), in: nil)
                .difference(from: reported, on: .known(2026, 10, 31))
        }
        #expect(words(600).isEmpty && words(nil).isEmpty)
        #expect(
            words(803).contains(
                "600 người; số liệu của cơ quan bảo hiểm xã hội đến 31/10/2026 là 803 người. Hai số khác nguồn, chênh lệch 203 người"
            ))
        #expect(!words(803).contains("nơi cư trú"), "no cause that nobody has found")
        units[1].lastVoluntary = nil
        #expect(words(803).contains("1 thôn chưa có số"))
    }
}
