import Database
public import Kernel
import Vault

/// What a walk along the journal of exchanges found.
public struct JournalVerdict: Sendable, Equatable {
    public struct Problem: Sendable, Equatable {
        public let number: Int
        /// In Vietnamese.
        public let words: String
    }

    public let entries: Int
    /// Entries of a time when the installation had no key: their content is covered by the signatures behind them.
    public let unsigned: Int
    /// Number and hash of the last entry: `12:ab34…`. Kept elsewhere, it betrays a rewritten journal later.
    public let head: String
    /// In the order of the journal, at most a hundred.
    public let problems: [Problem]
    public var isSound: Bool { problems.isEmpty }
}

extension ExchangeService {
    /// Reads the whole journal and names every entry that was changed, removed or put elsewhere, in any of its bytes.
    ///
    /// Signatures are checked with the public keys of the installation's own key file where it has them, else with those that
    /// stand in the database: whoever could rewrite both could not rewrite what partners hold.
    /// - Parameter expecting: heads noted earlier (`number:hash`), as receipts tell them.
    public func verifyJournal(expecting heads: [String] = []) async throws -> JournalVerdict {
        keys?.refresh()
        let own = Dictionary(
            try (keys?.all() ?? []).map { ($0.id, try $0.publicKey) }, uniquingKeysWith: { first, _ in first })
        return try await store.read { connection in
            var walk = JournalWalk(own: own, heads: Set(heads))
            for row in try connection.rows("SELECT id, public_key FROM exchange_key") {
                walk.know(try row.text("id"), try row.text("public_key"))
            }
            try connection.forEachRow("SELECT * FROM exchange_entry ORDER BY number", []) { try walk.step($0) }
            let head = try connection.row("SELECT number, hash FROM exchange_head WHERE one = 1")
            return walk.end(number: try head?.integer("number") ?? 0, hash: try head?.text("hash"))
        }
    }
}

private struct JournalWalk {
    let own: [String: [UInt8]]
    var known: [String: [UInt8]] = [:]
    var missing: Set<String>
    var problems: [JournalVerdict.Problem] = []
    var count = 0
    var unsigned = 0
    var next = 1
    var previous = ExchangeEntry.origin

    init(own: [String: [UInt8]], heads: Set<String>) { (self.own, missing) = (own, heads) }

    mutating func found(_ number: Int, _ words: String) {
        if problems.count < 100 { problems.append(.init(number: number, words: words)) }
    }

    mutating func know(_ id: String, _ text: String) {
        let stored = ExchangeJournal.bytes(text)
        if let own = own[id], own != stored {
            found(0, "khóa công khai \(id) trong cơ sở dữ liệu không phải của hệ thống này: đã bị thay")
        }
        known[id] = own[id] ?? stored
    }

    mutating func step(_ row: SQLRow) throws {
        let number = try row.integer("number")
        count += 1
        if number != next {
            found(next, next == number - 1 ? "thiếu dòng \(next)" : "thiếu các dòng \(next) đến \(number - 1)")
        } else if try row.text("previous") != previous {
            found(number, "không nối tiếp dòng trước: một trong hai dòng đã bị thay hoặc dời chỗ")
        }
        let hash = try row.text("hash")
        if try ExchangeEntry.digest(of: row) != hash { found(number, "nội dung không khớp mã băm: đã bị sửa") }
        let (key, signature) = (try row.text("key"), try row.text("signature"))
        if key.isEmpty {
            unsigned += 1
            if !signature.isEmpty { found(number, "có chữ ký nhưng không có tên khóa: đã bị sửa") }
        } else if let publicKey = known[key] ?? own[key] {
            let bytes = ExchangeJournal.bytes(signature)
            // Case and spelling of the stored text count as well: one form alone is ours.
            if ExchangeJournal.hexadecimal(bytes) != signature
                || !NumberKey.isSignature(bytes, of: Array(hash.utf8), by: publicKey)
            {
                found(number, "chữ ký không đúng với khóa \(key)")
            }
        } else {
            found(number, "không có khóa công khai \(key) để kiểm tra chữ ký")
        }
        missing.remove("\(number):\(hash)")
        next = number + 1
        previous = hash
    }

    mutating func end(number: Int, hash: String?) -> JournalVerdict {
        if number >= next {
            found(next, "thiếu các dòng cuối, từ \(next) đến \(number)")
        } else if number != next - 1 || (hash ?? ExchangeEntry.origin) != previous {
            found(number, "đầu nhật ký đã ghi không phải dòng cuối")
        }
        for head in missing.sorted() {
            found(
                head.split(separator: ":").first.flatMap { Int($0) } ?? next - 1,
                "dòng đã ghi trên biên nhận (\(head.prefix(20))…) không còn trong nhật ký: nhật ký đã bị viết lại hoặc cắt bớt"
            )
        }
        return JournalVerdict(
            entries: count, unsigned: unsigned, head: "\(next - 1):\(previous)", problems: problems)
    }
}
