/// Year, month and day as programs write them: `2026`, `2026-09`, `2026-09-21`. Read byte by byte: a register works out persons
/// from millions of them.
struct ISOParts {
    let year: Int
    /// 0 where it is not written.
    let month: Int
    /// 0 where it is not written.
    let day: Int
    /// How many of the three are written.
    let count: Int

    /// - Returns: nil unless there are four digits, and two behind each single hyphen. Whether the calendar has them is not asked.
    init?(_ text: some StringProtocol) {
        let length = text.utf8.count
        guard length == 4 || length == 7 || length == 10 else { return nil }
        var (year, month, day) = (0, 0, 0)
        for (place, byte) in text.utf8.enumerated() {
            if place == 4 || place == 7 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard (48...57).contains(byte) else { return nil }
            let digit = Int(byte) - 48
            switch place {
            case ..<4: year = year * 10 + digit
            case ..<7: month = month * 10 + digit
            default: day = day * 10 + digit
            }
        }
        (self.year, self.month, self.day, count) = (year, month, day, 1 + length / 7 + length / 10)
    }
}
