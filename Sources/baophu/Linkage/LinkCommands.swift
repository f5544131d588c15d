import ArgumentParser
import Foundation
import Kernel
import Linkage
import LinkageReport

struct LinkageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linkage", abstract: "Finds the same person or firm across lists.",
        discussion: "docs/linkage.md teaches the settings file. Needs no database.",
        subcommands: [
            LinkageProfileCommand.self, LinkageSuggestCommand.self, LinkageTrainCommand.self, LinkageLinkCommand.self,
            LinkageDedupeCommand.self, LinkageAddCommand.self, LinkageFindCommand.self, LinkageExplainCommand.self,
            LinkageEvaluateCommand.self,
            LinkageCompareCommand.self, LinkageSheetCommand.self, LinkageLabelCommand.self, LinkageAgreeCommand.self,
            LinkageSplinkCommand.self, LinkageWorkerCommand.self, LinkagePlanCommand.self,
        ])
}

/// What `link`, `dedupe` and `train` have in common.
struct LinkRunOptions: ParsableArguments {
    @Argument(help: "Settings (YAML) or a trained model (JSON).")
    var settings: String

    @Option(
        parsing: .unconditional, help: "The least match weight (log2 of the odds) of a pair; the settings' own, or 0.")
    var threshold: Double?

    @Option(help: "A page about the run that can be read without this program: HTML.")
    var report: String?

    @Option(
        help:
            "Pairs that people have judged (CSV: left_id, right_id, label yes/no/?, clerk), to learn from; several files may be given."
    )
    var labels: [String] = []

    @Option(help: "True pairs (CSV: left_id, right_id), to judge the run by in the report.")
    var truth: String?

    @Flag(help: "Show progress even where standard error is no terminal.")
    var progress = false

    @OptionGroup var answer: JSONOption

    /// The linker, and the model when one was given.
    func linker(_ change: (inout LinkSettings) -> Void = { _ in }) throws -> (Linker, LinkModel?, LinkWatch) {
        var (settings, model) = try LinkSettingsFile.read(self.settings)
        if let threshold { settings.threshold = threshold }
        change(&settings)
        let watch = LinkWatch(isWanted: progress)
        var linker = try LinkFiles.linker(settings, from: self.settings, watch: watch)
        linker.weighsRecordsAlone = report != nil
        if !labels.isEmpty {
            guard model == nil else {
                throw ValidationError("--labels teach a model in training: give settings, not a model")
            }
            linker.labels = LabelAgreement(try labels.flatMap { try LabelFiles.labels($0) }).settled
        }
        if truth != nil, report == nil {
            throw ValidationError("--truth is for the report; give --report, or use evaluate")
        }
        return (linker, model, watch)
    }

    /// - Parameter clock: begun when the run ended.
    func finish(
        _ result: LinkResult, clusters: Int? = nil, watch: LinkWatch, oneFile: Bool, clock: StageClock
    ) throws {
        var clock = clock
        watch.end()
        if let report {
            let truth = try truth.map { path in
                Set(try PairTable.truth(path, oneFile: oneFile).map { [$0.left, $0.right] })
            }
            try LinkFiles.write(report, text: ReportPage(result, clusters: clusters, truth: truth).html)
        }
        try LinkAnswer(result, clusters: clusters, writing: clock.lap("write")).tell(as: answer.json)
    }
}

