import Foundation
import Kernel
import Legislation

/// The voluntary scheme, a million payments on one core: by the law's tables, with the steps told, and the same arithmetic written
/// straight in Swift with constants.
struct LawBenchmark {
    let legislation: String
    private static let count = 1_000_000
    /// With the steps told fewer are enough.
    private static let explained = 50_000

    func run() throws {
        let table = try ParameterTable(folder: URL(fileURLWithPath: legislation))
        guard let start = Month("2026-11") else { return }
        let terms = try VoluntaryTerms(table, on: start.firstDay)
        let cadences: [VoluntaryCadence] = [.monthly, .threeMonths, .sixMonths, .twelveMonths]
        let inputs = (0..<Self.count).map { index in
            VoluntaryContribution.Input(
                income: 1_500_000 + index % 900 * 50_000, cadence: cadences[index % 4], start: start,
                group: SupportGroup.allCases[index / 4 % 4], specialZone: index % 10 == 0, monthsSupported: index % 130)
        }
        var (straight, plain, told): ([Double], [Double], [Double]) = ([], [], [])
        var sums = (0, 0, 0)
        for _ in 0..<5 {
            straight.append(
                seconds {
                    sums.0 = 0
                    for input in inputs { sums.0 &+= Self.straight(input) }
                } / Double(Self.count))
            plain.append(
                try seconds {
                    sums.1 = 0
                    for input in inputs {
                        let one = try VoluntaryContribution(input, terms)
                        sums.1 &+= one.payable.amount &+ one.support.amount &* 3 &+ one.due.daysSinceEpoch
                    }
                } / Double(Self.count))
            told.append(
                try seconds {
                    for input in inputs.prefix(Self.explained) {
                        var trace = Trace()
                        sums.2 &+=
                            try VoluntaryContribution(input, terms, trace: &trace).payable.amount
                            &+ (trace.isEmpty ? 0 : 1)
                    }
                } / Double(Self.explained))
        }
        guard sums.0 == sums.1, sums.2 != 0 else {
            print("law: the two disagree: \(sums.0) and \(sums.1)")
            return
        }
        let (base, own, steps) = (Spread(straight).median, Spread(plain).median, Spread(told).median)
        print(
            "law, voluntary: \(Int(1 / own)) payments a second on a core; \(Spread.text(own / base)) times straight Swift with constants (wanted 3), with the steps \(Spread.text(steps / base)) times (wanted 20)"
        )
    }

    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        let begin = ContinuousClock.now
        try work()
        return begin.duration(to: .now) / .seconds(1)
    }

    /// The same outputs with what the tables hold in November 2026 written in.
    @inline(never)
    private static func straight(_ input: VoluntaryContribution.Input) -> Int {
        guard input.income >= 1_500_000, input.income <= 50_600_000 else { return 0 }
        let months =
            switch input.cadence {
            case .threeMonths: 3
            case .sixMonths: 6
            case .twelveMonths: 12
            default: 1
            }
        let monthly = (input.income * 22 + 50) / 100
        let total = monthly * months
        let perMonth =
            if input.specialZone ?? false { 165_000 } else {
                switch input.group ?? .other {
                case .poor: 165_000
                case .nearPoor: 132_000
                case .ethnicMinority: 99_000
                case .other: 66_000
                }
            }
        let supported = min(months, max(120 - (input.monthsSupported ?? 0), 0))
        let support = min(perMonth * supported, total)
        let due =
            switch input.cadence {
            case .threeMonths: input.start.adding(months: 2).lastDay
            case .sixMonths: input.start.adding(months: 3).lastDay
            case .twelveMonths: input.start.adding(months: 6).lastDay
            default: input.start.lastDay
            }
        return (total - support) &+ support &* 3 &+ due.daysSinceEpoch
    }
}
