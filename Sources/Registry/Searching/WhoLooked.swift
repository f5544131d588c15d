public import Access
public import Database
public import Kernel

extension AuditEvent {
    /// Somebody looked at a person or employer of the register, numbers masked.
    static func looked(at entity: EntityID) -> AuditEvent {
        AuditEvent("registry.looked", subject: entity.subject)
    }
}

extension EntityID {
    /// As audit, papers and links speak of it.
    public var subject: Subject { Subject(.entity, first.number) }

    /// - Returns: nil for what is no person and no employer of the register.
    public init?(_ subject: Subject) {
        guard subject.kind == .entity, let number = Int64(subject.key), number >= 0 else { return nil }
        self.init(first: RecordPlace(number: number))
    }
}

/// Who looked at somebody, by the audit trail: whoever may open persons sees who else did.
public enum WhoLooked {
    /// One look.
    public struct Look: Sendable, Equatable {
        public let at: Timestamp
        public let name: String
        /// Whether numbers were opened; otherwise they were masked.
        public let isOpened: Bool
        /// What the numbers were opened for.
        public let purpose: String
        /// The name that the person or employer had then in the register, where it was merged since.
        public let earlier: EntityID?
    }

    /// A look is noted once in so many seconds for the same viewer: a page that is loaded again is no other look.
    public static let oneLook: Int64 = 900

    /// Notes that somebody looked, numbers masked. Part of the caller's write.
    public static func note(
        _ entity: EntityID, by submission: Submission, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        try submission.viewer.require(.openRecords)
        let last = try AuditTrail.entries(about: entity.subject, limit: 20, on: connection).first {
            $0.actor == submission.viewer.account && $0.action == "registry.looked"
        }
        if let last, now.secondsSinceEpoch - last.at.secondsSinceEpoch < oneLook { return }
        try AuditTrail.append(.looked(at: entity), by: submission.actor, at: now, on: connection)
    }

    /// The latest first, with the looks at those that were merged into this one.
    /// - Parameter scope: nobody is told of looks at somebody who lies outside it.
    public static func all(
        at entity: EntityID, within scope: Scope, limit: Int, on connection: any SQLConnection
    ) throws -> [Look] {
        guard try RegisterQueries.lies(entity, within: scope, on: connection) else { return [] }
        var names: [EntityID] = [entity]
        // Names that became this one, and those that became them.
        var next = 0
        while next < names.count, names.count < 50 {
            for change in try EntityChange.all(of: names[next], on: connection)
            where change.kind == .merged && change.later == names[next] && !names.contains(change.earlier) {
                names.append(change.earlier)
            }
            next += 1
        }
        var looks: [(sequence: Int, look: Look)] = []
        for name in names {
            for entry in try AuditTrail.entries(about: name.subject, limit: limit, on: connection)
            where ["registry.looked", "registry.opened"].contains(entry.action) {
                looks.append(
                    (
                        entry.sequence,
                        Look(
                            at: entry.at, name: entry.actorName, isOpened: entry.action == "registry.opened",
                            purpose: entry.detail, earlier: name == entity ? nil : name)
                    ))
            }
        }
        return looks.sorted { $0.sequence > $1.sequence }.prefix(limit).map(\.look)
    }
}

extension RegisterQueries {
    /// Whether somebody has a record in force within a scope.
    public static func lies(
        _ entity: EntityID, within scope: Scope, on connection: any SQLConnection
    ) throws -> Bool {
        let bound = Bound(scope)
        return try !connection.rows(
            "SELECT 1 AS one FROM membership WHERE entity = ?\(bound.sql("commune")) LIMIT 1",
            [entity.sqlValue] + bound.values
        ).isEmpty
    }
}
