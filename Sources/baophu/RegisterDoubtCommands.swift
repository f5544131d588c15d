import Access
import ArgumentParser
import Assembly
import Database
import Exchange
import Formats
import Jobs
import Kernel
import Registry

extension DoubtID {
    /// - Throws: for what names no pair.
    static func given(_ text: String) throws -> DoubtID {
        guard let id = DoubtID(text) else {
            throw ValidationError("\(text) names no pair: give it as `baophu register doubts` prints it")
        }
        return id
    }
}

struct DoubtsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doubts",
        abstract: "Prints the pairs of records of which a person has to say whether they are one person's.",
        discussion: "The likeliest first. Numbers are masked. `baophu register decide` decides.")

    @Option(
        help:
            "Which: open, proposed (a second person has to agree), asked (the sender), check (linked, drawn to be looked over).",
        transform: { text in
            guard let choice = DoubtQueries.Choice(rawValue: text) else {
                throw ValidationError("give open, proposed, asked or check")
            }
            return choice
        })
    var choice = DoubtQueries.Choice.open

    @Option(help: "The most to print.")
    var limit = 20

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Side: Encodable {
        let entity: String
        let kind: String
        let delivery: Int
        let sheet: String
        let row: Int
        let name: String
        let birth: String
        let sex: String
        let commune: String
        let address: String
        let numbers: [String]

        init(_ side: DoubtSide) {
            let values = side.record.values
            entity = "\(side.person.first.delivery).\(side.person.first.ordinal)"
            kind = side.record.kind.rawValue
            (delivery, sheet, row) = (side.record.place.delivery, side.record.sheet, side.record.line)
            (name, birth) = (values.text(.name) ?? "", values.text(.birth) ?? "")
            (sex, commune, address) = (
                values.text(.sex) ?? "", values.text(.commune) ?? "", values.text(.address) ?? ""
            )
            numbers = side.numbers.map { "\($0.kind.title) \($0.text)" }
        }
    }

    private struct Step: Encodable {
        let comparison: String
        let words: String
        let weight: Double
    }

    private struct Answer: Encodable {
        let id: String
        let weight: Double
        let probability: Double
        let reason: String
        let words: String
        let left: Side
        let right: Side
        let steps: [Step]
    }

    private struct Whole: Encodable {
        let count: Int
        let pairs: [Answer]
    }

    func run() async throws {
        try await reporting {
            let (choice, limit) = (choice, limit)
            let whole = try await withExistingRegister(try await settings.read()) { system in
                let (linking, keys) = (system.deliveries.linking, system.deliveries.keys)
                return try await system.store.read { connection in
                    let doubts = try DoubtQueries.list(choice, within: .ofSystem, limit: limit, on: connection)
                    return Whole(
                        count: try DoubtQueries.count(choice, within: .ofSystem, on: connection),
                        pairs: try doubts.map { doubt in
                            let detail = try DoubtQueries.detail(
                                doubt.id, within: .ofSystem, linking: linking, keys: keys, on: connection)
                            return Answer(
                                id: doubt.id.description, weight: doubt.weight, probability: doubt.probability,
                                reason: doubt.reason.rawValue, words: doubt.reason.words, left: Side(detail.low),
                                right: Side(detail.high),
                                steps: detail.steps.map {
                                    Step(
                                        comparison: $0.comparison, words: "\($0.title): \($0.words)", weight: $0.weight)
                                })
                        })
                }
            }
            if output.json { return try sayJSON(whole) }
            say("\(VietnameseText.grouped(whole.count)) cặp.")
            for pair in whole.pairs {
                say("\(pair.id)  \(Int((pair.probability * 100).rounded())) %  \(pair.words)")
                for side in [pair.left, pair.right] {
                    let parts = [side.name, side.birth, side.sex, side.commune, side.address] + side.numbers
                    say(
                        "    \(side.kind) \(side.delivery):\(side.row)  \(parts.filter { !$0.isEmpty }.joined(separator: " · "))"
                    )
                }
            }
        }
    }
}

struct DecideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Says whether two records are one person's, or takes what was said back.",
        discussion: "What the model holds for very unlikely takes a second person, on the page of doubtful pairs.")

    @Argument(help: "The pair, as `baophu register doubts` prints it.", transform: DoubtID.given)
    var pair: DoubtID

    @Argument(
        help: "same, different, ask (the sender of the list) or undo.",
        transform: { text in
            guard ["same", "different", "ask", "undo"].contains(text) else {
                throw ValidationError("give same, different, ask or undo")
            }
            return text
        })
    var answer: String

    @Option(help: "Why.")
    var reason = ""

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        try await reporting {
            let (pair, answer, reason) = (pair, answer, reason)
            let words = try await withExistingRegister(try await settings.read()) { system in
                let (linking, keys, now) = (system.deliveries.linking, system.deliveries.keys, system.clock.now)
                return try await system.store.write { connection in
                    guard let answer = DoubtAnswer(rawValue: answer) else {
                        try DecideDoubt.undo(
                            pair, words: reason, within: .ofSystem, by: .commandLine, linking: linking, keys: keys,
                            at: now, on: connection)
                        return "Đã rút lại."
                    }
                    return try DecideDoubt.decide(
                        pair, answer, words: reason, within: .ofSystem, by: .commandLine, linking: linking, keys: keys,
                        at: now, on: connection
                    ).words
                }
            }
            say(words)
        }
    }
}

