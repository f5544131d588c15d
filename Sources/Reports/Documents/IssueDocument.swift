public import Access
import Database
import Documents
public import Files
import Foundation
public import Kernel
import Overview
import Targets
import Work

extension DocumentService {
    /// Enters number, day, signer and signed copy of a document: once, and everything that cites it reads them here. The same
    /// number and symbol of a unit in a year is told. A paper that gives targets decides its scenario by that, in the same
    /// transaction.
    ///
    /// Where two people issue, it is proposed: checked in full, with its copy kept, for somebody else to confirm
    /// (``confirmIssue(of:_:version:by:)``).
    /// - Parameters:
    ///   - reason: why they are corrected, or why another paper is replaced; only then.
    ///   - replacing: a decision on the same targets whose place it takes.
    ///   - version: the one that the person looked at; nil for whoever looked at none.
    public func issue(
        _ id: RecordID, _ typed: SigningDraft, file: IncomingFile?, reason typedReason: String = "",
        replacing: RecordID? = nil, version: Int? = nil, by submission: Submission
    ) async throws {
        let reason = VietnameseText.tidy(typedReason)
        try await store.once(
            submission, about: Subject(.document, id), with: file, at: clock.now
        ) { connection, now, sent in
            let found = try self.find(id, for: submission.viewer, on: connection)
            guard self.mayRead(found, submission.viewer) else { throw Self.unknown }
            try self.requireWriter(submission.viewer, of: found.unit)
            try found.require(version)
            let replaced = try replacing.map {
                try self.replaced($0, by: found, for: submission.viewer, on: connection)
            }
            var (signing, step) = try self.checked(
                typed, of: found, replacing: replaced, reason: reason, hasCopy: sent != nil, for: submission.viewer,
                at: now, on: connection)
            let stored = try sent?.keep(at: now, on: connection)
            if let stored {
                try connection.execute(
                    "INSERT INTO signed_copy (file, document, at) VALUES (?, ?, ?)", stored.id, id, now)
                if let guarding = found.copyGuard {
                    try StoredFiles.guardFile(stored.id, by: guarding, on: connection)
                }
            }
            if self.needsTwo(found) {
                return try self.propose(
                    found, signing, step,
                    ProposedSigning(typed, file: stored?.id, reason: reason, replacing: replacing),
                    by: submission, at: now, on: connection)
            }
            signing.file = stored?.id ?? found.signing?.file
            try self.issue(
                found, signing, step, replacing: replaced, reason: reason, by: submission, at: now, on: connection)
        }
    }

    /// Checks what a signing must fit, and what it does to the scenario of a paper that gives targets.
    func checked(
        _ typed: SigningDraft, of found: StoredDocument, replacing replaced: ReplacedDecision?, reason: String,
        hasCopy: Bool, for viewer: Viewer, at now: Timestamp, on connection: any SQLConnection
    ) throws -> (Signing, SplitStep?) {
        guard try Self.end(of: found.id, on: connection) == nil else {
            throw Refusal(.stale, "Văn bản này đã thu hồi hoặc thay thế nên không ghi số, ngày nữa.")
        }
        // Where the issuer's symbol is not known, a number alone would be signed with the gap.
        let symbol = try found.document().symbol
        let checked = typed.checked(symbol: symbol.contains(DocumentTemplate.open) ? "" : symbol, today: now.day)
        guard let signing = checked.signing else { throw Refusal(fields: checked.problems) }
        try Self.requireKind(signing.number, of: found.type, beside: symbol)
        // A copy handed in after number and day corrects nothing.
        let addsCopy =
            hasCopy
            && found.signing.map { $0.file == nil && Self.isSame($0, signing) && $0.signer == signing.signer }
                ?? false
        guard found.signing == nil || addsCopy || !reason.isEmpty else {
            throw Refusal(fields: [.init(DocumentField.reason, "Văn bản đã có số và ngày; hãy ghi lý do sửa.")])
        }
        guard replaced == nil || !reason.isEmpty else {
            throw Refusal(fields: [.init(DocumentField.reason, "Hãy ghi lý do thay thế quyết định trước.")])
        }
        let step = try splitStep(
            of: found, signing, replacing: replaced?.scenario.id, for: viewer, on: connection)
        if case .decide? = step, !hasCopy, found.signing?.file == nil {
            throw Refusal(fields: [
                .init(SigningDraft.Key.file, "Hãy kèm bản đã ký (PDF): ban hành văn bản này là giao chỉ tiêu.")
            ])
        }
        // A decision entered at the desk may be retold by a paper composed later.
        var isRetold = false
        if case .follow? = step { isRetold = true }
        guard isRetold || signing.day >= found.madeAt.day || Self.isSame(signing, found.signing) else {
            throw Refusal(fields: [
                .init(
                    SigningDraft.Key.day,
                    "Văn bản được soạn ngày \(found.madeAt.day.vietnamese); ngày ban hành không thể sớm hơn.")
            ])
        }
        // What goes with another paper shares that one's number.
        if try found.document().issuedWith == nil {
            try refuseTwin(of: found, signing, for: viewer, on: connection)
        }
        return (signing, step)
    }

