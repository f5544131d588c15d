import ArgumentParser
import Charts
import Foundation
import Kernel
import Linkage
import LinkageReport

/// Pairs of ids in files.
enum PairTable {
    struct Pair: Hashable {
        let left: String
        let right: String

        /// - Parameter oneFile: the order of the two means nothing.
        init(_ left: String, _ right: String, oneFile: Bool) {
            let turned = oneFile && right < left
            self.left = turned ? right : left
            self.right = turned ? left : right
        }
    }

    static func truth(_ path: String, oneFile: Bool) throws -> Set<[String]> {
        Set(
            try CSVTable(path, columns: ["left_id", "right_id"]).rows.map {
                let pair = Pair($0[0], $0[1], oneFile: oneFile)
                return [pair.left, pair.right]
            })
    }

    static func scored(_ path: String, oneFile: Bool) throws -> [(pair: Pair, weight: Double, probability: Double?)] {
        let table = try CSVTable(path, columns: ["left_id", "right_id", "match_weight", "match_probability"])
        return try zip(table.rows, table.lines).map { row, line in
            guard let weight = Double(row[2]) else {
                throw DataFault(
                    file: path, line: line,
                    reason: "cột match_weight: “\(row[2])” không phải trọng số ghép; hãy ghi một số")
            }
            return (Pair(row[0], row[1], oneFile: oneFile), weight, Double(row[3]))
        }
    }
}

struct LinkageExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Tells, in Vietnamese, what speaks for and against two records being one.")

    @Argument(help: "A trained model (JSON).")
    var model: String

    @Option(help: "The first file.")
    var left: String

    @Option(help: "The second file; the first alone when left out.")
    var right: String?

    @Option(help: "The two ids, parted by a comma: P12,T7.")
    var pair: String

    @Option(help: "Also draw it here, as SVG.")
    var svg: String?

    @OptionGroup var answer: JSONOption

    private struct Step: Encodable {
        let comparison: String
        let left: String
        let right: String
        let condition: String?
        let weight: Double
        let rarity: Double
        let m: Double?
        let u: Double?
    }

    private struct Answer: Encodable {
        let leftID: String
        let rightID: String
        let prior: Double
        let steps: [Step]
        let matchWeight: Double
        let matchProbability: Double
        let verdict: Explanation.Verdict
        let calibrationSlope: Double?
        let calibrationIntercept: Double?
        let blockingRules: [String]
    }

    func run() async throws {
        try await reporting(settings: model) {
            let (settings, trained) = try LinkSettingsFile.model(model)
            let ids = pair.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard ids.count == 2 else { throw ValidationError("--pair wants two ids parted by a comma, as in P12,T7") }
            let lists = try ([left] + [right].compactMap(\.self)).map(LinkFiles.list)
            let session = try await LinkFiles.linker(settings, from: model).session(lists, model: trained)
            let explanation = try session.explain(ids[0], ids[1])
            if let svg { try LinkFiles.write(svg, text: explanation.chart.svg + "\n") }
            guard answer.json else { return say(explanation.text) }
            try sayJSON(
                Answer(
                    leftID: explanation.leftID, rightID: explanation.rightID, prior: explanation.prior,
                    steps: explanation.steps.map {
                        Step(
                            comparison: $0.comparison, left: $0.left, right: $0.right, condition: $0.condition,
                            weight: $0.weight, rarity: $0.rarity, m: $0.m, u: $0.u)
                    }, matchWeight: explanation.weight, matchProbability: explanation.probability,
                    verdict: explanation.verdict, calibrationSlope: explanation.calibration?.slope,
                    calibrationIntercept: explanation.calibration?.intercept, blockingRules: explanation.rules))
        }
    }
}

