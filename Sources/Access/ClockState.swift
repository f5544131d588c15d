public import Database
public import Kernel

/// What is known of time beside what the machine's clock says: the last moment that a server noted while its clock was sound,
/// and the newest entry of the audit trail. A clock that leaps away from both is not believed: a run in a wrong year would
/// silence reminders, end sessions and date everything for good.
public struct ClockState: Sendable, Equatable {
    /// After a longer pause a person confirms the clock, on screen or by `baophu doctor --trust-clock`.
    public static let longestPauseDays = 30
    /// Clocks of two servers differ, and are put right by a little.
    public static let toleratedSeconds: Int64 = 86_400

    /// The last moment noted; nil before the first server that notes it.
    public let noted: Timestamp?
    /// Of the newest entry of the trail since a clock was last confirmed; nil without one.
    public let newestEntry: Timestamp?
    /// Whether somebody came in while the clock was doubted: entries since then say nothing of the time, until the doubt ends.
    public let isHeld: Bool

    public enum Verdict: Sendable, Equatable {
        case sound
        /// Later than the last written moment by more than a pause may last.
        case ahead(of: Timestamp)
        /// Earlier than what is written already.
        case behind(Timestamp)
    }

    /// The last moment that something is known of.
    public var last: Timestamp? { [noted, newestEntry].compactMap(\.self).max() }

    /// - Returns: ``Verdict/sound`` as long as no server noted its clock: there is nothing to compare with.
    public func verdict(at now: Timestamp) -> Verdict {
        guard noted != nil, let last else { return .sound }
        if now > last.adding(seconds: Int64(Self.longestPauseDays) * 86_400) { return .ahead(of: last) }
        if now < last.adding(seconds: -Self.toleratedSeconds) { return .behind(last) }
        return .sound
    }

    /// Moments of the trail that lie ahead of the clock, also where no server noted its own.
    public func isOvertaken(at now: Timestamp) -> Bool {
        last.map { now < $0.adding(seconds: -Self.toleratedSeconds) } ?? false
    }

    public static func read(on connection: any SQLConnection) throws -> ClockState {
        let mark = try connection.row("SELECT at, trusted_sequence FROM clock_mark WHERE one = 1")
        let newest = try connection.row(
            "SELECT sequence, at FROM audit_entry WHERE sequence = (SELECT MAX(sequence) FROM audit_entry)")
        let trusted = try mark?.integer("trusted_sequence") ?? 0
        let isHeld = trusted == heldSequence
        return ClockState(
            noted: try mark?.timestamp("at"),
            newestEntry: try newest.flatMap { try $0.integer("sequence") > trusted ? $0.timestamp("at") : nil },
            isHeld: isHeld)
    }

    /// Stands for all sequences to come.
    private static let heldSequence = Int(Int32.max)

    /// Lets somebody come in while the clock is doubted, so that a person can confirm it: what is written meanwhile does not
    /// speak for the doubted time.
    public static func hold(on connection: any SQLConnection) throws {
        let state = try read(on: connection)
        guard !state.isHeld, let last = state.last else { return }
        try write(last, trustedSequence: heldSequence, on: connection)
    }

    /// Counts from the present on, whatever was written before: whoever restores a backup knows that it is an old one.
    public static func resume(at now: Timestamp, on connection: any SQLConnection) throws {
        guard case .ahead = try read(on: connection).verdict(at: now) else { return }
        let sequence = try connection.integer("SELECT sequence FROM audit_head WHERE one = 1") ?? 0
        try write(now, trustedSequence: sequence, on: connection)
    }

    /// Notes the present, unless it is not to be believed.
    /// - Returns: the verdict on the present.
    @discardableResult
    public static func note(_ now: Timestamp, on connection: any SQLConnection) throws -> Verdict {
        let state = try read(on: connection)
        let verdict = state.verdict(at: now)
        if verdict == .sound, !state.isHeld, !state.isOvertaken(at: now), state.noted.map({ $0 < now }) ?? true {
            try write(now, trustedSequence: nil, on: connection)
        }
        return verdict
    }

