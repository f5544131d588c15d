/// A day as it is written, as far as it says: the one reader of days in files and forms.
///
/// `21/01/1954`, `1954-01-21`, `21011954`, `19540121`, `ngày 21 tháng 01 năm 1954`, `21-Jan-1954`, `21/01/54`,
/// `19745`, `01/1954`, `1954`;
/// a time of day behind it is passed over. Whether the calendar has the day is asked by ``day``: a slip of the pen is still
/// what was written.
public struct WrittenDay: Hashable, Sendable {
    public enum Shape: UInt8, Sendable, CaseIterable {
        /// `21/01/1954`, and the month or year alone.
        case dayFirst
        case yearFirst
        /// In words, or with the month's English name.
        case words
        /// `21011954`, `19540121`.
        case digits
        /// `21/01/54`: 00 to 29 are of this century and 30 to 99 of the last, as spreadsheets have it.
        case shortYear
        /// `19745`: the day's number in a spreadsheet.
        case serial
    }

    public let year: Int
    /// 0 where it is not said.
    public let month: Int
    /// 0 where it is not said.
    public let dayOfMonth: Int
    public let shape: Shape

    /// Years that anything here can be of.
    public static let years = 1_800...2_200
    /// Years of records of any age.
    public static let yearsOfRecords = 1_500...2_200
    /// Numbers of days that a column of dates means by five digits: from 1927 to 2099.
    private static let serials = 10_000...73_050

    private init(_ year: Int, _ month: Int, _ day: Int, _ shape: Shape) {
        (self.year, self.month, dayOfMonth, self.shape) = (year, month, day, shape)
    }

    /// As far as it is said, as programs write it: `1954`, `1954-01`, `1954-01-21`.
    public var iso: String {
        let parts = [dayOfMonth == 0 && month == 0 ? nil : month, dayOfMonth == 0 ? nil : dayOfMonth]
        return ([fourDigits(year)] + parts.compactMap { $0.map(twoDigits) }).joined(separator: "-")
    }

    /// The day that is said whole; nil for a part of one, and for what the calendar does not have.
    public var day: Day? { Day(year: year, month: month, day: dayOfMonth) }

    /// - Parameter years: what it can be of; none before 1500, since a day and month written together would then read as a year.
    public init?(_ text: some StringProtocol, of years: ClosedRange<Int> = WrittenDay.years) {
        var text = String(text)
        let found = text.withUTF8 { WrittenDay(UnsafeRawBufferPointer($0), of: years) }
        guard let found else { return nil }
        self = found
    }

    /// - Parameter utf8: of a cell.
    public init?(_ utf8: UnsafeRawBufferPointer, of years: ClosedRange<Int> = WrittenDay.years) {
        guard utf8.count <= 64 else { return nil }
        var numbers = (0, 0, 0)
        var lengths = (0, 0, 0)
        var part = 0
        var gap = 0
        reading: for byte in utf8 {
            switch byte {
            case 48...57:
                // Behind the third number, or the year of `1954-01-21`, comes a time of day.
                if part == 2, gap > 0, lengths.2 > 0 { break reading }
                if gap > 0, lengths.0 > 0 { part += 1 }
                guard part < 3 else { return nil }
                gap = 0
                let digit = Int(byte) - 48
                switch part {
                case 0: (numbers.0, lengths.0) = (numbers.0 * 10 + digit, lengths.0 + 1)
                case 1: (numbers.1, lengths.1) = (numbers.1 * 10 + digit, lengths.1 + 1)
                default: (numbers.2, lengths.2) = (numbers.2 * 10 + digit, lengths.2 + 1)
                }
                guard lengths.0 <= 8, lengths.1 <= 4, lengths.2 <= 4 else { return nil }
            case 32, 9: if gap == 0, lengths.0 > 0 { gap = 1 }
            case 45, 46, 47, 92, 44, 95:
                // One sign between two numbers.
                guard lengths.0 > 0, gap < 2 else { return nil }
                gap = 2
            case 84 where lengths.2 > 0 && gap == 0: break reading
            case 97...122, 65...90, 194...:
                guard let found = Self.inWords(utf8, years) else { return nil }
                self = found
                return
            default: return nil
            }
        }
        guard gap < 2 else { return nil }
        switch (lengths.0, lengths.1, lengths.2) {
        case (8, 0, 0), (7, 0, 0):
            let packed = numbers.0
            let candidates = [
                WrittenDay(packed / 10_000, packed / 100 % 100, packed % 100, .digits),
                // Its first zero may be lost where the file held a number.
                WrittenDay(packed % 10_000, packed / 10_000 % 100, packed / 1_000_000, .digits),
            ]
            // No text reads both ways: no month is a century that people were born in.
            let found = candidates.first { $0.day != nil && years.contains($0.year) }
            guard let found, lengths.0 == 8 || found == candidates[1] else { return nil }
            self = found
        case (5, 0, 0), (5, 1...2, 0):
            // `19745.0`, as programs write a number.
            guard numbers.1 == 0 else { return nil }
            guard Self.serials.contains(numbers.0) else { return nil }
            let day = SerialDay.day(Double(numbers.0), from1904: false) ?? Day(daysSinceEpoch: 0)
            self.init(day.year, day.month, day.day, .serial)
        case (4, 0, 0): self.init(numbers.0, 0, 0, .dayFirst)
        case (1...2, 4, 0): self.init(numbers.1, numbers.0, 0, .dayFirst)
        case (4, 1...2, 0...2): self.init(numbers.0, numbers.1, numbers.2, .yearFirst)
        case (1...2, 1...2, 4): self.init(numbers.2, numbers.1, numbers.0, .dayFirst)
        case (1...2, 1...2, 2):
            if numbers.0 > 31 {
                self.init(Self.whole(numbers.0), numbers.1, numbers.2, .shortYear)
            } else {
                self.init(Self.whole(numbers.2), numbers.1, numbers.0, .shortYear)
            }
        default: return nil
        }
        guard years.contains(year) else { return nil }
    }

