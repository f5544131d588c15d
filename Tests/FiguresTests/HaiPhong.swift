import Figures
import Foundation
import Kernel
import Tabular
import Province

/// Hải Phòng's communes and the sample files, found from this file's place in the package.
enum HaiPhong {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let package = tests.deletingLastPathComponent().deletingLastPathComponent()

    static func bytes(_ file: URL) -> [UInt8] { (try? Data(contentsOf: file)).map { Array($0) } ?? [] }

    static let directory: CommuneDirectory = {
        let folder = package.appending(path: "plans/hai-phong-2030")
        let read = CommuneFile.read(bytes(folder.appending(path: "communes.csv")), file: "communes.csv")
        let units = OldUnitFile.read(
            bytes(folder.appending(path: "old-units.csv")), file: "old-units.csv",
            communes: Set(read.communes.map(\.code)))
        return CommuneDirectory(read.communes, oldUnits: units.units)
    }()

    static let province = "thành phố Hải Phòng"
    static let reader = FigureReader(directory: directory, province: province)

    static func sample(_ name: String) -> [UInt8] { bytes(tests.appending(path: "Samples/\(name)")) }

    /// The day on which the tests read: the samples' last month is over.
    static let today = Day.known(2026, 11, 24)
}

extension Day {
    /// A day the test knows the calendar has.
    static func known(_ year: Int, _ month: Int, _ day: Int) -> Day {
        guard let known = Day(year: year, month: month, day: day) else {
            preconditionFailure("no \(year)-\(month)-\(day)")
        }
        return known
    }
}

extension Month {
    static func known(_ year: Int, _ month: Int) -> Month {
        guard let known = Month(year: year, month: month) else { preconditionFailure("no month \(month)/\(year)") }
        return known
    }
}

extension CommuneCode {
    static func known(_ text: String) -> CommuneCode {
        guard let known = CommuneCode(text) else { preconditionFailure("no code \(text)") }
        return known
    }
}

/// Figures without their order: what a reading is compared by.
struct FigureKeyed: Hashable, CustomStringConvertible {
    let commune: String
    let month: String
    let scheme: Scheme

    init(_ commune: String, _ month: String, _ scheme: Scheme) {
        (self.commune, self.month, self.scheme) = (commune, month, scheme)
    }

    var description: String { "\(commune) \(month) \(scheme)" }
}

extension FigureReading {
    /// By commune, month and scheme; a figure given twice is the larger mistake and shows as -1.
    var byKey: [FigureKeyed: Int] {
        Dictionary(
            figures.map { (FigureKeyed($0.commune.text, $0.month.description, $0.scheme), $0.people) },
            uniquingKeysWith: { _, _ in -1 })
    }

    /// Commune, compulsory, voluntary of each commune, in the order of the codes: `10507 100 10`. A dash for what is missing.
    var lines: [String] {
        Set(figures.map(\.commune)).sorted().map { commune in
            let people = Scheme.allCases.map { scheme in
                let found = figures.filter { $0.commune == commune && $0.scheme == scheme }.map { "\($0.people)" }
                return found.isEmpty ? "-" : found.joined(separator: "+")
            }
            return "\(commune) \(people.joined(separator: " "))"
        }
    }

    /// Row and column of each error: `4B`, `44`.
    var errorPlaces: [String] { errors.map { "\($0.row)\($0.column)" } }

    func error(at place: String) -> String { errors.first { "\($0.row)\($0.column)" == place }?.message ?? "" }
}

/// Small files made in memory. Lines are given with bars between their fields.
enum FigureFile {
    static let month = "Tháng 09/2026"
    static let heading = "Tên xã|BHXH bắt buộc|BHXH tự nguyện"

    static func rows(_ lines: [String]) -> [[String]] {
        lines.map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
    }

    static func csv(_ lines: [String], separator: Character = ";") throws -> TableFile {
        try TableFile(CSVWriter.bytes(of: rows(lines), separator: separator))
    }

    /// A workbook in which fields of digits are numbers, save within the heading.
    static func xlsx(_ lines: [String], merged: [CellRange] = [], name: String = "Biểu") throws -> TableFile {
        try TableFile(try XLSXWriter.bytes(of: [sheet(lines, merged: merged, name: name)]))
    }

    static func sheet(_ lines: [String], merged: [CellRange] = [], name: String = "Biểu") -> Sheet {
        Sheet(name: name, rows: rows(lines).map { $0.map(cell) }, merged: merged)
    }

    private static func cell(_ text: String) -> SheetCell {
        if let number = Double(text), !text.hasPrefix("0") || text == "0" { return SheetCell(.number(number)) }
        return .text(text)
    }

    /// Reads a text file of these lines.
    static func reading(
        _ lines: [String], named name: String = "x.csv", _ change: (inout FigureReader.Surroundings) -> Void = { _ in }
    ) throws -> FigureReading {
        try read(try csv(lines), named: name, change)
    }

    static func read(
        _ file: TableFile, named name: String = "x.csv", _ change: (inout FigureReader.Surroundings) -> Void = { _ in }
    ) throws -> FigureReading {
        var surroundings = FigureReader.Surroundings(today: HaiPhong.today)
        change(&surroundings)
        return try HaiPhong.reader.read(file, fileName: name, in: surroundings)
    }

    /// The message with which a file is refused whole; empty when it is read.
    static func refusal(
        _ lines: [String], named name: String = "x.csv", _ change: (inout FigureReader.Surroundings) -> Void = { _ in }
    ) throws -> String {
        do {
            _ = try reading(lines, named: name, change)
            return ""
        } catch let error as FigureFileError {
            return error.description
        }
    }
}
