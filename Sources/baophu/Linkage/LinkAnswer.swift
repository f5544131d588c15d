import Foundation
import Linkage

/// What `link`, `dedupe` and `train` came to, as JSON writes it.
struct LinkAnswer: Encodable {
    struct Stage: Encodable {
        let name: String
        let seconds: Double
        let processorSeconds: Double
        /// At work on average: processor by wall time.
        let cores: Double

        init(_ stage: LinkStage) {
            func rounded(_ value: Double, _ scale: Double) -> Double { (value * scale).rounded() / scale }
            name = stage.name
            seconds = rounded(stage.seconds, 1_000)
            processorSeconds = rounded(stage.processorSeconds, 1_000)
            cores = rounded(stage.cores, 100)
        }
    }

    let leftRows: Int
    let rightRows: Int
    /// Pairs that the blocking rules brought together.
    let compared: Int
    /// Left and right are the same records.
    let isSelf: Bool
    let pairs: Int
    let clusters: Int?
    let stages: [Stage]
    let peakMemoryMB: Int
    /// Memory for pairs that was foreseen before comparing.
    let plannedPairsMB: Int
    let blocking: [Blocking]
    let contradictions: Int
    /// What should be known before the model, or the files, are trusted: in Vietnamese.
    let notes: [String]
    let warnings: [String]

    struct Blocking: Encodable {
        let rule: String
        let pairs: Int
        /// Those that no rule before it brings together.
        let fresh: Int
        let hotBlocks: Int
        let hotPairs: Int
        let matchesLost: Double
    }

    /// - Parameter writing: of the files.
    init(_ result: LinkResult, clusters: Int?, writing: LinkStage) {
        plannedPairsMB = result.plannedMB
        blocking = result.blocking.map {
            Blocking(
                rule: $0.rule, pairs: $0.pairs, fresh: $0.fresh, hotBlocks: $0.hotBlocks, hotPairs: $0.hotPairs,
                matchesLost: ($0.hotMatches * 10).rounded() / 10)
        }
        contradictions = result.contradictions.count
        warnings = result.warnings
        leftRows = result.leftIDs.count
        rightRows = result.rightIDs.count
        isSelf = result.isSelf
        compared = result.compared
        pairs = result.pairs.count
        self.clusters = clusters
        stages = (result.stages + [writing]).map(Stage.init)
        peakMemoryMB = Self.peakMemory
        notes = result.model.notes.map(\.vietnamese)
    }

    /// The most memory the process has held, in MB.
    static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) / 1_024
    }

    private var rowWords: String { isSelf ? "\(leftRows)" : "\(leftRows) × \(rightRows)" }

    func tell(as json: Bool) throws {
        if json { return try sayJSON(self) }
        for warning in warnings { complain(warning) }
        for note in notes { complain(note) }
        for rule in blocking {
            var words = "block “\(rule.rule)”: \(rule.pairs) pairs, \(rule.fresh) of them new"
            if rule.hotBlocks > 0 {
                words +=
                    "; \(rule.hotBlocks) large blocks of \(rule.hotPairs) pairs passed over, about \(rule.matchesLost) matches lost"
            }
            say(words)
        }
        if contradictions > 0 { say("\(contradictions) contradictions within clusters; --contradictions lists them") }
        say(
            "\(rowWords) records, \(compared) pairs compared, \(pairs) pairs"
                + (clusters.map { ", \($0) clusters" } ?? "") + "; "
                + stages.map { "\($0.name) \($0.seconds) s (\($0.cores) cores)" }.joined(separator: ", ")
                + "; \(peakMemoryMB) MB")
    }
}
