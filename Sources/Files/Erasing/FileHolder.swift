public import Access
public import Database
public import Kernel

/// What names a file, as the target that owns the naming record tells it to whoever asks to erase the file.
public struct FileHolder: Sendable, Equatable {
    /// Whose page shows the file.
    public let subject: Subject
    /// In Vietnamese: “sản phẩm của việc I.5, quý IV/2026, phường An Biên”.
    public let words: String
    /// Whose it is; nil for what belongs to the system as a whole.
    public let unit: UnitCode?
    /// Whether the person may ask that it be erased.
    public let mayAsk: Bool
    /// What erasing it undoes, in sentences: both people read them before.
    public internal(set) var undoes: [String]
    /// Whether others rely on the file, having accepted what it proves: the second person is then not of the unit itself.
    public internal(set) var needsOutsider: Bool

    public init(
        subject: Subject, words: String, unit: UnitCode?, mayAsk: Bool, undoes: [String] = [],
        needsOutsider: Bool = false
    ) {
        self.subject = subject
        self.words = words
        self.unit = unit
        self.mayAsk = mayAsk
        self.undoes = undoes
        self.needsOutsider = needsOutsider
    }
}

/// What was erased, as owners of records that rest on it learn it.
public struct ErasedFile: Sendable {
    /// As it was.
    public let file: StoredFile
    /// `1/2026`
    public let minutes: String
    public let reason: String

    /// A sentence for histories and notices, without the file's name.
    public var words: String { "Tệp đã huỷ theo biên bản số \(minutes). Lý do: \(reason)" }
}

/// Undoes what rested on a file of its owner's, tells histories and people so. Part of the erasure's transaction; the submission
/// is the second person's.
public typealias FileLoss = @Sendable (ErasedFile, Submission, Timestamp, any SQLConnection) throws -> Void

/// Finds what names a file: nil where nothing of this owner does, or nothing that the person may know of.
public typealias FileKeeper = @Sendable (RecordID, Viewer, any SQLConnection) throws -> FileHolder?

/// Overwrites a file's name where an owner keeps it in records of its own beside the file's, when the file is erased: the file
/// as it was, the words that take the name's place. Part of the erasure's transaction. Answers of what the audit trail may have
/// told the name besides the file itself, in entries of earlier releases.
public typealias FileNameOverwriting = @Sendable (StoredFile, String, any SQLConnection) throws -> [Subject]

/// One file as somebody meets it who asks, confirms, or reads the minutes.
public struct ErasableFile: Sendable {
    public let file: StoredFile
    /// Nil for whoever may confirm without seeing the thing itself.
    public let holder: FileHolder?
    /// Other files of just this content, which stay.
    public let copies: Int
    /// The proposal that waits for a second person.
    public let waiting: PairedDeed?
    /// Nil before the file was erased.
    public let minutes: ErasureMinutes?

    /// What a proposal rests on: the content, and what erasing it undoes.
    public var seen: String {
        guard let holder, !holder.undoes.isEmpty else { return file.sha256 }
        return StoredFiles.sha256(of: Array(([file.sha256] + holder.undoes).joined(separator: "\n").utf8))
    }

    /// Whether the proposal that waits is still about what is there; true where none waits.
    public var fits: Bool { waiting?.fits(seen) ?? true }
}

/// The minutes (biên bản) of an erased file.
public struct ErasureMinutes: Sendable, Equatable {
    public let id: RecordID
    /// In the year: `3/2026`.
    public let number: Int
    public let year: Int
    public let file: RecordID
    /// Of what was erased.
    public let sha256: String
    public let bytes: Int
    public let mediaType: String
    public let holder: Subject
    public let holderWords: String
    public let reason: String
    public let askedAt: Timestamp
    public let askedBy: String
    public let erasedAt: Timestamp
    public let confirmedBy: String
    /// When the database was told to leave nothing of it in its files; nil where its engine does that by itself, later, and
    /// while somebody still reads what was.
    public let scrubbedAt: Timestamp?
    /// How many entries of the audit trail, written by earlier releases, told its name; nil where nobody counted.
    public let trailEntries: Int?

    public var words: String { "\(number)/\(year)" }

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        number = try row.integer("number")
        year = try row.integer("year")
        file = try row.recordID("file")
        sha256 = try row.text("sha256")
        bytes = try row.integer("bytes")
        mediaType = try row.text("media_type")
        let subject = try row.text("holder")
        guard let holder = Subject(subject) else {
            throw DatabaseError.column(name: "holder", problem: "names nothing: \(subject)")
        }
        self.holder = holder
        holderWords = try row.text("holder_words")
        reason = try row.text("reason")
        askedAt = try row.timestamp("asked_at")
        askedBy = try row.text("asked_by_name")
        erasedAt = try row.timestamp("erased_at")
        confirmedBy = try row.text("confirmed_by_name")
        scrubbedAt = try row.optionalTimestamp("scrubbed_at")
        trailEntries = try row.optionalInteger("trail_entries")
    }
}

/// The fields of forms about erasing.
public enum ErasureField: String, FormKey, CaseIterable {
    case deed, reason, sha256
}
