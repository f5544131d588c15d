import Access
import ArgumentParser
import Assembly
import Coverage
import Exchange
import Foundation
import Kernel
import Registry
import Synchronization

/// What a review came to, as JSON writes it.
private struct ReviewAnswer: Encodable {
    struct Count: Encodable {
        let review: String
        let `class`: String
        let title: String
        let lead: Bool
        let rows: Int
        let employers: Int
    }

    let name: String
    let number: Int
    let day: String
    let taxYear: Int?
    let state: String
    /// Whether it stood before and nothing had changed since.
    let repeated: Bool
    /// Whether the whole register was gone through; otherwise what had changed since the run before.
    let whole: Bool
    let looked: Int
    /// Workers, owners and managers who are leads, and the employers that are.
    let people: Int
    let employers: Int
    let counts: [Count]
    let stages: [ReviewRun.Stage]

    init(_ run: ReviewRun, _ counts: [ReviewCount], _ tables: ReviewTables, repeated: Bool) {
        (name, number, day, taxYear) = (run.name, run.number, run.day.description, run.taxYear)
        (state, self.repeated, whole, looked) = (run.state.rawValue, repeated, run.isWhole, run.looked)
        self.counts = counts.map { count in
            Count(
                review: count.review, class: count.classKey,
                title: tables.result(count.classKey, of: count.review)?.title ?? count.classKey, lead: count.isLead,
                rows: count.rows, employers: count.employers)
        }
        people = counts.filter { $0.isLead && $0.review != tables.employers.key }.reduce(0) { $0 + $1.rows }
        employers = counts.filter { $0.isLead && $0.review == tables.employers.key }.reduce(0) { $0 + $1.rows }
        stages = run.stages.map { stage in
            .init(
                name: stage.name, seconds: (stage.seconds * 1_000).rounded() / 1_000, megabytes: stage.megabytes)
        }
    }
}

struct ReviewRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Reviews the register as of a day: who should be insured and is not.",
        discussion: """
            The first run goes through the whole register, each one after it through what changed. The same register, tables and \
            day give the same rows. Interrupted, the command goes on where it stopped when it is given again; a running server \
            goes on by itself.
            """)

    @Argument(help: "By which it is read and compared: 2026-11.")
    var name: String

    @Option(help: "The day of the facts (2026-12-10); today when left out.")
    var asOf: Day?

    @Flag(help: "Goes through the whole register anew, not only through what changed.")
    var whole = false

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        try await reporting {
            let answer = try await withExistingRegister(try await settings.read()) { system in
                let (begun, isRepeated) = try await system.reviews.begin(
                    name, on: asOf ?? system.clock.now.day, isWhole: whole, by: .commandLine)
                if begun.state != .done {
                    try await DeliveryWatch(
                        system: system, tells: !output.json, kinds: system.reviews.jobKinds
                    ).finish(begun.job)
                }
                let done = try await system.reviews.run(named: begun.name)
                return ReviewAnswer(
                    done, try await system.reviews.counts(of: done), try await system.reviews.tables(),
                    repeated: isRepeated && begun.state == .done)
            }
            if output.json { return try sayJSON(answer) }
            say(
                "“\(answer.name)”, ngày \(answer.day): \(VietnameseText.grouped(answer.people)) người và \(VietnameseText.grouped(answer.employers)) đơn vị cần đối chiếu; đã xem \(VietnameseText.grouped(answer.looked)) đơn vị\(answer.whole ? "" : " (chỉ phần thay đổi)")."
            )
            for count in answer.counts {
                say(
                    "  \(count.review)  \(count.class)  \(VietnameseText.grouped(count.rows))  \(count.title)\(count.lead ? "  ●" : "")"
                )
            }
            for stage in answer.stages { say("  \(stage.name): \(stage.seconds) s, \(stage.megabytes) MB") }
        }
    }
}