    private static func whole(_ short: Int) -> Int { short < 30 ? 2_000 + short : 1_900 + short }

    // MARK: Words

    private static let englishMonths = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// `thg3`, `t3`, `thang3`, as spreadsheets in Vietnamese shorten a month.
    private static func vietnameseMonth(_ run: Substring) -> Int? {
        let word = run.prefix { $0.isLetter }
        guard ["thang", "thg", "th", "t"].contains(word), (1...2).contains(run.count - word.count) else { return nil }
        return Int(run.dropFirst(word.count))
    }

    private static func inWords(_ utf8: UnsafeRawBufferPointer, _ years: ClosedRange<Int>) -> WrittenDay? {
        var numbers: [(value: Int, length: Int)] = []
        var words: [String] = []
        var named: Int?
        let folded = VietnameseText.fold(String(decoding: utf8, as: UTF8.self))
        for run in folded.split(whereSeparator: { " ,./-".contains($0) }) {
            if run.utf8.allSatisfy({ (48...57).contains($0) }) {
                guard run.count <= 4, let value = Int(run) else { return nil }
                numbers.append((value, run.count))
            } else if let month = vietnameseMonth(run) {
                words.append("thang")
                numbers.append((month, 2))
            } else if named == nil, let month = englishMonths.firstIndex(of: String(run.prefix(3))) {
                named = month + 1
                numbers.append((month + 1, 2))
            } else {
                words.append(String(run))
            }
        }
        let known: Set<String> = named == nil ? ["ngay", "thang", "thg", "nam", "sinh", "mung", "mong"] : []
        // Only kinds of white space were strange.
        if words.isEmpty, named == nil { return folded.utf8.count < utf8.count ? WrittenDay(folded, of: years) : nil }
        guard words.allSatisfy(known.contains),
            named != nil || words.contains(where: { ["ngay", "thang", "thg", "nam"].contains($0) })
        else { return nil }
        switch numbers.map(\.length) {
        case [1, 1, 4], [1, 2, 4], [2, 1, 4], [2, 2, 4]:
            // `Jan 21, 1954`
            let isMonthFirst = named != nil && folded.first?.isLetter == true
            let (day, month) =
                isMonthFirst ? (numbers[1].value, numbers[0].value) : (numbers[0].value, numbers[1].value)
            let found = WrittenDay(numbers[2].value, month, day, .words)
            return years.contains(found.year) ? found : nil
        case [1, 2, 2], [2, 2, 2]:
            guard named != nil || words == ["thang"] else { return nil }
            return WrittenDay(whole(numbers[2].value), numbers[1].value, numbers[0].value, .shortYear)
        case [1, 4], [2, 4]:
            return years.contains(numbers[1].value) ? WrittenDay(numbers[1].value, numbers[0].value, 0, .words) : nil
        case [4]: return years.contains(numbers[0].value) ? WrittenDay(numbers[0].value, 0, 0, .words) : nil
        default: return nil
        }
    }
}

/// The numbers by which spreadsheets count days.
public enum SerialDay {
    /// - Parameter from1904: whether the workbook counts from 1 January 1904 instead of 1900.
    /// - Returns: nil for a number out of the calendar, and for 0, which stands for an empty cell. Below it are
    ///   days before 1900 as LibreOffice writes them; Excel has none.
    public static func day(_ number: Double, from1904: Bool) -> Day? {
        guard number.isFinite, number >= -660_000, number < 2_958_466 else { return nil }
        let days = Int(number.rounded(.down))
        if from1904 { return days >= 0 ? Day(daysSinceEpoch: -24_107 + days) : nil }
        guard days != 0 else { return nil }
        // Excel's calendar of 1900 has a 29 February that never was: days before it count from a day later.
        return Day(daysSinceEpoch: -25_569 + ((1..<60).contains(days) ? days + 1 : days))
    }
}
