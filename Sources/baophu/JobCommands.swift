import Access
import ArgumentParser
import Assembly
import Database
import Jobs
import Kernel
import Notices

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Long work: what waits, runs and has ended.",
        subcommands: [JobsListCommand.self, JobsRunCommand.self, JobsCancelCommand.self])
}

/// A job as JSON.
private struct JobAnswer: Encodable {
    let id: String
    let kind: String
    let title: String
    let owner: String
    let state: String
    let done: Int
    let total: Int?
    let holder: String?
    let createdAt: String
    let startedAt: String?
    let finishedAt: String?
    let notBefore: String
    let result: String?
    let problem: String?
    let fault: String?

    init(_ job: Job) {
        id = job.id.text
        kind = job.kind
        title = job.title
        owner = job.ownerName
        state = job.state.rawValue
        done = job.progress.done
        total = job.progress.total
        holder = job.state == .running ? job.holder : nil
        createdAt = job.createdAt.description
        startedAt = job.startedAt?.description
        finishedAt = job.finishedAt?.description
        notBefore = job.notBefore.description
        result = job.outcome?.words
        problem = job.problem
        fault = job.fault
    }
}

struct JobsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Prints everybody's jobs, the latest first.")

    @Option(help: "The most to print.")
    var limit = 50

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let store = try Storage.openExisting(try await settings.read().database)
            let jobs = try await JobService(store: store, clock: .machine, kinds: [], grants: .ofRoles).latest(limit)
            try await store.close()
            if output.json { return try sayJSON(jobs.map { JobAnswer($0) }) }
            for job in jobs {
                let share = job.progress.total.map { " \(job.progress.done)/\($0)" } ?? ""
                say("\(job.id)  \(job.createdAt)  \(job.state.rawValue)\(share)  \(job.kind)  \(job.title)")
                if let problem = job.fault ?? job.problem { say("    \(problem)") }
            }
        }
    }
}

struct JobsRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Does what is due, here and now, and ends when nothing is.",
        discussion: "The server does this by itself; the command is for when it does not run. Both at once do no harm.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let runs: Int
    }

    func run() async throws {
        try await reporting {
            let settings = try await settings.read()
            try await ClockRepair.requireSound(settings.database, at: BaoPhuSystem.now)
            let system = try await BaoPhuSystem.start(settings, syncs: false)
            try await system.jobs.addDue(system.deeds)
            let runs = try await system.jobs.runDue(as: "command line")
            try await system.store.close()
            if output.json { return try sayJSON(Answer(runs: runs)) }
            say("\(runs) runs.")
        }
    }
}

struct JobsCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Ends a job that waits; asks one that runs to stop after its present chunk.")

    @Argument(help: "The job's identifier, as `baophu jobs list` prints it.")
    var id: String

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            guard let id = RecordID(id) else { throw ValidationError("\(id) is no identifier of a job") }
            let store = try Storage.openExisting(try await settings.read().database)
            let jobs = JobService(
                store: store, clock: .machine, kinds: [], grants: .ofRoles, tell: NoticeService.tellOfJobs)
            try await jobs.cancel(id, by: .commandLine)
            let job = try await jobs.job(id)
            try await store.close()
            if output.json { return try sayJSON(JobAnswer(job)) }
            say("\(job.id) is \(job.state.rawValue)\(job.state == .running ? ", and told to stop" : "").")
        }
    }
}
