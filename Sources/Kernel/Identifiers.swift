/// The personal identification number (số định danh cá nhân, CCCD): twelve digits, issued by the Ministry of Public Security,
/// unique, never reused (Identity Law 2023 art. 12). It has no check digit.
///
/// Its build – province of the registration of birth, century and sex, year of birth (Decree 137/2015) – is evidence beside a
/// record and never a ground to reject it: corrected sexes and years exist.
public struct PersonalID: Hashable, Comparable, Sendable {
    public let text: String

    /// - Returns: nil unless the text is exactly twelve ASCII digits.
    public init?(_ text: some StringProtocol) {
        guard text.isDigits(12) else { return nil }
        self.text = String(text)
    }

    /// Where the birth was registered, by the codes before 2025-07-01; those on issued numbers do not change.
    public var province: Substring { text.prefix(3) }

    /// The year of birth that the number says; the twentieth century to the twenty-fourth.
    public var birthYear: Int { 1900 + digit(3) / 2 * 100 + digit(4) * 10 + digit(5) }

    /// Even for men, odd for women.
    public var isOfWoman: Bool { digit(3) % 2 == 1 }

    /// Whether its province exists and nobody would be born after today.
    public func isPlausible(today: Day) -> Bool { PersonalNumbers.isIdentity(text, today: today) }

    private func digit(_ place: Int) -> Int { Int(text.utf8[text.utf8.index(text.startIndex, offsetBy: place)]) - 48 }

    public static func < (left: PersonalID, right: PersonalID) -> Bool { left.text < right.text }
}

/// The number of an old identity card (CMND): nine digits; a person may have had several, and numbers were given again.
public struct OldPersonalID: Hashable, Comparable, Sendable {
    public let text: String

    /// - Returns: nil unless the text is exactly nine ASCII digits.
    public init?(_ text: some StringProtocol) {
        guard text.isDigits(9) else { return nil }
        self.text = String(text)
    }

    public static func < (left: OldPersonalID, right: OldPersonalID) -> Bool { left.text < right.text }
}

/// The code of social insurance (mã số BHXH): ten digits, one a person (Decree 164 art. 8.1); no check digit is published. The
/// personal identification number takes its place since 2025-08-01.
public struct SICode: Hashable, Comparable, Sendable {
    public let text: String

    /// - Returns: nil unless the text is exactly ten ASCII digits.
    public init?(_ text: some StringProtocol) {
        guard text.isDigits(10) else { return nil }
        self.text = String(text)
    }

    public static func < (left: SICode, right: SICode) -> Bool { left.text < right.text }
}

/// A tax code (mã số thuế): ten digits, a branch's with three more behind a hyphen, or the twelve of a person's own number,
/// which persons and household businesses use since 2025-07-01 (Circular 86/2024).
public struct TaxCode: Hashable, Comparable, Sendable {
    /// `0100112437`, `0100112437-001`, `031090000001`.
    public let text: String

    /// A code with or without its hyphen.
    /// - Returns: nil for any other shape.
    public init?(_ text: some StringProtocol) {
        if text.isDigits(10) || text.isDigits(12) {
            self.text = String(text)
            return
        }
        let digits = String(text).filter { $0 != "-" }
        if digits.isDigits(13) {
            self.text = "\(digits.prefix(10))-\(digits.suffix(3))"
        } else {
            guard digits.isDigits(10) || digits.isDigits(12), digits.count == text.count else { return nil }
            self.text = String(text)
        }
    }

    /// Whose branch it is: the ten digits before the hyphen; nil for a code that is no branch's.
    public var parent: TaxCode? { text.utf8.count == 14 ? TaxCode(text.prefix(10)) : nil }

    /// A person's or a household business's.
    public var person: PersonalID? { PersonalID(text) }

    /// Whether the tenth digit follows from the nine before it. A person's own number has none to check.
    public var passesCheck: Bool {
        guard person == nil else { return true }
        let digits = text.utf8.prefix(10).map { Int($0) - 48 }
        return Self.checkDigit(of: digits) == digits[9]
    }

    /// The digit behind nine others; 10, which no code ends in, where none fits.
    public static func checkDigit(of digits: some Sequence<Int>) -> Int {
        10 - zip([31, 29, 23, 19, 17, 13, 7, 5, 3], digits).reduce(0) { $0 + $1.0 * $1.1 } % 11
    }

    public static func < (left: TaxCode, right: TaxCode) -> Bool { left.text < right.text }
}

/// A telephone number of Viet Nam as it is dialled inside it: `0912345678`, `02253842000`, before 2018 also `01231234567`.
public struct PhoneNumber: Hashable, Comparable, Sendable {
    /// Ten or eleven digits, the first a zero.
    public let text: String

    /// A number with points, spaces or `+84`.
    /// - Returns: nil for any other shape.
    public init?(_ text: some StringProtocol) {
        if text.isDigits(10), text.utf8.first == 48, text.utf8.dropFirst().first != 48 {
            self.text = String(text)
            return
        }
        var digits = String(text).filter { !" .-()\u{A0}".contains($0) }
        if digits.hasPrefix("+84") { digits = "0" + digits.dropFirst(3) }
        guard digits.isDigits(10) || digits.isDigits(11) else { return nil }
        if digits.count == 11, digits.hasPrefix("84") { digits = "0" + digits.dropFirst(2) }
        guard digits.hasPrefix("0"), !digits.hasPrefix("00") else { return nil }
        self.text = digits
    }

    public static func < (left: PhoneNumber, right: PhoneNumber) -> Bool { left.text < right.text }
}

/// A day that may be known by its month or its year alone, as births of older people are.
public struct PartialDay: Hashable, Comparable, Sendable {
    public let year: Int
    /// 0 where only the year is known.
    public let month: Int
    /// 0 where it is not known.
    public let dayOfMonth: Int

    /// - Returns: nil for what the calendar does not have.
    public init?(year: Int, month: Int = 0, day: Int = 0) {
        guard (1...9999).contains(year) else { return nil }
        if day > 0 {
            guard Day(year: year, month: month, day: day) != nil else { return nil }
        } else {
            guard (0...12).contains(month), day == 0 else { return nil }
        }
        (self.year, self.month, dayOfMonth) = (year, month, day)
    }

    public init(_ day: Day) {
        (year, month, dayOfMonth) = (day.year, day.month, day.day)
    }

    /// `1954`, `1954-01`, `1954-01-21`.
    public init?(_ text: some StringProtocol) {
        guard let parts = ISOParts(text), parts.count < 2 || parts.month > 0, parts.count < 3 || parts.day > 0 else {
            return nil
        }
        self.init(year: parts.year, month: parts.month, day: parts.day)
    }

    /// The day, where it is known whole.
    public var day: Day? { Day(year: year, month: month, day: dayOfMonth) }

    public static func < (left: PartialDay, right: PartialDay) -> Bool {
        (left.year, left.month, left.dayOfMonth) < (right.year, right.month, right.dayOfMonth)
    }
}

extension PartialDay: CustomStringConvertible {
    /// `1954`, `1954-01`, `1954-01-21`.
    public var description: String {
        fourDigits(year) + (month == 0 ? "" : "-" + twoDigits(month))
            + (dayOfMonth == 0 ? "" : "-" + twoDigits(dayOfMonth))
    }
}

extension StringProtocol {
    fileprivate func isDigits(_ count: Int) -> Bool {
        utf8.count == count && utf8.allSatisfy { (48...57).contains($0) }
    }
}
