public import PlanText
import Database
public import Files
public import Kernel

/// What was handed in for a slot of a task: the proof that it was done.
public struct Product: Sendable, Equatable {
    public let id: RecordID
    public let instance: String
    /// Index of the slot in the task's list.
    public let slot: Int
    public let kind: ProductSlot.Kind
    public let personal: Bool
    /// Number and symbol of a document: `125/QĐ-UBND`.
    public let numberSymbol: String?
    /// Day of a document; cut-off day of a figure or list.
    public let issuedOn: Day?
    /// Summary ("trích yếu") of a document, description of a figure or list.
    public let summary: String
    /// As typed, checked to be a number: `1.234` or `56,7`.
    public let figure: String?
    public let source: String?
    public let rowCount: Int?
    public let file: StoredFile?
    public let addedAt: Timestamp
    public let addedBy: String

    static func all(of instances: [String], on connection: any SQLConnection) throws -> [Product] {
        guard !instances.isEmpty else { return [] }
        let rows = try connection.rows(
            """
            SELECT * FROM product p
            WHERE p.instance IN (\(WorkScope.marks(instances.count))) AND p.replaced_at IS NULL ORDER BY p.slot, p.id
            """, instances.map(\.sqlValue))
        let files = try StoredFiles.find(rows.compactMap { try $0.optionalRecordID("file") }, on: connection)
        return try rows.map { try Product($0, files) }
    }

    private init(_ row: SQLRow, _ files: [RecordID: StoredFile]) throws {
        id = try row.recordID("id")
        instance = try row.text("instance")
        slot = try row.integer("slot")
        kind = try row.choice("kind")
        personal = try row.flag("personal")
        numberSymbol = try row.optionalText("number_symbol")
        issuedOn = try row.optionalDay("issued_on")
        summary = try row.text("summary")
        figure = try row.optionalText("figure")
        source = try row.optionalText("source")
        rowCount = try row.optionalInteger("row_count")
        file = try row.optionalRecordID("file").flatMap { files[$0] }
        addedAt = try row.timestamp("added_at")
        addedBy = try row.text("added_by_name")
    }
}

/// What a person typed for a slot.
public struct ProductDraft: Sendable {
    public var numberSymbol: String
    public var issuedOn: String
    public var summary: String
    public var figure: String
    public var source: String
    public var file: IncomingFile?
    /// Why the file that was sent is not taken; told together with the form's other problems.
    public var fileProblem: String?

    public init(
        numberSymbol: String = "", issuedOn: String = "", summary: String = "", figure: String = "",
        source: String = "",
        file: IncomingFile? = nil
    ) {
        self.numberSymbol = numberSymbol
        self.issuedOn = issuedOn
        self.summary = summary
        self.figure = figure
        self.source = source
        self.file = file
    }

    /// All problems at once, by field.
    func problems(for slot: ProductSlot, today: Day) -> [Refusal.FieldProblem] {
        var problems: [Refusal.FieldProblem] = []
        if slot.kind == .document {
            if numberSymbol.isEmpty {
                problems.append(.init(WorkField.number, "Hãy nhập số, ký hiệu văn bản, ví dụ 125/QĐ-UBND."))
            }
            if summary.isEmpty { problems.append(.init(WorkField.summary, "Hãy nhập trích yếu của văn bản.")) }
        }
        if numberSymbol.count > 60 {
            problems.append(.init(WorkField.number, "Số, ký hiệu văn bản quá dài (tối đa 60 ký tự)."))
        }
        if summary.count > 500 { problems.append(.init(WorkField.summary, "Trích yếu quá dài (tối đa 500 ký tự).")) }
        if issuedOn.isEmpty {
            let word = slot.kind == .document ? "ngày văn bản" : "ngày chốt số liệu"
            problems.append(.init(WorkField.day, "Hãy nhập \(word), dạng ngày/tháng/năm."))
        } else if let day = Day(typed: issuedOn) {
            if day > today {
                problems.append(.init(WorkField.day, "Ngày \(day.vietnamese) ở sau hôm nay (\(today.vietnamese))."))
            }
        } else {
            problems.append(.init(WorkField.day, "“\(issuedOn)” không phải ngày có thật, hãy nhập dạng 30/04/2027."))
        }
        if slot.kind == .figure {
            if figure.isEmpty {
                problems.append(
                    .init(WorkField.figure, "Hãy nhập số liệu\(slot.unit.isEmpty ? "" : " (\(slot.unit))")."))
            } else if Self.number(figure) == nil {
                problems.append(.init(WorkField.figure, "“\(figure)” không phải là số. Viết 1.234 hoặc 56,7."))
            }
            if source.isEmpty { problems.append(.init(WorkField.source, "Hãy ghi nguồn của số liệu.")) }
        } else if let fileProblem {
            problems.append(.init(WorkField.file, fileProblem))
        } else if file == nil {
            problems.append(.init(WorkField.file, "Hãy chọn tệp \(slot.kind == .document ? "văn bản" : "danh sách")."))
        }
        return problems
    }

    /// Reads a number as officers write it: dots group thousands, a comma begins the decimals. Not negative.
    static func number(_ text: String) -> Double? {
        let halves = text.split(separator: ",", omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = halves.first, !whole.isEmpty else { return nil }
        let groups = whole.split(separator: ".", omittingEmptySubsequences: false)
        let digits = groups.allSatisfy { group in !group.isEmpty && group.utf8.allSatisfy { (48...57).contains($0) } }
        guard digits, groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }),
            (groups.first?.count ?? 0) <= 12
        else { return nil }
        if groups.count > 1, (groups.first?.count ?? 0) > 3 || groups.first?.first == "0" { return nil }
        let decimals = halves.count == 2 ? String(halves[1]) : "0"
        guard !decimals.isEmpty, decimals.count <= 6, decimals.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Double(groups.joined() + "." + decimals)
    }
}
