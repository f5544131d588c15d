import Exchange
import Figures
import Notices
import Overview
import Remarks
import Reports
import Targets
import Work

extension [DaySource] {
    /// All that may wait for a person: the one list behind the day's page, the number beside it, letters and calendars.
    static func ofSystem(
        services: PlanServices, figures: FigureService, remarks: RemarkService, exchange: ExchangeService
    )
        -> [DaySource]
    {
        [
            .work(services.work), .obstacles, .figures(figures), .proposals, .groupCount, .unnumberedPapers,
            .failedJobs, .instructions(remarks), .exchange(exchange),
        ]
    }
}
