/// A row of a delivered file that was understood.
public struct DeliveredRow: Sendable, Equatable {
    /// Name of the sheet; empty when the file has one table.
    public let sheet: String
    /// As the file numbers it.
    public let row: Int
    public let kind: RecordKind
    public var values: RecordValues
    /// What was put right in it, each with the original.
    public var repairs: [Repair]
    /// What somebody should look at; the row is taken all the same.
    public var doubts: [Doubt]

    public init(
        sheet: String, row: Int, kind: RecordKind, values: RecordValues, repairs: [Repair] = [], doubts: [Doubt] = []
    ) {
        (self.sheet, self.row, self.kind, self.values) = (sheet, row, kind, values)
        (self.repairs, self.doubts) = (repairs, doubts)
    }
}

/// A value that was put right, with what stood there.
public struct Repair: Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Zeros at the beginning of a number that a spreadsheet dropped.
        case leadingZero
        /// A number written with an exponent: `3.1085E+10`.
        case exponent
        /// A number of days where a date is wanted.
        case serialDay
        /// Letters of other alphabets or decomposed ones; marks that take no room.
        case letters
        /// TCVN3 or VNI read as what was meant, where the person who sent the file agreed.
        case legacyEncoding
        /// A commune named as it was before the rearrangement, or with a slip.
        case communeName
        /// A number with a sign too many: blanks, points, `VND`.
        case signs
        /// Day and month in each other's place: the month was beyond 12.
        case swappedDay
        /// Money with a part of a đồng.
        case rounded

        /// In Vietnamese, for a summary.
        public var words: String {
            switch self {
            case .leadingZero: "bổ sung số 0 ở đầu"
            case .exponent: "viết lại số dạng 3,1E+10"
            case .serialDay: "đổi số thứ tự ngày của Excel"
            case .letters: "chuẩn hóa chữ"
            case .legacyEncoding: "chuyển mã TCVN3/VNI"
            case .communeName: "đổi tên xã, phường cũ sang mới"
            case .signs: "bỏ ký hiệu thừa trong số"
            case .swappedDay: "đổi chỗ ngày và tháng"
            case .rounded: "làm tròn đến đồng"
            }
        }
    }

    public let field: RecordField
    /// Letters as spreadsheets show them.
    public let column: String
    public let kind: Kind
    public let original: String

    public init(_ field: RecordField, column: String, _ kind: Kind, original: String) {
        (self.field, self.column, self.kind, self.original) = (field, column, kind, original)
    }
}

/// Something in a row that was taken which a person should look at.
public struct Doubt: Sendable, Equatable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// A value that is not needed and was not understood: left out.
        case leftOut
        /// The personal number says another sex or year of birth, or a province there is not.
        case identityDisagrees
        /// The tax code's tenth digit does not follow from the others.
        case checkDigit
        /// A commune that may be one of several.
        case commune
        /// A rule that the list states about its own columns does not hold, such as sums.
        case sum

        public var words: String {
            switch self {
            case .leftOut: "ô không bắt buộc bị bỏ qua vì không hiểu được"
            case .identityDisagrees: "số định danh không khớp giới tính, năm sinh hoặc mã tỉnh"
            case .checkDigit: "mã số thuế sai chữ số kiểm tra"
            case .commune: "chưa rõ xã, phường"
            case .sum: "các cột không khớp nhau"
            }
        }
    }

    public let field: RecordField
    public let column: String
    public let kind: Kind
    /// What stands in the cell.
    public let value: String

    public init(_ field: RecordField, column: String, _ kind: Kind, value: String) {
        (self.field, self.column, self.kind, self.value) = (field, column, kind, value)
    }
}

/// A row that cannot be taken as it is: it waits for a person, or for the file to be sent again.
public struct ReturnedRow: Sendable, Equatable {
    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// A column that the list must fill is empty.
        case missing
        /// A value that is no day, month, number or code of its column.
        case wrongValue
        /// A word that the column's list does not have.
        case unknownWord
        /// A formula ended in an error, or its result is not in the file.
        case formula
        /// Cells stand in other columns than they should.
        case shifted
        /// The same row stands further up.
        case repeated
        /// Two columns of the row cannot both be right.
        case contradiction
        /// Text of before Unicode that nobody agreed to convert.
        case oldEncoding

        public var words: String {
            switch self {
            case .missing: "thiếu thông tin bắt buộc"
            case .wrongValue: "giá trị không đúng dạng"
            case .unknownWord: "giá trị không có trong danh mục"
            case .formula: "lỗi công thức"
            case .shifted: "các ô bị lệch cột"
            case .repeated: "dòng trùng"
            case .contradiction: "các cột mâu thuẫn nhau"
            case .oldEncoding: "chữ ở bảng mã cũ"
            }
        }
    }

    public let sheet: String
    public let row: Int
    /// Letters of the column at fault; empty for the whole row.
    public let column: String
    /// What stands over it.
    public let heading: String
    public let value: String
    public let reason: Reason
    /// What is wrong, in Vietnamese.
    public let words: String
    /// What to do, in Vietnamese.
    public let remedy: String
    /// The row's cells as a person sees them, for whoever puts it right.
    public var cells: [String] = []

    public init(
        sheet: String, row: Int, column: String, heading: String = "", value: String, reason: Reason, words: String,
        remedy: String, cells: [String] = []
    ) {
        (self.sheet, self.row, self.column, self.heading) = (sheet, row, column, heading)
        (self.value, self.reason, self.words, self.remedy, self.cells) = (value, reason, words, remedy, cells)
    }

    /// `Trang “DS”, dòng 13, cột D (Số CCCD): …`
    public var sentence: String {
        var place: [String] = []
        if !sheet.isEmpty { place.append("trang “\(sheet)”") }
        place.append("dòng \(row)")
        if !column.isEmpty { place.append("cột \(column)" + (heading.isEmpty ? "" : " (\(heading))")) }
        let start = place.joined(separator: ", ")
        let shown = value.isEmpty ? "" : "“\(value)” "
        return start.prefix(1).uppercased() + start.dropFirst() + ": " + shown + words + "; " + remedy + "."
    }
}
