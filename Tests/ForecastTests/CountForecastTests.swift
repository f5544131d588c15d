import Testing

@testable import Forecast

/// Forecasts of monthly counts.
@Suite
struct CountForecastTests {
    struct Draw {
        var state: UInt64

        /// Roughly standard normal: the sum of twelve uniform draws less six.
        mutating func normal() -> Double {
            var sum = -6.0
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                sum += Double(state >> 11) / Double(1 << 53)
            }
            return sum
        }
    }

    @Test
    func `what never changed goes on as it is, and is sure`() throws {
        let forecast = try #require(CountForecast(Array(repeating: 500, count: 30), horizon: 6))
        for point in forecast.points { #expect(abs(point.people - 500) < 0.5 && abs(point.high - point.low) < 1) }
        #expect(forecast.chance(ofAtLeast: 480, step: 6) > 0.99 && forecast.chance(ofAtLeast: 520, step: 6) < 0.01)
    }

    @Test
    func `steady growth goes on`() throws {
        let counts = (0..<36).map { 1_000.0 * Double(1000 + 10 * $0) / 1000 }
        let forecast = try #require(CountForecast(counts, horizon: 12))
        // 1,360 on at ten a month would be 1,470.
        #expect(abs(forecast.points[11].people - 1_470) < 30)
    }

    @Test
    func `the rhythm of the year comes back`() throws {
        let season = [0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.02, 1.1]
        let counts = (0..<48).map { 800 * season[$0 % 12] }
        let forecast = try #require(CountForecast(counts, horizon: 12))
        #expect(forecast.basis == .seasonal)
        #expect(abs(forecast.points[0].people - 720) < 15 && abs(forecast.points[11].people - 880) < 15)
    }

    @Test
    func `too few months, or counts that cannot be, give no forecast`() {
        #expect(CountForecast([1, 2, 3], horizon: 3) == nil)
        #expect(CountForecast([1, 2, -3, 4], horizon: 3) == nil)
        #expect(CountForecast([1, 2, 3, 4], horizon: 0) == nil)
        #expect(CountForecast([0, 0, 0, 0], horizon: 3)?.points.allSatisfy { $0.low >= 0 } ?? false)
    }

    @Test
    func `four of five months ahead fall between the bounds`() throws {
        var draw = Draw(state: 5)
        var (inside, all) = (0, 0)
        for _ in 0..<150 {
            var level = 1_000.0
            var counts: [Double] = []
            for _ in 0..<60 {
                level *= 1 + 0.004 + 0.01 * draw.normal()
                counts.append(level)
            }
            let forecast = try #require(CountForecast(Array(counts.prefix(48)), horizon: 12))
            for point in forecast.points {
                all += 1
                if (point.low...point.high).contains(counts[47 + point.step]) { inside += 1 }
            }
        }
        let share = Double(inside) / Double(all)
        #expect((0.7...0.9).contains(share), "\(share)")
    }

    @Test
    func `a higher target is never likelier, and later months are never surer`() throws {
        var draw = Draw(state: 9)
        for _ in 0..<60 {
            var level = 400.0
            let counts = (0..<40).map { _ in
                level *= 1 + 0.02 * draw.normal()
                return level
            }
            let forecast = try #require(CountForecast(counts, horizon: 12))
            var before = 1.0
            for target in stride(from: 200, through: 700, by: 25) {
                let chance = forecast.chance(ofAtLeast: target, step: 12)
                #expect(chance <= before + 1e-12)
                before = chance
            }
            #expect(zip(forecast.points, forecast.points.dropFirst()).allSatisfy { $0.spread <= $1.spread + 1e-12 })
            #expect(forecast.points.allSatisfy { $0.low <= $0.people && $0.people <= $0.high })
        }
    }

    /// Quantiles 0.9 of Student's t, from printed tables.
    @Test(arguments: [(2, 1.886, 0.04), (3, 1.638, 0.012), (5, 1.476, 0.004), (10, 1.372, 0.002), (300, 1.282, 0.001)])
    func `bounds are as wide as few errors demand`(degrees: Int, quantile: Double, within: Double) {
        #expect(abs(Numbers.bound80(degrees: degrees) - quantile) < within)
    }

    /// A scheme that people leave in January, join in May and in autumn.
    static func flows(_ draw: inout Draw, months: Int) -> [StockAndFlow.Month] {
        let comes = [0.3, 0.5, 0.8, 0.9, 1.7, 1.2, 0.9, 0.8, 0.9, 1.1, 1.4, 1.5]
        var stock = 1_000
        return (0..<months).map { index in
            let share = index % 12 == 0 ? 0.16 : 0.015
            let stopped = Int(Double(stock) * share * max(1 + 0.15 * draw.normal(), 0.3))
            let came = Int(Double(stock) * 0.03 * comes[index % 12] * max(1 + 0.2 * draw.normal(), 0.3))
            let month = StockAndFlow.Month(
                opening: stock, closing: stock + came - stopped, came: came, stopped: stopped)
            stock += came - stopped
            return month
        }
    }

    @Test
    func `flows in balance keep the stock, and it is joins less leavers`() throws {
        func month(_ came: Int, closing: Int = 1_000) -> StockAndFlow.Month {
            .init(opening: 1_000, closing: closing, came: came, stopped: 20)
        }
        let still = try #require(CountForecast(flows: Array(repeating: month(20), count: 18), horizon: 12))
        #expect(still.basis == .flows && still.trials == 6)
        #expect(still.points.allSatisfy { abs($0.people - 1_000) < 1 && $0.high - $0.low < 1 })
        let model = try #require(StockAndFlow(Array(repeating: month(60, closing: 1_040), count: 18)))
        #expect(abs(model.stocks(horizon: 1)[0] - 1_079.2) < 0.1)
        // Whoever moves in without having joined goes on moving in.
        let drifting = try #require(StockAndFlow(Array(repeating: month(20, closing: 1_005), count: 18)))
        #expect(abs(drifting.stocks(horizon: 2)[1] - 1_014.8) < 0.1)
    }

    @Test
    func `too few months of flows, or flows that cannot be, give no forecast`() {
        let month = StockAndFlow.Month(opening: 100, closing: 101, came: 3, stopped: 2)
        let wrong = StockAndFlow.Month(opening: 100, closing: 101, came: -3, stopped: 2)
        #expect(CountForecast(flows: Array(repeating: month, count: 17), horizon: 3) == nil)
        #expect(CountForecast(flows: Array(repeating: month, count: 17) + [wrong], horizon: 3) == nil)
        #expect(CountForecast(flows: Array(repeating: month, count: 18), horizon: 0) == nil)
        #expect(CountForecast(flows: Array(repeating: month, count: 18), horizon: 3)?.points.count == 3)
    }

    @Test(arguments: [18, 20])
    func `flows foresee a January that counts of so few months cannot know`(months: Int) throws {
        var draw = Draw(state: 11)
        var (ofFlows, ofCounts, inside) = (0.0, 0.0, 0)
        for _ in 0..<60 {
            let all = Self.flows(&draw, months: 36)
            let (past, actual) = (Array(all.prefix(months)), all[24].closing)
            let horizon = 25 - months
            let flowing = try #require(CountForecast(flows: past, horizon: horizon)?.points.last)
            let counting = try #require(CountForecast(past.map(\.closing), horizon: horizon)?.points.last)
            ofFlows += abs(flowing.people - actual) / actual
            ofCounts += abs(counting.people - actual) / actual
            if (flowing.low...flowing.high).contains(actual) { inside += 1 }
        }
        #expect(ofFlows < ofCounts / 2, "\(ofFlows) \(ofCounts)")
        #expect(inside > 36, "\(inside) of 60 within the bounds of 80 %")
    }

    @Test
    func `with two years of counts the rhythm of both is used`() throws {
        var draw = Draw(state: 3)
        let past = Self.flows(&draw, months: 30)
        let both = try #require(CountForecast(flows: past, horizon: 6))
        let counts = try #require(CountForecast(past.map(\.closing), horizon: 6))
        let flows = try #require(StockAndFlow(past)).stocks(horizon: 6)
        for (step, point) in both.points.enumerated() {
            let ends = [counts.points[step].people, flows[step]].sorted()
            #expect((ends[0] - 0.01...ends[1] + 0.01).contains(point.people))
        }
    }
}
