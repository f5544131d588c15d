import Assembly
import Foundation
import Testing

/// The program as scripts use it: exit codes, and what goes where.
@Suite
struct CommandLineTests {
    static let small = ["--plan", Scene.anBien]

    @Test
    func `0 when all is well, 64 for wrong usage, 65 for bad data, 1 for anything else`() async throws {
        let unreachable = ["--database", "postgresql:///baophu?host=/khong/co"]
        let expected: [([String], Int32)] = [
            (["--help"], 0), (["--version"], 0), (["plan", "check"] + Self.small, 0),
            (["plan", "instances", "--year", "2027"] + Self.small, 0),
            (["khong-co-lenh"], 64), (["plan", "check", "--khong-co"], 64),
            (["plan", "instances", "--year", "nam-nay"], 64),
            (["doctor", "--set", "khong.co=1"], 64), (["doctor", "--set", "http.port=achtzig"], 64), (["backup"], 64),
            (["account", "invite", "--login", "ten.ho", "--name", "Tên", "--role", "vua"], 64),
            (["plan", "check", "--plan", "/khong/co"], 65),
            (["restore", "/khong/co.sqlite", "--database", "a.sqlite"], 65),
            (["doctor"] + unreachable + Self.small, 65), (["migrate"] + unreachable, 1),
            (["audit", "verify"] + unreachable, 1),
        ]
        for (arguments, status) in expected {
            let outcome = try await Executable.run(arguments)
            #expect(outcome.status == status, "\(arguments): \(outcome.status) \(outcome.errors.prefix(300))")
            if status != 0, arguments.first != "doctor" || status == 64 {
                #expect(!outcome.errors.isEmpty && outcome.output.isEmpty, "\(arguments)")
            } else if status == 0 {
                #expect(
                    !outcome.output.isEmpty && outcome.errors.isEmpty, "\(arguments): \(outcome.errors.prefix(300))")
            }
        }
    }

    @Test
    func `the version is the changelog's newest, with the commit or that it is unknown`() async throws {
        let changes = try String(contentsOf: Scene.repository.appendingPathComponent("CHANGELOG.md"), encoding: .utf8)
        let newest = try #require(changes.firstMatch(of: /\n## ([0-9]+\.[0-9]+\.[0-9]+)\s/)?.1)
        let told = try await Executable.run(["--version"]).output
        let form = /([0-9.]+) \((?:unknown commit|commit [0-9a-f]{7,40}(?:-dirty)?)\)\n/
        #expect(told.wholeMatch(of: form)?.1 == newest, "\(told)")
    }

    /// Every command that reads the settings, as far as its arguments must be given.
    static let readers = [
        ["serve"], ["demo"], ["migrate"], ["doctor"], ["backup", "b.sqlite"], ["restore", "b.sqlite"],
        ["drill", "b.sqlite"],
        ["account", "list"], ["audit", "verify"], ["figures", "show", "--month", "2026-10"],
        ["figures", "score", "--month", "2026-10"], ["figures", "import", Scene.haiPhong + "/communes.csv"],
        ["targets", "import", Scene.haiPhong + "/communes.csv"],
    ]

    @Test(
        arguments: readers, ["mysql://bao:geheim@db/baophu", "postgress://bao:geheim@db/baophu", "sqlite://a.sqlite"])
    func `a database of an unknown kind is wrong usage, told in English, and makes no file`(
        command: [String], database: String
    ) async throws {
        try await Scene.withFolder { folder in
            let outcome = try await Executable.run(command + ["--database", database], in: folder)
            #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome.errors)")
            #expect(outcome.errors.contains("Error: setting database = "), "\(outcome.errors)")
            #expect(outcome.errors.contains("Usage: baophu "), "\(outcome.errors)")
            #expect(!outcome.errors.contains("geheim"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["stderr", "stdout"])
        }
    }

    @Test
    func `a database may be given as an address of its file`() async throws {
        try await Scene.withFolder { folder in
            let forms = [
                "sqlite:///\(folder.dropFirst())/a.sqlite", "sqlite:b.sqlite", "FILE:c.sqlite",
                "file://\(folder)/d.sqlite", "e.sqlite",
            ]
            for form in forms {
                let outcome = try await Executable.run(["migrate", "--database", form], in: folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let made = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sqlite") }
            #expect(made.sorted() == ["a.sqlite", "b.sqlite", "c.sqlite", "d.sqlite", "e.sqlite"])
            for file in ["postgres://bao:geheim@db/baophu", "mysql://db/b"] {
                let backup = try await Executable.run(["backup", file, "--database", "a.sqlite"], in: folder)
                #expect(backup.status == 64 && !backup.errors.contains("geheim"), "\(backup.errors)")
            }
        }
    }

    static let faulty = (try? FileManager.default.contentsOfDirectory(atPath: Scene.broken.path)) ?? []

    @Test
    func `there are broken plans to check`() {
        #expect(Self.faulty.filter { !$0.hasPrefix(".") }.count >= 10)
    }

    @Test(arguments: faulty.filter { !$0.hasPrefix(".") }.sorted())
    func `a broken plan is refused by file and line`(name: String) async throws {
        let folder = Scene.broken.appendingPathComponent(name)
        let text = try String(contentsOf: folder.appendingPathComponent("expected.txt"), encoding: .utf8)
        let expected = text.split(whereSeparator: \.isNewline).map(String.init)
        let (file, line) = (try #require(expected.first), try #require(expected.last.flatMap { Int($0) }))
        let outcome = try await Executable.run(["plan", "check", "--plan", folder.path])
        #expect(outcome.status == 65 && outcome.output.isEmpty)
        let place = line > 0 ? "\(folder.path)/\(file), dòng \(line):" : "\(folder.path)/\(file):"
        #expect(outcome.errors.contains(place), "\(outcome.errors)")

        let told = try await Executable.run(["plan", "check", "--json", "--plan", folder.path])
        #expect(told.status == 65)
        let answer = try told.json([String: Any].self)
        #expect(answer["ok"] as? Bool == false)
        let faults = try #require(answer["faults"] as? [[String: Any]])
        #expect(
            faults.contains { $0["line"] as? Int == line && ($0["file"] as? String)?.hasSuffix("/\(file)") == true })
        for command in [["plan", "tasks"], ["plan", "instances", "--json"]] {
            let refused = try await Executable.run(command + ["--plan", folder.path])
            #expect(refused.status == 65 && refused.output.isEmpty && refused.errors.contains(place), "\(command)")
        }
    }

    @Test
    func `the instances of a year are one array in the order of their days`() async throws {
        let outcome = try await Executable.run([
            "plan", "instances", "--year", "2027", "--json", "--plan", Scene.haiPhong,
        ])
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let lines = try outcome.json([[String: Any]].self)
        #expect(lines.count > 2_000)
        for line in lines {
            let keys: Set = [
                "task", "lead", "leadName", "coordinators", "products", "phrase", "period", "opensOn", "due",
                "checkpoints",
                "origin",
            ]
            #expect(Set(line.keys) == keys)
            #expect(line["due"] is NSNull || (line["due"] as? String)?.hasPrefix("2027-") == true)
        }
        let dues = lines.map { $0["due"] as? String ?? "9999" }
        let sorted = dues == dues.sorted()
        #expect(sorted && dues.contains("9999"))
        let tax = try #require(lines.first { $0["task"] as? String == "II.8" })
        #expect(tax["due"] as? String == "2027-04-30" && tax["lead"] as? String == "thue-thanh-pho")
        #expect(tax["leadName"] as? String == "Thuế thành phố" && tax["phrase"] as? String == "Tháng 4 hằng năm")
        #expect(tax["products"] as? [String] == ["Văn bản phối hợp, chia sẻ dữ liệu"])
        #expect((tax["coordinators"] as? [String])?.first == "BHXH thành phố")
    }

    @Test
    func `the tasks are listed word for word`() async throws {
        let outcome = try await Executable.run(["plan", "tasks", "--json", "--plan", Scene.haiPhong])
        let tasks = try outcome.json([[String: Any]].self)
        #expect(tasks.filter { $0["origin"] as? String == "annex" }.count == 42)
        let added = tasks.filter { $0["origin"] as? String == "added" }
        #expect(added.count == 1 && (added.first?["originNote"] as? String)?.contains("403/NQ-CP") == true)
        let first = try #require(tasks.first)
        #expect(first["task"] as? String == "I.1" && first["phrase"] as? String == "Quý II/2026")
        #expect(first["leadsPhrase"] as? String == "UBND xã, phường, đặc khu")
        #expect(first["products"] as? [String] == ["Quyết định", "Quy chế hoạt động"])
    }

    @Test
    func `commands of the plan and the doctor touch no database`() async throws {
        try await Scene.withFolder { folder in
            for command in [["plan", "check"], ["plan", "tasks"], ["plan", "instances"], ["doctor"]] {
                _ = try await Executable.run(command + Self.small, in: folder)
                let left = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
                #expect(left == ["stderr", "stdout"], "\(command)")
            }
        }
    }

    @Test
    func `the doctor answers in JSON with findings, remedies and settings`() async throws {
        try await Scene.withFolder { folder in
            let database = ["--database", folder + "/a.sqlite"]
            let migrated = try await Executable.run(["migrate", "--json"] + database)
            #expect(migrated.status == 0)
            #expect(try migrated.json([String: [String]].self)["applied"]?.isEmpty == false)
            let outcome = try await Executable.run(
                ["doctor", "--json", "--set", "mail.password=geheim"] + database + Self.small)
            #expect(outcome.status == 0 && outcome.errors.isEmpty && !outcome.output.contains("geheim"))
            let report = try outcome.json([String: Any].self)
            let findings = try #require(report["findings"] as? [[String: String]])
            #expect(
                Set(findings.compactMap { $0["check"] }).isSuperset(of: [
                    "plan", "database", "schema", "audit", "clock",
                ]))
            for finding in findings { #expect(Set(finding.keys) == ["check", "severity", "message", "remedy"]) }
            let settings = try #require(report["settings"] as? [[String: String]])
            #expect(settings.compactMap { $0["key"] } == Settings.keys.map(\.key))
            #expect(settings.first { $0["key"] == "database" }?["source"] == "flag")
        }
    }

    @Test
    func `an account is invited, listed and locked from the command line`() async throws {
        try await Scene.withFolder { folder in
            let database = ["--database", folder + "/a.sqlite"]
            let invite = ["account", "invite", "--login", "can.bo", "--name", "Cán Bộ", "--role", "commune-officer"]
            let bare = try await Executable.run(invite + database + Self.small)
            #expect(bare.status == 65 && bare.errors.contains("cần đúng một xã"))
            let unknown = try await Executable.run(invite + ["--commune", "99999"] + database + Self.small)
            #expect(unknown.status == 65 && unknown.errors.contains("99999"))
            let made = try await Executable.run(invite + ["--commune", "90001", "--json"] + database + Self.small)
            #expect(made.status == 0)
            let link = try #require(try made.json([String: String].self)["link"])
            #expect(link.hasPrefix("http://127.0.0.1:8080/loi-moi/"))
            #expect(try await Executable.run(invite + ["--commune", "90001"] + database + Self.small).status == 65)
            #expect(try await Executable.run(["account", "disable", "can.bo"] + database).status == 0)
            let list = try await Executable.run(["account", "list", "--json"] + database)
            let accounts = try list.json([[String: Any]].self)
            #expect(accounts.map { $0["state"] as? String } == ["disabled"])
            #expect(accounts.first?["communes"] as? [String] == ["90001"])
            let verdict = try await Executable.run(["audit", "verify", "--json"] + database)
            #expect(verdict.status == 0)
            #expect(try verdict.json([String: Any].self)["intact"] as? Bool == true)
        }
    }
}
