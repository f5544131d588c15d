public import Access
import Database
public import Kernel

extension ExchangeService {
    /// Puts an agreement forward, for the other side to agree to.
    /// - Returns: its subject.
    public func propose(_ draft: AgreementDraft, by submission: Submission) async throws -> Subject {
        try submission.viewer.require(.keepAgreements)
        let (giver, receiver, terms) = try check(draft)
        let number = try await store.read { connection in
            try (connection.integer("SELECT MAX(number) FROM agreement") ?? 0) + 1
        }
        return try await store.once(submission, about: Subject(.agreement, number), at: clock.now) {
            connection, now in
            let taken = try connection.integer("SELECT COUNT(*) FROM agreement WHERE number >= ?", number) ?? 0
            guard taken == 0 else {
                throw Refusal(.stale, "Một thỏa thuận khác vừa được lập cùng lúc; hãy gửi lại.")
            }
            try connection.execute(
                "INSERT INTO agreement (number, giver, receiver, format, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)",
                number, giver.text, receiver.text, draft.format, now, submission.viewer.name)
            try enter(terms, 1, of: number, (giver, receiver), by: submission, at: now, on: connection)
        }
    }

    /// Puts another wording of an agreement forward; the one in force holds until it is signed.
    public func proposeVersion(
        _ draft: AgreementDraft, of number: Int, by submission: Submission
    ) async throws {
        try submission.viewer.require(.keepAgreements)
        let (giver, receiver, terms) = try check(draft)
        try await change(number, .propose, by: submission) { agreement, side, connection, now in
            guard agreement.giver == giver, agreement.receiver == receiver, agreement.format == draft.format else {
                throw Refusal(
                    .invalid, "Bản mới giữ bên giao, bên nhận và danh sách; muốn đổi thì lập thỏa thuận khác.")
            }
            let version = (agreement.versions.last?.version ?? 0) + 1
            try enter(terms, version, of: number, (giver, receiver), by: submission, at: now, on: connection)
        }
    }

    private func enter(
        _ terms: AgreementTerms, _ version: Int, of number: Int, _ sides: (giver: UnitCode, receiver: UnitCode),
        by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let viewer = submission.viewer
        let probe = Agreement(
            number: number, giver: sides.giver, receiver: sides.receiver, format: "", versions: [], madeAt: now)
        guard let side = probe.side(of: viewer) else {
            throw Refusal(
                .forbidden, "Bạn chỉ lập được thỏa thuận mà đơn vị bạn là bên giao hoặc bên nhận dữ liệu.")
        }
        let own = probe.unit(of: side)
        try connection.execute(
            """
            INSERT INTO agreement_version (agreement, version, terms, state, proposed_by) VALUES (?, ?, ?, ?, ?)
            """, number, version, try terms.json, AgreementVersion.State.proposed.rawValue, own.text)
        try Agreements.note(
            .proposed, version, of: number, words: "", unit: own, by: viewer.name, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent("agreement.proposed", subject: Subject(.agreement, number), detail: "bản \(version)"),
            by: submission.actor, at: now, on: connection)
        let agreement = try Agreements.require(number, on: connection)
        try tell(.proposed, agreement, from: side, by: submission, at: now, on: connection)
    }

    /// Agrees to the version that waits.
    /// - Parameter seen: the version that was read.
    public func agree(to number: Int, seen: Int, by submission: Submission) async throws {
        try await change(number, .agree, by: submission) { agreement, side, connection, now in
            let version = try Self.open(agreement, seen)
            try note(.agreed, version, of: agreement, side, by: submission, at: now, on: connection)
        }
    }

    public func refuse(_ number: Int, seen: Int, reason: String, by submission: Submission) async throws {
        let reason = try Self.reason(reason, "Hãy ghi vì sao không đồng ý.")
        try await change(number, .refuse, by: submission) { agreement, side, connection, now in
            let version = try Self.open(agreement, seen)
            try note(.refused, version, of: agreement, side, words: reason, by: submission, at: now, on: connection)
        }
    }

    /// Takes the own proposal back.
    public func withdrawProposal(of number: Int, seen: Int, by submission: Submission) async throws {
        try await change(number, .withdraw, by: submission) { agreement, side, connection, now in
            let version = try Self.open(agreement, seen)
            try note(.withdrawn, version, of: agreement, side, by: submission, at: now, on: connection)
        }
    }

    /// Enters the signed paper: from its first day on the version holds.
    public func sign(
        _ number: Int, seen: Int, paper: String, on day: String, by submission: Submission
    ) async throws {
        let paper = VietnameseText.tidy(paper)
        var problems: [Refusal.FieldProblem] = []
        if paper.isEmpty || paper.count > 60 {
            problems.append(.init(AgreementField.number, "Hãy ghi số, ký hiệu của văn bản đã ký."))
        }
        let signed = self.day(day, .day, "ngày ký", &problems)
        if let signed, signed > clock.today {
            problems.append(.init(AgreementField.day, "Ngày ký chưa tới."))
        }
        guard problems.isEmpty, let signed else { throw Refusal(fields: problems) }
        try await change(number, .sign, by: submission) { agreement, side, connection, now in
            let version = try Self.open(agreement, seen)
            try refuseOverlap(of: agreement, version.terms, on: connection)
            try connection.execute(
                "UPDATE agreement_version SET paper_number = ?, paper_day = ? WHERE agreement = ? AND version = ?",
                paper, signed, number, version.version)
            try note(
                .signed, version, of: agreement, side, words: SignedPaper(number: paper, day: signed).words,
                by: submission, at: now, on: connection)
        }
    }

