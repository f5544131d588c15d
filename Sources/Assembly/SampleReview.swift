import Coverage
import Jobs
import Kernel

/// One review of the demonstration's register, as of the day before.
enum SampleReview {
    static func run(in system: BaoPhuSystem) async throws {
        let day = system.clock.today.adding(days: -1)
        _ = try await system.reviews.begin("Rà soát tháng \(Month(of: day).vietnamese)", on: day, by: .commandLine)
        let jobs = JobService(
            store: system.store, clock: system.clock, kinds: system.reviews.jobKinds, grants: .ofRoles,
            logger: system.logger)
        _ = try await jobs.runDue(as: "demonstration")
    }
}
