import Registry
import TestSupport
import Testing

/// Aggregates tell nothing of few.
@Suite
struct SmallNumbersTests {
    @Test func `a small number is left out, and another that would give it away`() {
        let shown = SmallNumbers([[3, 40, 50], [60, 70, 80]], below: 5)
        #expect(shown.cells == [[nil, nil, 50], [nil, nil, 80]])
        #expect(shown.rowSums == [93, 210])
        #expect(shown.columnSums == [63, 110, 130])
    }

    @Test func `nothing is left out where nothing is small, and zeros stand`() {
        let shown = SmallNumbers([[0, 40], [60, 5]], below: 5)
        #expect(shown.hidden == 0)
        #expect(shown.sum == 105)
    }

    @Test func `what is left out together is not small either`() {
        let shown = SmallNumbers([[1, 1, 90]], below: 5)
        #expect(shown.cells == [[nil, nil, nil]])
        #expect(shown.rowSums == [92])
    }

    @Test func `a table of few shows nothing of them`() {
        let shown = SmallNumbers([[1, 0], [0, 2]], below: 5)
        #expect(shown.sum == nil)
        #expect(!(shown.cells.flatMap(\.self) + shown.rowSums + shown.columnSums).contains { ($0 ?? 0) > 0 })
        #expect(SmallNumbers([], below: 5).sum == 0)
    }

    @Test(arguments: 0..<200)
    func `no number that is left out follows from a sum`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let (rows, columns) = (Int.random(in: 1...6, using: &random), Int.random(in: 1...6, using: &random))
        let table = (0..<rows).map { _ in
            (0..<columns).map { _ in
                Bool.random(using: &random)
                    ? Int.random(in: 0...9, using: &random) : Int.random(in: 0...900, using: &random)
            }
        }
        let bound = Int.random(in: 2...10, using: &random)
        let shown = SmallNumbers(table, below: bound)
        let all =
            shown.cells.enumerated().map { $0.element + [shown.rowSums[$0.offset]] } + [shown.columnSums + [shown.sum]]
        let truth =
            table.map { $0 + [$0.reduce(0, +)] }
            + [
                (0...columns).map { column in
                    table.reduce(0) { $0 + (column < columns ? $1[column] : $1.reduce(0, +)) }
                }
            ]
        let lines =
            (0...rows).map { row in (0...columns).map { (row, $0) } }
            + (0...columns).map { column in (0...rows).map { ($0, column) } }
        for line in lines {
            let hidden = line.filter { all[$0.0][$0.1] == nil }
            #expect(hidden.count != 1)
            if !hidden.isEmpty, let last = line.last, all[last.0][last.1] != nil {
                #expect(hidden.reduce(0) { $0 + truth[$1.0][$1.1] } >= bound)
            }
        }
        for (row, line) in all.enumerated() {
            for (column, value) in line.enumerated() {
                if let value {
                    #expect(value == truth[row][column])
                    #expect(value == 0 || value >= bound)
                }
            }
        }
    }
}
