import Access
import Assembly
import Foundation
import Testing

/// Where a setting comes from, and what is said when it cannot be used.
@Suite
struct SettingsTests {
    static func read(
        flags: [String: String] = [:], environment: [String: String] = [:], yaml: String = "{}"
    ) async throws -> Settings {
        try await Scene.withFolder { folder in
            let file = folder + "/cau-hinh.yaml"
            try yaml.write(toFile: file, atomically: true, encoding: .utf8)
            return try await Settings.read(flags: flags, environment: environment, file: file)
        }
    }

    static func line(_ key: String, of settings: Settings) throws -> Settings.Line {
        try #require(settings.report.first { $0.key == key })
    }

    static let yaml = """
        database: tu-tep.sqlite
        http:
          port: 3003
          host: 10.0.0.3
        access:
          second-factor: false
        """

    @Test
    func `flags go before the environment, the environment before the file, the file before the default`() async throws
    {
        let environment = ["BAOPHU_DATABASE": "tu-moi-truong.sqlite", "BAOPHU_HTTP_PORT": "2002"]
        let settings = try await Self.read(flags: ["http.port": "1001"], environment: environment, yaml: Self.yaml)
        #expect(settings.port == 1001)
        #expect(settings.database == .sqlite("tu-moi-truong.sqlite"))
        #expect(settings.host == "10.0.0.3")
        #expect(settings.passwordCost == 15)
        #expect(settings.access.secondFactorRequired == false)
        #expect(try Self.line("http.port", of: settings).source == "flag")
        #expect(try Self.line("database", of: settings).source == "environment")
        let fromFile = try Self.line("http.host", of: settings)
        #expect(fromFile.value == "10.0.0.3" && fromFile.source.hasPrefix("file /"))
        #expect(fromFile.source.hasSuffix("/cau-hinh.yaml"))
        #expect(try Self.line("access.password-cost", of: settings).source == "default")
    }

    @Test
    func `without anything every key has its default`() async throws {
        let settings = try await Self.read()
        #expect(settings.report.map(\.key) == Settings.keys.map(\.key))
        for (line, key) in zip(settings.report, Settings.keys) {
            #expect(line.value == key.standard && line.source == "default", "\(line.key)")
        }
        #expect(settings.access == AccessPolicy())
    }

    @Test
    func `keys with a hyphen are read from the environment too`() async throws {
        let settings = try await Self.read(
            environment: ["BAOPHU_ACCESS_IDLE_MINUTES": "30", "BAOPHU_HTTP_PUBLIC_URL": "https://bao-phu.example/"])
        #expect(settings.access.idleSeconds == 1_800)
        #expect(try Self.line("http.public-url", of: settings).source == "environment")
    }

    @Test
    func `a number and a truth value of the file may stand in quotes or not`() async throws {
        for yaml in ["http:\n  port: 3003\n  behind-proxy: true", "http:\n  port: \"3003\"\n  behind-proxy: \"true\""] {
            let settings = try await Self.read(yaml: yaml)
            #expect(settings.port == 3003)
            #expect(try Self.line("http.behind-proxy", of: settings).value == "true")
        }
    }

