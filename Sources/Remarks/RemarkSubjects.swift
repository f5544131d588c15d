public import Kernel

extension Subject.Kind {
    /// What somebody said of a thing.
    public static let remark = Self("remark")
    /// A leader's line to a unit (bút phê).
    public static let instruction = Self("instruction")
    /// A unit as a whole; the key is its code.
    public static let unit = Self("unit")
    /// What the province reached in a month; the key is the month.
    public static let monthReached = Self("month-reached")
}
