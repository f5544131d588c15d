public import Access
public import Database
public import Kernel

extension DocumentService {
    /// What a paper is called and whose it is, for whatever speaks of it; nil where there is none.
    public func title(
        of id: RecordID, on connection: any SQLConnection
    ) throws -> (title: String, unit: UnitCode)? {
        guard let row = try connection.row("SELECT title, unit FROM official_document WHERE id = ?", id),
            let unit = UnitCode(try row.text("unit"))
        else { return nil }
        return (try row.text("title"), unit)
    }

    /// Whether somebody reads a unit's papers, drafts too.
    public func reads(papersOf unit: UnitCode, _ viewer: Viewer) -> Bool {
        viewer.may(.readDocuments) || viewer.drafts(for: unit.text)
    }
}
