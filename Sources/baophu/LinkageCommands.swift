import ArgumentParser
import Foundation
import Kernel
import Linkage
import Tabular
import Yams

struct LinkageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linkage", abstract: "Finds the same person or firm across lists: link, dedupe, train, evaluate.",
        discussion: "docs/linkage.md teaches the settings file. Needs no database.",
        subcommands: [
            LinkageLinkCommand.self, LinkageDedupeCommand.self, LinkageTrainCommand.self, LinkageEvaluateCommand.self,
        ])
}

/// What `link`, `dedupe` and `train` came to, as JSON writes it.
private struct LinkAnswer: Encodable {
    struct Stage: Encodable {
        let name: String
        let seconds: Double
    }

    let leftRows: Int
    let rightRows: Int
    /// Pairs that the blocking rules brought together.
    let compared: Int
    let pairs: Int
    let clusters: Int?
    let stages: [Stage]
    let peakMemoryMB: Int
    let notes: [String]

    init(_ result: LinkResult, clusters: Int?) {
        leftRows = result.leftIDs.count
        rightRows = result.rightIDs.count
        compared = result.compared
        pairs = result.pairs.count
        self.clusters = clusters
        stages = result.stages.map { Stage(name: $0.name, seconds: ($0.seconds * 1_000).rounded() / 1_000) }
        peakMemoryMB = Self.peakMemory
        notes = result.model.notes
    }

    /// The most memory the process has held, in MB.
    private static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) / 1_024
    }

    func tell(as json: Bool) throws {
        if json { return try sayJSON(self) }
        for note in notes { say("note: \(note)") }
        say(
            "\(leftRows) × \(rightRows) records, \(compared) pairs compared, \(pairs) pairs"
                + (clusters.map { ", \($0) clusters" } ?? "") + "; "
                + stages.map { "\($0.name) \($0.seconds) s" }.joined(separator: ", ") + "; \(peakMemoryMB) MB")
    }
}

/// Files in and out of the linkage commands.
private enum LinkFiles {
    /// Settings (YAML), or a model (JSON) with the settings it was trained by.
    static func settings(_ path: String) throws -> (LinkSettings, LinkModel?) {
        let data = try bytes(path)
        if path.lowercased().hasSuffix(".json") {
            do {
                let model = try JSONDecoder().decode(LinkModel.self, from: data)
                guard model.version == LinkModel.currentVersion else {
                    throw SettingsError(
                        "\(path): a model of version \(model.version); this program reads \(LinkModel.currentVersion)")
                }
                return (model.settings, model)
            } catch let error as DecodingError {
                throw SettingsError("\(path) is no model: \(Self.words(error))")
            }
        }
        do {
            return (try YAMLDecoder().decode(LinkSettings.self, from: data), nil)
        } catch let error as DecodingError {
            throw SettingsError("\(path): \(words(error))")
        } catch let error as YamlError {
            throw SettingsError("\(path): \(error)")
        }
    }

    private static func words(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            let keys = context.codingPath.map(\.stringValue).joined(separator: ".")
            return keys.isEmpty ? "" : "at \(keys): "
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context))“\(key.stringValue)” is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return path(context) + context.debugDescription
        @unknown default: return "\(error)"
        }
    }

    /// A table as delimited text; the first sheet of a workbook.
    static func table(_ path: String) throws -> Data {
        let data = try bytes(path)
        guard data.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return data }
        let file: TableFile
        do {
            file = try TableFile(Array(data))
        } catch {
            throw SettingsError("\(path): \(error)")
        }
        guard let table = file.tables.first(where: { !$0.rows.isEmpty }) else {
            throw RecordFileError.empty(file: path)
        }
        return Data(CSVWriter.bytes(of: table.rows.map { $0.cells.map(\.shown) }, separator: ","))
    }

    private static func bytes(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw SettingsError("\(path) cannot be read")
        }
    }

    /// Writes a file beside its place and puts it there whole, so that no half file is ever found.
    static func write(_ path: String, _ body: ((Data) throws -> Void) throws -> Void) throws {
        let partial = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw SettingsError("\(path) cannot be written") }
        signal(SIGINT, SIG_IGN)
        let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        interrupt.setEventHandler {
            unlink(partial)
            exit(130)
        }
        interrupt.resume()
        defer {
            interrupt.cancel()
            signal(SIGINT, SIG_DFL)
        }
        do {
            try body { try handle.write(contentsOf: $0) }
            try handle.close()
            guard rename(partial, path) == 0 else { throw SettingsError("\(path) cannot be written") }
        } catch {
            unlink(partial)
            throw error
        }
    }

    static func save(_ model: LinkModel, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(model)
        try write(path) { try $0(data) }
    }

    /// Bad settings and bad data end with 65.
    static func reporting(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error where error is SettingsError || error is RecordFileError {
            complain("\(error)")
            throw ExitCode(65)
        }
    }
}

