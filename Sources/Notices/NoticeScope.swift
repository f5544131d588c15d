public import Access
import Database
import Kernel

/// Which notices a person may see: those for the account, for the units it works for and the rights it holds. Every query
/// for notices takes one; only a viewer makes it.
public struct NoticeScope: Sendable, Hashable {
    private let account: RecordID
    private let places: [String]
    private let rights: [String]

    public init(_ viewer: Viewer) {
        account = viewer.account
        places =
            [Addressee.anywhere] + viewer.ownUnits.map { Addressee.place(of: $0) }
            + [viewer.agency].compactMap { $0.map { Addressee.place(of: $0) } }
        rights = viewer.rights.map(\.name).sorted()
    }

    /// A condition on `notice n`: within the scope, holding today, and not the person's own deed.
    func condition(today: SQLValue) -> (sql: String, values: [SQLValue]) {
        let own = "a.place = ? AND a.right_name = ''"
        let shared =
            rights.isEmpty
            ? ""
            : " OR a.place IN (\(NoticeBoard.marks(places.count))) AND a.right_name IN (\(NoticeBoard.marks(rights.count)))"
        return (
            """
            n.id IN (SELECT a.notice FROM notice_addressee a WHERE \(own)\(shared))
                AND n.resolved_at IS NULL AND (n.until_day IS NULL OR n.until_day >= ?)
                AND (n.author IS NULL OR n.author <> ?)
            """,
            [Addressee.place(of: account).sqlValue] + (rights.isEmpty ? [] : (places + rights).map(\.sqlValue))
                + [today, account.sqlValue]
        )
    }
}
