import Database
import Kernel

// The three sentences somebody meets on the first page, until they are put away.
extension AccessService {
    /// Whether a person has put the tour away.
    public func hasPutAwayTour(_ viewer: Viewer) async throws -> Bool {
        try await store.read { connection in
            try !connection.rows("SELECT 1 AS one FROM tour_seen WHERE account = ?", viewer.account).isEmpty
        }
    }

    /// Puts the tour away for ever, or calls it back; twice is once.
    public func putAwayTour(_ away: Bool, by viewer: Viewer) async throws {
        let now = clock.now
        try await store.write { connection in
            guard away else {
                try connection.execute("DELETE FROM tour_seen WHERE account = ?", viewer.account)
                return
            }
            try connection.execute(
                "INSERT INTO tour_seen (account, at) VALUES (?, ?) ON CONFLICT (account) DO NOTHING", viewer.account,
                now)
        }
    }
}
