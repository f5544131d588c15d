import Access
public import Database
public import Kernel
import Registry
import Vault

// A file comes in pieces, each kept by itself: a connection that breaks loses less than one.
extension ProgramService {
    /// Bytes in one sealed piece.
    public static let pieceBytes = 1 << 20
    /// Uploads of a program that are not whole.
    public static let mostOpen = 20

    /// Begins an upload, or finds the one that was begun under the same name of the program's.
    public func begin(
        _ draft: ProgramUploadDraft, by caller: ProgramCaller, _ errand: ProgramErrand
    ) async throws -> (upload: ProgramUpload, isRepeated: Bool) {
        _ = try await permit(caller, .deliver, errand, "upload.begin")
        let (now, today, program) = (clock.now, Month(of: clock.today), caller.program)
        guard draft.period <= today else {
            throw Refusal(.invalid, "Kỳ \(draft.period.vietnamese) chưa đến.")
        }
        return try await store.write { [keys = exchange.keys] connection in
            _ = try RegisterKeys.require(keys, on: connection)
            if let row = try connection.row(
                "SELECT * FROM program_upload WHERE program = ? AND idempotency = ?", program.id, draft.idempotency)
            {
                let known = try ProgramUpload(row)
                guard known.size == draft.size, known.period == draft.period, known.fileName == draft.fileName,
                    known.agreement == errand.agreement, known.replacesPeriod == draft.replacesPeriod,
                    known.sha256 == draft.sha256
                else {
                    throw Refusal(.stale, "Idempotency-Key này đã dùng cho một tệp khác; hãy dùng khóa khác.")
                }
                try Self.requireKept(known, at: now)
                return (known, true)
            }
            let open = try connection.integer(
                "SELECT COUNT(*) FROM program_upload WHERE program = ? AND state = ?", program.id,
                ProgramUpload.State.open.rawValue)
            guard open ?? 0 < Self.mostOpen else {
                throw Refusal(
                    .tooMany,
                    "Chương trình có \(Self.mostOpen) lần tải lên chưa xong; hãy gửi tiếp, hoặc bỏ bằng DELETE.",
                    retrySeconds: 60)
            }
            let id = RecordID(at: now)
            try connection.execute(
                """
                INSERT INTO program_upload (id, program, idempotency, agreement, purpose, period, file_name,
                    replaces_period, sha256, size, taken, state, problem, created_at, touched_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, '', ?, ?)
                """, id, program.id, draft.idempotency, errand.agreement, errand.purpose, draft.period,
                draft.fileName, draft.replacesPeriod, draft.sha256, draft.size, ProgramUpload.State.open.rawValue, now,
                now)
            try AuditTrail.append(
                AuditEvent(
                    "program.upload-begun", subject: Subject(.program, program.id.text),
                    detail: "Thỏa thuận \(errand.agreement), \(draft.period.vietnamese): \(errand.purpose)"),
                by: caller.actor, at: now, on: connection)
            return (try Self.require(id, of: program.id, on: connection), false)
        }
    }

    /// Where an upload of the program stands. One that is whole and that nobody works on gets a job.
    public func upload(_ id: RecordID, of caller: ProgramCaller) async throws -> ProgramUpload {
        let now = clock.now
        let upload = try await store.read { try Self.require(id, of: caller.program.id, on: $0) }
        try Self.requireKept(upload, at: now)
        guard upload.state == .whole else { return upload }
        let isLive = try await store.read { connection in
            try upload.job.map { try JobOfUpload.isLive($0, on: connection) } ?? false
        }
        guard !isLive else { return upload }
        return try await store.write { connection in
            let upload = try Self.require(id, of: caller.program.id, on: connection)
            guard upload.state == .whole, try upload.job.map({ try !JobOfUpload.isLive($0, on: connection) }) ?? true
            else { return upload }
            try JobOfUpload.enter(upload, at: now, on: connection)
            return try Self.require(id, of: caller.program.id, on: connection)
        }
    }

    /// Whether a program may send more of an upload of its own: asked before its body is read.
    public func permitMore(
        of id: RecordID, at offset: Int, by caller: ProgramCaller
    ) async throws -> ProgramUpload {
        let upload = try await upload(id, of: caller)
        let errand = try caller.errand(agreement: upload.agreement, purpose: upload.purpose)
        _ = try await permit(caller, .deliver, errand, "upload.add")
        guard upload.taken == offset else {
            throw Refusal(.stale, "Tệp đang ở byte \(upload.taken), không phải \(offset); hãy hỏi lại bằng HEAD.")
        }
        return upload
    }

