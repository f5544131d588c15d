import Access
import Database
public import Files
import Kernel
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
                mayAsk: viewer.drafts(for: found.unit.text))
        }
    }
}
