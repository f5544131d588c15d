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
        var (right, passedOver, once, twice) = (0.0, 0.0, 0.0, 0.0)
        for pair in pairs {
            if taken.contains(Outlook.key(pair)) {
                right += pair.probability
            } else {
                passedOver += pair.probability
            }
            switch candidates.mask(left: pair.left, right: pair.right).nonzeroBitCount {
            case 1: once += pair.probability
            case 2: twice += pair.probability
            default: break
            }
        }
        return Outlook(
            expectation: Expectation(
                taken: chosen.count, right: right, passedOver: passedOver,
                unseen: Expectation.unseen(once: once, twice: twice)),
            taken: taken, pairs: pairs)
    }
}
