/// Exponential smoothing with a damped trend on a series without rhythm (Gardner and McKenzie 1985), and smoothing with a
/// drift, as the theta method comes down to (Assimakopoulos and Nikolopoulos 2000; Hyndman and Billah 2003). Their mean is
/// the forecast: two simple methods that err differently are together hard to beat (M3 and M4 competitions).
enum Smoothing {
    /// How much of the line through the whole series goes on as drift. The theta method keeps half; counts of participants
    /// grow more steadily than the series of those competitions (chosen on one generated set, confirmed on another:
    /// docs/forecast.md).
    private static let keptSlope = 0.75

    /// Forecasts of the next months from values in logarithms.
    static func forecast(_ values: [Double], horizon: Int) -> [Double] {
        guard let last = values.last, values.count >= 3 else {
            return Array(repeating: values.last ?? 0, count: horizon)
        }
        guard values.contains(where: { $0 != last }) else { return Array(repeating: last, count: horizon) }
        let damped = damped(values, horizon)
        let drifting = drifting(values, horizon)
        return zip(damped, drifting).map { ($0 + $1) / 2 }
    }

    private static func damped(_ values: [Double], _ horizon: Int) -> [Double] {
        var best: (error: Double, level: Double, trend: Double, phi: Double) = (.infinity, 0, 0, 1)
        let start = max(min(values.count / 4, 6), 1)
        let slope = (values[start] - values[0]) / Double(start)
        for phi in [0.8, 0.9, 0.95, 0.98, 1.0] {
            for alpha in [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.97] {
                for beta in [0.02, 0.08, 0.2, 0.4] {
                    var (level, trend, error) = (values[0], slope, 0.0)
                    for value in values.dropFirst() {
                        let expected = level + phi * trend
                        let miss = value - expected
                        error += miss * miss
                        level = expected + alpha * miss
                        trend = phi * trend + alpha * beta * miss
                    }
                    if error < best.error { best = (error, level, trend, phi) }
                }
            }
        }
        var (value, step) = (best.level, best.trend)
        return (0..<horizon).map { _ in
            step *= best.phi
            value += step
            return value
        }
    }

    private static func drifting(_ values: [Double], _ horizon: Int) -> [Double] {
        let count = Double(values.count)
        let middle = (count - 1) / 2
        let mean = values.reduce(0, +) / count
        var (across, along) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            across += (Double(index) - middle) * (value - mean)
            along += (Double(index) - middle) * (Double(index) - middle)
        }
        let drift = along > 0 ? across / along * keptSlope : 0
        var best: (error: Double, alpha: Double, level: Double) = (.infinity, 1, values[values.count - 1])
        for alpha in stride(from: 0.1, through: 0.99, by: 0.089) {
            var (level, error) = (values[0], 0.0)
            for value in values.dropFirst() {
                let miss = value - level - drift
                error += miss * miss
                level += drift + alpha * miss
            }
            if error < best.error { best = (error, alpha, level) }
        }
        return (1...horizon).map { best.level + drift * Double($0) }
    }
}
