import ArgumentParser
import Foundation
import Kernel
import Linkage

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
            let truePairs = try PairTable.truth(truth, oneFile: oneFile)
            PairTable.tellUnknown(truePairs, in: truth, among: scored.map(\.pair), of: pairs, oneFile: oneFile)
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
