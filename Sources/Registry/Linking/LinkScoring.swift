import Formats
import Database
import Kernel
import Linkage
import Vault

/// Weighs cores against each other, by the faces they show.
struct LinkScoring {
    let rules: LinkRules
    let models: LinkModels
    let keys: NumberKeys?
    let connection: any SQLConnection

    /// - Parameter pairs: each once; the lower core first.
    /// - Returns: those that may be one person, with the verdict still to come.
    func weigh(_ pairs: [(low: LinkBundle, high: LinkBundle)]) throws -> [LinkPair] {
        var best = [(weight: PairScorer.Weighed, kinds: KindPair)?](repeating: nil, count: pairs.count)
        for batch in batches(pairs) {
            let weighed = try batch.scorer.weigh(batch.records, pairs: batch.pairs.map { ($0.left, $0.right) })
            for (asked, result) in zip(batch.pairs, weighed) where !result.isNever {
                let isBetter = best[asked.place].map { result.weight > $0.weight.weight } ?? true
                if isBetter { best[asked.place] = (result, asked.kinds) }
            }
        }
        var found: [LinkPair] = []
        for (place, pair) in pairs.enumerated() {
            guard let (weighed, kinds) = best[place], weighed.weight >= rules.doubtful else { continue }
            let scorer = models[kinds]
            var mayLink = weighed.weight >= rules.same && fulfils(weighed, scorer.model)
            if pair.low.differs(from: pair.high, in: .personal) {
                // Two numbers are two people, unless all else says that one of them is a slip.
                guard mayLink, try isSlip(.personal, pair.low, pair.high) else { continue }
            }
            if mayLink, pair.low.differs(from: pair.high, in: .socialInsurance) {
                mayLink = try isSlip(.socialInsurance, pair.low, pair.high)
            }
            found.append(
                LinkPair(
                    low: pair.low.core, high: pair.high.core, weight: weighed.weight, kinds: kinds, mayLink: mayLink,
                    state: .doubtful))
        }
        return found
    }

    /// Whether the levels hold that a link needs.
    private func fulfils(_ weighed: PairScorer.Weighed, _ model: LinkModel) -> Bool {
        let levels = Dictionary(
            model.comparisons.enumerated().map { place, comparison in
                let level = weighed.levels[place]
                return (comparison.name, level > 0 ? comparison.levels[level - 1].condition : "missing")
            }, uniquingKeysWith: { first, _ in first })
        return rules.needed.contains { needed in
            needed.allSatisfy { name, wanted in levels[name].map { wanted.contains($0) } ?? false }
        }
    }

    /// Pairs of faces that one model weighs.
    private struct Batch {
        let scorer: PairScorer
        var records: [[String]] = []
        var pairs: [(left: Int, right: Int, place: Int, kinds: KindPair)] = []
        var places: [LinkFace: Int] = [:]

        mutating func place(of face: LinkFace) -> Int {
            if let known = places[face] { return known }
            places[face] = records.count
            records.append(face.values)
            return records.count - 1
        }
    }

    private func batches(_ pairs: [(low: LinkBundle, high: LinkBundle)]) -> [Batch] {
        var usual = Batch(scorer: models.usual)
        var trained: [KindPair: Batch] = [:]
        var shown: [RecordPlace: [(face: LinkFace, kinds: [RecordKind])]] = [:]
        func faces(of core: LinkBundle) -> [(face: LinkFace, kinds: [RecordKind])] {
            if let known = shown[core.core] { return known }
            let sorted = core.faces.kinds.sorted { $0.key.values.lexicographicallyPrecedes($1.key.values) }.map {
                (face: $0.key, kinds: Array($0.value))
            }
            shown[core.core] = sorted
            return sorted
        }
        for (place, pair) in pairs.enumerated() {
            let others = faces(of: pair.high)
            for one in faces(of: pair.low) {
                for other in others {
                    // The first of the kinds that no model of their own weighs speaks for all of them.
                    var first: KindPair?
                    for kinds in Self.pairs(one.kinds, other.kinds) {
                        if let own = models.own(kinds) {
                            var batch = trained[kinds] ?? Batch(scorer: own)
                            batch.pairs.append((batch.place(of: one.face), batch.place(of: other.face), place, kinds))
                            trained[kinds] = batch
                        } else if first.map({ kinds.description < $0.description }) ?? true {
                            first = kinds
                        }
                    }
                    if let first {
                        usual.pairs.append((usual.place(of: one.face), usual.place(of: other.face), place, first))
                    }
                }
            }
        }
        return [usual] + trained.sorted { $0.key.description < $1.key.description }.map(\.value)
    }

    /// Each pair of kinds once.
    private static func pairs(_ kinds: [RecordKind], _ others: [RecordKind]) -> Set<KindPair> {
        var all: Set<KindPair> = []
        for kind in kinds { for other in others { all.insert(KindPair(kind.rawValue, other.rawValue)) } }
        return all
    }

    /// Whether a number of each is one slip of the pen from the other's. Opens the records of both: asked only where all else
    /// agrees.
    private func isSlip(_ kind: NumberKind, _ one: LinkBundle, _ other: LinkBundle) throws -> Bool {
        let (left, right) = (try plain(kind, of: one), try plain(kind, of: other))
        return left.contains { number in
            right.contains { EditDistance.between(number, $0, atMost: 1) != nil || Self.isSwap(number, $0) }
        }
    }

    private static func isSwap(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        let different = zip(left.utf8, right.utf8).enumerated().filter { $0.element.0 != $0.element.1 }
        guard different.count == 2, different[1].offset == different[0].offset + 1 else { return false }
        return different[0].element.0 == different[1].element.1 && different[0].element.1 == different[1].element.0
    }

    private func plain(_ kind: NumberKind, of core: LinkBundle) throws -> Set<String> {
        let wanted = core.numbers(of: kind)
        var found: Set<String> = []
        for row in try connection.rows(
            """
            SELECT r.* FROM membership m JOIN record r ON r.commune = m.commune AND r.place = m.place
            WHERE m.entity IN (SELECT entity FROM membership WHERE place = ?)
            """, core.core)
        {
            guard let keys, !wanted.isDisjoint(with: try StoredRecord.presentTokens(row, keys: keys).map(\.token))
            else {
                continue
            }
            let record = try StoredRecord(row, keys: keys)
            for number in PlainNumber.all(in: record.values, of: record.kind) where number.kind == kind {
                found.insert(number.text)
            }
        }
        return found
    }
}
