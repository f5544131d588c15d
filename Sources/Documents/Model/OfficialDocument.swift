public import Kernel

/// A document as Decree 30/2020/NĐ-CP, annex I, lays it out; a template filled with data becomes one, a writer makes a file of it.
public struct OfficialDocument: Sendable, Equatable {
    public enum Block: Sendable, Equatable {
        /// A paragraph of the body.
        case text(String)
        /// In italics, centred.
        case note(String)
        /// A part's heading inside the body: bold.
        case heading(String)
        /// “Chương I” with its title on the line below, both centred; numbered by the writer.
        case chapter(String)
        /// “Điều 1.” with its text; numbered by the writer.
        case article(String)
        /// “Điều 1. Title”, all of it bold: what it says follows in paragraphs of its own.
        case titledArticle(String)
        /// Lines that begin with a dash.
        case items([String])
        /// What somebody still has to write: stands out until it is written.
        case complete(String)
        case table(Grid)
        case chart(Graph)
        case pageBreak
        /// A large line, for sheets that are read from afar.
        case large(String)
        /// Places to sign side by side, each with its title, room for the hand, and the name below.
        case signatures([Signatory])
    }

    /// Somebody who signs inside a text, as minutes are signed by two sides.
    public struct Signatory: Sendable, Equatable {
        /// `Đại diện bên giao`
        public let title: String
        /// Empty where it is written by hand.
        public let name: String

        public init(title: String, name: String) {
            self.title = title
            self.name = name
        }
    }

    /// A table as it is printed.
    public struct Grid: Sendable, Equatable {
        public enum Align: String, Sendable, Codable { case left, center, right }

        public struct Column: Sendable, Equatable {
            /// Of the data; `#` numbers the rows.
            public let key: String
            public let title: String
            /// Share of the width.
            public let width: Double
            public let align: Align
            public let sums: Bool
            /// What it and the columns beside it with the same words stand under; empty for a column of its own.
            public var group = ""

            /// Its title where it stands alone, as in a workbook: `Thực hiện đến 31/10/2026: tổng số`.
            public var fullTitle: String { group.isEmpty ? title : "\(group): \(title)" }
            /// In the last line: the sum of which column in per cent of which; nil where it has no such share.
            public var share: Share?

            /// Two columns that add up, by their keys.
            public struct Share: Sendable, Equatable {
                public let part: String
                public let whole: String
            }
        }

        /// The name of the data's table.
        public let table: String
        public let caption: String?
        public let columns: [Column]
        public let rows: [[DocumentData.Value]]
        /// Words before the sums; nil without a last line of sums.
        public let totalLabel: String?

        /// Where the columns of a share stand; nil where either is missing or adds up to nothing.
        func share(_ column: Int) -> (part: Int, whole: Int)? {
            guard let share = columns[column].share, let part = columns.firstIndex(where: { $0.key == share.part }),
                let whole = columns.firstIndex(where: { $0.key == share.whole }), sum(part).number != nil,
                let all = sum(whole).number, all > 0
            else { return nil }
            return (part, whole)
        }

        /// What the last line has: the sum of a column's numbers, or a share of two sums; empty where a row has no number, for
        /// a part is not the whole.
        public func sum(_ column: Int) -> DocumentData.Value {
            if let share = share(column), let part = sum(share.part).number, let whole = sum(share.whole).number {
                let tenths = Int(exactly: part).flatMap { part in
                    Int(exactly: whole).flatMap { TenthsOfPercent.of(part, in: $0) }
                }
                return .decimal(tenths.map { Double($0) / 10 } ?? part * 100 / whole, places: 1)
            }
            guard columns[column].sums,
                rows.allSatisfy({ $0.indices.contains(column) && $0[column].number != nil })
            else { return .empty }
            let numbers = rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
            if let places = numbers.compactMap({ value -> Int? in
                if case .decimal(_, let places) = value { places } else { nil }
            }).max() {
                return .decimal(numbers.compactMap(\.number).reduce(0, +), places: places)
            }
            return .number(
                numbers.reduce(0) { sum, value in if case .number(let number) = value { sum + number } else { sum } })
        }
    }

    /// A chart that stays one in Word: its numbers can be edited there.
    public struct Graph: Sendable, Equatable {
        public enum Kind: String, Sendable, Codable { case bar, line }

        public struct Series: Sendable, Equatable {
            public let name: String
            /// nil: no value, no point.
            public let values: [Double?]
        }

        public let kind: Kind
        public let title: String
        public let labels: [String]
        public let series: [Series]
        public let unit: String
    }

    public struct Annex: Sendable, Equatable {
        /// `Phụ lục I`
        public let label: String
        public let title: String
        /// `Kèm theo Quyết định số …`
        public let attachedTo: String
        public let isLandscape: Bool
        public let body: [Block]
        /// Without the label and title: a sheet of its own.
        public let isBare: Bool
    }

