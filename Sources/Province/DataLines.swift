import Kernel
import Tabular

/// The lines of a data file with a header, its faults gathered on the way.
struct DataLines {
    struct Line {
        let number: Int
        fileprivate let fields: [String]
        fileprivate let columns: [String: Int]

        subscript(name: String) -> String {
            guard let index = columns[name], index < fields.count else { return "" }
            return VietnameseText.tidy(fields[index])
        }
    }

    private(set) var all: [Line] = []
    private(set) var faults: [DataFault] = []
    private(set) var headerLine = 0
    private let file: String

    init(_ bytes: [UInt8], file: String, required: [String], wanted: String) {
        self.file = file
        let records: [CSVRecord]
        do {
            records = try CSVReader.records(of: bytes)
        } catch {
            faults = [DataFault(file: file, line: error.line, reason: error.description)]
            return
        }
        guard let header = records.first else {
            faults = [DataFault(file: file, line: 0, reason: "tệp trống; cần dòng tiêu đề và \(wanted)")]
            return
        }
        headerLine = header.line
        let columns = Dictionary(zip(header.fields, header.fields.indices), uniquingKeysWith: { first, _ in first })
        let missing = required.filter { columns[$0] == nil }
        guard missing.isEmpty else {
            let names = missing.joined(separator: ", ")
            faults = [DataFault(file: file, line: header.line, reason: "thiếu cột \(names) ở dòng tiêu đề")]
            return
        }
        for record in records.dropFirst() {
            // A value with a comma in it moves all behind it under other names.
            if record.fields.dropFirst(header.fields.count).contains(where: { !VietnameseText.tidy($0).isEmpty }) {
                fault(
                    line: record.line,
                    "dòng có nhiều ô hơn dòng tiêu đề; hãy đặt giá trị có dấu phẩy trong ngoặc kép")
            } else {
                all.append(Line(number: record.line, fields: record.fields, columns: columns))
            }
        }
    }

    mutating func fault(_ line: Line, _ reason: String) { fault(line: line.number, reason) }

    mutating func fault(line: Int, _ reason: String) {
        faults.append(DataFault(file: file, line: line, reason: reason))
    }
}