    /// Ends what is in force, from a day on.
    public func end(_ number: Int, reason: String, by submission: Submission) async throws {
        let reason = try Self.reason(reason, "Hãy ghi vì sao chấm dứt.")
        let last = clock.today
        try await change(number, .end, by: submission) { agreement, side, connection, now in
            guard let version = agreement.inForce(on: last) else { throw Self.stale }
            try connection.execute(
                "UPDATE agreement_version SET ended_on = ? WHERE agreement = ? AND version = ?", last, number,
                version.version)
            try note(.ended, version, of: agreement, side, words: reason, by: submission, at: now, on: connection)
        }
    }

    // MARK: Parts

    static let stale = Refusal(
        .stale, "Thỏa thuận đã thay đổi sau khi bạn mở trang. Hãy tải lại trang, xem lại rồi làm lại.")

    static func reason(_ text: String, _ words: String) throws(Refusal) -> String {
        let reason = VietnameseText.tidy(text)
        guard !reason.isEmpty else { throw Refusal(fields: [.init(AgreementField.reason, words)]) }
        return reason
    }

    private static func open(_ agreement: Agreement, _ seen: Int) throws(Refusal) -> AgreementVersion {
        guard let open = agreement.open, open.version == seen else { throw stale }
        return open
    }

    /// One transaction: the agreement as it is now, who stands where, whether the deed is open to that person, the deed.
    private func change(
        _ number: Int, _ action: Agreement.Action, by submission: Submission,
        _ body: @escaping @Sendable (Agreement, ExchangeSide, any SQLConnection, Timestamp) throws -> Void
    ) async throws {
        try submission.viewer.require(.keepAgreements)
        try await store.once(submission, about: Subject(.agreement, number), at: clock.now) { connection, now in
            let agreement = try Agreements.require(number, on: connection)
            guard AgreementReach(submission.viewer).covers(agreement) else {
                throw Refusal(.notFound, "Không có thỏa thuận số \(number), hoặc thỏa thuận không thuộc đơn vị bạn.")
            }
            guard let side = agreement.side(of: submission.viewer) else {
                throw Refusal(.forbidden, "Chỉ bên giao và bên nhận mới thay đổi được thỏa thuận; bạn chỉ xem.")
            }
            guard agreement.actions(for: submission.viewer, on: now.day).contains(action) else {
                if action == .agree || action == .refuse, let open = agreement.open,
                    open.proposedBy == agreement.unit(of: side)
                {
                    throw Refusal(.forbidden, "Đơn vị bạn đã đề nghị bản này; bên kia mới đồng ý được.")
                }
                throw Self.stale
            }
            try body(agreement, side, connection, now)
        }
    }

    /// Notes an event with all that follows it: audit, journal, notices.
    private func note(
        _ kind: AgreementEvent.Kind, _ version: AgreementVersion, of agreement: Agreement, _ side: ExchangeSide,
        words: String = "", by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try Agreements.note(
            kind, version.version, of: agreement.number, words: words, unit: agreement.unit(of: side),
            by: submission.viewer.name, at: now, on: connection)
        let subject = Subject(.agreement, agreement.number)
        try AuditTrail.append(
            AuditEvent(
                "agreement.\(kind.rawValue)", subject: subject,
                detail: words.isEmpty ? "bản \(version.version)" : "bản \(version.version): \(words)"),
            by: submission.actor, at: now, on: connection)
        let entry: ExchangeEntry.Kind? =
            switch kind {
            case .agreed: .agreed
            case .signed: .signed
            case .ended: .ended
            case .proposed, .refused, .withdrawn: nil
            }
        if let entry {
            try ExchangeJournal.note(
                entry, from: agreement.giver, to: agreement.receiver, about: subject,
                content: ExchangeJournal.digest(of: try version.terms.json),
                words: "\(agreement.name), bản \(version.version)\(words.isEmpty ? "" : ": \(words)")", keys: keys,
                at: now, on: connection)
        }
        try tell(kind, agreement, from: side, by: submission, at: now, on: connection)
    }

    /// Two agreements for one sender's list at one time would leave a delivery without a rule.
    private func refuseOverlap(
        of agreement: Agreement, _ terms: AgreementTerms, on connection: any SQLConnection
    ) throws {
        let others = try Agreements.all(on: connection).filter {
            $0.number != agreement.number && $0.format == agreement.format
                && ($0.covers(agreement.giver) || agreement.covers($0.giver))
        }
        for other in others {
            let meets = other.spans.contains { span in
                span.last.map { terms.from <= $0 } ?? true && terms.until.map { span.first <= $0 } ?? true
            }
            guard !meets else {
                throw Refusal(
                    .invalid,
                    "\(other.name) đã quy định danh sách này của \(name(agreement.giver)) trong cùng thời gian; hãy chấm dứt thỏa thuận ấy, hoặc lập bản mới của nó."
                )
            }
        }
    }
}
