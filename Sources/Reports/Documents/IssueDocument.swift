public import Access
import Database
import Documents
public import Files
public import Kernel
import Overview
import Work

extension DocumentService {
    /// Enters number, day, signer and signed copy of a document: once, and everything that cites it reads them here. The same
    /// number and symbol of a unit in a year is told.
    ///
    /// Where two people issue, it is proposed: checked in full, with its copy kept, for somebody else to confirm
    /// (``confirmIssue(of:_:version:by:)``).
    /// - Parameters:
    ///   - reason: why they are corrected; only for a document that has them.
    ///   - version: the one that the person looked at; nil for whoever looked at none.
    public func issue(
        _ id: RecordID, _ typed: SigningDraft, file: IncomingFile?, reason typedReason: String = "",
        version: Int? = nil, by submission: Submission
    ) async throws {
        let reason = VietnameseText.tidy(typedReason)
        try await store.once(
            submission, about: Subject(.document, id), with: file, at: clock.now
        ) { connection, now, sent in
            let found = try self.find(id, for: submission.viewer, on: connection)
            guard self.mayRead(found, submission.viewer) else { throw Self.unknown }
            try self.requireWriter(submission.viewer, of: found.unit)
            try found.require(version)
            var signing = try self.checked(
                typed, of: found, reason: reason, for: submission.viewer, at: now, on: connection)
            let stored = try sent?.keep(at: now, on: connection)
            if let stored {
                try connection.execute(
                    "INSERT INTO signed_copy (file, document, at) VALUES (?, ?, ?)", stored.id, id, now)
                if let guarding = found.copyGuard {
                    try StoredFiles.guardFile(stored.id, by: guarding, on: connection)
                }
            }
            if self.services.pairs.needsTwo(.issueDocument) {
                return try self.propose(
                    found, signing, ProposedSigning(typed, file: stored?.id, reason: reason), by: submission, at: now,
                    on: connection)
            }
            signing.file = stored?.id ?? found.signing?.file
            try self.issue(found, signing, reason: reason, by: submission, at: now, on: connection)
        }
    }

    /// Checks what a signing must fit.
    func checked(
        _ typed: SigningDraft, of found: StoredDocument, reason: String, for viewer: Viewer, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> Signing {
        let checked = typed.checked(symbol: try found.document().symbol, today: now.day)
        guard let signing = checked.signing else { throw Refusal(fields: checked.problems) }
        guard found.signing == nil || !reason.isEmpty else {
            throw Refusal(fields: [.init(DocumentField.reason, "Văn bản đã có số và ngày; hãy ghi lý do sửa.")])
        }
        guard signing.day >= found.madeAt.day else {
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
        return signing
    }

    /// Carries a checked signing out.
    /// - Parameter words: what the audit trail says besides.
    func issue(
        _ found: StoredDocument, _ signing: Signing, reason: String, words: String = "", by submission: Submission,
        at now: Timestamp, on connection: any SQLConnection
    ) throws {
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
        try AuditTrail.append(
            AuditEvent(
                "document.issued", subject: Subject(.document, found.id),
                detail: "số \(signing.citation)\(reason.isEmpty ? "" : "; sửa: \(reason)")\(words)"),
            by: submission.actor, at: now, on: connection)
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
            try $0.signing?.number == signing.number && $0.signing?.day.year == signing.day.year
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
                    SELECT c.file, d.unit FROM signed_copy c JOIN official_document d ON d.id = c.document
                    WHERE d.template = ?
                    """, kind.id)
                for row in rows {
                    guard let unit = UnitCode(try row.text("unit")), let column = kind.guards.first else { continue }
                    try StoredFiles.guardFile(try row.recordID("file"), by: column.by(unit), on: connection)
                }
            }
        }
    }
}
