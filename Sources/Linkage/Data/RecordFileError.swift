/// What a delimited file has wrong as a whole, or in a row.
public enum RecordFileError: Error, Sendable, Equatable, CustomStringConvertible {
    case empty(file: String)
    case oneColumn(file: String)
    case brokenQuoting(file: String, row: Int)
    case notText(file: String)
    case missingColumn(String, file: String, nearest: String?)
    case doubleColumn(String, file: String)
    case doubleID(String, file: String, rows: [Int])
    case missingID(file: String, row: Int)

    public var description: String {
        switch self {
        case .empty(let file): "\(file) has no rows; give a file with a header line and one record a line"
        case .oneColumn(let file): "\(file) has a single column; is its separator a comma, semicolon, tab or bar?"
        case .brokenQuoting(let file, let row):
            "\(file), row \(row): a quoted field is not closed, or goes on after its closing quote; mend the quotes"
        case .notText(let file): "\(file) is no text in UTF-8; save it as CSV (UTF-8) or XLSX"
        case .missingColumn(let name, let file, let nearest):
            "\(file) has no column “\(name)”" + (nearest.map { "; did you mean “\($0)”?" } ?? "")
        case .doubleColumn(let name, let file): "\(file) has two columns named “\(name)”; rename one"
        case .doubleID(let id, let file, let rows):
            "\(file): the id “\(id)” stands in rows \(rows.map(String.init).joined(separator: " and ")); ids must be unique"
        case .missingID(let file, let row): "\(file), row \(row): the id is empty"
        }
    }
}

/// The name most like another, for messages.
public enum Nearest {
    public static func name(to wanted: String, among names: [String]) -> String? {
        let close = names.map {
            (name: $0, distance: distance(Array(wanted.lowercased().utf8), Array($0.lowercased().utf8)))
        }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return close.flatMap { $0.distance <= max(2, wanted.utf8.count / 3) ? $0.name : nil }
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let change = diagonal + (byte == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, min(row[j], row[j + 1]) + 1)
            }
        }
        return row[right.count]
    }
}
