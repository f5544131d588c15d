public import Access
import Database
public import Kernel

extension Subject.Kind {
    /// A program of an agency; the key is its identifier.
    public static let program = Self("program")
}

extension Right {
    public static let keepPrograms = Right("programs.keep", "Cấp, đổi, thu khóa của chương trình các cơ quan")
}

extension RightArea {
    /// Programs of other agencies that hand over and ask by themselves.
    public static let programs = RightArea("Chương trình của các cơ quan", [.keepPrograms])
}

extension PairedAct {
    /// A key that lets a program of an agency call: the first, and each in its place.
    public static let issueProgramKey = PairedAct(
        "programs.issue-key", "Cấp khóa cho chương trình của cơ quan", needs: [.init(.keepPrograms, isOfUnit: false)])
}

/// What a program may ask for.
public enum ProgramScope: String, Codable, Sendable, CaseIterable, Comparable {
    /// Hand lists over under an agreement.
    case deliver
    /// See what became of the lists under its agreements.
    case status
    /// Numbers by commune, small ones left out.
    case aggregates

    public static func < (left: ProgramScope, right: ProgramScope) -> Bool { left.rawValue < right.rawValue }

    /// In Vietnamese.
    public var words: String {
        switch self {
        case .deliver: "giao danh sách"
        case .status: "xem phiếu nhận, chất lượng"
        case .aggregates: "xem số tổng hợp theo địa bàn"
        }
    }
}

/// A program of an agency: it hands lists over and asks what became of them, under agreements that name it.
public struct Program: Sendable, Equatable {
    public let id: RecordID
    public let name: String
    /// For whom it acts.
    public let unit: UnitCode
    /// Numbers of the agreements it may name.
    public let agreements: [Int]
    public let scopes: Set<ProgramScope>
    /// The last day of its key.
    public let expires: Day
    /// Calls in a minute; more are told to wait.
    public let perMinute: Int
    /// Counts its keys, from 1.
    public let version: Int
    public let createdAt: Timestamp
    public let createdBy: String
    /// Nil while it may call.
    public let endedAt: Timestamp?

    /// What tokens of its key carry: another key makes them void.
    let keyHash: String

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        name = try row.text("name")
        unit = try Agreements.unit(row, "unit")
        agreements = try row.text("agreements").split(separator: " ").compactMap { Int($0) }
        scopes = Set(try row.text("scopes").split(separator: " ").compactMap { ProgramScope(rawValue: String($0)) })
        expires = try row.day("expires")
        perMinute = try row.integer("per_minute")
        version = try row.integer("version")
        createdAt = try row.timestamp("created_at")
        createdBy = try row.text("created_by")
        endedAt = try row.optionalTimestamp("ended_at")
        keyHash = try row.text("key_hash")
    }

    /// Why it is not answered on a day, in Vietnamese; nil while it is.
    public func obstruction(on day: Day) -> String? {
        if endedAt != nil { return "khóa đã bị thu" }
        return expires < day ? "khóa hết hạn từ \(expires.adding(days: 1).vietnamese)" : nil
    }

    /// The first digits of its key's hash.
    var keyMark: String { String(keyHash.prefix(16)) }

    /// In the audit trail and on receipts.
    public var actor: Actor { Actor(account: nil, name: "Chương trình “\(name)”") }
}

/// Reading programs inside a running read or write.
enum Programs {
    static func find(_ id: RecordID, on connection: any SQLConnection) throws -> Program? {
        try connection.row("SELECT * FROM program WHERE id = ?", id).map { try Program($0) }
    }

    static func require(_ id: RecordID, on connection: any SQLConnection) throws -> Program {
        guard let program = try find(id, on: connection) else {
            throw Refusal(.notFound, "Không có chương trình này.")
        }
        return program
    }

    /// - Parameter hash: of its key.
    static func find(hash: String, on connection: any SQLConnection) throws -> Program? {
        try connection.row("SELECT * FROM program WHERE key_hash = ?", hash).map { try Program($0) }
    }
}
