import Access
import Database
import Kernel
import Synchronization
import TestSupport
import Testing

@Suite
struct KeptTests {
    private static let kind = Subject.Kind("word")

    private static func change(_ kind: Subject.Kind, in world: AccessWorld) async throws {
        let now = world.clock.now
        try await world.store.write { connection in
            try AuditTrail.append(
                AuditEvent("test.more", subject: Subject(kind, "một")), by: .system, at: now, on: connection)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a value is worked out anew when a thing of its kinds changed, and only then`(engine: TestEngine) async throws
    {
        try await AccessWorld.with(engine) { world in
            let kept = Kept<String, Int>([Self.kind], capacity: 2)
            let made = Mutex(0)
            func value(_ key: String) async throws -> Int {
                try await world.store.read { connection in
                    try kept.value(key, at: Revisions.read(on: connection)) {
                        made.withLock {
                            $0 += 1
                            return $0
                        }
                    }
                }
            }
            #expect(try await value("a") == 1)
            try await Self.change(Subject.Kind("other"), in: world)
            #expect(try await value("a") == 1)
            #expect(try await value("b") == 2)
            try await Self.change(Self.kind, in: world)
            #expect(try await value("a") == 3)
            #expect(try await value("b") == 4)
            // A third key finds no room: what was kept is dropped, not mixed up.
            #expect(try await value("c") == 5)
            #expect(try await value("a") == 6)
        }
    }

    @Test
    func `an older view does not replace what is kept, and a failure keeps nothing`() async throws {
        struct Failed: Error {}
        try await AccessWorld.with(.sqlite) { world in
            let kept = Kept<Int, String>([Self.kind], capacity: 1)
            let before = try await world.store.read { try Revisions.read(on: $0) }
            try await Self.change(Self.kind, in: world)
            let after = try await world.store.read { try Revisions.read(on: $0) }
            #expect(throws: Failed.self) { try kept.value(0, at: after) { throw Failed() } }
            #expect(try kept.value(0, at: after) { "new" } == "new")
            #expect(try kept.value(0, at: before) { "old" } == "old")
            #expect(try kept.value(0, at: after) { "newer" } == "new")
        }
    }
}
