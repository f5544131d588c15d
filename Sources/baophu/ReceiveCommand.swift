import Access
import ArgumentParser
import Assembly
import Database
import Exchange
import Files
import Formats
import Foundation
import Jobs
import Kernel
import Notices

/// What a delivery came to, as JSON writes it.
struct DeliveryAnswer: Encodable {
    struct Stage: Encodable {
        let name: String
        let seconds: Double
        /// The most the process held until its end.
        let megabytes: Int
    }

    let delivery: String
    let number: Int
    let receipt: String
    let state: String
    let format: String
    let sender: String
    let period: String
    let file: String
    let sha256: String
    let size: Int
    /// Whether the same file stood before, so that nothing changed.
    let repeated: Bool
    let rows: Int
    let accepted: Int
    let repaired: Int
    let repairs: [String: Int]
    let doubts: [String: Int]
    let quarantined: [String: Int]
    /// Cells that were not kept, by heading: beyond what was agreed on.
    let leftOut: [String: Int]
    let matched: Int
    let new: Int
    let merged: Int
    let doubtful: Int
    let stages: [Stage]

    init(_ delivery: Delivery, repeated: Bool = false) {
        let counts = delivery.counts
        self.delivery = delivery.code
        number = delivery.number
        receipt = delivery.receipt
        state = delivery.state.rawValue
        format = delivery.format
        sender = delivery.sender.text
        period = delivery.period.description
        file = delivery.fileName
        sha256 = delivery.sha256
        size = delivery.size
        self.repeated = repeated
        (rows, accepted, repaired) = (counts.rows, counts.accepted, counts.repaired)
        (repairs, doubts, quarantined) = (counts.repairs, counts.doubts, counts.quarantined)
        leftOut = counts.leftOut
        (matched, new, doubtful, merged) = (counts.matched, counts.new, counts.doubtful, counts.merged)
        stages = DeliveryCounts.Stage.allCases.compactMap { stage in
            counts.costs[stage.rawValue].map {
                Stage(
                    name: stage.rawValue, seconds: ($0.seconds * 1_000).rounded() / 1_000, megabytes: $0.megabytes)
            }
        }
    }

    func tell() {
        say(
            "\(receipt) (\(delivery)): \(VietnameseText.grouped(rows)) dòng, \(VietnameseText.grouped(accepted)) nhận (\(VietnameseText.grouped(repaired)) có sửa), \(VietnameseText.grouped(rows - accepted)) trả lại; \(VietnameseText.grouped(matched)) của người, đơn vị đã biết, \(VietnameseText.grouped(new)) mới, \(VietnameseText.grouped(doubtful)) chưa rõ, gộp \(VietnameseText.grouped(merged))."
        )
        for (reason, count) in quarantined.sorted(by: { $0.key < $1.key }) {
            let words = ReturnedRow.Reason(rawValue: reason)?.words ?? reason
            say("TRẢ LẠI  \(words): \(VietnameseText.grouped(count))")
        }
        for (heading, count) in leftOut.sorted(by: { $0.key < $1.key }) {
            say("KHÔNG LƯU  cột “\(heading)” ngoài phạm vi đã thỏa thuận: \(VietnameseText.grouped(count)) ô")
        }
        if rows > accepted { say("Từng dòng, từng cột và cách sửa: baophu register returned \(delivery)") }
        for stage in stages { say("  \(stage.name): \(stage.seconds) s, \(stage.megabytes) MB") }
    }
}

