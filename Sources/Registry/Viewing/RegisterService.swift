public import Access
public import Database
public import Formats
public import Kernel
public import Vault

/// The register as those who work with it see it: found, looked at, opened. Whoever asks is a viewer, whose scope bounds all.
public struct RegisterService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    /// Nil where the server has none: then no number is shown or looked up, and everything else goes on.
    public let keys: NumberKeys?
    let rules: DerivationRules
    let linking: Linking

    /// - Parameter linking: by what records without a common number are weighed.
    /// - Throws: when a table of rules that comes with the program is damaged.
    public init(
        store: any DataStore, clock: Clock, keys: NumberKeys?, linking: Linking = Linking()
    ) throws {
        (self.store, self.clock, self.keys, self.linking) = (store, clock, keys, linking)
        rules = try DerivationRules.shipped()
    }

    /// How many are found on one page.
    public static let pageLength = 20

    /// A page of those whom somebody may see and whose names hold the words.
    /// - Parameter page: 1-based.
    public func find(_ question: SearchQuestion, page: Int, for viewer: Viewer) async throws -> FoundEntities {
        try viewer.require(.openRecords)
        let skipped = min(max(page - 1, 0) * Self.pageLength, FindByName.mostSkipped)
        return try await found(for: viewer) { scope, connection in
            try FindByName.find(
                question, within: scope, skipping: skipped, limit: Self.pageLength, on: connection)
        }
    }

    /// Those whom somebody may see and who have the number.
    public func find(number typed: String, for viewer: Viewer) async throws -> FoundEntities {
        try viewer.require(.openRecords)
        keys?.refresh()
        return try await found(for: viewer) { [keys] scope, connection in
            try FindByNumber.find(typed, within: scope, keys: keys, limit: Self.pageLength, on: connection)
        }
    }

    private func found(
        for viewer: Viewer, _ find: @escaping @Sendable (Scope, any SQLConnection) throws -> SearchFindings
    ) async throws -> FoundEntities {
        try await store.read { [keys, rules] connection in
            let findings = try find(viewer.recordScope, connection)
            let reading = EntityReading(scope: viewer.recordScope, keys: keys, rules: rules)
            return FoundEntities(
                all: try reading.summaries(of: findings.entities, on: connection), hasMore: findings.hasMore,
                isCut: findings.isCut, canWiden: findings.canWiden)
        }
    }
}

/// A page of those who were found.
public struct FoundEntities: Sendable, Equatable {
    public let all: [EntitySummary]
    public let hasMore: Bool
    /// Whether so many names hold the words that not all were gone through.
    public let isCut: Bool
    /// Whether a wider question may find more.
    public let canWiden: Bool
}

/// A person or employer in a line: what tells one from another, numbers masked.
public struct EntitySummary: Sendable, Equatable {
    public let entity: EntityID
    public let subject: RecordKind.Subject
    /// Empty where no record has one.
    public let name: String
    /// The year alone: the day is opened with the numbers.
    public let birthYear: Int?
    /// `female` or `male`.
    public let sex: String?
    public let commune: CommuneCode?
    public let group: String?
    public let numbers: [ShownNumber]
    /// How many records within the scope say so.
    public let records: Int
}
