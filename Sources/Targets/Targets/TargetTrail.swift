import Access
public import Database

/// Targets held against the audit trail.
public enum TargetTrail {
    /// Deeds that give targets, mend their decision or take it back.
    private static let sealing = [
        "targets.loaded", "allocation.decided", "allocation.corrected", "allocation.reopened",
    ]

    /// What the newest deed that gave targets says differs from the targets stored; empty when nothing does.
    public static func problems(on connection: any SQLConnection) throws -> [String] {
        guard let deed = try AuditTrail.sealedDeeds(sealing, on: connection).last,
            try CommuneTarget.seal(on: connection) != deed.seal
        else { return [] }
        return ["targets: differ from what entry \(deed.sequence) of the trail sealed (\(deed.action) \(deed.subject))"]
    }
}
