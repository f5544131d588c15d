import TestSupport
import Testing

@testable import Charts

@Suite
struct AxisTests {
    @Test(arguments: [
        (0, 1200, 4, [0, 500, 1000, 1500]), (1200, 1540, 4, [1200, 1300, 1400, 1500, 1600]),
        (-410, 1250, 3, [-1000, 0, 1000, 2000]), (0, 3, 4, [0, 1, 2, 3]), (9, 1, 4, [0, 2, 4, 6, 8, 10]),
        (100, 100, 4, [99, 100, 101]), (0, 0, 4, [0, 1]), (-5, -5, 4, [-6, -5, -4]),
    ])
    func `an axis has round marks around its values`(low: Int, high: Int, intervals: Int, ticks: [Int]) {
        #expect(Axis(low: low, high: high, intervals: intervals).ticks == ticks)
    }

    @Test
    func `marks are steps of 1, 2 or 5 and enclose the values`() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let size = [10, 1000, 100_000, 10_000_000].randomElement(using: &generator) ?? 10
            let low = Int.random(in: -size...size, using: &generator)
            let high = low + Int.random(in: 0...size, using: &generator)
            let ticks = Axis(low: low, high: high, intervals: 4).ticks
            let steps = Set(zip(ticks.dropFirst(), ticks).map { pair in pair.0 - pair.1 })
            #expect(steps.count == 1, "\(low)...\(high)")
            var step = steps.first ?? 0
            while step >= 10, step % 10 == 0 { step /= 10 }
            #expect([1, 2, 5].contains(step), "\(low)...\(high)")
            #expect((ticks.first ?? .max) <= low, "\(low)...\(high)")
            #expect((ticks.last ?? .min) >= high, "\(low)...\(high)")
            #expect(ticks.count <= 6, "\(low)...\(high)")
        }
    }

    @Test
    func `figures beyond all measure do not stop an axis`() {
        let axis = Axis(low: .min, high: .max, intervals: 4)
        #expect(axis.ticks.count <= 6)
        #expect(axis.fraction(of: 0) == 0.5)
    }
}
