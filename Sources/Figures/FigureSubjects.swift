public import Kernel

extension Subject.Kind {
    /// One figure; the key is commune, month and scheme.
    public static let figure = Self("figures")
    /// A file that was sent, before or after its figures were taken.
    public static let figureUpload = Self("figure-upload")
    /// A set of figures taken in one step, by number.
    public static let figureBatch = Self("figure-batch")
    /// The figures of a month; the key is the month.
    public static let figureMonth = Self("figure-month")
    /// An objection to a figure.
    public static let figureContest = Self("figure-contest")
}
