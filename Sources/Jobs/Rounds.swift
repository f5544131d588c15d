import Access
import Kernel
import Logging
import Synchronization

extension JobService {
    /// Runs what is due until it is told to stop, a bounded number at once. Wakes when work is added here, and looks every
    /// few seconds for what other servers added or left behind. Returns when the last run has given its job back.
    /// - Parameters:
    ///   - holder: a name of this server, for people who look.
    ///   - deeds: what is added by itself every day.
    public func run(
        as holder: String, deeds: [DailyDeed], until stop: JobStop, lookingEvery pause: Duration = .seconds(5)
    ) async {
        let places = JobPlaces()
        await withDiscardingTaskGroup { group in
            // A clock that is not believed is told of once, not at every look.
            var isDoubted = false
            while !stop.isWanted, !Task.isCancelled {
                pulse.beat()
                do {
                    try await addDue(deeds)
                    isDoubted = false
                    while !stop.isWanted, let job = try await claim(by: holder, in: places.free) {
                        let lane = kinds[job.kind]?.lane ?? .light
                        places.take(lane)
                        group.addTask {
                            await perform(job, stop: stop)
                            places.leave(lane)
                            bell.ring()
                        }
                    }
                } catch {
                    let isDoubt = error is ClockProblem
                    if !isDoubt || !isDoubted {
                        logger.error("jobs cannot be looked for", metadata: ["error": "\(error)"])
                    }
                    isDoubted = isDoubt
                }
                await bell.wait(atMost: pause)
            }
        }
    }

    /// Runs what is due, one after the other, until nothing is.
    /// - Returns: how many runs there were.
    public func runDue(as holder: String) async throws -> Int {
        var runs = 0
        while !Task.isCancelled, let job = try await claim(by: holder) {
            await perform(job)
            runs += 1
        }
        return runs
    }
}

/// The places of one server, by lane.
private final class JobPlaces: Sendable {
    private let taken = Mutex<[JobLane: Int]>([:])

    var free: Set<JobLane> {
        taken.withLock { taken in Set(JobLane.allCases.filter { taken[$0, default: 0] < $0.places }) }
    }

    func take(_ lane: JobLane) { taken.withLock { $0[lane, default: 0] += 1 } }

    func leave(_ lane: JobLane) { taken.withLock { $0[lane, default: 1] -= 1 } }
}
