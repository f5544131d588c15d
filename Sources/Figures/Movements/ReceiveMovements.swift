public import Access
import Database
public import Files
public import Kernel
import Jobs
import Province
import Tabular

// A file of movements: received, looked at, taken or thrown away.
extension MovementService {
    /// Keeps a file for looking at.
    /// - Parameters:
    ///   - month: as the sender chose it; nil to take the file's word.
    ///   - place: whose numbers a form without units is of.
    /// - Throws: a refusal of the field `file` when nothing of it can be read.
    public func receive(
        _ incoming: IncomingFile, month: Month?, place: MovementPlace, source: String, by submission: Submission
    ) async throws -> RecordID {
        try submission.viewer.require(.acceptFigures)
        if case .unit(let code) = place, !offices.contains(where: { $0.code == code }) {
            throw Refusal(fields: [.init(FigureField.place, "Không có đơn vị “\(code)”.")])
        }
        let bytes = try incoming.bytes()
        do {
            _ = try await read(bytes, incoming.name, month, place)
        } catch let error where error is TableFileError || error is FigureFileError {
            throw Refusal(fields: [.init(FigureField.file, "\(error)")])
        }
        let now = clock.now
        let id = RecordID(at: now)
        return try await store.write { connection in
            if let form = submission.form,
                let known = try AccessService.receipt(
                    form: form, of: submission.viewer.account, about: Subject(.movementUpload, id), at: now,
                    on: connection),
                let earlier = RecordID(known.key)
            {
                return earlier
            }
            let stored = try StoredFiles.add(incoming, by: submission.viewer.account, at: now, on: connection)
            try connection.execute(
                """
                INSERT INTO movement_upload (id, file, month, place, source, at, account, actor_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, id, stored.id, month, place.key, VietnameseText.tidy(source), now, submission.viewer.account,
                submission.viewer.name)
            try AuditTrail.append(
                AuditEvent(
                    "movements.received", subject: Subject(.movementUpload, id), detail: FileMention.words(stored)),
                by: submission.actor, at: now, on: connection)
            return id
        }
    }

    private func read(
        _ bytes: [UInt8], _ name: String, _ month: Month?, _ place: MovementPlace
    ) async throws -> MovementReading {
        let (reader, today) = (reader, clock.today)
        return try await Blocking.run {
            try reader.read(
                TableFile(bytes, limits: Self.limits), fileName: name,
                in: .init(today: today, month: month, place: place))
        }
    }

    /// A file that was sent, with what taking it would come to.
    public func look(at id: RecordID, for viewer: Viewer) async throws -> (MovementUpload, MovementOutcome) {
        try viewer.require(.acceptFigures)
        let (upload, bytes) = try await store.read { connection in
            let upload = try Self.upload(id, on: connection)
            return (upload, try StoredFiles.content(of: upload.file, on: connection))
        }
        return (upload, try await outcome(of: upload, bytes))
    }

    private func outcome(of upload: MovementUpload, _ bytes: [UInt8]) async throws -> MovementOutcome {
        let reading: MovementReading
        do {
            reading = try await read(bytes, upload.fileName, upload.month, upload.place)
        } catch let error where error is TableFileError || error is FigureFileError {
            throw Refusal(
                .invalid,
                upload.discardedAt != nil && bytes.isEmpty
                    ? "Tệp này đã bỏ; nội dung đã được xóa khi hết thời gian lưu, chỉ còn tên tệp và nhật ký."
                    : "\(error)")
        }
        guard let month = reading.month else { return Self.compare(reading, with: [:], doubts: []) }
        let (codes, areas) = (directory.communes.map(\.code), units.now.areas)
        return try await store.read { connection in
            let figures = try StoredFigures(in: month.adding(months: -1)...month, on: connection)
            let doubts = MovementDoubt.doubts(of: reading.movements) { place, scheme, month in
                let people = place.communes(of: codes, areas).map { figures.people($0, scheme, in: month) }
                return people.isEmpty || people.contains(nil) ? nil : people.compactMap(\.self).reduce(0, +)
            }
            return Self.compare(reading, with: try Self.held(in: month, on: connection), doubts: doubts)
        }
    }

    /// How places are called in sentences about files.
    public func name(of place: MovementPlace) -> String {
        switch place {
        case .province: "Toàn \(province)"
        case .commune(let code): directory[code]?.shortName ?? code.text
        case .unit(let code): units.now[code]?.name ?? code.text
        }
    }

    private static func compare(
        _ reading: MovementReading, with held: [MovementKey: Int], doubts: [MovementDoubt]
    ) -> MovementOutcome {
        var (added, unchanged) = (0, 0)
        var replaced: [(movement: ReadMovement, before: Int)] = []
        for movement in reading.movements {
            switch held[movement.key] {
            case nil: added += 1
            case movement.value: unchanged += 1
            case .some(let before): replaced.append((movement, before))
            }
        }
        return MovementOutcome(reading: reading, added: added, replaced: replaced, unchanged: unchanged, doubts: doubts)
    }

    /// Takes what a file that waits states.
    /// - Parameters:
    ///   - whole: why what can hardly be is right, where the file has ``MovementOutcome/doubts``.
    ///   - version: the revision of movements that the file was compared with on the page.
    /// - Throws: a refusal of the field `whole` when there are doubts and no reason.
    public func accept(
        _ id: RecordID, whole: String = "", version: Int? = nil, by submission: Submission
    ) async throws {
        try submission.viewer.require(.acceptFigures)
        let (_, outcome) = try await look(at: id, for: submission.viewer)
        try await store.once(submission, about: Subject(.movementUpload, id), at: clock.now) { connection, now in
            let upload = try Self.upload(id, on: connection)
            guard upload.isOpen else { throw Self.notOpen }
            try Revisions.require(version, of: .movementBatch, on: connection)
            guard let month = outcome.reading.month, outcome.fresh > 0 else { throw Self.nothingNew }
            let doubts = outcome.doubts.map { $0.sentence(self.name(of:)) }
            try WholeReason.require(
                whole, for: doubts, hint: "Hãy kiểm tra tệp đúng kỳ, đúng đơn vị, đúng cột")
            let number = (try connection.integer("SELECT MAX(number) FROM movement_batch") ?? 0) + 1
            let reading = outcome.reading
            try connection.execute(
                """
                INSERT INTO movement_batch (number, at, account, actor_name, file, file_name, source, form, month, cutoff,
                    accepted_rows, rejected_rows, movements)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, number, now, submission.viewer.account, submission.viewer.name, upload.file, upload.fileName,
                !upload.source.isEmpty
                    ? upload.source : reading.title.isEmpty ? "Tệp \(upload.fileName)" : reading.title,
                reading.form.rawValue, month, reading.cutoff, reading.acceptedRows, reading.rejectedRows,
                reading.movements.count)
            _ = try connection.load(
                "movement_entry", columns: ["place", "month", "measure", "scheme", "block", "batch", "value"],
                rows: reading.movements.lazy.map { movement in
                    Self.values(movement.key) + [number.sqlValue, movement.value.sqlValue]
                })
            try connection.execute(
                """
                INSERT INTO movement (place, month, measure, scheme, block, value, batch)
                SELECT place, month, measure, scheme, block, value, batch FROM movement_entry WHERE batch = ?
                ON CONFLICT (place, month, measure, scheme, block) DO UPDATE
                SET value = excluded.value, batch = excluded.batch
                """, number)
            try connection.execute("UPDATE movement_upload SET batch = ?, month = ? WHERE id = ?", number, month, id)
            if let confirmation = WholeReason.confirmation(whole, for: doubts) {
                try AuditTrail.append(
                    AuditEvent(
                        "movements.whole-confirmed", subject: Subject(.movementBatch, number), detail: confirmation),
                    by: submission.actor, at: now, on: connection)
            }
            try AuditTrail.append(
                AuditEvent(
                    "movements.taken", subject: Subject(.movementBatch, number),
                    detail:
                        "\(try Self.mention(upload.file, on: connection)): \(reading.movements.count) số, \(reading.rejectedRows) dòng trả lại"
                ),
                by: submission.actor, at: now, on: connection)
        }
    }