struct LinkageLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Links the records of two or more files; trains first unless a model is given.")

    @OptionGroup var run: LinkRunOptions

    @Option(help: "The first file: CSV, or XLSX (its first sheet).")
    var left: String

    @Option(help: "The second file.")
    var right: String

    @Option(help: "A further file; may be given several times.")
    var also: [String] = []

    @Option(help: "Where the pairs go, as CSV.")
    var output: String

    @Flag(name: .customLong("one-to-one"), help: "At most one partner for each record.")
    var oneToOne = false

    @Flag(help: "Look for doubles within each file too.")
    var within = false

    @Option(help: "Where the clusters of all files' records go, as CSV: list, id, cluster.")
    var clusters: String?

    @Option(help: "Also save the model here.")
    var model: String?

    func run() async throws {
        try await reporting(settings: run.settings) {
            try LinkFiles.check(
                outputs: [output, clusters, model, run.report],
                inputs: [left, right, run.settings, run.truth] + also + run.labels)
            let (linker, trained, watch) = try run.linker { if oneToOne { $0.oneToOne = true } }
            let lists = try ([left, right] + also).map(LinkFiles.list)
            let result = try await linker.link(lists, within: within, together: clusters != nil, model: trained)
            let clock = StageClock()
            try LinkFiles.write(output) { try PairFile.write(result, to: $0) }
            var count: Int?
            if let clusters {
                let numbers = result.clusters()
                count = (numbers.max() ?? -1) + 1
                try LinkFiles.write(clusters) { try PairFile.write(clusters: numbers, of: result, to: $0) }
            }
            if let model { try LinkFiles.save(result.model, to: model) }
            try run.finish(result, clusters: count, watch: watch, oneFile: false, clock: clock)
        }
    }
}

struct LinkageDedupeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedupe", abstract: "Finds the records of one file that are the same.")

    @OptionGroup var run: LinkRunOptions

    @Option(help: "The file: CSV, or XLSX (its first sheet).")
    var input: String

    @Option(help: "Where the clusters go, as CSV: id, cluster.")
    var output: String

    @Option(help: "Where the pairs go, as CSV.")
    var pairs: String?

    @Option(help: "Where contradictions within clusters go, as CSV: cluster, first_id, second_id, reason.")
    var contradictions: String?

    @Option(help: "Also save the model here.")
    var model: String?

    func run() async throws {
        try await reporting(settings: run.settings) {
            try LinkFiles.check(
                outputs: [output, pairs, contradictions, model, run.report],
                inputs: [input, run.settings, run.truth] + run.labels)
            // Three records of one person are three pairs.
            let (linker, trained, watch) = try run.linker {
                if $0.oneToOne ?? false {
                    complain("\(run.settings): bỏ qua one_to_one, vì đang tìm bản ghi trùng trong một danh sách")
                }
                $0.oneToOne = false
            }
            let result = try await linker.link([LinkFiles.list(input)], model: trained)
            let clock = StageClock()
            let clusters = result.clusters()
            try LinkFiles.write(output) { try PairFile.write(clusters: clusters, of: result, to: $0) }
            if let pairs { try LinkFiles.write(pairs) { try PairFile.write(result, to: $0) } }
            if let model { try LinkFiles.save(result.model, to: model) }
            if let contradictions {
                var text = "cluster,first_id,second_id,reason\n"
                for found in result.contradictions {
                    let reason: String
                    switch found.reason {
                    case .identifiers(let column, let left, let right): reason = "\(column): \(left) / \(right)"
                    case .neverRule: reason = "never"
                    case .sameList: reason = "same list"
                    }
                    text +=
                        [
                            "\(clusters[found.first] + 1)", PairFile.quoted(result.leftIDs[found.first]),
                            PairFile.quoted(result.leftIDs[found.second]), PairFile.quoted(reason),
                        ].joined(separator: ",") + "\n"
                }
                try LinkFiles.write(contradictions, text: text)
            }
            try run.finish(result, clusters: (clusters.max() ?? -1) + 1, watch: watch, oneFile: true, clock: clock)
        }
    }
}

struct LinkageTrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Learns a model from two files, or from one, and saves it.")

    @OptionGroup var run: LinkRunOptions

    @Option(help: "The first file, or the only one.")
    var left: String

    @Option(help: "The second file; without it the doubles of the first are what is learned.")
    var right: String?

    @Option(help: "Where the model goes, as JSON.")
    var model: String

    func run() async throws {
        try await reporting(settings: run.settings) {
            try LinkFiles.check(
                outputs: [model, run.report], inputs: [left, right, run.settings, run.truth] + run.labels)
            let (linker, _, watch) = try run.linker()
            let lists = try ([left] + [right].compactMap(\.self)).map(LinkFiles.list)
            let result = try await linker.link(lists)
            let clock = StageClock()
            try LinkFiles.save(result.model, to: model)
            try run.finish(result, watch: watch, oneFile: right == nil, clock: clock)
        }
    }
}
