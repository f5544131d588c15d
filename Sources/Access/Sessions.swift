import Database
public import Kernel

/// How far a person has come in signing in.
public enum SessionStage: String, Sendable {
    /// The password was right; the one-time code is still asked for.
    case code
    /// The password was right; the role needs a second factor that is not set up yet.
    case enrolling
    case complete
}

/// A session just begun: the token goes into the cookie and is stored nowhere.
public struct SignedIn: Sendable, Equatable {
    public let token: String
    public let stage: SessionStage
    /// What the browser is to keep for later sign-ins; nil before the session is complete.
    public internal(set) var browser: String?
    /// Whether the password, right as it was, is one that would not be taken today: its holder is asked for another.
    public internal(set) var hasWeakPassword = false
    /// Made when a second factor was set up, to be shown once.
    public internal(set) var recoveryCodes: [String] = []
}

/// A session found by its token.
public struct LiveSession: Sendable {
    public let viewer: Viewer
    public let stage: SessionStage
    let lastSeen: Timestamp
    /// Whether it began under a release whose cookies had their old names under https too.
    public let hasPlainCookie: Bool
    /// At the moment of the look-up.
    public let revisions: Revisions
}

/// One open session, as its owner may list it.
public struct SessionInfo: Sendable, Equatable {
    public let id: RecordID
    public let createdAt: Timestamp
    public let lastSeenAt: Timestamp
    public let address: String
    public let device: String
}

extension AccessService {
    static func startSession(
        for account: RecordID, stage: SessionStage, by caller: Caller, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> SignedIn {
        let token = SecretToken.make()
        try connection.execute(
            """
            INSERT INTO session
                (id, token_hash, account, stage, created_at, last_seen_at, address, device, plain_cookie)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            RecordID(at: now), SecretToken.hash(token), account, stage.rawValue, now, now, caller.address, caller.device
        )
        return SignedIn(token: token, stage: stage)
    }

    static func endSessions(of account: RecordID, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE session SET ended_at = ? WHERE account = ? AND ended_at IS NULL", now, account)
    }

    /// Whose session a token is and how far it has come; nil when there is none, it ended, stood idle too long or grew
    /// too old, or the account was disabled.
    public func session(token: String) async throws -> LiveSession? {
        let now = clock.now
        let policy = policy
        let grants = grants
        let found = try await store.read { connection in
            try Self.openSession(token: token, policy: policy, grants: grants, at: now, on: connection)
        }
        guard let found else { return nil }
        // Noted at most once a minute: a page view need not be a write.
        if found.lastSeen.adding(seconds: 60) <= now { await noteSeen(found, at: now) }
        return found
    }

    /// Nobody's page waits for whoever writes at this moment, or fails because nothing can be written: the next look notes
    /// it. Only where the session would soon be over for want of a note is one queued.
    private func noteSeen(_ found: LiveSession, at now: Timestamp) async {
        let session = found.viewer.session
        let note: @Sendable (any SQLConnection) throws -> Void = { connection in
            try connection.execute("UPDATE session SET last_seen_at = ? WHERE id = ?", now, session)
        }
        do {
            guard try await store.writeIfIdle(note) == nil else { return }
        } catch {
            return
        }
        if now >= found.lastSeen.adding(seconds: policy.idleSeconds / 2) {
            let store = store
            Task { try? await store.write(note) }
        }
    }

    private static func openSession(
        token: String, policy: AccessPolicy, grants: Grants, at now: Timestamp, on connection: any SQLConnection
    ) throws -> LiveSession? {
        guard
            let row = try connection.row(
                """
                SELECT s.id AS session_id, s.stage, s.last_seen_at, s.created_at AS session_created_at,
                    s.plain_cookie,
                    \(Accounts.columns)
                FROM session s JOIN account a ON a.id = s.account
                WHERE s.token_hash = ? AND s.ended_at IS NULL AND a.disabled_at IS NULL
                """, SecretToken.hash(token))
        else { return nil }
        let lastSeen = try row.timestamp("last_seen_at")
        let created = try row.timestamp("session_created_at")
        guard now < lastSeen.adding(seconds: policy.idleSeconds),
            now < created.adding(seconds: policy.longestSessionSeconds)
        else { return nil }
        let account = try Accounts.account(row, on: connection)
        return LiveSession(
            viewer: account.viewer(grants, session: try row.recordID("session_id")), stage: try row.choice("stage"),
            lastSeen: lastSeen,
            hasPlainCookie: try row.integer("plain_cookie") != 0, revisions: try Revisions.read(on: connection))
    }

    /// The open sessions of a person, the latest first.
    public func sessions(of viewer: Viewer) async throws -> [SessionInfo] {
        let now = clock.now
        let policy = policy
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT id, created_at, last_seen_at, address, device FROM session
                WHERE account = ? AND ended_at IS NULL AND stage = 'complete' AND last_seen_at > ? AND created_at > ?
                ORDER BY last_seen_at DESC, id
                """, viewer.account, now.adding(seconds: -policy.idleSeconds),
                now.adding(seconds: -policy.longestSessionSeconds)
            ).map { row in
                SessionInfo(
                    id: try row.recordID("id"), createdAt: try row.timestamp("created_at"),
                    lastSeenAt: try row.timestamp("last_seen_at"), address: try row.text("address"),
                    device: try row.text("device"))
            }
        }
    }

    /// Ends one of a person's own sessions.
    public func endSession(_ session: RecordID, of viewer: Viewer, address: String) async throws {
        let now = clock.now
        try await store.write { connection in
            let ended = try connection.execute(
                "UPDATE session SET ended_at = ? WHERE id = ? AND account = ? AND ended_at IS NULL", now, session,
                viewer.account)
            guard ended > 0 else { throw Refusal(.notFound, "Phiên đăng nhập này không còn mở.") }
            try AuditTrail.append(
                AuditEvent("session.ended", subject: Subject(.account, viewer.login)),
                by: Actor(viewer, address: address),
                at: now, on: connection)
        }
    }
}
