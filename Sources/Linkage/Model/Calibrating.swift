import Foundation

/// Fits chances to what was found true.
enum Calibrating {
    /// Logistic regression of the truth on the weight by Newton's method, in log2 units, with Platt's targets, which keep a
    /// clean cut between the two answers from making the line infinitely steep.
    ///
    /// - Returns: nil where all answers are alike, or weights say nothing.
    static func line(through judged: [(weight: Double, isMatch: Bool)]) -> LinkModel.Calibration? {
        let yes = Double(judged.count { $0.isMatch })
        let no = Double(judged.count) - yes
        guard yes > 0, no > 0 else { return nil }
        let (high, low) = ((yes + 1) / (yes + 2), 1 / (no + 2))
        var (slope, intercept) = (1.0, 0.0)
        for _ in 0..<100 {
            var gradient = (0.0, 0.0)
            var curve = (1e-9, 0.0, 1e-9)
            for (weight, isMatch) in judged {
                let x = min(max(weight, -60), 60)
                let chance = 1 / (1 + exp2(-(slope * x + intercept)))
                let rest = (isMatch ? high : low) - chance
                let spread = max(chance * (1 - chance), 1e-9)
                gradient = (gradient.0 + rest * x, gradient.1 + rest)
                curve = (curve.0 + spread * x * x, curve.1 + spread * x, curve.2 + spread)
            }
            let determinant = curve.0 * curve.2 - curve.1 * curve.1
            guard abs(determinant) > 1e-12 else { break }
            // Natural logarithms per bit.
            let step = (
                (curve.2 * gradient.0 - curve.1 * gradient.1) / determinant / log(2),
                (curve.0 * gradient.1 - curve.1 * gradient.0) / determinant / log(2)
            )
            let size = max(abs(step.0) * 4, abs(step.1) / 4, 1)
            slope += step.0 / size
            intercept += step.1 / size
            if abs(step.0) < 1e-9, abs(step.1) < 1e-9 { break }
        }
        guard slope.isFinite, intercept.isFinite, slope > 0.01 else { return nil }
        return LinkModel.Calibration(slope: slope, intercept: intercept)
    }
}
