public import Kernel

/// What time a review looks at: somebody whose pay was declared for a year is insured when he took part in it or since.
public struct ReviewTime: Sendable, Equatable {
    public let day: Day
    /// The last year of which tax lists are in force; nil where there is none.
    public let taxYear: Int?

    public init(day: Day, taxYear: Int?) { (self.day, self.taxYear) = (day, taxYear) }

    /// The month of the day.
    var month: Month { Month(of: day) }

    /// From the year's first month, or the day's where no tax list is there.
    var since: Month { taxYear.map { Month(of: Day.firstDay(ofYear: $0)) } ?? month }

    func covers(_ from: Month?, _ to: Month?) -> Bool {
        (from.map { $0 <= month } ?? true) && (to.map { $0 >= since } ?? true)
    }

    /// Months of the tax year within a stretch.
    func taxed(_ from: Month?, _ to: Month?) -> Int {
        guard let taxYear else { return 0 }
        let (first, last) = (Month(of: Day.firstDay(ofYear: taxYear)), Month(of: Day.lastDay(ofYear: taxYear)))
        return max(0, max(first, from ?? first).months(to: min(last, to ?? last)) + 1)
    }
}