struct LinkageEvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Judges pairs against the truth, or against a judged sheet: precision, recall and F1 by threshold.")

    @Option(help: "Pairs as `link` writes them.")
    var pairs: String?

    @Option(help: "True pairs: CSV with left_id and right_id.")
    var truth: String?

    @Option(
        help:
            "Judged pairs of a sheet: CSV with left_id, right_id, label; several files of several people may be given.")
    var labels: [String] = []

    @Option(help: "The sheet's key, which `sheet` wrote beside it.")
    var key: String?

    @Flag(help: "Both ids are of one file: (a, b) and (b, a) are one pair.")
    var oneFile = false

    @Option(help: "Steps between the thresholds that are shown.")
    var step: Double = 1

    @Option(help: "Where pairs taken wrongly or missed go with the reason, as CSV; wants --model and the files.")
    var mistakes: String?

    @Option(parsing: .unconditional, help: "The threshold that mistakes are counted at; the best one when left out.")
    var threshold: Double?

    @Option(help: "The model of the run, for --mistakes.")
    var model: String?

    @Option(help: "The first file, for --mistakes.")
    var left: String?

    @Option(help: "The second file, for --mistakes.")
    var right: String?

    @OptionGroup var answer: JSONOption

    private struct Line: Encodable {
        let threshold: Double
        let precision: Double
        let precisionFrom: Double
        let precisionTo: Double
        let recall: Double
        let recallFrom: Double
        let recallTo: Double
        let f1: Double
        let truePositives: Int
        let falsePositives: Int
        let falseNegatives: Int

        init(_ point: Evaluation.Point) {
            threshold = point.threshold
            precision = point.precision
            (precisionFrom, precisionTo) = (point.precisionInterval.lowerBound, point.precisionInterval.upperBound)
            recall = point.recall
            (recallFrom, recallTo) = (point.recallInterval.lowerBound, point.recallInterval.upperBound)
            f1 = point.f1
            truePositives = point.truePositives
            falsePositives = point.falsePositives
            falseNegatives = point.falseNegatives
        }
    }

    private struct Reliability: Encodable {
        let pairs: Int
        let stated: Double
        let found: Double
    }

    private struct Answer: Encodable {
        let truePairs: Int
        let neverSeen: Int
        let brier: Double?
        let best: Line?
        let thresholds: [Line]
        let reliability: [Reliability]
        var mistakes: [String: Int] = [:]
    }

    func run() async throws {
        try await reporting {
            guard step > 0, step.isFinite else { throw ValidationError("--step wants a number above 0") }
            if !labels.isEmpty { return try judgeByLabels() }
            guard let pairs, let truth else {
                throw ValidationError("give --pairs with --truth, or --labels with --key")
            }
            let scored = try PairTable.scored(pairs, oneFile: oneFile)
            let truePairs = Set(
                try PairTable.truth(truth, oneFile: oneFile).map { PairTable.Pair($0[0], $0[1], oneFile: false) })
            let evaluation = Evaluation(scored, truth: truePairs)
            if !oneFile {
                let turned = scored.count {
                    truePairs.contains(PairTable.Pair($0.pair.right, $0.pair.left, oneFile: false))
                }
                if turned > 0 {
                    complain(
                        "\(truth): \(turned) cặp có hai mã ngược thứ tự so với \(pairs); nếu là bản ghi trùng trong một danh sách, hãy thêm --one-file"
                    )
                }
            }
            var found = Answer(
                truePairs: evaluation.truePairs, neverSeen: evaluation.neverSeen, brier: evaluation.brier,
                best: evaluation.best.map(Line.init), thresholds: evaluation.grid(step: step).map(Line.init),
                reliability: evaluation.reliability.map {
                    Reliability(pairs: $0.pairs, stated: $0.stated, found: $0.true_)
                })
            if mistakes != nil {
                let cut = threshold ?? evaluation.best?.threshold ?? 0
                found.mistakes = try await writeMistakes(scored, truePairs, over: cut)
            }
            if answer.json { return try sayJSON(found) }
            say("\(found.truePairs) true pairs, \(found.neverSeen) of them not among the pairs given")
            for line in [found.best].compactMap(\.self) + found.thresholds {
                say(
                    "weight >= \(Self.shown(line.threshold, 2)): precision \(Self.shown(line.precision)) (\(Self.shown(line.precisionFrom))–\(Self.shown(line.precisionTo))), recall \(Self.shown(line.recall)) (\(Self.shown(line.recallFrom))–\(Self.shown(line.recallTo))), F1 \(Self.shown(line.f1))"
                )
            }
            if let brier = found.brier { say("Brier score of the stated chances: \(Self.shown(brier))") }
            for tenth in found.reliability {
                say("stated \(Self.shown(tenth.stated)), true \(Self.shown(tenth.found)): \(tenth.pairs) pairs")
            }
            for (reason, count) in found.mistakes.sorted(by: { $0.key < $1.key }) { say("\(reason): \(count)") }
        }
    }

    private static func shown(_ share: Double, _ digits: Int = 4) -> String { String(format: "%.\(digits)f", share) }

    private func writeMistakes(
        _ scored: [(pair: PairTable.Pair, weight: Double, probability: Double?)], _ truth: Set<PairTable.Pair>,
        over cut: Double
    ) async throws -> [String: Int] {
        guard let mistakes, let model, let left else {
            throw ValidationError("--mistakes wants --model and --left (and --right) of the run")
        }
        let (settings, trained) = try LinkSettingsFile.model(model)
        let lists = try ([left] + [right].compactMap(\.self)).map(LinkFiles.list)
        let session = try await LinkFiles.linker(settings, from: model).session(lists, model: trained)
        let taken = Set(scored.filter { $0.weight >= cut }.map(\.pair))
        func sorted(_ pairs: Set<PairTable.Pair>) -> [(left: String, right: String)] {
            pairs.map { (left: $0.left, right: $0.right) }.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
        }
        let found = try session.mistakes(
            missed: sorted(truth.subtracting(taken)), wrong: sorted(taken.subtracting(truth)), threshold: cut)
        var text = "mistake,reason,comparison,left_id,right_id,match_weight\n"
        var counts: [String: Int] = [:]
        for one in found {
            let kind = one.isMissed ? "missed" : "wrong"
            counts["\(kind), \(one.reason.rawValue)", default: 0] += 1
            text +=
                [
                    kind, one.reason.rawValue, PairFile.quoted(one.comparison ?? ""),
                    PairFile.quoted(one.explanation.leftID), PairFile.quoted(one.explanation.rightID),
                    Self.shown(one.explanation.weight),
                ].joined(separator: ",") + "\n"
        }
        try LinkFiles.write(mistakes, text: text)
        return counts
    }

    private struct LabelLine: Encodable {
        let threshold: Double
        let precision: Double
        let precisionFrom: Double
        let precisionTo: Double
        let recall: Double
        let recallFrom: Double
        let recallTo: Double
    }

    /// From a drawn and judged sheet: recall is among the pairs of the run.
    private func judgeByLabels() throws {
        guard let key else { throw ValidationError("--labels wants --key, which `sheet` wrote") }
        let draws = try LabelFiles.draws(key)
        let settled = LabelAgreement(try labels.flatMap { try LabelFiles.labels($0) }).settled
        let known = Set(draws.map { [$0.left, $0.right] })
        let used = settled.count { $0.isMatch != nil && known.contains([$0.left, $0.right]) }
        if used < settled.count {
            complain(
                "bỏ \(settled.count - used) trong \(settled.count) cặp đã có nhãn: chưa rõ, ý kiến ngang nhau, hoặc không thuộc \(key)"
            )
        }
        guard used > 0 else {
            throw DataFault(
                file: key, line: 0,
                reason: "không cặp đã có nhãn nào thuộc khóa này; hãy đưa khóa đi cùng phiếu đã chấm")
        }
        let lowest = (draws.map(\.weight).min() ?? 0).rounded(.down)
        let highest = draws.map(\.weight).max() ?? 0
        let thresholds = Array(stride(from: lowest, through: highest, by: max(step, (highest - lowest) / 200)))
        let lines = LabelEvaluation(draws: draws, labels: settled, thresholds: thresholds).points.map {
            LabelLine(
                threshold: $0.threshold, precision: $0.precision, precisionFrom: $0.precisionInterval.lowerBound,
                precisionTo: $0.precisionInterval.upperBound, recall: $0.recall,
                recallFrom: $0.recallInterval.lowerBound, recallTo: $0.recallInterval.upperBound)
        }
        if answer.json { return try sayJSON(lines) }
        for line in lines {
            say(
                "weight >= \(Self.shown(line.threshold, 2)): precision \(Self.shown(line.precision)) (\(Self.shown(line.precisionFrom))–\(Self.shown(line.precisionTo))), recall among the run's pairs \(Self.shown(line.recall)) (\(Self.shown(line.recallFrom))–\(Self.shown(line.recallTo)))"
            )
        }
    }
}

