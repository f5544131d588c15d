/// Chooses blocking rules: each must be cheap, and together they should find a pair whichever of its columns are wrong.
struct BlockingChoice {
    struct Chosen: Sendable {
        let rule: String
        let pairs: Int
    }

    /// Something two records can have in common.
    private struct Atom {
        let text: String
        let column: Int
        /// The chance that two strangers have it in common.
        let collision: Double
        /// The chance that two records of one person have it in common: an assumption by kind, times the share of values filled.
        let agreement: Double
    }

    private let data: LinkData
    private let all: Double
    /// Pairs that one rule, and all together, may make.
    private let budget: (rule: Double, total: Double)

    init(_ data: LinkData) {
        self.data = data
        all = data.possiblePairs
        let rows = Double(data.leftRows + (data.isSelf ? 0 : data.rightRows))
        budget = (max(rows * 3, 1_000_000), max(rows * 12, 5_000_000))
    }

    /// Greedily: always the rule that finds the most of what is not found yet for its cost, among simulated pairs whose columns
    /// agree as the kinds let expect.
    func rules() throws -> [Chosen] {
        let atoms = try self.atoms()
        var candidates: [[Int]] = []
        for first in atoms.indices {
            candidates.append([first])
            for second in atoms.indices where second > first && atoms[second].column != atoms[first].column {
                candidates.append([first, second])
                for third in atoms.indices
                where third > second && atoms[third].column != atoms[first].column
                    && atoms[third].column != atoms[second].column
                {
                    candidates.append([first, second, third])
                }
            }
        }
        let bearable = candidates.filter { rule in
            rule.reduce(all) { $0 * atoms[$1].collision } <= budget.rule
                // A shorter rule that is bearable finds all that this one finds.
                && (rule.count == 1
                    || !rule.contains { left in
                        rule.filter { $0 != left }.reduce(all) { $0 * atoms[$1].collision } <= budget.rule / 8
                    })
        }
        let pairs = Self.simulated(atoms, count: 4_096)
        var isFound = [Bool](repeating: false, count: pairs.count)
        var left = bearable
        var chosen: [Chosen] = []
        var spent = 0.0
        while chosen.count < LinkSettings.mostRules, !left.isEmpty {
            var best: (index: Int, gain: Int)?
            for (index, rule) in left.enumerated() {
                var gain = 0
                for (place, pair) in pairs.enumerated() where !isFound[place] {
                    if rule.allSatisfy({ pair[$0] }) { gain += 1 }
                }
                if gain > best?.gain ?? 0 { best = (index, gain) }
            }
            guard let best, best.gain * 2_000 >= pairs.count else { break }
            let rule = left.remove(at: best.index)
            let text = rule.map { atoms[$0].text }.joined(separator: " & ")
            let count = Groups(try BlockingRule(text, data: data), data).pairs
            // Columns that go together (a place and its postcode) make more pairs than was reckoned.
            guard Double(count) <= budget.rule * 2, spent + Double(count) <= budget.total else { continue }
            spent += Double(count)
            chosen.append(Chosen(rule: text, pairs: count))
            for (place, pair) in pairs.enumerated() where rule.allSatisfy({ pair[$0] }) { isFound[place] = true }
        }
        return chosen
    }

    private func atoms() throws -> [Atom] {
        var atoms: [Atom] = []
        for (place, column) in data.columns.enumerated() {
            let name = column.name
            for (text, agreement) in Self.parts(of: column.values.kind, name, windows: column.values.facts.isOfEvents) {
                let rule = try BlockingRule(text, data: data)
                let groups = Groups(rule, data)
                let keyed = groups.keyed
                guard keyed.left > 0, keyed.right > 0 else { continue }
                let share =
                    Double(keyed.left) / Double(max(data.leftRows, 1))
                    * (data.isSelf ? 1 : Double(keyed.right) / Double(max(data.rightRows, 1)))
                atoms.append(
                    Atom(
                        text: text, column: place, collision: max(Double(groups.pairs), 0.5) / max(all, 1),
                        agreement: agreement * share))
            }
        }
        // What says nothing narrows nothing.
        return atoms.filter { $0.collision < 0.2 && $0.agreement > 0.05 }
    }

    /// What of a column can be had in common, and how often two records of one person have it: rough, and only to choose by.
    /// - Parameter windows: whether a day reaches the other list some days later.
    private static func parts(of kind: ColumnKind, _ name: String, windows: Bool) -> [(String, Double)] {
        switch kind {
        case .personName:
            [("fold(\(name))", 0.85), ("given(\(name))", 0.94), ("ends(\(name))", 0.92), ("letters(\(name))", 0.89)]
        case .namePart: [("fold(\(name))", 0.85), ("prefix(\(name), 2)", 0.93)]
        case .organisation: [("fold(\(name))", 0.7), ("prefix(\(name), 6)", 0.85)]
        case .date:
            [("date(\(name))", 0.88), ("year(\(name))", 0.95)]
                + (windows ? [("window(\(name), 8)", 0.9), ("window(\(name), 8, 4)", 0.9)] : [])
        case .identifier: [("fold(\(name))", 0.88), ("prefix(\(name), 4)", 0.93), ("suffix(\(name), 4)", 0.93)]
        case .phone, .email: [("fold(\(name))", 0.8)]
        case .code: [("fold(\(name))", 0.88), ("prefix(\(name), 3)", 0.92)]
        case .commune: [("fold(\(name))", 0.85)]
        case .category: [("fold(\(name))", 0.95)]
        case .text: [("fold(\(name))", 0.6), ("prefix(\(name), 6)", 0.8)]
        case .number:
            [("fold(\(name))", 0.7), ("window(\(name), 10)", 0.85), ("window(\(name), 10, 5)", 0.85)]
        case .list: [("fold(\(name))", 0.7)]
        }
    }

    /// Which atoms each of some imagined pairs has in common. A column is right or wrong as a whole; where it is wrong its coarser
    /// parts may still agree. Some records are carelessly written throughout: rules must find those too.
    private static func simulated(_ atoms: [Atom], count: Int) -> [[Bool]] {
        var generator = SplitMix(state: 7)
        let columns = (atoms.map(\.column).max() ?? 0) + 1
        return (0..<count).map { _ in
            let care = Double(generator.next() >> 11) * 0x1p-53
            let power = care < 0.6 ? 1 : care < 0.85 ? 2 : 4
            let luck = (0..<columns).map { _ in Double(generator.next() >> 11) * 0x1p-53 }
            return atoms.map { atom in
                luck[atom.column] < (0..<power).reduce(1.0) { share, _ in share * atom.agreement }
            }
        }
    }
}
