public import Access
import Crypto
import Database
public import Files
public import Formats
import Foundation
import Jobs
public import Kernel
import Registry
import Vault

/// What is known of a file before it is read.
public struct DeliveryDraft: Sendable {
    public let format: String
    public let sender: UnitCode
    public let period: Month
    /// Number and day of the agreement or request it answers.
    public let agreement: String
    /// Whether it takes the place of what the sender delivered in this format for the period before.
    public let replacesPeriod: Bool
    /// The encoding of before Unicode that the sender's file may be read from: a person looked at a sample and agreed.
    public let accepted: OldEncoding?
    /// What somebody said of its columns, where the format does not know them.
    public let mapping: ColumnMapping?
    /// The delivery whose returned rows it holds, put right.
    public let mends: Int?
    /// Of a file that was found in a watched folder.
    var drop: WatchedDrop?

    public init(
        format: String, sender: UnitCode, period: Month, agreement: String = "", replacesPeriod: Bool = false,
        accepted: OldEncoding? = nil, mapping: ColumnMapping? = nil, mends: Int? = nil
    ) {
        (self.format, self.sender, self.period) = (format, sender, period)
        (self.agreement, self.replacesPeriod, self.accepted) = (agreement, replacesPeriod, accepted)
        (self.mapping, self.mends) = (mapping, mends)
    }
}

extension DeliveryService {
    /// Takes a file in: sealed into the database, piece by piece, with a job that keeps its rows. The same file for the same period
    /// once more changes nothing; one that was left halfway is gone on with.
    /// - Returns: the delivery, and whether it stood before.
    public func arrive(
        _ file: IncomingFile, _ draft: DeliveryDraft, by actor: Actor
    ) async throws -> (delivery: Delivery, isRepeated: Bool) {
        let begin = ContinuousClock.now
        try check(draft)
        keys?.refresh()
        let keys = try await store.read { [keys] in try RegisterKeys.require(keys, on: $0) }
        let (hash, size) = try Self.hash(file)
        let now = clock.now
        let (delivery, isRepeated) = try await store.write { connection in
            try enter(file.name, hash: hash, size: size, draft, by: actor, at: now, on: connection)
        }
        if delivery.state == .arriving {
            try await stage(file, of: delivery.number, expecting: hash, with: keys)
            let taken = ContinuousClock.now - begin
            try await store.write { connection in
                var counts = DeliveryCounts()
                counts.add(taken, to: .arrive)
                try Deliveries.save(counts, of: delivery.number, on: connection)
                try Deliveries.note(.begun, of: delivery.number, by: actor.name, at: clock.now, on: connection)
            }
        }
        let present = try await store.write { connection in
            try ensureJob(of: delivery.number, on: connection)
            return try Deliveries.require(delivery.number, on: connection)
        }
        return (present, isRepeated)
    }

    private func check(_ draft: DeliveryDraft) throws(Refusal) {
        guard formats[draft.format] != nil else {
            let near = Nearest.name(to: draft.format, among: formats.keys.sorted()).map { " Có phải “\($0)”?" } ?? ""
            throw Refusal(
                .invalid, "Không có mẫu danh sách “\(draft.format)”.\(near) Các mẫu ở thư mục formats.")
        }
        guard knows(draft.sender) else {
            throw Refusal(
                .invalid, "Kế hoạch không có cơ quan, đơn vị “\(draft.sender.text)”; hãy dùng mã trong agencies.yaml.")
        }
    }

    static func hash(_ file: IncomingFile) throws -> (String, Int) {
        var (hasher, size) = (SHA256(), 0)
        let next = try file.open()
        while let piece = try next() {
            hasher.update(data: piece)
            size += piece.count
        }
        guard size > 0 else { throw Refusal(.invalid, "Tệp \(file.name) trống.") }
        return (hexadecimal(hasher.finalize()), size)
    }

    /// What a delivery is, whenever it comes.
    static func code(hash: String, _ draft: DeliveryDraft) -> String {
        let whole = [hash, draft.sender.text, draft.format, draft.period.description].joined(separator: "\n")
        return String(hexadecimal(SHA256.hash(data: Array(whole.utf8))).prefix(12))
    }

