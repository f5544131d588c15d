import Database
public import Formats
public import Kernel
import Vault

/// A record as it is kept, its numbers opened.
public struct StoredRecord: Sendable, Equatable {
    public let place: RecordPlace
    /// Nil where the row names none.
    public let commune: CommuneCode?
    public let sheet: String
    public let line: Int
    public let kind: RecordKind
    public let values: RecordValues
    public let repairs: [Repair]

    /// - Throws: ``VaultError`` for a sealed part that no key at hand opens.
    init(_ row: SQLRow, keys: NumberKeys?) throws {
        place = try row.place("place")
        commune = CommuneCode(try row.text("commune"))
        sheet = try row.text("sheet")
        line = try row.integer("line")
        kind = try row.choice("kind")
        let contents = try Self.contents(row, keys: keys)
        (values, repairs) = (contents.values, contents.repairs)
    }

    /// What stands open of it; where no key is at hand.
    init(openPartOf row: SQLRow) throws {
        place = try row.place("place")
        commune = CommuneCode(try row.text("commune"))
        sheet = try row.text("sheet")
        line = try row.integer("line")
        kind = try row.choice("kind")
        (values, repairs) = (try RecordValues(json: try row.text("fields")), [])
    }

    /// The same with other values, and nothing of what was put right.
    init(_ record: StoredRecord, values: RecordValues) {
        (place, commune, sheet, line, kind) = (record.place, record.commune, record.sheet, record.line, record.kind)
        (self.values, repairs) = (values, [])
    }

    static func contents(_ row: SQLRow, keys: NumberKeys?) throws -> RecordContents {
        try RecordContents(open: try row.text("fields"), sealed: try opened(row, keys: keys))
    }

    private static func opened(_ row: SQLRow, keys: NumberKeys?) throws -> [UInt8]? {
        guard let sealed = try sealed(row) else { return nil }
        let place = RecordDraft.sealPlace(try row.place("place"))
        guard let keys else { throw VaultError.unknownKey(id: sealed.key, place: place) }
        return try keys.open(sealed, for: place)
    }

    static func sealed(_ row: SQLRow) throws -> SealedText? {
        guard try row.value("sealed") != .null else { return nil }
        let bytes = try row.bytes("sealed")
        guard let sealed = SealedText(bytes) else {
            throw VaultError.damaged(place: RecordDraft.sealPlace(try row.place("place")))
        }
        return sealed
    }

    /// The tokens under the key that seals now, by which records are comparable; those of a record that an earlier key sealed are
    /// made anew from its numbers.
    static func presentTokens(_ row: SQLRow, keys: NumberKeys?) throws -> [NamedToken] {
        guard let sealed = try sealed(row), let keys, sealed.key != keys.ids.first else {
            return try NamedToken.all(in: row)
        }
        let current = try keys.current()
        let name = try row.text("name")
        return PlainNumber.all(in: try contents(row, keys: keys).values, of: try row.choice("kind"))
            .filter(\.kind.identifies).map { NamedToken(token: $0.token(current), name: name) }
    }
}
