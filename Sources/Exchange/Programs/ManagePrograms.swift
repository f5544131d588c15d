public import Access
import Database
public import Kernel

/// What is entered to let a program call.
public struct ProgramDraft: Codable, Sendable, Equatable {
    public let name: String
    /// The unit it acts for, by code.
    public let unit: String
    /// Numbers of agreements.
    public let agreements: [Int]
    public let scopes: Set<ProgramScope>
    public let expires: Day
    public let perMinute: Int

    public init(
        name: String, unit: String, agreements: [Int], scopes: Set<ProgramScope>, expires: Day, perMinute: Int = 600
    ) {
        (self.name, self.unit, self.agreements, self.scopes) = (name, unit, agreements, scopes)
        (self.expires, self.perMinute) = (expires, perMinute)
    }
}

/// A key just made: shown once and stored nowhere.
public struct IssuedKey: Sendable, Equatable {
    public let program: RecordID
    /// `bp_` and 256 random bits.
    public let key: String
}

/// What asking for a key came to.
public enum KeyOutcome: Sendable, Equatable {
    case issued(IssuedKey)
    /// A second person has to confirm it: the program, which may not be there yet.
    case proposed(RecordID)
}

/// How often a program called for one thing on a day.
public struct ProgramCalls: Sendable, Equatable {
    public let day: Day
    /// English words: `upload.begin`.
    public let operation: String
    public let agreement: Int
    public let purpose: String
    public let calls: Int
    public let refused: Int
}

/// The fields of forms about programs.
public enum ProgramField: String, FormKey, CaseIterable {
    case agreements, aggregates, deliver, expires, name, perMinute, status, unit
}

extension ProgramService {
    static let keyPrefix = "bp_"
    /// A key lives no longer than this, in days.
    public static let longestLife = 366
    public static let mostPerMinute = 6_000_000

    /// The latest first.
    public func programs(for viewer: Viewer) async throws -> [Program] {
        try viewer.require(.keepPrograms)
        return try await allPrograms()
    }

    /// For the command line.
    public func allPrograms() async throws -> [Program] {
        try await store.read { connection in
            try connection.rows("SELECT * FROM program ORDER BY created_at DESC, id DESC").map { try Program($0) }
        }
    }

    public func program(_ id: RecordID, for viewer: Viewer) async throws -> Program {
        try viewer.require(.keepPrograms)
        return try await store.read { try Programs.require(id, on: $0) }
    }

    /// Agreements that hold, or will, for somebody who lets a program call under them.
    public func openAgreements(for viewer: Viewer) async throws -> [Agreement] {
        try viewer.require(.keepPrograms)
        let today = clock.today
        return try await store.read { connection in
            try Agreements.all(on: connection).filter { agreement in
                agreement.spans.contains { span in span.last.map { today <= $0 } ?? true }
            }
        }
    }

