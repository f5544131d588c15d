public import Formats
public import Kernel

/// An employer of the register: what its records come to, each value with the record that says so. A function of the records in force.
public struct Employer: Sendable, Equatable {
    public let entity: EntityID
    public let name: Derived<String>?
    /// The names that records write, the most frequent first.
    public let names: [String]
    /// Where it lies.
    public let commune: Derived<CommuneCode>?
    /// Nil where no record names a kind that a rule knows.
    public let block: Derived<Block>?
    /// Nil where no record names a state that a rule knows; what it names stands in ``fields``.
    public let status: Derived<UnitStatus>?
    /// All fields with their values as text, those above too; none that is sealed.
    public let fields: [RecordField: Derived<String>]
    /// Tax and unit codes. In the order of kinds; of one kind what was said last stands first.
    public let identifiers: [Person.Identifier]
    /// Whether its tax code is a branch's.
    public var isBranch: Bool { parent != nil }
    /// The blind index of the tax code that it is a branch of.
    let parent: NumberToken?
    public let contradictions: [Contradiction]

    public enum Contradiction: Sendable, Equatable {
        /// Several tax codes.
        case taxCodes([RecordPlace])

        var word: String { "tax-codes" }

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .taxCodes(let places): "\(places.count) mã số thuế cùng được dùng"
            }
        }
    }

    /// - Parameter records: of the employer, in the order of places.
    init(_ entity: EntityID, _ records: [MemberRecord], by rules: DerivationRules) {
        self.entity = entity
        let ordered = records.sorted(by: MemberRecord.isEarlier)
        let fields = FieldChoice.fields(of: ordered, by: rules.employerFields)
        self.fields = fields
        name = fields[.unitName] ?? fields[.name]
        var counts: [String: Int] = [:]
        for record in ordered { if let name = record[.unitName] { counts[name, default: 0] += 1 } }
        names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        commune = fields[.commune].flatMap { field in CommuneCode(field.value).map { field.map($0) } }
        block =
            fields[.unitKind].flatMap { kind in rules.employers.block(of: kind.value).map { kind.map($0) } }
            ?? Self.kindOfList(ordered)
        status = fields[.unitStatus].flatMap { words in
            rules.employers.status(of: words.value).map { words.map($0) }
        }
        identifiers = Person.Identifier.all(of: ordered) { $0 == .employerTax || $0 == .employerUnit }
        parent = ordered.last { $0.number(.employerParentTax) != nil }?.number(.employerParentTax)?.ofEmployerItself
        let taxes = identifiers.filter { $0.kind == .employerTax }
        contradictions = taxes.count > 1 ? [.taxCodes(taxes.map(\.place))] : []
    }

    /// What the list itself says of all in it.
    private static func kindOfList(_ ordered: [MemberRecord]) -> Derived<Block>? {
        for record in ordered.reversed() {
            let block: Block? =
                switch record.kind {
                case .householdBusiness: .householdBusinessOwner
                case .cooperative: .cooperative
                default: nil
                }
            guard let block else { continue }
            return Derived(block, place: record.place, kind: record.kind, month: record.month, isConfirmed: nil)
        }
        return nil
    }
}
