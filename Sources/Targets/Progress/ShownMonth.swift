import Province
public import Figures
public import Kernel

extension FigureSeries {
    /// The month a view shows: the latest for which at least half of the communes have both schemes, so that the first
    /// commune's figure of a new month does not empty the page of all others. Failing that the latest with a total, then the
    /// latest with anything.
    /// - Parameter year: nil for any.
    public func shownMonth(of communes: [CommuneCode], year: Int? = nil) -> Month? {
        let candidates = months.filter { year == nil || $0.year == year }
        var withTotal: Month?
        for month in candidates.reversed() {
            let known = known(month, of: communes)
            if known > 0, known * 2 >= communes.count { return month }
            if known > 0, withTotal == nil { withTotal = month }
        }
        return withTotal ?? candidates.last
    }

    /// How many communes have both schemes in a month.
    public func known(_ month: Month, of communes: [CommuneCode]) -> Int {
        communes.reduce(0) { total($1, month) == nil ? $0 : $0 + 1 }
    }
}
