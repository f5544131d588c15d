import Formats
import Kernel
import Vault

/// Kinds of number by which the register finds a person or an employer. The values are stored.
public enum NumberKind: UInt8, Sendable, CaseIterable {
    /// The personal identification number, also where a list writes it as tax code.
    case personal = 1
    /// Of the old identity card.
    case oldPersonal = 2
    case socialInsurance = 3
    /// A person's tax code of before 2025-07-01.
    case personTax = 4
    case passport = 5
    /// An employer's tax code; a household business's is its owner's personal number.
    case employerTax = 6
    /// The code under which the agency keeps an employer (mã đơn vị).
    case employerUnit = 7
    /// A telephone is shared by households: it finds, and does not identify.
    case phone = 8

    /// Of the employer that a person's record or a line of account names: the same blind index as ``employerTax``.
    case namedEmployerTax = 9
    /// The same of ``employerUnit``.
    case namedEmployerUnit = 10

    /// Of the employer that a branch belongs to: the same blind index as ``employerTax``.
    case employerParentTax = 11

    /// Of the person who owns or stands for an employer: the same blind index as ``personal``.
    case namedPersonal = 12
    /// The same of ``oldPersonal``.
    case namedOldPersonal = 13

    /// Whether who bears the number is told by it.
    public var identifies: Bool {
        switch self {
        case .phone, .namedEmployerTax, .namedEmployerUnit, .employerParentTax, .namedPersonal, .namedOldPersonal: false
        default: true
        }
    }

    /// Whether it is the person's own, and not of where he works.
    public var isOfPerson: Bool {
        switch self {
        case .personal, .oldPersonal, .socialInsurance, .personTax, .passport, .phone: true
        case .employerTax, .employerUnit, .namedEmployerTax, .namedEmployerUnit, .employerParentTax, .namedPersonal,
            .namedOldPersonal:
            false
        }
    }

    /// What the blind index is keyed with beside the number: stable.
    var word: String {
        switch self {
        case .namedEmployerTax, .employerParentTax: Self.employerTax.word
        case .namedEmployerUnit: Self.employerUnit.word
        case .namedPersonal: Self.personal.word
        case .namedOldPersonal: Self.oldPersonal.word
        default: "\(rawValue)"
        }
    }

    /// The kind under which the employer itself is found.
    var ofEmployerItself: NumberKind? {
        switch self {
        case .namedEmployerTax, .employerParentTax: .employerTax
        case .namedEmployerUnit: .employerUnit
        default: nil
        }
    }
}

/// A number in the one form that its ways of writing are brought to.
public struct PlainNumber: Hashable, Sendable {
    public let kind: NumberKind
    public let text: String

    public init(_ kind: NumberKind, _ text: String) {
        (self.kind, self.text) = (kind, text)
    }

    /// What stands in place of the number where it is compared: its kind and its blind index.
    func token(_ key: NumberKey) -> NumberToken {
        NumberToken(bytes: [kind.rawValue] + key.blindIndex(of: text, kind: kind.word))
    }

    /// The numbers of a record, each once.
    static func all(in values: RecordValues, of kind: RecordKind) -> [PlainNumber] {
        var found: [PlainNumber] = []
        func add(_ kind: NumberKind, _ text: String) {
            let number = PlainNumber(kind, text)
            if !text.isEmpty, !found.contains(number) { found.append(number) }
        }
        for (field, value) in values.pairs {
            switch (kind.subject, field) {
            case (_, .phone): add(.phone, value.text)
            case (.person, .personalID): add(.personal, value.text)
            case (.person, .oldPersonalID): add(.oldPersonal, value.text)
            case (.person, .siCode): add(.socialInsurance, value.text)
            case (.person, .passport): add(.passport, value.text.uppercased().filter { $0.isLetter || $0.isNumber })
            case (.person, .taxCode):
                add(PersonalID(value.text) == nil ? .personTax : .personal, value.text)
            case (.employer, .unitTaxCode), (.employer, .taxCode):
                add(.employerTax, value.text)
                // A household business's code is its owner's own number.
                if PersonalID(value.text) != nil { add(.namedPersonal, value.text) }
                // A branch's code is its employer's with three digits behind it.
                if let parent = TaxCode(value.text)?.parent { add(.employerParentTax, parent.text) }
            case (.employer, .personalID), (.employer, .representativeID):
                add(PersonalID(value.text) == nil ? .namedOldPersonal : .namedPersonal, value.text)
            case (.employer, .oldPersonalID): add(.namedOldPersonal, value.text)
            case (.employer, .unitCode): add(.employerUnit, value.text.uppercased().filter { !$0.isWhitespace })
            case (.person, .unitTaxCode): add(.namedEmployerTax, value.text)
            case (.person, .unitCode), (.own, .unitCode):
                add(.namedEmployerUnit, value.text.uppercased().filter { !$0.isWhitespace })
            default: break
            }
        }
        return found
    }
}

/// A blind index with the kind of its number, as it is stored and compared.
struct NumberToken: Hashable, Sendable {
    static let count = 1 + NumberKey.indexBytes
    let bytes: [UInt8]

    var kind: NumberKind? { NumberKind(rawValue: bytes[0]) }
    var identifies: Bool { kind?.identifies ?? false }

    /// Of the employer that is named, as the compact index holds it; nil for any other number.
    var ofEmployerItself: NumberToken? {
        guard let kind = kind?.ofEmployerItself else { return nil }
        return NumberToken(bytes: [kind.rawValue] + bytes.dropFirst())
    }

    /// Of the person who is named as an employer's owner, as the compact index holds it; nil for any other number.
    var ofPersonItself: NumberToken? {
        let own: NumberKind? =
            switch kind {
            case .namedPersonal: .personal
            case .namedOldPersonal: .oldPersonal
            default: nil
            }
        return own.map { NumberToken(bytes: [$0.rawValue] + bytes.dropFirst()) }
    }

    /// Those of a record, one behind the other.
    static func all(in bytes: [UInt8]) -> [NumberToken] {
        stride(from: 0, through: bytes.count - count, by: count).map { start in
            NumberToken(bytes: Array(bytes[start..<start + count]))
        }
    }
}
