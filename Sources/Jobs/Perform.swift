import Access
import Database
import Files
import Kernel
import Logging

extension JobService {
    /// Runs a job that was claimed to its end, to its next try, or to where it was interrupted, and notes which. Never
    /// throws: what cannot even be noted is logged, and the lease runs out.
    public func perform(_ job: Job, stop: JobStop = JobStop()) async {
        let outcome = await outcome(of: job, stop: stop)
        do {
            switch outcome {
            case .success(let result): try await finish(job, result)
            case .failure(let interruption as JobInterruption): try await settle(job, interruption)
            // The process is being killed: nothing is noted, as if it were dead already.
            case .failure where Task.isCancelled: break
            case .failure(let refusal as Refusal):
                try await fail(job, problem: refusal.message, fault: "refused: \(refusal.message)")
            case .failure(let error):
                logger.error("job failed", metadata: metadata(job, error))
                try await fail(job, problem: nil, cause: saysDiskFull(error) ? .diskFull : nil, fault: "\(error)")
            }
        } catch JobInterruption.cancelled {
            // Cancelled between the work's last check and its end.
            try? await settle(job, .cancelled)
        } catch JobInterruption.lost {
            logger.warning("job lost to another server", metadata: metadata(job))
        } catch {
            logger.error("a job's end could not be noted", metadata: metadata(job, error))
        }
    }

    private func settle(_ job: Job, _ interruption: JobInterruption) async throws {
        switch interruption {
        case .stopping: try await giveBack(job)
        case .lost: throw interruption
        case .cancelled:
            let now = clock.now
            try await store.write { connection in
                guard let stored = try Self.find(job.id, on: connection), stored.fence == job.fence,
                    stored.state == .running
                else { throw JobInterruption.lost }
                try self.end(stored, as: .cancelled, at: now, on: connection)
            }
        }
    }

    private typealias Outcome = Result<JobResult, any Error>

    private func outcome(of job: Job, stop: JobStop) async -> Outcome {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask {
                do {
                    guard let kind = kinds[job.kind] else { throw JobInterruption.lost }
                    let run = JobRun(job: job, owner: try await owner(of: job, kind), service: self, stop: stop)
                    return .success(try await kind.run(run))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                await keep(job)
                return nil
            }
            for await outcome in group {
                guard let outcome else { continue }
                group.cancelAll()
                return outcome
            }
            return .failure(CancellationError())
        }
    }

    /// Renews the lease while the work goes on, also where it waits long for something else than the database.
    private func keep(_ job: Job) async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(max(1, leaseSeconds / 3)))
                try await renew(job)
            } catch is JobInterruption {
                // The work notices by itself at its next step.
                return
            } catch is CancellationError {
                return
            } catch {
                logger.warning("a job's lease was not renewed", metadata: metadata(job, error))
            }
        }
    }

    /// Who asked for the job, with today's rights: who lost the right, or the account, gets nothing done any more.
    private func owner(of job: Job, _ kind: JobKind) async throws -> Viewer? {
        guard let owner = job.owner else { return nil }
        guard let account = try await store.read({ try Accounts.find(owner, on: $0) }), account.state == .active else {
            throw Refusal(.forbidden, "Tài khoản của người yêu cầu không còn hoạt động.")
        }
        let viewer = account.viewer(grants)
        if let right = kind.right { try viewer.require(right) }
        return viewer
    }

    private func metadata(_ job: Job, _ error: (any Error)? = nil) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["job": "\(job.id)", "kind": "\(job.kind)"]
        if let error { metadata["error"] = "\(error)" }
        return metadata
    }
}
