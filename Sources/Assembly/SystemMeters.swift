import CoreMetrics
import Database
import Figures
import Foundation
import Jobs
import Kernel
import Logging
import Notices
import Telemetry

/// What `/metrics` tells beside what was measured on the way: asked for when somebody reads it.
struct SystemMeters: Sendable {
    let meters: MeterRegistry
    let store: any DataStore
    let jobs: JobService
    let outbox: Outbox
    let figures: FigureService
    let logger: Logger

    /// - Returns: the text that Prometheus reads; without the series of what could not be asked.
    func exposition() async -> String {
        await collect("database", [.databaseBytes]) {
            meters.gauge(.databaseBytes).set(try await store.read { try $0.storedBytes() })
        }
        await collect("jobs", [.jobs, .jobWaitSeconds]) {
            for queue in try await jobs.queues() {
                let lane = queue.lane.rawValue
                for state in [JobState.queued, .running, .failed] {
                    meters.gauge(.jobs, lane, state.rawValue).set(queue.counts[state] ?? 0)
                }
                meters.gauge(.jobWaitSeconds, lane).set(queue.waitSeconds)
            }
        }
        await collect("letters", [.letters]) {
            let counts = try await outbox.counts()
            meters.gauge(.letters, "waiting").set(counts.waiting)
            meters.gauge(.letters, "given-up").set(counts.givenUp)
        }
        await collect("figures", [.figuresMonth, .figuresTaken]) {
            let freshness = try await figures.freshness()
            if let month = freshness.newestMonth {
                meters.gauge(.figuresMonth).set(Timestamp(day: month.firstDay).secondsSinceEpoch)
            }
            if let taken = freshness.lastTaken { meters.gauge(.figuresTaken).set(taken.secondsSinceEpoch) }
        }
        process()
        return meters.exposition()
    }

    /// The old value goes first: a gauge that cannot be asked must not tell what was.
    private func collect(_ what: String, _ families: [MeterFamily], _ work: () async throws -> Void) async {
        families.forEach(meters.clear)
        do {
            try await work()
        } catch {
            meters.counter(.collectionProblems).increment()
            logger.error("metrics are incomplete", metadata: ["part": "\(what)", "error": "\(error)"])
        }
    }

    private static let started = Date().timeIntervalSince1970.rounded()

    /// From the kernel's tables; left out where there are none.
    private func process() {
        meters.gauge(.startSeconds).set(Self.started)
        if let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " "),
            pages.count > 1, let resident = Int(pages[1])
        {
            meters.gauge(.memoryBytes).set(resident * sysconf(Int32(_SC_PAGESIZE)))
        }
        if let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            meters.gauge(.openDescriptors).set(open.count)
        }
    }
}
