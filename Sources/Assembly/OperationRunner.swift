import Database
import Foundation
import Kernel
import Logging
import Operation
import ServiceLifecycle
import Synchronization

/// Notes when this server began, each minute that it still runs, and that it was told to stop: what availability is counted from.
struct OperationRunner: Service {
    let store: any DataStore
    let clock: Clock
    let logger: Logger

    func run() async throws {
        let known = Mutex<RecordID?>(nil)
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // A start that could not be noted is noted as soon as the database answers.
                if let id = known.withLock({ $0 }) {
                    _ = await noting { try ServerLog.seen(id, at: clock.now, on: $0) }
                } else {
                    let id = await noting { connection in
                        try ServerLog.start(
                            host: ProcessInfo.processInfo.hostName, version: "", at: clock.now, on: connection)
                    }
                    known.withLock { $0 = id }
                }
                try await Task.sleep(for: .seconds(ServerRun.pauseSeconds))
            }
        }
        guard let id = known.withLock({ $0 }) else { return }
        _ = await noting { try ServerLog.stop(id, at: clock.now, on: $0) }
    }

    /// A note that fails stands in the log and stops nothing.
    private func noting<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async -> T? {
        do {
            return try await store.write(body)
        } catch {
            logger.error("that the server runs cannot be noted", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
