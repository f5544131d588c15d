/// What is known of areas beside their names, as pairs of names: which border on one another, and which went into which.
public struct AreaKnowledge: Sendable, Equatable {
    public var neighbours: [(String, String)]
    /// Former name, present name.
    public var successors: [(String, String)]

    public init(neighbours: [(String, String)] = [], successors: [(String, String)] = []) {
        self.neighbours = neighbours
        self.successors = successors
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.neighbours.elementsEqual(right.neighbours, by: ==)
            && left.successors.elementsEqual(right.successors, by: ==)
    }
}

/// Which of a column's names belong together: a bit for each two of them.
struct AreaTests: Sendable {
    /// More distinct names than this are no names of communes.
    static let most = 16_000

    private let count: Int
    private let neighbours: [UInt64]
    private let successors: [UInt64]

    init(_ knowledge: AreaKnowledge, texts: TextPool) {
        count = texts.count + 1
        func code(_ name: String) -> UInt32? {
            var text: [UInt8] = []
            var marks: [UInt8] = []
            Array(name.utf8).withUnsafeBytes { FoldTable.shared.read($0, folded: &text, marked: &marks) }
            return CommuneName.core(of: text).withUnsafeBytes { texts.known($0) }.flatMap { $0 == 0 ? nil : $0 }
        }
        let size = count
        func matrix(_ pairs: [(UInt32, UInt32)]) -> [UInt64] {
            guard !pairs.isEmpty else { return [] }
            var bits = [UInt64](repeating: 0, count: (size * size + 63) / 64)
            for (first, second) in pairs {
                for place in [Int(first) * size + Int(second), Int(second) * size + Int(first)] {
                    bits[place / 64] |= 1 << UInt64(place % 64)
                }
            }
            return bits
        }
        neighbours = matrix(
            knowledge.neighbours.compactMap { pair in
                code(pair.0).flatMap { first in code(pair.1).map { (first, $0) } }
            })
        // A former name stands for what it went into, and for the other former names that went into the same.
        var bySuccessor: [String: Set<UInt32>] = [:]
        for (former, present) in knowledge.successors {
            bySuccessor[present, default: []].formUnion([code(former), code(present)].compactMap(\.self))
        }
        successors = matrix(
            bySuccessor.values.flatMap { members in
                members.flatMap { first in members.filter { $0 > first }.map { (first, $0) } }
            })
        knowsNeighbours = !knowledge.neighbours.isEmpty
        knowsSuccessors = !knowledge.successors.isEmpty
    }

    let knowsNeighbours: Bool
    let knowsSuccessors: Bool

    func areNeighbours(_ first: UInt32, _ second: UInt32) -> Bool { has(neighbours, first, second) }

    func areSuccessors(_ first: UInt32, _ second: UInt32) -> Bool { has(successors, first, second) }

    private func has(_ bits: [UInt64], _ first: UInt32, _ second: UInt32) -> Bool {
        guard !bits.isEmpty, first != 0, second != 0, Int(first) < count, Int(second) < count else { return false }
        let place = Int(first) * count + Int(second)
        return bits[place / 64] >> UInt64(place % 64) & 1 == 1
    }
}
