import Documents
import Kernel

/// Rows that somebody typed into a form: a line each, its cells parted by semicolons.
enum TypedRows {
    /// Lines without a first cell are left out; cells that are not there are empty.
    static func rows(_ text: String, columns: Int) -> [[String]] {
        text.split(whereSeparator: \.isNewline).map { line -> [String] in
            let parts = line.split(separator: ";", omittingEmptySubsequences: false).map { VietnameseText.tidy($0) }
            return (0..<columns).map { parts.indices.contains($0) ? parts[$0] : "" }
        }.filter { !($0.first ?? "").isEmpty }
    }

    static func table(_ text: String, _ columns: [String]) -> DocumentData.Table {
        .init(columns: columns, rows: rows(text, columns: columns.count).map { $0.map { .text($0) } })
    }

    /// The same, bounded.
    /// - Throws: a problem at the field, which says what a line holds.
    static func table(
        _ request: PaperRequest, _ key: String, _ columns: [String], atLeast least: Int = 1, atMost most: Int = 500,
        line: String
    ) throws(Refusal) -> DocumentData.Table {
        let table = table(request.text(key), columns)
        guard (least...most).contains(table.rows.count) else {
            throw Refusal(fields: [.init(key, "Hãy ghi mỗi dòng: \(line) (không quá \(most) dòng).")])
        }
        return table
    }
}
