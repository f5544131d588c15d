public import Database
public import Kernel
public import Vault

/// Times and numbers that bound sign-in. Parameters of the administrator, not of the law.
public struct AccessPolicy: Sendable, Equatable {
    /// A session unused this long is over.
    public var idleSeconds: Int64 = 60 * 60
    /// A session this old is over, used or not.
    public var longestSessionSeconds: Int64 = 12 * 60 * 60
    public var invitationSeconds: Int64 = 3 * 24 * 60 * 60
    /// Wrong tries of an account from one address that are looked at without delay.
    public var freeFailures = 5
    /// The delay after so many; each further wrong try doubles it, up to ``longestDelaySeconds``.
    public var firstDelaySeconds: Int64 = 30
    public var longestDelaySeconds: Int64 = 30 * 60
    /// How long a wrong try is held against an account and address.
    public var failuresRememberedSeconds: Int64 = 24 * 60 * 60
    /// Wrong tries of an account in an hour, from all addresses, after which somebody who was never there before waits.
    public var failuresPerAccountAndHour = 100
    /// Wrong tries after which a browser that the account came in with counts as any other.
    public var failuresPerBrowser = 10
    /// How long after its last sign-in a browser, or an address, is known.
    public var browserSeconds: Int64 = 180 * 24 * 60 * 60
    /// Characters of a new password.
    public var shortestPassword = 12
    /// Off only for illustrative data.
    public var secondFactorRequired = true

    public init() {}
}

/// Everything about who may come in. Each use case stands in a file of its own.
public struct AccessService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    public let passwords: PasswordHasher
    /// Which role has which rights.
    public let grants: Grants
    public let policy: AccessPolicy
    /// They seal the secrets of second factors.
    let keys: KeyRing
    let gate = SignInGate(longest: 100)
    let tell: AccountTeller
    let namesAround: @Sendable (Account) -> [String]

    /// - Parameters:
    ///   - tell: told of what holders of accounts must know; nobody tells them when left out.
    ///   - namesAround: names of the agency, unit, communes and province of an account, by which its password is guessed.
    public init(
        store: any DataStore, clock: Clock, passwords: PasswordHasher = .init(), grants: Grants,
        policy: AccessPolicy = .init(), keys: KeyRing, tell: @escaping AccountTeller = { _, _, _, _ in },
        namesAround: @escaping @Sendable (Account) -> [String] = { _ in [] }
    ) {
        self.store = store
        self.clock = clock
        self.passwords = passwords
        self.grants = grants
        self.policy = policy
        self.keys = keys
        self.tell = tell
        self.namesAround = namesAround
    }

    func needsSecondFactor(_ role: Role) -> Bool { policy.secondFactorRequired && grants.needsSecondFactor(role) }

    /// What a form that was already taken was about; nil for a form seen for the first time, which is thereby recorded.
    ///
    /// Called inside the write that carries the form out: a form sent twice is carried out once.
    public static func receipt(
        form token: String, of account: RecordID, about subject: Subject, at moment: Timestamp,
        on connection: any SQLConnection
    ) throws -> Subject? {
        if let known = try connection.row(
            "SELECT location FROM form_receipt WHERE token = ? AND account = ?", token, account)
        {
            // A receipt of an earlier release holds an address instead: its form was about the same thing.
            return Subject(try known.text("location")) ?? subject
        }
        try connection.execute(
            "INSERT INTO form_receipt (token, account, location, at) VALUES (?, ?, ?, ?)", token, account, subject.text,
            moment)
        return nil
    }
}
