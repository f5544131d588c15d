import Kernel

/// Values that formulas ended in instead of a result.
enum ErrorValues {
    private static let known = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    ]

    /// Makes them missing values.
    /// - Returns: how many there were, with one of them; nil without any.
    static func clear(from codes: inout [UInt32], pool: TextPool) -> (count: Int, example: String)? {
        let errors = known.compactMap { text -> (code: UInt32, text: String)? in
            Array(text.utf8).withUnsafeBytes { pool.known($0) }.map { ($0, text) }
        }
        guard !errors.isEmpty else { return nil }
        let wrong = Set(errors.map(\.code))
        var count = 0
        var example = ""
        for index in codes.indices where wrong.contains(codes[index]) {
            if count == 0 { example = errors.first { $0.code == codes[index] }?.text ?? "" }
            codes[index] = 0
            count += 1
        }
        return count == 0 ? nil : (count, example)
    }
}

/// What is told of a column whose values could not be read, or could be read in another way than they were.
struct ValueDoubts {
    private enum Doubt: Int, CaseIterable {
        /// No day, no number.
        case unread = 1
        /// A day that no calendar has.
        case impossible
        case shortYear
        case serial
    }

    /// In Vietnamese, for the column as a whole.
    let words: [String]

    /// - Parameter codes: of the column, by list.
    init(_ column: LinkData.Column, codes: [[UInt32]]) {
        let doubts = Self.doubts(of: column)
        guard doubts.contains(where: { $0 != 0 }) else {
            words = []
            return
        }
        var counts = [Int](repeating: 0, count: Doubt.allCases.count + 1)
        var examples = [UInt32](repeating: 0, count: counts.count)
        for list in codes {
            for code in list where doubts[Int(code)] != 0 {
                let doubt = Int(doubts[Int(code)])
                counts[doubt] += 1
                if examples[doubt] == 0 { examples[doubt] = code }
            }
        }
        words = Doubt.allCases.filter { counts[$0.rawValue] > 0 }.map { doubt in
            Self.words(
                doubt, of: column, counts[doubt.rawValue], column.pool.text(of: examples[doubt.rawValue]))
        }
    }

    /// By code.
    private static func doubts(of column: LinkData.Column) -> [UInt8] {
        switch column.values.kind {
        case .date:
            return zip(column.values.date, column.values.dateShape).enumerated().map { code, value in
                let (date, shape) = value
                if code == 0 { return 0 }
                guard date != 0, let shape else { return UInt8(Doubt.unread.rawValue) }
                switch shape {
                case .shortYear: return UInt8(Doubt.shortYear.rawValue)
                case .serial: return UInt8(Doubt.serial.rawValue)
                case .dayFirst, .yearFirst, .words, .digits:
                    let isWhole = date % 100 != 0
                    return isWhole && !TextTests.isInCalendar(date) ? UInt8(Doubt.impossible.rawValue) : 0
                }
            }
        case .number:
            return column.values.number.enumerated().map { $0 > 0 && $1.isNaN ? UInt8(Doubt.unread.rawValue) : 0 }
        default: return []
        }
    }

    private static func words(_ doubt: Doubt, of column: LinkData.Column, _ count: Int, _ example: String) -> String {
        let start = "Cột “\(column.name)”: \(count) ô"
        let shown = "“\(example.prefix(40))”"
        switch doubt {
        case .unread:
            return column.values.kind == .date
                ? "\(start) không đọc được thành ngày (ví dụ \(shown)), coi là trống. Hãy ghi dạng 21/01/1954."
                : "\(start) không đọc được thành số (ví dụ \(shown)), coi là trống. Hãy ghi chữ số, ví dụ 1.250,5."
        case .impossible:
            return
                "\(start) ghi ngày không có trong lịch (ví dụ \(shown)), vẫn được so sánh như đã ghi. Hãy kiểm tra có ghi tháng trước ngày."
        case .shortYear:
            return
                "\(start) ghi năm hai chữ số (ví dụ \(shown)); 00–29 đọc là 2000–2029, 30–99 là 1930–1999. Hãy ghi đủ bốn chữ số."
        case .serial:
            return
                "\(start) là số thứ tự ngày của bảng tính (ví dụ \(shown)), đọc theo lịch 1900. Hãy định dạng cột thành Ngày rồi lưu lại."
        }
    }
}
