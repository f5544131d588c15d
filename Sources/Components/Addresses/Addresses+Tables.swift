// Lists: their columns, their workbooks.
extension Addresses {
    /// Which columns of a list somebody wants to see; the part is the list's key.
    public static let tableColumns = Place<String>("/tai-khoan/cot/{list}")
    public static let keepTableColumns = tableColumns.asForm
    /// Orders a list that is too long to be had at once as a workbook.
    public static let longWorkbook = Place<String>("/viec-chay-nen/bang/{list}")
    public static let makeLongWorkbook = longWorkbook.asForm
}

extension Place {
    /// The list of this page as a workbook.
    public var workbook: Place { below("bang.xlsx") }
}

extension QueryKey {
    public static let sort = QueryKey("xep")
    public static let filter = QueryKey("loc")
    /// How many rows stand on a page.
    public static let rows = QueryKey("dong")
    /// What a list was narrowed to, handed on whole.
    public static let selection = QueryKey("chon")

    /// What was done, and the days between which, of the audit trail.
    public static let action = QueryKey("thao-tac")
    public static let since = QueryKey("tu-ngay")
    public static let until = QueryKey("den-ngay")

    /// What a column is narrowed to.
    public static func choice(of column: String) -> QueryKey { QueryKey("loc-\(column)") }
}
