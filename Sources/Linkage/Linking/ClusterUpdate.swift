/// New records put into the clusters of an earlier result: what was numbered stays numbered.
public struct ClusterUpdate: Sendable, Equatable {
    public struct Assignment: Sendable, Equatable {
        public let id: String
        public let cluster: Int
        /// Whether the cluster holds no record of before.
        public let isNew: Bool
        /// The record of the cluster it is most like, and the match weight; nil in a new cluster, and for a record that is in it
        /// only through another new one.
        public let nearest: String?
        public let weight: Double?
    }

    /// Clusters that new records join together: one for a person to decide, since their numbers are known elsewhere.
    public struct Bridge: Sendable, Equatable {
        public let ids: [String]
        /// The strongest first; the new records went into it.
        public let clusters: [Int]
        public let weights: [Double]
    }

    /// In the order of the new list.
    public let assignments: [Assignment]
    public let bridges: [Bridge]

    /// - Parameters:
    ///   - linked: the register (left) against the new list (right).
    ///   - within: the new list against itself; nil for one free of doubles.
    ///   - clusters: the number of each record of the register, by its id.
    /// - Throws: ``SettingsError`` for a record of the register without a number.
    public init(linked: LinkResult, within: LinkResult?, clusters: [String: Int]) throws(SettingsError) {
        let count = linked.rightIDs.count
        var sets = DisjointSets(count)
        for pair in within?.pairs ?? [] { sets.join(pair.left, pair.right) }
        let groups = sets.numbers()
        // Of each group and each cluster it touches, the strongest pair; ties go to the smaller number.
        var touched: [Int: [Int: LinkedPair]] = [:]
        // Of each new record and cluster the same.
        var own: [[Int]: LinkedPair] = [:]
        var numbers: [Int: Int] = [:]
        for pair in linked.pairs {
            guard let cluster = clusters[linked.leftIDs[pair.left]] else {
                throw SettingsError(
                    "bản ghi “\(linked.leftIDs[pair.left])” của sổ gốc chưa có số cụm; hãy đưa số cụm của mọi bản ghi"
                )
            }
            let group = groups[pair.right]
            if own[[pair.right, cluster]].map({ $0.weight < pair.weight }) ?? true {
                own[[pair.right, cluster]] = pair
            }
            if let known = touched[group]?[cluster], known.weight >= pair.weight { continue }
            touched[group, default: [:]][cluster] = pair
        }
        guard let top = [clusters.values.max() ?? 0].first(where: { $0 < 1_000_000_000_000 }) else {
            throw SettingsError("có cụm mang số lớn hơn một nghìn tỷ; hãy đánh số lại")
        }
        var next = top + 1
        var bridges: [Bridge] = []
        var strongest: [Int: LinkedPair] = [:]
        var members: [Int: [Int]] = [:]
        for row in 0..<count { members[groups[row], default: []].append(row) }
        for group in members.keys.sorted() {
            let found = (touched[group] ?? [:]).sorted { ($1.value.weight, $0.key) < ($0.value.weight, $1.key) }
            guard let first = found.first else {
                numbers[group] = next
                next += 1
                continue
            }
            numbers[group] = first.key
            strongest[group] = first.value
            if found.count > 1 {
                bridges.append(
                    Bridge(
                        ids: (members[group] ?? []).map { linked.rightIDs[$0] }, clusters: found.map(\.key),
                        weights: found.map(\.value.weight)))
            }
        }
        assignments = (0..<count).map { row in
            let group = groups[row]
            let cluster = numbers[group] ?? 0
            let pair = own[[row, cluster]]
            return Assignment(
                id: linked.rightIDs[row], cluster: cluster, isNew: strongest[group] == nil,
                nearest: pair.map { linked.leftIDs[$0.left] }, weight: pair?.weight)
        }
        self.bridges = bridges
    }
}
