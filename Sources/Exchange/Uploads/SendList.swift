public import Access
import Crypto
import Database
public import Files
import Foundation
public import Jobs
public import Kernel
import Registry
import Vault

extension Right {
    public static let deliverLists = Right("exchange.deliver", "Giao danh sách của cơ quan mình")
    public static let deliverForOthers = Right("exchange.deliver-others", "Giao danh sách thay mọi cơ quan")
}

extension Viewer {
    /// For whom a person may hand over lists: for the own units, for all with the right to all.
    public var sendingScope: Scope { scope(of: .deliverLists, everything: .deliverForOthers) }
}

/// What somebody says of a list that is handed over.
public struct ListToSend: Sendable {
    public let sender: UnitCode
    /// Nil: as it is recognised.
    public let format: String?
    public let period: Month
    public let agreement: String
    public let mode: DeliveryMode

    public init(sender: UnitCode, format: String?, period: Month, agreement: String, mode: DeliveryMode) {
        (self.sender, self.format, self.period) = (sender, format, period)
        (self.agreement, self.mode) = (agreement, mode)
    }
}

extension DeliveryService {
    /// Keeps a file, sealed, to be looked at before it is delivered; a job reads it.
    public func send(
        _ file: IncomingFile, _ list: ListToSend, with jobs: JobService, by submission: Submission
    ) async throws -> RecordID {
        try submission.viewer.require(.deliverLists)
        try check(list, for: submission.viewer)
        keys?.refresh()
        let keys = try await store.read { [keys] in try RegisterKeys.require(keys, on: $0) }
        let (hash, size) = try DeliveryService.hash(file)
        let id = RecordID(at: clock.now)
        let subject = try await store.once(submission, about: Subject(.deliveryUpload, id), at: clock.now) {
            connection, now in
            if case .mends(let number) = list.mode {
                try Self.check(mending: number, list, for: submission.viewer, on: connection)
            }
            let mended: Int? = if case .mends(let number) = list.mode { number } else { nil }
            try connection.execute(
                """
                INSERT INTO delivery_upload (id, sender, format, period, agreement, replaces_period, mends, file_name,
                    sha256, size, version, at, account, by_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
                """, id, list.sender.text, list.format, list.period, VietnameseText.tidy(list.agreement),
                list.mode == .replaces, mended, file.name, hash, size, now, submission.viewer.account,
                submission.viewer.name)
            try AuditTrail.append(
                AuditEvent(
                    "delivery.sent", subject: Subject(.deliveryUpload, id),
                    detail: "\(list.sender.text), \(list.period): \(hash.prefix(12))"), by: submission.actor, at: now,
                on: connection)
        }
        // The same form once more.
        guard subject.key == id.text else { return RecordID(subject.key) ?? id }
        try await seal(file, of: id, with: keys)
        try await look(at: id, with: jobs, by: submission)
        return id
    }

    private func check(_ list: ListToSend, for viewer: Viewer) throws(Refusal) {
        var problems: [Refusal.FieldProblem] = []
        if !knows(list.sender) || !viewer.sendingScope.covers(list.sender) {
            problems.append(.init(DeliveryField.sender, "Hãy chọn cơ quan, đơn vị mà bạn giao thay."))
        }
        if let format = list.format, formats[format] == nil {
            problems.append(.init(DeliveryField.format, "Không có loại danh sách này; hãy chọn trong danh mục."))
        }
        if list.period > Month(of: clock.today) {
            problems.append(
                .init(
                    DeliveryField.period,
                    "Kỳ \(list.period.vietnamese) chưa đến; hãy nhập tháng \(Month(of: clock.today).vietnamese) hoặc trước đó."
                ))
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
    }

    private static func check(
        mending number: Int, _ list: ListToSend, for viewer: Viewer, on connection: any SQLConnection
    ) throws {
        guard let mended = try Deliveries.find(number, on: connection), viewer.deliveryScope.covers(mended.sender)
        else {
            throw Refusal(fields: [.init(DeliveryField.mode, "Không có lần giao \(number) trong phạm vi của bạn.")])
        }
        guard mended.sender == list.sender, mended.period == list.period else {
            throw Refusal(fields: [
                .init(
                    DeliveryField.mode,
                    "Phiếu \(mended.receipt) là của bên giao, kỳ khác; các dòng đã sửa phải giao cùng bên, cùng kỳ.")
            ])
        }
        guard mended.state == .inForce else {
            throw Refusal(fields: [
                .init(
                    DeliveryField.mode,
                    "Phiếu \(mended.receipt) \(mended.state.words) nên không còn dòng nào chờ sửa; hãy giao như danh sách mới."
                )
            ])
        }
    }

    /// Pieces in one write: other writers wait for no more.
    private static let piecesAtOnce = 2

    private func seal(_ file: IncomingFile, of id: RecordID, with keys: NumberKeys) async throws {
        let key = try keys.current()
        let next = try file.open()
        var (position, isAtEnd) = (0, false)
        while !isAtEnd {
            var pieces: [(Int, SealedText)] = []
            while pieces.count < Self.piecesAtOnce {
                guard let piece = try next() else {
                    isAtEnd = true
                    break
                }
                pieces.append((position, try key.seal(piece, for: Self.place(ofPart: position, of: id))))
                position += 1
            }
            let written = pieces
            try await store.write { connection in
                for (position, piece) in written {
                    try connection.execute(
                        "INSERT INTO delivery_upload_part (upload, position, bytes) VALUES (?, ?, ?)", id, position,
                        piece.bytes)
                }
            }
        }
    }

    private static func place(ofPart position: Int, of id: RecordID) -> String {
        "delivery_upload_part.bytes/\(id)/\(position)"
    }

    /// The file as it was sent, on disk for this user alone; to be removed by whoever asked.
    func unsealed(_ id: RecordID, with keys: NumberKeys) async throws -> String {
        let path = try scratch.path(of: "deliveries") + "/\(id)-\(UInt64.random(in: .min ... .max))"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        defer { try? handle.close() }
        var position = 0
        while let bytes = try await part(position, of: id) {
            let place = Self.place(ofPart: position, of: id)
            guard let sealed = SealedText(bytes) else { throw VaultError.damaged(place: place) }
            try handle.write(contentsOf: try keys.open(sealed, for: place))
            position += 1
        }
        return path
    }

    private func part(_ position: Int, of id: RecordID) async throws -> [UInt8]? {
        try await store.read { connection in
            try connection.row(
                "SELECT bytes FROM delivery_upload_part WHERE upload = ? AND position = ?", id, position)?.bytes(
                    "bytes")
        }
    }

    /// Removes the file's content, a little in each write.
    func removeParts(of id: RecordID) async throws {
        while try await store.write({ connection in
            try connection.execute(
                """
                DELETE FROM delivery_upload_part WHERE upload = ? AND position IN (
                    SELECT position FROM delivery_upload_part WHERE upload = ? ORDER BY position LIMIT 8)
                """, id, id)
        }) > 0 {}
    }
}
