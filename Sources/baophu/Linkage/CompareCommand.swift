import ArgumentParser
import Foundation
import Linkage

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
