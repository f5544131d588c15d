import Access
public import Database
public import Files
public import Formats
public import Jobs
public import Kernel
public import Province
public import Registry
public import Vault

/// Deliveries of agencies: received, kept as records, replaced, withdrawn.
public struct DeliveryService: Sendable {
    public let store: any DataStore
    public let clock: Clock
    /// Nil where the server has none: then nothing is received, and everything else goes on.
    public let keys: NumberKeys?
    /// By key.
    public let formats: [String: Format]
    let finder: CommuneFinder?
    let scratch: ScratchFolder
    /// When records without a common number are one person's.
    public let linking: Linking
    /// Whether the province has such an agency, unit or commune.
    let knows: @Sendable (UnitCode) -> Bool

    public init(
        store: any DataStore, clock: Clock, keys: NumberKeys?, formats: [String: Format], finder: CommuneFinder?,
        scratch: ScratchFolder, linking: Linking = Linking(), knows: @escaping @Sendable (UnitCode) -> Bool
    ) {
        (self.store, self.clock, self.keys, self.formats) = (store, clock, keys, formats)
        (self.finder, self.scratch, self.linking, self.knows) = (finder, scratch, linking, knows)
    }

    public var jobKinds: [JobKind] {
        [receiving, withdrawing, turningKeys, trainingLinks, looking, deliveringUploads, destroying, destroyingDue]
    }

    /// By number, receipt (`12/2026`) or code.
    public func delivery(_ name: String) async throws -> Delivery {
        try await store.read { try Deliveries.find(named: name, on: $0) }
    }

    /// The latest first.
    public func latest(_ limit: Int) async throws -> [Delivery] {
        try await store.read { connection in
            try connection.rows("SELECT * FROM delivery ORDER BY number DESC LIMIT ?", limit).map { try Delivery($0) }
        }
    }

    public func events(of delivery: Int) async throws -> [Delivery.Event] {
        try await store.read { try Deliveries.events(of: delivery, on: $0) }
    }
}
