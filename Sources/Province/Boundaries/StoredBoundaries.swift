public import Database
public import Kernel

/// Borders loaded on screen, over those of the province's folder: of what was taken the last holds.
public enum StoredBoundaries {
    /// A file that was sent.
    public struct Loaded: Sendable, Equatable {
        public let id: RecordID
        public let fileName: String
        public let enteredAt: Timestamp
        public let enteredBy: String
        /// Nil until somebody has looked at the map and taken it.
        public let keptAt: Timestamp?
        /// None: the folder's hold again.
        public let boundaries: [Boundary]

        init(_ row: SQLRow) throws {
            id = try row.recordID("id")
            fileName = try row.text("file_name")
            enteredAt = try row.timestamp("entered_at")
            enteredBy = try row.text("entered_by_name")
            keptAt = try row.optionalTimestamp("kept_at")
            boundaries = StoredBoundaries.read(try row.text("content"))
        }
    }

    /// What was taken last; nil when nothing ever was.
    public static func inForce(on connection: any SQLConnection) throws -> Loaded? {
        try connection.row(
            "SELECT * FROM commune_boundaries WHERE kept_at IS NOT NULL ORDER BY kept_at DESC, id DESC LIMIT 1"
        ).map(Loaded.init)
    }

    /// How many were taken: moves with each.
    public static func version(on connection: any SQLConnection) throws -> Int {
        try connection.integer("SELECT COUNT(*) FROM commune_boundaries WHERE kept_at IS NOT NULL") ?? 0
    }

    public static func find(_ id: RecordID, on connection: any SQLConnection) throws -> Loaded? {
        try connection.row("SELECT * FROM commune_boundaries WHERE id = ?", id).map(Loaded.init)
    }

    /// Puts a file aside to be looked at, in the place of any other that waits.
    public static func enter(
        _ boundaries: [Boundary], id: RecordID, fileName: String, at now: Timestamp, account: RecordID, by name: String,
        on connection: any SQLConnection
    ) throws {
        try connection.execute("DELETE FROM commune_boundaries WHERE kept_at IS NULL")
        try connection.execute(
            """
            INSERT INTO commune_boundaries (id, file_name, content, entered_at, entered_by, entered_by_name)
            VALUES (?, ?, ?, ?, ?, ?)
            """, id, fileName, text(of: boundaries), now, account, name)
    }

    public static func keep(_ id: RecordID, at now: Timestamp, on connection: any SQLConnection) throws {
        try connection.execute("UPDATE commune_boundaries SET kept_at = ? WHERE id = ?", now, id)
    }

    public static func drop(_ id: RecordID, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM commune_boundaries WHERE id = ? AND kept_at IS NULL", id)
    }

    /// A line a commune: its code, then its rings parted by `;`, their corners by spaces, in hundred-thousandths of a degree
    /// north and east (a metre).
    static func text(of boundaries: [Boundary]) -> String {
        boundaries.map { boundary in
            let rings = boundary.rings.map { ring in
                ring.map { "\(units($0.latitude)),\(units($0.longitude))" }.joined(separator: " ")
            }
            return "\(boundary.commune);\(rings.joined(separator: ";"))"
        }.joined(separator: "\n")
    }

    static func read(_ text: String) -> [Boundary] {
        text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: ";")
            guard let first = parts.first, let commune = CommuneCode(first) else { return nil }
            let rings = parts.dropFirst().map { ring in
                ring.split(separator: " ").compactMap { corner -> Commune.Point? in
                    let numbers = corner.split(separator: ",").compactMap { Double($0) }
                    guard numbers.count == 2 else { return nil }
                    return Commune.Point(latitude: numbers[0] / 100_000, longitude: numbers[1] / 100_000)
                }
            }
            return Boundary(commune: commune, rings: rings)
        }
    }

    private static func units(_ degrees: Double) -> Int { Int((degrees * 100_000).rounded()) }
}
