import Access
import Assembly
import Components
import Database
import Files
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Mail
import Overview
import PlanText
import Synchronization
import Targets
import Work
import Site
import TestSupport
import Vault
import WebDesk

/// A whole system over a store of its own, with one account of each role, asked the way a browser asks it.
struct SiteHarness: Sendable {
    static let password = "một câu dài dễ nhớ 26"
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let planFolder = repository.appendingPathComponent("plans/hai-phong-2030").path
    private static let definition = Result { try PlanFolder.load(planFolder) }
    /// The files beside the plan, read once for all tests.
    private static let files = Mutex<[[String?]: SystemFiles]>([:])
    /// The users' guide, likewise.
    static let guide = Result { try GuideBook(docs: repository.appendingPathComponent("docs")) }
    private static let beginnings = Beginnings()
    /// The keys of the register.
    private static let numbers = NumberKeys.ephemeral()

    /// The commune of the commune roles, and another one.
    static let commune = "10507"
    static let otherCommune = "10525"
    /// The login of a commune officer of the other commune; the logins of the others are their roles.
    static let neighbour = "can-bo-phuong-khac"

    let system: BaoPhuSystem
    let clock: MutableClock
    let client: any TestClientProtocol

    var store: any DataStore { system.store }
    var access: AccessService { system.access }
    var definition: PlanDefinition { system.definition }
    var work: WorkService { system.work }
    var amendments: PlanAmendmentService { system.amendments }
    var obstacles: ObstacleService { system.obstacles }
    var reminders: ReminderService { system.reminders }
    var targets: TargetService { system.targets }
    var allocations: AllocationService { system.allocations }
    var groups: GroupService { system.groups }
    var overview: OverviewService { system.overview }
    /// Every route the site declares: `GET /viec`.
    var routes: [String] { system.site.declarations.map { "\($0.method) \($0.path)" } }

    private static func files(of settings: Settings) throws -> SystemFiles {
        let folders = [
            settings.legislationFolder, settings.formatFolder, settings.templateFolder, settings.guideFolder,
        ]
        return try files.withLock { known in
            if let files = known[folders] { return files }
            let files = try SystemFiles(settings)
            known[folders] = files
            return files
        }
    }

    static func moment(_ day: String, hour: Int = 9) throws -> Timestamp {
        guard let day = Day(day) else { throw HarnessError(description: "\(day) is no day") }
        return Timestamp(day: day, hour: hour)
    }

