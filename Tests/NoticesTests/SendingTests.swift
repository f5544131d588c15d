import Access
import Database
import Jobs
import Kernel
import Mail
import Notices
import Synchronization
import TestSupport
import Testing

/// Several servers that send the letters of one outbox.
@Suite
struct SendingTests {
    /// Remembers who was written to. The first letter may be held up until the test lets it go, or never arrive.
    final class PostOffice: MailSending {
        private let sent = Mutex<[String]>([])
        private let first: @Sendable () async throws -> Void

        init(first: @escaping @Sendable () async throws -> Void = {}) { self.first = first }

        var identifiers: [String] { sent.withLock { $0 } }

        func send(_ message: MailMessage) async throws {
            let count = sent.withLock { sent in
                sent.append(message.identifier)
                return sent.count
            }
            if count == 1 { try await first() }
        }
    }

    static func jobs(_ world: NoticesWorld, _ mail: any MailSending, server: Int) -> JobService {
        JobService(
            store: world.stores[server], clock: world.clock.clock,
            kinds: [.letters(world.service(server).outbox, mail)], grants: NoticesWorld.grants)
    }

    /// Writes letters to one person, each with a job of its own that sends, as changes of accounts do.
    static func write(_ count: Int, _ world: NoticesWorld) async throws {
        let now = world.clock.now
        let (officer, part) = (world.officer, LetterPart(counts: ["1 thư"], lines: ["Một dòng."]))
        try await world.store.write { connection in
            for number in 1...count {
                try Outbox.write([part], to: officer, at: now, on: connection)
                try JobService.add(
                    .letters, NoParameters(), title: "Gửi thư \(number)", key: nil, notBefore: now, at: now,
                    on: connection)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `two servers send each of forty letters once`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine, servers: 2) { world in
            try await Self.write(40, world)
            let office = PostOffice()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for server in [0, 1, 0, 1] {
                    let jobs = Self.jobs(world, office, server: server)
                    group.addTask { _ = try await jobs.runDue(as: "server \(server)") }
                }
                try await group.waitForAll()
            }
            #expect(office.identifiers.count == 40)
            #expect(Set(office.identifiers).count == 40, "none twice")
            #expect(try await world.service.outbox.lettersToSend().isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a letter whose sender fell silent goes out again, later and under the same identifier`(engine: TestEngine)
        async throws
    {
        try await NoticesWorld.with(engine, servers: 2) { world in
            try await Self.write(1, world)
            let (reached, awake) = (Latch(), Latch())
            let silent = Self.jobs(
                world,
                PostOffice {
                    reached.open()
                    await awake.wait()
                }, server: 0)
            let job = try #require(try await silent.claim(by: "server 0"))
            let run = Task { await silent.perform(job) }
            await reached.wait()

            let office = PostOffice()
            let other = Self.jobs(world, office, server: 1)
            // The job may be taken over before the letter may.
            world.clock.advance(seconds: 61)
            _ = try await other.runDue(as: "server 1")
            #expect(office.identifiers.isEmpty, "it is still the other's")
            world.clock.advance(seconds: 360)
            _ = try await other.runDue(as: "server 1")
            #expect(office.identifiers.count == 1)
            awake.open()
            await run.value
            #expect(try await world.service.outbox.lettersToSend().isEmpty)
        }
    }
}