    /// Adds bytes where the upload stands. What came before a connection broke is kept.
    /// - Parameter next: the body, piece by piece; nil at its end.
    /// - Returns: the upload as it stands then; whole with its last byte.
    public func add(
        to upload: ProgramUpload, _ next: () async throws -> [UInt8]?
    ) async throws -> ProgramUpload {
        let key = try await store.read { [keys = exchange.keys] in try RegisterKeys.require(keys, on: $0) }.current()
        var upload = upload
        var waiting: [UInt8] = []
        while true {
            let piece: [UInt8]?
            do {
                piece = try await next()
            } catch {
                // In a task of its own: the one that read the broken connection may be cancelled.
                let (rest, last) = (waiting, upload)
                if !rest.isEmpty { _ = try? await Task { try await self.keep(rest, of: last, key) }.value }
                throw error
            }
            guard let piece else { break }
            waiting += piece
            guard upload.taken + waiting.count <= upload.size else {
                throw Refusal(.invalid, "Tệp dài hơn \(upload.size) byte đã báo.")
            }
            while waiting.count >= Self.pieceBytes {
                upload = try await keep(Array(waiting.prefix(Self.pieceBytes)), of: upload, key)
                waiting.removeFirst(Self.pieceBytes)
            }
        }
        return waiting.isEmpty ? upload : try await keep(waiting, of: upload, key)
    }

    private func keep(_ piece: [UInt8], of upload: ProgramUpload, _ key: NumberKey) async throws -> ProgramUpload {
        let (id, start, now) = (upload.id, upload.taken, clock.now)
        let sealed = try key.seal(piece, for: Self.place(of: id, at: start))
        return try await store.write { connection in
            let end = start + piece.count
            // Of two senders at once one is told where the file stands.
            guard
                try connection.execute(
                    "UPDATE program_upload SET taken = ?, touched_at = ? WHERE id = ? AND taken = ? AND state = ?", end,
                    now, id, start, ProgramUpload.State.open.rawValue) == 1
            else { throw Refusal(.stale, "Tệp đang được gửi ở nơi khác; hãy hỏi lại bằng HEAD.") }
            try connection.execute(
                "INSERT INTO program_upload_part (upload, start, bytes) VALUES (?, ?, ?)", id, start, sealed.bytes)
            if end == upload.size {
                try JobOfUpload.enter(upload, at: now, on: connection)
            }
            return try Self.require(id, of: upload.program, on: connection)
        }
    }

    /// Gives an upload up that is not whole yet.
    public func abandon(_ id: RecordID, by caller: ProgramCaller) async throws {
        let upload = try await store.read { try Self.require(id, of: caller.program.id, on: $0) }
        guard upload.state == .open else {
            throw Refusal(.stale, "Tệp đã đủ và \(upload.state.words); muốn thu hồi thì làm trên trang giao danh sách.")
        }
        try await forget(id)
    }

    /// Removes uploads that stood still for long. Part of the caller's transaction.
    /// - Returns: how many uploads and pieces went.
    @Sendable public static func forgetUploads(
        at now: Timestamp, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        let before = now.adding(seconds: -ProgramUpload.keptSeconds)
        let old = try connection.rows(
            "SELECT id FROM program_upload WHERE state = ? AND touched_at < ? ORDER BY touched_at LIMIT 1",
            ProgramUpload.State.open.rawValue, before
        ).map { try $0.recordID("id") }
        var count = 0
        for id in old {
            let pieces = try Self.removeSome(of: id, atMost: min(limit, 16), on: connection)
            if pieces == 0 { try connection.execute("DELETE FROM program_upload WHERE id = ?", id) }
            count += max(pieces, 1)
        }
        return count
    }

    private func forget(_ id: RecordID) async throws {
        try await removePieces(of: id)
        try await store.write {
            try $0.execute(
                "DELETE FROM program_upload WHERE id = ? AND state = ?", id, ProgramUpload.State.open.rawValue)
        }
    }

    /// A little in each write.
    func removePieces(of id: RecordID) async throws {
        while try await store.write({ try Self.removeSome(of: id, atMost: 8, on: $0) }) > 0 {}
    }

    private static func removeSome(
        of id: RecordID, atMost limit: Int, on connection: any SQLConnection
    ) throws -> Int {
        try connection.execute(
            """
            DELETE FROM program_upload_part WHERE upload = ? AND start IN (
                SELECT start FROM program_upload_part WHERE upload = ? ORDER BY start LIMIT ?)
            """, id, id, limit)
    }

    static func place(of id: RecordID, at start: Int) -> String { "program_upload_part.bytes/\(id.text)/\(start)" }

    static func require(
        _ id: RecordID, of program: RecordID, on connection: any SQLConnection
    ) throws -> ProgramUpload {
        guard
            let row = try connection.row("SELECT * FROM program_upload WHERE id = ? AND program = ?", id, program)
        else { throw Refusal(.notFound, "Không có lần tải lên này của chương trình.") }
        return try ProgramUpload(row)
    }

    private static func requireKept(_ upload: ProgramUpload, at now: Timestamp) throws(Refusal) {
        if let expires = upload.expires, expires <= now {
            throw Refusal(
                .expired, "Lần tải lên đứng yên quá lâu nên đã bị bỏ; hãy bắt đầu lại bằng Idempotency-Key khác.")
        }
    }
}
