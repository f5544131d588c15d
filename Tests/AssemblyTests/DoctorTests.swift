import Access
import Assembly
import Database
import Foundation
import Kernel
import Testing
import Vault

/// What `baophu doctor` finds, and what it says about it.
@Suite
struct DoctorTests {
    static func examine(_ flags: [String: String], on day: String = "2027-11-10") async throws -> Doctor.Report {
        await Doctor(settings: try await Scene.settings(flags), clock: .fixed(try Scene.moment(day))).examine()
    }

    static func finding(_ check: String, in report: Doctor.Report) throws -> Doctor.Finding {
        try #require(report.findings.first { $0.check == check }, "\(report.findings.map(\.check))")
    }

    /// A database of the small plan, closed again.
    static func prepare(_ path: String) async throws {
        let store = try Storage.open(.sqlite(path))
        let system = try await Scene.system(on: store, at: "2026-10-10")
        _ = try await Scene.officer(in: system)
        for login in ["quan-tri-1", "quan-tri-2"] { try await Self.addAdministrator(login, to: system) }
        // As the server makes it at its first start.
        _ = try KeyFile.load(path + ".keys")
        try await store.close()
    }

    static func addAdministrator(_ login: String, to system: BaoPhuSystem) async throws {
        let draft = AccountDraft(login: login, name: "Quản Trị", role: .administrator)
        _ = try await system.access.createActive(draft, password: Scene.password, by: .system)
    }

