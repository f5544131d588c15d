public import Access
import Database
public import Formats
import Foundation
public import Jobs
public import Kernel
import Registry
import Tabular
import Vault

/// Which file a job works on, and what it was to be read by.
struct UploadJob: Codable, Sendable {
    let upload: String
    let version: Int
}

extension JobName<UploadJob> {
    static let lookAtUpload = JobName("exchange.look")
}

extension DeliveryService {
    /// A file that waits, as somebody of its sender sees it.
    public func upload(_ id: RecordID, for viewer: Viewer) async throws -> DeliveryUpload {
        try viewer.require(.deliverLists)
        return try await store.read { try Self.upload(id, for: viewer, on: $0) }
    }

    static func upload(
        _ id: RecordID, for viewer: Viewer, on connection: any SQLConnection
    ) throws -> DeliveryUpload {
        guard let row = try connection.row("SELECT * FROM delivery_upload WHERE id = ?", id) else { throw noUpload }
        let upload = try DeliveryUpload(row)
        guard viewer.sendingScope.covers(upload.sender) else { throw noUpload }
        return upload
    }

    static let noUpload = Refusal(.notFound, "Không có tệp này trong phạm vi của bạn.")

    /// Files that wait, the latest first.
    public func waitingUploads(for viewer: Viewer) async throws -> [DeliveryUpload] {
        try viewer.require(.deliverLists)
        let bound = SenderBound(viewer.sendingScope)
        return try await store.read { connection in
            try connection.rows(
                """
                SELECT * FROM delivery_upload WHERE ended_at IS NULL\(bound.sql("sender"))
                ORDER BY at DESC LIMIT \(Self.mostWaiting)
                """, bound.values
            ).map { try DeliveryUpload($0) }
        }
    }

    private static let mostWaiting = 30

    /// What was understood of it; nil while it is read.
    public func look(at id: RecordID, for viewer: Viewer) async throws -> UploadLook? {
        try viewer.require(.deliverLists)
        return try await store.read { [keys] connection in
            let keys = try RegisterKeys.require(keys, on: connection)
            _ = try Self.upload(id, for: viewer, on: connection)
            return try Self.look(at: id, keys: keys, on: connection)
        }
    }

    static func look(at id: RecordID, keys: NumberKeys, on connection: any SQLConnection) throws -> UploadLook? {
        guard let row = try connection.row("SELECT look FROM delivery_upload WHERE id = ?", id),
            try row.value("look") != .null
        else { return nil }
        let place = lookPlace(id)
        guard let sealed = SealedText(try row.bytes("look")) else { throw VaultError.damaged(place: place) }
        return try JSONDecoder().decode(UploadLook.self, from: Data(try keys.open(sealed, for: place)))
    }

    static func lookPlace(_ id: RecordID) -> String { "delivery_upload.look/\(id)" }

    /// The same file with the same words once more: what it was delivered as, where it still stands.
    public func standing(_ upload: DeliveryUpload, as format: String) async throws -> Delivery? {
        let code = Self.code(
            hash: upload.sha256, DeliveryDraft(format: format, sender: upload.sender, period: upload.period))
        return try await store.read { connection in
            try connection.rows("SELECT * FROM delivery WHERE code = ? ORDER BY number DESC", code)
                .map { try Delivery($0) }.first { $0.state.stands }
        }
    }

    /// The kind of job that hands a file over, as ``Job/kind`` has it.
    public static let deliveringKind = JobName<UploadJob>.deliverUpload.text

    /// Has it read by what it is read by now.
    func look(at id: RecordID, with jobs: JobService, by submission: Submission) async throws {
        let upload = try await store.read { try Self.upload(id, for: submission.viewer, on: $0) }
        _ = try await jobs.start(
            .lookAtUpload, UploadJob(upload: id.text, version: upload.version), title: "Đọc thử \(upload.fileName)",
            key: "\(id)/\(upload.version)", by: Submission(viewer: submission.viewer, address: submission.address)
        ) { job, connection in
            try connection.execute("UPDATE delivery_upload SET job = ? WHERE id = ?", job, id)
        }
    }

    /// Rows read between two reports of how far it is.
    private static let rowsAtOnce = 20_000

