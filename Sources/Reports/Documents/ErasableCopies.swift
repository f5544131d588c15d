import Access
import Database
public import Files
public import Kernel
import Notices
import PlanText

extension DocumentService {
    /// Signed copies, those that another took the place of too, to whoever may read the paper; its unit may ask that one be
    /// erased.
    public var copyKeeper: FileKeeper {
        { id, viewer, connection in
            guard let row = try connection.row("SELECT document FROM signed_copy WHERE file = ?", id) else {
                return nil
            }
            let found = try self.find(try row.recordID("document"), for: viewer, on: connection)
            guard self.mayRead(found, viewer) else { return nil }
            return FileHolder(
                subject: Subject(.document, found.id),
                words: "bản ký của văn bản “\(found.title)”, \(definition.name(of: found.unit))", unit: found.unit,
                mayAsk: viewer.drafts(for: found.unit.text),
                undoes: found.signing.flatMap { $0.file == id ? [Self.undone($0)] : nil } ?? [])
        }
    }

    private static func undone(_ signing: Signing) -> String {
        "Văn bản số \(signing.citation) vẫn giữ số, ngày nhưng không còn bản ký và không còn là sản phẩm của việc nào, cho đến khi kèm bản ký khác; đơn vị soạn được báo."
    }

    /// A paper whose signed copy was erased: the trail says so, and those who issue papers of its unit are told.
    public var copyLoss: FileLoss {
        { erased, submission, now, connection in
            for row in try connection.rows("SELECT document FROM signed_copy WHERE file = ?", erased.file.id) {
                let found = try self.find(try row.recordID("document"), for: submission.viewer, on: connection)
                let subject = Subject(.document, found.id)
                try AuditTrail.append(
                    AuditEvent("document.copy-erased", subject: subject, detail: erased.words), by: submission.actor,
                    at: now, on: connection)
                guard let signing = found.signing, signing.file == erased.file.id else { continue }
                try connection.execute(
                    "UPDATE official_document SET version = version + 1 WHERE id = ?", found.id)
                try NoticeBoard.tellErased(
                    erased.file.id, of: subject, to: [.officers(of: found.unit, holding: .draftDocuments)],
                    "Bản ký của văn bản số \(signing.citation) đã huỷ; hãy kèm bản ký khác", detail: erased.words,
                    author: submission.viewer.account, at: now, on: connection)
            }
        }
    }

    /// The signed copy of a paper where it was erased; nil for one that is there.
    public func erasedCopy(of document: StoredDocument) async throws -> RecordID? {
        guard let file = document.signing?.file else { return nil }
        return try await store.read { try StoredFiles.find(file, on: $0) }?.isErased == true ? file : nil
    }
}
