public import Database

extension AuditTrail {
    /// Sequence and hash of the last entry, as recorded: `1234:ab12…`. Tells nothing of whether the chain is whole;
    /// ``verify(expecting:in:)`` does.
    public static func recordedHead(on connection: any SQLConnection) throws -> String {
        guard let row = try connection.row("SELECT sequence, hash FROM audit_head WHERE one = 1") else {
            return "0:\(origin)"
        }
        return "\(try row.integer("sequence")):\(try row.text("hash"))"
    }
}
