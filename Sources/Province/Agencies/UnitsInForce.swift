public import Database
import Synchronization

/// The many units of the province's agencies as they stand now: of each agency the list that was loaded on screen, and
/// where none was, that of the province's folder.
///
/// Whoever decides something by them inside a transaction reads them there (``read(on:)``); pages look at what was read
/// last, which every request refreshes when the plan has changed.
public final class UnitsInForce: Sendable {
    /// As the folder has them.
    public let folder: AgencyUnits
    private let kept: Mutex<(units: AgencyUnits, revision: [Int])>

    public init(folder: AgencyUnits) {
        self.folder = folder
        kept = Mutex((folder, []))
    }

    /// As they were read last.
    public var now: AgencyUnits { kept.withLock(\.units) }

    /// As the database has them.
    public func read(on connection: any SQLConnection) throws -> AgencyUnits {
        folder.with(try StoredUnits.lists(on: connection))
    }

    /// Reads them anew, unless that was done under this revision already.
    /// - Parameter revision: moves with every change of the lists, whichever program makes it.
    public func refresh(from store: any DataStore, revision: [Int]) async throws {
        guard kept.withLock({ $0.revision != revision }) else { return }
        let units = try await store.read { try self.read(on: $0) }
        kept.withLock { $0 = (units, revision) }
    }

    /// Reads them anew.
    public func refresh(from store: any DataStore) async throws {
        let units = try await store.read { try self.read(on: $0) }
        kept.withLock { $0 = (units, []) }
    }
}
