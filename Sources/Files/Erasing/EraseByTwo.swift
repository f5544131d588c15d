public import Access
public import Database
public import Kernel

// Two people: the first asks with a reason, the second confirms just that; then the file is gone.
extension FileErasure {
    private struct Proposal: Codable {
        let reason: String
        let holder: String
        let holderWords: String
    }

    /// Asks that a file be erased; nothing happens to it yet.
    public func propose(_ id: RecordID, reason typed: String, by submission: Submission) async throws {
        let reason = VietnameseText.tidy(typed)
        guard reason.count >= 10, reason.count <= 500 else {
            throw Refusal(fields: [
                .init(
                    ErasureField.reason,
                    "Hãy ghi lý do (10 đến 500 ký tự): tệp có gì không được lưu, ai phát hiện. Không chép lại dữ liệu cá nhân."
                )
            ])
        }
        try await store.once(submission, about: Subject(.file, id), at: clock.now) { connection, now in
            let found = try self.file(id, for: submission.viewer, at: now, on: connection)
            guard found.minutes == nil, !found.file.isErased else { throw Self.done }
            guard let holder = found.holder, holder.mayAsk else {
                throw Refusal(.forbidden, "Chỉ đơn vị có tệp và người quản lý dữ liệu mới đề nghị huỷ được tệp này.")
            }
            try PairedDeeds.propose(
                .eraseFile, about: Subject(.file, id), seen: found.seen,
                parameters: Proposal(reason: reason, holder: holder.subject.text, holderWords: holder.words),
                words: "\(holder.words); SHA-256 \(found.file.sha256.prefix(12)); lý do: \(reason)", telling: pairs,
                seconds: self.seconds(for: found, besides: submission.viewer.account, on: connection), by: submission,
                at: now, on: connection)
        }
    }

    /// The second person: the content is gone, the minutes are written, all in one step.
    /// - Parameter deed: of the proposal that the person read.
    public func confirm(_ id: RecordID, deed: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.file, id), at: clock.now) { connection, now in
            let found = try self.file(id, for: submission.viewer, at: now, on: connection)
            guard found.minutes == nil, !found.file.isErased else { throw Self.done }
            guard self.mayConfirm(found, submission.viewer) else {
                throw Refusal(
                    .forbidden,
                    found.holder?.needsOutsider == true
                        ? "Nơi khác đã chấp nhận dựa trên tệp này: người xác nhận phải có quyền và ở ngoài đơn vị có tệp."
                        : "Bạn không có quyền xác nhận huỷ tệp này.")
            }
            let proposed = try PairedDeeds.confirm(
                .eraseFile, deed, about: Subject(.file, id), seen: found.seen, telling: pairs, by: submission, at: now,
                on: connection)
            try self.erase(found.file, as: proposed, by: submission, at: now, on: connection)
        }
        // Done already; somebody who still reads may keep the log from being emptied, and the daily deed does it then.
        try? await scrub()
    }

    /// Takes a proposal back, or refuses it.
    public func withdraw(_ id: RecordID, deed: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.file, id), at: clock.now) { connection, now in
            let found = try self.file(id, for: submission.viewer, at: now, on: connection)
            // One that waits no longer is refused as such below, to its proposer too.
            if let waiting = found.waiting, waiting.id == deed {
                guard waiting.proposedBy == submission.viewer.account || self.mayConfirm(found, submission.viewer)
                else {
                    throw Refusal(
                        .forbidden, "Chỉ người đề nghị và người có quyền xác nhận mới bỏ được đề nghị này.")
                }
            }
            try PairedDeeds.withdraw(
                .eraseFile, deed, about: Subject(.file, id), telling: pairs, by: submission, at: now, on: connection)
        }
    }

    /// Ends proposals that nobody confirmed in their time, and those that nobody could confirm any more. Part of the caller's
    /// transaction.
    /// - Returns: how many.
    @Sendable public func lapse(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let lapsed = try PairedDeeds.lapse(.eraseFile, telling: pairs, at: now, atMost: limit, on: connection)
        return try lapsed + endUnfit(at: now, atMost: limit - lapsed, on: connection)
    }

    /// Ends proposals that nobody could confirm any more because what the erasure undoes has changed. Part of the transaction
    /// that may have changed it.
    /// - Returns: how many.
    @Sendable public func endUnfit(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        var ended = 0
        for deed in try PairedDeeds.unended(.eraseFile, on: connection) where ended < limit && deed.until > now {
            guard let id = RecordID(deed.subject.key),
                let proposer = try pairs.viewer(of: deed.proposedBy, on: connection)
            else { continue }
            do {
                guard try !file(id, for: proposer, at: now, on: connection).fits else { continue }
            } catch let refusal as Refusal where refusal.kind == .notFound {
                continue
            }
            try PairedDeeds.outdate(.eraseFile, deed, telling: pairs, at: now, on: connection)
            ended += 1
        }
        return ended
    }

    private static let done = Refusal(.stale, "Tệp này đã huỷ trước đó.")

    private func erase(
        _ file: StoredFile, as deed: PairedDeed, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let proposal: Proposal = try deed.parameters()
        try StoredFiles.eraseContent(of: file, at: now, on: connection)
        let year = now.day.year
        let number = try (connection.integer("SELECT MAX(number) FROM file_erasure WHERE year = ?", year) ?? 0) + 1
        var told = [Subject(.file, file.id)]
        if let subject = Subject(proposal.holder) { told += [subject, Subject(.file, subject)] }
        for overwrite in names { told += try overwrite(file, StoredFile.erasedName, connection) }
        let masked = try AuditTrail.mask(
            file.name, in: told, as: Self.hidden(number, year), on: connection)
        try connection.execute(
            """
            INSERT INTO file_erasure (id, number, year, file, sha256, bytes, media_type, holder, holder_words, reason,
                asked_at, asked_by, asked_by_name, erased_at, confirmed_by, confirmed_by_name, trail_entries)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, RecordID(at: now), number, year, file.id, file.sha256, file.size, file.mediaType, proposal.holder,
            proposal.holderWords, proposal.reason, deed.proposedAt, deed.proposedBy, deed.proposedByName, now,
            submission.viewer.account, submission.viewer.name, masked)
        try AuditTrail.append(
            AuditEvent(
                "file.erased", subject: Subject(.file, file.id),
                detail:
                    "biên bản \(number)/\(year); \(proposal.holderWords); lý do: \(proposal.reason); SHA-256 \(file.sha256)"
            ), by: submission.actor, at: now, on: connection)
        let erased = ErasedFile(file: file, minutes: "\(number)/\(year)", reason: proposal.reason)
        for undo in losses { try undo(erased, submission, now, connection) }
        // The thing's own pages are kept by the revision of its kind.
        if let kind = Subject(proposal.holder)?.kind { try Revisions.advance(kind, on: connection) }
    }
}
