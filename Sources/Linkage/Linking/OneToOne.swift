import Foundation

/// At most one partner for each record: the strongest pairs first, ties by the records' ids, so that the order of the rows
/// decides nothing.
enum OneToOne {
    /// - Parameter pairs: by left row, then right row.
    static func pairs(of pairs: [LinkedPair], _ data: LinkData) -> [LinkedPair] {
        let order = Order(data.leftIDs, data.rightIDs)
        var leftTaken = [Bool](repeating: false, count: data.leftRows)
        var rightTaken = [Bool](repeating: false, count: data.rightRows)
        var isKept = [Bool](repeating: false, count: pairs.count)
        // A pair that is the strongest of both its records would be taken before any rival: all such at once, then again among the
        // rest. That needs no order of all pairs, and few rounds.
        var open = Array(pairs.indices)
        var round = 0
        var strongestLeft = [Int32](repeating: -1, count: data.leftRows)
        var strongestRight = [Int32](repeating: -1, count: data.rightRows)
        while !open.isEmpty, round < mostRounds, pairs.count < Int(Int32.max) {
            for index in open {
                strongestLeft[pairs[index].left] = -1
                strongestRight[pairs[index].right] = -1
            }
            func look(_ index: Int, _ strongest: inout Int32) {
                if strongest < 0 || order.isBefore(pairs[index], pairs[Int(strongest)]) { strongest = Int32(index) }
            }
            for index in open {
                look(index, &strongestLeft[pairs[index].left])
                look(index, &strongestRight[pairs[index].right])
            }
            for index in open {
                let pair = pairs[index]
                guard strongestLeft[pair.left] == index, strongestRight[pair.right] == index else { continue }
                isKept[index] = true
                leftTaken[pair.left] = true
                rightTaken[pair.right] = true
            }
            open.removeAll { leftTaken[pairs[$0].left] || rightTaken[pairs[$0].right] }
            round += 1
        }
        // Long chains of rivals, each a little stronger than the last.
        for index in open.sorted(by: { order.isBefore(pairs[$0], pairs[$1]) })
        where !leftTaken[pairs[index].left] && !rightTaken[pairs[index].right] {
            isKept[index] = true
            leftTaken[pairs[index].left] = true
            rightTaken[pairs[index].right] = true
        }
        return pairs.indices.filter { isKept[$0] }.map { pairs[$0] }
    }

    private static let mostRounds = 24

    /// The strongest first, ties by the ids.
    private struct Order {
        let left: TextList
        let right: TextList

        init(_ left: TextList, _ right: TextList) { (self.left, self.right) = (left, right) }

        @inline(__always)
        func isBefore(_ first: LinkedPair, _ second: LinkedPair) -> Bool {
            if first.weight != second.weight { return first.weight > second.weight }
            if first.left != second.left { return left.isBefore(first.left, second.left) }
            return right.isBefore(first.right, second.right)
        }
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
        let order = Order(left, right)
        return pairs.sorted { order.isBefore($0, $1) }
    }

    /// Of a weight; beyond 36 nothing is surer, and sums of doubles keep what is small beside it.
    static func odds(_ weight: Double) -> Double { exp2(min(weight, 36)) }

    /// The chances of pairs of which a record can have one at most (``JointChances``).
    static func shareChances(of pairs: inout [LinkedPair], _ data: LinkData) {
        JointChances(pairs, data).share(among: &pairs)
    }
}
