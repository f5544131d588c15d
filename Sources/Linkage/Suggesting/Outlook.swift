/// What a run would come to, pair by pair: for `suggest`, which tells what to expect of its settings and which of its guesses
/// matter.
struct Outlook: Sendable {
    let expectation: Expectation
    /// The pairs taken: left row above right row.
    let taken: Set<UInt64>
    /// All pairs that count, also as rivals or as missed ones.
    let pairs: [LinkedPair]

    static func key(_ pair: LinkedPair) -> UInt64 { UInt64(pair.left) << 32 | UInt64(pair.right) }

    /// How differently two runs over the same records decide: pairs that one alone takes, by those that any takes.
    func difference(from other: Outlook) -> Double {
        let both = taken.intersection(other.taken).count
        let any = taken.count + other.taken.count - both
        return any == 0 ? 0 : Double(any - both) / Double(any)
    }
}

extension Linker {
    /// Compares, learns and weighs as a run does, and keeps what a run throws away.
    func outlook(_ data: consuming LinkData) async throws -> Outlook {
        let candidates = try await candidates(consume data)
        var found = try await compare(candidates)
        var model = try await train(found.histogram, candidates)
        let threshold = settings.threshold ?? 0
        var deep = self
        deep.lower(threshold: min(threshold, Self.leastRival))
        let pairs = try await deep.weigh(found, candidates, &model, isTrained: true)
        found.forgetPairs()
        var chosen = pairs.filter { $0.weight >= threshold }
        if settings.oneToOne ?? false, !candidates.data.isSelf {
            chosen = OneToOne.pairs(of: chosen, candidates.data)
        } else if settings.bestLink ?? false {
            chosen = OneToOne.bestLinks(of: chosen, candidates.data)
        }
        let taken = Set(chosen.map(Outlook.key))
        var (right, once, twice) = (0.0, 0.0, 0.0)
        var missed = Missed(candidates.data, settings)
        for pair in pairs {
            let isTaken = taken.contains(Outlook.key(pair))
            if isTaken { right += pair.probability }
            missed.add(pair, isTaken: isTaken)
            switch candidates.mask(left: pair.left, right: pair.right).nonzeroBitCount {
            case 1: once += pair.probability
            case 2: twice += pair.probability
            default: break
            }
        }
        return Outlook(
            expectation: Expectation(
                taken: chosen.count, right: right, passedOver: missed.sum,
                unseen: Expectation.unseen(once: once, twice: twice)),
            taken: taken, pairs: pairs)
    }
}

/// Matches among the pairs that were not taken, by their chances. A record that has one partner at most misses no more than one,
/// whatever the chances of its candidates add up to.
private struct Missed {
    private let hasOnePartner: Bool
    private let isRight: Bool
    private var all = 0.0
    /// By record of the shorter list.
    private var chances: [Double] = []
    private var taken: [Double] = []

    init(_ data: LinkData, _ settings: LinkSettings) {
        hasOnePartner = (settings.oneToOne ?? false) && !data.isSelf
        isRight = data.rightRows <= data.leftRows
        guard hasOnePartner else { return }
        let rows = min(data.leftRows, data.rightRows)
        chances = Array(repeating: 0, count: rows)
        taken = chances
    }

    mutating func add(_ pair: LinkedPair, isTaken: Bool) {
        guard hasOnePartner else {
            if !isTaken { all += pair.probability }
            return
        }
        let row = isRight ? pair.right : pair.left
        chances[row] += pair.probability
        if isTaken { taken[row] += pair.probability }
    }

    var sum: Double { zip(chances, taken).reduce(all) { $0 + max(min($1.0, 1) - $1.1, 0) } }
}