    private func enter(
        _ name: String, hash: String, size: Int, _ draft: DeliveryDraft, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> (Delivery, isRepeated: Bool) {
        let code = Self.code(hash: hash, draft)
        let known = try connection.rows("SELECT * FROM delivery WHERE code = ? ORDER BY number DESC", code)
        if let standing = try known.map({ try Delivery($0) }).first(where: { $0.state.stands }) {
            if standing.state == .leaving, try !Deliveries.isBeingRefused(standing, on: connection) {
                throw Refusal(.stale, "Lần giao \(standing.receipt) của tệp này đang được thu hồi; hãy gửi lại sau.")
            }
            // What was refused for its letters is read after somebody agreed.
            if standing.state == .arriving || standing.state == .receiving, let accepted = draft.accepted {
                try connection.execute(
                    "UPDATE delivery SET old_encoding = ? WHERE number = ?", accepted.rawValue, standing.number)
            }
            try draft.drop?.store(for: standing.number, at: now, on: connection)
            return (standing, standing.state != .arriving)
        }
        let number = try (connection.integer("SELECT MAX(number) FROM delivery") ?? 0) + 1
        try connection.execute(
            """
            INSERT INTO delivery (number, code, format, sender, period, agreement, file_name, sha256, size,
                replaces_period, old_encoding, state, counts, received_at, received_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, number, code, draft.format, draft.sender.text, draft.period, draft.agreement, name, hash, size,
            draft.replacesPeriod, draft.accepted?.rawValue, Delivery.State.arriving.rawValue, DeliveryCounts().json,
            now, actor.name)
        try Layouts.store(draft, of: number, on: connection)
        try draft.drop?.store(for: number, at: now, on: connection)
        try DeliveryGround.of(draft.sender, draft.format, on: now.day, on: connection)?
            .store(for: number, on: connection)
        try Deliveries.note(.received, of: number, by: actor.name, at: now, on: connection)
        try AuditTrail.append(
            AuditEvent(
                "delivery.received", subject: Subject(.delivery, number),
                detail: "\(draft.format), \(draft.sender.text), \(draft.period): \(hash.prefix(12))"), by: actor,
            at: now,
            on: connection)
        return (try Deliveries.require(number, on: connection), false)
    }

    /// Pieces in one write: other writers wait for no more.
    private static let piecesAtOnce = 2

    private func stage(_ file: IncomingFile, of number: Int, expecting hash: String, with keys: NumberKeys) async throws
    {
        // What an earlier try left.
        try await removeParts(of: number)
        let key = try keys.current()
        let next = try file.open()
        var (position, hasher, isAtEnd) = (0, SHA256(), false)
        while !isAtEnd {
            var pieces: [(Int, SealedText)] = []
            while pieces.count < Self.piecesAtOnce {
                guard let piece = try next() else {
                    isAtEnd = true
                    break
                }
                hasher.update(data: piece)
                pieces.append((position, try key.seal(piece, for: Self.place(ofPart: position, of: number))))
                position += 1
            }
            let written = pieces
            try await store.write { connection in
                for (position, piece) in written {
                    try connection.execute(
                        "INSERT INTO delivery_part (delivery, position, bytes) VALUES (?, ?, ?)", number, position,
                        piece.bytes)
                }
            }
        }
        guard hexadecimal(hasher.finalize()) == hash else {
            throw Refusal(.stale, "Tệp \(file.name) thay đổi trong khi được đọc; hãy gửi lại.")
        }
    }

    static func place(ofPart position: Int, of number: Int) -> String { "delivery_part.bytes/\(number)/\(position)" }

    /// Removes the file's content, a little in each write.
    func removeParts(of number: Int) async throws {
        while try await store.write({ connection in
            try connection.execute(
                """
                DELETE FROM delivery_part WHERE delivery = ? AND position IN (
                    SELECT position FROM delivery_part WHERE delivery = ? ORDER BY position LIMIT 8)
                """, number, number)
        }) > 0 {}
    }

    /// The file as it came, on disk for this user alone; to be removed by whoever asked.
    func unsealed(_ number: Int, with keys: NumberKeys) async throws -> String {
        let path = try scratch.path(of: "deliveries") + "/\(number)-\(UInt64.random(in: .min ... .max))"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        defer { try? handle.close() }
        var position = 0
        while let bytes = try await part(position, of: number) {
            let place = Self.place(ofPart: position, of: number)
            guard let sealed = SealedText(bytes) else { throw VaultError.damaged(place: place) }
            try handle.write(contentsOf: try keys.open(sealed, for: place))
            position += 1
        }
        return path
    }

    private func part(_ position: Int, of number: Int) async throws -> [UInt8]? {
        try await store.read { connection in
            try connection.row(
                "SELECT bytes FROM delivery_part WHERE delivery = ? AND position = ?", number, position)?.bytes("bytes")
        }
    }
}