    var looking: JobKind {
        JobKind(.lookAtUpload, title: "Đọc thử danh sách trước khi giao", lane: .heavy, right: .deliverLists) {
            parameters, run in
            guard let id = RecordID(parameters.upload) else { throw Self.noUpload }
            let viewer = try run.submission().viewer
            keys?.refresh()
            let (keys, upload) = try await store.read { [keys] connection in
                (
                    try RegisterKeys.require(keys, on: connection),
                    try Self.upload(id, for: viewer, on: connection)
                )
            }
            guard upload.version == parameters.version, upload.stage == .waiting else {
                return JobResult("Tệp đã được đọc theo cách khác, hoặc không còn chờ.")
            }
            let path = try await unsealed(id, with: keys)
            defer { try? FileManager.default.removeItem(atPath: path) }
            let look = try await look(at: upload, path, run)
            let bytes = try JSONEncoder().encode(look)
            let sealed = try keys.current().seal(Array(bytes), for: Self.lookPlace(id))
            try await run.write(JobProgress(look.counts.rows, of: look.counts.rows)) { connection in
                try connection.execute(
                    "UPDATE delivery_upload SET look = ? WHERE id = ? AND version = ? AND ended_at IS NULL",
                    sealed.bytes, id, upload.version)
            }
            return JobResult(
                "Đã đọc thử \(upload.fileName).", subject: Subject(.deliveryUpload, id))
        }
    }

    func look(at upload: DeliveryUpload, _ path: String, _ run: JobRun) async throws -> UploadLook {
        let source = RowSource(file: path)
        let context = ReadingContext(today: clock.today, communes: finder, accepted: upload.accepted)
        let all = formats.values.sorted { $0.key < $1.key }
        do {
            var (look, format) = try await understood(upload, source, all, context)
            guard let format, look.problem == nil, look.oldText == nil, look.layout?.isRead ?? true else { return look }
            let ground = try await ground(of: format.key, from: upload.sender)
            look.ground = ground?.name
            var covered = context
            covered.covered = ground?.fields
            let titles = Self.shownFields(look.layout, format)
            let reading = UploadReading(
                try FormatReader(source, format: format, context: covered), look, shown: titles)
            var goesOn = true
            while goesOn {
                try await run.checkCancelled()
                let step = try await reading.read(Self.rowsAtOnce)
                goesOn = step.goesOn
                if goesOn {
                    try await run.report(
                        JobProgress(step.rows, of: nil, "\(VietnameseText.grouped(step.rows)) dòng đã đọc"))
                }
            }
            look = reading.look
            if look.counts.rows == 0 {
                look.problem = "Có tiêu đề nhưng không có dòng nào bên dưới; hãy kiểm tra tệp rồi gửi lại."
            } else if look.counts.accepted == 0 {
                look.problem = "Không dòng nào đọc được: xem các lý do bên dưới, sửa tệp rồi gửi lại."
            }
            return look
        } catch let error as FormatReadingError {
            var look = (try? await understood(upload, source, all, context).look) ?? UploadLook()
            if case .oldEncoding(let encoding, let shown, let meant) = error {
                look.oldText = .init(encoding: encoding.rawValue, shown: shown, meant: meant)
            } else {
                look.problem = "\(error)"
            }
            return look
        }
    }

    /// Which list it is, and which of its columns is which.
    private func understood(
        _ upload: DeliveryUpload, _ source: RowSource, _ all: [Format], _ context: ReadingContext
    ) async throws -> (look: UploadLook, format: Format?) {
        let shape = try await Blocking.run { try ListLook.shape(of: source, among: all).map(SenderLayouts.key) }
        let known: SenderLayouts.Known? =
            if let shape {
                try await store.read { try SenderLayouts.find(shape, of: upload.sender, on: $0) }
            } else { nil }
        let formats = formats
        return try await Blocking.run {
            let recognised = try Recognition(source, among: all, context: context)
            var look = UploadLook()
            look.shape = shape
            look.candidates = recognised.candidates.prefix(5).map {
                .init(format: $0.format, title: $0.title, score: $0.score, reasons: $0.reasons, missing: $0.missing)
            }
            let key = upload.format ?? known?.format ?? recognised.sure?.format
            guard let key, let base = formats[key] else { return (look, nil) }
            look.format = key
            let remembered = known.flatMap { $0.format == key ? $0.mapping : nil }
            look.isRemembered = upload.mapping == nil && remembered != nil
            let format = (upload.mapping ?? remembered).map { base.explained(by: $0) } ?? base
            look.layout = try ListLook(source, format: format, among: all, context: context)
            return (look, format)
        }
    }

    /// What the columns of the file fill, in its order; of a file of XML, what the format has.
    private static func shownFields(_ layout: ListLook?, _ format: Format) -> [(field: RecordField, title: String)] {
        guard let layout else { return format.columns.map { ($0.fields[0], $0.leaf) } }
        var seen: Set<RecordField> = []
        return layout.columns.flatMap { column -> [(field: RecordField, title: String)] in
            guard let field = column.field, let own = format.columns.first(where: { $0.fields.first == field }) else {
                return []
            }
            return own.fields.filter { seen.insert($0).inserted }.map { ($0, column.title) }
        }
    }
}
