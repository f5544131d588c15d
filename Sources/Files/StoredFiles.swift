public import Access
import Crypto
public import Database
public import Kernel

/// A file kept in the database itself, in parts of a megabyte: it commits, backs up and restores with the record that
/// names it, and is never half there.
public struct StoredFile: Sendable, Equatable {
    public let id: RecordID
    /// SHA-256 of the content, lower-case hexadecimal.
    public let sha256: String
    /// As the person named it.
    public let name: String
    public let mediaType: String
    /// Bytes.
    public let size: Int
    public let addedAt: Timestamp
    /// Who may open it beside the rule of the record that names it; nil for nobody else to ask.
    public let guardedBy: Guard?
    /// When its content was destroyed; name and hash tell no more than that it was there.
    public let erasedAt: Timestamp?

    public init(
        id: RecordID, sha256: String, name: String, mediaType: String, size: Int, addedAt: Timestamp,
        guardedBy: Guard? = nil, erasedAt: Timestamp? = nil
    ) {
        self.id = id
        self.sha256 = sha256
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.addedAt = addedAt
        self.guardedBy = guardedBy
        self.erasedAt = erasedAt
    }

    /// Whether its guard, if it has one, opens to the person.
    public func isOpen(to viewer: Viewer) -> Bool { guardedBy?.opens(to: viewer) ?? true }

    public var isErased: Bool { erasedAt != nil }
}

extension StoredFile {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.recordID("id"), sha256: try row.text("sha256"), name: try row.text("name"),
            mediaType: try row.text("media_type"), size: try row.integer("size"),
            addedAt: try row.timestamp("added_at"),
            guardedBy: try row.optionalText("guarded_by").flatMap { Guard($0) },
            erasedAt: try row.optionalTimestamp("erased_at"))
    }
}

/// A file on its way in: its content stands on disk until the transaction that stores it.
public struct IncomingFile: Sendable {
    public let name: String
    public let mediaType: String
    public let size: Int
    /// Hands over the content piece by piece; nil at its end.
    public let open: @Sendable () throws -> () throws -> [UInt8]?

    public init(
        name: String, mediaType: String, size: Int, open: @escaping @Sendable () throws -> () throws -> [UInt8]?
    ) {
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.open = open
    }

    /// A file held in memory, for tests and generated content.
    public init(name: String, mediaType: String, bytes: [UInt8]) {
        self.init(name: name, mediaType: mediaType, size: bytes.count) {
            var handed = false
            return {
                defer { handed = true }
                return handed || bytes.isEmpty ? nil : bytes
            }
        }
    }
}

extension IncomingFile {
    /// The whole content in memory, for files that are read as tables.
    public func bytes() throws -> [UInt8] {
        let next = try open()
        var bytes: [UInt8] = []
        while let part = try next() { bytes += part }
        return bytes
    }
}

extension Subject.Kind {
    /// A stored file.
    public static let file = Self("file")
}

public enum StoredFiles {
    /// Stores the content and answers the record. Part of the caller's transaction.
    public static func add(
        _ file: IncomingFile, by account: RecordID?, at now: Timestamp, on connection: any SQLConnection
    ) throws -> StoredFile {
        let id = RecordID(at: now)
        var hasher = SHA256()
        var size = 0
        var parts = 0
        let next = try file.open()
        // The parts refer to the file, whose hash is known only at their end: the record is written twice.
        try connection.execute(
            """
            INSERT INTO stored_file (id, sha256, name, media_type, size, added_at, added_by) VALUES (?, '', ?, ?, 0, ?, ?)
            """, id, file.name, file.mediaType, now, account)
        while let bytes = try next() {
            hasher.update(data: bytes)
            size += bytes.count
            try connection.execute(
                "INSERT INTO stored_file_part (file, position, bytes) VALUES (?, ?, ?)", id, parts, bytes)
            parts += 1
        }
        let hash = hexadecimal(hasher.finalize())
        try connection.execute("UPDATE stored_file SET sha256 = ?, size = ? WHERE id = ?", hash, size, id)
        return StoredFile(id: id, sha256: hash, name: file.name, mediaType: file.mediaType, size: size, addedAt: now)
    }

