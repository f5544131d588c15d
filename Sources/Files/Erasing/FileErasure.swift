public import Access
public import Database
public import Kernel

extension PairedAct {
    /// Always of two people: what is erased does not come back.
    public static let eraseFile = PairedAct("files.erase", "Huỷ tệp đã tải lên", isAlways: true)
}

extension Right {
    /// Within one's own units and area, or everywhere for those who follow the whole plan.
    public static let confirmErasure = Right("files.confirm-erasure", "Xác nhận huỷ tệp do người khác đề nghị")
    public static let readErasures = Right("files.read-erasures", "Xem mọi biên bản huỷ tệp")
}

/// Erasing files: a wrong upload that holds data of persons is destroyed by two people, with minutes
/// (docs/decisions/0042). The record that named the file stays, and says so.
public struct FileErasure: Sendable {
    public let store: any DataStore
    public let clock: Clock
    private let keepers: [FileKeeper]
    private let names: [FileNameOverwriting]

    /// - Parameters:
    ///   - keepers: of all targets whose records name files.
    ///   - names: of those that keep the names of files besides.
    public init(store: any DataStore, clock: Clock, keepers: [FileKeeper], names: [FileNameOverwriting] = []) {
        self.store = store
        self.clock = clock
        self.keepers = keepers
        self.names = names
    }

    private struct Proposal: Codable {
        let reason: String
        let holder: String
        let holderWords: String
    }

    // MARK: Looking

    /// - Throws: not found, for a file that the person may not know of.
    public func file(_ id: RecordID, for viewer: Viewer) async throws -> ErasableFile {
        let now = clock.now
        return try await store.read { try self.file(id, for: viewer, at: now, on: $0) }
    }

    private func file(
        _ id: RecordID, for viewer: Viewer, at now: Timestamp, on connection: any SQLConnection
    ) throws -> ErasableFile {
        guard let file = try StoredFiles.find(id, on: connection), !file.sha256.isEmpty else { throw Self.unknown }
        let minutes = try connection.row("SELECT * FROM file_erasure WHERE file = ?", id).map(ErasureMinutes.init)
        let waiting = try PairedDeeds.waiting(.eraseFile, about: Subject(.file, id), at: now, on: connection)
        let holder = try holder(of: id, for: viewer, on: connection)
        let knowsMinutes = minutes != nil && viewer.may(.readErasures)
        guard holder != nil || knowsMinutes else { throw Self.unknown }
        return ErasableFile(
            file: file, holder: holder,
            copies: try StoredFiles.find(sha256: file.sha256, on: connection).count { $0 != id },
            waiting: waiting, minutes: minutes)
    }