struct ReceiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive",
        abstract: "Receives a list that an agency hands over, and links its rows in the register.",
        discussion: """
            The same file of the same sender, format and period once more changes nothing. Interrupted or killed, the command \
            goes on where it stopped when it is given the same file again; a running server goes on by itself. \
            `baophu register withdraw` takes a delivery out again.
            Exit code 65 when no row is taken.
            """)

    @Argument(help: "The file: XLSX, CSV or XML.")
    var file: String

    @Option(help: "Key of the format; `baophu formats check` lists them.")
    var format: String

    @Option(help: "Code of the agency, unit or commune that hands it over, as the plan's agencies.yaml has it.")
    var sender: String

    @Option(help: "The month it is of (2026-09).")
    var period: Month

    @Option(help: "Number and day of the agreement or request it answers.")
    var agreement = ""

    @Option(
        help: "Old encoding to read the file's text from, after looking at a sample: tcvn3 or vni.",
        transform: { text in
            if let encoding = OldEncoding(rawValue: text) { return encoding }
            throw ValidationError("give tcvn3 or vni")
        })
    var accept: OldEncoding?

    @Flag(help: "It takes the place of what the sender handed over in this format for the period before.")
    var correction = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            guard let sender = UnitCode(sender) else { throw ValidationError("\(sender) is no code of a unit") }
            let incoming = try IncomingFile(of: file)
            let answer = try await withRegister(try await settings.read()) { system in
                let (delivery, isRepeated) = try await system.deliveries.arrive(
                    incoming,
                    DeliveryDraft(
                        format: format, sender: sender, period: period, agreement: agreement,
                        replacesPeriod: correction, accepted: accept), by: .commandLine)
                try await DeliveryWatch(system: system, tells: !output.json).finish(delivery.job)
                let done = try await system.deliveries.delivery("\(delivery.number)")
                return DeliveryAnswer(done, repeated: isRepeated && delivery.state == .inForce)
            }
            if output.json { try sayJSON(answer) } else { answer.tell() }
            if answer.accepted == 0 { throw ExitCode(65) }
        }
    }
}

/// Starts the system for what changes the register, and closes its database.
func withRegister<T: Sendable>(
    _ settings: Assembly.Settings, _ body: (BaoPhuSystem) async throws -> T
) async throws -> T {
    try await ClockRepair.requireSound(settings.database, at: BaoPhuSystem.now)
    let system = try await BaoPhuSystem.start(settings)
    do {
        let result = try await body(system)
        try await system.store.close()
        return result
    } catch {
        try await system.store.close()
        throw error
    }
}

/// Carries out a job of deliveries or of a review here, unless a server is at it, and tells how far it is.
struct DeliveryWatch {
    let system: BaoPhuSystem
    /// Whether progress is written to standard error.
    let tells: Bool
    /// Whose jobs are carried out.
    let kinds: [JobKind]

    init(system: BaoPhuSystem, tells: Bool, kinds: [JobKind]? = nil) {
        (self.system, self.tells, self.kinds) = (
            system, tells, kinds ?? system.deliveries.jobKinds + system.watch.jobKinds
        )
    }

    /// Short: whoever gives a killed command again waits for it.
    private static let leaseSeconds: Int64 = 12

    private var jobs: JobService {
        JobService(
            store: system.store, clock: system.clock, kinds: kinds, grants: .ofRoles,
            leaseSeconds: Self.leaseSeconds,
            logger: system.logger, tell: NoticeService.tellOfJobs)
    }

    /// - Throws: the refusal that ended the job.
    func finish(_ id: RecordID?) async throws {
        guard let id else { return }
        let jobs = jobs
        try await withThrowingTaskGroup(of: Void.self) { group in
            if tells { group.addTask { try await tell(of: id, jobs) } }
            while try await !jobs.job(id).state.isOver {
                if let job = try await jobs.claim(by: Self.holder) {
                    await jobs.perform(job)
                } else {
                    try await Task.sleep(for: .milliseconds(500))
                }
            }
            group.cancelAll()
        }
        let job = try await jobs.job(id)
        switch job.state {
        case .done: return
        case .cancelled: throw Refusal(.expired, "Việc \(id) đã bị huỷ; chạy lại lệnh này để làm tiếp.")
        default: throw Refusal(.invalid, job.problem ?? "Việc \(id) không xong.")
        }
    }

    /// Looks into the watched folders until nothing is left to be done there.
    /// - Returns: what each look came to.
    func takeDrops() async throws -> [String] {
        var words: [String] = []
        while let id = try await system.watch.begin() {
            try await finish(id)
            let job = try await jobs.job(id)
            words.append(job.outcome?.words ?? "")
            // What was taken in is received before it is moved aside.
            while let job = try await jobs.claim(by: Self.holder) { await jobs.perform(job) }
        }
        return words
    }

    private static var holder: String { "command line \(ProcessInfo.processInfo.processIdentifier)" }

    private func tell(of id: RecordID, _ jobs: JobService) async throws {
        var told = -1
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: .seconds(2))) != nil else { return }
            let progress = try await jobs.job(id).progress
            // Before the first chunk there is nothing to tell.
            guard progress.done != told, !progress.words.isEmpty else { continue }
            told = progress.done
            complain(progress.words)
        }
    }
}