    /// Runs a body over a fresh system.
    /// - Parameters:
    ///   - flags: settings over those of the tests.
    ///   - mail: what sends letters.
    ///   - live: over real connections instead of in memory.
    ///   - limits: of connections, where they are real.
    ///   - store: an empty database; a fresh one when left out.
    static func run(
        flags: [String: String] = [:], on day: String = "2026-11-23", illustrative: Bool = false, live: Bool = false,
        limits: ConnectionLimits = ConnectionLimits(), mail: (any MailSending)? = nil,
        over store: (any DataStore)? = nil,
        _ body: @escaping @Sendable (SiteHarness) async throws -> Void
    ) async throws {
        let uploads = FileManager.default.temporaryDirectory.appendingPathComponent("uploads-\(UUID())").path
        try FileManager.default.createDirectory(atPath: uploads, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: uploads) }
        var all = [
            "access.password-cost": "10", "access.second-factor": "false", "http.forms-per-minute": "1000000",
            "plan": planFolder,
        ]
        all.merge(flags) { _, given in given }
        var settings = try await Settings.read(flags: all, environment: [:])
        settings.site.scratch = ScratchFolder(at: uploads)
        settings.site.illustrative = illustrative
        settings.heads = HeadNotes()
        // Less than any installation may have: here a password only has to fit.
        settings.passwordCost = 4
        let clock = MutableClock(try moment(day))
        let (definition, files) = (try definition.get(), try files(of: settings))
        let fixed = settings
        let numbers = NumberKeys.ephemeral()
        let start = { @Sendable (store: any DataStore) in
            try await BaoPhuSystem.start(
                fixed, store: store, definition: definition, files: files, clock: clock.clock, mail: mail,
                numbers: numbers)
        }
        let prepare = { @Sendable (store: any DataStore) in
            let system = try await start(store)
            for draft in try drafts() {
                _ = try await system.access.createActive(draft, password: password, by: .system)
            }
        }
        let run = { (store: any DataStore) in
            let system = try await start(store)
            try await Application(router: system.site.router(), server: system.site.server(limits))
                .test(live ? .live : .router) { client in
                    try await body(SiteHarness(system: system, clock: clock, client: client))
                }
        }
        if let store {
            try await prepare(store)
            try await run(store)
        } else {
            let conditions = flags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            try await TestEngine.withCopy(
                of: try await beginnings.database(([day] + conditions).joined(separator: "\n"), prepare), run)
        }
    }

    /// What a system's database holds once plan and accounts are in it, made once for tests of the same day and settings:
    /// a plan of 114 communes takes a second to load.
    private actor Beginnings {
        private var made: [String: Task<Data, any Error>] = [:]

        func database(
            _ key: String, _ prepare: @escaping @Sendable (any DataStore) async throws -> Void
        ) async throws -> Data {
            let task = made[key] ?? Task { try await TestEngine.bytes(of: prepare) }
            made[key] = task
            return try await task.value
        }
    }

    /// One account of each role, its login the role's name, and the officer next door.
    private static func drafts() throws -> [AccountDraft] {
        func draft(_ role: Role, agency: String? = nil, communes: [String] = [], group: String? = nil) -> AccountDraft {
            AccountDraft(
                login: role.rawValue, name: "Người \(role.title)", role: role,
                agency: agency.flatMap { AgencyCode($0) },
                communes: communes.compactMap { CommuneCode($0) }, residentialGroup: group)
        }
        let drafts = Role.allCases.map { role in
            switch role {
            case .leader: draft(role, agency: "ubnd-thanh-pho")
            case .analyst: draft(role, agency: "so-noi-vu")
            case .agencyOfficer: draft(role, agency: "so-xay-dung")
            case .insuranceProvince: draft(role, agency: "bhxh-thanh-pho")
            case .insuranceBase: draft(role, agency: "bhxh-co-so", communes: [commune, otherCommune])
            case .communeLeader, .communeOfficer: draft(role, communes: [commune])
            case .groupHead: draft(role, communes: [commune], group: "Tổ dân phố số 3")
            case .inspector: draft(role, agency: "thanh-tra-thanh-pho")
            case .auditor, .administrator: draft(role)
            }
        }
        var neighbour = draft(.communeOfficer, communes: [otherCommune])
        neighbour.login = Self.neighbour
        return drafts + [neighbour]
    }

    // MARK: Browsers

    /// A browser without cookies.
    func browser(_ device: String = "Kiểm thử/1.0") -> Browser { Browser(client: client, device: device) }

    /// A browser of somebody who signed in through the form.
    func browser(as login: String, password: String = SiteHarness.password) async throws -> Browser {
        let browser = browser()
        let page = try await browser.signIn(login, password: password)
        guard page.status == 303 else {
            throw HarnessError(description: "\(login) cannot sign in: \(page.status) \(page.text.prefix(3_000))")
        }
        return browser
    }

    func browser(as role: Role) async throws -> Browser { try await browser(as: role.rawValue) }

    /// What a request sends about a person who is signed in, for requests made by hand.
    func session(of login: String) async throws -> (cookie: String, csrf: String) {
        let signedIn = try await access.signIn(
            login: login, password: Self.password, address: "", device: "Kiểm thử")
        return ("baophu_phien=\(signedIn.token)", SecretToken.formToken(session: signedIn.token))
    }

    // MARK: What is stored

    func count(_ sql: String, _ values: String...) async throws -> Int {
        let bound = values.map(\.sqlValue)
        return try await store.read { connection in
            guard case .integer(let number)? = try connection.rows(sql, bound).first?.values.first else { return 0 }
            return Int(number)
        }
    }

    /// The newest entries of the audit trail.
    func audit(limit: Int = 20) async throws -> [AuditEntry] {
        try await store.read { try AuditTrail.entries(before: nil, limit: limit, on: $0) }
    }

    func viewer(_ login: String) async throws -> Viewer {
        let found = try await store.read { try Accounts.find(login: login, on: $0) }
        guard let found else { throw HarnessError(description: "there is no account \(login)") }
        return found.viewer(.ofRoles)
    }

    func uploadsLeft() throws -> [String] {
        let folder = try system.settings.site.scratch.path(of: "uploads")
        return try FileManager.default.contentsOfDirectory(atPath: folder)
    }
}

struct HarnessError: Error, CustomStringConvertible {
    let description: String
}

/// Files as people send them.
enum SampleFiles {
    static let pdf = Array("%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".utf8)
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
    static let csv = Array("\u{FEFF}STT;Họ và tên\r\n1;Nguyễn Thị Mẫu\r\n".utf8)
}
