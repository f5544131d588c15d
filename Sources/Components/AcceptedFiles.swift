/// The kinds of file that a field takes, by the endings of their names: the field tells them, whoever reads the form holds to them.
public struct AcceptedFiles: Sendable, Equatable {
    /// Lower case, without the dot; the usual one first.
    public let endings: [String]

    public init(_ endings: String...) {
        self.endings = endings
    }

    /// For the browser.
    var attribute: String { endings.map { ".\($0)" }.joined(separator: ",") }

    /// For people.
    public var words: String { endings.map { ".\($0)" }.joined(separator: ", ") }

    /// A signed copy as it is scanned.
    public static let signedCopy = AcceptedFiles("pdf")
    /// A table that is read.
    public static let table = AcceptedFiles("xlsx", "csv")
    /// A list that an agency hands over.
    public static let delivered = AcceptedFiles("xlsx", "csv", "xml")
    /// Borders for the map.
    public static let boundaries = AcceptedFiles("geojson", "json")
    /// A document that is kept as it is.
    public static let document = AcceptedFiles("pdf", "docx", "doc", "xlsx", "xls", "jpg", "jpeg", "png")
    /// A list that is kept as it is.
    public static let list = AcceptedFiles("xlsx", "xls", "csv", "pdf", "docx")
    /// The text of a law.
    public static let lawText = AcceptedFiles("pdf", "docx", "doc", "xlsx", "jpg", "jpeg", "png")
    /// What shows that a figure is otherwise.
    public static let proof = AcceptedFiles("pdf", "xlsx", "docx", "jpg", "jpeg", "png")
}
