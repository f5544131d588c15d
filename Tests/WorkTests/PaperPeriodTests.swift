import PlanText
import Testing

@testable import Work

/// Of which work a paper is a product.
@Suite
struct PaperPeriodTests {
    @Test(arguments: [
        // The same period, and the year of work that is due once in it.
        ("2027-Q3", "2027-Q3", "2027-Q3", true), ("2027", "2027", "2027", true), ("2027-01", "2027-01", "2027", true),
        ("2027-05", "2027-05", "2027-Q2", true), ("2026-2028", "2026-2028", "2027", true),
        // Another quarter, a quarter for a year, a year for a quarter, another year.
        ("2027-Q3", "2027-Q3", "2027-Q2", false), ("2027", "2027", "2027-Q4", false),
        ("2027-Q4", "2027-Q4", "2027", false), ("2028", "2028", "2027", false),
        ("2027-05", "2027-05", "2027-Q3", false), ("2026-2028", "2026-2028", "2029", false),
        // Dated anew by a rule, it stays the work of its year.
        ("2027", "2027-Q1", "2027", true), ("2027", "2027-Q1", "2028", false),
        // Opened beside the plan: any paper of its year.
        ("2027-DX1", "2027-DX1", "2027-Q2", true), ("2027-DX1", "2027-DX1", "2026-Q4", false),
    ])
    func `a paper fits only work of its period`(origin: String, work: String, paper: String, fits: Bool) throws {
        #expect(
            PaperPeriods.takes(
                try #require(WorkPeriod(paper)), work: try #require(WorkPeriod(work)), origin: WorkPeriod(origin))
                == fits)
    }
}
