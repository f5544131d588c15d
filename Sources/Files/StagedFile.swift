public import Access
import Crypto
public import Database
public import Kernel

/// A large file whose content is stored already, a little in each write, so that nobody waits for all of it. No record names
/// it yet: kept in the transaction that names it (``StoredFiles/keep(_:on:)``), it is there; otherwise it goes.
public struct StagedFile: Sendable {
    public let file: StoredFile
}

extension StoredFiles {
    /// Files of more bytes are better staged than added in one transaction.
    public static let mostBytesAtOnce = 4 << 20
    private static let bytesInOneWrite = 2 << 20

    /// Stores the content in writes of its own.
    public static func stage(
        _ file: IncomingFile, by account: RecordID?, at now: Timestamp, in store: any DataStore
    ) async throws -> StagedFile {
        let id = RecordID(at: now)
        let (name, type) = (file.name, file.mediaType)
        try await store.write { connection in
            // Without a hash until a record names it.
            _ = try connection.execute(
                """
                INSERT INTO stored_file (id, sha256, name, media_type, size, added_at, added_by)
                VALUES (?, '', ?, ?, 0, ?, ?)
                """, id, name, type, now, account)
        }
        do {
            var (hasher, size, parts) = (SHA256(), 0, 0)
            let next = try file.open()
            var isAtEnd = false
            while !isAtEnd {
                var (pieces, bytes) = ([[UInt8]](), 0)
                while bytes < bytesInOneWrite {
                    guard let piece = try next() else {
                        isAtEnd = true
                        break
                    }
                    hasher.update(data: piece)
                    bytes += piece.count
                    pieces.append(piece)
                }
                let (written, first) = (pieces, parts)
                try await store.write { connection in
                    for (place, piece) in written.enumerated() {
                        try connection.execute(
                            "INSERT INTO stored_file_part (file, position, bytes) VALUES (?, ?, ?)", id, first + place,
                            piece)
                    }
                }
                size += bytes
                parts += pieces.count
            }
            return StagedFile(
                file: StoredFile(
                    id: id, sha256: hexadecimal(hasher.finalize()), name: name, mediaType: type, size: size,
                    addedAt: now))
        } catch {
            try? await store.write { try remove(id, on: $0) }
            throw error
        }
    }

    /// Lets a staged file be there. Part of the caller's transaction, which names it.
    public static func keep(_ staged: StagedFile, on connection: any SQLConnection) throws -> StoredFile {
        try connection.execute(
            "UPDATE stored_file SET sha256 = ?, size = ? WHERE id = ?", staged.file.sha256, staged.file.size,
            staged.file.id)
        return staged.file
    }

    /// Removes a staged file that no record came to name.
    public static func remove(_ staged: StagedFile, in store: any DataStore) async throws {
        try await store.write { try remove(staged.file.id, on: $0) }
    }

    /// Removes a staged file unless a record names it by now.
    static func discard(_ staged: StagedFile, in store: any DataStore) async throws {
        try await store.write { connection in
            guard try connection.row("SELECT id FROM stored_file WHERE id = ? AND sha256 = ''", staged.file.id) != nil
            else { return }
            try remove(staged.file.id, on: connection)
        }
    }

    /// Removes one file that was staged before a moment and that no record came to name: its server died.
    /// - Returns: false when there is none.
    public static func removeStaged(before moment: Timestamp, on connection: any SQLConnection) throws -> Bool {
        guard
            let row = try connection.row(
                "SELECT id FROM stored_file WHERE sha256 = '' AND added_at < ? LIMIT 1", moment)
        else { return false }
        try remove(try row.recordID("id"), on: connection)
        return true
    }
}

/// The file of a form while its change is carried out: large ones are stored already and wait for the record that names them.
public struct FormFile: Sendable {
    private enum Way: Sendable {
        case whole(IncomingFile, by: RecordID)
        case staged(StagedFile)
    }

    private let way: Way

    fileprivate init(_ file: IncomingFile, by account: RecordID) { way = .whole(file, by: account) }

    fileprivate init(_ staged: StagedFile) { way = .staged(staged) }

    /// Lets it be there. Part of the caller's transaction, which names it; called once.
    public func keep(at now: Timestamp, on connection: any SQLConnection) throws -> StoredFile {
        switch way {
        case .whole(let file, let account): try StoredFiles.add(file, by: account, at: now, on: connection)
        case .staged(let staged): try StoredFiles.keep(staged, on: connection)
        }
    }
}

extension DataStore {
    /// Runs a change that keeps a file, unless the same form was carried out before. The content of a large file goes in
    /// before, a little in each write, and out again when the change is refused.
    /// - Returns: as ``once(_:about:at:_:)``.
    @discardableResult
    public func once(
        _ submission: Submission, about subject: Subject, with file: IncomingFile?, at now: Timestamp,
        _ body: @escaping @Sendable (any SQLConnection, Timestamp, FormFile?) throws -> Void
    ) async throws -> Subject {
        let account = submission.viewer.account
        guard let file, file.size > StoredFiles.mostBytesAtOnce else {
            let whole = file.map { FormFile($0, by: account) }
            return try await once(submission, about: subject, at: now) { try body($0, $1, whole) }
        }
        let staged = try await StoredFiles.stage(file, by: account, at: now, in: self)
        let result: Result<Subject, any Error>
        do {
            result = .success(
                try await once(submission, about: subject, at: now) { try body($0, $1, FormFile(staged)) })
        } catch {
            result = .failure(error)
        }
        // Refused, or a form that was carried out before: then nothing names it. The daily deed would find it too.
        try? await StoredFiles.discard(staged, in: self)
        return try result.get()
    }
}
