/// Whether a decision table answers each combination of facts that can occur, and each once. It never walks all combinations:
/// it parts them by a fact that some row still asks for, until every row left holds for all that remain.
public struct TableCheck: Sendable, Equatable {
    /// Combinations under which no row holds.
    public private(set) var gaps: [Witness] = []
    /// Combinations under which rows of different classes hold and none gives way.
    public private(set) var overlaps: [Overlap] = []
    /// Rows that never decide: others always go before.
    public private(set) var idle: [ReviewTable.Row] = []
    /// How many combinations there are, impossible ones among them.
    public let combinations: Int

    /// One combination as an example of those like it.
    public struct Witness: Sendable, Equatable {
        public let facts: ReviewFacts
        /// How many combinations are like it.
        public let combinations: Int
    }

    public struct Overlap: Sendable, Equatable {
        public let witness: Witness
        public let rows: [ReviewTable.Row]
    }

    public var isSound: Bool { gaps.isEmpty && overlaps.isEmpty && idle.isEmpty }

    /// As many of each kind as are worth reading; ``combinations`` of each tell how much one stands for.
    private static let atMost = 50

    public init(_ table: ReviewTable) {
        combinations = table.facts.reduce(1) { $0 * $1.answers.count }
        var search = Search(table: table)
        let all = Dictionary(
            uniqueKeysWithValues: table.facts.map { ($0, UInt16((1 << $0.answers.count) - 1)) })
        search.part(all, rows: Array(table.rows.indices), impossible: Array(table.impossible.indices))
        gaps = search.gaps
        overlaps = search.overlaps
        idle = table.rows.indices.filter { !search.deciding.contains($0) }.map { table.rows[$0] }
    }

    private struct Search {
        let table: ReviewTable
        var gaps: [Witness] = []
        var overlaps: [Overlap] = []
        var deciding: Set<Int> = []

        /// - Parameters:
        ///   - room: the answers left of each fact.
        ///   - rows: rows that hold for some of the room.
        mutating func part(_ room: [ReviewFact: UInt16], rows: [Int], impossible: [Int]) {
            // Whole rooms that cannot occur need no row.
            if impossible.contains(where: { covers(table.impossible[$0].when, room) }) { return }
            // Part by the fact that most conditions still ask for.
            var asked: [ReviewFact: Int] = [:]
            for when in rows.map({ table.rows[$0].when }) + impossible.map({ table.impossible[$0].when }) {
                for (fact, bits) in when.allowed {
                    let left = room[fact] ?? 0
                    if left & bits != left { asked[fact, default: 0] += 1 }
                }
            }
            guard let fact = asked.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key, let left = room[fact]
            else { return decide(room, rows) }
            for answer in 0..<UInt16(fact.answers.count) where left & (1 << answer) != 0 {
                var smaller = room
                smaller[fact] = 1 << answer
                part(
                    smaller, rows: rows.filter { meets(table.rows[$0].when, smaller) },
                    impossible: impossible.filter { meets(table.impossible[$0].when, smaller) })
            }
        }

        /// All rows left hold for the whole room.
        private mutating func decide(_ room: [ReviewFact: UInt16], _ rows: [Int]) {
            let classes = Set(rows.map { table.rows[$0].classKey })
            let winners = rows.filter { table.rows[$0].except.isDisjoint(with: classes) }
            deciding.formUnion(winners)
            if winners.isEmpty, gaps.count < TableCheck.atMost { gaps.append(witness(room)) }
            if Set(winners.map { table.rows[$0].classKey }).count > 1, overlaps.count < TableCheck.atMost {
                overlaps.append(Overlap(witness: witness(room), rows: winners.map { table.rows[$0] }))
            }
        }

        private func covers(_ when: ReviewTable.Condition, _ room: [ReviewFact: UInt16]) -> Bool {
            when.allowed.allSatisfy { fact, bits in (room[fact] ?? 0) & ~bits == 0 }
        }

        private func meets(_ when: ReviewTable.Condition, _ room: [ReviewFact: UInt16]) -> Bool {
            when.allowed.allSatisfy { fact, bits in (room[fact] ?? 0) & bits != 0 }
        }

        private func witness(_ room: [ReviewFact: UInt16]) -> Witness {
            var facts = ReviewFacts()
            var combinations = 1
            for (fact, bits) in room {
                facts.set(fact, answer: bits.trailingZeroBitCount)
                combinations *= bits.nonzeroBitCount
            }
            return Witness(facts: facts, combinations: combinations)
        }
    }
}