    private static func write(
        _ now: Timestamp, trustedSequence: Int?, on connection: any SQLConnection
    ) throws {
        let changed =
            try trustedSequence.map {
                try connection.execute("UPDATE clock_mark SET at = ?, trusted_sequence = ? WHERE one = 1", now, $0)
            } ?? connection.execute("UPDATE clock_mark SET at = ? WHERE one = 1", now)
        guard changed == 0 else { return }
        try connection.execute(
            "INSERT INTO clock_mark (one, at, trusted_sequence) VALUES (1, ?, ?)", now, trustedSequence ?? 0)
    }

    /// Takes the present for true: entries of the trail up to now, which may be dated in a future that never was, no longer
    /// speak against it. Sessions, tries, used codes and proposals of that future end.
    /// - Returns: how many rows of accounts were put right.
    public static func trust(_ now: Timestamp, by actor: Actor, on connection: any SQLConnection) throws -> Int {
        let later = now.adding(seconds: toleratedSeconds)
        var changed = try connection.execute(
            "UPDATE session SET ended_at = ? WHERE ended_at IS NULL AND (created_at > ? OR last_seen_at > ?)", now,
            later, later)
        changed += try connection.execute("DELETE FROM sign_in_attempt WHERE at > ?", later)
        changed += try connection.execute("DELETE FROM sign_in_window WHERE began_at > ?", later)
        changed += try connection.execute("UPDATE invitation SET expires_at = ? WHERE created_at > ?", now, later)
        // A code's step is half a minute: one used in the future would close the second factor until then.
        changed += try connection.execute(
            "UPDATE account SET one_time_last_step = NULL WHERE one_time_last_step > ?", later.secondsSinceEpoch / 30)
        changed += try connection.execute(
            "UPDATE paired_deed SET ended_at = ?, outcome = 'lapsed' WHERE ended_at IS NULL AND proposed_at > ?", now,
            later)
        try AuditTrail.append(
            AuditEvent(
                "clock.trusted", subject: Subject(.clock, now.day), detail: "Đồng hồ máy chủ đúng: \(now.vietnamese)"),
            by: actor, at: now, on: connection)
        let sequence = try connection.integer("SELECT sequence FROM audit_head WHERE one = 1") ?? 0
        try write(now, trustedSequence: sequence - 1, on: connection)
        return changed
    }
}

extension Subject.Kind {
    /// The machine's clock; the key is a day.
    public static let clock = Self("clock")
}

/// The machine's clock is not believed, and nothing is done by it.
public struct ClockProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let now: Timestamp
    public let verdict: ClockState.Verdict

    public init(now: Timestamp, verdict: ClockState.Verdict) {
        self.now = now
        self.verdict = verdict
    }

    public var description: String {
        let remedy =
            "set the clock (`timedatectl set-ntp true`); if it is right, an administrator confirms it on screen, or you by `baophu doctor --trust-clock`"
        return switch verdict {
        case .sound: "the clock is sound"
        case .ahead(let last):
            "the machine's clock says \(now), the last written moment is \(last), more than \(ClockState.longestPauseDays) days before: \(remedy)"
        case .behind(let last):
            "the machine's clock says \(now), what is written is dated up to \(last): \(remedy)"
        }
    }

    /// For whoever sent a form.
    public var refusal: Refusal {
        Refusal(
            .notNow,
            "Đồng hồ máy chủ ghi \(now.vietnamese), không khớp với những gì đã lưu. Hệ thống không lưu gì cho đến khi quản trị hệ thống đăng nhập và xác nhận ngày giờ. Hãy giữ lại nội dung vừa nhập để gửi sau."
        )
    }
}

extension DataStore {
    /// What is to be thought of a moment that the machine's clock says.
    public func clockVerdict(at now: Timestamp) async throws -> ClockState.Verdict {
        try await read { try ClockState.read(on: $0) }.verdict(at: now)
    }
}

extension AccessService {
    /// What is known of time beside the machine's clock.
    public func clockState() async throws -> ClockState { try await store.read { try ClockState.read(on: $0) } }
}

/// A row that is written to learn whether the database can be.
public enum HealthMark {
    public static func write(on connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO health_mark (one, number) VALUES (1, 1)
            ON CONFLICT (one) DO UPDATE SET number = health_mark.number + 1
            """)
    }
}
