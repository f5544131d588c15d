import Access
import Database
import Kernel
import Synchronization
import TestSupport
import Testing
import Vault

/// A migrated store with a clock that stands still until it is put forward.
struct AccessWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock
    let service: AccessService
    /// What holders of accounts were told.
    let news: ToldNews

    /// Of these tests: the administrator's own, and one right over lists of persons.
    static let grants = Grants(
        of: [.access],
        [
            .administrator: [.manageAccounts], .auditor: [.viewAudit], .insuranceProvince: [.openLists],
            .insuranceBase: [.openLists], .communeLeader: [.openLists], .communeOfficer: [.openLists],
            .inspector: [.openLists],
        ])

    static let password = "con mèo ngồi trên mái"
    static let address = "10.0.0.1"
    static let chief = Actor(account: nil, name: "Quản trị", address: "10.0.0.9")

    static func with<T>(
        _ engine: TestEngine, policy: AccessPolicy = AccessPolicy(), _ body: (AccessWorld) async throws -> T
    ) async throws -> T {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(secondsSinceEpoch: 1_830_000_000))
            _ = try await Migrator(AccessMigrations.all).migrate(store, at: clock.now)
            let news = ToldNews()
            let service = AccessService(
                store: store, clock: clock.clock, passwords: PasswordHasher(cost: 4), grants: grants, policy: policy,
                keys: .ephemeral(), tell: { told, account, _, _ in news.add(told, to: account.login) })
            return try await body(AccessWorld(store: store, clock: clock, service: service, news: news))
        }
    }

    /// A role that signs in with a password alone.
    static func officer(_ login: String = "lan.nguyen") -> AccountDraft {
        AccountDraft(login: login, name: "Nguyễn Thị Lan", role: .agencyOfficer, agency: AgencyCode("so-noi-vu"))
    }

    /// A role that needs a second factor.
    static func administrator(_ login: String = "chief") -> AccountDraft {
        AccountDraft(login: login, name: "Trần Văn Quản", role: .administrator)
    }

    func add(_ draft: AccountDraft) async throws -> Account {
        try await service.createActive(draft, password: Self.password, by: Self.chief)
    }

    func signIn(
        _ login: String = "lan.nguyen", password: String = Self.password, address: String = Self.address,
        device: String = "Firefox", browser: String? = nil
    ) async throws -> SignedIn {
        try await service.signIn(
            login: login, password: password, address: address, device: device, browser: browser)
    }

    /// Tries a wrong password some times; each must be refused as wrong.
    func fail(
        _ login: String = "lan.nguyen", times: Int, address: String = Self.address, browser: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        for _ in 0..<times {
            await expectRefusal(.invalid, field: "password", sourceLocation: sourceLocation) {
                try await signIn(login, password: "không phải mật khẩu", address: address, browser: browser)
            }
        }
    }

    func viewer(_ session: SignedIn, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Viewer {
        try #require(try await service.session(token: session.token), sourceLocation: sourceLocation).viewer
    }

    func isOpen(_ session: SignedIn) async throws -> Bool { try await service.session(token: session.token) != nil }

    func account(_ login: String) async throws -> Account? {
        try await store.read { try Accounts.find(login: login, on: $0) }
    }

    /// The actions of the audit trail, oldest first.
    func actions() async throws -> [String] {
        try await store.read { try AuditTrail.entries(before: nil, limit: 1_000, on: $0) }.map(\.action).reversed()
    }
}

/// Keeps what is told, in its order.
final class ToldNews: Sendable {
    private let told = Mutex<[(login: String, news: AccountNews)]>([])

    func add(_ news: AccountNews, to login: String) { told.withLock { $0.append((login, news)) } }

    func of(_ login: String) -> [AccountNews] { told.withLock { $0.filter { $0.login == login }.map(\.news) } }
}

extension Right {
    /// As other targets declare theirs.
    static let openLists = Right("tests.open-lists", "Mở danh sách người", guardsPeople: true)
}
