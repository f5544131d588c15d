import ArgumentParser
import Foundation
import Linkage

/// The plan of a run on a cluster, as it goes to workers: in the environment, in pieces, since Spark hands a worker nothing else
/// beside its lines.
private enum PlanInEnvironment {
    static let name = "BAOPHU_LINKAGE_PLAN_"

    static func read() throws -> ClusterPlan {
        var text = ""
        while let piece = ProcessInfo.processInfo.environment[name + "\(text.isEmpty ? 0 : pieces(text))"] {
            text += piece
        }
        do {
            return try JSONDecoder().decode(ClusterPlan.self, from: Data(text.utf8))
        } catch {
            throw ClusterFault("\(name)0 holds no plan of a run (\(error)); start spark/link.py, which gives it")
        }
    }

    /// How many pieces were read: all but the last are full.
    private static func pieces(_ text: String) -> Int { (text.utf8.count + size - 1) / size }

    /// Bytes of a piece.
    static let size = 100_000
}

struct LinkageWorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Computes a partition of a run on a cluster: lines in, lines out (docs/linkage-cluster.md).")

    private static let stages = ClusterStage.allCases.map(\.rawValue).joined(separator: ", ")

    @Argument(
        help: "What to do: \(stages).",
        transform: { name in
            guard let stage = ClusterStage(rawValue: name) else {
                throw ValidationError("there is no stage “\(name)”; the stages are \(stages)")
            }
            return stage
        })
    var stage: ClusterStage

    func run() async throws {
        try await reporting {
            let input = try FileHandle.standardInput.readToEnd() ?? Data()
            try await stage.run(input, PlanInEnvironment.read()) {
                try FileHandle.standardOutput.write(contentsOf: $0)
            }
        }
    }
}

struct LinkagePlanCommand: AsyncParsableCommand {
    enum Step: String, CaseIterable, ExpressibleByArgument {
        case start, columns, count, train, shift, model
    }

    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "The steps of a run on a cluster that are taken once, between those of the workers.",
        discussion: """
            Each reads the plan from the environment and the workers' answers from standard input, and writes the next plan; \
            `start` reads the settings, `model` writes the trained model. spark/link.py calls them.
            """)

    @Argument(help: "start, columns, count, train, shift or model.")
    var step: Step

    @Option(help: "For start: settings (YAML) or a trained model (JSON).")
    var settings: String?

    @Flag(help: "For start: one list, for its doubles.")
    var oneList = false

    @Option(parsing: .unconditional, help: "For start: the least match weight of a pair; the settings' own, or 0.")
    var threshold: Double?

    func run() async throws {
        try await reporting(settings: settings ?? "") {
            if step == .start { return try say(start()) }
            let plan = try PlanInEnvironment.read()
            let input = try FileHandle.standardInput.readToEnd() ?? Data()
            switch step {
            case .start: break
            case .columns: try say(ClusterDriver.readColumns(plan, input))
            case .count: try say(ClusterDriver.count(plan, input))
            case .train:
                let (sample, histogram) = Self.parts(of: input)
                try say(await ClusterDriver.train(plan, sample: sample, histogram: histogram))
            case .shift: try say(ClusterDriver.shift(plan, input))
            case .model:
                guard let model = plan.model else { throw ClusterFault("the plan has no model yet") }
                FileHandle.standardOutput.write(try LinkFiles.json(model))
            }
        }
    }

    private func start() throws -> ClusterPlan {
        guard let settings else { throw ValidationError("start wants --settings") }
        var (read, model) = try LinkSettingsFile.read(settings)
        if let threshold { read.threshold = threshold }
        return try ClusterPlan(
            read, isSelf: oneList, areas: LinkFiles.linker(read, from: settings).areas, model: model)
    }

    /// Two kinds of lines, an empty one between them.
    private static func parts(of input: Data) -> (Data, Data) {
        guard let gap = input.range(of: Data("\n\n".utf8)) else { return (input, Data()) }
        return (Data(input[..<(gap.lowerBound + 1)]), Data(input[gap.upperBound...]))
    }

    private func say(_ plan: ClusterPlan) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        FileHandle.standardOutput.write(try encoder.encode(plan) + Data("\n".utf8))
    }
}
