public import Access
import Configuration
public import Exchange
import Files
public import Foundation
public import Mail
public import Site
public import Telemetry
public import WebDesk
import Logging
import SystemPackage
public import Vault

/// Everything that can be configured, read once: flags over environment (`BAOPHU_…`) over `baophu.yaml` over defaults.
public struct Settings: Sendable {
    public var database: DatabaseLocation
    public var planFolder: String
    /// Of the law's parameters; nil where there is none, and the law's pages are left out.
    public var legislationFolder: String?
    /// Where the templates of documents are; nil where there are none.
    public var templateFolder: String?
    /// Of the kinds of list that are delivered; nil where there is none, and no list is received.
    public var formatFolder: String?
    /// Of the decision tables of reviews; nil where there is none, and nothing is reviewed.
    public var reviewFolder: String?
    /// Where the users' guide and the glossary are; nil where there are none, and pages have no help.
    public var guideFolder: String?
    public var host: String
    public var port: Int
    public var site: SiteSettings
    public var connections: ConnectionLimits
    public var access: AccessPolicy
    /// log2 of scrypt's cost.
    public var passwordCost: Int
    /// Of the keys that seal secrets; nil where a setting holds the keys themselves.
    public var keyFile: String?
    private var keyText: String
    /// Of the keys that seal numbers of persons; nil where a setting holds the keys themselves.
    public var numberKeyFile: String?
    private(set) var numberKeyText: String
    public var mail: MailServer?
    /// What two people have to do here.
    public var pairs: PairPolicy
    /// Where the head of the audit trail is noted each day.
    public var heads: HeadNotes
    /// Into which programs of senders put lists.
    public var watched: [WatchedFolder]
    public var watchRules: WatchRules
    public var logLevel: String
    public var logFormat: LogFormat
    /// What is in force and where it comes from, secrets masked.
    public var report: [Line]

    public struct Line: Sendable, Equatable, Encodable {
        public let key: String
        public let value: String
        public let source: String
    }

    /// A value that cannot be used.
    public struct Problem: Error, CustomStringConvertible {
        public let key: String
        public let value: String
        public let source: String
        public let remedy: String
        public var description: String { "setting \(key) = \(value) (from \(source)): \(remedy)" }
    }

    /// Every key with its meaning and default; `docs/configuration.md` lists the same, and a test holds the two together.
    public static let keys: [(key: String, meaning: String, standard: String)] = [
        ("database", "SQLite file or postgres:// address", "data/baophu.sqlite"),
        ("plan", "folder of the plan's data files", "plans/hai-phong-2030"),
        ("legislation", "folder of the law's parameters; empty: legislation beside the plans' folder, or here", ""),
        ("templates", "folder of the documents' templates; empty: templates beside the plans' folder, or here", ""),
        (
            "formats",
            "folder of the kinds of list that are delivered; empty: formats beside the plans' folder, or here", ""
        ),
        ("reviews", "folder of the decision tables of reviews; empty: reviews beside the plans' folder, or here", ""),
        ("guide", "folder of the users' guide and the glossary; empty: docs beside the plans' folder, or here", ""),
        ("http.host", "address to listen on", "127.0.0.1"),
        ("http.port", "port to listen on", "8080"),
        ("http.public-url", "address under which people reach the system; https makes cookies secure", ""),
        ("http.behind-proxy", "believe X-Forwarded-For of a proxy in front", "false"),
        (
            "http.trusted-proxies", "addresses of the proxies in front, also as ranges, separated by commas",
            "127.0.0.0/8, ::1"
        ),
        ("http.upload-megabytes", "largest file taken", "25"),
        ("http.connections", "connections open at the same time", "2000"),
        ("http.connections-per-address", "of them from one address; 0: any number, as always behind a proxy", "300"),
        (
            "http.forms-per-minute",
            "forms taken in a minute from a person, or from an address of people not signed in", "1000"
        ),
        ("access.idle-minutes", "a session unused this long is over", "60"),
        ("access.password-cost", "log2 of scrypt's cost", "15"),
        ("access.second-factor", "ask the roles that need it for a one-time code", "true"),
        (
            "keys.file",
            "file of the keys that seal secrets, made at the first start; empty: beside the SQLite database, or data/baophu.keys",
            ""
        ),
        ("keys.value", "the keys themselves, in the form of that file, instead of it", ""),
        (
            "keys.numbers-file",
            "file of the keys that seal numbers of persons in the register, made at the first start; empty: beside the SQLite database, or data/baophu.numbers.keys",
            ""
        ),
        ("keys.numbers-value", "those keys themselves, in the form of that file, instead of it", ""),
        (
            "decisions.two-people",
            "acts that one person proposes and another confirms, separated by commas: targets.decide, documents.issue",
            ""
        ),
        (
            "audit.head-file",
            "file to which the newest head of the audit trail is added each day, best on another machine; empty: beside the SQLite database, or data/baophu.heads",
            ""
        ),
        ("audit.head-mail", "address to which the newest head of the audit trail is sent each day", ""),
        ("audit.syslog", "write the newest head of the audit trail to the machine's syslog each day", "false"),
        ("mail.url", "smtp://host:port or smtps://host:port; empty sends no mail", ""),
        ("mail.username", "user at the mail server", ""),
        ("mail.password", "password at the mail server", ""),
        ("mail.sender", "address that mail comes from", ""),
        (
            "exchange.folders",
            "folders in which lists come to rest, SENDER:FORMAT:PATH each, separated by commas; empty: none", ""
        ),
        ("exchange.settled-seconds", "a file in them is complete when nothing changed for so long", "60"),
        ("exchange.kept-days", "days a file stays there after it was taken or refused", "14"),
        ("scan.clamd", "clamd's socket, unix:PATH or tcp:HOST:PORT; empty scans nothing", ""),
        ("scan.takes-unscanned", "take files while clamd does not answer", "false"),
        (
            "metrics.token",
            "what whoever reads /metrics shows as a bearer token; empty: readers on this machine alone", ""
        ),
        ("log.format", "text or json, one line an entry", "text"),
        ("log.level", "trace, debug, info, notice, warning, error", "notice"),
    ]

