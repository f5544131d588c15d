import Kernel

/// Figures and months in Vietnamese, as the alternatives of charts say them.
enum Wording {
    static let noFigures = "Chưa có số liệu"

    /// `tháng 9/2026`
    static func month(_ month: Month) -> String { "tháng \(month.month)/\(month.year)" }

    /// `1.250 người`
    static func amount(_ number: Int, _ unit: String) -> String { "\(VietnameseText.grouped(number)) \(unit)" }

    /// Without its sign: `35` of -35.
    static func size(_ number: Int) -> String { VietnameseText.grouped(Int(clamping: number.magnitude)) }

    /// How much the first number is above the second; the nearest `Int` if it has none.
    static func difference(_ number: Int, _ other: Int) -> Int {
        let (difference, overflow) = number.subtractingReportingOverflow(other)
        if overflow { return number > other ? .max : .min }
        return difference
    }
}
