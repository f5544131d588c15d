/// Which guesses of a suggestion could be otherwise.
struct SuggestionDoubts {
    let settings: LinkSettings
    let pairings: [Suggestion.Pairing]
    let lists: ProfiledLists

    /// Kinds of columns, columns that were paired or left alone, records that stand in a list twice.
    func all() -> [SuggestionDoubt] { kinds + pairs + strays + repeats + doubles }

    /// Columns of other names whose values have so much in common are one; nobody need be asked.
    private static let sure = 0.8

    /// Whether each list has one column of the kind: there is nothing else it could be paired with.
    private func isOnlyOne(of kind: ColumnKind) -> Bool {
        [lists.left, lists.right].compactMap(\.self).allSatisfy { profile in
            profile.columns.count { $0.kind == kind && $0.name != settings.id } == 1
        }
    }

    private var compared: Set<String> {
        Set(settings.comparisons.map { $0.map(\.column) } ?? pairings.map(\.name))
    }

    private var kinds: [SuggestionDoubt] {
        pairings.filter { compared.contains($0.name) }.flatMap { pairing in
            pairing.kind.mistakenFor.map { kind in
                var other = settings
                other.columns[pairing.name]?.kind = kind
                other.blocking = Self.rules(settings.blocking, of: other.columns)
                return SuggestionDoubt(
                    text: "Cột “\(pairing.left.name)” là \(pairing.kind.vietnamese) hay là \(kind.vietnamese)?",
                    change: "\(pairing.name): kind: \(kind.rawValue)", settings: other,
                    chance: pairing.kind.chanceOfMistake)
            }
        }
    }

    /// Columns of other names that were taken for one.
    private var pairs: [SuggestionDoubt] {
        pairings.filter { compared.contains($0.name) && compared.count > 1 }.compactMap { pairing in
            guard let right = pairing.right, KindGuess.fold(right.name) != KindGuess.fold(pairing.left.name),
                pairing.likeness < Self.sure, !isOnlyOne(of: pairing.kind)
            else { return nil }
            return SuggestionDoubt(
                text:
                    "Cột “\(pairing.left.name)” của danh sách trái và “\(right.name)” của danh sách phải có ghi cùng một việc không?",
                change: "bỏ cột \(pairing.name)", settings: without(pairing.name), chance: Self.sure - pairing.likeness)
        }
    }

    /// Columns without a partner that have something in common with another without one.
    private var strays: [SuggestionDoubt] {
        guard let second = lists.right else { return [] }
        let left = lists.left.columns.filter { column in
            column.name != settings.id && column.distinct > 1 && !pairings.contains { $0.left.name == column.name }
        }
        let right = second.columns.filter { column in
            column.name != settings.id && column.distinct > 1 && !pairings.contains { $0.right?.name == column.name }
        }
        var doubts: [SuggestionDoubt] = []
        for one in left {
            for other in right where one.kind == other.kind && pairings.count < 13 {
                let likeness = Suggestion.likeness(one, other, lists.left, second)
                guard likeness > 0.1 else { continue }
                let name = Suggestion.name(of: one.name, butNot: Set(settings.columns.keys))
                var wider = settings
                wider.columns[name] = ColumnSettings(kind: one.kind, left: one.name, right: other.name)
                wider.comparisons?.append(ComparisonSettings(name: name, column: name))
                doubts.append(
                    SuggestionDoubt(
                        text:
                            "Cột “\(one.name)” của danh sách trái và “\(other.name)” của danh sách phải có ghi cùng một việc không?",
                        change:
                            "thêm cột \(name): {kind: \(one.kind.rawValue), left: \(one.name), right: \(other.name)}",
                        settings: wider, chance: likeness))
            }
        }
        return doubts
    }

    /// Columns that follow from one another more often than chance has it.
    private var repeats: [SuggestionDoubt] {
        // Within one list records that share both may be doubles.
        guard lists.right != nil else { return [] }
        var doubts: [SuggestionDoubt] = []
        let known = pairings.filter { compared.contains($0.name) && $0.left.distinct > 20 }
        for (index, one) in known.enumerated() {
            for other in known.dropFirst(index + 1) where compared.count > 2 {
                // The one that tells records apart less well goes.
                let (kept, left) = one.left.collision <= other.left.collision ? (one, other) : (other, one)
                let share = lists.left.share(of: kept.left.name, that: left.left.name)
                guard share > 0.8, kept.left.collision * Double(kept.left.rows) > 0.2 else { continue }
                doubts.append(
                    SuggestionDoubt(
                        text:
                            "Cột “\(left.left.name)” có được điền theo cột “\(kept.left.name)” không (biết cột này là biết cột kia)?",
                        change: "comparisons: không so sánh \(left.name)",
                        settings: without(left.name, keepsColumn: true),
                        chance: 0.5 * share))
            }
        }
        return doubts
    }

    private var doubles: [SuggestionDoubt] {
        guard settings.oneToOne ?? false else { return [] }
        var many = settings
        many.oneToOne = nil
        return [
            SuggestionDoubt(
                text: "Có danh sách nào ghi một người (một đơn vị) nhiều dòng không?", change: "bỏ dòng one_to_one",
                settings: many, chance: 0.2)
        ]
    }

    /// The settings with a column less, or with one that only blocks.
    private func without(_ name: String, keepsColumn: Bool = false) -> LinkSettings {
        var other = settings
        other.comparisons = (settings.comparisons ?? pairings.map { .init(name: $0.name, column: $0.name) })
            .filter { $0.column != name }
        guard !keepsColumn else { return other }
        other.columns[name] = nil
        other.blocking = Self.rules(settings.blocking, of: other.columns)
        return other
    }

    /// The rules that the columns can carry out.
    private static func rules(_ rules: [String], of columns: [String: ColumnSettings]) -> [String] {
        let kinds = columns.mapValues(\.kind)
        return rules.filter { rule in (try? BlockingKey(rule).check(kinds)) != nil }
    }
}

extension FileProfile {
    /// Among rows that share a value of the first column with the row before them of that value: how many share the second too.
    func share(of first: String, that second: String) -> Double {
        guard let one = file.header.firstIndex(of: first), let other = file.header.firstIndex(of: second) else {
            return 0
        }
        let (keys, values) = (file.columns[one], file.columns[other])
        var last = [UInt32](repeating: 0, count: file.pools[one].count + 1)
        var (seen, same) = (0, 0)
        for row in keys.indices where keys[row] != 0 && values[row] != 0 {
            let key = Int(keys[row])
            if last[key] != 0 {
                seen += 1
                if last[key] == values[row] { same += 1 }
            }
            last[key] = values[row]
        }
        return seen < 20 ? 0 : Double(same) / Double(seen)
    }
}
