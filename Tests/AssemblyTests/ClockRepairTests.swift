import Access
import Database
import Files
import Foundation
import Jobs
import Kernel
import Notices
import PlanText
import Testing
import Work

@testable import Assembly

/// A run in a wrong future, and what becomes of it.
@Suite
struct ClockRepairTests {
    static func day(_ system: BaoPhuSystem) async throws {
        try await system.jobs.addDue(system.deeds)
        _ = try await system.jobs.runDue(as: "test")
    }

    @Test
    func `a run in a wrong future is refused, and what it left is put right by a command`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            let location = DatabaseLocation.sqlite(path)
            let (wrong, right) = (try Scene.moment("2030-03-05"), try Scene.moment("2028-03-06"))
            let store = try Storage.open(location)
            let future = try await Scene.system(on: store, at: "2030-03-05")
            _ = try await Scene.officer(in: future)
            _ = try await store.write { try ClockState.note(wrong, on: $0) }
            try await Self.day(future)

            // Put right, the clock does not fit what is written: doctor names it, a start is refused.
            let flags = ["database": path]
            let named = try DoctorTests.finding("clock", in: await DoctorTests.examine(flags, on: "2028-03-06"))
            #expect(named.severity == .fault && named.message.contains("2030-03-05"))
            #expect(named.remedy.contains("--trust-clock"))
            await #expect(throws: ClockProblem.self) { try await ClockRepair.requireSound(location, at: right) }

