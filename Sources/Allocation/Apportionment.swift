import Kernel

/// One unit's part in splitting a total: its weight and the bounds of what it may get.
public struct Quota: Sendable, Equatable {
    /// In parts of the sum of all weights; above 0.
    public var weight: Int
    public var floor: Int
    /// The most; nil without.
    public var cap: Int?

    public init(weight: Int, floor: Int = 0, cap: Int? = nil) {
        self.weight = max(weight, 1)
        self.floor = floor
        self.cap = cap
    }
}

/// Why a total cannot be split within the bounds.
public enum ApportionmentProblem: Error, Sendable, Equatable {
    /// A bound to blame, and by how many people it goes beyond its fair share.
    public struct Blame: Sendable, Equatable {
        public let index: Int
        public let people: Int
    }

    /// A unit's floor is above its cap.
    case crossed(index: Int)
    /// The floors ask for so many people more than there are; loosening the bounds named is enough, fewer are not.
    case floors(excess: Int, [Blame])
    /// The caps leave so many people to nobody.
    case caps(rest: Int, [Blame])
}

/// Splits whole people by weight within bounds.
///
/// States the split as an optimisation: minimise Σ wᵢ·((xᵢ − fᵢ)/fᵢ)² where fᵢ = total·wᵢ is the fair share, over whole
/// numbers xᵢ between floor and cap that add up to the total. With the relative departure weighted by the unit's own
/// share, as here, this is Σ (xᵢ − fᵢ)²/fᵢ, whose whole-number optimum is the bounded form of Webster's method (Balinski
/// and Young, Fair Representation, 1982; Sainte-Laguë, 1910): each further person goes to the unit with the least
/// (2x + 1)/w. The order in which people are given out does not depend on the total, so one person more lowers nobody.
public enum Apportionment {
    /// The exact optimum in whole people. Ties go to the unit that stands first.
    public static func solve(_ total: Int, _ quotas: [Quota]) throws(ApportionmentProblem) -> [Int] {
        try check(total, quotas)
        guard !quotas.isEmpty else { return [] }
        // The next to last step of giving people out one by one, reached at once: `level` is the (2x + 1)/w up to which
        // everybody was given.
        func given(_ level: Double) -> [Int] {
            quotas.map { quota in
                let wanted = (level * Double(quota.weight) + 1) / 2
                let people = wanted < 1e15 ? Int(wanted) : Int.max / 4
                return min(max(people, quota.floor), quota.cap ?? .max)
            }
        }
        var (low, high) = (0.0, 1.0)
        while given(high).reduce(0, &+) < total, high < 1e30 { high *= 2 }
        // Doubles between `low` and `high` run out after some hundred halvings.
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if given(middle).reduce(0, &+) <= total { low = middle } else { high = middle }
        }
        // One less each: what rounding of `level` may have given too early is given again in its exact order.
        var people = zip(given(low), quotas).map { max($0 - 1, $1.floor) }
        var rest = total - people.reduce(0, +)
        while rest > 0 {
            var next: [(index: Int, odd: Int)] = []
            for (index, quota) in quotas.enumerated() {
                for step in 0..<4 where people[index] + step < quota.cap ?? .max {
                    next.append((index, 2 * (people[index] + step) + 1))
                }
            }
            next.sort { comes($0, before: $1, quotas) }
            // Of four steps a unit the first half is surely right, the last may lack a fifth step of somebody.
            let taken = min(rest, max(quotas.count, 1), next.count)
            for one in next.prefix(taken) { people[one.index] += 1 }
            rest -= taken
        }
        return people
    }

    /// Whether a person goes to one unit before the other: exact, without a division.
    private static func comes(
        _ one: (index: Int, odd: Int), before other: (index: Int, odd: Int), _ quotas: [Quota]
    ) -> Bool {
        let left = one.odd.multipliedFullWidth(by: quotas[other.index].weight)
        let right = other.odd.multipliedFullWidth(by: quotas[one.index].weight)
        if left.high != right.high { return left.high < right.high }
        if left.low != right.low { return left.low < right.low }
        return (one.index, one.odd) < (other.index, other.odd)
    }

    /// The optimum without the demand for whole people: every unit gets one multiple of its weight, within its bounds.
    /// - Returns: the parts, and the multiple of the fair share that units within their bounds get.
    public static func continuous(_ total: Int, _ quotas: [Quota]) throws(ApportionmentProblem) -> (
        parts: [Double], level: Double
    ) {
        try check(total, quotas)
        let weights = quotas.map { Double($0.weight) }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return ([], 1) }
        func part(_ index: Int, _ level: Double) -> Double {
            min(
                max(level * weights[index], Double(quotas[index].floor)),
                quotas[index].cap.map(Double.init) ?? .infinity)
        }
        // The sum is a line between the levels at which a unit leaves its floor or meets its cap.
        var breaks: [Double] = [0]
        for (index, quota) in quotas.enumerated() {
            breaks.append(Double(quota.floor) / weights[index])
            if let cap = quota.cap { breaks.append(Double(cap) / weights[index]) }
        }
        breaks.sort()
        func filled(_ level: Double) -> Double { quotas.indices.reduce(0) { $0 + part($1, level) } }
        var (low, high) = (0, breaks.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if filled(breaks[middle]) <= Double(total) { low = middle } else { high = middle - 1 }
        }
        var level = breaks[low]
        let free = quotas.indices.filter { index in
            // The same divisions as those of the breaks, so that a unit at its own break is free.
            Double(quotas[index].floor) / weights[index] <= level
                && quotas[index].cap.map { level < Double($0) / weights[index] } ?? true
        }
        let slope = free.reduce(0.0) { $0 + weights[$1] }
        if slope > 0 { level += (Double(total) - filled(level)) / slope }
        return (quotas.indices.map { part($0, level) }, level * sum / Double(max(total, 1)))
    }

    /// Σ wᵢ·((xᵢ − fᵢ)/fᵢ)², with weights that add up to 1.
    public static func objective(_ parts: [Double], total: Int, _ quotas: [Quota]) -> Double {
        let sum = quotas.reduce(0.0) { $0 + Double($1.weight) }
        return zip(parts, quotas).reduce(0) { result, pair in
            let share = Double(pair.1.weight) / sum
            let fair = share * Double(total)
            guard fair > 0 else { return result }
            let departure = (pair.0 - fair) / fair
            return result + share * departure * departure
        }
    }

    /// - Throws: ``ApportionmentProblem`` with the smallest set of bounds to blame.
    private static func check(_ total: Int, _ quotas: [Quota]) throws(ApportionmentProblem) {
        for (index, quota) in quotas.enumerated() {
            if let cap = quota.cap, cap < quota.floor { throw .crossed(index: index) }
        }
        let sum = quotas.reduce(0.0) { $0 + Double($1.weight) }
        func fair(_ quota: Quota) -> Int { Int(Double(total) * Double(quota.weight) / max(sum, 1)) }
        let floors = quotas.reduce(0) { $0 + $1.floor }
        if floors > total {
            let beyond = quotas.enumerated().map { (index: $0.offset, people: $0.element.floor - fair($0.element)) }
            throw .floors(excess: floors - total, smallest(beyond, reaching: floors - total))
        }
        guard quotas.allSatisfy({ $0.cap != nil }) else { return }
        let caps = quotas.reduce(0) { $0 + ($1.cap ?? 0) }
        if caps < total {
            let below = quotas.enumerated().map {
                (index: $0.offset, people: fair($0.element) + 1 - ($0.element.cap ?? 0))
            }
            throw .caps(rest: total - caps, smallest(below, reaching: total - caps))
        }
    }

    /// The fewest that together reach a number: the greatest first. Each is blamed for as much as it goes beyond its fair
    /// share, the last for what is still needed.
    private static func smallest(_ candidates: [(index: Int, people: Int)], reaching needed: Int)
        -> [ApportionmentProblem.Blame]
    {
        var blames: [ApportionmentProblem.Blame] = []
        var reached = 0
        for one in candidates.sorted(by: { ($1.people, $0.index) < ($0.people, $1.index) }) where reached < needed {
            guard one.people > 0 else { break }
            blames.append(.init(index: one.index, people: min(one.people, needed - reached)))
            reached += one.people
        }
        return blames
    }
}
