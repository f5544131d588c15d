public import Kernel

extension Subject.Kind {
    /// The board on which a report is assembled.
    public static let reportBoard = Self("report-board")
}
