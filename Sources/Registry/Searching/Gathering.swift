import Database
import Kernel

/// Who bears the names that are gone through, each once, until there are enough.
struct Gathering {
    let wanted: Int
    let places: FindByName.Places
    let year: Int?
    private(set) var entities: [EntityID] = []
    private var seen: Set<EntityID> = []

    init(wanted: Int, places: FindByName.Places, year: Int?) {
        (self.wanted, self.places, self.year) = (wanted, places, year)
    }

    var isFull: Bool { entities.count >= wanted }

    /// Names at once: more where nobody bears them who is looked for. The statement of each size keeps its text.
    private var size = 16

    mutating func add(_ names: [NameHash], on connection: any SQLConnection) throws {
        var rest = names[...]
        while !rest.isEmpty, !isFull {
            let part = Array(rest.prefix(names.count == 1 ? 1 : size)).sorted()
            rest = rest.dropFirst(part.count)
            let before = entities.count
            try take(part, on: connection)
            if entities.count == before { size = min(size * 4, 256) }
        }
    }

    private mutating func take(_ names: [NameHash], on connection: any SQLConnection) throws {
        let marks = names.count == 1 ? 1 : size
        let filled = names + Array(repeating: names[names.count - 1], count: marks - names.count)
        try gather(
            "name IN (\(Self.marks(marks)))", filled.map(\.number.sqlValue), by: "name, year, commune, entity",
            on: connection)
    }

    /// By which of a person's forms of the name the index leads.
    enum Form: String {
        case spoken, called
    }

    /// Those whose name is one of few.
    mutating func add(_ form: Form, anyOf texts: [String], on connection: any SQLConnection) throws {
        try gather(
            "\(form) IN (\(Self.marks(texts.count)))", texts.map { .bytes(Array($0.utf8)) },
            by: "\(form), year, commune, entity", on: connection)
    }

    /// Those whose name begins with a text.
    /// - Parameter word: the last of the form; any where none is given.
    mutating func add(
        _ form: Form, from text: String, endingWith word: String? = nil, on connection: any SQLConnection
    ) throws {
        let from = Array(text.utf8)
        var (sql, values) = ("\(form) >= ? AND \(form) < ?", [SQLValue.bytes(from), .bytes(NameTerms.end(of: from))])
        if let word {
            let end = Array(" \(word)".utf8)
            sql += " AND substr(\(form), length(\(form)) - \(end.count - 1)) = ?"
            values.append(.bytes(end))
        }
        try gather(sql, values, by: "\(form), year, commune, entity", on: connection)
    }

    /// Takes rows until there are enough, in the same order each time.
    private mutating func gather(
        _ condition: String, _ given: [SQLValue], by order: String, on connection: any SQLConnection
    ) throws {
        guard !isFull else { return }
        var (sql, values) = ("SELECT entity FROM searched_name WHERE \(condition)", given)
        if let year {
            sql += " AND year = ?"
            values.append(year.sqlValue)
        }
        if let communes = places.communes {
            sql += " AND commune IN (\(Self.marks(communes.count)))"
            values += communes.map(\.sqlValue)
        }
        // One person may stand in several rows: of several communes, or with several years.
        var most = (wanted - entities.count) * 2
        while true {
            var rows: [EntityID] = []
            try connection.forEachRow("\(sql) ORDER BY \(order) LIMIT ?", values + [most.sqlValue]) { row in
                rows.append(try row.entity("entity"))
            }
            for entity in rows where seen.insert(entity).inserted { entities.append(entity) }
            if rows.count < most || isFull { return }
            most *= 4
        }
    }

    private static func marks(_ count: Int) -> String {
        Array(repeating: "?", count: count).joined(separator: ", ")
    }
}
