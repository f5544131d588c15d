import Access
import Assembly
import Database
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

/// `kill -9` at any moment loses nothing that was answered, and leaves nothing half done.
@Suite
struct CrashTests {
    static let work = "/viec/II.1/2027-Q1/90001"
    /// The list of II.1: its file comes in with the form.
    static let list = "/viec/I.1/2027-03/90001"
    static let fileBytes = 300_000

    /// What the server answered with a redirect, and what was sent at all.
    final class Ledger: Sendable {
        private let state = Mutex<(sent: Set<String>, accepted: Set<String>)>(([], []))

        func sending(_ text: String) { state.withLock { _ = $0.sent.insert(text) } }
        func took(_ text: String) { state.withLock { _ = $0.accepted.insert(text) } }
        var accepted: Set<String> { state.withLock(\.accepted) }
        var sent: Set<String> { state.withLock(\.sent) }
    }

    static func flags(_ folder: String) -> [String] {
        [
            "--database", folder + "/a.sqlite", "--plan", Scene.anBien, "--set", "access.password-cost=10", "--set",
            "access.second-factor=false", "--set", "http.forms-per-minute=1000000",
        ]
    }

    /// An officer who is signed in already: the cookie and the proof of forms.
    static func signIn(_ folder: String) async throws -> (cookie: String, csrf: String) {
        let system = try await BaoPhuSystem.start(try await Scene.settings(["database": folder + "/a.sqlite"]))
        _ = try await Scene.officer(in: system)
        let signedIn = try await system.access.signIn(
            login: "can-bo", password: Scene.password, address: "", device: "")
        try await system.store.close()
        return (signedIn.token, SecretToken.formToken(session: signedIn.token))
    }

    static func serve(_ folder: String) async throws -> (process: Process, port: Int) {
        try await Executable.serve(flags(folder), in: folder)
    }

    /// Sends forms one after the other until the server is gone.
    static func write(
        _ name: String, port: Int, session: (cookie: String, csrf: String), into ledger: Ledger, files: Bool
    ) {
        for number in 1... {
            let text = "\(name)-\(number)"
            let mark = RecordID(at: BaoPhuSystem.now).text
            var fields = [("_csrf", session.csrf), ("_mark", mark)]
            if files {
                guard let version = version(of: list, port: port, session: session) else { return }
                fields.append(("_version", version))
            }
            let post: PlainHTTP.Form =
                files
                ? .init(
                    path: "\(list)/san-pham",
                    fields: fields + [
                        ("slot", "1"), ("instance", String(list.dropFirst("/viec/".count))), ("day", "01/11/2026"),
                        ("summary", text),
                    ], file: Array(text.utf8) + [UInt8](repeating: 0x61, count: fileBytes))
                : .init(path: "\(work)/ghi-chu", fields: fields + [("note", text)], file: nil)
            ledger.sending(text)
            guard let status = PlainHTTP.post(post, port: port, cookie: "baophu_phien=\(session.cookie)") else {
                return
            }
            guard status == 303 else {
                Issue.record("\(text) was answered \(status)")
                return
            }
            ledger.took(text)
        }
    }

    /// The version that the forms of a page were drawn with; nil when the server is gone.
    static func version(of path: String, port: Int, session: (cookie: String, csrf: String)) -> String? {
        guard let page = PlainHTTP.get(path, port: port, cookie: "baophu_phien=\(session.cookie)") else { return nil }
        return page.firstMatch(of: /name="_version" value="([0-9]+)"/).map { String($0.1) }
    }

    @Test
    func `nothing accepted is lost however often the server is killed`() async throws {
        try await Scene.withFolder { folder in
            let session = try await Self.signIn(folder)
            let (notes, products) = (Ledger(), Ledger())
            var generator = SeededGenerator(seed: 403)
            for round in 1...5 {
                let (process, port) = try await Self.serve(folder)
                let before = notes.accepted.count
                let enough = Int.random(in: 3...40, using: &generator)
                let pause = Double.random(in: 0...0.02, using: &generator)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 1...3 {
                        group.addTask {
                            try await Executable.offPool {
                                Self.write(
                                    "ghi-\(round)-\(writer)", port: port, session: session, into: notes, files: false)
                            }
                        }
                    }
                    group.addTask {
                        try await Executable.offPool {
                            Self.write("tep-\(round)", port: port, session: session, into: products, files: true)
                        }
                    }
                    group.addTask {
                        try await Executable.offPool {
                            let limit = Date(timeIntervalSinceNow: 60)
                            while notes.accepted.count < before + enough || products.accepted.isEmpty, Date() < limit {
                                Thread.sleep(forTimeInterval: 0.001)
                            }
                            Thread.sleep(forTimeInterval: pause)
                            kill(process.processIdentifier, SIGKILL)
                            process.waitUntilExit()
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(process.terminationReason == .uncaughtSignal)
                #expect(notes.accepted.count >= before + enough, "round \(round)")
            }
            #expect(!products.accepted.isEmpty)
            try await Self.expectWhole(folder, notes: notes, products: products)
            try await Self.expectServes(folder, session: session, note: notes.accepted)
        }
    }

    static func expectWhole(_ folder: String, notes: Ledger, products: Ledger) async throws {
        let store = try Storage.open(.sqlite(folder + "/a.sqlite"))
        #expect(try await store.read { try $0.integrityProblems() }.isEmpty)
        #expect(try await AuditTrail.verify(in: store).problems.isEmpty)
        let (kept, summaries, broken) = try await store.read { connection in
            let kept = try connection.rows("SELECT note FROM instance_event WHERE kind = 'noted'").map {
                try $0.text("note")
            }
            let summaries = try connection.rows("SELECT summary FROM product").map { try $0.text("summary") }
            // A file is there with all its parts, or not at all.
            let broken = try connection.integer(
                """
                SELECT COUNT(*) FROM stored_file f WHERE f.sha256 = '' OR NOT EXISTS
                    (SELECT 1 FROM product p WHERE p.file = f.id) OR f.size <>
                    (SELECT COALESCE(SUM(LENGTH(s.bytes)), 0) FROM stored_file_part s WHERE s.file = f.id)
                """)
            return (kept, summaries, broken)
        }
        for (stored, ledger) in [(kept, notes), (summaries, products)] {
            #expect(Set(stored).count == stored.count, "something was done twice")
            #expect(ledger.accepted.subtracting(stored).sorted() == [], "accepted, and lost")
            #expect(Set(stored).subtracting(ledger.sent).sorted() == [], "never sent, and there")
        }
        #expect(broken == 0)
        let audited = try await store.read {
            try $0.integer("SELECT COUNT(*) FROM audit_entry WHERE action = 'instance.noted'")
        }
        #expect(audited == kept.count, "every note has its audit entry")
        try await store.close()
    }

    /// The server starts again, knows the session and shows what was accepted.
    static func expectServes(
        _ folder: String, session: (cookie: String, csrf: String), note: Set<String>
    ) async throws {
        let (process, port) = try await serve(folder)
        let page = try await Executable.offPool {
            PlainHTTP.get(work, port: port, cookie: "baophu_phien=\(session.cookie)")
        }
        #expect(page?.hasPrefix("HTTP/1.1 200 ") == true)
        #expect(note.contains { page?.contains($0) == true })
        try await Executable.offPool {
            process.terminate()
            process.waitUntilExit()
        }
        #expect(process.terminationReason == .exit && process.terminationStatus == 0, "it ends in order when asked to")
    }
}
