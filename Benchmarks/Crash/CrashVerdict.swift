import Access
import Database
import Foundation

/// What a database holds of what was sent, compared with what was answered.
struct CrashVerdict {
    var lost: [String] = []
    var doubled: [String] = []
    /// Refused, or cut off and never sent again, and stored all the same.
    var unwanted: [String] = []
    var problems: [String] = []

    var isClean: Bool { lost.isEmpty && doubled.isEmpty && unwanted.isEmpty && problems.isEmpty }

    /// Reads a database that a server may be running on.
    init(_ ledger: CrashLedger, in store: any DataStore, expecting head: String?) async throws {
        let entries = ledger.entries
        let stored = try await store.read { try Self.stored(on: $0) }
        for entry in entries {
            let count = stored[entry.kind]?[entry.mark] ?? 0
            let name = "\(entry.kind.rawValue): \(entry.mark)"
            switch entry.fate {
            case .accepted where count == 0: lost.append(name)
            case .accepted: break
            case .refused, .cutOff: if count > 0 { unwanted.append(name) }
            }
            if count > 1 { doubled.append(name) }
        }
        let marks = Dictionary(grouping: entries, by: \.kind).mapValues { Set($0.map(\.mark)) }
        for (kind, found) in stored {
            unwanted += found.keys.filter { marks[kind]?.contains($0) != true }.map {
                "\(kind.rawValue): \($0), never sent"
            }
        }
        problems += try await store.read { try Self.halves(on: $0) + $0.integrityProblems() }
        let audit = try await AuditTrail.verify(expecting: [head].compactMap(\.self), in: store)
        problems += audit.problems.map { "audit entry \($0.sequence): \($0.reason)" }
        self.head = audit.head
    }

    /// Of the audit trail; the next look must still find it.
    let head: String

    /// How often each mark stands where its kind is stored.
    private static func stored(on connection: any SQLConnection) throws -> [CrashLedger.Kind: [String: Int]] {
        func counts(_ sql: String) throws -> [String: Int] {
            var counts: [String: Int] = [:]
            try connection.forEachRow(sql, []) { counts[try $0.text("mark")] = try $0.integer("number") }
            return counts
        }
        func events(_ kinds: String) throws -> [String: Int] {
            try counts(
                """
                SELECT note AS mark, COUNT(*) AS number FROM instance_event WHERE note LIKE 'sập-%' AND kind IN (\(kinds))
                GROUP BY note
                """)
        }
        return [
            .handIn: try events("'submitted'"), .decision: try events("'accepted', 'returned'"),
            .product: try counts(
                "SELECT summary AS mark, COUNT(*) AS number FROM product WHERE summary LIKE 'sập-%' GROUP BY summary"),
            .upload: try counts(
                "SELECT source AS mark, COUNT(*) AS number FROM figure_upload WHERE source LIKE 'sập-%' GROUP BY source"
            ),
            .taking: try counts(
                "SELECT source AS mark, COUNT(*) AS number FROM figure_batch WHERE source LIKE 'sập-%' GROUP BY source"),
        ]
    }

    /// What would be there if a transaction had been carried out by half.
    private static func halves(on connection: any SQLConnection) throws -> [String] {
        var found: [String] = []
        func look(_ what: String, _ sql: String) throws {
            try connection.forEachRow(sql, []) { found.append("\(what): \(try $0.text("name"))") }
        }
        try look(
            "work whose state is not its last event's",
            """
            SELECT i.id AS name FROM task_instance i WHERE i.task = 'I.5' AND i.state <> COALESCE((
                SELECT e.kind FROM instance_event e WHERE e.instance = i.id
                    AND e.kind IN ('submitted', 'returned', 'accepted') ORDER BY e.id DESC LIMIT 1), 'none')
            """)
        try look(
            "work with two products in one place",
            """
            SELECT MIN(instance) AS name FROM product WHERE replaced_at IS NULL GROUP BY instance, slot HAVING COUNT(*) > 1
            """)
        try look(
            "a product without its file",
            """
            SELECT p.summary AS name FROM product p WHERE p.summary LIKE 'sập-%'
                AND NOT EXISTS (SELECT 1 FROM stored_file_part s WHERE s.file = p.file)
            """)
        try look(
            "a batch without all its figures",
            """
            SELECT b.source AS name FROM figure_batch b WHERE b.source LIKE 'sập-%'
                AND b.figures <> (SELECT COUNT(*) FROM figure_entry e WHERE e.batch = b.number)
            """)
        try look(
            "a file that nothing names",
            """
            SELECT f.name FROM stored_file f WHERE NOT EXISTS (SELECT 1 FROM product p WHERE p.file = f.id)
                AND NOT EXISTS (SELECT 1 FROM figure_upload u WHERE u.file = f.id)
                AND NOT EXISTS (SELECT 1 FROM figure_batch b WHERE b.file = f.id)
            """)
        // Bytes follow from the mark.
        let products = try connection.rows(
            "SELECT summary, file FROM product WHERE summary LIKE 'sập-%' AND replaced_at IS NULL")
        for product in products {
            var bytes: [UInt8] = []
            try connection.forEachRow(
                "SELECT bytes FROM stored_file_part WHERE file = ? ORDER BY position", [try product.value("file")]
            ) { bytes += try $0.bytes("bytes") }
            let mark = try product.text("summary")
            if bytes != CrashCrowd.document(mark) { found.append("other bytes than were sent: \(mark)") }
        }
        return found
    }
}
