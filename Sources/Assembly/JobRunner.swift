import Foundation
import Jobs
import ServiceLifecycle

/// Runs jobs beside the web server. When the server is stopped, each job is given back at its next chunk.
struct JobRunner: Service {
    let jobs: JobService
    let deeds: [DailyDeed]
    let stop: JobStop

    func run() async throws {
        await withGracefulShutdownHandler {
            await jobs.run(as: Self.holder, deeds: deeds, until: stop)
        } onGracefulShutdown: {
            stop.want()
            jobs.bell.ring()
        }
        // The work is told to end before the connections are (``Departure``): a service that ends before it is told to
        // would be taken for dead.
        try? await gracefulShutdown()
    }

    /// This process, for people who look which server works on what.
    static let holder = "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"
}