    @Test
    func `where a deed needs two people and one could do it, that is warned of, and by the units where it is so`()
        async throws
    {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            let store = try Storage.open(.sqlite(path))
            let system = try await Scene.system(on: store, at: "2026-10-10")
            _ = try await Scene.officer(in: system)
            try await Self.addAdministrator("quan-tri-1", to: system)
            _ = try KeyFile.load(path + ".keys")
            try await store.close()
            let flags = ["database": path, "decisions.two-people": "documents.issue"]
            let finding = try Self.finding("two-people", in: await Self.examine(flags, on: "2026-10-12"))
            #expect(finding.severity == .warning && finding.remedy.contains("second account"))
            #expect(
                finding.message
                    == "documents.issue (documents.draft): one active account in 1 units (90001); files.erase (files.confirm-erasure): one active account, two are needed"
            )
        }
    }

    @Test
    func `a healthy system has nothing but good findings`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            try await Self.prepare(path)
            let report = try await Self.examine(["database": path], on: "2026-10-12")
            let checks = report.findings.map(\.check)
            #expect(
                checks == [
                    "plan", "legislation", "templates", "guide", "database", "schema", "integrity", "audit", "heads",
                    "two-people",
                    "files",
                    "figures", "targets", "accounts", "keys", "register-keys", "disk", "clock",
                ])
            #expect(report.isHealthy)
            for finding in report.findings where finding.check != "disk" {
                #expect(finding.severity == .ok && finding.remedy.isEmpty, "\(finding)")
            }
            #expect(try Self.finding("plan", in: report).message == "an-bien-2028: 5 tasks, 4 agencies, 3 communes")
            #expect(report.settings.first { $0.key == "database" }?.source == "flag")
        }
    }

    @Test
    func `values of the law that run out are named with what they wait for, and warned of once they are missing`()
        async throws
    {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            try await Self.prepare(path)
            let before = try Self.finding("legislation", in: await Self.examine(["database": path], on: "2026-12-07"))
            #expect(before.severity == .ok && before.message.contains("min_wage.monthly.region_I"))
            for words in [
                "until 2026-12-31", "Nghị định về mức lương tối thiểu từ năm 2027", "ngày nghỉ Tết Âm lịch năm 2027",
            ] {
                #expect(before.message.contains(words), "\(words)")
            }
            let after = try Self.finding("legislation", in: await Self.examine(["database": path], on: "2027-01-02"))
            #expect(after.severity == .warning && after.remedy.contains("baophu law list --awaited"))
        }
    }

    @Test
    func `a broken plan is named by file and line`() async throws {
        try await Scene.withFolder { folder in
            let plan = Scene.broken.appendingPathComponent("unknown-agency").path
            let report = try await Self.examine(["database": folder + "/a.sqlite", "plan": plan])
            let finding = try Self.finding("plan", in: report)
            #expect(finding.severity == .fault && !report.isHealthy)
            #expect(finding.message.contains("\(plan)/tasks.yaml, dòng 18:"))
            #expect(finding.remedy.contains("baophu plan check --plan \(plan)"))
            let missing = try await Self.examine(["database": folder + "/a.sqlite", "plan": "/khong/co"])
            #expect(try Self.finding("plan", in: missing).message.contains("/khong/co"))
        }
    }

    @Test
    func `a PostgreSQL server that does not answer is a fault, its password a secret`() async throws {
        let url = "postgresql://bao:geheim-4711@/baophu?host=/khong/co/socket"
        let report = try await Self.examine(["database": url])
        let finding = try Self.finding("database", in: report)
        #expect(finding.severity == .fault && !report.isHealthy && !finding.remedy.isEmpty)
        #expect(!report.findings.contains { $0.message.contains("geheim") })
        #expect(!report.settings.contains { $0.value.contains("geheim") })
    }

    @Test
    func `missing migrations are a warning with the command that runs them`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/cu.sqlite"
            let store = try Storage.open(.sqlite(path))
            try await store.write { _ = try $0.execute("CREATE TABLE bang_cu (id TEXT)") }
            try await store.close()
            let report = try await Self.examine(["database": path])
            let finding = try Self.finding("schema", in: report)
            #expect(finding.severity == .warning && report.isHealthy)
            #expect(finding.message.contains("\(Storage.migrator.migrations.count) migrations"))
            #expect(finding.remedy.contains("baophu migrate"))
        }
    }

    @Test
    func `a changed audit entry is found and told by its number`() async throws {
        try await Scene.withFolder { folder in
            let path = folder + "/a.sqlite"
            try await Self.prepare(path)
            let store = try Storage.open(.sqlite(path))
            try await store.write { connection in
                _ = try connection.execute("DROP TRIGGER audit_entry_no_update")
                _ = try connection.execute("UPDATE audit_entry SET actor_name = 'Người Khác' WHERE sequence = 2")
            }
            try await store.close()
            let report = try await Self.examine(["database": path])
            let finding = try Self.finding("audit", in: report)
            #expect(finding.severity == .fault && !report.isHealthy)
            #expect(finding.message.contains("entry 2") && finding.remedy.contains("baophu audit verify"))
        }
    }

    @Test
    func `a damaged database file is a fault, not a crash`() async throws {
        try await Scene.withFolder { folder in
            try await Self.prepare(folder + "/a.sqlite")
            let whole = try Storage.open(.sqlite(folder + "/a.sqlite"))
            let path = folder + "/hong.sqlite"
            _ = try await BackupFile.write(whole, to: path)
            try await whole.close()
            var bytes = try #require(FileManager.default.contents(atPath: path))
            for position in stride(from: 4_096, to: bytes.count, by: 4_096) {
                bytes.replaceSubrange(position..<position + 512, with: Data(repeating: 0xA5, count: 512))
            }
            try bytes.write(to: URL(fileURLWithPath: path))
            let report = try await Self.examine(["database": path])
            #expect(!report.isHealthy)
            #expect(report.findings.contains { $0.severity == .fault && !$0.remedy.isEmpty })
        }
    }

    @Test(arguments: ["2019-05-01", "2101-01-01"])
    func `a clock that is far off is a fault`(day: String) async throws {
        try await Scene.withFolder { folder in
            let report = try await Self.examine(["database": folder + "/a.sqlite"], on: day)
            let finding = try Self.finding("clock", in: report)
            #expect(finding.severity == .fault && finding.message.contains(day) && !finding.remedy.isEmpty)
        }
    }

    @Test
    func `looking makes no database where there is none`() async throws {
        try await Scene.withFolder { folder in
            _ = try await Self.examine(["database": folder + "/chua-co/a.sqlite"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }
}
