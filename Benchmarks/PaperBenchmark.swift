import Province
import Database
import Access
import Assembly
import Foundation
import Jobs
import Kernel
import PlanText
import Reports

/// All communes' reports with their figures as the job that writes them, and the year's report of the city, from the
/// demonstration's data.
struct PaperBenchmark {
    let plan: String

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let settings = try await Settings.read(
            flags: ["database": folder + "/papers.sqlite", "plan": plan], environment: [:])
        let demonstration = try await Demonstration.prepare(settings) { _ in }
        let system = demonstration.system
        guard let documents = system.documents else { throw NotWritten() }
        let account = try await system.store.read { try Accounts.all(within: .ofSystem, on: $0) }
            .first { $0.role == .analyst }
        guard let analyst = account?.viewer(.ofRoles) else { throw NotWritten() }
        let day = system.clock.today
        let last = Quarter(of: day.adding(days: -100))
        for (name, reports) in [
            ("a quarter", DocumentJobs.CommuneReports(.quarter(last))),
            ("the year", DocumentJobs.CommuneReports(.year(day.year))),
        ] {
            let begin = ContinuousClock.now
            let id = try await documents.startCommuneReports(
                reports, with: system.jobs, by: Submission(viewer: analyst))
            _ = try await system.jobs.runDue(as: "bench")
            let took = Self.seconds(since: begin)
            guard try await system.jobs.job(id, for: analyst).state == .done else { throw NotWritten() }
            print(
                "papers: \(system.definition.communes.communes.count) communes' reports on \(name) with their figures, as a job: \(Spread.text(took)) s (wanted under 3 s)"
            )
        }
        try await city(documents, analyst, day.year)
        try await system.store.close()
    }

    private struct NotWritten: Error {}

    private static func seconds(since begin: ContinuousClock.Instant) -> Double {
        let taken = begin.duration(to: .now).components
        return Double(taken.seconds) + Double(taken.attoseconds) / 1e18
    }

    private func city(_ documents: DocumentService, _ analyst: Viewer, _ year: Int) async throws {
        guard let unit = analyst.ownUnits.first else { throw NotWritten() }
        let begin = ContinuousClock.now
        let draft = try await documents.draft(
            PaperRequest(
                try documents.kind("bao-cao-nam-thanh-pho"), unit: unit, about: .period(.year(year))), for: analyst)
        let paper = try documents.written(draft)
        let took = Self.seconds(since: begin)
        print(
            "papers: the city's year with every commune, \(paper.figures.count) figures: \(Spread.text(took)) s (wanted under 3 s)"
        )
    }
}
