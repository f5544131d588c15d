public import Access
import Database
public import Kernel

/// Stock and flow of a month as somebody may see it: by commune and scheme, within the scope.
public struct FlowView: Sendable, Equatable {
    public let month: Month
    /// The months that records tell of, the latest first. What was paid for in advance is told of months ahead: they wait until they
    /// have come.
    public let months: [Month]
    public let place: FlowPlace
    /// Which commune counts for targets, and by which document.
    public let basis: FlowBasis
    /// A line a commune and scheme.
    public let lines: [RegisterFlows.Line]
    /// A line a scheme.
    public let totals: [RegisterFlows.Line]
}

extension RegisterService {
    /// - Parameters:
    ///   - month: the latest whole one that records tell of when left out, or when they tell nothing of it.
    ///   - place: by which of a person's communes; the one that counts for targets when left out.
    /// - Returns: nil while no record tells of any month.
    public func flows(of month: Month?, by place: FlowPlace?, for viewer: Viewer) async throws -> FlowView? {
        try viewer.require(.openRecords)
        let today = clock.today
        return try await store.read { connection in
            guard let told = try RegisterFlows.months(on: connection) else { return nil }
            let present = Month(of: today)
            let span = told.lowerBound...max(told.lowerBound, min(told.upperBound, present))
            let whole = max(span.lowerBound, min(span.upperBound, present.adding(months: -1)))
            let month = month.flatMap { span.contains($0) ? $0 : nil } ?? whole
            var (months, next) = ([Month](), span.upperBound)
            while next >= span.lowerBound, months.count < 60 {
                months.append(next)
                next = next.adding(months: -1)
            }
            let basis = try FlowBasis.inForce(on: connection)
            let place = place ?? basis.place
            let lines = try RegisterFlows.of(month: month, by: place, within: viewer.recordScope, on: connection)
            return FlowView(
                month: month, months: months, place: place, basis: basis,
                lines: RegisterFlows.sums(lines, by: place),
                totals: RegisterFlows.sums(lines) {
                    .init(residence: nil, employer: nil, scheme: $0.scheme, block: nil)
                })
        }
    }
}
