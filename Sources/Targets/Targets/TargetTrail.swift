import Access
public import Database

/// Targets held against the audit trail.
public enum TargetTrail {
    /// What the newest deed that gave targets says differs from the targets stored; empty when nothing does.
    public static func problems(on connection: any SQLConnection) throws -> [String] {
        guard let deed = try AuditTrail.sealedDeeds(["targets.loaded", "allocation.decided"], on: connection).last,
            try CommuneTarget.seal(on: connection) != deed.seal
        else { return [] }
        return ["targets: differ from what entry \(deed.sequence) of the trail sealed (\(deed.action) \(deed.subject))"]
    }
}
