import Access
import Database
import Files
import Kernel
import TestSupport
import Testing

@testable import Figures

/// Files that nobody took go by themselves; what was taken stays.
@Suite
struct ForgetUploadTests {
    private static func forget(_ world: FiguresWorld) async throws -> Int {
        try await world.store.write { [now = world.clock.now] in
            try FigureService.forgetUploads(at: now, atMost: 100, on: $0)
        }
    }

    private static func content(_ id: RecordID, _ world: FiguresWorld) async throws -> Int {
        try await world.store.read { connection in
            try StoredFiles.content(of: try FigureService.upload(id, on: connection).file, on: connection).count
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file waits two months, and its content stays a month after it was thrown away`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let by = Submission(viewer: FiguresWorld.insurance)
            func receive(_ people: Int) async throws -> RecordID {
                try await world.service.receive(
                    FiguresWorld.file("09/2026", ["10507;\(people);10"]), month: nil, source: "", by: by)
            }
            let taken = try await receive(1_000)
            try await world.service.accept(taken, acceptsJumps: false, by: by)
            let (thrown, waiting) = (try await receive(1_001), try await receive(1_002))
            try await world.service.discard(thrown, by: by)
            let day: Int64 = 86_400
            world.clock.advance(seconds: 29 * day)
            #expect(try await Self.forget(world) == 0)
            world.clock.advance(seconds: 2 * day)
            #expect(try await Self.forget(world) == 1)
            #expect(try await Self.content(thrown, world) == 0)
            #expect(try await Self.content(waiting, world) > 0)
            world.clock.advance(seconds: 30 * day)
            #expect(try await Self.forget(world) == 1)
            #expect(try await world.service.upload(waiting, for: FiguresWorld.insurance).0.stage == .discarded)
            world.clock.advance(seconds: 31 * day)
            #expect(try await Self.forget(world) == 1)
            #expect(try await Self.content(waiting, world) == 0)
            #expect(try await Self.content(taken, world) > 0)
            #expect(try await Self.forget(world) == 0)
        }
    }
}
