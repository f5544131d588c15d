import Database
import Kernel

/// Who says to be whom, and from where.
struct Caller: Sendable {
    let login: String
    let address: String
    /// As the browser calls itself.
    let device: String
    /// The value that a browser keeps from an earlier sign-in; nil for one that keeps none.
    let browser: String?

    init(login: String, address: String, device: String, browser: String?) {
        self.login = String(login.lowercased().trimmed.prefix(80))
        self.address = address
        self.device = String(device.prefix(200))
        self.browser = browser.flatMap { (40...80).contains($0.utf8.count) ? $0 : nil }
    }

    var place: String { NetworkAddress.place(of: address) }
}

/// How well a caller is known before anything is proved. Guesses of strangers do not delay who is known better.
enum Standing: Sendable, Equatable {
    /// The account came in with this browser before.
    case knownBrowser(hash: String)
    /// The account came in from this address before.
    case knownPlace
    case stranger
}

/// What was to be proved.
enum Proof: String, Sendable {
    case password = "sai mật khẩu"
    case code = "sai mã xác thực"
}

/// What is told of a try that did not succeed.
struct RefusedTry: Sendable {
    let caller: Caller
    let proof: Proof
    let standing: Standing
}

extension AccessService {
    /// Looks at one try to prove who somebody is. Only a try that ended as wrong is counted: by account and address, or by
    /// account and browser where the browser is known; each further one makes the next wait longer.
    ///
    /// - Parameter body: nil for a wrong proof. What it writes stands even then.
    /// - Throws: `wrong`, or how long to wait.
    func trying<T>(
        _ proof: Proof, by caller: Caller, wrong: Refusal, _ body: (Standing) async throws -> T?
    ) async throws -> T {
        let (clock, policy) = (clock, policy)
        let before = try await store.read { try Self.standing(of: caller, policy, at: clock.now, on: $0) }
        let line =
            switch before {
            case .knownBrowser(let hash): "\(caller.login)/\(hash)"
            case .knownPlace, .stranger: "\(caller.login)/\(caller.place)"
            }
        return try await gate.alone(line) {
            let (standing, seconds) = try await store.read { connection in
                let now = clock.now
                let standing = try Self.standing(of: caller, policy, at: now, on: connection)
                return (standing, try Self.wait(for: caller, standing, policy, at: now, on: connection))
            }
            if seconds > 0 {
                throw Refusal(
                    .tooMany,
                    "Đã thử sai nhiều lần. Hãy đợi \(Self.words(seconds)) rồi thử lại; quên mật khẩu thì xin quản trị hệ thống một liên kết mới.",
                    retrySeconds: seconds)
            }
            if let proved = try await body(standing) { return proved }
            let refused = RefusedTry(caller: caller, proof: proof, standing: standing)
            try await store.write { try note(refused, at: clock.now, on: $0) }
            throw wrong
        }
    }

    static func words(_ seconds: Int64) -> String {
        seconds < 90 ? "\(seconds) giây" : "\((seconds + 59) / 60) phút"
    }

    private static func standing(
        of caller: Caller, _ policy: AccessPolicy, at now: Timestamp, on connection: any SQLConnection
    ) throws -> Standing {
        guard let account = try Accounts.find(login: caller.login, on: connection)?.id else { return .stranger }
        if let hash = caller.browser.map(SecretToken.hash) {
            let failures = try connection.row(
                "SELECT failures FROM account_browser WHERE account = ? AND token_hash = ? AND last_at > ?", account,
                hash, now.adding(seconds: -policy.browserSeconds))?.integer("failures")
            if let failures, failures < policy.failuresPerBrowser { return .knownBrowser(hash: hash) }
        }
        let isPlace =
            try connection.row(
                "SELECT account FROM account_browser WHERE account = ? AND place = ? AND last_at > ?", account,
                caller.place, now.adding(seconds: -policy.browserSeconds)) != nil
        return isPlace ? .knownPlace : .stranger
    }

    /// Seconds until the next try is looked at.
    private static func wait(
        for caller: Caller, _ standing: Standing, _ policy: AccessPolicy, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Int64 {
        if case .knownBrowser = standing { return 0 }
        let failures = try connection.rows(
            """
            SELECT at FROM sign_in_attempt WHERE login = ? AND address = ? AND failed = 1 AND at > ?
            ORDER BY at DESC LIMIT 100
            """, caller.login, caller.place, now.adding(seconds: -policy.failuresRememberedSeconds)
        ).map { try $0.timestamp("at") }
        if let last = failures.first {
            let end = last.adding(seconds: policy.delay(after: failures.count))
            if end > now { return end.secondsSinceEpoch - now.secondsSinceEpoch }
        }
        guard standing == .stranger else { return 0 }
        // Many addresses that guess at one account: who was never there before waits, its holder does not.
        let hour: Int64 = 3_600
        let ofAccount = try connection.rows(
            "SELECT at FROM sign_in_attempt WHERE login = ? AND failed = 1 AND at > ? ORDER BY at DESC LIMIT ?",
            caller.login, now.adding(seconds: -hour), policy.failuresPerAccountAndHour
        ).map { try $0.timestamp("at") }
        guard ofAccount.count >= policy.failuresPerAccountAndHour, let oldest = ofAccount.last else { return 0 }
        return oldest.adding(seconds: hour).secondsSinceEpoch - now.secondsSinceEpoch
    }

    /// Wrong codes of an account in a quarter of an hour after which its holder is told.
    private static let wrongCodesTold = 3

    /// Counts a try that ended as wrong.
    private func note(
        _ refused: RefusedTry, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let caller = refused.caller
        let account = try Accounts.find(login: caller.login, on: connection)
        if case .knownBrowser(let hash) = refused.standing, let account {
            try connection.execute(
                "UPDATE account_browser SET failures = failures + 1 WHERE account = ? AND token_hash = ?", account.id,
                hash)
        } else {
            try connection.execute(
                "INSERT INTO sign_in_attempt (id, login, address, at, failed) VALUES (?, ?, ?, ?, 1)",
                RecordID(at: now),
                caller.login, caller.place, now)
        }
        try RefusedSignIns.note(refused, of: account, at: now, on: connection)
        // Whoever is asked for a code has the password: its holder must know, before the code is guessed too.
        if refused.proof == .code, let account,
            try RefusedSignIns.counted(
                "code/\(account.login)", in: RefusedSignIns.window(at: now), on: connection) == Self.wrongCodesTold
        {
            try tell(.secondFactor(.codeGuessed(address: caller.address)), account, now, connection)
        }
    }

    /// Forgets the wrong tries of who has proved everything now.
    static func forgive(_ caller: Caller, on connection: any SQLConnection) throws {
        try connection.execute(
            "DELETE FROM sign_in_attempt WHERE login = ? AND address = ?", caller.login, caller.place)
    }
}

extension AccessPolicy {
    /// How long after the last of some wrong tries the next one is looked at, in seconds: at once for the first few, then
    /// twice as long each time, up to a limit.
    public func delay(after failures: Int) -> Int64 {
        guard failures >= freeFailures else { return 0 }
        let doublings = min(failures - freeFailures, 20)
        return min(firstDelaySeconds << Int64(doublings), longestDelaySeconds)
    }
}
