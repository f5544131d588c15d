import Foundation
import Jobs
import Logging
import ServiceLifecycle

/// Sees to it that a server which is told to stop is gone within twenty seconds, whatever its clients, its work and its
/// database do. Told before everything else: background work stops while what is being answered still may end.
struct Departure: Service {
    /// When all is left as it is; the connections' own farewell is shorter.
    static let seconds = 18

    let jobs: JobService
    let stop: JobStop
    let logger: Logger

    func run() async throws {
        try? await gracefulShutdown()
        stop.want()
        jobs.bell.ring()
        let logger = logger
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Self.seconds)) {
            // Nothing is lost: what was answered is stored, what was not is one transaction that never ended, and jobs go
            // on elsewhere or at the next start after their last chunk.
            logger.warning("something did not end in time; leaving without it")
            _exit(0)
        }
    }
}