struct LinkageLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Links the records of two files; trains first unless a model is given.")

    @Argument(help: "Settings (YAML) or a trained model (JSON).")
    var settings: String

    @Option(help: "The first file: CSV, or XLSX (its first sheet).")
    var left: String

    @Option(help: "The second file.")
    var right: String

    @Option(help: "Where the pairs go, as CSV.")
    var output: String

    @Option(
        parsing: .unconditional, help: "The least match weight (log2 of the odds) of a pair; the settings' own, or 0.")
    var threshold: Double?

    @Flag(help: "At most one partner for each record.")
    var oneToOne = false

    @Option(help: "Also save the model here.")
    var model: String?

    @OptionGroup var answer: JSONOption

    func run() async throws {
        try await LinkFiles.reporting {
            var (settings, trained) = try LinkFiles.settings(settings)
            if let threshold { settings.threshold = threshold }
            if oneToOne { settings.oneToOne = true }
            let result = try await Linker(settings).link(
                left: LinkFiles.table(left), leftName: left, right: LinkFiles.table(right), rightName: right,
                model: trained)
            try LinkFiles.write(output) { try PairFile.write(result, to: $0) }
            if let model { try LinkFiles.save(result.model, to: model) }
            try LinkAnswer(result, clusters: nil).tell(as: answer.json)
        }
    }
}

struct LinkageDedupeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dedupe", abstract: "Finds the records of one file that are the same.")

    @Argument(help: "Settings (YAML) or a trained model (JSON).")
    var settings: String

    @Option(help: "The file: CSV, or XLSX (its first sheet).")
    var input: String

    @Option(help: "Where the clusters go, as CSV: id, cluster.")
    var output: String

    @Option(help: "Where the pairs go, as CSV.")
    var pairs: String?

    @Option(
        parsing: .unconditional, help: "The least match weight (log2 of the odds) of a pair; the settings' own, or 0.")
    var threshold: Double?

    @Option(help: "Also save the model here.")
    var model: String?

    @OptionGroup var answer: JSONOption

    func run() async throws {
        try await LinkFiles.reporting {
            var (settings, trained) = try LinkFiles.settings(settings)
            if let threshold { settings.threshold = threshold }
            // Three records of one person are three pairs.
            settings.oneToOne = false
            let result = try await Linker(settings).link(
                left: LinkFiles.table(input), leftName: input, right: nil, rightName: input, model: trained)
            try LinkFiles.write(output) { try PairFile.writeClusters(result, to: $0) }
            if let pairs { try LinkFiles.write(pairs) { try PairFile.write(result, to: $0) } }
            if let model { try LinkFiles.save(result.model, to: model) }
            let clusters = Set(Clusters.components(of: result.pairs, rows: result.leftIDs.count)).count
            try LinkAnswer(result, clusters: clusters).tell(as: answer.json)
        }
    }
}

