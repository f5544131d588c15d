/// An amount of money in whole đồng. Cannot be written as a literal: amounts come from data, not from code.
public struct Dong: Hashable, Comparable, Sendable {
    public let amount: Int

    @inlinable
    public init(_ amount: Int) { self.amount = amount }

    public static let zero = Dong(0)

    @inlinable
    public static func < (left: Dong, right: Dong) -> Bool { left.amount < right.amount }

    /// Sums beyond what an `Int` holds stay at its end: no sum of real money comes near.
    @inlinable
    public static func + (left: Dong, right: Dong) -> Dong {
        let (sum, overflow) = left.amount.addingReportingOverflow(right.amount)
        return Dong(overflow ? (right.amount > 0 ? .max : .min) : sum)
    }

    @inlinable
    public static func - (left: Dong, right: Dong) -> Dong { left + Dong(right.amount == .min ? .max : -right.amount) }

    @inlinable
    public static func * (left: Dong, right: Int) -> Dong {
        let (product, overflow) = left.amount.multipliedReportingOverflow(by: right)
        return Dong(overflow ? ((left.amount < 0) == (right < 0) ? .max : .min) : product)
    }

    /// A share of the amount, rounded half away from zero to whole đồng.
    @inlinable
    public static func * (left: Dong, right: Share) -> Dong {
        // Everyday amounts fit a word.
        let (plain, overflow) = left.amount.multipliedReportingOverflow(by: right.numerator)
        if !overflow, plain >= 0, plain < .max - right.denominator {
            return Dong((plain + right.denominator / 2) / right.denominator)
        }
        let product = left.amount.multipliedFullWidth(by: right.numerator)
        let half = UInt(right.denominator / 2)
        let isNegative = product.high < 0
        // The magnitude of the 128-bit product.
        var (high, low) = (product.high, product.low)
        if isNegative {
            low = ~low &+ 1
            high = ~high &+ (low == 0 ? 1 : 0)
        }
        let (sum, carry) = low.addingReportingOverflow(half)
        let top = UInt(bitPattern: high) + (carry ? 1 : 0)
        guard top < UInt(right.denominator) else { return Dong(isNegative ? .min : .max) }
        let quotient = UInt(right.denominator).dividingFullWidth((top, sum)).quotient
        let magnitude = Int(clamping: quotient)
        return Dong(isNegative ? -magnitude : magnitude)
    }
}

/// An exact share of something: 22 %, 0.03 %, 1/12.
public struct Share: Hashable, Comparable, Sendable {
    public let numerator: Int
    /// Above 0.
    public let denominator: Int

    /// All of it.
    public static let whole = Share(whole: 1)

    private init(whole: Int) {
        numerator = whole
        denominator = 1
    }

    /// - Returns: nil for a denominator that is not above 0.
    public init?(_ numerator: Int, of denominator: Int) {
        guard denominator > 0 else { return nil }
        let divisor = Self.divisor(numerator, denominator)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    private static func divisor(_ first: Int, _ second: Int) -> Int {
        var (a, b) = (first.magnitude, second.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        return max(Int(clamping: a), 1)
    }

    /// A percentage as it is written: `22`, `0.5`, `0.03`; up to eight decimals.
    /// - Returns: nil for a text that is no number.
    public init?(percent text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, whole.count <= 9, let units = Int(whole) else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard decimals.count <= 8, decimals.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        var scale = 1
        for _ in 0..<decimals.count { scale *= 10 }
        let rest = Int(decimals) ?? 0
        self.init(units * scale + (whole.hasPrefix("-") ? -rest : rest), of: 100 * scale)
    }

    public static func < (left: Share, right: Share) -> Bool {
        let (first, second) = (
            left.numerator.multipliedFullWidth(by: right.denominator),
            right.numerator.multipliedFullWidth(by: left.denominator)
        )
        return first.high != second.high ? first.high < second.high : first.low < second.low
    }

    /// Exact; of shares whose product no word holds, the nearest billionth.
    public static func * (left: Share, right: Share) -> Share {
        let first = divisor(left.numerator, right.denominator)
        let second = divisor(right.numerator, left.denominator)
        let (numerator, isTooLarge) = (left.numerator / first).multipliedReportingOverflow(by: right.numerator / second)
        let (denominator, isTooFine) = (left.denominator / second).multipliedReportingOverflow(
            by: right.denominator / first)
        guard !isTooLarge, !isTooFine else { return nearest(left.double * right.double) }
        return Share(numerator, of: denominator) ?? left
    }

    /// Exact; of shares whose sum no word holds, the nearest billionth.
    public static func + (left: Share, right: Share) -> Share {
        let common = divisor(left.denominator, right.denominator)
        let (first, over) = left.numerator.multipliedReportingOverflow(by: right.denominator / common)
        let (second, under) = right.numerator.multipliedReportingOverflow(by: left.denominator / common)
        let (sum, isTooLarge) = first.addingReportingOverflow(second)
        let (denominator, isTooFine) = left.denominator.multipliedReportingOverflow(by: right.denominator / common)
        guard !over, !under, !isTooLarge, !isTooFine else { return nearest(left.double + right.double) }
        return Share(sum, of: denominator) ?? left
    }

    private static func nearest(_ value: Double) -> Share {
        // Nine digits before the decimals and nine behind them fit a word.
        Share(Int((min(max(value, -9e9), 9e9) * 1e9).rounded()), of: 1_000_000_000) ?? .whole
    }

    public var double: Double { Double(numerator) / Double(denominator) }

    /// In Vietnamese, as a percentage: `22 %`, `0,5 %`, `-0,5 %`.
    public var percentText: String {
        let size = denominator.magnitude
        let hundredfold = numerator.magnitude.multipliedFullWidth(by: 100)
        guard hundredfold.high < size else { return "\(double * 100) %" }
        var (whole, rest) = size.dividingFullWidth(hundredfold)
        var text = (numerator < 0 ? "-" : "") + "\(whole)"
        if rest != 0 { text += "," }
        for _ in 0..<8 where rest != 0 {
            (whole, rest) = size.dividingFullWidth(rest.multipliedFullWidth(by: 10))
            text += "\(whole)"
        }
        return text + " %"
    }
}
