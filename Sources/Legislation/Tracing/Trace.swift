public import Kernel

/// A step of a calculation as a person follows it.
public struct TraceStep: Sendable, Equatable {
    /// `Mức đóng một tháng`
    public let label: String
    /// `22 % × 1.500.000`
    public let working: String
    /// What it comes to: `330.000 đồng`, `31/10/2026`.
    public let result: String
    /// The amount when the step is one of a sum; the steps with the same ``sum`` add up to the result that bears its name.
    public let amount: Dong?
    public let sum: String?
    public let article: String
}

/// Takes the steps of a calculation; ``NoTrace`` takes none, at no cost.
public protocol Tracing {
    mutating func step(_ make: () -> TraceStep)
}

public struct NoTrace: Tracing {
    public init() {}

    @inlinable @inline(__always)
    public mutating func step(_ make: () -> TraceStep) {}
}

public struct Trace: Tracing, Sendable, Equatable {
    public private(set) var steps: [TraceStep] = []

    public init() {}

    public mutating func step(_ make: () -> TraceStep) { steps.append(make()) }
}

extension TraceStep {
    static func money(_ label: String, _ working: String, _ amount: Dong, _ article: String, sum: String? = nil)
        -> TraceStep
    {
        TraceStep(
            label: label, working: working, result: amount.vietnamese, amount: amount, sum: sum, article: article)
    }

    static func words(_ label: String, _ working: String, _ result: String, _ article: String) -> TraceStep {
        TraceStep(label: label, working: working, result: result, amount: nil, sum: nil, article: article)
    }
}

extension Dong {
    /// `1.500.000 đồng`
    public var vietnamese: String { VietnameseText.grouped(amount) + " đồng" }

    /// `1.500.000`
    var grouped: String { VietnameseText.grouped(amount) }
}
