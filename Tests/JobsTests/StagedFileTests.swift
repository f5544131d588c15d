import Access
import Database
import Files
import Jobs
import Kernel
import TestSupport
import Testing

/// Large files, stored a little in each write.
@Suite
struct StagedFileTests {
    struct Broken: Error {}

    /// Pieces of a megabyte, each of its own bytes; breaks off after some.
    static func file(pieces: Int, breaksAfter: Int = .max) -> IncomingFile {
        IncomingFile(name: "lớn.bin", mediaType: "application/octet-stream", size: pieces << 20) {
            var handed = 0
            return {
                guard handed < breaksAfter else { throw Broken() }
                guard handed < pieces else { return nil }
                handed += 1
                return [UInt8](repeating: UInt8(handed), count: 1 << 20)
            }
        }
    }

    private static func count(_ table: String, _ world: JobsWorld) async throws -> Int {
        try await world.store.read { try $0.integer("SELECT COUNT(*) FROM \(table)") ?? 0 }
    }

    @Test(arguments: TestEngine.allCases)
    func `a staged file is as an added one once a record names it, and is not found before`(
        engine: TestEngine
    ) async throws {
        try await JobsWorld.with(engine) { world in
            let now = world.clock.now
            let staged = try await StoredFiles.stage(Self.file(pieces: 5), by: nil, at: now, in: world.store)
            let sha256 = staged.file.sha256
            #expect(try await world.store.read { try StoredFiles.find(sha256: sha256, on: $0) } == [])
            let (kept, added) = try await world.store.write { connection in
                (
                    try StoredFiles.keep(staged, on: connection),
                    try StoredFiles.add(Self.file(pieces: 5), by: nil, at: now, on: connection)
                )
            }
            #expect([kept.sha256, "\(kept.size)"] == [added.sha256, "\(5 << 20)"])
            let same = try await world.store.read { connection in
                try StoredFiles.content(of: kept.id, on: connection)
                    == StoredFiles.content(of: added.id, on: connection)
                    && StoredFiles.find(kept.id, on: connection) == kept
            }
            #expect(same)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nothing stays of a file that breaks off, that nobody comes to name, or whose server died`(
        engine: TestEngine
    ) async throws {
        try await JobsWorld.with(engine) { world in
            await #expect(throws: Broken.self) {
                try await StoredFiles.stage(
                    Self.file(pieces: 5, breaksAfter: 3), by: nil, at: world.clock.now, in: world.store)
            }
            let unnamed = try await StoredFiles.stage(
                Self.file(pieces: 1), by: nil, at: world.clock.now, in: world.store)
            try await StoredFiles.remove(unnamed, in: world.store)
            #expect(try await Self.count("stored_file_part", world) == 0)
            _ = try await StoredFiles.stage(Self.file(pieces: 1), by: nil, at: world.clock.now, in: world.store)
            let jobs = world.service([.forgetting])
            func forget() async throws {
                try await world.store.write { [now = world.clock.now] connection in
                    _ = try JobService.add(
                        .forgetting, NoParameters(), title: "Dọn", key: nil, notBefore: now, at: now, on: connection)
                }
                #expect(try await jobs.runDue(as: "server") == 1)
            }
            try await forget()
            #expect(try await Self.count("stored_file", world) == 1, "it may still be named")
            world.clock.advance(seconds: 86_401)
            try await forget()
            #expect(try await Self.count("stored_file", world) == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a form's file is kept with its change, once, and leaves nothing when the change is refused`(
        engine: TestEngine
    ) async throws {
        try await JobsWorld.with(engine) { world in
            for pieces in [1, 5] {
                let file = Self.file(pieces: pieces)
                let by = Submission(viewer: world.officer, form: "dấu \(pieces)")
                let subject = Subject(.file, pieces)
                for _ in 1...2 {
                    try await world.store.once(by, about: subject, with: file, at: world.clock.now) {
                        connection, now, sent in
                        let stored = try sent?.keep(at: now, on: connection)
                        #expect(stored?.size == pieces << 20)
                    }
                }
                await #expect(throws: Broken.self) {
                    try await world.store.once(
                        Submission(viewer: world.officer), about: subject, with: file, at: world.clock.now
                    ) { connection, now, sent in
                        _ = try sent?.keep(at: now, on: connection)
                        throw Broken()
                    }
                }
            }
            #expect(try await Self.count("stored_file", world) == 2)
            #expect(try await Self.count("stored_file_part", world) == 6)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the large result of a job is the owner's like a small one`(engine: TestEngine) async throws {
        try await JobsWorld.with(engine) { world in
            let kind = JobKind(JobsWorld.name, title: "Đếm", right: .count) { count, _ in
                JobResult("Xong.", file: Self.file(pieces: count.chunks))
            }
            let jobs = world.service([kind])
            for pieces in [1, 5] {
                let id = try await world.start(jobs, chunks: pieces)
                #expect(try await jobs.runDue(as: "server") == 1)
                let file = try await jobs.file(of: id, for: world.officer)
                #expect(file.size == pieces << 20 && file.name == "lớn.bin" && file.sha256.count == 64)
            }
        }
    }
}