    /// Carries a checked signing out.
    /// - Parameter words: what the audit trail says besides.
    func issue(
        _ found: StoredDocument, _ signing: Signing, _ step: SplitStep?, replacing replaced: ReplacedDecision?,
        reason: String, words: String = "", by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        if let replaced {
            try allocations.reopen(
                replaced.scenario.id, reason: reason, successor: true, by: submission, at: now, on: connection)
        }
        if let step {
            try carryOut(step, signing, reason: reason, words: words, by: submission, at: now, on: connection)
        }
        try connection.execute(
            """
            UPDATE official_document SET \(Signing.columns.map { "\($0) = ?" }.joined(separator: ", ")),
                issued_at = ?, issued_by_name = ?, version = version + 1 WHERE id = ?
            """, signing.columnValues + [now.sqlValue, submission.viewer.name.sqlValue, found.id.sqlValue])
        if let file = found.signing?.file,
            let paper = try find(found.id, for: submission.viewer, on: connection).paper
        {
            try work.follow(paper, formerly: file, by: submission, at: now, on: connection)
        }
        try fillPlaces(with: found, by: submission, at: now, on: connection)
        try tellAsked(by: found.id, for: submission.viewer, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent(
                "document.issued", subject: Subject(.document, found.id),
                detail:
                    "số \(signing.citation)\(reason.isEmpty ? "" : "; \(replaced == nil ? "sửa" : "thay thế"): \(reason)")\(words)"
            ),
            by: submission.actor, at: now, on: connection)
        if let replaced {
            try endPaper(
                replaced.paper, replaced.signing, successor: try find(found.id, for: submission.viewer, on: connection),
                reason: reason, words: words, by: submission, at: now, on: connection)
        }
    }

    /// The symbol of a text that has a name begins with its kind (`/QĐ-UBND`), a letter's never does (Decree 30/2020/NĐ-CP,
    /// annex I, II.3): another kind's symbol is another paper's number.
    private static func requireKind(
        _ number: DocumentNumber, of type: DocumentType, beside own: String
    ) throws(Refusal) {
        let expected = kind(in: own)
        guard kind(in: number.symbol) != expected else { return }
        let rule =
            expected.map { "Ký hiệu của \(type.words.lowercased()) bắt đầu bằng /\($0)-" }
            ?? "Ký hiệu của \(type.words.lowercased()) không có chữ viết tắt tên loại văn bản"
        throw Refusal(fields: [
            .init(
                SigningDraft.Key.number,
                "\(rule); “\(number)” là số của văn bản khác loại. Hãy xem lại số trên bản đã ký.")
        ])
    }

    /// `QĐ` of `/QĐ-UBND`; nil where a symbol begins with no kind's letters.
    private static func kind(in symbol: String) -> String? {
        let typed = symbol.lowercased()
        return DocumentType.allCases.filter { $0.title != nil }.map(\.rawValue).first {
            typed.hasPrefix("/\($0.lowercased())-")
        }
    }

    private func refuseTwin(
        of found: StoredDocument, _ signing: Signing, for viewer: Viewer, on connection: any SQLConnection
    ) throws {
        guard try hasTwin(found, signing, for: viewer, on: connection) else { return }
        throw Refusal(fields: [
            .init(
                SigningDraft.Key.number,
                "Năm \(signing.day.year) đơn vị đã có \(found.type.words.lowercased()) số \(signing.number).")
        ])
    }

    /// Whether another paper of the unit and type has the number in that year.
    func hasTwin(
        _ found: StoredDocument, _ signing: Signing, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> Bool {
        try connection.rows(
            """
            SELECT * FROM official_document WHERE unit = ? AND type = ? AND signed_number = ? AND signed_letter = ?
                AND id <> ?
            """, found.unit.text, found.type.rawValue, signing.number.number, signing.number.letter, found.id
        ).map { try StoredDocument($0, for: viewer, guards: kinds) }.contains {
            // Small letters make no other symbol.
            try $0.signing?.number.symbol.lowercased() == signing.number.symbol.lowercased()
                && $0.signing?.day.year == signing.day.year
                && $0.document().issuedWith == nil
        }
    }

    public func signedFile(_ id: RecordID, for viewer: Viewer) async throws -> StoredFile {
        let found = try await document(id, for: viewer)
        // Whoever may confirm what is proposed reads its copy before.
        let proposed =
            mayIssue(found, viewer)
            ? try await waitingIssue(of: id, for: viewer)?.parameters(ProposedSigning.self).file : nil
        guard let file = proposed ?? found.signing?.file,
            let stored = try await store.read({ try StoredFiles.find(file, on: $0) })
        else {
            throw Refusal(.notFound, "Văn bản này chưa có bản ký.")
        }
        guard !found.isMasked, stored.isOpen(to: viewer) else {
            throw Refusal(
                .forbidden,
                "Bản ký có thông tin được che với bạn (số điện thoại). Hãy đọc văn bản trên trang này, hoặc hỏi đơn vị lập văn bản."
            )
        }
        return stored
    }

    /// Puts copies signed before there were guards behind those of their kinds.
    public func guardSignedCopies() async throws {
        let guarded = kinds.filter { !$0.guards.isEmpty }
        try await store.write { connection in
            for kind in guarded {
                let rows = try connection.rows(
                    """
                    SELECT c.file, d.unit, d.data FROM signed_copy c JOIN official_document d ON d.id = c.document
                    WHERE d.template = ?
                    """, kind.id)
                for row in rows {
                    let data = try JSONDecoder().decode(DocumentData.self, from: Data(row.text("data").utf8))
                    guard let unit = UnitCode(try row.text("unit")),
                        let column = kind.guards.first(where: { $0.guards(data) })
                    else { continue }
                    try StoredFiles.guardFile(try row.recordID("file"), by: column.by(unit), on: connection)
                }
            }
        }
    }
}
