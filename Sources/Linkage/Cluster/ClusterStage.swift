public import Foundation

/// What a worker does with a partition: lines in, lines out, nothing kept. The same lines give the same answer whenever and
/// wherever they are given.
public enum ClusterStage: String, CaseIterable, Sendable {
    /// Of distinct values: counts that ``ColumnFacts`` follow from. `column, value` → `column, name, count`.
    case facts
    /// Of records: blocking keys and the parts whose values are counted. `list, row, id, values…` →
    /// `list, hash of the id, keys…, parts…, record…`.
    case keys
    /// Of blocks: how many pairs show each pattern. `rule, key, a, b, role, keys…, counts…, record…` → `pattern, count`.
    case compare
    /// Of blocks: the pairs that weigh enough, as ``WeighedLine`` writes them.
    case weigh
    /// Of weighed pairs, those of a record one after another: how much speaks for a partner. `record, weight` → `step, count`.
    case evidence
    /// Of weighed pairs: with the shift of a one-to-one run. Weighed pair → weighed pair, odds.
    case share
    /// Of what goes into a file, in its order: `pairs` or `clusters` alone for the heading; `left id, right id, weight, chance,
    /// pattern` or `id, cluster` → CSV.
    case write

    /// - Parameters:
    ///   - input: all lines of the partition.
    ///   - plan: as far as the run has come.
    ///   - write: takes the next lines.
    /// - Throws: ``ClusterFault``, ``SettingsError``.
    public func run(_ input: Data, _ plan: ClusterPlan, to write: @escaping (Data) throws -> Void) async throws {
        var output = ClusterOutput(write)
        switch self {
        case .facts: try ClusterRecords.facts(input, plan, to: &output)
        case .keys: try ClusterRecords.keys(input, plan, to: &output)
        case .compare: try await ClusterPairs(input, plan).compare(to: &output)
        case .weigh: try await ClusterPairs(input, plan).weigh(to: &output)
        case .evidence: try ClusterPartners(plan).evidence(input, to: &output)
        case .share: try ClusterPartners(plan).share(input, to: &output)
        case .write: try ClusterPartners(plan).write(input, to: &output)
        }
        try output.flush()
    }
}