    private static func mention(_ file: RecordID, on connection: any SQLConnection) throws -> String {
        try StoredFiles.find(file, on: connection).map(FileMention.words) ?? ""
    }

    /// Throws a waiting file away. The file itself stays stored with its history.
    public func discard(_ id: RecordID, by submission: Submission) async throws {
        try submission.viewer.require(.acceptFigures)
        try await store.once(submission, about: Subject(.movementUpload, id), at: clock.now) { connection, now in
            guard try Self.upload(id, on: connection).isOpen else { throw Self.notOpen }
            try connection.execute("UPDATE movement_upload SET discarded_at = ? WHERE id = ?", now, id)
            try AuditTrail.append(
                AuditEvent("movements.discarded", subject: Subject(.movementUpload, id)), by: submission.actor, at: now,
                on: connection)
        }
    }

    /// Undoes a batch as a whole: what held before it holds again.
    public func withdraw(
        batch number: Int, reason: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try submission.viewer.require(.withdrawFigures)
        let reason = VietnameseText.tidy(reason)
        guard !reason.isEmpty else { throw Refusal(fields: [.init(FigureField.reason, "Hãy ghi lý do thu hồi.")]) }
        try await store.once(submission, about: Subject(.movementBatch, number), at: clock.now) { connection, now in
            try Revisions.require(version, of: .movementBatch, on: connection)
            let marked = try connection.execute(
                """
                UPDATE movement_batch SET withdrawn_at = ?, withdrawn_by_name = ?, withdrawn_reason = ?
                WHERE number = ? AND withdrawn_at IS NULL
                """, now, submission.viewer.name, reason, number)
            guard marked == 1 else {
                throw Refusal(.stale, "Lô biến động này không có hoặc đã được thu hồi. Hãy mở lại trang Biến động.")
            }
            // Only keys at which the batch held can change.
            try connection.execute(
                """
                INSERT INTO movement (place, month, measure, scheme, block, value, batch)
                SELECT e.place, e.month, e.measure, e.scheme, e.block, e.value, e.batch
                FROM movement m
                JOIN movement_entry e ON e.place = m.place AND e.month = m.month AND e.measure = m.measure
                    AND e.scheme = m.scheme AND e.block = m.block
                WHERE m.batch = ? AND e.batch = (
                    SELECT MAX(l.batch) FROM movement_entry l JOIN movement_batch b ON b.number = l.batch
                    WHERE b.withdrawn_at IS NULL AND l.place = m.place AND l.month = m.month AND l.measure = m.measure
                        AND l.scheme = m.scheme AND l.block = m.block)
                ON CONFLICT (place, month, measure, scheme, block) DO UPDATE
                SET value = excluded.value, batch = excluded.batch
                """, number)
            try connection.execute("DELETE FROM movement WHERE batch = ?", number)
            try AuditTrail.append(
                AuditEvent("movements.withdrawn", subject: Subject(.movementBatch, number), detail: reason),
                by: submission.actor, at: now, on: connection)
        }
    }

    private static let notOpen = Refusal(.stale, "Tệp này đã được nhận hoặc đã bỏ. Hãy mở lại trang Biến động.")
    private static let nothingNew = Refusal(
        .invalid, "Tệp không có số nào mới hoặc khác với số đã lưu, nên không có gì để nhận.")
}
