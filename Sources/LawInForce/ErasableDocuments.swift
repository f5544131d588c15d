import Access
import Database
public import Files
import Kernel

extension LawService {
    /// Documents behind entered values of the law, to whoever keeps them.
    public var documentKeeper: FileKeeper {
        { id, viewer, connection in
            guard viewer.may(.keepLegislation),
                let row = try connection.row("SELECT id, parameter FROM law_amendment WHERE file = ?", id)
            else { return nil }
            return FileHolder(
                subject: Subject(.parameter, try row.text("id")),
                words: "văn bản kèm giá trị của tham số \(try row.text("parameter"))", unit: nil, mayAsk: true)
        }
    }
}
