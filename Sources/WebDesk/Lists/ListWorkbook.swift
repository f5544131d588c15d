public import Access
public import Components
import Files
import Jobs
public import Kernel
public import Tabular

/// Who asks for a list as a workbook, and how it was narrowed.
public struct ListReader: Sendable {
    public let viewer: Viewer
    public let query: FormContent
    /// The most rows that are read.
    public let most: Int
    let now: Timestamp
    let isIllustrative: Bool

    /// How somebody looks at the list.
    public func selection(_ outline: TableOutline) -> TableQuery { TableQuery(outline) { query[$0] } }

    /// The list with its head: what it is, of when, by whose rights, narrowed to what.
    /// - Parameter narrowed: the page's own selection in words, “năm 2027”.
    public func sheet<Row>(_ table: ListTable<Row>, _ rows: [Row], narrowed: [String] = []) -> Sheet {
        let query = selection(table.outline)
        var words = narrowed
        if !query.words.isEmpty { words.append("có chữ “\(query.words)”") }
        for column in table.columns {
            if let choice = query.choices[column.key] {
                words.append("\(column.title.lowercased()): \(choice)")
            }
        }
        let lines = [
            "Lập lúc \(now.vietnamese) theo quyền xem của \(viewer.name) (\(viewer.role.title)).",
            words.isEmpty ? nil : "Lọc: \(words.joined(separator: "; ")).",
            rows.count > most ? "Chỉ gồm \(VietnameseText.grouped(most)) dòng đầu của danh sách." : nil,
            isIllustrative ? "DỮ LIỆU MINH HỌA – mọi số liệu, tên người đều là giả định." : nil,
        ].compactMap(\.self)
        return table.sheet(Array(rows.prefix(most)), lines: lines)
    }

    /// The rows of a list that was read whole.
    public func sheet<Row>(_ table: ListTable<Row>, of rows: [Row], narrowed: [String] = []) -> Sheet {
        sheet(table, table.arranged(rows, by: selection(table.outline)), narrowed: narrowed)
    }
}

/// A list as a workbook: declared once beside its page, had at once where it is short and by a job where it is long.
public struct ListWorkbook: Sendable {
    /// Rows that a page may take: a second of work, and a few megabytes.
    public static let mostAtOnce = 5_000
    /// Rows that a job takes: a tenth of what Excel shows, and less than a gigabyte while it is made.
    static let mostOfAll = 100_000

    public let outline: TableOutline
    /// What the audit trail says was taken.
    let subject: Subject
    let access: RouteAccess
    private let make: @Sendable (ListReader) async throws -> Sheet

    /// - Parameter make: the list as a viewer may see it, at most ``ListReader/most`` rows and one more where there are more.
    public init(
        _ outline: TableOutline, of subject: Subject, _ access: RouteAccess,
        make: @escaping @Sendable (ListReader) async throws -> Sheet
    ) {
        self.outline = outline
        self.subject = subject
        self.access = access
        self.make = make
    }

    /// The route of the file.
    public func route(_ place: FixedPlace, on desk: Desk) -> Route {
        .file(place, access) { request in
            let bytes = try await bytes(
                ListReader(
                    viewer: request.viewer, query: request.query, most: Self.mostAtOnce, now: desk.clock.now,
                    isIllustrative: desk.settings.illustrative))
            return Download(
                name: fileName(desk.today), mediaType: Self.mediaType, bytes: bytes, of: subject)
        }
    }

    func bytes(_ reader: ListReader) async throws -> [UInt8] {
        let sheet = try await make(reader)
        return try await Blocking.run { try XLSXWriter.bytes(of: [sheet]) }
    }

    func fileName(_ today: Day) -> String { "\(outline.key)-\(today).xlsx" }

    static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
