public import Database
public import Kernel

// Words of old entries that nobody may read any more. The entries themselves cannot be changed: whoever reads the database
// itself still finds them (docs/decisions/0048).
extension AuditTrail {
    /// Hides every occurrence of some words in what is told of some things. What reads the trail gets other words in their
    /// place; only the chain's own check reads what is stored. Part of the caller's transaction.
    /// - Parameters:
    ///   - subjects: whose entries may hold the words.
    ///   - replacement: in Vietnamese.
    /// - Returns: in how many entries they stood.
    @discardableResult
    public static func mask(
        _ words: String, in subjects: some Sequence<Subject>, as replacement: String, on connection: any SQLConnection
    ) throws -> Int {
        guard !words.isEmpty else { return 0 }
        let hidden = Array(words.unicodeScalars)
        var masked = 0
        for subject in Set(subjects.map(\.text)).sorted() {
            for row in try connection.rows("SELECT sequence, detail FROM audit_entry WHERE subject = ?", subject) {
                let places = AuditMask.places(of: hidden, in: Array(try row.text("detail").unicodeScalars))
                let sequence = try row.integer("sequence")
                for place in places {
                    try connection.execute(
                        """
                        INSERT INTO audit_mask (sequence, place, length, words) VALUES (?, ?, ?, ?)
                        ON CONFLICT (sequence, place) DO NOTHING
                        """, sequence, place, hidden.count, replacement)
                }
                if !places.isEmpty { masked += 1 }
            }
        }
        return masked
    }

    /// Hides all that some deeds told of some things, where the words that may not be read are known no more.
    /// - Returns: in how many entries.
    public static func maskAll(
        ofActions actions: Set<String>, in subjects: some Sequence<Subject>, as replacement: String,
        on connection: any SQLConnection
    ) throws -> Int {
        var masked = 0
        for subject in Set(subjects.map(\.text)).sorted() {
            for row in try connection.rows(
                "SELECT sequence, action, detail FROM audit_entry WHERE subject = ?", subject)
            {
                let length = try row.text("detail").unicodeScalars.count
                guard length > 0, actions.contains(try row.text("action")) else { continue }
                masked += try connection.execute(
                    """
                    INSERT INTO audit_mask (sequence, place, length, words) VALUES (?, 0, ?, ?)
                    ON CONFLICT (sequence, place) DO NOTHING
                    """, try row.integer("sequence"), length, replacement)
            }
        }
        return masked
    }

    /// Entries as people may read them.
    static func masked(_ entries: [AuditEntry], on connection: any SQLConnection) throws -> [AuditEntry] {
        guard let last = entries.map(\.sequence).max(), let first = entries.map(\.sequence).min() else { return [] }
        let masks = Dictionary(
            grouping: try connection.rows(
                "SELECT * FROM audit_mask WHERE sequence BETWEEN ? AND ? ORDER BY sequence, place", first, last
            ).map(AuditMask.init), by: \.sequence)
        guard !masks.isEmpty else { return entries }
        return entries.map { entry in
            guard let hidden = masks[entry.sequence] else { return entry }
            var entry = entry
            entry.detail = AuditMask.apply(hidden, to: entry.detail)
            return entry
        }
    }
}

/// Words hidden in one entry's detail, by where they stand: the words themselves are kept nowhere else.
struct AuditMask: Sendable, Equatable {
    let sequence: Int
    /// Of the first scalar.
    let place: Int
    /// In scalars.
    let length: Int
    /// What is read instead.
    let words: String

    init(_ row: SQLRow) throws {
        sequence = try row.integer("sequence")
        place = try row.integer("place")
        length = try row.integer("length")
        words = try row.text("words")
    }

    static func places(of hidden: [Unicode.Scalar], in detail: [Unicode.Scalar]) -> [Int] {
        var places: [Int] = []
        var place = 0
        while place + hidden.count <= detail.count {
            if detail[place..<place + hidden.count].elementsEqual(hidden) {
                places.append(place)
                place += hidden.count
            } else {
                place += 1
            }
        }
        return places
    }

    /// - Parameter masks: of the entry, in the order of their places; of two that overlap, the later hides what the first left.
    static func apply(_ masks: [AuditMask], to detail: String) -> String {
        let scalars = Array(detail.unicodeScalars)
        var shown = String.UnicodeScalarView()
        var read = 0
        for mask in masks where mask.place + mask.length > read {
            let begin = min(max(mask.place, read), scalars.count)
            shown.append(contentsOf: scalars[min(read, begin)..<begin])
            shown.append(contentsOf: mask.words.unicodeScalars)
            read = min(mask.place + mask.length, scalars.count)
        }
        shown.append(contentsOf: scalars[read...])
        return String(shown)
    }
}
