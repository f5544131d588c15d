public import Access
import Database
public import Kernel
public import Registry

/// The register's count of a month beside what was officially imported, as somebody may see it: in all, by what the difference
/// comes from, and by class of movement where the imports tell of movements too.
public struct RegisterComparison: Sendable, Equatable {
    /// A scheme in all communes that were imported.
    public struct Total: Sendable, Equatable {
        public let scheme: Scheme
        public let communes: Int
        public let imported: Int
        public let counted: Int
        /// The parts of the difference, each with the communes that have it.
        public let causes: [Part]
        /// Communes whose difference would be smaller by the other of a person's two communes.
        public let nearerByOtherPlace: Int

        public var difference: Int { counted - imported }
    }

    public struct Part: Sendable, Equatable {
        public let cause: RegisterDifference.Cause
        public let people: Int
        public let communes: Int
    }

    /// A class of coming and going, in all communes that were imported with it.
    public struct Movements: Sendable, Equatable {
        public let scheme: Scheme
        public let measure: MovementMeasure
        public let communes: Int
        public let imported: Int
        public let counted: Int

        public var difference: Int { counted - imported }
    }

    public let month: Month
    /// By which commune the register counts here.
    public let basis: FlowBasis
    /// The document by which the month's figures come from the register; nil while they come from imports.
    public let charge: String?
    /// What would hold of the month without the register.
    public let imported: [CommuneCode: [Scheme: Int]]
    public let totals: [Total]
    public let movements: [Movements]
    /// People of no known commune, who stand beside no imported figure; nil for whoever sees some communes alone.
    public let unplaced: Int?
}

extension FigureService {
    /// See ``RegisterComparison``.
    /// - Parameter scope: of which communes.
    public func compareRegister(
        of month: Month, within scope: Scope, for viewer: Viewer
    ) async throws -> RegisterComparison {
        try viewer.require(.viewFigures)
        return try await store.read { try RegisterComparison(of: month, within: scope, on: $0) }
    }
}

extension RegisterComparison {
    /// Whoever comes or goes from another commune, scheme or employer stands in no class of the official forms.
    private static let classes: [(measure: MovementMeasure, movements: [FlowMovement])] = [
        (.joined, [.new]), (.returned, [.returned]), (.stopped, [.stopped, .oneOff, .pension, .death]),
    ]

    init(of month: Month, within scope: Scope, on connection: any SQLConnection) throws {
        let difference = try RegisterDifference(of: month, within: scope, on: connection)
        let charge = try RegisterCharge.find(month, on: connection)
        self.month = month
        basis = difference.count.basis
        self.charge = charge.flatMap { $0.isInCharge ? $0.document : nil }
        imported = difference.imported.reduce(into: [:]) { $0[$1.key.commune, default: [:]][$1.key.scheme] = $1.value }
        unplaced = scope.communes == nil ? difference.unplaced : nil
        totals = Scheme.allCases.compactMap { scheme in
            let own = difference.imported.filter { $0.key.scheme == scheme }
            guard !own.isEmpty else { return nil }
            let lines = difference.lines.filter { $0.scheme == scheme }
            let imported = own.values.reduce(0, +)
            return Total(
                scheme: scheme, communes: own.count, imported: imported,
                counted: imported + lines.reduce(0) { $0 + $1.difference },
                causes: RegisterDifference.Cause.allCases.compactMap { cause in
                    let parts = lines.compactMap { $0.causes[cause] }
                    return parts.isEmpty
                        ? nil : Part(cause: cause, people: parts.reduce(0, +), communes: parts.count)
                }, nearerByOtherPlace: lines.count(where: \.isOfPlace))
        }
        movements = try Self.movements(of: month, beside: difference.count, within: scope, on: connection)
    }

    private static func movements(
        of month: Month, beside count: RegisterCount, within scope: Scope, on connection: any SQLConnection
    ) throws -> [Movements] {
        let told = try MovementService.movements(of: month, on: connection)
        return Scheme.allCases.flatMap { scheme in
            classes.compactMap { measure, kinds in
                let own = told.compactMap { movement -> (commune: CommuneCode, people: Int)? in
                    guard movement.key.measure == measure, movement.key.scheme == scheme, movement.key.block == nil,
                        case .commune(let commune) = movement.key.place, scope.covers(commune)
                    else { return nil }
                    return (commune, movement.value)
                }
                guard !own.isEmpty else { return nil }
                return Movements(
                    scheme: scheme, measure: measure, communes: own.count,
                    imported: own.reduce(0) { $0 + $1.people },
                    counted: own.reduce(0) { sum, one in
                        let line = count.line(one.commune, scheme)
                        return sum + kinds.reduce(0) { $0 + (line?[$1] ?? 0) }
                    })
            }
        }
    }
}