    /// Cơ quan chủ quản trực tiếp; empty where there is none.
    public var superior: String
    /// Lines of the issuing agency's name.
    public var agency: [String]
    /// As the clerk gave it; nil before.
    public var number: DocumentNumber?
    /// What will stand behind the number: `/QĐ-UBND`.
    public var symbol: String
    /// The paper whose number it shares, where it goes with one: a regulation with its decision.
    public var issuedWith: DocumentType?
    /// How a text that goes with another paper says so, under its title: `Ban hành kèm theo Quyết định số …`; empty without.
    public var attachedTo: String
    public var place: String
    public var date: Day?
    /// For a date left open.
    public var year: Int
    public var type: DocumentType
    /// Trích yếu, without “V/v”.
    public var summary: String
    public var addressees: [String]
    /// Who decides, above the grounds: `CHỦ TỊCH ỦY BAN NHÂN DÂN …`; empty without.
    public var authority: String
    public var grounds: [String]
    /// “QUYẾT ĐỊNH:”; empty without.
    public var decides: String
    public var body: [Block]
    /// `TM. Ủy ban nhân dân`, `KT. Chủ tịch`, `Phó Chủ tịch`; the writer makes capitals.
    public var signature: [String]
    public var signer: String
    public var recipients: [String]
    public var archive: String
    public var annexes: [Annex]
    /// A sheet without the frame of a document: for group heads, lists.
    public var isPlainSheet: Bool

    /// The line of place and date (annex I, II.4).
    /// Minutes have none: they begin with the hour and the place (annex III, form 1.9).
    public var dateLine: String { type == .minutes ? "" : "\(place), \(Self.dayWords(date, year: year))" }

    /// `Số: 05/QĐ-UBND`; room for the clerk's hand without a number.
    public var numberLine: String {
        // A regulation goes with its decision and has no number of its own.
        guard issuedWith == nil, !symbol.isEmpty else { return "" }
        return "Số: \(number?.description ?? "        \(symbol)")"
    }

    /// `số 05/QĐ-UBND ngày 05 tháng 02 năm 2026`: how annexes and texts that go with a paper name it.
    static func reference(_ number: DocumentNumber?, symbol: String, date: Day?, year: Int) -> String {
        "số \(number?.description ?? "        \(symbol)") \(dayWords(date, year: year))"
    }

    /// I, II, III …: chapters and annexes.
    public static func roman(_ number: Int) -> String {
        var (rest, text) = (number, "")
        for (value, letters) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
            while rest >= value {
                text += letters
                rest -= value
            }
        }
        return text
    }

    /// `ngày 05 tháng 02 năm 2026`
    public static func dayWords(_ day: Day) -> String { dayWords(day, year: day.year) }

    /// A ground with its days in words (annex I, II.4): whoever types one writes `ngày 05/02/2026`.
    static func daysInWords(_ text: String) -> String {
        text.replacing(/ngày ([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})/) { match in
            guard let year = Int(match.output.3), let month = Int(match.output.2), let day = Int(match.output.1),
                let date = Day(year: year, month: month, day: day)
            else { return String(match.output.0) }
            return dayWords(date)
        }
    }

    /// Days below 10 and the months 1 and 2 with a leading zero; room for the hand without a day.
    static func dayWords(_ date: Day?, year: Int) -> String {
        guard let date else { return "ngày     tháng     năm \(year)" }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let month = date.month <= 2 ? two(date.month) : "\(date.month)"
        return "ngày \(two(date.day)) tháng \(month) năm \(date.year)"
    }
}

/// Types of documents with their abbreviations (Decree 30/2020/NĐ-CP, article 7 and annex III).
public enum DocumentType: String, Sendable, Codable, CaseIterable {
    case decision = "QĐ"
    case proposal = "TTr"
    case plan = "KH"
    case report = "BC"
    case regulation = "QC"
    case minutes = "BB"
    case invitation = "GM"
    case notice = "TB"
    case guide = "HD"
    case letter = "CV"
    case list = "DS"

    /// As its title line; a letter (công văn) has none.
    public var title: String? {
        switch self {
        case .decision: "QUYẾT ĐỊNH"
        case .proposal: "TỜ TRÌNH"
        case .plan: "KẾ HOẠCH"
        case .report: "BÁO CÁO"
        case .regulation: "QUY CHẾ"
        case .minutes: "BIÊN BẢN"
        case .invitation: "GIẤY MỜI"
        case .notice: "THÔNG BÁO"
        case .guide: "HƯỚNG DẪN"
        case .letter, .list: nil
        }
    }

    public var words: String {
        switch self {
        case .letter: "Công văn"
        case .list: "Bảng, phiếu"
        default: title.map { VietnameseText.sentence($0.lowercased()) } ?? rawValue
        }
    }
}
