/// A number in a text that looks like somebody's own.
public struct PersonalNumber: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The personal identification number (số định danh cá nhân, CCCD).
        case identity
        /// A mobile telephone.
        case phone

        /// In a Vietnamese sentence.
        public var words: String {
            switch self {
            case .identity: "số căn cước (CCCD, số định danh cá nhân)"
            case .phone: "số điện thoại"
            }
        }
    }

    public let kind: Kind
    /// As it stands in the text.
    public let written: String
    /// Its digits alone.
    public let digits: String

    public init(_ kind: Kind, written: String, digits: String) {
        self.kind = kind
        self.written = written
        self.digits = digits
    }
}

/// Finds numbers of persons in texts that more people read than may know them.
///
/// A personal identification number has no check digit: what tells it are its twelve digits, a code of one of the 63 old
/// provinces, and a century with a year of birth that has come (Decree 137/2015; Identity Law 2023 art. 12). Telephones are
/// those of ten digits that begin with 03, 05, 07, 08, 09 (or +84), and the eleven digits they had before 2018. Landlines are
/// offices'. What is found is a guess: a person decides.
public enum PersonalNumbers {
    /// - Parameter today: nobody is born after it.
    public static func found(in text: String, today: Day) -> [PersonalNumber] {
        // Nearly every text ends here.
        guard text.utf8.count(where: { $0 & 0xF0 == 0x30 || $0 > 0xEE }) >= 9 else { return [] }
        let signs = text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }.map(narrow)
        var found: [PersonalNumber] = []
        var place = 0
        while place < signs.count {
            guard isDigit(signs[place]) else {
                place += 1
                continue
            }
            if let (number, end) = number(at: place, in: signs, today: today) {
                found.append(number)
                place = end
            } else {
                while place < signs.count, isDigit(signs[place]) { place += 1 }
            }
        }
        return found
    }

    /// Whether twelve digits may be a personal identification number.
    public static func isIdentity(_ digits: String, today: Day) -> Bool {
        let values = digits.utf8.map { Int($0) - 48 }
        guard values.count == 12, values.allSatisfy({ (0...9).contains($0) }) else { return false }
        // Even for men, odd for women; two a century from the twentieth on.
        let born = 1900 + values[3] / 2 * 100 + values[4] * 10 + values[5]
        return provinces.contains(values[0] * 100 + values[1] * 10 + values[2]) && born <= today.year
    }

    // MARK: Reading

    private static func number(
        at start: Int, in signs: [Unicode.Scalar], today: Day
    ) -> (PersonalNumber, end: Int)? {
        let before = start > 0 ? signs[start - 1] : " "
        // Inside a code, a hash, or a number that is written in groups.
        if before.properties.isAlphabetic || before == "_" { return nil }
        if before == "." || before == ",", start > 1, isDigit(signs[start - 2]) { return nil }
        var (digits, groups, separator): (String, [Int], Unicode.Scalar?) = ("", [], nil)
        var best: (PersonalNumber, end: Int)?
        var place = start
        while place < signs.count, digits.utf8.count <= 12 {
            var length = 0
            while place < signs.count, isDigit(signs[place]) {
                digits.unicodeScalars.append(signs[place])
                length += 1
                place += 1
            }
            groups.append(length)
            let next = place < signs.count ? signs[place] : " "
            let goesOn = place + 1 < signs.count && isDigit(signs[place + 1])
            // A dot or comma and more digits: the number goes on.
            let isWhole =
                !next.properties.isAlphabetic && next != "_"
                && !(goesOn && (next == "," || next == "." && separator.map { $0 == "." } ?? true))
            if isWhole, let kind = kind(digits, groups, plus: before == "+", today: today),
                kind != .phone || !isOfFirm(start, in: signs)
            {
                var written = ""
                written.unicodeScalars.append(contentsOf: signs[start..<place])
                best = (PersonalNumber(kind, written: written, digits: digits), place)
            }
            guard goesOn, separators.contains(next), separator == nil || separator == next else { break }
            separator = next
            place += 1
        }
        return best
    }

    private static func kind(
        _ digits: String, _ groups: [Int], plus: Bool, today: Day
    ) -> PersonalNumber.Kind? {
        if isIdentity(digits, today: today) { return identityShapes.contains(groups) ? .identity : nil }
        guard phoneShapes.contains(groups) else { return nil }
        let local = digits.hasPrefix("84") && (plus || digits.utf8.count == 11) ? "0" + digits.dropFirst(2) : digits
        let isMobile = ["03", "05", "07", "08", "09"].contains { local.hasPrefix($0) } && local.utf8.count == 10
        let isOld = ["012", "016", "018", "019"].contains { local.hasPrefix($0) } && local.utf8.count == 11
        return isMobile || isOld ? .phone : nil
    }

    /// How people part the digits; other groups are days, hours, sums.
    private static let identityShapes: Set<[Int]> = [
        [12], [3, 9], [6, 6], [3, 3, 6], [3, 3, 3, 3], [4, 4, 4], [3, 1, 2, 6], [4, 2, 6],
    ]
    private static let phoneShapes: Set<[Int]> = [
        [10], [4, 6], [5, 5], [3, 7], [4, 3, 3], [3, 3, 4], [3, 4, 3], [2, 4, 4], [4, 2, 4], [4, 2, 2, 2],
        [2, 2, 2, 2, 2],
        [11], [2, 9], [2, 3, 3, 3], [2, 2, 3, 4], [2, 3, 6], [4, 3, 4], [4, 7], [5, 3, 3], [3, 4, 4], [2, 4, 5],
    ]

    private static let separators: Set<Unicode.Scalar> = [" ", "\u{A0}", ".", "-"]

    /// Tax codes of firms have ten digits too, and the words before them.
    private static func isOfFirm(_ start: Int, in signs: [Unicode.Scalar]) -> Bool {
        var before = ""
        before.unicodeScalars.append(contentsOf: signs[max(0, start - 30)..<start])
        let words = VietnameseText.fold(before)
        return ["mst", "ma so thue", "ma so doanh nghiep", "ma so dn", "ma don vi"].contains { words.contains($0) }
    }

    private static func isDigit(_ sign: Unicode.Scalar) -> Bool { (48...57).contains(sign.value) }

    /// Full-width digits as plain ones.
    private static func narrow(_ sign: Unicode.Scalar) -> Unicode.Scalar {
        (0xFF10...0xFF19).contains(sign.value) ? Unicode.Scalar(UInt8(sign.value - 0xFF10 + 48)) : sign
    }

    /// Provinces of the registration of birth as they were until 2025-07-01; codes on issued numbers do not change.
    private static let provinces: Set<Int> = [
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
        45,
        46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91,
        92,
        93, 94, 95, 96,
    ]
}
