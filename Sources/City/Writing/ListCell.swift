import Kernel

/// A cell of a list before it is known what kind of file it goes into.
enum ListCell: Sendable, Equatable {
    case text(String)
    case count(Int)
    /// Đồng.
    case money(Int)
    case day(Day)

    static let empty = ListCell.text("")
}

/// What a list stands in.
enum ListForm: Sendable, Equatable {
    /// Plain text in UTF-8 with a byte-order mark.
    case text(separator: String, isDecomposed: Bool)
    case workbook
    /// XML: the element of a row, and what stands behind the rows; the head's title is what stands before them, its columns are
    /// named by their elements.
    case markup(row: String, behind: String)

    var ending: String {
        switch self {
        case .text: "csv"
        case .markup: "xml"
        case .workbook: "xlsx"
        }
    }
}

/// The columns of a list with what stands above the first of them.
struct ListHead: Sendable {
    struct Column: Sendable {
        /// Over this one and its neighbours of the same group; empty for none.
        let group: String
        let name: String

        init(_ name: String, under group: String = "") {
            self.name = name
            self.group = group
        }
    }

    let titles: [String]
    let columns: [Column]
    /// Whether a row of column numbers follows, as forms print them.
    let isNumbered: Bool

    init(_ titles: [String], _ columns: [Column], numbered: Bool = false) {
        self.titles = titles
        self.columns = columns
        isNumbered = numbered
    }

    var hasGroups: Bool { columns.contains { !$0.group.isEmpty } }
}
