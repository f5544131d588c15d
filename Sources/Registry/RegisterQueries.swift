public import Access
public import Database
public import Formats
public import Kernel
public import Vault

extension Right {
    public static let openRecords = Right(
        "registry.open", "Mở bản ghi của người và đơn vị trong sổ đăng ký, thuộc địa bàn mình", guardsPeople: true)
    public static let openAllRecords = Right(
        "registry.open-all", "Mở bản ghi của người và đơn vị ở mọi địa bàn", guardsPeople: true)
}

extension Viewer {
    /// Whose records a person may open: of the own communes, of all with the right to all. Records that name no commune are
    /// opened with that right alone.
    public var recordScope: Scope { scope(of: .openRecords, everything: .openAllRecords) }
}

extension Subject.Kind {
    /// A person or an employer of the register.
    public static let entity = Self("entity")
    /// The register as a whole; the key is that of what was done.
    public static let register = Self("register")
}

/// What the register tells of its persons and employers. Whoever asks says whose (``Scope``).
public enum RegisterQueries {
    /// How many persons or employers have a record in these communes.
    public static func count(
        _ subject: RecordKind.Subject, within scope: Scope, on connection: any SQLConnection
    ) throws -> Int {
        let bound = Bound(scope)
        return try connection.rows(
            "SELECT COUNT(DISTINCT entity) AS number FROM membership WHERE subject = ?\(bound.sql("commune"))",
            [subject.rawValue.sqlValue] + bound.values
        ).first?.integer("number") ?? 0
    }

    /// Who has a number, without opening any: by its blind index under each key.
    public static func entities(
        with number: PlainNumber, within scope: Scope, keys: NumberKeys, on connection: any SQLConnection
    ) throws -> [EntityID] {
        let bound = Bound(scope)
        var found: Set<EntityID> = []
        for key in keys.all() {
            let rows = try connection.rows(
                """
                SELECT DISTINCT i.entity FROM identity i WHERE i.number = ? AND EXISTS (
                    SELECT 1 FROM membership m WHERE m.entity = i.entity\(bound.sql("m.commune")))
                """, [.bytes(number.token(key).bytes)] + bound.values)
            for row in rows { found.insert(try row.entity("entity")) }
        }
        return found.sorted()
    }

    /// The records of a person or employer that lie within the scope, opened. Whoever shows them to people does so through
    /// ``open(_:purpose:by:keys:at:on:)``.
    public static func records(
        of entity: EntityID, within scope: Scope, keys: NumberKeys?, on connection: any SQLConnection
    ) throws -> [StoredRecord] {
        let bound = Bound(scope)
        return try connection.rows(
            """
            SELECT r.* FROM membership m JOIN record r ON r.commune = m.commune AND r.place = m.place
            WHERE m.entity = ?\(bound.sql("m.commune")) ORDER BY m.place
            """, [entity.sqlValue] + bound.values
        ).map { try StoredRecord($0, keys: keys) }
    }

    /// The same for a person who says what for; the audit trail keeps both. Part of the caller's write.
    /// - Throws: a refusal for whoever may not, says no purpose, or asks for somebody outside the own area.
    public static func open(
        _ entity: EntityID, purpose: String, by submission: Submission, keys: NumberKeys?, at now: Timestamp,
        on connection: any SQLConnection
    ) throws -> [StoredRecord] {
        try submission.viewer.require(.openRecords)
        let purpose = VietnameseText.tidy(purpose)
        guard !purpose.isEmpty else {
            throw Refusal(.invalid, "Hãy ghi mục đích xem số định danh, số điện thoại.")
        }
        let keys = try RegisterKeys.require(keys, on: connection)
        let records = try records(of: entity, within: submission.viewer.recordScope, keys: keys, on: connection)
        guard !records.isEmpty else {
            throw Refusal(.notFound, "Không có người hay đơn vị này trong địa bàn của bạn.")
        }
        try AuditTrail.append(
            AuditEvent("registry.opened", subject: Subject(.entity, entity.first.number), detail: purpose),
            by: submission.actor, at: now, on: connection)
        return records
    }

    /// Which person or employer each record in force belongs to, in the order of deliveries and rows.
    public static func forEachMember(
        within scope: Scope, on connection: any SQLConnection,
        _ body: (RecordPlace, _ sheet: String, _ line: Int, RecordKind, EntityID) throws -> Void
    ) throws {
        let bound = Bound(scope)
        try connection.forEachRow(
            """
            SELECT m.place, r.sheet, r.line, r.kind, m.entity FROM membership m
            JOIN record r ON r.commune = m.commune AND r.place = m.place
            WHERE 1 = 1\(bound.sql("m.commune")) ORDER BY m.place
            """, bound.values
        ) { row in
            try body(
                row.place("place"), row.text("sheet"), row.integer("line"), row.choice("kind"), row.entity("entity"))
        }
    }
}

/// A scope as a condition on a column of communes.
struct Bound {
    let communes: [CommuneCode]?

    init(_ scope: Scope) { communes = scope.communes }

    func sql(_ column: String) -> String {
        guard let communes else { return "" }
        if communes.isEmpty { return " AND 1 = 0" }
        return " AND \(column) IN (\(communes.map { _ in "?" }.joined(separator: ", ")))"
    }

    var values: [SQLValue] { communes?.map(\.sqlValue) ?? [] }
}
