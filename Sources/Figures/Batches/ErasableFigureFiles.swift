import Access
public import Database
public import Files
import Jobs
public import Kernel
import Notices
import Province

extension FigureService {
    /// Batches keep the name of their file, and say it as their source where nobody named one; those of objections keep the
    /// name of the proof. An earlier release told it to the trail, and to the job that took the file.
    @Sendable public static func overwriteFileName(
        of file: StoredFile, with words: String, on connection: any SQLConnection
    ) throws -> [Subject] {
        func overwrite(_ table: String, where condition: String) throws -> Int {
            try connection.execute(
                """
                UPDATE \(table) SET source = CASE WHEN source = 'Tệp ' || file_name THEN ? ELSE source END, file_name = ?
                WHERE \(condition)
                """, words, words, file.id)
        }
        let batches = try overwrite("figure_batch", where: "file = ?")
        let contested = try overwrite(
            "figure_batch", where: "number IN (SELECT batch FROM figure_contest WHERE file = ?)")
        if batches + contested > 0 { try Revisions.advance(.figureBatch, on: connection) }
        if try overwrite("movement_batch", where: "file = ?") > 0 {
            try Revisions.advance(.movementBatch, on: connection)
        }
        func subjects(_ kind: Subject.Kind, _ sql: String) throws -> [Subject] {
            try connection.rows(sql, file.id).map { Subject(kind, try $0.text("key")) }
        }
        let jobs = try subjects(.job, "SELECT job AS key FROM figure_upload WHERE file = ? AND job IS NOT NULL")
        for job in jobs {
            try JobService.overwrite(file.name, with: words, in: job, on: connection)
            try NoticeBoard.overwrite(file.name, with: words, about: job, on: connection)
        }
        let uploads = try subjects(.figureUpload, "SELECT id AS key FROM figure_upload WHERE file = ?")
        return try uploads + uploads.map { Subject(.file, $0) } + jobs
            + subjects(.figureBatch, "SELECT CAST(number AS TEXT) AS key FROM figure_batch WHERE file = ?")
            + subjects(.movementUpload, "SELECT id AS key FROM movement_upload WHERE file = ?")
            + subjects(.movementBatch, "SELECT CAST(number AS TEXT) AS key FROM movement_batch WHERE file = ?")
    }

    private static let undoneBatch =
        "Các số đã nhận từ tệp này vẫn được dùng, nhưng không còn tệp gốc để đối chiếu; những người nhận số liệu được báo."

    /// Batches whose file was erased and objections whose proof was: the trail says so, and those who rely on them are told.
    /// The numbers stay.
    public var figureFileLoss: FileLoss {
        { erased, submission, now, connection in
            func tell(_ subject: Subject, _ addressees: [Addressee], _ title: String) throws {
                try NoticeBoard.tellErased(
                    erased.file.id, of: subject, to: addressees, title, detail: erased.words,
                    author: submission.viewer.account, at: now, on: connection)
            }
            let id = erased.file.id
            for row in try connection.rows("SELECT number FROM figure_batch WHERE file = ?", id) {
                let number = try row.integer("number")
                try AuditTrail.append(
                    AuditEvent("figures.file-erased", subject: Subject(.figureBatch, number), detail: erased.words),
                    by: submission.actor, at: now, on: connection)
                try tell(
                    Subject(.figureBatch, number), [.everybody(holding: .acceptFigures)],
                    "Tệp của lô số liệu số \(number) đã huỷ; các số đã nhận vẫn được dùng")
            }
            for row in try connection.rows("SELECT number FROM movement_batch WHERE file = ?", id) {
                let number = try row.integer("number")
                try AuditTrail.append(
                    AuditEvent("movements.file-erased", subject: Subject(.movementBatch, number), detail: erased.words),
                    by: submission.actor, at: now, on: connection)
                try tell(
                    Subject(.movementBatch, number), [.everybody(holding: .acceptFigures)],
                    "Tệp của lô biến động số \(number) đã huỷ; các số đã nhận vẫn được dùng")
            }
            for row in try connection.rows("SELECT id, commune FROM figure_contest WHERE file = ?", id) {
                let (contest, commune) = (try row.text("id"), try row.communeCode("commune"))
                try AuditTrail.append(
                    AuditEvent("figures.proof-erased", subject: Subject(.figureContest, contest), detail: erased.words),
                    by: submission.actor, at: now, on: connection)
                try tell(
                    Subject(.figureContest, contest),
                    [.everybody(holding: .decideContests), .officers(of: .commune(commune), holding: .contestFigures)],
                    "Tệp chứng minh của đề nghị sửa số liệu, \(directory[commune]?.fullName ?? commune.text), đã huỷ")
            }
        }
    }

