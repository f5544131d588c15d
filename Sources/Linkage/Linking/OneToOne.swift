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

    /// Of a weight; beyond 36 nothing is surer, and sums of doubles keep what is small beside it.
    static func odds(_ weight: Double) -> Double { exp2(min(weight, 36)) }

    /// The chances of pairs of which a record can have one at most, by belief propagation: a pair stands against the rivals of its
    /// left record and of its right one, and a rival counts the less the likelier it belongs elsewhere (Bayati, Shah & Sharma
    /// 2008, for sums instead of maxima).
    static func shareChances(of pairs: inout [LinkedPair], _ data: LinkData) {
        let odds = pairs.map { Self.odds($0.weight) }
        var fromLeft = [Double](repeating: 1, count: pairs.count)
        var fromRight = fromLeft
        // A record can have one partner in each other list.
        let lists = data.linksAcross ? Int(data.sources.max() ?? 0) + 1 : 1
        let places = pairs.map { pair -> (left: UInt32, right: UInt32) in
            guard data.linksAcross else { return (UInt32(pair.left), UInt32(pair.right)) }
            return (
                UInt32(pair.left * lists + Int(data.sources[pair.right])),
                UInt32(pair.right * lists + Int(data.sources[pair.left]))
            )
        }
        var left = [Double](repeating: 0, count: data.leftRows * lists)
        var right = [Double](repeating: 0, count: data.isSelf ? 0 : data.rightRows)
        for _ in 0..<10 {
            for index in left.indices { left[index] = 0 }
            for index in right.indices { right[index] = 0 }
            for (index, place) in places.enumerated() {
                left[Int(place.left)] += odds[index] * fromRight[index]
                if data.isSelf {
                    left[Int(place.right)] += odds[index] * fromLeft[index]
                } else {
                    right[Int(place.right)] += odds[index] * fromLeft[index]
                }
            }
            var isSettled = true
            for (index, place) in places.enumerated() {
                let other = data.isSelf ? left[Int(place.right)] : right[Int(place.right)]
                // Differences of sums may fall below zero by rounding.
                let leftRivals = max(left[Int(place.left)] - odds[index] * fromRight[index], 0)
                let rightRivals = max(other - odds[index] * fromLeft[index], 0)
                let next = (1 / (1 + leftRivals), 1 / (1 + rightRivals))
                if next != (fromLeft[index], fromRight[index]) { isSettled = false }
                (fromLeft[index], fromRight[index]) = next
            }
            // From here on every step would be the same.
            if isSettled { break }
        }
        for index in pairs.indices {
            let own = odds[index] * fromLeft[index] * fromRight[index]
            pairs[index].probability = own / (1 + own)
        }
    }
}
