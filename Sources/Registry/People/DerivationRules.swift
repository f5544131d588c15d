public import Formats
import Foundation
import Kernel
import Tabular

/// By what rules persons and employers are worked out of records: tables beside the program.
public struct DerivationRules: Sendable {
    /// The kinds of record a field is taken from, the first first.
    public let personFields: [RecordField: [RecordKind]]

    /// Those that come with the program.
    public static func shipped() throws -> DerivationRules { try loaded.get() }

    private static let loaded = Result { try DerivationRules() }

    private init() throws {
        var fields: [RecordField: [RecordKind]] = [:]
        for line in try RuleLine.all(of: "person-fields", columns: ["field", "kinds", "reason"]) {
            guard let field = RecordField(rawValue: line.cells[0]) else {
                throw line.fault("“\(line.cells[0])” is no field of a record")
            }
            fields[field] = try line.cells[1].split(separator: " ").map { word in
                guard let kind = RecordKind(rawValue: String(word)) else {
                    throw line.fault("“\(word)” is no kind of record")
                }
                return kind
            }
        }
        personFields = fields
    }
}

/// A line of a table of rules.
struct RuleLine {
    let file: String
    let number: Int
    let cells: [String]

    func fault(_ reason: String) -> RuleFault { RuleFault(file: file, line: number, reason: reason) }

    static func all(of name: String, columns: [String]) throws -> [RuleLine] {
        let file = "\(name).csv"
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Data"),
            let data = try? Data(contentsOf: url)
        else {
            throw RuleFault(
                file: file, line: 0, reason: "missing from the resources: install the program's folder whole")
        }
        let records = try CSVReader.records(of: Array(data)).filter { $0.fields.first?.hasPrefix("#") == false }
        guard let head = records.first, head.fields == columns else {
            throw RuleFault(
                file: file, line: records.first?.line ?? 1,
                reason: "the columns must be \(columns.joined(separator: ","))")
        }
        return try records.dropFirst().map { record in
            let line = RuleLine(file: file, number: record.line, cells: record.fields)
            guard record.fields.count == columns.count else {
                throw line.fault("has \(record.fields.count) cells for \(columns.count) columns")
            }
            return line
        }
    }
}

/// What is wrong in a table of rules.
public struct RuleFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    /// From 1; 0 for the whole file.
    public let line: Int
    public let reason: String

    public var description: String { line > 0 ? "\(file), line \(line): \(reason)" : "\(file): \(reason)" }
}
