import Access
import Database
import Kernel
import Notices
import Remarks
import TestSupport
import Testing

/// What people say of a thing, who reads it and who is told.
@Suite
struct RemarkTests {
    typealias World = RemarksWorld

    @Test(arguments: TestEngine.allCases)
    func `whoever sees a thing reads what is said of it, the newest last; nobody else does`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            try await world.service.write(
                "Số tháng 2\n\n  thấp quá ", about: World.here, by: .init(viewer: World.analyst))
            try await world.service.write("Đang kiểm tra", about: World.here, by: .init(viewer: World.officer))
            let read = try await world.remarks(for: World.colleague)
            #expect(read.map(\.text) == ["Số tháng 2\nthấp quá", "Đang kiểm tra"])
            #expect(read.map(\.author) == [World.analyst.name, World.officer.name])
            #expect(read.map(\.unit?.text) == ["so-noi-vu", "90001"])
            #expect(try await world.service.thread(of: World.here, for: World.neighbour, limit: 5) == nil)
            #expect(
                try await world.service.thread(of: Subject(World.kind, "12345"), for: World.leader, limit: 5) == nil)
            #expect(try await world.service.thread(of: Subject(.notice, "1"), for: World.leader, limit: 5) == nil)
            await expectRefusal(.notFound) {
                try await world.service.write("Xin hỏi", about: World.here, by: .init(viewer: World.neighbour))
            }
            await expectRefusal(.forbidden) {
                try await world.service.write("Xin hỏi", about: World.here, by: .init(viewer: World.head))
            }
            #expect(try await world.service.thread(of: World.here, for: World.head, limit: 5)?.actions == [])
            let last = try #require(try await world.service.thread(of: World.here, for: World.officer, limit: 1))
            #expect(last.entries.count == 1 && last.earlier == 1)
            #expect(try await world.trail() == ["remark.written", "remark.written"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a unit chosen or named is told, and those who spoke before, once; the author is not`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            let service = world.service
            try await service.write(
                "Vì sao giảm?", to: try World.unit("90001"), about: World.here, by: .init(viewer: World.analyst))
            for viewer in [World.officer, World.colleague] {
                let told = try await world.told(viewer)
                #expect(told.map(\.kind) == ["remarks.mentioned"])
                #expect(told.first?.subject == World.here && told.first?.detail == "Vì sao giảm?")
            }
            #expect(try await world.told(World.analyst).isEmpty)
            #expect(try await world.told(World.neighbour).isEmpty)
            #expect(try await world.told(World.head).isEmpty, "who may not answer is not asked")

            try await service.write("Do hết hợp đồng mùa vụ.", about: World.here, by: .init(viewer: World.officer))
            #expect(try await world.told(World.analyst).map(\.kind) == ["remarks.answered"])
            // Named, and there before: one notice.
            try await service.write("Báo lại để @so noi vu biết", about: World.here, by: .init(viewer: World.colleague))
            #expect(
                try await world.told(World.analyst).map(\.kind).sorted() == ["remarks.answered", "remarks.mentioned"])
            #expect(
                try await world.told(World.officer).map(\.kind).sorted() == ["remarks.answered", "remarks.mentioned"])
            #expect(try await world.remarks(for: World.analyst).last?.mentions == [try World.unit("so-noi-vu")])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a unit that does not see the thing cannot be told of it`(engine: TestEngine) async throws {
        try await World.with(engine) { world in
            let refusal = await expectRefusal(.invalid, field: "text") {
                try await world.service.write(
                    "Nhờ @xã Suối Mẫu xem", about: World.here, by: .init(viewer: World.officer))
            }
            #expect(refusal?.message.contains("Báo được: UBND phường An Biên; Sở Nội vụ") == true)
            await expectRefusal(.invalid, field: "unit") {
                try await world.service.write(
                    "Xem giúp", to: try World.unit("90002"), about: World.here, by: .init(viewer: World.officer))
            }
            try await world.service.write(
                "Gửi thư tới a@xa.gov.vn, 5 @ 2", about: World.here, by: .init(viewer: World.officer))
            #expect(try await world.told(World.neighbour).isEmpty)
        }
    }

    static let refused = [
        "", " \n ", "Bà Lan, 031185012345", "gọi 0912 345 678", "mã 123456789012",
        String(repeating: "a", count: 2_001),
    ]

    @Test(arguments: TestEngine.allCases, refused)
    func `an empty text, one without end and one with somebody's number are refused`(
        engine: TestEngine, text: String
    ) async throws {
        try await World.with(engine) { world in
            await expectRefusal(.invalid, field: "text") {
                try await world.service.write(text, about: World.here, by: .init(viewer: World.officer))
            }
            try await world.service.write(
                "Thiếu 1.234.567.890.123 đồng, công văn 1234/BHXH-TST", about: World.here,
                by: .init(viewer: World.officer))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the author corrects for a quarter of an hour, and nobody else; earlier wordings stay stored`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            let service = world.service
            let id = try await service.write("Thiếu 12 người", about: World.here, by: .init(viewer: World.officer))
            await expectRefusal(.forbidden) {
                try await service.correct(id, "Thiếu 13", by: .init(viewer: World.colleague))
            }
            await expectRefusal(.notFound) {
                try await service.correct(id, "Thiếu 13", by: .init(viewer: World.neighbour))
            }
            await expectRefusal(.stale) {
                try await service.correct(id, "Thiếu 13", version: 7, by: .init(viewer: World.officer))
            }
            try await service.correct(
                id, "Thiếu 21 người, @Sở Nội vụ xem", version: 1, by: .init(viewer: World.officer))
            let corrected = try #require(try await world.remarks(for: World.analyst).first)
            #expect(corrected.text == "Thiếu 21 người, @Sở Nội vụ xem" && corrected.correctedAt != nil)
            #expect(corrected.version == 2 && corrected.mentions.map(\.text) == ["so-noi-vu"])
            #expect(try await world.told(World.analyst).map(\.kind) == ["remarks.mentioned"], "named in the correction")
            let wordings = try await world.store.read { try $0.integer("SELECT COUNT(*) FROM remark_text") }
            #expect(wordings == 2)
            world.clock.advance(seconds: Remark.correctableSeconds)
            #expect(corrected.actions(for: World.officer, at: world.clock.now) == [.withdraw])
            await expectRefusal(.stale) {
                try await service.correct(id, "Thiếu 22", by: .init(viewer: World.officer))
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is taken back leaves its trace: who and when, no words, no notice`(engine: TestEngine) async throws {
        try await World.with(engine) { world in
            let service = world.service
            let id = try await service.write(
                "Nhầm chỗ", to: try World.unit("so-noi-vu"), about: World.here, by: .init(viewer: World.officer))
            #expect(try await world.told(World.analyst).count == 1)
            await expectRefusal(.forbidden) { try await service.withdraw(id, by: .init(viewer: World.analyst)) }
            world.clock.advance(seconds: 86_400)
            try await service.withdraw(id, version: 1, by: .init(viewer: World.officer))
            let left = try #require(try await world.remarks(for: World.analyst).first)
            #expect(left.text == nil && left.withdrawnAt != nil && left.author == World.officer.name)
            #expect(try await world.remarks(for: World.officer).first?.text == "Nhầm chỗ", "the author's own words")
            #expect(try await world.remarks(for: World.auditor).first?.text == "Nhầm chỗ")
            #expect(try await world.told(World.analyst).isEmpty)
            #expect(left.actions(for: World.officer, at: world.clock.now).isEmpty)
            await expectRefusal(.forbidden) { try await service.withdraw(id, by: .init(viewer: World.officer)) }
            #expect(try await world.trail() == ["remark.written", "remark.withdrawn"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a form sent twice says it once`(engine: TestEngine) async throws {
        try await World.with(engine) { world in
            let form = Submission(viewer: World.officer, form: "mark-1")
            let first = try await world.service.write("Một lần", about: World.here, by: form)
            let second = try await world.service.write("Một lần", about: World.here, by: form)
            #expect(first == second)
            #expect(try await world.remarks(for: World.officer).count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what was said of many things is counted at once, for those who see them`(engine: TestEngine) async throws {
        try await World.with(engine) { world in
            try await world.service.write("Một", about: World.here, by: .init(viewer: World.analyst))
            let gone = try await world.service.write("Hai", about: World.here, by: .init(viewer: World.analyst))
            try await world.service.withdraw(gone, by: .init(viewer: World.analyst))
            try await world.service.instruct("Ba", to: nil, about: World.here, by: .init(viewer: World.leader))
            let asked = [World.here, Subject(.unit, "90002"), World.here]
            #expect(try await world.service.counts(of: asked, for: World.officer) == [World.here: 3])
            #expect(try await world.service.counts(of: asked, for: World.neighbour) == [:])
            #expect(try await world.service.counts(of: [], for: World.officer) == [:])
        }
    }
}
