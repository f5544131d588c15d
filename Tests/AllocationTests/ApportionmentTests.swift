import Testing

@testable import Allocation

/// The exact split of whole people within bounds.
@Suite
struct ApportionmentTests {
    struct Draw {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(bound, 1)
        }
    }

    /// Quotas that can take the total.
    static func problem(_ draw: inout Draw, units: Int, most: Int) -> (total: Int, quotas: [Quota]) {
        let quotas = (0..<units).map { _ in
            let floor = draw.next(3) == 0 ? draw.next(most) : 0
            return Quota(
                weight: 1 + draw.next(50), floor: floor, cap: draw.next(3) == 0 ? floor + draw.next(most) : nil)
        }
        let least = quotas.reduce(0) { $0 + $1.floor }
        let greatest =
            quotas.allSatisfy { $0.cap != nil } ? quotas.reduce(0) { $0 + ($1.cap ?? 0) } : least + units * most
        return (least + draw.next(greatest - least + 1), quotas)
    }

    /// Every split of the total within the bounds.
    static func all(_ total: Int, _ quotas: ArraySlice<Quota>) -> [[Int]] {
        guard let first = quotas.first else { return total == 0 ? [[]] : [] }
        let most = min(first.cap ?? total, total)
        guard first.floor <= most else { return [] }
        return (first.floor...most).flatMap { people in
            all(total - people, quotas.dropFirst()).map { [people] + $0 }
        }
    }

    @Test
    func `no other split in whole people is better, found by trying them all`() throws {
        var draw = Draw(state: 1)
        for _ in 0..<300 {
            let (total, quotas) = Self.problem(&draw, units: 1 + draw.next(4), most: 6)
            let found = try Apportionment.solve(total, quotas)
            #expect(found.reduce(0, +) == total)
            #expect(zip(found, quotas).allSatisfy { $0 >= $1.floor && $0 <= $1.cap ?? .max })
            let value = Apportionment.objective(found.map(Double.init), total: total, quotas)
            let best = Self.all(total, quotas[...]).map {
                Apportionment.objective($0.map(Double.init), total: total, quotas)
            }.min()
            #expect(value <= (best ?? 0) + 1e-12, "\(total) \(quotas): \(found)")
            let (parts, _) = try Apportionment.continuous(total, quotas)
            #expect(abs(parts.reduce(0, +) - Double(total)) < 1e-6)
            #expect(Apportionment.objective(parts, total: total, quotas) <= value + 1e-12)
        }
    }

    @Test
    func `one person more goes to one unit and lowers nobody`() throws {
        var draw = Draw(state: 2)
        for _ in 0..<200 {
            let (total, quotas) = Self.problem(&draw, units: 1 + draw.next(30), most: 400)
            guard let more = try? Apportionment.solve(total + 1, quotas) else { continue }
            let before = try Apportionment.solve(total, quotas)
            let steps = zip(more, before).map { $0 - $1 }
            #expect(steps.allSatisfy { $0 == 0 || $0 == 1 } && steps.reduce(0, +) == 1, "\(total) \(quotas)")
        }
    }

    @Test
    func `the relaxed split is one multiple of the weights between the bounds`() throws {
        var draw = Draw(state: 3)
        for _ in 0..<200 {
            let (total, quotas) = Self.problem(&draw, units: 2 + draw.next(40), most: 1000)
            let (parts, _) = try Apportionment.continuous(total, quotas)
            let levels = zip(parts, quotas).filter { part, quota in
                part > Double(quota.floor) + 1e-6 && part < quota.cap.map { Double($0) - 1e-6 } ?? .infinity
            }.map { $0 / Double($1.weight) }
            guard let low = levels.min(), let high = levels.max() else { continue }
            #expect(high - low <= 1e-6 * max(high, 1))
            // Whoever stands at a bound would be beyond it.
            for (part, quota) in zip(parts, quotas) {
                if part <= Double(quota.floor) + 1e-6 {
                    #expect(low * Double(quota.weight) <= Double(quota.floor) + 1e-3)
                }
                if let cap = quota.cap, part >= Double(cap) - 1e-6, cap > quota.floor {
                    #expect(high * Double(quota.weight) >= Double(cap) - 1e-3)
                }
            }
        }
    }

    @Test
    func `floors beyond the total are blamed on the fewest units, with the people each is too high`() {
        let quotas = [Quota(weight: 1, floor: 50), Quota(weight: 1, floor: 30), Quota(weight: 1, floor: 40)]
        // Fair shares of 100: 33 each. The first is 17 above its own, the third gives the 3 still needed.
        #expect(
            throws: ApportionmentProblem.floors(
                excess: 20, [.init(index: 0, people: 17), .init(index: 2, people: 3)])
        ) {
            try Apportionment.solve(100, quotas)
        }
    }

    @Test
    func `caps below the total are blamed the same way, and a floor above its cap by name`() {
        let quotas = [Quota(weight: 1, cap: 10), Quota(weight: 1, cap: 60), Quota(weight: 2, cap: 20)]
        // Fair shares of 100: 25, 25, 50.
        #expect(throws: ApportionmentProblem.caps(rest: 10, [.init(index: 2, people: 10)])) {
            try Apportionment.solve(100, quotas)
        }
        #expect(throws: ApportionmentProblem.crossed(index: 0)) {
            try Apportionment.solve(100, [Quota(weight: 1, floor: 5, cap: 4)])
        }
    }

    @Test
    func `the fewest bounds are blamed, found by trying every set`() {
        var draw = Draw(state: 4)
        for _ in 0..<200 {
            let quotas = (0..<(2 + draw.next(7))).map { _ in Quota(weight: 1 + draw.next(9), floor: draw.next(40)) }
            let floors = quotas.reduce(0) { $0 + $1.floor }
            let total = draw.next(floors + 1)
            guard total < floors else { continue }
            let sum = quotas.reduce(0.0) { $0 + Double($1.weight) }
            let gains = quotas.map { $0.floor - Int(Double(total) * Double($0.weight) / sum) }
            var fewest = quotas.count + 1
            for set in 0..<(1 << quotas.count) {
                let gain = gains.indices.filter { set >> $0 & 1 == 1 && gains[$0] > 0 }.reduce(0) { $0 + gains[$1] }
                if gain >= floors - total { fewest = min(fewest, set.nonzeroBitCount) }
            }
            do {
                _ = try Apportionment.solve(total, quotas)
                Issue.record("split in spite of the floors")
            } catch .floors(let excess, let blames) {
                #expect(excess == floors - total && blames.count == fewest)
                #expect(blames.reduce(0) { $0 + $1.people } == excess)
            } catch {
                Issue.record("\(error)")
            }
        }
    }
}