    /// How often it called lately, by day, the latest first.
    public func uses(of id: RecordID, for viewer: Viewer) async throws -> [ProgramCalls] {
        try viewer.require(.keepPrograms)
        try await settleUse()
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT * FROM program_use WHERE program = ? ORDER BY day DESC, operation, agreement, purpose LIMIT 50
                """, id
            ).map { row in
                ProgramCalls(
                    day: try row.day("day"), operation: try row.text("operation"),
                    agreement: try row.integer("agreement"), purpose: try row.text("purpose"),
                    calls: try row.integer("calls"), refused: try row.integer("refused"))
            }
        }
    }

    /// Lets a program call, under agreements of its unit; where two people issue keys, proposes it.
    public func admit(_ draft: ProgramDraft, by submission: Submission) async throws -> KeyOutcome {
        try submission.viewer.require(.keepPrograms)
        let draft = try checked(draft)
        let id = RecordID(at: clock.now)
        let key = Self.newKey()
        let needsTwo = pairs.needsTwo(.issueProgramKey)
        let run = RanOnce()
        try await store.once(submission, about: Subject(.program, id), at: clock.now) { connection, now in
            run.mark()
            try check(draft, on: connection)
            if needsTwo {
                try propose(
                    ProposedKey(draft: draft, expires: draft.expires), id, 0, by: submission, at: now, connection)
            } else {
                try enter(draft, id, key, by: submission.actor, at: now, on: connection)
            }
        }
        return try outcome(run, IssuedKey(program: id, key: key), isProposed: needsTwo)
    }

    /// For the command line, where there is no second person.
    public func admit(_ draft: ProgramDraft, by actor: Actor) async throws -> IssuedKey {
        guard !pairs.needsTwo(.issueProgramKey) else {
            throw Refusal(
                .forbidden, "Ở đây cấp khóa cần hai người; hãy làm trên trang “Chương trình của các cơ quan”.")
        }
        let draft = try checked(draft)
        let issued = IssuedKey(program: RecordID(at: clock.now), key: Self.newKey())
        let now = clock.now
        try await store.write { connection in
            try check(draft, on: connection)
            try enter(draft, issued.program, issued.key, by: actor, at: now, on: connection)
        }
        return issued
    }

    /// Another key in place of the one before, which is void at once, with its tokens; where two people issue keys, proposes it.
    /// - Parameter seen: the version that its page showed.
    public func turnKey(
        of id: RecordID, seen: Int, until expires: Day, by submission: Submission
    ) async throws -> KeyOutcome {
        try submission.viewer.require(.keepPrograms)
        try checkExpiry(expires)
        let key = Self.newKey()
        let needsTwo = pairs.needsTwo(.issueProgramKey)
        let run = RanOnce()
        try await store.once(submission, about: Subject(.program, id), at: clock.now) { connection, now in
            run.mark()
            let program = try Self.live(id, seen: seen, on: connection)
            if needsTwo {
                try propose(
                    ProposedKey(draft: nil, expires: expires), id, program.version, by: submission, at: now, connection)
            } else {
                try turn(program, key, until: expires, by: submission.actor, at: now, on: connection)
            }
        }
        known.forget()
        return try outcome(run, IssuedKey(program: id, key: key), isProposed: needsTwo)
    }

    /// From now on it is not answered, nor are its tokens.
    public func end(_ id: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.keepPrograms)
        try await end(id, by: submission.actor)
    }

    /// For the command line.
    public func end(_ id: RecordID, by actor: Actor) async throws {
        let now = clock.now
        try await store.write { connection in
            let program = try Programs.require(id, on: connection)
            guard
                try connection.execute("UPDATE program SET ended_at = ? WHERE id = ? AND ended_at IS NULL", now, id) > 0
            else { return }
            try AuditTrail.append(
                AuditEvent("program.ended", subject: Subject(.program, id.text), detail: program.name), by: actor,
                at: now, on: connection)
        }
        known.forget()
    }

    // MARK: Parts

    static func newKey() -> String { keyPrefix + SecretToken.make() }

    /// The same form once more: its key was shown, and is not known any more.
    func outcome(_ run: RanOnce, _ issued: IssuedKey, isProposed: Bool) throws(Refusal) -> KeyOutcome {
        guard run.ran else {
            throw Refusal(
                .stale, "Biểu mẫu này đã được xử lý; khóa chỉ hiện một lần. Nếu chưa kịp ghi lại, hãy đổi khóa khác.")
        }
        return isProposed ? .proposed(issued.program) : .issued(issued)
    }

    private func checkExpiry(_ expires: Day) throws(Refusal) {
        let today = clock.today
        guard expires > today, expires <= today.adding(days: Self.longestLife) else {
            throw Refusal(fields: [
                .init(ProgramField.expires, "Khóa có hạn từ ngày mai đến không quá \(Self.longestLife) ngày.")
            ])
        }
    }

    private func checked(_ draft: ProgramDraft) throws(Refusal) -> ProgramDraft {
        var problems: [Refusal.FieldProblem] = []
        let name = VietnameseText.tidy(draft.name)
        if name.isEmpty || name.count > 100 || !ProgramErrand.isPlain(name) {
            problems.append(.init(ProgramField.name, "Hãy đặt tên cho chương trình, không quá 100 chữ."))
        }
        if UnitCode(draft.unit) == nil {
            problems.append(.init(ProgramField.unit, "Hãy chọn cơ quan, đơn vị của chương trình."))
        }
        if draft.agreements.isEmpty {
            problems.append(.init(ProgramField.agreements, "Hãy chọn ít nhất một thỏa thuận chương trình được dùng."))
        }
        if draft.scopes.isEmpty {
            problems.append(.init(ProgramField.agreements, "Hãy chọn ít nhất một việc chương trình được làm."))
        }
        if !(1...Self.mostPerMinute).contains(draft.perMinute) {
            problems.append(
                .init(
                    ProgramField.perMinute,
                    "Số lần gọi trong một phút từ 1 đến \(VietnameseText.grouped(Self.mostPerMinute))."))
        }
        do {
            try checkExpiry(draft.expires)
        } catch {
            problems += error.fields
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        return ProgramDraft(
            name: name, unit: draft.unit, agreements: Set(draft.agreements).sorted(), scopes: draft.scopes,
            expires: draft.expires, perMinute: draft.perMinute)
    }

    /// Whether its unit is a side of each of its agreements.
    func check(_ draft: ProgramDraft, on connection: any SQLConnection) throws {
        guard let unit = UnitCode(draft.unit) else { return }
        for number in draft.agreements {
            guard let agreement = try Agreements.find(number, on: connection), Self.isSide(unit, of: agreement) else {
                throw Refusal(fields: [
                    .init(
                        ProgramField.agreements,
                        "Thỏa thuận số \(number) không có, hoặc đơn vị của chương trình không phải một bên của nó.")
                ])
            }
        }
    }

    static func live(_ id: RecordID, seen: Int, on connection: any SQLConnection) throws -> Program {
        let program = try Programs.require(id, on: connection)
        guard program.endedAt == nil else { throw Refusal(.stale, "Chương trình này đã bị thu khóa.") }
        guard program.version == seen else {
            throw Refusal(.stale, "Khóa đã được đổi sau khi bạn mở trang. Hãy tải lại trang.")
        }
        return program
    }

    func enter(
        _ draft: ProgramDraft, _ id: RecordID, _ key: String, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            """
            INSERT INTO program (id, name, unit, agreements, scopes, key_hash, expires, per_minute, version, created_at,
                created_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
            """, id, draft.name, draft.unit, draft.agreements.map(String.init).joined(separator: " "),
            draft.scopes.sorted().map(\.rawValue).joined(separator: " "), SecretToken.hash(key), draft.expires,
            draft.perMinute, now, actor.name)
        try AuditTrail.append(
            AuditEvent("program.admitted", subject: Subject(.program, id.text), detail: Self.words(draft)),
            by: actor, at: now, on: connection)
    }

    func turn(
        _ program: Program, _ key: String, until expires: Day, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try connection.execute(
            "UPDATE program SET key_hash = ?, expires = ?, version = version + 1 WHERE id = ?", SecretToken.hash(key),
            expires, program.id)
        try AuditTrail.append(
            AuditEvent(
                "program.key-turned", subject: Subject(.program, program.id.text),
                detail: "\(program.name), đến \(expires.vietnamese)"),
            by: actor, at: now, on: connection)
    }

    /// What will be done, as a second person and the trail read it.
    static func words(_ draft: ProgramDraft) -> String {
        let scopes = draft.scopes.sorted().map(\.words).joined(separator: ", ")
        let agreements = draft.agreements.map(String.init).joined(separator: ", ")
        return
            "\(draft.name) của \(draft.unit), thỏa thuận \(agreements): \(scopes); đến \(draft.expires.vietnamese), \(draft.perMinute) lần/phút"
    }

    /// Whether a unit is one of the sides, or one of the many units of an agency that is.
    static func isSide(_ unit: UnitCode, of agreement: Agreement) -> Bool {
        agreement.covers(unit) || receives(unit, agreement)
    }

    static func receives(_ unit: UnitCode, _ agreement: Agreement) -> Bool {
        unit == agreement.receiver || AgreementReach.lies(unit, in: agreement.receiver)
    }
}
