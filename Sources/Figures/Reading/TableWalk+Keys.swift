import Kernel
import Tabular

// Which scheme or block a row speaks of, where each row is one.
extension TableWalk {
    /// Whether each row is one scheme or block instead of one commune.
    var isLong: Bool { schemeColumn != nil || blockColumn != nil }

    mutating func rowKey(_ row: TableRow, _ problems: inout [CellNote]) -> FigureKey? {
        if let column = blockColumn, !row[column].isBlank {
            let raw = row[column].shown
            if let known = blockKeys[raw] { return known }
            let text = reader.readable(raw)
            if let key = Block.named(text).map({ FigureKey.block($0) })
                ?? ColumnRole.scheme(named: text).map({ .scheme($0) })
            {
                blockKeys[raw] = key
                return key
            }
            problems.append(
                note(
                    row.number, column, value: text,
                    message: "không phải khối nào của biểu B16a-TS; hãy ghi số 1–11 hoặc tên khối"))
            return nil
        }
        guard let column = schemeColumn else {
            problems.append(
                note(
                    row.number, blockColumn,
                    message: "ô trống: không rõ số này của khối nào; hãy ghi số 1–11 hoặc tên khối"))
            return nil
        }
        let raw = row[column].shown
        if let known = schemeKeys[raw] { return known }
        let text = reader.readable(raw)
        if let scheme = ColumnRole.scheme(named: text) {
            schemeKeys[raw] = .scheme(scheme)
            return .scheme(scheme)
        }
        problems.append(
            note(row.number, column, value: text, message: "không rõ loại hình; hãy ghi “Bắt buộc” hoặc “Tự nguyện”"))
        return nil
    }
}