struct LinkageCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Tells what parts two models.")

    @Argument(help: "A model (JSON).")
    var before: String

    @Argument(help: "Another model.")
    var after: String

    @OptionGroup var answer: JSONOption

    private struct Level: Encodable {
        let comparison: String
        let condition: String
        let before: Double?
        let after: Double?
    }

    private struct Answer: Encodable {
        let priorBefore: Double
        let priorAfter: Double
        let levels: [Level]
        let blockingOnlyBefore: [String]
        let blockingOnlyAfter: [String]
    }

    func run() async throws {
        try await reporting {
            let models = try [before, after].map { path in
                try LinkSettingsFile.model(path).1
            }
            let difference = ModelDifference(models[0], models[1])
            let found = Answer(
                priorBefore: difference.prior.before, priorAfter: difference.prior.after,
                levels: difference.levels.map {
                    Level(comparison: $0.comparison, condition: $0.condition, before: $0.before, after: $0.after)
                },
                blockingOnlyBefore: difference.blocking.onlyBefore, blockingOnlyAfter: difference.blocking.onlyAfter)
            if answer.json { return try sayJSON(found) }
            func shown(_ weight: Double?) -> String { weight.map { String(format: "%+.2f", $0) } ?? "–" }
            say("prior weight \(shown(found.priorBefore)) → \(shown(found.priorAfter))")
            for rule in found.blockingOnlyBefore { say("blocking only before: \(rule)") }
            for rule in found.blockingOnlyAfter { say("blocking only after: \(rule)") }
            for level in found.levels {
                say("\(level.comparison), “\(level.condition)”: \(shown(level.before)) → \(shown(level.after))")
            }
        }
    }
}