            #expect(try await ClockRepair.trust(store, at: right) > 0)
            try await ClockRepair.requireSound(location, at: right)
            let sound = try DoctorTests.finding("clock", in: await DoctorTests.examine(flags, on: "2028-03-06"))
            #expect(sound.severity == .ok)
            let present = try await Scene.system(on: store, at: "2028-03-06")
            try await Self.day(present)
            let left = try await store.read { connection in
                (
                    try connection.integer("SELECT COUNT(*) FROM job WHERE once_key = '2030-03-05'"),
                    try connection.integer("SELECT COUNT(*) FROM reminder_run WHERE day > '2028-03-06'"),
                    try connection.integer("SELECT COUNT(*) FROM reminder_run WHERE day = '2028-03-06'")
                )
            }
            #expect(left.0 == 0 && left.1 == 0 && left.2 == 1)
            try await store.close()
        }
    }

    @Test
    func `doctor tells a server's note that is ahead of the clock from entries of the trail`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            let store = try Storage.open(.sqlite(path))
            _ = try await Scene.officer(in: try await Scene.system(on: store, at: "2028-03-06"))
            let wrong = try Scene.moment("2030-03-05")
            _ = try await store.write { try ClockState.note(wrong, on: $0) }
            let named = try DoctorTests.finding(
                "clock", in: await DoctorTests.examine(["database": path], on: "2028-03-06"))
            #expect(named.severity == .fault && named.message.contains("a server last noted 2030-03-05"))
            try await store.close()
        }
    }

    @Test
    func `a server whose clock is right again works on by itself`() async throws {
        try await Scene.withFolder { folder in
            let store = try Storage.open(.sqlite(folder + "/a.sqlite"))
            let system = try await Scene.system(on: store, at: "2028-03-06")
            _ = try await Scene.officer(in: system, login: "can-bo")
            let noted = try Scene.moment("2028-03-06")
            _ = try await store.write { try ClockState.note(noted, on: $0) }
            let wrong = try await Scene.system(on: store, at: "2030-03-05")
            try await store.write { try ClockState.hold(on: $0) }
            let late = try await wrong.access.signIn(
                login: "can-bo", password: Scene.password, address: "", device: "")
            let present = noted.adding(seconds: 3_600)
            let runner = ClockRunner(store: store, clock: .fixed(present), logger: system.logger)
            await runner.note()
            let state = try await store.read { try ClockState.read(on: $0) }
            #expect(!state.isHeld && state.noted == present && state.verdict(at: present) == .sound)
            #expect(try await wrong.access.session(token: late.token) == nil)
            try await store.close()
        }
    }

    @Test
    func `a server on an old database starts, and says what it waits for`() async throws {
        guard Executable.path != nil else { return }
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            let store = try Storage.open(.sqlite(path))
            _ = try await Scene.system(on: store, at: "2026-03-06")
            let noted = try Scene.moment("2026-03-06")
            _ = try await store.write { try ClockState.note(noted, on: $0) }
            try await store.close()
            let (server, _) = try await Executable.serve(CrashTests.flags(folder), in: folder)
            #expect(try await Executable.end(server))
            let told = String(
                decoding: FileManager.default.contents(atPath: folder + "/stderr") ?? Data(), as: UTF8.self)
            #expect(told.contains("/quan-tri/dong-ho") && told.contains("more than 30 days before"))
            // The command for what is due refuses as before.
            let jobs = try await Executable.run(["jobs", "run", "--database", path, "--plan", Scene.anBien])
            #expect(jobs.status != 0 && jobs.errors.contains("confirms it on screen"))
        }
    }

    @Test
    func `a link made at a doubted time does not speak for it`() async throws {
        guard Executable.path != nil else { return }
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            let location = DatabaseLocation.sqlite(path)
            let store = try Storage.open(location)
            _ = try await Scene.officer(in: try await Scene.system(on: store, at: "2026-03-06"), login: "can-bo")
            let noted = try Scene.moment("2026-03-06")
            _ = try await store.write { try ClockState.note(noted, on: $0) }
            try await store.close()
            let present = BaoPhuSystem.now
            #expect(present > noted.adding(seconds: 31 * 86_400))
            for _ in 1...2 {
                let made = try await Executable.run([
                    "account", "link", "can-bo", "--database", path, "--plan", Scene.anBien,
                ])
                #expect(made.status == 0 && made.errors.contains("more than 30 days before"), "\(made.errors)")
            }
            await #expect(throws: ClockProblem.self) { try await ClockRepair.requireSound(location, at: present) }
        }
    }

    @Test
    func `reminders of a wrong future silence nobody, even where nobody put it right`() async throws {
        try await Scene.withFolder { folder in
            let store = try Storage.open(.sqlite(folder + "/a.sqlite"))
            let present = try await Scene.system(on: store, at: "2028-03-06")
            try await store.write { connection in
                _ = try connection.execute("INSERT INTO reminder_run (one, day) VALUES (1, '2030-03-05')")
            }
            #expect(try await present.reminders.dueRound() != nil)
            try await store.close()
        }
    }

    @Test
    func `the head of the trail is noted each day, and a chain written anew no longer fits it`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            let store = try Storage.open(.sqlite(path))
            let settings = try await Scene.settings(["database": path])
            let system = try await BaoPhuSystem.start(
                settings, store: store, definition: try PlanFolder.load(Scene.anBien),
                clock: .fixed(try Scene.moment("2028-03-06")))
            _ = try await Scene.officer(in: system)
            try await Self.day(system)
            #expect(settings.heads.file == path + ".heads")
            let noted = settings.heads.noted()
            #expect(noted.count == 1 && noted[0].contains(":"))
            let mode = try FileManager.default.attributesOfItem(atPath: path + ".heads")[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try await AuditTrail.verify(expecting: noted, in: store).problems.isEmpty)
            // The whole chain written anew is sound in itself.
            try await store.write { connection in
                try connection.execute("DROP TRIGGER audit_entry_no_update")
                try connection.execute("DROP TRIGGER audit_entry_no_delete")
                try connection.execute("DELETE FROM audit_entry")
                try connection.execute("DELETE FROM audit_head")
                try AuditTrail.append(
                    AuditEvent("account.created", subject: Subject(.account, "can-bo"), detail: "Cán bộ UBND cấp xã"),
                    by: .system, at: try Scene.moment("2028-03-06"), on: connection)
            }
            #expect(try await AuditTrail.verify(in: store).problems.isEmpty)
            let report = try await DoctorTests.examine(["database": path], on: "2028-03-06")
            #expect(try DoctorTests.finding("audit", in: report).severity == .fault)
            try await store.close()
        }
    }

    @Test
    func `files, roles changed behind the program's back are named by doctor`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            let store = try Storage.open(.sqlite(path))
            let system = try await Scene.system(on: store, at: "2028-03-06")
            _ = try await Scene.officer(in: system)
            let now = try Scene.moment("2028-03-06")
            let file = try await store.write { connection in
                try StoredFiles.add(
                    IncomingFile(name: "a.pdf", mediaType: "application/pdf", bytes: Array("%PDF-1.7 đúng".utf8)),
                    by: nil, at: now, on: connection)
            }
            let whole = try await TrailCheck.examine(store).flatMap(\.problems)
            #expect(whole == [])
            try await store.write { connection in
                _ = try connection.execute(
                    "UPDATE stored_file_part SET bytes = ? WHERE file = ?",
                    [.bytes(Array("%PDF-1.7 sai ".utf8)), file.id.sqlValue])
                _ = try connection.execute("UPDATE account SET role = 'administrator' WHERE login = 'can-bo'")
            }
            let report = try await DoctorTests.examine(["database": path], on: "2028-03-06")
            for check in ["files", "accounts"] {
                #expect(try DoctorTests.finding(check, in: report).severity == .fault, "\(check)")
            }
            try await store.close()
        }
    }

    @Test
    func `commands that only read make no key, no database and no other file`() async throws {
        guard Executable.path != nil else { return }
        try await Scene.withFolder { folder in
            let database = folder + "/data/a.sqlite"
            for command in [
                ["key", "show"], ["doctor"], ["account", "list"], ["jobs", "list"], ["audit", "verify"],
                ["notices", "list"],
            ] {
                _ = try await Executable.run(command + ["--database", database, "--plan", Scene.anBien])
                #expect(!FileManager.default.fileExists(atPath: folder + "/data"), "\(command)")
            }
        }
    }
}
