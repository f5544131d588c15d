import Database

extension Outbox {
    /// Letters with an address that wait to be sent, and those given up.
    public func counts() async throws -> (waiting: Int, givenUp: Int) {
        try await store.read { connection in
            func count(_ tries: String) throws -> Int {
                try connection.integer(
                    "SELECT COUNT(*) FROM letter WHERE sent_at IS NULL AND recipient IS NOT NULL AND attempts \(tries)")
                    ?? 0
            }
            return (try count("< 5"), try count(">= 5"))
        }
    }
}