struct TrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Trains the models that link records without a common number, and links anew.",
        discussion: """
            Each pair of kinds of record that many persons have gets a model of its own, trained on a sample of the register. \
            Versions are kept; what changed against the last is printed.
            """)

    @Option(help: ArgumentHelp("Only these two kinds of record: participant,resident.", valueName: "kinds"))
    var pair: String?

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Model: Encodable {
            let kinds: String
            let version: Int
            let pairs: Int
            let matches: Int
            let greatestDrift: Double
            let drift: [LinkModelVersion.Drift]
        }

        let result: String
        let models: [Model]
    }

    func run() async throws {
        try await reporting {
            let kinds = try pair.map { text in
                guard let kinds = KindPair(text) else { throw ValidationError("\(text) names no two kinds of record") }
                return kinds
            }
            let answer = try await withExistingRegister(try await settings.read()) { system in
                let now = system.clock.now
                let job = try await system.store.write { connection in
                    try TrainLinks.begin(kinds, by: .commandLine, at: now, on: connection)
                }
                try await DeliveryWatch(system: system, tells: !output.json).finish(job)
                let result = try await system.jobs.job(job).outcome?.words ?? ""
                let versions = try await system.store.read { try TrainLinks.versions(on: $0) }
                var seen: Set<KindPair> = []
                return Answer(
                    result: result,
                    models: versions.filter { seen.insert($0.kinds).inserted }.map { version in
                        Answer.Model(
                            kinds: version.kinds.description, version: version.version, pairs: version.pairs,
                            matches: version.matches, greatestDrift: version.greatestDrift,
                            drift: version.drift.filter { abs($0.after - $0.before) >= 0.5 })
                    })
            }
            if output.json { return try sayJSON(answer) }
            say(answer.result)
            for model in answer.models {
                say(
                    "\(model.kinds)  bản \(model.version): \(VietnameseText.grouped(model.pairs)) cặp đã so sánh, \(VietnameseText.grouped(model.matches)) người chung"
                )
                for drift in model.drift {
                    let change = drift.after - drift.before
                    say(
                        "    \(drift.comparison) \(drift.condition): \(change > 0 ? "+" : "")\((change * 10).rounded() / 10)"
                    )
                }
            }
        }
    }
}

struct QualityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract: "Prints how good the links between two kinds of record are, as far as people looked at them.",
        discussion: "Bounds are of 95 % (Wilson). Precision needs decided pairs of `register doubts --choice check`.")

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: JSONOption

    private struct Share: Encodable {
        let value: Double
        let low: Double
        let high: Double

        init?(_ share: LinkQuality.Share?) {
            guard let share else { return nil }
            (value, low, high) = (share.value, share.low, share.high)
        }

        init?(_ share: (value: Double, low: Double, high: Double)?) {
            guard let share else { return nil }
            (value, low, high) = share
        }

        var words: String {
            "\((value * 1000).rounded() / 10) % (\((low * 1000).rounded() / 10)–\((high * 1000).rounded() / 10))"
        }
    }

    private struct Line: Encodable {
        let kinds: String
        let linked: Int
        let doubtful: Int
        let precision: Share?
        let recall: Share?
    }

    func run() async throws {
        try await reporting {
            let lines = try await withExistingRegister(try await settings.read()) { system in
                try await system.store.read { connection in
                    try DoubtQueries.quality(on: connection).map { quality in
                        Line(
                            kinds: quality.kinds.description, linked: quality.linked, doubtful: quality.doubtful,
                            precision: Share(quality.precision), recall: Share(quality.recall))
                    }
                }
            }
            if output.json { return try sayJSON(lines) }
            for line in lines {
                say(
                    "\(line.kinds): \(VietnameseText.grouped(line.linked)) cặp đã ghép, \(VietnameseText.grouped(line.doubtful)) cặp chưa rõ; đúng \(line.precision?.words ?? "chưa kiểm tra"), đủ \(line.recall?.words ?? "chưa kiểm tra")"
                )
            }
        }
    }
}
