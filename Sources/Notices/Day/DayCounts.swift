public import Access
import Database
import Kernel
import Synchronization

/// How much waits for each person: the number that stands on every page, so on a busy morning it is asked for sixty times a
/// second while ten things are saved. It is worked out anew where something that concerns this person's units was changed, or
/// the day is another; what others save costs one look at the trail for all people together.
public final class DayCounts: Sendable {
    private struct Entry {
        let viewer: Viewer
        let today: Day
        /// Of the kinds that are looked at whole.
        let watched: [Int]
        /// Of the kinds that are followed, and up to which entry of the trail nothing of this person's was changed.
        var followed: [Int]
        var sequence: Int
        let count: Int
    }

    private let days: DayService
    private let trail: DayTrail
    private let capacity: Int
    private let entries = Mutex<[RecordID: Entry]>([:])

    /// - Parameter capacity: how many people's are kept; when full, all are dropped.
    public init(_ days: DayService, capacity: Int = 2_000) {
        self.days = days
        self.capacity = capacity
        trail = DayTrail(days.sources)
    }

    /// - Parameter revisions: as they were when the person's request came in.
    public func count(for viewer: Viewer, at revisions: Revisions) async throws -> Int {
        let today = days.clock.today
        let watched = revisions.of(days.watched(by: viewer))
        let followed = revisions.of(trail.kinds)
        if let known = entries.withLock({ $0[viewer.account] }), known.today == today, known.watched == watched,
            known.viewer.isCounted(as: viewer)
        {
            if known.followed == followed { return known.count }
            if let sequence = try await trail.unconcerned(
                viewer.dayUnits, after: known.sequence, upTo: followed, in: days.store)
            {
                entries.withLock { entries in
                    // Somebody may have worked it out anew meanwhile.
                    guard entries[viewer.account]?.sequence == known.sequence else { return }
                    entries[viewer.account]?.followed = followed
                    entries[viewer.account]?.sequence = sequence
                }
                return known.count
            }
        }
        let (sequence, revision, count) = try await days.store.read { connection in
            // Read first: the list holds all that they count.
            let revision = try Revisions.read(on: connection).of(self.trail.kinds)
            let sequence = try AuditTrail.lastSequence(on: connection)
            return (sequence, revision, try self.days.list(of: viewer, on: connection).items.count)
        }
        trail.begin(at: sequence, revision)
        entries.withLock { entries in
            if entries.count >= capacity { entries = [:] }
            entries[viewer.account] = Entry(
                viewer: viewer, today: today, watched: watched, followed: followed, sequence: sequence, count: count)
        }
        return count
    }
}

extension Viewer {
    /// The units, by their codes, whose changes may alter what waits for this person.
    fileprivate var dayUnits: Set<String> {
        Set(ownUnits.map(\.text) + [agency.map { UnitCode.agency($0).text }].compactMap(\.self))
    }

    /// Whether both see the same: another role, agency or area of the account sees other notices and other work.
    public func isCounted(as other: Viewer) -> Bool {
        role == other.role && agency == other.agency && unit == other.unit && communes == other.communes
            && residentialGroup == other.residentialGroup && rights == other.rights
    }
}
