import Foundation
import Kernel
import PlanText
import Province
import TestPlans
import Testing

@Suite
struct PlanLoaderTests {
    @Test
    func `the plan of the province loads as it was issued`() throws {
        let plan = try PlanFolder.plan.get()
        #expect(plan.id == "hai-phong-2030")
        #expect(plan.number == nil)
        #expect(plan.numberSuffix == "/KH-UBND")
        #expect(plan.signedOn == nil)
        #expect(plan.effectiveFrom == .known(2026, 4, 1))
        #expect(!plan.effectiveNote.isEmpty)
        #expect(plan.years == 2026...2030)
        #expect(plan.coordinatingAgency.text == "so-noi-vu")
        #expect(plan.agencies.count == 22)
        #expect(plan.groups.map(\.code) == ["I", "II", "III", "IV", "V", "VI"])
        #expect(plan.measures.map(\.points.count) == [5, 4, 4, 3, 3])
        let lists = [plan.legalBases, plan.objectives, plan.organisation, plan.recipients]
        #expect(lists.map(\.count) == [3, 3, 4, 10])
        #expect(plan.communes.communes.count == 114)
    }

    @Test
    func `targets rise every year and the voluntary part is a minimum`() throws {
        let plan = try PlanFolder.plan.get()
        #expect(plan.targets.map(\.year) == [2026, 2027, 2028, 2029, 2030])
        #expect(plan.targets.map(\.total) == [1_184_000, 1_267_000, 1_355_000, 1_450_000, 1_551_009])
        #expect(plan.targets.map(\.voluntary) == [99_000, 105_000, 111_000, 118_000, 125_000])
        #expect(plan.targets.allSatisfy { $0.totalOperator == .attains && $0.voluntaryOperator == .atLeast })
        #expect(plan.baseline.year == 2025)
        #expect(plan.baseline.total == nil)
        #expect(plan.baseline.voluntary == nil)
    }

    static let coordinators: [(task: String, codes: [String])] = [
        ("I.4", ["so-tai-chinh", "bhxh-thanh-pho", "co-quan-lien-quan"]),
        ("I.2", ["bhxh-thanh-pho", "ubnd-cap-xa"]),
        ("II.1", ["so-noi-vu", "cong-an-thanh-pho", "thue-thanh-pho", "ubnd-cap-xa"]),
        ("II.5", ["bhxh-co-so", "to-chuc-ho-tro", "hoi-doan-the"]),
        ("II.8", ["bhxh-thanh-pho", "so-noi-vu", "so-tai-chinh", "thong-ke-thanh-pho"]),
        ("III.2", ["bhxh-thanh-pho", "ban-quan-ly-khu-kinh-te", "so-nong-nghiep-va-moi-truong", "so-cong-thuong"]),
        (
            "V.7",
            [
                "so-noi-vu", "bhxh-thanh-pho", "thanh-tra-thanh-pho", "ban-quan-ly-khu-kinh-te",
                "so-nong-nghiep-va-moi-truong",
                "so-cong-thuong",
            ]
        ),
    ]

    @Test(arguments: coordinators)
    func `agencies are read out of a phrase whose names hold commas`(task: String, codes: [String]) throws {
        #expect(try PlanFolder.plan.get().task(task)?.coordinators.map(\.text) == codes)
    }

    @Test
    func `two tasks share their work and each task has products`() throws {
        let plan = try PlanFolder.plan.get()
        #expect(plan.task("I.3")?.sharesWorkWith == "II.4")
        #expect(plan.task("II.4")?.sharesWorkWith == "I.3")
        #expect(plan.tasks.filter { $0.sharesWorkWith != nil }.count == 2)
        #expect(plan.tasks.allSatisfy { !$0.slots.isEmpty })
        #expect(plan.task("II.5")?.slots.map(\.kind) == [.figure, .list])
        #expect(plan.task("II.5")?.slots.map(\.personal) == [false, true])
        #expect(plan.task("IV.4")?.slots.map(\.unit) == ["%", "đơn vị, cá nhân"])
    }

