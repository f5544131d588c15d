public import Formats
import Foundation
import Kernel
import Tabular

/// By what rules persons and employers are worked out of records: tables beside the program.
public struct DerivationRules: Sendable {
    /// The kinds of record a field is taken from, the first first.
    public let personFields: [RecordField: [RecordKind]]
    public let employerFields: [RecordField: [RecordKind]]
    public let spells: SpellRules
    public let employers: EmployerRules
    public let bounds: Bounds

    /// Numbers that the rules work with.
    public struct Bounds: Sendable {
        /// Months for which a better list's word on where somebody lives goes before a later list's.
        public let residenceMonths: Int
        /// A list speaks of all whom an earlier one named from this share of its rows on.
        public let wholeListPercent: Int
        /// Aggregates below it are not shown to who may not open records.
        public let smallNumber: Int
    }

    /// Those that come with the program.
    public static func shipped() throws -> DerivationRules { try loaded.get() }

    private static let loaded = Result { try DerivationRules() }

    private init() throws {
        personFields = try Self.fields("person-fields")
        employerFields = try Self.fields("employer-fields")
        spells = try SpellRules()
        employers = try EmployerRules()
        var numbers: [String: Int] = [:]
        for line in try RuleLine.all(of: "bounds", columns: ["name", "value", "reason"]) {
            guard let value = Int(line.cells[1]), value > 0 else {
                throw line.fault("“\(line.cells[1])” is no whole number above 0")
            }
            numbers[line.cells[0]] = value
        }
        func number(_ name: String) throws(RuleFault) -> Int {
            guard let value = numbers[name] else {
                throw RuleFault(file: "bounds.csv", line: 0, reason: "the line \(name) is missing")
            }
            return value
        }
        bounds = Bounds(
            residenceMonths: try number("residence-months"), wholeListPercent: try number("whole-list-percent"),
            smallNumber: try number("small-number"))
    }

    private static func fields(_ name: String) throws -> [RecordField: [RecordKind]] {
        var fields: [RecordField: [RecordKind]] = [:]
        for line in try RuleLine.all(of: name, columns: ["field", "kinds", "reason"]) {
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
        return fields
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
