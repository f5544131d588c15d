import Database

/// The part of the compact index that a chunk needs: under which names its numbers are known, and of whom.
struct IdentityIndex {
    struct Known: Sendable {
        let name: String
        let entity: EntityID
    }

    private var entries: [NumberToken: [Known]] = [:]
    private var added: [(token: NumberToken, known: Known)] = []

    init(of tokens: some Sequence<NumberToken>, on connection: any SQLConnection) throws {
        try ManyKeys.forEachRow(
            "SELECT number, name, entity FROM identity WHERE number IN ({keys})", tokens.map { .bytes($0.bytes) },
            on: connection
        ) { row in
            entries[NumberToken(bytes: try row.bytes("number")), default: []].append(
                Known(name: try row.text("name"), entity: try row.entity("entity")))
        }
    }

    func known(_ token: NumberToken) -> [Known] { entries[token] ?? [] }

    /// Notes that a number came under a name, once.
    mutating func add(_ token: NumberToken, name: String, entity: EntityID) {
        guard !known(token).contains(where: { $0.name == name }) else { return }
        let new = Known(name: name, entity: entity)
        entries[token, default: []].append(new)
        added.append((token, new))
    }

    func storeAdded(_ unions: EntityUnions, on connection: any SQLConnection) throws {
        _ = try connection.load(
            "identity", columns: ["number", "name", "entity"],
            rows: added.lazy.map { token, known in
                [.bytes(token.bytes), .text(known.name), unions.present(known.entity).sqlValue]
            })
    }

    /// Notes whose a number is under a name, whether or not it stood there.
    static func set(
        _ token: NumberToken, name: String, to entity: EntityID, on connection: any SQLConnection
    ) throws {
        let changed = try connection.execute(
            "UPDATE identity SET entity = ? WHERE number = ? AND name = ?", entity, token.bytes, name)
        guard changed == 0 else { return }
        try connection.execute(
            "INSERT INTO identity (number, name, entity) VALUES (?, ?, ?)", token.bytes, name, entity)
    }

    /// With the name in its key the index was twice as large, and numbers fall all over it. A number stands under a few names;
    /// that each stands once is seen to by ``add(_:name:entity:)``, which has read what is there.
    static let migration = Migration(
        module: "registry-identity", number: 1, name: "numbers by themselves in the index of identity",
        statements: [
            "CREATE TABLE identity_by_number (number BYTEA NOT NULL, name TEXT NOT NULL, entity BIGINT NOT NULL)",
            "INSERT INTO identity_by_number (number, name, entity) SELECT number, name, entity FROM identity",
            "DROP TABLE identity", "ALTER TABLE identity_by_number RENAME TO identity",
            "CREATE INDEX identity_number ON identity (number)",
        ])
}
