import Foundation

enum Numbers {
    static func log(_ value: Double) -> Double { Foundation.log(value) }
    static func exp(_ value: Double) -> Double { Foundation.exp(value) }

    /// The chance that a standard normal value is below another.
    static func below(_ value: Double) -> Double { 0.5 * erfc(-value / 2.0.squareRoot()) }

    /// The bound of a two-sided 80 % interval, by how many errors the spread was measured on (Student's t; 1.2816 for
    /// many).
    static func bound80(degrees: Int) -> Double {
        // Cornish and Fisher's first two terms (Abramowitz and Stegun, 26.7.5): short by 0.04 at two degrees, 0.011 at three.
        let z = 1.281_551_565_5
        guard degrees < 200 else { return z }
        let n = Double(max(degrees, 2))
        return z + (z * z * z + z) / (4 * n) + (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n)
    }
}
