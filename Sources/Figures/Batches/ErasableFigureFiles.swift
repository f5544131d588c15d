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

    /// Files of figures and proofs of objections, to whoever may open them. A file that waits to be taken is thrown away
    /// first. The figures that were taken stay: they are numbers of communes.
    public var figureFileKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.viewFigures) else { return nil }
            let scope = viewer.contestScope
            if let row = try connection.row("SELECT id, commune FROM figure_contest WHERE file = ?", id) {
                let commune = try row.communeCode("commune")
                guard scope.covers(commune) else { return nil }
                return FileHolder(
                    subject: Subject(.figureContest, try row.text("id")),
                    words: "tệp chứng minh của đề nghị sửa số liệu, \(directory[commune]?.fullName ?? commune.text)",
                    unit: .commune(commune),
                    mayAsk: viewer.contestsFigures(of: commune) || viewer.may(.decideContests))
            }
            guard scope.reach == .everything else { return nil }
            if let row = try connection.row("SELECT number FROM figure_batch WHERE file = ?", id) {
                return FileHolder(
                    subject: Subject(.figureBatch, try row.integer("number")),
                    words: "tệp của lô số liệu số \(try row.integer("number"))", unit: nil,
                    mayAsk: viewer.may(.withdrawFigures))
            }
            if let row = try connection.row("SELECT number FROM movement_batch WHERE file = ?", id) {
                return FileHolder(
                    subject: Subject(.movementBatch, try row.integer("number")),
                    words: "tệp của lô biến động số \(try row.integer("number"))", unit: nil,
                    mayAsk: viewer.may(.withdrawFigures))
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
