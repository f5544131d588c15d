import Foundation
import Tabular

/// What the city is made by: tables beside the program, with the reason of each line.
struct CityTables: Sendable {
    let names: NameTable
    let provinces: [FormerProvince]
    let suppositions: Suppositions
    let dirt: DirtRates

    /// - Parameter dirt: the bytes of another table of dirt than the program's own.
    init(dirt: [UInt8]? = nil) throws(CityFault) {
        names = try NameTable(
            Self.lines("names", ["kind", "word", "before_1965", "from_1965", "from_1985", "from_2005"]))
        var provinces: [FormerProvince] = []
        for line in try Self.lines(
            "provinces", ["name", "identity_code", "old_card_beginnings", "tax_beginning", "insurance_beginning"])
        {
            provinces.append(FormerProvince(line))
        }
        self.provinces = provinces
        suppositions = try Suppositions(Self.lines("suppositions", ["kind", "key", "value", "reason"]))
        let columns = ["list", "dirt", "per_mille", "reason"]
        if let dirt {
            self.dirt = try DirtRates(Self.lines(dirt, "dirt", columns))
        } else {
            self.dirt = try DirtRates(Self.lines("dirt", columns))
        }
    }

    struct Line: Sendable {
        let file: String
        let number: Int
        let cells: [String]

        subscript(column: Int) -> String { cells[column] }

        func count(_ column: Int) throws(CityFault) -> Double {
            guard let number = Double(cells[column]), number >= 0 else {
                throw fault("“\(cells[column])” is no number of 0 or more")
            }
            return number
        }

        func fault(_ reason: String) -> CityFault { CityFault(file: file, line: number, reason: reason) }
    }

    private static func lines(_ name: String, _ columns: [String]) throws(CityFault) -> [Line] {
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Data"),
            let data = try? Data(contentsOf: url)
        else {
            throw CityFault(
                file: "\(name).csv", line: 0, reason: "missing from the resources: install the program's folder whole")
        }
        return try lines(Array(data), name, columns)
    }

    private static func lines(_ bytes: [UInt8], _ name: String, _ columns: [String]) throws(CityFault) -> [Line] {
        let file = "\(name).csv"
        let rows: [TableRow]
        do {
            rows = try TableFile(bytes).tables.first?.rows ?? []
        } catch {
            throw CityFault(file: file, line: 0, reason: "\(error)")
        }
        let kept = rows.filter { !$0.isBlank && !$0[0].shown.hasPrefix("#") }
        guard let head = kept.first, columns.indices.allSatisfy({ head[$0].shown == columns[$0] }) else {
            throw CityFault(
                file: file, line: kept.first?.number ?? 1,
                reason: "the columns must be \(columns.joined(separator: ","))")
        }
        return kept.dropFirst().map { row in
            Line(file: file, number: row.number, cells: columns.indices.map { row[$0].shown })
        }
    }
}

/// What keeps the city from being made.
public struct CityFault: Error, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let reason: String

    /// - Parameter line: 1-based; 0 where the whole file is meant.
    public init(file: String, line: Int, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    public var description: String { line > 0 ? "\(file), line \(line): \(reason)" : "\(file): \(reason)" }
}

/// A province of before July 2025: births were registered by its code, which numbers keep.
struct FormerProvince: Sendable {
    let name: String
    let identityCode: String
    /// Three digits each; empty where they are not known.
    let oldCardBeginnings: [String]
    let taxBeginning: String
    let insuranceBeginning: String

    init(_ line: CityTables.Line) {
        name = line[0]
        identityCode = line[1]
        oldCardBeginnings = line[2].split(separator: " ").map(String.init)
        taxBeginning = line[3].isEmpty ? String(line[1].suffix(2)) : line[3]
        insuranceBeginning = line[4].isEmpty ? String(line[1].suffix(2)) : line[4]
    }
}

/// People and boats where nothing is published.
struct Suppositions: Sendable {
    private(set) var total = 0
    private(set) var people: [String: Int] = [:]
    private(set) var density: [String: Double] = [:]
    /// Of grown people of a former district, those who live by boats.
    private(set) var boats: [String: Double] = [:]
    /// How much keener on the voluntary scheme, by the code of a former province; 1 where nothing stands.
    private(set) var voluntary: [String: Double] = [:]

    init(_ lines: [CityTables.Line]) throws(CityFault) {
        for line in lines {
            let value = try line.count(2)
            switch line[0] {
            case "total": total = Int(value)
            case "people": people[line[1]] = Int(value)
            case "density": density[line[1]] = value
            case "boats": boats[line[1]] = value / 1_000
            case "voluntary": voluntary[line[1]] = value
            default: throw line.fault("“\(line[0])” is none of total, people, density, boats, voluntary")
            }
        }
    }
}
