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
    /// Whether steps are kept at all: where a calculation runs millions of times, what they are made of is not even gathered.
    static var isKept: Bool { get }

    /// - Parameter make: one step, or several that belong together.
    mutating func steps(_ make: @escaping @Sendable () -> [TraceStep])
}

extension Tracing {
    @inlinable @inline(__always)
    public mutating func step(_ make: @escaping @Sendable () -> TraceStep) { steps { [make()] } }
}

public struct NoTrace: Tracing {
    public static var isKept: Bool { false }

    public init() {}

    @inlinable @inline(__always)
    public mutating func steps(_ make: @escaping @Sendable () -> [TraceStep]) {}
}

/// Keeps the steps; their words are put together when they are asked for.
public struct Trace: Tracing, Sendable, Equatable {
    public static var isKept: Bool { true }

    private var makers: [@Sendable () -> [TraceStep]] = []

    public init() {}

    public var steps: [TraceStep] { makers.flatMap { $0() } }
    /// Nothing was told yet.
    public var isEmpty: Bool { makers.isEmpty }

    public mutating func steps(_ make: @escaping @Sendable () -> [TraceStep]) { makers.append(make) }

    public static func == (left: Self, right: Self) -> Bool { left.steps == right.steps }
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
