import Access
import Kernel
import PlanText
import TestPlans
import TestSupport
import Testing

@testable import Reports

/// Answers to papers: who answered, by the day or after it, and how a slip is taken back.
@Suite
struct ReplyTests {
    @Test(arguments: TestEngine.allCases)
    func `answers are entered once the paper is out, told as in time or late, and taken back with a reason`(
        engine: TestEngine
    ) async throws {
        try await AgencyWorld.with(engine) { world in
            let viewer = world.construction
            let by = Submission(viewer: viewer)
            let draft = try await world.draft(.directive, AgencyWorld.directive, by: viewer)
            let waiting = try await world.documents.keep(draft, by: by)
            await expectRefusal(.stale) {
                try await world.documents.enterReply(.init(position: "1", day: "20/10/2026"), to: waiting, by: by)
            }
            await expectRefusal(.invalid, field: "number") { try await world.issued(draft, "12", by: viewer) }
            let id = try await world.issued(draft, "12/SXD-VP", by: viewer)
            world.clock.set(Timestamp(day: .known(2026, 11, 12), hour: 8))
            func now() async throws -> AskedReplies {
                try #require(try await world.documents.replies(to: id, for: viewer))
            }
            #expect(try await now().late(on: .known(2026, 11, 12)) == 2)
            #expect(try await now().late(on: .known(2026, 11, 10)) == 0)
            try await world.documents.enterReply(.init(position: "1", day: "10/11/2026"), to: id, by: by)
            try await world.documents.enterReply(
                .init(position: "2", day: "11/11/2026", workers: "30", insured: "12"), to: id, by: by)
            var replies = try await now()
            #expect([replies.answered, replies.inTime] == [2, 1])
            #expect(replies.sum(\.workers) == 30 && replies.sum(\.insured) == 12)
            for (draft, field) in [
                (ReplyDraft(position: "3", day: "11/11/2026"), "addressee"),
                (.init(position: "1", day: "19/10/2026"), "day"), (.init(position: "1", day: "13/11/2026"), "day"),
                (.init(position: "1", day: ""), "day"),
                (.init(position: "1", day: "10/11/2026", workers: "5", insured: "6"), "insured"),
                (.init(position: "1", day: "10/11/2026", workers: "năm"), "workers"),
            ] {
                await expectRefusal(.invalid, field: field) {
                    try await world.documents.enterReply(draft, to: id, by: by)
                }
            }
            try await world.documents.enterReply(.init(position: "2", day: "", note: "Ghi nhầm đơn vị"), to: id, by: by)
            replies = try await now()
            #expect(replies.answered == 1 && replies.sum(\.workers) == nil)
            await expectRefusal(.notFound) {
                try await world.documents.enterReply(
                    .init(position: "1", day: "10/11/2026"), to: id,
                    by: Submission(viewer: world.viewer(.agencyOfficer, agency: "so-y-te")))
            }
        }
    }
}
