import Kernel
import Province
import Tabular

/// What a column of a list never seen before may hold, by its name and by what stands in it.
struct ColumnGuess {
    let field: RecordField
    let alternatives: [RecordField]
    /// In Vietnamese, for a comment.
    let reason: String

    /// - Parameters:
    ///   - path: the folded words over the column.
    ///   - cells: of the first rows.
    ///   - known: names of columns of formats there are, with their fields.
    static func of(
        path: [String], cells: [Cell], known: [String: [RecordField]], context: ReadingContext
    ) -> ColumnGuess? {
        let filled = cells.filter { !$0.isBlank }
        let leaf = path.last ?? ""
        let whole = path.joined(separator: " ")
        // A name counts only where the cells do not contradict it.
        for name in [whole, leaf] {
            guard let fields = known[name] else { continue }
            if filled.isEmpty || share(of: filled, as: fields, context) >= 0.5 {
                return ColumnGuess(
                    field: fields[0], alternatives: Array(fields.dropFirst()), reason: "theo tên cột")
            }
        }
        return filled.count >= 3 ? byContents(filled, context) : nil
    }

    private static func share(of cells: [Cell], as fields: [RecordField], _ context: ReadingContext) -> Double {
        let reader = CellReader(
            column: FormatColumn(name: "x", fields: fields), today: context.today, accepted: context.accepted)
        let right = cells.count { cell in
            switch reader.read(cell) {
            case .value, .old: true
            case .blank, .fault: false
            }
        }
        return Double(right) / Double(cells.count)
    }

    private static func byContents(_ cells: [Cell], _ context: ReadingContext) -> ColumnGuess? {
        func rate(_ passes: (String) -> Bool) -> Double {
            Double(cells.count { passes(VietnameseText.unified($0.shown)) }) / Double(cells.count)
        }
        let digits = cells.map { $0.shown.filter { $0.isASCII && $0.isNumber } }
        func lengths(_ wanted: Set<Int>) -> Double {
            Double(digits.count { wanted.contains($0.utf8.count) }) / Double(cells.count)
        }
        if lengths([11, 12]) > 0.5, share(of: cells, as: [.personalID, .oldPersonalID], context) > 0.8 {
            return ColumnGuess(
                field: .personalID, alternatives: [.oldPersonalID, .passport], reason: "phần lớn là số 12 chữ số")
        }
        if lengths([9, 10, 13]) > 0.7, rate({ TaxCode($0)?.passesCheck == true }) > 0.6 {
            return ColumnGuess(
                field: .unitTaxCode, alternatives: [], reason: "phần lớn đúng chữ số kiểm tra của mã số thuế")
        }
        if lengths([9, 10, 11]) > 0.7,
            rate({ PhoneNumber($0).map { "35789".contains($0.text.dropFirst().prefix(1)) } == true }) > 0.6
        {
            return ColumnGuess(field: .phone, alternatives: [], reason: "phần lớn là số điện thoại di động")
        }
        if lengths([10]) > 0.7, rate({ SICode($0) != nil }) > 0.7 {
            return ColumnGuess(field: .siCode, alternatives: [.personalID], reason: "phần lớn là số 10 chữ số")
        }
        if rate({ ["nam", "nữ", "nu"].contains($0.lowercased()) }) > 0.8 {
            return ColumnGuess(field: .sex, alternatives: [], reason: "phần lớn là nam, nữ")
        }
        if let finder = context.communes,
            rate({ text in if case .unknown = finder.find(text) { false } else { true } }) > 0.7
        {
            return ColumnGuess(field: .commune, alternatives: [], reason: "phần lớn là tên xã, phường")
        }
        if share(of: cells, as: [.birth], context) > 0.8, rate({ $0.utf8.count >= 6 }) > 0.5 {
            return ColumnGuess(field: .birth, alternatives: [], reason: "phần lớn là ngày trước hôm nay")
        }
        if rate({ looksLikeName($0) }) > 0.7 {
            return ColumnGuess(field: .name, alternatives: [], reason: "phần lớn là họ tên người")
        }
        return nil
    }

    private static let surnames: Set<String> = [
        "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong",
        "ly",
    ]

    private static func looksLikeName(_ text: String) -> Bool {
        let words = VietnameseText.fold(text).split(separator: " ")
        return (2...6).contains(words.count) && surnames.contains(String(words[0]))
            && words.allSatisfy { $0.allSatisfy(\.isLetter) }
    }
}
