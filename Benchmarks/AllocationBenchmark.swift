import Allocation
import Foundation

/// Targets split: 114 communes over five years with all bounds, 20,000 groups; beside SciPy on the relaxed problem.
struct AllocationBenchmark {
    private struct Problem: Encodable {
        let total: Int
        let weights: [Int]
        let floors: [Int]
        let caps: [Int?]
    }

    func run() throws {
        let communes = Self.units(114)
        let last = communes.reduce(into: (0, 0)) { sum, unit in
            sum.0 += unit.lastTotal ?? 0
            sum.1 += unit.lastVoluntary ?? 0
        }
        let targets = (1...5).map {
            (total: last.0 * (100 + 5 * $0) / 100, voluntary: last.1 * (100 + 12 * $0) / 100)
        }
        var settings = AllocationSettings()
        settings.capPercent = 130
        let five = try seconds { _ = try Allocation.years(communes, targets, settings: settings) }
        print("allocation, 114 communes over 5 years with all bounds: \(Self.words(five)) (wanted 50 ms)")

        let groups = Self.units(20_000)
        let sums = groups.reduce(into: (0, 0)) { sum, unit in
            sum.0 += unit.lastTotal ?? 0
            sum.1 += unit.lastVoluntary ?? 0
        }
        let many = try seconds {
            _ = try Allocation(groups, total: sums.0 * 106 / 100, voluntary: sums.1 * 115 / 100, settings: settings)
        }
        print("allocation, 20,000 groups, both figures and their reasons: \(Self.words(many)) (wanted 1 s)")

        // The same relaxed problem for both; a third of the bounds hold.
        let quotas = communes.enumerated().map { index, unit in
            let last = unit.lastTotal ?? 0
            return Quota(
                weight: max(last + (unit.pool ?? 0), 1), floor: last, cap: index % 3 == 0 ? last * 104 / 100 : nil)
        }
        let total = last.0 * 108 / 100
        var parts: [Double] = []
        let own = try seconds { parts = try Apportionment.continuous(total, quotas).parts }
        let whole = try seconds { _ = try Apportionment.solve(total, quotas) }
        let objective = Apportionment.objective(parts, total: total, quotas)
        let problem = Problem(
            total: total, weights: quotas.map(\.weight), floors: quotas.map(\.floor), caps: quotas.map(\.cap))
        guard let peer = try Peer.run("allocation.py", problem), let theirs = peer["seconds"] else {
            print("allocation beside SciPy: not installed (Benchmarks/peers/setup.sh)")
            return
        }
        let reached = peer["objective"] ?? .infinity
        print(
            "allocation beside SciPy, 114 units: \(Self.words(own)) against \(Self.words(theirs)), ratio \(Spread.text(own / theirs)); whole people too in \(Self.words(whole)); objective \(objective) against \(reached): \(objective <= reached * (1 + 1e-9) ? "not worse" : "WORSE")"
        )
    }

    static func units(_ count: Int) -> [AllocationUnit] {
        var state: UInt64 = 11
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        return (0..<count).map { number in
            var unit = AllocationUnit(code: "\(100_000 + number)", name: "Đơn vị \(number)")
            unit.lastTotal = 2_000 + next(20_000)
            unit.lastVoluntary = 50 + next(900)
            unit.labourForce = 6_000 + next(40_000)
            unit.pool = 2_000 + next(12_000)
            return unit
        }
    }

    static func words(_ seconds: Double) -> String {
        seconds < 0.1 ? "\(Spread.text(seconds * 1_000)) ms" : "\(Spread.text(seconds)) s"
    }

    /// The median of five runs.
    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        var times: [Double] = []
        for _ in 0..<5 {
            let begin = ContinuousClock.now
            try work()
            times.append(
                Double(begin.duration(to: .now).components.attoseconds) / 1e18
                    + Double(begin.duration(to: .now).components.seconds))
        }
        return Spread(times).median
    }
}
