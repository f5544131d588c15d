import Kernel

/// Months as the law counts them for what a benefit comes to: one to six odd months are half a year, seven to eleven a year
/// (Law on Social Insurance, article 5.6). For the conditions of a benefit months count as they are.
struct HalfYears: Equatable, Comparable {
    /// Two for a year.
    let count: Int

    init(months: Int) {
        let odd = months % 12
        count = months / 12 * 2 + (odd == 0 ? 0 : odd <= 6 ? 1 : 2)
    }

    var share: Share { Share(count, of: 2) ?? .whole }

    /// `2`, `2,5`
    var text: String { count % 2 == 0 ? "\(count / 2)" : "\(count / 2),5" }

    static func < (left: Self, right: Self) -> Bool { left.count < right.count }
}

extension Share {
    /// As a number with a decimal comma: `1,5`.
    var factorText: String {
        let value = double
        return value == value.rounded() ? "\(Int(value))" : "\(value)".replacing(".", with: ",")
    }
}