struct LinkageTrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Learns a model from two files, or from one, and saves it.")

    @Argument(help: "Settings (YAML).")
    var settings: String

    @Option(help: "The first file, or the only one.")
    var left: String

    @Option(help: "The second file; without it the doubles of the first are what is learned.")
    var right: String?

    @Option(help: "Where the model goes, as JSON.")
    var model: String

    @OptionGroup var answer: JSONOption

    func run() async throws {
        try await LinkFiles.reporting {
            let (settings, _) = try LinkFiles.settings(settings)
            let result = try await Linker(settings).link(
                left: LinkFiles.table(left), leftName: left, right: right.map { try LinkFiles.table($0) },
                rightName: right ?? left)
            try LinkFiles.save(result.model, to: model)
            try LinkAnswer(result, clusters: nil).tell(as: answer.json)
        }
    }
}

struct LinkageEvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Judges pairs against the truth: precision, recall and F1 by threshold.")

    @Option(help: "Pairs as `link` writes them.")
    var pairs: String

    @Option(help: "True pairs: CSV with left_id and right_id.")
    var truth: String

    @Flag(help: "Both ids are of one file: (a, b) and (b, a) are one pair.")
    var oneFile = false

    @OptionGroup var answer: JSONOption

    private struct Pair: Hashable {
        let left: String
        let right: String
    }

    private struct Line: Encodable {
        let threshold: Double
        let precision: Double
        let recall: Double
        let f1: Double
        let truePositives: Int
        let falsePositives: Int
        let falseNegatives: Int

        init(_ point: Evaluation.Point) {
            threshold = point.threshold
            precision = point.precision
            recall = point.recall
            f1 = point.f1
            truePositives = point.truePositives
            falsePositives = point.falsePositives
            falseNegatives = point.falseNegatives
        }
    }

    private struct Answer: Encodable {
        let truePairs: Int
        let neverSeen: Int
        let best: Line?
        let thresholds: [Line]
    }

    func run() async throws {
        try await LinkFiles.reporting {
            let scored = try read(pairs, weight: true)
            let truth = Set(try read(truth, weight: false).map(\.pair))
            let evaluation = Evaluation(scored, truth: truth)
            // Each whole weight, and the best.
            var lines: [Line] = []
            var next = -Double.infinity
            for point in evaluation.points where point.threshold >= next {
                lines.append(Line(point))
                next = point.threshold.rounded(.down) + 1
            }
            let found = Answer(
                truePairs: evaluation.truePairs, neverSeen: evaluation.neverSeen, best: evaluation.best.map(Line.init),
                thresholds: lines)
            if answer.json { return try sayJSON(found) }
            say("\(found.truePairs) true pairs, \(found.neverSeen) of them not among the pairs given")
            for line in [found.best].compactMap(\.self) + lines {
                say(
                    "weight >= \(line.threshold): precision \(Self.shown(line.precision)), recall \(Self.shown(line.recall)), F1 \(Self.shown(line.f1))"
                )
            }
        }
    }

    private static func shown(_ share: Double) -> String { String(format: "%.4f", share) }

    private func read(_ path: String, weight: Bool) throws -> [(pair: Pair, weight: Double)] {
        let records: [CSVRecord]
        do {
            records = try CSVReader.records(of: Array(LinkFiles.table(path)))
        } catch let error as CSVError {
            throw SettingsError("\(path): \(error)")
        }
        guard let header = records.first?.fields else { throw RecordFileError.empty(file: path) }
        func column(_ name: String) throws -> Int {
            guard let index = header.firstIndex(of: name) else {
                throw RecordFileError.missingColumn(name, file: path, nearest: Nearest.name(to: name, among: header))
            }
            return index
        }
        let (left, right) = (try column("left_id"), try column("right_id"))
        let weights = weight ? try column("match_weight") : nil
        return try records.dropFirst().map { record in
            func field(_ index: Int) -> String { record.fields.indices.contains(index) ? record.fields[index] : "" }
            var value = 0.0
            if let weights {
                guard let number = Double(field(weights)) else {
                    throw SettingsError("\(path), line \(record.line): “\(field(weights))” is no match weight")
                }
                value = number
            }
            let (first, second) = (field(left), field(right))
            return (
                oneFile && second < first ? Pair(left: second, right: first) : Pair(left: first, right: second), value
            )
        }
    }
}
