import Access
import Figures
import Kernel
import Notices
import TestSupport
import Testing

/// Who is told of objections and of what was decided on them.
@Suite
struct ContestNoticeTests {
    static func unread(_ world: FiguresWorld, _ viewer: Viewer) async throws -> [ReceivedNotice] {
        try await NoticeService(store: world.store, clock: world.clock.clock, areas: [.figures])
            .notices(unreadOnly: true, for: viewer)
    }

    @Test(arguments: TestEngine.allCases, [true, false])
    func `an objection is told to those who decide, until somebody has, and the decision to the commune`(
        engine: TestEngine, granted: Bool
    ) async throws {
        try await ContestStorageTests.with(engine) { world in
            try await world.service.contest(ContestStorageTests.draft(), by: ContestStorageTests.own)
            let contest = try await ContestStorageTests.only(world)
            for viewer in FiguresWorld.everybody + [FiguresWorld.commune, FiguresWorld.neighbour] {
                let told = try await Self.unread(world, viewer)
                #expect(
                    told.map(\.subject) == (viewer.may(.decideContests) ? [Subject(.figureContest, contest.id)] : []))
            }
            let told = try #require(try await Self.unread(world, FiguresWorld.insurance).first)
            #expect(told.title.contains("đề nghị sửa số người tham gia BHXH bắt buộc tháng 09/2026"))
            #expect(told.detail == "Đang dùng 1.000 người, đề nghị 1.050 người.")

            try await world.service.decide(
                contest.id, granted: granted, note: "Đối chiếu", by: ContestStorageTests.insurance)
            #expect(try await Self.unread(world, FiguresWorld.analyst).isEmpty)
            let decided = try await Self.unread(world, FiguresWorld.commune)
            #expect(decided.map(\.detail) == ["Đối chiếu"])
            #expect(decided.first?.title.hasSuffix(granted ? " được chấp nhận" : "không được chấp nhận") == true)
            #expect(decided.first?.subject == Subject(.figure, "10507/2026-09/compulsory"))
            #expect(try await Self.unread(world, FiguresWorld.neighbour).isEmpty)
        }
    }
}
