import Access
import Database
public import Files
import Kernel
import Notices

extension LawService {
    /// Documents behind entered values of the law, to whoever keeps them.
    public var documentKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.keepLegislation),
                let row = try connection.row("SELECT id, parameter FROM law_amendment WHERE file = ?", id)
            else { return nil }
            return FileHolder(
                subject: Subject(.parameter, try row.text("id")),
                words: "văn bản kèm giá trị của tham số \(try row.text("parameter"))", unit: nil, mayAsk: true,
                undoes: [
                    "Giá trị của tham số vẫn được dùng, nhưng không còn văn bản kèm theo; những người giữ tham số được báo."
                ])
        }
    }

    /// An entered value whose document was erased: the trail says so, and those who keep the law's values are told.
    public var documentLoss: FileLoss {
        { erased, submission, now, connection in
            for row in try connection.rows(
                "SELECT id, parameter FROM law_amendment WHERE file = ?", erased.file.id)
            {
                let parameter = try row.text("parameter")
                try AuditTrail.append(
                    AuditEvent("law.document-erased", subject: Subject(.parameter, parameter), detail: erased.words),
                    by: submission.actor, at: now, on: connection)
                try NoticeBoard.tellErased(
                    erased.file.id, of: Subject(.parameter, try row.text("id")),
                    to: [.everybody(holding: .keepLegislation)],
                    "Văn bản kèm giá trị của tham số \(parameter) đã huỷ", detail: erased.words,
                    author: submission.viewer.account, at: now, on: connection)
            }
        }
    }
}
