import Foundation
import Kernel

/// A stream of random draws for one thing of the city: what it is drawn for alone decides, so that no order of work and no
/// number of threads changes anything.
struct Draws {
    enum Topic: UInt64 {
        case households = 1, birth, names, numbers, activity, moves, employers, employment, spells, firmNames, projects,
            boats, details, dirt, business, oldPay
    }

    private var generator: SplitMix

    init(_ seed: UInt64, _ topic: Topic, _ index: Int, _ part: Int = 0) {
        let first = SplitMix.mixed(seed &+ topic.rawValue &* 0x9E37_79B9_7F4A_7C15)
        let second = SplitMix.mixed(first ^ (UInt64(truncatingIfNeeded: index) &* 0xD134_2543_DE82_EF95))
        generator = SplitMix(state: second &+ UInt64(truncatingIfNeeded: part) &* 0xA24B_AED4_963E_E407)
    }

    mutating func next() -> UInt64 { generator.next() }

    /// From 0 up to 1, which is never drawn.
    mutating func unit() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

    mutating func chance(_ probability: Double) -> Bool { unit() < probability }

    /// From 0 up to the bound, which is never drawn; 0 for a bound of 1 or less.
    mutating func below(_ bound: Int) -> Int { bound > 1 ? Int(unit() * Double(bound)) : 0 }

    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// One of a list that is not empty.
    mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    /// Of the normal distribution with mean 0 and deviation 1 (Box & Muller 1958).
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - unit())).squareRoot()
        return radius * cos(2 * .pi * unit())
    }
}

/// Draws places of a list by their weights.
struct Weights: Sendable {
    private let sums: [Double]

    init(_ weights: [Double]) {
        var sum = 0.0
        sums = weights.map { weight in
            sum += weight
            return sum
        }
    }

    func draw(_ draws: inout Draws) -> Int {
        guard let total = sums.last, total > 0 else { return 0 }
        let wanted = draws.unit() * total
        var (low, high) = (0, sums.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// Numbers that come once each and do not look counted: a counter walked through a range in steps that share no factor with it.
enum Scattered {
    /// Without the factors 2, 3, 5.
    private static let step: UInt64 = 618_033_989

    /// - Parameter range: made of the factors 2, 3 and 5 alone: what begins in three ways has thrice a power of ten.
    static func number(_ serial: Int, in range: Int, start: Int) -> Int {
        Int(
            (UInt64(truncatingIfNeeded: serial) &* step % UInt64(range)
                &+ UInt64(truncatingIfNeeded: start) % UInt64(range)) % UInt64(range))
    }
}

/// The digits of a number with zeros before them.
func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
}
