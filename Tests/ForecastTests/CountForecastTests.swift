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

    @Test
    func `flows in balance keep the stock, and it is joins less leavers`() throws {
        // Each month 20 join; of 2,000 in the last band one in a hundred leaves: the stock stands still.
        let month = StockAndFlow.Month(
            joined: 20, returned: 0, left: [0, 0, 0, 0, 20], stock: [60, 60, 120, 240, 2_000])
        let model = try #require(StockAndFlow(Array(repeating: month, count: 24)))
        let stocks = model.stocks(horizon: 12)
        #expect(abs(stocks[11] - Double(month.stock.reduce(0, +))) < 60)
        #expect(model.leaving[4] > 0.008 && model.leaving[4] < 0.012)
        let more = try #require(
            StockAndFlow(
                Array(
                    repeating: StockAndFlow.Month(
                        joined: 60, returned: 0, left: month.left, stock: month.stock), count: 24)))
        #expect(more.stocks(horizon: 12)[11] - stocks[11] > 400)
        #expect(StockAndFlow(Array(repeating: month, count: 11)) == nil)
    }
}
