import Access
import Assembly
import Database
import Foundation
import Jobs
import Kernel
import Notices
import TestSupport
import Testing

/// Several servers on one PostgreSQL: what is done for people is done once.
@Suite
struct TwoServersTests {
    static let letters = 40

    /// Writes letters to one person, each with a job that sends what waits, as changes of accounts do.
    static func writeLetters(in system: BaoPhuSystem) async throws {
        let draft = AccountDraft(
            login: "can-bo", name: "Cán Bộ", role: .communeOfficer, communes: [CommuneCode("90001")].compactMap(\.self),
            email: "can-bo@example.vn")
        let account = try await system.access.createActive(draft, password: Scene.password, by: .system)
        let now = BaoPhuSystem.now
        try await system.store.write { connection in
            for number in 1...letters {
                try Outbox.write(
                    [LetterPart(counts: ["thư \(number)"], lines: ["Một dòng."])], to: account, at: now, on: connection)
                try JobService.add(
                    .letters, NoParameters(), title: "Gửi thư \(number)", key: nil, notBefore: now, at: now,
                    on: connection)
            }
        }
    }

    static func count(_ sql: String, _ store: any DataStore) async throws -> Int {
        try await store.read { try $0.integer(sql) ?? 0 }
    }

    @Test
    func `two processes send each letter once and do each job once`() async throws {
        let cluster = try await Executable.offPool { try PostgreSQLCluster.shared() }
        let url = try await Executable.offPool { try cluster.freshURL() }
        // Slow enough for both to come to it.
        let mail = try TinySMTPServer(.acceptSlowly)
        mail.start()
        defer { mail.stop() }
        try await Scene.withFolder { folder in
            let flags = [
                "--database", url, "--plan", Scene.anBien, "--set", "access.password-cost=10", "--set",
                "mail.url=\(mail.url)", "--set", "mail.sender=bao-phu@example.vn", "--set",
                "keys.file=\(folder)/keys",
            ]
            let system = try await BaoPhuSystem.start(
                try await Scene.settings(["database": url, "keys.file": "\(folder)/keys"]))
            var servers: [Process] = []
            for name in ["a", "b"] {
                try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
                servers.append(try await Executable.serve(flags, in: "\(folder)/\(name)").process)
            }
            try await Self.writeLetters(in: system)
            let waiting = "SELECT COUNT(*) FROM job WHERE state IN ('queued', 'running') AND kind = 'mail.letters'"
            for _ in 0..<600 where try await Self.count(waiting, system.store) > 0 {
                try await Task.sleep(for: .milliseconds(200))
            }
            for server in servers {
                #expect(server.isRunning)
                #expect(try await Executable.end(server))
                #expect(server.terminationReason == .exit && server.terminationStatus == 0)
            }

            let identifiers = mail.received.messages.compactMap { message in
                message.split(separator: "\r\n").first { $0.lowercased().hasPrefix("message-id:") }
            }
            #expect(identifiers.count == Self.letters)
            #expect(Set(identifiers).count == Self.letters, "none twice")
            #expect(
                try await Self.count("SELECT COUNT(*) FROM letter WHERE sent_at IS NULL AND at_once = 0", system.store)
                    == 0)
            #expect(
                try await Self.count("SELECT COUNT(DISTINCT holder) FROM job WHERE kind = 'mail.letters'", system.store)
                    == 2, "both worked")
            #expect(
                try await Self.count("SELECT COUNT(*) FROM job WHERE state = 'done' AND fence <> 1", system.store) == 0,
                "each job was taken once")
            #expect(
                try await Self.count(
                    "SELECT COUNT(*) FROM (SELECT kind FROM job WHERE once_key IS NOT NULL GROUP BY kind, once_key "
                        + "HAVING COUNT(*) > 1) AS twice", system.store) == 0)
            try await system.store.close()
        }
        try await Executable.offPool { cluster.remove(url) }
    }

    @Test(arguments: TestEngine.allCases)
    func `two servers write each day's reminders once`(engine: TestEngine) async throws {
        try await engine.withStores(2) { stores in
            let clock = MutableClock(try Scene.moment("2027-11-10", hour: 7))
            var systems: [BaoPhuSystem] = []
            for store in stores {
                systems.append(
                    try await BaoPhuSystem.start(
                        try await Scene.settings(), store: store, definition: try PlanFolder.load(Scene.anBien),
                        clock: clock.clock))
            }
            let draft = AccountDraft(
                login: "can-bo", name: "Cán Bộ", role: .communeOfficer,
                communes: [CommuneCode("90001")].compactMap(\.self), email: "can-bo@example.vn")
            _ = try await systems[0].access.createActive(draft, password: Scene.password, by: .system)
            for _ in 0..<30 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for system in systems + systems {
                        group.addTask {
                            try await system.jobs.addDue(system.deeds)
                            _ = try await system.jobs.runDue(as: "server")
                        }
                    }
                    try await group.waitForAll()
                }
                clock.advance(seconds: 86_400)
            }
            let written = try await Self.count("SELECT COUNT(*) FROM letter", stores[0])
            #expect(written > 0)
            #expect(
                try await Self.count(
                    "SELECT COUNT(*) FROM (SELECT DISTINCT account, day FROM letter) AS days", stores[0]) == written,
                "one a person and day")
            #expect(
                try await Self.count("SELECT COUNT(*) FROM job WHERE kind = 'work.reminders'", stores[0]) == 30)
            #expect(try await Self.count("SELECT COUNT(*) FROM job WHERE fence <> 1", stores[0]) == 0)
        }
    }
}
