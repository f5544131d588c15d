public import Database
import Kernel
import Synchronization

/// The many units of the province's agencies as they stand now, and who agencies are in documents: of each agency what was
/// loaded or stated on screen, and where nothing was, what the province's folder says.
///
/// Whoever decides something by them inside a transaction reads them there (``read(on:)``); pages look at what was read
/// last, which every request refreshes when the plan has changed.
public final class UnitsInForce: Sendable {
    /// As the folder has them.
    public let folder: AgencyUnits
    private let kept: Mutex<(units: AgencyUnits, identities: StatedIdentities, revision: [Int])>

    public init(folder: AgencyUnits, identities: StatedIdentities = StatedIdentities()) {
        self.folder = folder
        kept = Mutex((folder, identities, []))
    }

    /// As they were read last.
    public var now: AgencyUnits { kept.withLock(\.units) }

    /// What was stated on screen, as it was read last.
    public var identities: StatedIdentities { kept.withLock(\.identities) }

    /// As the database has them.
    public func read(on connection: any SQLConnection) throws -> AgencyUnits {
        folder.with(try StoredUnits.lists(on: connection))
    }

    /// Reads them anew, unless that was done under this revision already.
    /// - Parameter revision: moves with every change of the lists, whichever program makes it.
    public func refresh(from store: any DataStore, revision: [Int]) async throws {
        guard kept.withLock({ $0.revision != revision }) else { return }
        let found = try await store.read { (try self.read(on: $0), try StoredIdentities.read(on: $0)) }
        kept.withLock { $0 = (found.0, found.1, revision) }
    }

    /// Reads them anew.
    public func refresh(from store: any DataStore) async throws {
        let found = try await store.read { (try self.read(on: $0), try StoredIdentities.read(on: $0)) }
        kept.withLock { $0 = (found.0, found.1, []) }
    }
}
