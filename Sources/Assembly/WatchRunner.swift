import Exchange
import Jobs
import Logging
import ServiceLifecycle

/// Looks into the watched folders every half minute; where something lies to be done, a job does it.
struct WatchRunner: Service {
    let watch: WatchService
    let bell: JobBell
    let logger: Logger

    static let pause = Duration.seconds(30)

    func run() async throws {
        guard !watch.folders.isEmpty else {
            // A service that ends before it is told to would be taken for dead.
            try? await gracefulShutdown()
            return
        }
        for problem in watch.problems { logger.error("\(problem)") }
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    if try await watch.begin() != nil { bell.ring() }
                } catch {
                    logger.error("the watched folders cannot be looked into", metadata: ["error": "\(error)"])
                }
                try await Task.sleep(for: Self.pause)
            }
        }
    }
}
