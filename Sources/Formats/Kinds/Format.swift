import Kernel

/// A kind of list that is delivered: what its columns are called, what stands in them and what of it is kept. It is data
/// (`formats/<key>.yaml`); a new list of known records needs no Swift.
public struct Format: Sendable, Equatable {
    /// How sure it is that the list looks like this.
    public enum Confidence: String, Sendable, CaseIterable {
        /// Read in the official form.
        case verified
        /// By several who agree.
        case secondary
        /// By general knowledge, unchecked.
        case knowledge
        /// No public layout was found: columns that the plan names, to be agreed with the sender.
        case proposed
    }

    /// A label above the table with a value behind it that holds for every row: `Mã đơn vị: TZH490L`.
    public struct Head: Sendable, Equatable {
        /// Folded words, without the colon.
        public let labels: [String]
        public let column: FormatColumn
    }

    /// A row that stands above others and says something of them: `Tăng`.
    public struct Section: Sendable, Equatable {
        /// Folded words that it begins with, behind its number.
        public let words: [String]
        public let field: RecordField
        public let value: RecordValue
    }

    /// What the list itself says of all who stand in it: whoever stands in 05-1/BK has a contract of three months or more.
    public struct Statement: Sendable, Equatable {
        public let field: RecordField
        public let value: RecordValue
    }

    /// Columns that add up.
    public struct Sum: Sendable, Equatable {
        public let total: RecordField
        public let parts: [RecordField]
    }

    /// Where rows stand in a file of XML.
    public struct Markup: Sendable, Equatable {
        /// Name of the element that is a row.
        public let row: String
    }

    /// `d09-ts`: the file's name without its ending.
    public let key: String
    /// On screen.
    public let title: String
    public let source: String
    public let confidence: Confidence
    /// What is not known, or to be agreed.
    public let note: String?
    /// Kinds of agency that send it: `bhxh`, `tax`, `police` …
    public let senders: [String]
    public let record: RecordKind
    /// Words in the title rows that name the list, folded: `d09 ts`.
    public let marks: [String]
    public internal(set) var columns: [FormatColumn]
    public let heads: [Head]
    public let sections: [Section]
    public let statements: [Statement]
    public let sums: [Sum]
    /// Fields that together are the same in no two rows; empty where rows may repeat.
    public let same: [RecordField]
    /// Of each group of fields at least one must be there.
    public let oneOf: [[RecordField]]
    /// Folded words that a sheet's name must hold; empty for all sheets with the heading.
    public let sheets: [String]
    public let markup: Markup?
    /// What somebody said of the columns of a layout, by the folded words over each: a column of the format, or none
    /// (``explained(by:)``).
    var explained: [[String]: Int?] = [:]

    /// Whether a text may be a format's key: lower-case letters of ASCII, digits, single hyphens between them.
    public static func isKey(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return text.utf8.count <= 60
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
            }
    }

    /// The columns that a file must have.
    public var needed: [FormatColumn] { columns.filter(\.isNeeded) }
}

/// One column of a list.
public struct FormatColumn: Sendable, Equatable {
    /// As the form calls it, from the upmost heading down: `Tiền lương đóng > BHXH`.
    public let name: String
    /// Its number on the form: `A`, `1`.
    public let number: String?
    /// Other names it has been met under.
    public let aliases: [String]
    /// What it fills, in order of preference: `Mã số BHXH` holds a code of ten digits, or the personal number.
    public let fields: [RecordField]
    /// Whether every row must fill it.
    public let isNeeded: Bool
    public let meaning: String?
    /// Words that the column writes for a code of its field, folded.
    public let words: [String: String]
    /// Of a number; below and above it the value is of the next field, or wrong.
    public let least: Int?
    public let most: Int?
    /// What a number of money is counted in; 1 for đồng.
    public let unit: Int
    /// Whether numbers are per cent without the sign.
    public let isPercent: Bool
    /// The element of a file of XML that holds it.
    public let element: String?
    /// Each name as the folded words of its parts.
    public let paths: [[String]]

    public init(
        name: String, number: String? = nil, aliases: [String] = [], fields: [RecordField], isNeeded: Bool = false,
        meaning: String? = nil, words: [String: String] = [:], least: Int? = nil, most: Int? = nil, unit: Int = 1,
        isPercent: Bool = false, element: String? = nil
    ) {
        (self.name, self.number, self.aliases, self.fields) = (name, number, aliases, fields)
        (self.isNeeded, self.meaning, self.words) = (isNeeded, meaning, words)
        (self.least, self.most, self.unit) = (least, most, unit)
        (self.isPercent, self.element) = (isPercent, element)
        paths = ([name] + aliases).map { name in
            name.split(separator: ">").map { VietnameseWords(String($0)).text }.filter { !$0.isEmpty }
        }
    }

    /// The lowest part of its name.
    public var leaf: String { name.split(separator: ">").last.map { VietnameseText.tidy($0) } ?? name }
}