    @Test
    func `the added task tells where it comes from`() throws {
        let added = try #require(try PlanFolder.plan.get().task("BS.1"))
        guard case .added(let note) = added.origin else {
            Issue.record("BS.1 is not marked as added")
            return
        }
        #expect(note.contains("403/NQ-CP"))
        #expect(added.group == "VI")
    }

    @Test
    func `every unit has a name and answers to a superior`() throws {
        let plan = try PlanFolder.plan.get()
        let commune = try #require(UnitCode("10507"))
        #expect(plan.name(of: commune) == "UBND phường Thành Đông")
        #expect(plan.superior(of: commune)?.text == "so-noi-vu")
        let agency = try #require(UnitCode("bhxh-co-so"))
        #expect(plan.name(of: agency) == "BHXH cơ sở")
        #expect(plan.superior(of: agency)?.text == "bhxh-thanh-pho")
        let unknown = try #require(UnitCode("99999"))
        #expect(plan.name(of: unknown) == "99999")
    }

    @Test
    func `the plan of an invented province loads`() throws {
        let plan = try PlanFolder.load(PlanFolder.anBien)
        #expect(plan.id == "an-bien-2028")
        #expect(plan.province == "tỉnh An Biên")
        #expect(plan.number == "12")
        #expect(plan.signedOn == .known(2026, 12, 20))
        #expect(plan.years == 2027...2028)
        #expect(plan.targets.map(\.total) == [40_000, 43_000])
        #expect(
            plan.communes.communes.map(\.committeeName) == [
                "UBND xã Suối Mẫu", "UBND xã Đồi Thử", "UBND phường Bến Ví Dụ",
            ])
        #expect(plan.task("I.3")?.leads.map(\.text) == ["so-noi-vu", "bhxh-tinh"])
        #expect(plan.task("II.2")?.coordinators.map(\.text) == ["so-noi-vu", "ubnd-cap-xa"])
    }

    /// The due days of every lead of the invented plan, and how many leads there are.
    static let invented: [(task: String, leads: Int, dues: [String?])] = [
        ("I.1", 3, ["2027-03-31", "2028-03-31"]), ("I.2", 1, ["2027-09-30"]), ("I.3", 2, [nil, nil]),
        (
            "II.1", 3,
            [
                "2027-03-31", "2027-06-30", "2027-09-30", "2027-12-31", "2028-03-31", "2028-06-30", "2028-09-30",
                "2028-12-31",
            ]
        ),
        ("II.2", 1, ["2028-12-31"]),
    ]

    @Test(arguments: invented)
    func `the work of an invented province has its days`(task: String, leads: Int, dues: [String?]) throws {
        let instances = Schedule.instances(of: try PlanFolder.load(PlanFolder.anBien)).filter { $0.task == task }
        let byLead = Dictionary(grouping: instances, by: \.lead)
        #expect(byLead.count == leads)
        for (lead, instances) in byLead { #expect(instances.map { $0.due?.description } == dues, "\(lead)") }
    }

    /// What runs or is shown must come from a plan folder. One default path may name the plan that is shipped.
    @Test
    func `nothing of the province is in the code`() throws {
        let sources = PlanFolder.package.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        var read = 0
        var hits: [String] = []
        for case let file as URL in files
        where ["swift", "mustache", "js", "css", "c", "h"].contains(file.pathExtension) {
            let bytes = try #require(PlanFolder.bytes(file))
            read += 1
            let assembly = file.path.contains("/Sources/Assembly/")
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                var text = line.precomposedStringWithCanonicalMapping.lowercased()
                if assembly { text = text.replacingOccurrences(of: "plans/hai-phong-2030", with: "") }
                for name in ["hải phòng", "hai phong", "hai-phong", "haiphong"] where text.contains(name) {
                    hits.append("\(file.lastPathComponent):\(index + 1)")
                }
            }
        }
        #expect(read > 100)
        #expect(hits.isEmpty)
    }
}
