public import Database
import Kernel
import Synchronization

/// The many units of the province's agencies as they stand now, who agencies are in documents, and the communes' borders on the
/// map: what was loaded or stated on screen, and where nothing was, what the province's folder says.
///
/// Whoever decides something by them inside a transaction reads them there (``read(on:)``); pages look at what was read
/// last, which every request refreshes when the plan has changed.
public final class UnitsInForce: Sendable {
    /// As the folder has them.
    public let folder: AgencyUnits
    private let kept: Mutex<Kept>

    private struct Kept {
        var units: AgencyUnits
        var identities: StatedIdentities
        var boundaries: [Boundary] = []
        var revision: [Int] = []
    }

    public init(folder: AgencyUnits, identities: StatedIdentities = StatedIdentities()) {
        self.folder = folder
        kept = Mutex(Kept(units: folder, identities: identities))
    }

    /// As they were read last.
    public var now: AgencyUnits { kept.withLock(\.units) }

    /// What was stated on screen, as it was read last.
    public var identities: StatedIdentities { kept.withLock(\.identities) }

    /// Borders that were loaded on screen, as they were read last; none where the folder's hold.
    public var boundaries: [Boundary] { kept.withLock(\.boundaries) }

    /// As the database has them.
    public func read(on connection: any SQLConnection) throws -> AgencyUnits {
        folder.with(try StoredUnits.lists(on: connection))
    }

    /// Reads them anew, unless that was done under this revision already.
    /// - Parameter revision: moves with every change of the lists, whichever program makes it.
    public func refresh(from store: any DataStore, revision: [Int]) async throws {
        guard kept.withLock({ $0.revision != revision }) else { return }
        try await take(from: store, revision)
    }

    /// Reads them anew.
    public func refresh(from store: any DataStore) async throws {
        try await take(from: store, [])
    }

    private func take(from store: any DataStore, _ revision: [Int]) async throws {
        let found = try await store.read { connection in
            Kept(
                units: try self.read(on: connection), identities: try StoredIdentities.read(on: connection),
                boundaries: try StoredBoundaries.inForce(on: connection)?.boundaries ?? [], revision: revision)
        }
        kept.withLock { $0 = found }
    }
}