struct ReviewRowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows", abstract: "Writes the rows of a review.",
        discussion: """
            CSV: employer,person,class,certainty,reasons. Employers and persons are named as by “register records”; of an employer \
            by itself the person is empty. Only leads, unless --all is given.
            """)

    @Argument(help: "The review.")
    var name: String

    @Flag(help: "Every row, whatever its class.")
    var all = false

    @OptionGroup var output: RegisterOutput

    func run() async throws {
        try await output.write { system, line in
            let run = try await system.reviews.run(named: name)
            let entity = try await system.deliveries.entityNames()
            try line("employer,person,class,certainty,reasons")
            try await system.reviews.forEachRow(of: run, onlyLeads: !all, within: .ofSystem) { row in
                try line(
                    "\(entity(row.employer)),\(row.person.map(entity) ?? ""),\(row.classKey),\(row.certainty.rawValue),\(CSVText.quoted(row.reason))"
                )
            }
        }
    }
}

struct ReviewCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "What is new, gone or otherwise in one review beside another, and why.")

    @Argument(help: "The earlier review.")
    var earlier: String

    @Argument(help: "The later one.")
    var later: String

    @Option(help: ArgumentHelp("Also write each change: change,employer,person,before,after,why.", valueName: "file"))
    var changes: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Move: Encodable {
            let change: String
            let before: String?
            let after: String?
            let rows: Int
        }

        let earlier: String
        let later: String
        let new: Int
        let gone: Int
        let changed: Int
        let moves: [Move]
        /// By fact: how many rows changed because of it.
        let why: [String: Int]
    }

    private struct Gathered {
        var counts: [String: Int] = [:]
        var moves: [[String]: Int] = [:]
        var why: [String: Int] = [:]
        var lines: [String] = []
    }

    func run() async throws {
        try await reporting {
            let gathered = Mutex(Gathered())
            let wantsLines = changes != nil
            try await withExistingRegister(try await settings.read()) { system in
                let (first, second) = (
                    try await system.reviews.run(named: earlier), try await system.reviews.run(named: later)
                )
                let entity = try await system.deliveries.entityNames()
                try await system.reviews.compare(first, with: second, within: .ofSystem) { change in
                    let (before, after) = (change.before?.classKey, change.after?.classKey)
                    gathered.withLock { gathered in
                        gathered.counts[change.kind.rawValue, default: 0] += 1
                        gathered.moves[[change.kind.rawValue, before ?? "", after ?? ""], default: 0] += 1
                        for fact in change.facts { gathered.why[fact.rawValue, default: 0] += 1 }
                        guard wantsLines, let row = change.after ?? change.before else { return }
                        gathered.lines.append(
                            "\(change.kind.rawValue),\(entity(row.employer)),\(row.person.map(entity) ?? ""),\(before ?? ""),\(after ?? ""),\(CSVText.quoted(change.words))"
                        )
                    }
                }
            }
            let found = gathered.withLock { $0 }
            if let changes {
                let text = (["change,employer,person,before,after,why"] + found.lines).joined(separator: "\n") + "\n"
                try Data(text.utf8).write(to: URL(fileURLWithPath: changes), options: .atomic)
            }
            let moves = found.moves.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, rows in
                Answer.Move(
                    change: key[0], before: key[1].isEmpty ? nil : key[1], after: key[2].isEmpty ? nil : key[2],
                    rows: rows)
            }
            let answer = Answer(
                earlier: earlier, later: later, new: found.counts["new"] ?? 0, gone: found.counts["gone"] ?? 0,
                changed: found.counts["changed"] ?? 0, moves: moves, why: found.why)
            if output.json { return try sayJSON(answer) }
            say("mới \(answer.new), không còn \(answer.gone), thay đổi \(answer.changed)")
            for move in moves { say("  \(move.change)  \(move.before ?? "–") → \(move.after ?? "–")  \(move.rows)") }
            for (fact, rows) in found.why.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                say("  \(ReviewFact(rawValue: fact)?.words ?? fact): \(rows)")
            }
        }
    }
}

/// Texts in a line of CSV.
private enum CSVText {
    static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
