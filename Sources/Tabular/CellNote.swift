import Kernel

/// Something about one cell, or about a file as a whole, that its sender should know.
public struct CellNote: Sendable, Equatable {
    /// Name of the sheet; empty when the file has one table.
    public let sheet: String
    /// As the file numbers its rows; 0 for the whole file.
    public let row: Int
    /// Letters as spreadsheets show them; empty for the whole row or file.
    public let column: String
    /// The column's heading.
    public let heading: String
    /// What stands in the cell.
    public let value: String
    /// What is wrong, or was understood, and what to do; Vietnamese.
    public let message: String

    public init(
        sheet: String = "", row: Int, column: String = "", heading: String = "", value: String = "", message: String
    ) {
        self.sheet = sheet
        self.row = row
        self.column = column
        self.heading = heading
        self.value = value
        self.message = message
    }

    /// `Trang “Biểu 1”, dòng 13, cột D (BHXH TN): …`
    public var sentence: String {
        var place: [String] = []
        if !sheet.isEmpty { place.append("trang “\(sheet)”") }
        if row > 0 { place.append("dòng \(row)") }
        if !column.isEmpty { place.append("cột \(column)" + (heading.isEmpty ? "" : " (\(heading))")) }
        let start = place.isEmpty ? "" : VietnameseText.sentence(place.joined(separator: ", ")) + ": "
        return start + (value.isEmpty ? message : "“\(value)” \(message)")
    }
}
