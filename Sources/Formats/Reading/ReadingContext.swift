public import Kernel
public import Province

/// What a file is read with besides its format.
public struct ReadingContext: Sendable {
    /// Nobody is born, and nothing happened, after it.
    public var today: Day
    /// Finds communes of today by their names, old and new; without it only codes are read.
    public let communes: CommuneFinder?
    /// Finds the commune that an address names, where a list has no column of communes.
    let addresses: AddressFinder?
    /// The old encoding that the sender's file may be read from: a person looked at a sample and agreed.
    public var accepted: OldEncoding?
    /// What the sender may hand over, where that is agreed: whatever stands in other columns is neither read nor kept, and only
    /// counted. Nil where nothing is agreed.
    public var covered: Set<RecordField>?

    public init(
        today: Day, communes: CommuneFinder? = nil, accepted: OldEncoding? = nil, covered: Set<RecordField>? = nil
    ) {
        (self.today, self.communes, self.accepted, self.covered) = (today, communes, accepted, covered)
        addresses = communes.map { AddressFinder($0) }
    }

    /// Whether a column may be read: it fills a field that is covered.
    func covers(_ column: FormatColumn) -> Bool { covered.map { !$0.isDisjoint(with: column.fields) } ?? true }

    func covers(_ field: RecordField) -> Bool { covered?.contains(field) ?? true }
}

/// An encoding of Vietnamese of before Unicode, which is never read without being asked.
public enum OldEncoding: String, Sendable, CaseIterable {
    case tcvn3
    case vni

    /// What text that shows its bytes as Latin letters meant.
    public func decode(_ text: String) -> String {
        switch self {
        case .tcvn3: LegacyEncoding.decodeTCVN3(shown: text)
        case .vni: LegacyEncoding.decodeVNI(shown: text)
        }
    }

    /// The encoding that text looks like; nil for Unicode.
    public static func of(_ text: String) -> OldEncoding? {
        guard text.utf8.contains(where: { $0 > 127 }) else { return nil }
        if LegacyEncoding.looksLikeTCVN3(text) { return .tcvn3 }
        return LegacyEncoding.looksLikeVNI(text) ? .vni : nil
    }
}

/// Why a file as a whole cannot be read by a format; Vietnamese, with the remedy.
public enum FormatReadingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No sheet has the format's heading; the columns missing from the heading that comes nearest.
    case noHeading(format: String, missing: [String], sheet: String, row: Int)
    /// Two columns that could be meant, by letters and titles.
    case doubled(column: String, columns: [String], sheet: String, row: Int)
    /// Text of an old encoding: what stands there and what it would read as.
    case oldEncoding(OldEncoding, shown: String, meant: String)
    /// The format is for XML and the file is not, or the other way round.
    case otherKind(String)
    case file(String)

    public var description: String {
        switch self {
        case .noHeading(let format, let missing, let sheet, let row):
            "Không tìm thấy dòng tiêu đề của “\(format)”: "
                + (row > 0
                    ? "gần nhất là dòng \(row)\(sheet.isEmpty ? "" : " trang “\(sheet)”"), còn thiếu cột \(missing.map { "“\($0)”" }.joined(separator: ", ")). "
                    : "không dòng nào có tên các cột. ")
                + "Hãy kiểm tra đúng loại danh sách, hoặc thêm tên cột của tệp vào “aliases” của mẫu."
        case .doubled(let column, let columns, let sheet, let row):
            "Dòng \(row)\(sheet.isEmpty ? "" : " trang “\(sheet)”"): không rõ cột nào là “\(column)”: \(columns.joined(separator: " hay ")). Hãy xóa hoặc đổi tên cột không dùng."
        case .oldEncoding(let encoding, let shown, let meant):
            "Chữ trong tệp có vẻ ở bảng mã cũ \(encoding.rawValue.uppercased()): \(shown.isEmpty ? "" : "“\(shown)” ")sẽ đọc là “\(meant)”. Nếu đúng, hãy cho phép chuyển mã (--accept \(encoding.rawValue)) hoặc lưu lại tệp ở Unicode."
        case .otherKind(let message): message
        case .file(let message): message
        }
    }
}

/// What became of one row.
public enum RowOutcome: Sendable, Equatable {
    case taken(DeliveredRow)
    case returned(ReturnedRow)
}

/// Rows that are no data, by what they are.
public enum PassedRow: String, Codable, Sendable, CaseIterable {
    /// Above the table.
    case title
    case heading
    /// `A, B, 1, 2 …` under the heading.
    case columnNumbers
    case total
    /// Stands above others: `Tăng`.
    case section
    /// Below the table: who made it, who signed.
    case foot

    public var words: String {
        switch self {
        case .title: "dòng tên bảng"
        case .heading: "dòng tiêu đề cột"
        case .columnNumbers: "dòng số thứ tự cột"
        case .total: "dòng cộng"
        case .section: "dòng tên nhóm"
        case .foot: "dòng cuối trang (ký tên, ghi chú)"
        }
    }
}

/// The counts of a file that was read: every row of it that holds anything stands in exactly one.
public struct ReadingSummary: Sendable, Equatable {
    public init() {}

    /// Rows of the file that hold anything.
    public internal(set) var rows = 0
    public internal(set) var taken = 0
    /// Rows taken with at least one repair.
    public internal(set) var repaired = 0
    public internal(set) var returned: [ReturnedRow.Reason: Int] = [:]
    public internal(set) var passedOver: [PassedRow: Int] = [:]
    public internal(set) var repairs: [Repair.Kind: Int] = [:]
    public internal(set) var doubts: [Doubt.Kind: Int] = [:]
    /// Sheets without the heading, with their rows.
    public internal(set) var otherSheets: [String: Int] = [:]
    /// Hidden sheets, of which nothing is read.
    public internal(set) var hiddenSheets: [String] = []
    /// Headings of the file that the format has no column for, by sheet.
    public internal(set) var unread: [String: [String]] = [:]
    /// Cells that hold something and were left out since ``ReadingContext/covered`` has no field of their column, by heading.
    public internal(set) var leftOut: [String: Int] = [:]

    /// Rows of data: taken or returned.
    public var data: Int { taken + returned.values.reduce(0, +) }

    /// Whether every row is accounted for.
    public var balances: Bool {
        rows == data + passedOver.values.reduce(0, +) + otherSheets.values.reduce(0, +)
    }
}