    private static let secrets: Set<String> = ["mail.password", "keys.value", "keys.numbers-value", "metrics.token"]

    /// - Parameters:
    ///   - flags: from the command line, by key.
    ///   - file: path of the configuration file; it may be missing only when it is the default one.
    public static func read(
        flags: [String: String], environment: [String: String] = ProcessInfo.processInfo.environment,
        file: String? = nil
    ) async throws -> Settings {
        let path = file ?? "baophu.yaml"
        let flagProvider = InMemoryProvider(
            name: "flags",
            values: Dictionary(
                uniqueKeysWithValues: flags.map { key, value in
                    (
                        AbsoluteConfigKey(key.split(separator: ".").map(String.init)),
                        ConfigValue(.string(value), isSecret: false)
                    )
                }))
        let environmentProvider = KeyMappingProvider(
            upstream: EnvironmentVariablesProvider(environmentVariables: environment),
            keyMapper: { $0.prepending(["baophu"]) })
        if let file, !FileManager.default.fileExists(atPath: file) {
            throw Problem(key: "config", value: file, source: "flag", remedy: "there is no such file")
        }
        let fileReader = try await reader(ofFile: path)
        let sources: [(name: String, reader: ConfigReader)] = [
            ("flag", ConfigReader(provider: flagProvider)),
            ("environment", ConfigReader(provider: environmentProvider)),
            ("file \(path)", fileReader),
        ]
        var values: [String: (value: String, source: String)] = [:]
        for (key, _, standard) in keys {
            let found = sources.lazy.compactMap { source in value(of: key, in: source.reader).map { ($0, source.name) }
            }.first
            values[key] = found ?? (standard, "default")
        }
        return try Settings(values)
    }

    /// The keys that seal secrets; their file is made when it is missing.
    public func keyRing() throws(VaultError) -> KeyRing {
        if let keyFile { return try KeyFile.load(keyFile) }
        // Lines, or one line with commas as variables hold them more easily.
        return try KeyFile.ring(text: keyText.replacing(",", with: "\n"), named: "keys.value")
    }

    /// The keys that are there, nil where none are yet: for commands that only read, which make no file.
    public func existingKeyRing() throws(VaultError) -> KeyRing? {
        guard let keyFile else { return try keyRing() }
        return try KeyFile.loadExisting(keyFile)
    }