    private func holder(of id: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> FileHolder? {
        for keeper in keepers {
            if let holder = try keeper(id, viewer, connection) { return holder }
        }
        return nil
    }

    /// Files of just this content that the person may know of.
    public func files(sha256: String, for viewer: Viewer) async throws -> [ErasableFile] {
        let now = clock.now
        return try await store.read { connection in
            try StoredFiles.find(sha256: sha256, on: connection).prefix(100).compactMap { id in
                do {
                    return try self.file(id, for: viewer, at: now, on: connection)
                } catch let refusal as Refusal where refusal.kind == .notFound {
                    return nil
                }
            }
        }
    }

    /// What waits for the person, or for another after the person asked.
    public func waiting(for viewer: Viewer) async throws -> [(deed: PairedDeed, file: ErasableFile)] {
        let now = clock.now
        return try await store.read { connection in
            try PairedDeeds.waiting(at: now, on: connection).filter { $0.act == PairedAct.eraseFile.name }.compactMap {
                deed in
                guard let id = RecordID(deed.subject.key) else { return nil }
                do {
                    let file = try self.file(id, for: viewer, at: now, on: connection)
                    guard deed.proposedBy == viewer.account || self.mayConfirm(file, viewer) else { return nil }
                    return (deed, file)
                } catch let refusal as Refusal where refusal.kind == .notFound {
                    return nil
                }
            }
        }
    }

    /// All minutes, the latest first.
    public func minutes(for viewer: Viewer, limit: Int = 200) async throws -> [ErasureMinutes] {
        guard viewer.may(.readErasures) else { return [] }
        return try await store.read {
            try $0.rows("SELECT * FROM file_erasure ORDER BY year DESC, number DESC LIMIT ?", limit).map(
                ErasureMinutes.init)
        }
    }

    /// Whether the person may be the second of two for this file.
    public func mayConfirm(_ file: ErasableFile, _ viewer: Viewer) -> Bool {
        guard let holder = file.holder, viewer.may(.confirmErasure) else { return false }
        let scope = viewer.scope(of: .confirmErasure, everything: .readErasures)
        return holder.unit.map { scope.covers($0) } ?? (scope.reach == .everything)
    }

    static let unknown = Refusal(.notFound, "Không có tệp này, hoặc tệp không thuộc phạm vi của bạn.")

    /// Minutes of files of just this content that are gone, the latest first: of those whose place the person sees, all for
    /// whoever reads all minutes.
    public func minutes(sha256: String, for viewer: Viewer) async throws -> [ErasureMinutes] {
        try await store.read { connection in
            try connection.rows(
                "SELECT * FROM file_erasure WHERE sha256 = ? ORDER BY year DESC, number DESC LIMIT 100", sha256
            ).map(ErasureMinutes.init).filter { minutes in
                try viewer.may(.readErasures) || self.holder(of: minutes.file, for: viewer, on: connection) != nil
            }
        }
    }

    // MARK: Two people

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
                .eraseFile, about: Subject(.file, id), seen: found.file.sha256,
                parameters: Proposal(reason: reason, holder: holder.subject.text, holderWords: holder.words),
                words: "\(holder.words); SHA-256 \(found.file.sha256.prefix(12)); lý do: \(reason)", by: submission,
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
                throw Refusal(.forbidden, "Bạn không có quyền xác nhận huỷ tệp này.")
            }
            let proposed = try PairedDeeds.confirm(
                .eraseFile, deed, about: Subject(.file, id), seen: found.file.sha256, by: submission, at: now,
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
            guard found.waiting?.proposedBy == submission.viewer.account || self.mayConfirm(found, submission.viewer)
            else { throw Refusal(.forbidden, "Chỉ người đề nghị và người có quyền xác nhận mới bỏ được đề nghị này.") }
            try PairedDeeds.withdraw(
                .eraseFile, deed, about: Subject(.file, id), by: submission, at: now, on: connection)
        }
    }

    /// Ends proposals that nobody confirmed in their time. Part of the caller's transaction.
    /// - Returns: how many.
    @Sendable public static func lapse(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        try PairedDeeds.lapse(.eraseFile, at: now, atMost: limit, on: connection)
    }

    private static let done = Refusal(.stale, "Tệp này đã huỷ trước đó. Hãy mở lại trang để xem biên bản.")

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
        // The thing's own pages are kept by the revision of its kind.
        if let kind = Subject(proposal.holder)?.kind { try Revisions.advance(kind, on: connection) }
    }

    /// Hides what the trail told of files that an earlier release erased, whose names are known no more.
    public func hideEarlierNames() async throws {
        let telling: Set<String> = [
            "file.opened", "file.person-list-opened", "file.taken", "figures.file-opened", "figures.received",
            "figures.imported", "movements.received", "movements.taken",
        ]
        let earlier = try await store.read {
            try $0.rows("SELECT * FROM file_erasure WHERE trail_entries IS NULL").map(ErasureMinutes.init)
        }
        for minutes in earlier {
            try await store.write { connection in
                let subjects = [Subject(.file, minutes.file), minutes.holder, Subject(.file, minutes.holder)]
                let hidden = try AuditTrail.maskAll(
                    ofActions: telling, in: subjects, as: Self.hidden(minutes.number, minutes.year), on: connection)
                try connection.execute(
                    "UPDATE file_erasure SET trail_entries = ? WHERE id = ?", hidden, minutes.id)
            }
        }
    }

    /// What is read in the trail in the place of a name.
    private static func hidden(_ number: Int, _ year: Int) -> String { "[tên tệp đã huỷ, biên bản \(number)/\(year)]" }

    /// Lets the database leave nothing of what was erased in its files, and notes that it has.
    public func scrub() async throws {
        let now = clock.now
        guard try await store.scrub() else { return }
        _ = try await store.write {
            try $0.execute("UPDATE file_erasure SET scrubbed_at = ? WHERE scrubbed_at IS NULL", now)
        }
    }
}

extension StoredFiles {
    /// Removes a file's content and name; hash, size and time stay, for the minutes. Part of the caller's transaction.
    static func eraseContent(of file: StoredFile, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM stored_file_part WHERE file = ?", file.id)
        try connection.execute(
            "UPDATE stored_file SET name = ?, erased_at = ? WHERE id = ?", StoredFile.erasedName, now, file.id)
    }
}

extension StoredFiles {
    /// The same for a file that was kept for a while only, when that is over: nobody's record, so there are no minutes.
    public static func forgetContent(
        of file: RecordID, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        guard let found = try find(file, on: connection), !found.isErased else { return }
        try eraseContent(of: found, at: now, on: connection)
    }
}

extension StoredFile {
    /// A file's name may be a person's.
    static let erasedName = "tệp đã huỷ"
}

extension RightArea {
    /// Files, whatever names them.
    public static let files = RightArea("Tệp đã tải lên", [.confirmErasure, .readErasures])
}
