public import Access
import Database
import Kernel
import Synchronization

/// How much waits for each person: the number that stands on every page, so on a busy morning it is asked for sixty times a
/// second while ten things are saved. It is worked out anew where something that concerns this person's units was changed, or
/// the day is another; what others save costs one look at the trail for all people together. While somebody's is being worked
/// out, whoever has not just saved anything gets what held at most a second ago (docs/decisions/0026).
public final class DayCounts: Sendable {
    private struct Entry {
        let viewer: Viewer
        let today: Day
        /// Of the kinds that are looked at whole.
        let watched: [Int]
        /// Of the kinds that are followed, and up to which entry of the trail nothing of this person's was changed.
        var followed: [Int]
        var sequence: Int
        /// When somebody last began to see whether it still holds.
        var looked: ContinuousClock.Instant
        let count: Int
    }

    private struct State {
        var entries: [RecordID: Entry] = [:]
        /// How many are just now being looked at anew.
        var makers = 0
    }

    private enum Step {
        case known(Int)
        /// Nothing else can have changed it but what the trail tells.
        case follow(Entry)
        case make
    }

    private static let longestLag = Duration.seconds(1)

    private let days: DayService
    private let trail: DayTrail
    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: how many people's are kept; when full, all are dropped.
    public init(_ days: DayService, capacity: Int = 2_000) {
        self.days = days
        self.capacity = capacity
        trail = DayTrail(days.sources)
    }

    /// - Parameters:
    ///   - revisions: as they were when the person's request came in.
    ///   - mustBeCurrent: for whoever has just saved something.
    public func count(
        for viewer: Viewer, at revisions: Revisions, mustBeCurrent: Bool = false
    ) async throws -> Int {
        let today = days.clock.today
        let watched = revisions.of(days.watched(by: viewer))
        let followed = revisions.of(trail.kinds)
        let step = step(viewer, today, watched, followed, mustBeCurrent)
        if case .known(let count) = step { return count }
        defer { state.withLock { $0.makers -= 1 } }
        if case .follow(let known) = step,
            let sequence = try await trail.unconcerned(
                viewer.dayUnits, after: known.sequence, upTo: followed, in: days.store)
        {
            state.withLock { state in
                // Somebody may have worked it out anew meanwhile.
                guard state.entries[viewer.account]?.sequence == known.sequence else { return }
                state.entries[viewer.account]?.followed = followed
                state.entries[viewer.account]?.sequence = sequence
            }
            return known.count
        }
        let (sequence, revision, count) = try await days.store.read { connection in
            // Read first: the list holds all that they count.
            let revision = try Revisions.read(on: connection).of(self.trail.kinds)
            let sequence = try AuditTrail.lastSequence(on: connection)
            return (sequence, revision, try self.days.count(of: viewer, on: connection))
        }
        trail.begin(at: sequence, revision)
        let entry = Entry(
            viewer: viewer, today: today, watched: watched, followed: followed, sequence: sequence, looked: .now,
            count: count)
        state.withLock { state in
            if state.entries.count >= capacity { state.entries = [:] }
            state.entries[viewer.account] = entry
        }
        return count
    }

    private func step(
        _ viewer: Viewer, _ today: Day, _ watched: [Int], _ followed: [Int], _ mustBeCurrent: Bool
    ) -> Step {
        let now = ContinuousClock.now
        return state.withLock { state in
            guard let known = state.entries[viewer.account], known.today == today, known.viewer.isCounted(as: viewer)
            else {
                state.makers += 1
                return .make
            }
            let isWatched = known.watched == watched
            if isWatched, known.followed == followed { return .known(known.count) }
            if !mustBeCurrent, state.makers > 0, now - known.looked <= Self.longestLag { return .known(known.count) }
            state.makers += 1
            state.entries[viewer.account]?.looked = now
            return isWatched ? .follow(known) : .make
        }
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