    /// What a configuration file says. One that is missing, empty or all comments says nothing.
    private static func reader(ofFile path: String) async throws -> ConfigReader {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let says = text.split(whereSeparator: \.isNewline).contains { line in
            line.first { !$0.isWhitespace }.map { $0 != "#" } ?? false
        }
        guard says else { return ConfigReader(provider: InMemoryProvider(name: path, values: [:])) }
        do {
            return ConfigReader(provider: try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
        } catch {
            throw Problem(key: "config", value: path, source: "file", remedy: "mend its YAML: \(error)")
        }
    }

    /// A YAML number or truth value is taken as its text: people write `port: 8080` and `port: "8080"` alike.
    private static func value(of key: String, in reader: ConfigReader) -> String? {
        let key = ConfigKey(key.split(separator: ".").map(String.init))
        return reader.string(forKey: key) ?? reader.int(forKey: key).map(String.init)
            ?? reader.bool(forKey: key).map { $0 ? "true" : "false" }
    }

    private init(_ values: [String: (value: String, source: String)]) throws {
        func text(_ key: String) -> String { values[key]?.value ?? "" }
        func problem(_ key: String, _ remedy: String) -> Problem {
            Problem(
                key: key, value: Self.secrets.contains(key) ? "…" : text(key), source: values[key]?.source ?? "",
                remedy: remedy)
        }
        func number(_ key: String, _ range: ClosedRange<Int>) throws -> Int {
            guard let number = Int(text(key)), range.contains(number) else {
                throw problem(key, "give a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        func truth(_ key: String) throws -> Bool {
            switch text(key).lowercased() {
            case "true", "yes", "1": return true
            case "false", "no", "0": return false
            default: throw problem(key, "give true or false")
            }
        }
        do {
            database = try DatabaseLocation(text("database"))
        } catch {
            throw Problem(
                key: "database", value: error.shown, source: values["database"]?.source ?? "", remedy: error.remedy)
        }
        planFolder = text("plan")
        let root = URL(fileURLWithPath: text("plan")).deletingLastPathComponent().deletingLastPathComponent()
        let beside = root.appendingPathComponent("legislation").path
        // A plan that lies elsewhere goes with the law of the working folder, or without one.
        legislationFolder =
            text("legislation").isEmpty
            ? [beside, "legislation"].first { FileManager.default.fileExists(atPath: $0) } : text("legislation")
        templateFolder =
            text("templates").isEmpty
            ? [root.appendingPathComponent("templates").path, "templates"].first {
                FileManager.default.fileExists(atPath: $0)
            } : text("templates")
        formatFolder =
            text("formats").isEmpty
            ? [root.appendingPathComponent("formats").path, "formats"].first {
                FileManager.default.fileExists(atPath: $0)
            } : text("formats")
        reviewFolder =
            text("reviews").isEmpty
            ? [root.appendingPathComponent("reviews").path, "reviews"].first {
                FileManager.default.fileExists(atPath: $0)
            } : text("reviews")
        guideFolder =
            text("guide").isEmpty
            ? [root.appendingPathComponent("docs").path, "docs"].first {
                FileManager.default.fileExists(atPath: "\($0)/huong-dan")
            } : text("guide")
        host = text("http.host")
        port = try number("http.port", 0...65_535)
        logLevel = text("log.level")
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw problem("log.level", "give trace, debug, info, notice, warning, error or critical")
        }
        guard let format = LogFormat(rawValue: text("log.format")) else {
            throw problem("log.format", "give text or json")
        }
        logFormat = format
        passwordCost = try number("access.password-cost", 10...18)

        var site = SiteSettings()
        site.publicURL = text("http.public-url").isEmpty ? "http://\(host):\(port)" : text("http.public-url")
        while site.publicURL.hasSuffix("/") { site.publicURL.removeLast() }
        guard site.publicURL.hasPrefix("http://") || site.publicURL.hasPrefix("https://") else {
            throw problem("http.public-url", "begin with http:// or https://")
        }
        let token = text("metrics.token")
        guard token.isEmpty || token.utf8.count >= 16 else {
            throw problem("metrics.token", "give at least 16 characters, best from `openssl rand -hex 24`, or none")
        }
        site.metricsToken = token.isEmpty ? nil : token
        site.behindProxy = try truth("http.behind-proxy")
        site.proxies = try text("http.trusted-proxies").split(separator: ",").map { proxy in
            guard let range = NetworkAddress.Range(proxy.filter { !$0.isWhitespace }) else {
                throw problem("http.trusted-proxies", "give addresses or ranges like 10.0.0.0/8, separated by commas")
            }
            return range
        }
        site.uploadBytes = try number("http.upload-megabytes", 1...2_000) << 20
        site.formsPerMinute = try number("http.forms-per-minute", 10...1_000_000)
        if !text("scan.clamd").isEmpty {
            guard let scanner = VirusScanner(text("scan.clamd")) else {
                throw problem("scan.clamd", "give unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310")
            }
            site.screening = FileScreening(scanner: scanner, takesUnscanned: try truth("scan.takes-unscanned"))
        }
        self.site = site

        var connections = ConnectionLimits()
        connections.inAll = try number("http.connections", 16...100_000)
        let fromOneAddress = try number("http.connections-per-address", 0...100_000)
        connections.fromOneAddress = site.behindProxy || fromOneAddress == 0 ? nil : fromOneAddress
        self.connections = connections

        var access = AccessPolicy()
        access.idleSeconds = Int64(try number("access.idle-minutes", 5...1_440)) * 60
        access.secondFactorRequired = try truth("access.second-factor")
        self.access = access

        keyText = text("keys.value")
        if !keyText.isEmpty {
            keyFile = nil
        } else if !text("keys.file").isEmpty {
            keyFile = text("keys.file")
        } else if case .sqlite(let path) = database {
            keyFile = path + ".keys"
        } else {
            keyFile = "data/baophu.keys"
        }

        numberKeyText = text("keys.numbers-value")
        if !numberKeyText.isEmpty {
            numberKeyFile = nil
        } else if !text("keys.numbers-file").isEmpty {
            numberKeyFile = text("keys.numbers-file")
        } else if case .sqlite(let path) = database {
            numberKeyFile = path + ".numbers.keys"
        } else {
            numberKeyFile = "data/baophu.numbers.keys"
        }

        var acts: Set<PairedAct> = []
        for name in text("decisions.two-people").split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            guard let act = PairedAct.choosable.first(where: { $0.name == name }) else {
                throw problem(
                    "decisions.two-people",
                    "give any of \(PairedAct.choosable.map(\.name).joined(separator: ", ")), separated by commas")
            }
            acts.insert(act)
        }
        pairs = PairPolicy(acts)
        var heads = HeadNotes()
        if !text("audit.head-file").isEmpty {
            heads.file = text("audit.head-file")
        } else if case .sqlite(let path) = database {
            heads.file = path + ".heads"
        } else {
            heads.file = "data/baophu.heads"
        }
        heads.address = text("audit.head-mail").isEmpty ? nil : text("audit.head-mail")
        heads.usesSyslog = try truth("audit.syslog")
        guard heads.address == nil || !text("mail.url").isEmpty else {
            throw problem("audit.head-mail", "set mail.url too: there is no server to send by")
        }
        self.heads = heads

        watched = try text("exchange.folders").split(separator: ",").map { folder in
            guard let watched = WatchedFolder(String(folder)) else {
                throw problem(
                    "exchange.folders", "give SENDER:FORMAT:/PATH, for example thue-thanh-pho:05-1-bk:/srv/sftp/thue")
            }
            return watched
        }
        guard Set(watched.map(\.path)).count == watched.count else {
            throw problem("exchange.folders", "name each folder once: what lies in it is of one sender and one format")
        }
        watchRules = WatchRules(
            settledSeconds: try number("exchange.settled-seconds", 1...86_400),
            keptDays: try number("exchange.kept-days", 1...365))

        if text("mail.url").isEmpty {
            mail = nil
        } else {
            guard !text("mail.sender").isEmpty else {
                throw problem("mail.sender", "give the address that mail comes from")
            }
            mail = MailServer(
                url: text("mail.url"), username: text("mail.username").isEmpty ? nil : text("mail.username"),
                password: text("mail.password").isEmpty ? nil : text("mail.password"), sender: text("mail.sender"),
                requireTLS: !text("mail.username").isEmpty)
        }
        report = Self.keys.map { [database] key, _, _ in
            var value = key == "database" ? "\(database)" : text(key)
            if Self.secrets.contains(key), !value.isEmpty { value = "(secret)" }
            return Line(key: key, value: value, source: values[key]?.source ?? "")
        }
    }
}
