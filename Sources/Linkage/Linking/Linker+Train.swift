/// A model trained on lists, with what single pairs need beside it.
public struct TrainedModel: Sendable {
    public let model: LinkModel
    public let shares: ValueShares
    /// Pairs that the blocking rules brought together.
    public let compared: Int
}

extension Linker {
    /// Trains a model on lists without linking them: for weighing single pairs (``PairScorer``).
    /// - Parameter within: whether pairs of one list are looked at; always so for one list.
    /// - Throws: ``SettingsError``, ``RecordFileError``, `CancellationError`.
    public func train(_ lists: [LinkList], within: Bool = false) async throws -> TrainedModel {
        try settings.check()
        let data = try await LinkReading(settings: settings, threads: threads, areas: areas).read(
            lists, within: within)
        let candidates = try await candidates(consume data)
        let found = try await compare(candidates)
        let model = try await train(found.histogram, candidates)
        return TrainedModel(model: model, shares: ValueShares(candidates), compared: found.count)
    }
}

extension LinkModel {
    /// The same with another prior: where what is linked is not what it was trained on.
    public func with(prior: Double) -> LinkModel {
        LinkModel(
            version: version, settings: settings, prior: prior, comparisons: comparisons, steps: steps, runs: runs,
            calibration: calibration, labels: labels, oneToOneShift: oneToOneShift)
    }
}