    /// Removes a file with its content. Only for whoever alone refers to it. Of one that two people erased, the record stays
    /// for its minutes.
    public static func remove(_ file: RecordID, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM stored_file_part WHERE file = ?", file)
        try connection.execute(
            "DELETE FROM stored_file WHERE id = ? AND NOT EXISTS (SELECT 1 FROM file_erasure WHERE file = ?)", file,
            file)
    }

    /// Whether a file is there and was not erased.
    public static func hasContent(of file: RecordID, on connection: any SQLConnection) throws -> Bool {
        try find(file, on: connection)?.isErased == false
    }

    /// Finds that a file that somebody proposed is still there for whoever confirms.
    /// - Throws: a refusal for one that was erased since.
    public static func requireContent(of file: RecordID, on connection: any SQLConnection) throws {
        guard try hasContent(of: file, on: connection) else {
            throw Refusal(.stale, "Tệp kèm đề nghị này không còn hoặc đã huỷ. Hãy bỏ đề nghị này và đề nghị lại.")
        }
    }

    /// Puts files behind a guard; those that have one keep it. Part of the caller's transaction.
    public static func guardFile(_ file: RecordID, by guarding: Guard, on connection: any SQLConnection) throws {
        try connection.execute(
            "UPDATE stored_file SET guarded_by = ? WHERE id = ? AND guarded_by IS NULL", guarding.text, file)
    }

    /// As ``StoredFile/sha256``.
    public static func sha256(of bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

    public static func find(_ id: RecordID, on connection: any SQLConnection) throws -> StoredFile? {
        try connection.row("SELECT * FROM stored_file WHERE id = ?", id).map(StoredFile.init)
    }

    /// Several files by their ids; ids without a file are left out.
    public static func find(_ ids: some Sequence<RecordID>, on connection: any SQLConnection) throws
        -> [RecordID: StoredFile]
    {
        let ids = Array(Set(ids)).sorted()
        var found: [RecordID: StoredFile] = [:]
        // Engines bound the number of values of a statement.
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = ids[start..<min(start + 500, ids.count)]
            let marks = part.map { _ in "?" }.joined(separator: ", ")
            for row in try connection.rows("SELECT * FROM stored_file WHERE id IN (\(marks))", part.map(\.sqlValue)) {
                let file = try StoredFile(row)
                found[file.id] = file
            }
        }
        return found
    }

    /// Files of just this content, but for those whose content was destroyed.
    public static func find(sha256: String, on connection: any SQLConnection) throws -> [RecordID] {
        try connection.rows("SELECT id FROM stored_file WHERE sha256 = ? AND erased_at IS NULL", sha256).map {
            try $0.recordID("id")
        }
    }

    /// The same of content whose hash begins so.
    static func find(sha256Prefix prefix: HashPrefix, on connection: any SQLConnection) throws -> [RecordID] {
        try connection.rows(
            "SELECT id FROM stored_file WHERE sha256 >= ? AND sha256 < ? AND erased_at IS NULL ORDER BY id DESC",
            prefix.first, prefix.end
        ).map { try $0.recordID("id") }
    }

    /// The whole content, for files that are read as tables: they are bounded by the upload limit.
    public static func content(of file: RecordID, on connection: any SQLConnection) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try connection.forEachRow(
            "SELECT bytes FROM stored_file_part WHERE file = ? ORDER BY position", [file.sqlValue]
        ) { row in bytes += try row.bytes("bytes") }
        return bytes
    }

    /// One part of a file's content; nil past its end.
    public static func part(_ position: Int, of file: RecordID, on connection: any SQLConnection) throws -> [UInt8]? {
        try connection.row("SELECT bytes FROM stored_file_part WHERE file = ? AND position = ?", file, position)?
            .bytes("bytes")
    }
}
