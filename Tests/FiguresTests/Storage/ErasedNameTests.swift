import Access
import Database
import Files
import Kernel
import Notices
import TestSupport
import Testing

@testable import Figures

/// A file's name may be a person's: of an erased one, no batch keeps it.
@Suite
struct ErasedNameTests {
    static func erase(_ file: RecordID?, in world: FiguresWorld) async throws {
        let file = try #require(file)
        _ = try await world.store.write { connection in
            let stored = try #require(try StoredFiles.find(file, on: connection))
            return try FigureService.overwriteFileName(of: stored, with: "tệp đã huỷ", on: connection)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a batch of figures loses the name of its file and keeps the source that somebody named`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let id = try await UploadStorageTests.receive(["10507;100;10"], in: world)
            try await world.service.accept(id, acceptsJumps: false, by: UploadStorageTests.insurance)
            let batch = try await world.service.batch(1, for: FiguresWorld.analyst)
            try await Self.erase(batch.file, in: world)
            let erased = try await world.service.batch(1, for: FiguresWorld.analyst)
            #expect([erased.fileName, erased.source] == ["tệp đã huỷ", "Công văn 12/BHXH"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a batch of movements loses the name of its file, and no other batch does`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let service = MovementStorageTests.service(world)
            _ = try await MovementStorageTests.take(["10507;;12;3;4"], in: world)
            _ = try await MovementStorageTests.take(["10507;;13;3;4"], in: world)
            // As where neither the sender nor the table named a source.
            _ = try await world.store.write {
                try $0.execute("UPDATE movement_batch SET source = 'Tệp biến động.csv'")
            }
            try await Self.erase(try await service.batch(2, for: FiguresWorld.commune).0.file, in: world)
            let erased = try await service.batch(2, for: FiguresWorld.commune).0
            #expect([erased.fileName, erased.source] == ["tệp đã huỷ", "tệp đã huỷ"])
            let other = try await service.batch(1, for: FiguresWorld.commune).0
            #expect([other.fileName, other.source] == ["biến động.csv", "Tệp biến động.csv"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the batch of a granted objection loses the name of its proof`(engine: TestEngine) async throws {
        try await ContestStorageTests.with(engine) { world in
            try await world.service.contest(
                ContestStorageTests.draft(file: ContestStorageTests.proof), by: ContestStorageTests.own)
            let contest = try await ContestStorageTests.only(world)
            try await world.service.decide(
                contest.id, granted: true, note: "Đúng", by: ContestStorageTests.insurance)
            #expect(try await world.service.batch(2, for: FiguresWorld.commune).fileName == "biên bản.pdf")
            try await Self.erase(contest.file, in: world)
            #expect(try await world.service.batch(2, for: FiguresWorld.commune).fileName == "tệp đã huỷ")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the proof of a granted objection goes with somebody from outside alone, and those who decided are told`(
        engine: TestEngine
    ) async throws {
        try await ContestStorageTests.with(engine) { world in
            try await world.service.contest(
                ContestStorageTests.draft(file: ContestStorageTests.proof), by: ContestStorageTests.own)
            let contest = try await ContestStorageTests.only(world)
            let file = try #require(contest.file)
            let erasure = FileErasure(
                store: world.store, clock: world.clock.ticking, keepers: [world.service.figureFileKeeper],
                losses: [world.service.figureFileLoss])
            #expect(try await erasure.file(file, for: ContestStorageTests.own.viewer).holder?.undoes == [])
            try await world.service.decide(
                contest.id, granted: true, note: "Đúng", by: ContestStorageTests.insurance)
            let own = ContestStorageTests.own
            let found = try await erasure.file(file, for: own.viewer)
            #expect(found.holder?.needsOutsider == true && found.holder?.undoes.count == 1)
            try await erasure.propose(file, reason: "Kèm danh sách người dân", by: own)
            let deed = try #require(try await erasure.file(file, for: own.viewer).waiting)
            func second(_ viewer: Viewer) -> Submission {
                Submission(
                    viewer: Viewer(
                        account: RecordID(at: Timestamp(secondsSinceEpoch: 5)), login: "hai", name: "Người Hai",
                        role: viewer.role, rights: viewer.rights.union([.confirmErasure, .readErasures]),
                        agency: viewer.agency, communes: viewer.communes))
            }
            await expectRefusal(.forbidden) {
                try await erasure.confirm(file, deed: deed.id, by: second(own.viewer))
            }
            try await erasure.confirm(file, deed: deed.id, by: second(FiguresWorld.analyst))
            let trail = try await world.store.read { connection in
                try AuditTrail.entries(
                    before: nil, subjectPrefix: Subject(.figureContest, contest.id).text, limit: 1, on: connection)
            }
            #expect(trail.map(\.action) == ["figures.proof-erased"])
            let told = try await ContestNoticeTests.unread(world, FiguresWorld.insurance)
            #expect(told.contains { $0.title.contains("Tệp chứng minh") && $0.detail.contains("biên bản số 1/") })
        }
    }
}
