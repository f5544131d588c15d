import Crypto
public import Database
import Foundation
public import Kernel
public import Vault

/// One line of the journal of exchanges: who gave what to whom, or decided on it, and when.
public struct ExchangeEntry: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// Two sides agreed, signed, ended.
        case agreed, signed, ended
        /// A request was put forward, granted, refused, answered.
        case requested, granted, denied, answered
        /// A file came and its rows were kept; was taken out; its rows were destroyed.
        case delivered, withdrawn, destroyed
        /// Numbers were given to a program.
        case shared

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .agreed: "đồng ý thỏa thuận"
            case .signed: "ký thỏa thuận"
            case .ended: "chấm dứt thỏa thuận"
            case .requested: "đề nghị cung cấp dữ liệu"
            case .granted: "đồng ý cung cấp"
            case .denied: "không cung cấp"
            case .answered: "trả lời đề nghị"
            case .delivered: "giao dữ liệu"
            case .withdrawn: "thu hồi dữ liệu"
            case .destroyed: "huỷ dữ liệu gốc"
            case .shared: "cung cấp số tổng hợp"
            }
        }
    }

    /// From 1, without a gap.
    public let number: Int
    public let at: Timestamp
    public let kind: Kind
    /// Empty where nobody of the plan stands on that side.
    public let sender: String
    public let receiver: String
    public let subject: Subject
    /// SHA-256 of what was exchanged: of the file, of the terms.
    public let content: String
    public let words: String
    /// The hash of the entry before; ``origin`` of the first.
    public let previous: String
    public let hash: String
    /// The name of the key that signed; empty where the installation had none.
    public let key: String
    public let signature: String

    static let origin = String(repeating: "0", count: 64)

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        at = try row.timestamp("at")
        kind = try row.choice("kind")
        sender = try row.text("sender")
        receiver = try row.text("receiver")
        let text = try row.text("subject")
        guard let subject = Subject(text) else {
            throw DatabaseError.column(name: "subject", problem: "is not a subject: \(text)")
        }
        self.subject = subject
        content = try row.text("content")
        words = try row.text("words")
        previous = try row.text("previous")
        hash = try row.text("hash")
        key = try row.text("key")
        signature = try row.text("signature")
    }

    /// The hash that its columns give. Each is written with its length before it, so that no two entries read alike.
    static func digest(of row: SQLRow) throws -> String {
        let parts = [
            "\(try row.integer("number"))", "\(try row.integer("at"))", try row.text("kind"), try row.text("sender"),
            try row.text("receiver"), try row.text("subject"), try row.text("content"), try row.text("words"),
            try row.text("previous"), try row.text("key"),
        ]
        return digest(parts)
    }

    static func digest(_ parts: [String]) -> String {
        let whole = parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "\n")
        return ExchangeJournal.hexadecimal(Array(SHA256.hash(data: Array(whole.utf8))))
    }
}

/// The journal: a chain of entries, each signed by the installation, written in the transaction of the deed itself.
enum ExchangeJournal {
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
    }

    static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8)
        guard digits.count.isMultiple(of: 2) else { return [] }
        return stride(from: 0, to: digits.count, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
        }
    }

    static func digest(of text: String) -> String { hexadecimal(Array(SHA256.hash(data: Array(text.utf8)))) }

    /// - Parameter content: the SHA-256 of what was exchanged.
    static func note(
        _ kind: ExchangeEntry.Kind, from sender: UnitCode?, to receiver: UnitCode?, about subject: Subject,
        content: String, words: String, keys: NumberKeys?, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let head = try connection.row("SELECT number, hash FROM exchange_head WHERE one = 1")
        let number = try (head?.integer("number") ?? 0) + 1
        let previous = try head?.text("hash") ?? ExchangeEntry.origin
        let signer = try keys?.current()
        let hash = ExchangeEntry.digest([
            "\(number)", "\(now.secondsSinceEpoch)", kind.rawValue, sender?.text ?? "", receiver?.text ?? "",
            subject.text, content, words, previous, signer?.id ?? "",
        ])
        let signature = try signer.map { hexadecimal(try $0.sign(Array(hash.utf8))) } ?? ""
        try connection.execute(
            """
            INSERT INTO exchange_entry (number, at, kind, sender, receiver, subject, content, words, previous, hash, key,
                signature)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, number, now, kind.rawValue, sender?.text ?? "", receiver?.text ?? "", subject.text, content, words,
            previous, hash, signer?.id ?? "", signature)
        try connection.execute(
            """
            INSERT INTO exchange_head (one, number, hash) VALUES (1, ?, ?)
            ON CONFLICT (one) DO UPDATE SET number = excluded.number, hash = excluded.hash
            """, number, hash)
        if let signer {
            try connection.execute(
                "INSERT INTO exchange_key (id, public_key, first_used_at) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
                signer.id, hexadecimal(try signer.publicKey), now)
        }
    }

    /// The latest first.
    static func latest(
        _ limit: Int, before number: Int?, units: [String]?, on connection: any SQLConnection
    ) throws -> [ExchangeEntry] {
        var (conditions, values): ([String], [SQLValue]) = ([], [])
        if let number {
            conditions.append("number < ?")
            values.append(number.sqlValue)
        }
        if let units {
            let marks = units.isEmpty ? "''" : units.map { _ in "?" }.joined(separator: ", ")
            conditions.append("(sender IN (\(marks)) OR receiver IN (\(marks)))")
            if !units.isEmpty { values += units.map(\.sqlValue) + units.map(\.sqlValue) }
        }
        let filter = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        return try connection.rows(
            "SELECT * FROM exchange_entry\(filter) ORDER BY number DESC LIMIT ?", values + [limit.sqlValue]
        ).map { try ExchangeEntry($0) }
    }
}
