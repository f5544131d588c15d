import Access
import Database
import Files
import Kernel
import TestSupport
import Testing

@testable import Figures

/// Who may do and open what.
@Suite
struct FigureScopeStorageTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    @Test(arguments: TestEngine.allCases)
    func `nothing that changes figures is done for whoever may not manage them`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            let file = FiguresWorld.file("09/2026", ["10507;110;10"])
            let upload = try await world.service.receive(file, month: nil, source: "", by: Self.insurance)
            try await world.service.contest(
                ContestDraft(
                    commune: .known("10507"), month: .known(2026, 9), scheme: .compulsory, proposed: "120",
                    reason: "Sót",
                    document: "CV 1"), by: .init(viewer: FiguresWorld.commune))
            let contest = try await world.service.contests(for: FiguresWorld.insurance)[0].id
            let before = try await world.footprint()
            let without = FiguresWorld.without(.acceptFigures)
            #expect(without.count == Role.allCases.count - 2)
            for viewer in without {
                let by = Submission(viewer: viewer)
                let service = world.service
                await expectRefusal(.forbidden) { try await service.receive(file, month: nil, source: "", by: by) }
                await expectRefusal(.forbidden) { try await service.upload(upload, for: viewer) }
                await expectRefusal(.forbidden) { try await service.returnedFile(of: upload, for: viewer) }
                await expectRefusal(.forbidden) { try await service.accept(upload, acceptsJumps: true, by: by) }
                await expectRefusal(.forbidden) { try await service.discard(upload, by: by) }
                await expectRefusal(.forbidden) { try await service.withdraw(batch: 1, reason: "x", by: by) }
                await expectRefusal(.forbidden) { try await service.decide(contest, granted: true, note: "x", by: by) }
                #expect(try await service.waitingUploads(for: viewer) == [])
            }
            #expect(try await world.footprint() == before)
            #expect(try await world.holding() == ["10507 2026-09 compulsory 100 @1", "10507 2026-09 voluntary 10 @1"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file of figures opens to managers and to those who see the whole plan`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            let ofBatch = try #require(try await world.service.batch(1, for: FiguresWorld.analyst).file)
            let waiting = try await world.service.receive(
                FiguresWorld.file("08/2026", ["10507;90;9"]), month: nil, source: "", by: Self.insurance)
            let ofUpload = try await world.service.upload(waiting, for: FiguresWorld.insurance).0.file
            for file in [ofBatch, ofUpload] {
                for viewer in FiguresWorld.everybody {
                    let by = Submission(viewer: viewer, address: "10.0.0.7")
                    if viewer.may(.openFigureFiles) {
                        #expect(try await world.service.openFile(file, by: by).id == file)
                    } else {
                        await expectRefusal(.notFound) { try await world.service.openFile(file, by: by) }
                    }
                }
                // Each look and each try is recorded.
                let seers: [Role] = [.leader, .analyst, .insuranceProvince, .inspector, .auditor, .administrator]
                let expected = Role.allCases.map { seers.contains($0) ? "figures.file-opened" : "figures.file-refused" }
                #expect(try await world.trail("file/\(file)") == expected)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proof opens to its commune, too, and to no other`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            let proof = IncomingFile(name: "biên bản.pdf", mediaType: "application/pdf", bytes: [1, 2, 3])
            try await world.service.contest(
                ContestDraft(
                    commune: .known("10507"), month: .known(2026, 9), scheme: .voluntary, proposed: "12", reason: "Sót",
                    document: "", file: proof), by: .init(viewer: FiguresWorld.commune))
            let file = try #require(try await world.service.contests(for: FiguresWorld.commune)[0].file)
            for viewer in FiguresWorld.everybody + [FiguresWorld.commune, FiguresWorld.neighbour] {
                let sees =
                    viewer.may(.openFigureFiles)
                    || viewer.communes.contains(.known("10507"))
                let opened = try? await world.service.openFile(file, by: .init(viewer: viewer))
                #expect((opened != nil) == sees, "\(viewer.login)")
                if let opened { #expect([opened.name, opened.mediaType] == ["biên bản.pdf", "application/pdf"]) }
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file of something else is not there, nor one that does not exist`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let other = try await world.store.write { connection in
                try StoredFiles.add(
                    IncomingFile(name: "danh sách.csv", mediaType: "text/csv", bytes: [1]), by: nil,
                    at: Timestamp(secondsSinceEpoch: 0), on: connection)
            }
            let absent = RecordID(at: world.clock.now)
            var refusals: [Refusal] = []
            for id in [other.id, absent] {
                for viewer in [FiguresWorld.insurance, FiguresWorld.commune] {
                    let refusal = await expectRefusal(.notFound) {
                        try await world.service.openFile(id, by: .init(viewer: viewer))
                    }
                    refusals.append(try #require(refusal))
                }
            }
            #expect(refusals.allSatisfy { $0 == refusals[0] })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `figures, batches and histories are open to everybody who sees figures`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            for viewer in FiguresWorld.everybody {
                let service = world.service
                #expect(try await service.figures(of: .known(2026, 9), for: viewer).count == 2)
                #expect(try await service.figures(of: .known("10507"), for: viewer).count == 2)
                #expect(try await service.months(for: viewer).count == 1)
                #expect(try await service.batches(limit: 5, for: viewer).count == 1)
                #expect(try await service.lines(ofBatch: 1, limit: 5, for: viewer).lines.count == 2)
                let history = try await service.history(of: .known("10507"), .voluntary, .known(2026, 9), for: viewer)
                #expect(history.count == 1)
                #expect(try await service.contests(of: .known("10507"), for: viewer).isEmpty)
            }
        }
    }
}