    @Test
    func `a file that was named must be there`() async throws {
        await #expect(throws: (any Error).self) {
            try await Settings.read(flags: [:], environment: [:], file: "/khong/co/baophu.yaml")
        }
    }

    @Test(arguments: [
        "postgres://bao:geheim-4711@db.example/baophu", "postgresql://bao@db.example/baophu?password=geheim-4711",
        "postgresql:///baophu?host=/run&password=geheim-4711&user=bao",
    ])
    func `no secret is ever told`(database: String) async throws {
        let settings = try await Self.read(
            flags: ["database": database, "mail.url": "smtp://thu.example:587", "mail.sender": "bao-phu@example.vn"],
            environment: [
                "BAOPHU_MAIL_USERNAME": "bao", "BAOPHU_MAIL_PASSWORD": "geheim-4711",
                "BAOPHU_METRICS_TOKEN": "geheim-4711-geheim",
            ])
        let told = settings.report.map { "\($0.key) \($0.value) \($0.source)" }.joined(separator: "\n")
        #expect(!told.contains("geheim"), "\(told)")
        #expect(try Self.line("mail.password", of: settings).value == "(secret)")
        #expect(try Self.line("mail.password", of: settings).source == "environment")
        #expect(settings.database == .postgreSQL(database))
    }

    @Test(arguments: ["mysql://bao:geheim-4711@db.example/baophu", "bao:geheim-4711@db.example"])
    func `a database of an unknown kind is refused wherever it is named, and its password is not told`(
        database: String
    ) async throws {
        func problem(flag: String? = nil, environment: String? = nil, file: String? = nil) async throws -> String {
            let problem = await #expect(throws: Settings.Problem.self) {
                try await Self.read(
                    flags: ["database": flag].compactMapValues(\.self),
                    environment: ["BAOPHU_DATABASE": environment].compactMapValues(\.self),
                    yaml: file.map { "database: \"\($0)\"" } ?? "{}")
            }
            return problem?.description ?? ""
        }
        for told in [
            try await problem(flag: database), try await problem(environment: database),
            try await problem(file: database),
        ] {
            #expect(told.hasPrefix("setting database = ") && told.contains("postgres://"), "\(told)")
            #expect(!told.contains("geheim"), "\(told)")
        }
    }

    @Test(arguments: [
        ("http.port", "achtzig"), ("http.port", "65536"), ("http.port", "-1"), ("access.password-cost", "9"),
        ("access.password-cost", "19"), ("access.second-factor", "vielleicht"), ("http.behind-proxy", ""),
        ("http.trusted-proxies", "nginx"), ("log.format", "xml"),
        ("http.upload-megabytes", "0"), ("http.forms-per-minute", "1"), ("access.idle-minutes", "1"),
        ("http.public-url", "ftp://bao-phu.example"), ("http.public-url", "bao-phu.example"),
    ])
    func `a value that cannot be used is named with its place and a remedy`(key: String, value: String) async throws {
        let problem = await #expect(throws: Settings.Problem.self) { try await Self.read(flags: [key: value]) }
        #expect(problem?.key == key && problem?.value == value && problem?.source == "flag")
        #expect(problem?.remedy.isEmpty == false)
        #expect(problem?.description.contains("\(key) = \(value) (from flag)") == true)
    }

    @Test
    func `a token of a few letters is refused, and not told`() async throws {
        let problem = await #expect(throws: Settings.Problem.self) {
            try await Self.read(environment: ["BAOPHU_METRICS_TOKEN": "geheim"])
        }
        #expect(problem?.key == "metrics.token" && problem?.description.contains("geheim") == false)
    }

    @Test
    func `the example for a server behind a proxy is read`() async throws {
        let file = Scene.repository.appendingPathComponent("deploy/baophu.yaml")
        let settings = try await Self.read(yaml: try String(contentsOf: file, encoding: .utf8))
        #expect(try Self.line("http.behind-proxy", of: settings).value == "true")
        #expect(try Self.line("log.format", of: settings).value == "json")
        #expect(settings.database == .sqlite("/var/lib/baophu/baophu.sqlite"))
        // Every line of it is a setting.
        #expect(settings.report.filter { $0.source.hasPrefix("file ") }.count == 6)
    }

    @Test
    func `a problem of the file names the file`() async throws {
        let problem = await #expect(throws: Settings.Problem.self) {
            try await Self.read(yaml: "access:\n  password-cost: 40")
        }
        #expect(problem?.source.hasSuffix("/cau-hinh.yaml") == true)
    }

    @Test
    func `mail without a sender is refused`() async throws {
        let problem = await #expect(throws: Settings.Problem.self) {
            try await Self.read(flags: ["mail.url": "smtp://thu.example:587"])
        }
        #expect(problem?.key == "mail.sender")
    }

    @Test
    func `the documentation lists every key with its default`() throws {
        let path = Scene.repository.appendingPathComponent("docs/configuration.md").path
        let data = try #require(FileManager.default.contents(atPath: path), "docs/configuration.md is missing")
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        for key in Settings.keys {
            let named = lines.filter { $0.contains("`\(key.key)`") }
            #expect(!named.isEmpty, "\(key.key)")
            let told = key.standard.isEmpty || named.contains { $0.contains("`\(key.standard)`") }
            #expect(told, "\(key.key): \(key.standard)")
        }
    }
}
