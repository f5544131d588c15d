import Database
import Foundation
import Kernel
import Logging
import Operation
import ServiceLifecycle

/// Notes when this server began, each minute that it still runs, and that it was told to stop: what availability is counted from.
struct OperationRunner: Service {
    let store: any DataStore
    let clock: Clock
    let logger: Logger

    func run() async throws {
        let id = await noting { connection in
            try ServerLog.start(
                host: ProcessInfo.processInfo.hostName, version: "", at: clock.now, on: connection)
        }
        guard let id else { return }
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(ServerRun.pauseSeconds))
                _ = await noting { try ServerLog.seen(id, at: clock.now, on: $0) }
            }
        }
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
