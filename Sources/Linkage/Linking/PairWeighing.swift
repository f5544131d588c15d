import Foundation

/// Weighs compared pairs on one core, many at a time, so that memory is waited for once.
struct PairWeighing {
    private struct Waiting {
        let left: UInt32
        let right: UInt32
        let score: Scorer.Pattern
    }

    private static let size = 128

    private let scorer: Scorer
    private let data: LinkData
    private let least: Double
    private let hasChances: Bool
    private var waiting: [Waiting] = []
    private var pairs: [LinkedPair] = []
    /// What was looked at ahead; means nothing.
    private var touched: UInt32 = 0

    /// - Parameters:
    ///   - least: pairs below it are left out.
    ///   - hasChances: false where the chances are shared out later.
    init(_ scorer: Scorer, _ data: LinkData, over least: Double, hasChances: Bool) {
        (self.scorer, self.data, self.least, self.hasChances) = (scorer, data, least, hasChances)
        waiting.reserveCapacity(Self.size)
    }

    @inline(__always)
    mutating func add(_ left: UInt32, _ right: UInt32, _ score: Scorer.Pattern) {
        waiting.append(Waiting(left: left, right: right, score: score))
        if waiting.count == Self.size { weigh() }
    }

    /// The pairs in the order in which they came.
    mutating func finish() -> [LinkedPair] {
        weigh()
        return pairs
    }

    private mutating func weigh() {
        let stride = data.stride
        data.leftRecords.withUnsafeBufferPointer { lefts in
            data.rightRecords.withUnsafeBufferPointer { rights in
                guard let first = lefts.baseAddress, let second = rights.baseAddress else { return }
                for pair in waiting { touched ^= first[Int(pair.left) * stride] ^ second[Int(pair.right) * stride] }
                for pair in waiting {
                    let weight = scorer.weight(
                        pair.score, first + Int(pair.left) * stride, second + Int(pair.right) * stride)
                    guard weight >= least else { continue }
                    pairs.append(
                        LinkedPair(
                            left: Int(pair.left), right: Int(pair.right), weight: weight, pattern: pair.score.levels,
                            probability: hasChances ? 1 / (1 + exp2(-weight)) : 0))
                }
            }
        }
        waiting.removeAll(keepingCapacity: true)
    }
}
