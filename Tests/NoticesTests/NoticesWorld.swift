import Access
import Database
import Files
import Jobs
import Kernel
import Notices
import TestSupport
import Testing
import Vault

/// One database as several servers see it, with people of two communes, an agency and the house itself.
struct NoticesWorld: Sendable {
    let stores: [any DataStore]
    let clock: MutableClock
    /// Two officers of one commune, one of another.
    let officer: Account
    let colleague: Account
    let neighbour: Account
    let head: Account
    let analyst: Account
    let administrator: Account

    static let grants = Grants(
        of: [.notices],
        [
            .communeOfficer: [.work], .analyst: [.work, .decide, .viewOutbox], .administrator: [.keep, .viewOutbox],
            .groupHead: [.look],
        ])

    static let areas = [
        NoticeArea("Thử", [.returned, .accepted, .lateThing]), NoticeArea.jobs, NoticeArea.accounts,
    ]
    static let start = Timestamp(day: Day.known(2027, 3, 1), hour: 9)

    var store: any DataStore { stores[0] }
    var service: NoticeService { service(0) }
    func service(_ server: Int) -> NoticeService {
        NoticeService(store: stores[server], clock: clock.clock, areas: Self.areas)
    }

    static func with<T>(
        _ engine: TestEngine, servers: Int = 1, _ body: (NoticesWorld) async throws -> T
    ) async throws -> T {
        try await engine.withStores(servers) { stores in
            let clock = MutableClock(start)
            _ = try await Migrator(
                AccessMigrations.all + FilesMigrations.all + JobsMigrations.all + NoticesMigrations.all
            ).migrate(stores[0], at: clock.now)
            let access = AccessService(
                store: stores[0], clock: clock.clock, passwords: PasswordHasher(cost: 4), grants: grants,
                keys: .ephemeral())
            func add(
                _ login: String, _ role: Role, agency: String? = nil, commune: String? = nil, group: String? = nil,
                email: String? = nil
            ) async throws -> Account {
                let draft = AccountDraft(
                    login: login, name: "Người \(login)", role: role, agency: agency.flatMap { AgencyCode($0) },
                    communes: commune.flatMap { CommuneCode($0) }.map { [$0] } ?? [], residentialGroup: group,
                    email: email)
                return try await access.createActive(draft, password: "con mèo ngồi trên mái", by: .system)
            }
            return try await body(
                NoticesWorld(
                    stores: stores, clock: clock,
                    officer: try await add("lan", .communeOfficer, commune: "90001", email: "lan@example.vn"),
                    colleague: try await add("minh", .communeOfficer, commune: "90001"),
                    neighbour: try await add("hoa", .communeOfficer, commune: "90002"),
                    head: try await add("truong", .groupHead, commune: "90001", group: "Tổ 3"),
                    analyst: try await add("binh", .analyst, agency: "so-noi-vu"),
                    administrator: try await add("quan", .administrator)))
        }
    }

    func viewer(_ account: Account) -> Viewer { account.viewer(Self.grants) }

    /// The titles of what somebody has not read.
    func unread(_ account: Account) async throws -> [String] {
        try await service.notices(unreadOnly: true, for: viewer(account)).map(\.title)
    }

    @discardableResult
    func post(_ notices: Notice..., server: Int = 0) async throws -> Int {
        let now = clock.now
        return try await stores[server].write { try NoticeBoard.post(notices, at: now, on: $0) }
    }

    /// One round's letter to a person.
    @discardableResult
    func write(to account: Account, urgentOnly: Bool = false) async throws -> Bool {
        let (now, service, viewer) = (clock.now, service, viewer(account))
        return try await store.write { connection in
            guard try Outbox.hasRoom(for: account.id, on: now.day, connection) else { return false }
            let parts = try service.letterParts(for: viewer, urgentOnly: urgentOnly, at: now, on: connection)
            return try Outbox.write(parts, to: account, at: now, on: connection)
        }
    }

    func count(_ sql: String) async throws -> Int { try await store.read { try $0.integer(sql) } ?? 0 }

    static let commune = UnitCode("90001").map { Addressee.officers(of: $0, holding: .work) }

    /// Something returned to the commune.
    func returned(_ key: String, to addressees: [Addressee]? = nil, until: Day? = nil, author: Account? = nil) throws
        -> Notice
    {
        Notice(
            .returned, key: key, to: try addressees ?? [#require(Self.commune)], about: Subject(.thing, key),
            "Việc \(key) bị trả lại", detail: "Thiếu số liệu.", until: until, author: author?.id)
    }
}

extension Right {
    static let work = Right("tests.work", "Làm việc")
    static let decide = Right("tests.decide", "Quyết định")
    static let keep = Right("tests.keep", "Giữ")
    static let look = Right("tests.look", "Xem")
}

extension NoticeKind {
    static let returned = NoticeKind("tests.returned", "Bị trả lại", weight: .urgent)
    static let accepted = NoticeKind("tests.accepted", "Được chấp nhận", weight: .light)
    static let lateThing = NoticeKind("tests.late", "Quá hạn", mail: .never)
}

extension Subject.Kind {
    static let thing = Self("thing")
}

extension Day {
    static func known(_ year: Int, _ month: Int, _ day: Int) -> Day {
        // Tests write real days only.
        guard let found = Day(year: year, month: month, day: day) else { preconditionFailure("no such day") }
        return found
    }
}
