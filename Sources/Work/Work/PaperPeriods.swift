public import Database
public import Kernel
public import PlanText

/// Of which work a paper may be a product, by their periods.
enum PaperPeriods {
    /// The same period; the year, or the quarter, in which work that is due once in it lies; a year among several.
    /// - Parameter origin: the period of the plan's own phrase, whatever rule dates the work.
    static func isOf(_ paper: WorkPeriod, work: WorkPeriod, origin: WorkPeriod?) -> Bool {
        if work == paper { return true }
        return [work, origin].contains { one in
            switch (paper, one) {
            case (.year(let year), .month), (.year(let year), .year): one?.year == year
            case (.year(let year), .years(let first, let last)?): (first...last).contains(year)
            case (.quarter(let quarter), .month(let month)?): quarter == Quarter(of: month.lastDay)
            default: false
            }
        }
    }

    /// What may be put there by hand: work that was opened beside the plan takes any paper of its year.
    static func takes(_ paper: WorkPeriod, work: WorkPeriod, origin: WorkPeriod?) -> Bool {
        if case .unplanned(let year, _) = work { return paper.year == year }
        return isOf(paper, work: work, origin: origin)
    }
}

extension WorkItem {
    private var origin: WorkPeriod? {
        let parts = id.split(separator: "/")
        return parts.count == 3 ? WorkPeriod(parts[1]) : nil
    }

    func isOf(_ paper: WorkPeriod) -> Bool { PaperPeriods.isOf(paper, work: period, origin: origin) }

    /// Whether a paper may be put there by hand.
    /// - Parameters:
    ///   - paper: its period; nil for papers about no period.
    ///   - day: to which the paper's figures are counted; a paper about no period is of work that had begun by then.
    public func takes(_ paper: WorkPeriod?, countedTo day: Day) -> Bool {
        paper.map { PaperPeriods.takes($0, work: period, origin: origin) } ?? (day >= opensOn)
    }
}

extension WorkService {
    /// What stands in a slot now; nil when it is empty.
    public func product(in slot: Int, of id: String, on connection: any SQLConnection) throws -> Product? {
        try Product.all(of: [id], on: connection).first { $0.slot == slot }
    }
}
