public import Access
import Database
import Figures
import Kernel
import PlanText
import Province
import Work

/// What an installation needs before people can work with it, and how far it is.
public struct FirstStep: Sendable, Equatable {
    public enum Kind: Sendable, Equatable, CaseIterable {
        /// Name above, symbol and title of the head of each agency: what papers are headed and signed by.
        case identities
        /// The units of names that gather many, where such a name leads work.
        case units
        /// Number and day of the plan.
        case planNumber
        /// Total and voluntary participants of the year before the plan.
        case baseline
        /// From when the system counts.
        case countingDay
        /// Somebody who hands in, for each unit that leads work.
        case accounts
        /// A month of figures.
        case figures
    }

    /// Whoever has one of these meets the list: those of its steps.
    public static let rights: [Right] = Kind.allCases.map(\.right).reduce(into: []) { rights, right in
        if !rights.contains(right) { rights.append(right) }
    }

    public let kind: Kind
    public let have: Int
    public let of: Int
    /// Names of some that are missing, the first few.
    public let missing: [String]

    public var isDone: Bool { have >= of }
}

extension FirstStep.Kind {
    /// What somebody must be allowed to, to do it.
    public var right: Right {
        switch self {
        case .identities: .keepIdentities
        case .units: .keepUnits
        case .planNumber, .baseline: .completePlan
        case .countingDay: .setCountingDay
        case .accounts: .manageAccounts
        case .figures: .acceptFigures
        }
    }
}

extension OverviewService {
    private static let namesShown = 6

    /// The list of a new installation, for whoever may do a step of it.
    /// - Parameter grants: what roles may: who hands in.
    public func firstSteps(for viewer: Viewer, grants: Grants) async throws -> [FirstStep] {
        guard FirstStep.rights.contains(where: viewer.may) else {
            throw Refusal(.forbidden, "Vai trò “\(viewer.role.title)” không có việc gì ở bước đầu.")
        }
        let work = WorkService(store: store, clock: clock, plan: plan)
        let counting = try await work.countingDay()
        let today = clock.today
        return try await store.read { connection in
            let values = try PlanAmendments.read(on: connection).values
            let known = plan.with(
                units: try plan.unitsInForce.read(on: connection),
                identities: try StoredIdentities.read(on: connection))
            return try FirstStep.Kind.allCases.map { kind in
                func given(_ isGiven: Bool...) -> FirstStep {
                    FirstStep(kind: kind, have: isGiven.count { $0 }, of: isGiven.count, missing: [])
                }
                switch kind {
                case .identities:
                    return Self.step(kind, Self.issuers(in: known), in: known) {
                        known.identity(of: $0, on: today).isComplete
                    }
                case .units:
                    return Self.step(kind, Self.gatherings(in: known), in: known) { !known.awaitsUnits($0) }
                case .planNumber:
                    return given(
                        values[.number] != nil || plan.number != nil, values[.signedOn] != nil || plan.signedOn != nil)
                case .baseline:
                    return given(
                        values[.baselineTotal] != nil || plan.baseline.total != nil,
                        values[.baselineVoluntary] != nil || plan.baseline.voluntary != nil)
                case .countingDay: return given(counting != nil)
                case .accounts:
                    let served = Set(
                        try Accounts.all(within: .ofSystem, on: connection).filter { $0.state == .active }.flatMap {
                            account -> [UnitCode] in
                            let viewer = account.viewer(grants)
                            return viewer.may(.handIn) ? viewer.ownUnits : []
                        })
                    return Self.step(kind, Self.leads(in: known), in: known) { served.contains($0) }
                case .figures: return given(try !FigureService.series(on: connection).months.isEmpty)
                }
            }
        }
    }

    /// Agencies that sign papers of their own.
    private static func issuers(in plan: PlanDefinition) -> [UnitCode] {
        plan.agencies.filter { $0.kind != .communes && $0.kind != .unspecified && !$0.standsForUnits }.map {
            .agency($0.code)
        }
    }

    /// Names that gather many units and lead work.
    private static func gatherings(in plan: PlanDefinition) -> [UnitCode] {
        plan.agencies.filter { agency in
            agency.standsForUnits && plan.tasks.contains { $0.leads.contains(agency.code) }
        }.map { .agency($0.code) }
    }

    /// Whoever leads work of the plan.
    private static func leads(in plan: PlanDefinition) -> [UnitCode] {
        let units = Set(plan.tasks.flatMap { Schedule.leads(of: $0, in: plan) })
        return plan.bodies.filter(units.contains) + plan.communes.codes.map(UnitCode.commune).filter(units.contains)
    }

    private static func step(
        _ kind: FirstStep.Kind, _ units: [UnitCode], in plan: PlanDefinition, isThere: (UnitCode) -> Bool
    ) -> FirstStep {
        let missing = units.filter { !isThere($0) }
        return FirstStep(
            kind: kind, have: units.count - missing.count, of: units.count,
            missing: missing.prefix(namesShown).map { plan.name(of: $0) })
    }
}

extension LegalIdentity {
    /// Whether a paper finds all it needs for its head and signature.
    fileprivate var isComplete: Bool { bodyAbove != nil && symbol != nil && head != nil }
}
