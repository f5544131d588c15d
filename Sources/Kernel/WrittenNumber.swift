/// A number as people write it: the one reader of numbers in files, forms and commands.
///
/// Thousands are parted by points, commas or spaces, by one kind of sign and with three digits behind each; decimals stand
/// behind a point or a comma. Nothing is guessed that the text could not say: letters, several signs in a muddle, fractions
/// and signs of per cent are no number.
public struct WrittenNumber: Sendable, Equatable {
    /// What one sign with three digits behind it means: `12.156`, `12,156`.
    public enum Expectation: Sendable {
        /// Thousands: of people and of đồng there are no parts.
        case whole
        /// A point parts thousands and a comma begins decimals, as in Viet Nam.
        case quantity
        /// Decimals: rates and weights have no thousands.
        case fraction
    }

    public let isNegative: Bool
    /// The digits before the decimals, without what parts them; one at least.
    public let digits: String
    /// The digits behind the decimal mark; empty where there is none.
    public let decimals: String
    /// What parts thousands.
    public let grouping: Character?
    public let mark: Character?

    /// - Returns: nil for what is no number.
    public init?(_ text: some StringProtocol, expecting expectation: Expectation = .whole) {
        let tidy = VietnameseText.tidy(text)
        var rest = tidy[...]
        var isNegative = false
        if let sign = rest.first, "-−+".contains(sign) {
            isNegative = sign != "+"
            rest = rest.dropFirst()
        }
        guard let first = rest.utf8.first, let last = rest.utf8.last, Self.isDigit(first), Self.isDigit(last),
            rest.utf8.allSatisfy({ Self.isDigit($0) || $0 == 46 || $0 == 44 || $0 == 32 })
        else { return nil }
        let signs = rest.filter { !$0.isNumber }
        let kinds = Set(signs)
        self.isNegative = isNegative
        switch kinds.count {
        case 0: (digits, decimals, grouping, mark) = (String(rest), "", nil, nil)
        case 1:
            guard let sign = kinds.first else { return nil }
            let isGrouped = Self.isGrouped(rest, by: sign)
            if isGrouped, sign == " " || signs.count > 1 || Self.meansThousands(sign, expectation) {
                (digits, decimals, grouping, mark) = (rest.filter(\.isNumber), "", sign, nil)
            } else {
                guard sign != " ", signs.count == 1, let place = rest.firstIndex(of: sign) else { return nil }
                (digits, grouping, mark) = (String(rest[..<place]), nil, sign)
                decimals = String(rest[rest.index(after: place)...])
            }
        case 2:
            // The one behind the other begins the decimals.
            guard let sign = signs.last, sign != " ", let place = rest.firstIndex(of: sign),
                signs.count(where: { $0 == sign }) == 1, let grouping = kinds.subtracting([sign]).first,
                Self.isGrouped(rest[..<place], by: grouping)
            else { return nil }
            digits = rest[..<place].filter(\.isNumber)
            decimals = String(rest[rest.index(after: place)...])
            self.grouping = grouping
            mark = sign
        default: return nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func meansThousands(_ sign: Character, _ expectation: Expectation) -> Bool {
        switch expectation {
        case .whole: true
        case .quantity: sign == "."
        case .fraction: false
        }
    }

    /// Whether a sign stands before each three digits and nowhere else; no group of thousands begins with zero.
    private static func isGrouped(_ text: Substring, by sign: Character) -> Bool {
        let groups = text.split(separator: sign, omittingEmptySubsequences: false)
        guard groups.count > 1, let first = groups.first, (1...3).contains(first.count), first.first != "0" else {
            return false
        }
        return groups.allSatisfy { $0.allSatisfy(\.isNumber) } && groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    /// Without its decimals where they are all zero: `12.156,0` is whole. Nil for others, and beyond what a word holds.
    public var whole: Int? {
        guard decimals.allSatisfy({ $0 == "0" }), let value = Int(digits) else { return nil }
        return isNegative ? -value : value
    }

    /// As programs write it: `-1234.5`.
    public var plain: String {
        (isNegative ? "-" : "") + digits + (decimals.isEmpty ? "" : "." + decimals)
    }

    /// The nearest number of binary digits; nil beyond their range.
    public var double: Double? { Double(plain).flatMap { $0.isFinite ? $0 : nil } }

    /// A whole number from 0: `12345`, `12.345`, `12 345`.
    /// - Parameter most: the greatest that may be meant.
    public static func count(_ text: some StringProtocol, most: Int) -> Int? {
        guard let whole = WrittenNumber(text)?.whole, (0...most).contains(whole) else { return nil }
        return whole
    }
}
