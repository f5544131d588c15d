public import Kernel

/// What a document is made of besides its template: frozen when the document is made, so that it can be made again.
public struct DocumentData: Sendable, Codable, Equatable {
    /// A value of a table.
    public enum Value: Sendable, Codable, Equatable {
        case empty
        case text(String)
        case number(Int)
        /// With so many decimals as are shown.
        case decimal(Double, places: Int)
        case day(Day)

        /// As a document writes it.
        public var words: String {
            switch self {
            case .empty: ""
            case .text(let text): text
            case .number(let number): VietnameseText.grouped(number)
            case .decimal(let number, let places): Self.decimal(number, places)
            case .day(let day): day.vietnamese
            }
        }

        public var number: Double? {
            switch self {
            case .number(let number): Double(number)
            case .decimal(let number, _): number
            default: nil
            }
        }

        static func decimal(_ number: Double, _ places: Int) -> String {
            var scale = 1.0
            for _ in 0..<max(places, 0) { scale *= 10 }
            let scaled = (number.magnitude * scale).rounded()
            guard scaled < 9e15 else { return "\(number)" }
            let whole = Int(scaled) / Int(scale)
            let rest = Int(scaled) % Int(scale)
            let decimals = places > 0 ? "," + String(String(rest + Int(scale)).dropFirst()) : ""
            return (number < 0 && scaled > 0 ? "-" : "") + VietnameseText.grouped(whole) + decimals
        }
    }

    public struct Table: Sendable, Codable, Equatable {
        public var columns: [String]
        public var rows: [[Value]]

        public init(columns: [String], rows: [[Value]] = []) {
            self.columns = columns
            self.rows = rows
        }

        public func values(of column: String) -> [Value]? {
            columns.firstIndex(of: column).map { index in rows.map { $0.indices.contains(index) ? $0[index] : .empty } }
        }
    }

    /// By name, as the template's `{{name}}` asks for them.
    public var fields: [String: String]
    public var tables: [String: Table]

    public init(fields: [String: String] = [:], tables: [String: Table] = [:]) {
        self.fields = fields
        self.tables = tables
    }

    /// With other words in the place of a column's values; empty ones stay empty.
    public func masking(_ column: String, of table: String, as words: String) -> DocumentData {
        var masked = self
        guard var found = tables[table], let index = found.columns.firstIndex(of: column) else { return self }
        for row in found.rows.indices where found.rows[row].indices.contains(index) {
            guard !found.rows[row][index].words.isEmpty else { continue }
            found.rows[row][index] = .text(words)
        }
        masked.tables[table] = found
        return masked
    }
}