    /// Files of figures and proofs of objections, to whoever may open them. A file that waits to be taken is thrown away
    /// first. The figures that were taken stay: they are numbers of communes.
    public var figureFileKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.viewFigures) else { return nil }
            let scope = viewer.contestScope
            if let row = try connection.row("SELECT id, commune, granted FROM figure_contest WHERE file = ?", id) {
                let isGranted = try row.optionalInteger("granted") == 1
                let commune = try row.communeCode("commune")
                guard scope.covers(commune) else { return nil }
                return FileHolder(
                    subject: Subject(.figureContest, try row.text("id")),
                    words: "tệp chứng minh của đề nghị sửa số liệu, \(directory[commune]?.fullName ?? commune.text)",
                    unit: .commune(commune),
                    mayAsk: viewer.contestsFigures(of: commune) || viewer.may(.decideContests),
                    undoes: isGranted
                        ? [
                            "Số liệu đã sửa theo đề nghị này vẫn được dùng, nhưng không còn tệp chứng minh; người quyết định được báo. Vì vậy người xác nhận phải ở ngoài đơn vị đề nghị."
                        ] : [],
                    needsOutsider: isGranted)
            }
            guard scope.reach == .everything else { return nil }
            if let row = try connection.row("SELECT number FROM figure_batch WHERE file = ?", id) {
                return FileHolder(
                    subject: Subject(.figureBatch, try row.integer("number")),
                    words: "tệp của lô số liệu số \(try row.integer("number"))", unit: nil,
                    mayAsk: viewer.may(.withdrawFigures), undoes: [Self.undoneBatch])
            }
            if let row = try connection.row("SELECT number FROM movement_batch WHERE file = ?", id) {
                return FileHolder(
                    subject: Subject(.movementBatch, try row.integer("number")),
                    words: "tệp của lô biến động số \(try row.integer("number"))", unit: nil,
                    mayAsk: viewer.may(.withdrawFigures), undoes: [Self.undoneBatch])
            }
            if let row = try connection.row("SELECT id FROM movement_upload WHERE file = ?", id) {
                let upload = try MovementService.upload(try row.recordID("id"), on: connection)
                return FileHolder(
                    subject: Subject(.movementUpload, upload.id),
                    words: upload.isOpen
                        ? "tệp biến động đang chờ nhận (bỏ tệp trước khi huỷ)"
                        : "tệp biến động gửi \(upload.at.vietnamese)", unit: nil,
                    mayAsk: viewer.may(.acceptFigures) && !upload.isOpen)
            }
            guard let row = try connection.row("SELECT id FROM figure_upload WHERE file = ?", id) else { return nil }
            let upload = try Self.upload(try row.recordID("id"), on: connection)
            return FileHolder(
                subject: Subject(.figureUpload, upload.id),
                words: upload.isOpen
                    ? "tệp số liệu đang chờ nhận (bỏ tệp trước khi huỷ)" : "tệp số liệu gửi \(upload.at.vietnamese)",
                unit: nil, mayAsk: viewer.may(.acceptFigures) && !upload.isOpen)
        }
    }
}
