import ArgumentParser
import Charts
import Foundation
import Linkage
import LinkageReport

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
