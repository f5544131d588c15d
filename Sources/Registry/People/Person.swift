public import Formats
public import Kernel

/// A person of the register: what his records come to, each value with the record that says so. A function of the records in force.
public struct Person: Sendable, Equatable {
    public let entity: EntityID
    public let name: Derived<String>?
    public let birth: Derived<PartialDay>?
    /// `female` or `male`.
    public let sex: Derived<String>?
    /// Where the person lives.
    public let commune: Derived<CommuneCode>?
    /// All fields with their values as text, those above too; none that is sealed.
    public let fields: [RecordField: Derived<String>]
    /// In the order of kinds; of one kind what was said last stands first.
    public let identifiers: [Identifier]
    /// What in the records cannot all be true of one person.
    public let contradictions: [Contradiction]

    /// A number that records of the person bear. The number itself lies sealed in the record.
    public struct Identifier: Sendable, Equatable {
        public let kind: NumberKind
        /// The last record that bears it, where it can be opened.
        public let place: RecordPlace
        /// The months of the first and last list that bears it; nil where nobody said.
        public let first: Month?
        public let last: Month?
        /// How many records bear it.
        public let records: Int
        /// Whether the list of residents bears it; nil where that knows no number of the kind.
        public let isConfirmed: Bool?
        let token: NumberToken
    }

    public enum Contradiction: Sendable, Equatable {
        /// Two personal identification numbers that lists of one time bear.
        case personalIDs([RecordPlace])
        /// Years of birth further apart than a slip.
        case birthYears([Int])
        case sexes

        /// Stable: what tables keep.
        var word: String {
            switch self {
            case .personalIDs: "personal-ids"
            case .birthYears: "birth-years"
            case .sexes: "sexes"
            }
        }

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .personalIDs(let places): "\(places.count) số định danh cá nhân cùng được dùng"
            case .birthYears(let years):
                "năm sinh khác nhau: \(years.map(String.init).joined(separator: ", "))"
            case .sexes: "giới tính khác nhau giữa các danh sách"
            }
        }
    }
}
