import Access
import Database
import Kernel
import Notices
import PlanText
import TestPlans
import TestSupport
import Testing

@testable import Reports

/// Who is told of answers to papers that are asked for, due or late, until when; and who may read what asks them.
@Suite
struct ReplyNoticeTests {
    private static let request = AgencyWorld.directive.merging([
        PaperField.Key.addressees: "Sở Y tế\nTrung tâm Quy hoạch"
    ]) { $1 }

    private static func told(_ world: AgencyWorld, _ viewer: Viewer) async throws -> [String] {
        try await NoticeService(store: world.store, clock: world.clock.ticking, areas: [.papers])
            .notices(unreadOnly: true, for: viewer).map(\.title).sorted()
    }

    /// What the daily deed does.
    private static func tell(_ world: AgencyWorld, on day: Day) async throws {
        world.clock.set(Timestamp(day: day, hour: 6))
        let facts = try await world.documents.dueReplyNotices()
        try await world.store.write { connection in
            let open = try NoticeBoard.openKeys(of: .replyDue, on: connection)
            try NoticeBoard.post(facts.filter { !open.contains($0.key) }, at: world.clock.now, on: connection)
            try NoticeBoard.resolve(
                .replyDue, keys: open.subtracting(facts.map(\.key)), at: world.clock.now, on: connection)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `whoever is asked is told at once, reminded before the day, told when late, and no more once it has answered`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let by = Submission(viewer: world.construction)
            let asked = world.viewer(.agencyOfficer, agency: "so-y-te")
            let id = try await world.issued(
                try await world.draft(.directive, Self.request, by: world.construction), "45/SXD-VP",
                by: world.construction)
            #expect(
                try await Self.told(world, asked) == ["Sở Xây dựng đề nghị trả lời trước ngày 10/11/2026"])
            #expect(try await Self.told(world, world.construction).isEmpty)

            try await Self.tell(world, on: .known(2026, 11, 6))
            #expect(try await Self.told(world, asked).count == 1)
            try await Self.tell(world, on: .known(2026, 11, 7))
            #expect(
                try await Self.told(world, asked).contains(
                    "Cần trả lời văn bản số 45/SXD-VP ngày 20/10/2026 trước ngày 10/11/2026"))
            #expect(
                try await Self.told(world, world.construction)
                    == ["Văn bản số 45/SXD-VP ngày 20/10/2026 sắp đến hạn trả lời 10/11/2026"])

            try await Self.tell(world, on: .known(2026, 11, 11))
            #expect(
                try await Self.told(world, asked)
                    == ["Đơn vị trả lời trễ văn bản số 45/SXD-VP ngày 20/10/2026: hạn 10/11/2026"])
            #expect(
                try await Self.told(world, world.construction)
                    == ["Trả lời trễ: văn bản số 45/SXD-VP ngày 20/10/2026 có hạn 10/11/2026"])
            let heads = try await world.documents.documents(for: world.construction)
            let owing = try #require(try await world.documents.replies(to: id, for: world.construction)).addressees
            #expect(owing.count > 1)
            #expect(try await world.documents.lateReplies(among: heads) == [id: owing.count])

            let position = try #require(owing.first { $0.name.contains("Y tế") }).position
            try await world.documents.enterReply(
                .init(position: "\(position)", day: "11/11/2026"), to: id, by: by)
            #expect(try await Self.told(world, asked).isEmpty)
            #expect(try await Self.told(world, world.construction).count == 1)
            for one in owing where one.position != position {
                try await world.documents.enterReply(
                    .init(position: "\(one.position)", day: "11/11/2026"), to: id, by: by)
            }
            #expect(try await Self.told(world, world.construction).isEmpty)
            #expect(try await world.documents.lateReplies(among: heads).isEmpty)
            // Taken back: owed again, and told the next morning.
            try await world.documents.enterReply(
                .init(position: "\(position)", day: "", note: "Ghi nhầm đơn vị"), to: id, by: by)
            try await Self.tell(world, on: .known(2026, 11, 12))
            #expect(try await Self.told(world, asked).count == 1)
            #expect(try await Self.told(world, world.construction).count == 1)

            try await world.documents.endDocument(id, successor: nil, reason: "Gửi nhầm", by: by)
            #expect(try await Self.told(world, asked).isEmpty)
            #expect(try await Self.told(world, world.construction).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a unit reads the paper that asks it once it is out, with its own answer and nobody else's`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let asked = world.viewer(.agencyOfficer, agency: "so-y-te")
            let stranger = world.viewer(.communeOfficer, commune: "10507")
            let draft = try await world.draft(.directive, Self.request, by: world.construction)
            let waiting = try await world.documents.keep(draft, by: Submission(viewer: world.construction))
            await expectRefusal(.notFound) { _ = try await world.documents.document(waiting, for: asked) }
            let id = try await world.issued(draft, "45/SXD-VP", by: world.construction)
            #expect(try await world.documents.document(id, for: asked).id == id)
            let own = try #require(try await world.documents.replies(to: id, for: asked))
            #expect(own.addressees.map(\.name) == ["Sở Y tế"])
            await expectRefusal(.notFound) { _ = try await world.documents.document(id, for: stranger) }
            await expectRefusal(.forbidden) {
                try await world.documents.enterReply(
                    .init(position: "1", day: "20/10/2026"), to: id, by: Submission(viewer: asked))
            }
        }
    }
}
