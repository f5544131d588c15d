import Kernel

/// What each unit would get by its keys alone.
struct FairShare {
    /// Above 0, in parts of 2⁴⁰.
    let weights: [Int]
    /// By unit: the keys it lacks though they count.
    let missing: [[AllocationKey]]
    /// Keys that no unit has: the method did without.
    let absent: [AllocationKey]
    /// Keys that counted, with their weight in per cent and how many units have them.
    let counted: [(key: AllocationKey, percent: Double, units: Int)]

    /// - Parameter units: in the order of their codes, so that sums of parts do not depend on the order of a file.
    init(_ units: [AllocationUnit], _ column: Measure, _ settings: AllocationSettings) {
        let wanted = AllocationKey.allCases.filter { settings.weight($0, column) > 0 }
        let sums = wanted.map { key in units.reduce(0.0) { $0 + Double($1.number(key, column) ?? 0) } }
        let present = zip(wanted, sums).filter { $0.1 > 0 }.map(\.0)
        absent = wanted.filter { !present.contains($0) }
        guard !present.isEmpty else {
            // Nothing to tell units apart by: equal shares, which the remarks say.
            counted = []
            missing = units.map { _ in wanted }
            weights = units.map { _ in 1 }
            return
        }
        let all = present.reduce(0.0) { $0 + settings.weight($1, column) }
        counted = present.map { key in
            (
                key, settings.weight(key, column) * 100 / all, units.count { $0.number(key, column) != nil }
            )
        }
        // A unit that lacks a key is reckoned by those it has: a key's sum stands for the units that have it, so its shares
        // are scaled to what those units have of the other keys.
        var shares = [Double](repeating: 0, count: units.count)
        var missing: [[AllocationKey]] = []
        let average = 1 / Double(max(units.count, 1))
        for unit in units {
            missing.append(present.filter { unit.number($0, column) == nil })
        }
        // How large the units that have a key are together, by a key that all have; by their number where there is none.
        let whole = present.first { key in !units.contains { $0.number(key, column) == nil } }
        func size(_ unit: AllocationUnit) -> Double { whole.flatMap { unit.number($0, column) }.map(Double.init) ?? 1 }
        let sizes = max(units.reduce(0.0) { $0 + size($1) }, .leastNonzeroMagnitude)
        let coverage = present.map { key in
            units.reduce(0.0) { $1.number(key, column) == nil ? $0 : $0 + size($1) } / sizes
        }
        for (index, unit) in units.enumerated() {
            var (sum, weight) = (0.0, 0.0)
            for (position, key) in present.enumerated() {
                guard let number = unit.number(key, column), let at = wanted.firstIndex(of: key) else { continue }
                let factor = settings.weight(key, column)
                sum += factor * Double(number) / sums[at] * coverage[position]
                weight += factor
            }
            shares[index] = weight > 0 ? sum / weight : average
        }
        let scale = shares.reduce(0, +)
        weights = shares.map { share in
            max(Int((share / max(scale, .leastNonzeroMagnitude) * 1_099_511_627_776).rounded()), 1)
        }
        self.missing = missing
    }
}
