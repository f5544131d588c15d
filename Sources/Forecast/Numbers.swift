#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

extension Seasonality {
    static func exponential(_ value: Double) -> Double { exp(value) }
}

enum Numbers {
    static func log(_ value: Double) -> Double {
        #if canImport(Glibc)
            Glibc.log(value)
        #else
            Foundation.log(value)
        #endif
    }

    static func exp(_ value: Double) -> Double { Seasonality.exponential(value) }

    /// The chance that a standard normal value is below another.
    static func below(_ value: Double) -> Double { 0.5 * erfc(-value / 2.0.squareRoot()) }

    /// The bound of a two-sided 80 % interval, by how many errors the spread was measured on (Student's t; 1.2816 for
    /// many).
    static func bound80(degrees: Int) -> Double {
        // Quantile 0.9 of Student's t, by Hill's first terms; within a hundredth from three degrees on.
        let z = 1.281_551_565_5
        guard degrees < 200 else { return z }
        let n = Double(max(degrees, 2))
        return z + (z * z * z + z) / (4 * n) + (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n)
    }
}
