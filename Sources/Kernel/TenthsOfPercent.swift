/// A part of a whole in tenths of a per cent, as texts and tables print it. What falls short is never rounded up to the whole:
/// “đạt 100,0%” says that a target is reached, and 98.963 of 99.000 is not.
public enum TenthsOfPercent {
    /// - Parameters:
    ///   - part: not negative; people or đồng.
    ///   - whole: more than zero.
    /// - Returns: nil where there is no whole to be a part of, or no number holds it.
    public static func of(_ part: Int, in whole: Int) -> Int? {
        guard whole > 0, part >= 0 else { return nil }
        let (twice, isTooLarge) = part.multipliedReportingOverflow(by: 2_000)
        let (sum, overflows) = twice.addingReportingOverflow(whole)
        let (divisor, isTooWide) = whole.multipliedReportingOverflow(by: 2)
        guard !isTooLarge, !overflows, !isTooWide else { return nil }
        let rounded = sum / divisor
        return part < whole ? min(rounded, 999) : rounded
    }
}
