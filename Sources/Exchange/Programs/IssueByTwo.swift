public import Access
public import Database
public import Kernel

/// A key that somebody proposed; never the key itself, which is made when it is confirmed.
struct ProposedKey: Codable, Sendable {
    /// Of a program that is not there yet.
    let draft: ProgramDraft?
    let expires: Day
}

// Where two people issue keys: the first says for what, the second confirms just that and is shown the key.
extension ProgramService {
    /// Who may confirm a key that this person proposes; nil where one person issues them.
    public func seconds(besides first: RecordID) async throws -> [SecondPerson]? {
        guard pairs.needsTwo(.issueProgramKey) else { return nil }
        return try await store.read { try self.seconds(besides: first, on: $0) }
    }

    private func seconds(besides first: RecordID, on connection: any SQLConnection) throws -> [SecondPerson] {
        try pairs.seconds(besides: first, on: connection) { $0.may(.keepPrograms) }
    }

    /// Keys that wait for a second person, the oldest first.
    public func waitingKeys(for viewer: Viewer) async throws -> [PairedDeed] {
        try viewer.require(.keepPrograms)
        let now = clock.now
        return try await store.read { connection in
            try PairedDeeds.waiting(at: now, on: connection).filter { $0.act == PairedAct.issueProgramKey.name }
        }
    }

    func propose(
        _ key: ProposedKey, _ id: RecordID, _ version: Int, by submission: Submission, at now: Timestamp,
        _ connection: any SQLConnection
    ) throws {
        let words =
            try key.draft.map(Self.words)
            ?? "Đổi khóa của \(Programs.require(id, on: connection).name), đến \(key.expires.vietnamese)"
        try PairedDeeds.propose(
            .issueProgramKey, about: Subject(.program, id.text), seen: version, parameters: key, words: words,
            telling: pairs, seconds: seconds(besides: submission.viewer.account, on: connection), by: submission,
            at: now, on: connection)
    }

    /// Confirms a proposed key.
    /// - Returns: the key, for whoever confirms to hand on.
    public func confirmKey(of id: RecordID, _ proposal: RecordID, by submission: Submission) async throws -> KeyOutcome
    {
        try submission.viewer.require(.keepPrograms)
        let issued = IssuedKey(program: id, key: Self.newKey())
        let (subject, today) = (Subject(.program, id.text), clock.today)
        let run = RanOnce()
        try await store.once(submission, about: subject, at: clock.now) { connection, now in
            run.mark()
            let program = try Programs.find(id, on: connection)
            let deed = try PairedDeeds.confirm(
                .issueProgramKey, proposal, about: subject, seen: program?.version ?? 0, telling: pairs,
                by: submission, at: now, on: connection)
            let proposed = try deed.parameters(ProposedKey.self)
            guard proposed.expires > today else {
                throw Refusal(.stale, "Hạn của khóa đã qua khi chờ xác nhận; hãy bỏ đề nghị này và lập lại.")
            }
            if let draft = proposed.draft {
                try check(draft, on: connection)
                try enter(draft, id, issued.key, by: submission.actor, at: now, on: connection)
            } else {
                let live = try Self.live(id, seen: program?.version ?? 0, on: connection)
                try turn(live, issued.key, until: proposed.expires, by: submission.actor, at: now, on: connection)
            }
        }
        known.forget()
        return try outcome(run, issued, isProposed: false)
    }

    /// Takes a proposed key back, by whoever may issue one.
    public func withdrawKey(of id: RecordID, _ proposal: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.keepPrograms)
        let subject = Subject(.program, id.text)
        try await store.once(submission, about: subject, at: clock.now) { connection, now in
            try PairedDeeds.withdraw(
                .issueProgramKey, proposal, about: subject, telling: pairs, by: submission, at: now, on: connection)
        }
    }

    /// Ends proposals that nobody confirmed in their time. Part of the caller's transaction.
    /// - Returns: how many.
    @Sendable public func lapse(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        try PairedDeeds.lapse(.issueProgramKey, telling: pairs, at: now, atMost: limit, on: connection)
    }
}
