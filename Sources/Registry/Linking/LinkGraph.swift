/// Two cores that a model finds alike.
struct LinkPair: Equatable, Sendable {
    enum State: String, Sendable {
        /// One person.
        case linked
        /// Would be one person, if the cluster did not hold two that cannot be one.
        case torn
        /// A person has to decide.
        case doubtful
        /// Somebody decided that they are two.
        case apart
    }

    let low: RecordPlace
    let high: RecordPlace
    let weight: Double
    /// Of the records that are most alike.
    let kinds: KindPair
    /// Whether it may be linked at all, or is doubtful at most.
    let mayLink: Bool
    var state: State

    func other(than core: RecordPlace) -> RecordPlace { core == low ? high : low }
}

/// Cores around some that changed, with the pairs between them. What it says of a pair or a cluster follows from those around it
/// alone, never from the order in which they came.
struct LinkGraph {
    private(set) var cores: [RecordPlace: LinkBundle] = [:]
    private(set) var pairs: [[RecordPlace]: LinkPair] = [:]
    private var around: [RecordPlace: Set<RecordPlace>] = [:]
    let rules: LinkRules

    init(_ rules: LinkRules) { self.rules = rules }

    mutating func add(_ core: LinkBundle) { cores[core.core] = core }

    mutating func add(_ pair: LinkPair) {
        pairs[[pair.low, pair.high]] = pair
        around[pair.low, default: []].insert(pair.high)
        around[pair.high, default: []].insert(pair.low)
    }

    func pair(_ one: RecordPlace, _ other: RecordPlace) -> LinkPair? {
        pairs[one < other ? [one, other] : [other, one]]
    }

    func neighbours(of core: RecordPlace) -> Set<RecordPlace> { around[core] ?? [] }

    /// Whether a pair alone would be linked.
    private func isStrong(_ pair: LinkPair?) -> Bool {
        guard let pair else { return false }
        return pair.mayLink && pair.weight >= rules.same && !isApart(pair)
    }

    private func isApart(_ pair: LinkPair) -> Bool {
        guard let low = cores[pair.low], let high = cores[pair.high] else { return false }
        return low.isApart(from: high)
    }

    /// What becomes of a pair, as far as its two sides tell; all pairs of both are here.
    func verdict(of pair: LinkPair) -> LinkPair.State {
        if isApart(pair) { return .apart }
        guard isStrong(pair) else { return .doubtful }
        for (side, opposite) in [(pair.low, pair.high), (pair.high, pair.low)] {
            for rival in neighbours(of: side) where rival != opposite {
                guard let other = self.pair(side, rival), !isApart(other), other.weight > pair.weight - rules.margin
                else { continue }
                // Who is surely the same as the other side is no rival of it.
                if isStrong(self.pair(rival, opposite)) { continue }
                return .doubtful
            }
        }
        return .linked
    }

    mutating func set(_ state: LinkPair.State, of pair: LinkPair) { pairs[[pair.low, pair.high]]?.state = state }

    mutating func set(_ entity: EntityID, of core: RecordPlace) { cores[core]?.entity = entity }

    /// Joins what is linked, the strongest first, but never two that cannot be one person.
    /// - Parameter members: cores that hang together by linked and torn pairs, all of them.
    /// - Returns: the clusters, and each pair's state.
    func clusters(of members: Set<RecordPlace>) -> (clusters: [[RecordPlace]], states: [(LinkPair, LinkPair.State)]) {
        let sorted = members.sorted()
        let index = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
        let linked = pairs.values.filter {
            ($0.state == .linked || $0.state == .torn) && members.contains($0.low) && members.contains($0.high)
        }.sorted { ($1.weight, $0.low, $0.high) < ($0.weight, $1.low, $1.high) }
        var apart: [(Int, Int)] = []
        for (place, one) in sorted.enumerated() {
            for other in sorted[(place + 1)...] where cannotBeOne(one, other) {
                apart.append((place, index[other] ?? place))
            }
        }
        var unions = IndexUnions(sorted.count)
        let states: [(LinkPair, LinkPair.State)] = linked.map { pair in
            guard let low = index[pair.low], let high = index[pair.high] else { return (pair, pair.state) }
            return (pair, unions.join(low, high, unless: apart) ? .linked : .torn)
        }
        let clusters = Dictionary(grouping: sorted.indices, by: { unions.root($0) }).sorted { $0.key < $1.key }.map {
            $0.value.map { sorted[$0] }
        }
        return (clusters, states)
    }

    /// Two personal numbers, unless the pair itself was found to differ by a slip; or a decision.
    private func cannotBeOne(_ one: RecordPlace, _ other: RecordPlace) -> Bool {
        guard let left = cores[one], let right = cores[other] else { return false }
        if left.isApart(from: right) { return true }
        return left.differs(from: right, in: .personal) && !isStrong(pair(one, other))
    }
}
