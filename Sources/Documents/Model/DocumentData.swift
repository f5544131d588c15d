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

    /// What figures stand on, by the name of a field, a table (`months`), its column (`months/total`), row (`months/2`) or
    /// cell (`months/2/total`); the narrowest holds. Nil in papers frozen before figures told it.
    public private(set) var origins: [String: FigureOrigin]?

    public init(fields: [String: String] = [:], tables: [String: Table] = [:]) {
        self.fields = fields
        self.tables = tables
    }

    /// Puts a field that is a figure, or a phrase with figures in it.
    public mutating func put(_ field: String, _ words: String, from origin: FigureOrigin?) {
        fields[field] = words
        if let origin, !words.isEmpty { origins = (origins ?? [:]).merging([field: origin]) { $1 } }
    }

    /// Says what a table, a column, a row or a cell of it stands on.
    public mutating func state(_ origin: FigureOrigin?, of place: String) {
        if let origin { origins = (origins ?? [:]).merging([place: origin]) { $1 } }
    }

    /// What a field stands on.
    public func origin(of field: String) -> FigureOrigin? { origins?[field] }

    /// What a cell stands on; rows count from 1.
    public func origin(of table: String, row: Int, column: String) -> FigureOrigin? {
        origins?["\(table)/\(row)/\(column)"] ?? origins?["\(table)/\(row)"] ?? origins?["\(table)/\(column)"]
            ?? origins?[table]
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

/// What a figure stands on: the day it is counted to and where it was read.
public struct FigureOrigin: Sendable, Codable, Equatable {
    public let day: Day
    /// A file, a decision, the system's own count: for whoever checks, never printed as it is.
    public let source: String

    public init(_ day: Day, _ source: String) {
        self.day = day
        self.source = source
    }
}
