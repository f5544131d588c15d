import Foundation

/// At most one partner for each record: the strongest pairs first, ties by the records' ids, so that the order of the rows
/// decides nothing.
enum OneToOne {
    static func pairs(of pairs: [LinkedPair], _ data: LinkData) -> [LinkedPair] {
        var leftTaken = [Bool](repeating: false, count: data.leftRows)
        var rightTaken = [Bool](repeating: false, count: data.rightRows)
        var kept: [LinkedPair] = []
        for pair in strongestFirst(pairs, data) where !leftTaken[pair.left] && !rightTaken[pair.right] {
            leftTaken[pair.left] = true
            rightTaken[pair.right] = true
            kept.append(pair)
        }
        return kept.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    }

    /// Each record's strongest pair; a pair stays when it is the strongest of one of its two.
    static func bestLinks(of pairs: [LinkedPair], _ data: LinkData) -> [LinkedPair] {
        var leftTaken = [Bool](repeating: false, count: data.leftRows)
        var rightTaken = data.isSelf ? [] : [Bool](repeating: false, count: data.rightRows)
        var kept: [LinkedPair] = []
        for pair in strongestFirst(pairs, data) {
            let isRightTaken = data.isSelf ? leftTaken[pair.right] : rightTaken[pair.right]
            if !leftTaken[pair.left] || !isRightTaken { kept.append(pair) }
            leftTaken[pair.left] = true
            if data.isSelf { leftTaken[pair.right] = true } else { rightTaken[pair.right] = true }
        }
        return kept.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    }

    static func strongestFirst(_ pairs: [LinkedPair], _ data: LinkData) -> [LinkedPair] {
        strongestFirst(pairs, data.leftIDs, data.isSelf ? data.leftIDs : data.rightIDs)
    }

    static func strongestFirst(_ pairs: [LinkedPair], _ left: TextList, _ right: TextList) -> [LinkedPair] {
        pairs.sorted { first, second in
            if first.weight != second.weight { return first.weight > second.weight }
            if first.left != second.left { return left.isBefore(first.left, second.left) }
            return right.isBefore(first.right, second.right)
        }
    }

    /// The chances of pairs of which a record can have one at most: the odds of a pair stand against those of all other pairs of
    /// its two records, and against having none.
    static func shareChances(of pairs: inout [LinkedPair], _ data: LinkData) {
        var leftOdds = [Double](repeating: 0, count: data.leftRows)
        var rightOdds = data.isSelf ? [] : [Double](repeating: 0, count: data.rightRows)
        func odds(_ pair: LinkedPair) -> Double { exp2(min(pair.weight, 60)) }
        for pair in pairs {
            leftOdds[pair.left] += odds(pair)
            if data.isSelf { leftOdds[pair.right] += odds(pair) } else { rightOdds[pair.right] += odds(pair) }
        }
        for index in pairs.indices {
            let pair = pairs[index]
            let own = odds(pair)
            let other = data.isSelf ? leftOdds[pair.right] : rightOdds[pair.right]
            // Rivals of both sides; sums of doubles may fall below their largest part.
            let rivals = max(leftOdds[pair.left] - own, 0) + max(other - own, 0)
            pairs[index].probability = own / (1 + own + rivals)
        }
    }
}
