import Formats
import Kernel
import Vault

/// A record in force, with what joins it to others and what it can be compared by.
struct LinkMember: Sendable {
    let place: RecordPlace
    let entity: EntityID
    let kind: RecordKind
    let name: String
    /// Those that identify, under the key that seals now.
    let tokens: [NumberToken]
    /// As they stand in the index.
    let stored: [NamedToken]
    let face: LinkFace
}

/// What people decided of two records.
struct RecordDecision: Hashable, Sendable {
    let one: RecordPlace
    let other: RecordPlace
    let isSame: Bool
}

/// Cores: what hangs together by equal numbers under agreeing names and by decisions, but for decisions that part.
enum BundleClusters {
    /// - Parameters:
    ///   - members: all that hang together, and no more of others than that.
    ///   - decisions: that are in force; of records that are not among the members nothing follows.
    /// - Returns: places in `members`, each core in the order of places, the cores by their first.
    static func cores(of members: [LinkMember], _ decisions: [RecordDecision]) -> [[Int]] {
        let places = Dictionary(
            members.indices.map { (members[$0].place, $0) }, uniquingKeysWith: { first, _ in first })
        var apart: [(Int, Int)] = []
        var edges: [(Int, Int)] = []
        for decision in decisions.sorted(by: { ($0.one, $0.other) < ($1.one, $1.other) }) {
            guard let one = places[decision.one], let other = places[decision.other] else { continue }
            if decision.isSame { edges.append((one, other)) } else { apart.append((one, other)) }
        }
        var byToken: [NumberToken: [Int]] = [:]
        var byNumbers: [(Int, Int)] = []
        for index in members.indices.sorted(by: { members[$0].place < members[$1].place }) {
            for token in Set(members[index].tokens) {
                for other in byToken[token] ?? [] where NameAgreement.agree(members[other].name, members[index].name) {
                    byNumbers.append((other, index))
                }
                byToken[token, default: []].append(index)
            }
        }
        if !apart.isEmpty {
            // Where people part what numbers join, the order of joining matters: it is that of the records.
            byNumbers.sort {
                (members[$0.0].place, members[$0.1].place) < (members[$1.0].place, members[$1.1].place)
            }
        }
        var unions = IndexUnions(members.count)
        for (left, right) in edges + byNumbers { unions.join(left, right, unless: apart) }
        return Dictionary(grouping: members.indices, by: { unions.root($0) }).values.map { core in
            core.sorted { members[$0].place < members[$1].place }
        }.sorted { members[$0[0]].place < members[$1[0]].place }
    }
}

/// Which of a row of things are one.
struct IndexUnions {
    private var parents: [Int]

    init(_ count: Int) { parents = Array(0..<count) }

    func root(_ index: Int) -> Int {
        var index = index
        while parents[index] != index { index = parents[index] }
        return index
    }

    /// - Parameter apart: pairs that may not become one.
    /// - Returns: whether the two are one now.
    @discardableResult
    mutating func join(_ left: Int, _ right: Int, unless apart: [(Int, Int)] = []) -> Bool {
        let (one, other) = (root(left), root(right))
        if one == other { return true }
        for pair in apart {
            let (first, second) = (root(pair.0), root(pair.1))
            if first == one && second == other || first == other && second == one { return false }
        }
        parents[max(one, other)] = min(one, other)
        return true
    }
}
