public import Formats
import Foundation
import Kernel
public import Vault

/// A delivered row made ready to be kept: numbers of persons sealed, their blind indexes made. Made outside of transactions.
public struct RecordDraft: Sendable {
    public let place: RecordPlace
    let commune: CommuneCode?
    let sheet: String
    let line: Int
    let kind: RecordKind
    /// As ``NameAgreement`` compares it; empty for employers.
    let name: String
    let fields: String
    let tokens: [NumberToken]
    /// Under keys that were turned: records that are not sealed anew yet are found by these.
    let earlierTokens: [NumberToken]
    let sealed: SealedText?
    /// What it can be compared by where numbers tell nothing.
    let face: LinkFace

    /// - Throws: ``VaultError`` where there is no key.
    public init(_ row: DeliveredRow, at place: RecordPlace, with keys: NumberKeys) throws {
        let all = keys.all()
        guard let current = all.first else { throw VaultError.noKey }
        self.place = place
        (sheet, line, kind) = (row.sheet, row.row, row.kind)
        commune = if case .commune(let code)? = row.values[.commune] { code } else { nil }
        name = row.kind.subject == .person ? NameAgreement.key(row.values.text(.name) ?? "") : ""
        let contents = RecordContents(values: row.values, repairs: row.repairs)
        let numbers = PlainNumber.all(in: row.values, of: row.kind)
        let isSecret = contents.isSecret
        fields = contents.open(isSecret)
        tokens = numbers.map { $0.token(current) }
        earlierTokens = all.dropFirst().flatMap { key in numbers.map { $0.token(key) } }
        face = LinkFace(contents.openValues, tokens: tokens)
        // One that has indexes has a sealed part, also an empty one: its key tells which key the indexes are of.
        let secret = try contents.sealedPart(isSecret) ?? (numbers.isEmpty ? nil : Array("{}".utf8))
        sealed = try secret.map { try current.seal($0, for: Self.sealPlace(place)) }
    }

    /// A record's sealed part opens at its own place alone.
    static func sealPlace(_ place: RecordPlace) -> String { "record.sealed/\(place.number)" }
}

/// What a record says, parted into what stands open in the database and what is sealed.
struct RecordContents: Equatable {
    var values: RecordValues
    var repairs: [Repair]

    /// One line of the sealed part for each value that was put right.
    private struct Original: Codable {
        let field: RecordField
        let column: String
        let kind: Repair.Kind
        let original: String
    }

    init(values: RecordValues, repairs: [Repair]) {
        (self.values, self.repairs) = (values, repairs)
    }

    /// Which values are sealed, in their order.
    var isSecret: [Bool] { values.pairs.map { Self.isSealed($0.field, $0.value) } }

    /// What stands open.
    var openValues: RecordValues { values.filter { !Self.isSealed($0, $1) } }

    /// The same as JSON.
    /// - Parameter isSecret: of each value, whether it does not.
    func open(_ isSecret: [Bool]) -> String {
        var place = -1
        let bytes = values.jsonBytes { _, _ in
            place += 1
            return !isSecret[place]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nine digits in a row may be somebody's number, wherever they stand in words.
    static func isSealed(_ field: RecordField, _ value: RecordValue) -> Bool {
        if field.isSealed { return true }
        guard case .text(let text) = value, text.utf8.count >= 9 else { return false }
        var (digits, before): (Int, UInt8) = (0, 0)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"), 0xC2: break
            // A no-break space.
            case 0xA0 where before == 0xC2: break
            default: digits = 0
            }
            if digits == 9 { return true }
            before = byte
        }
        return false
    }

    /// The sealed part: the values as a line of JSON, then what was put right, a line each. Nil where there is nothing to seal.
    func sealedPart(_ isSecret: [Bool]) throws -> [UInt8]? {
        if repairs.isEmpty && !isSecret.contains(true) { return nil }
        var place = -1
        var bytes = values.jsonBytes { _, _ in
            place += 1
            return isSecret[place]
        }
        guard !repairs.isEmpty else { return bytes }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for repair in repairs {
            bytes.append(UInt8(ascii: "\n"))
            bytes += try encoder.encode(
                Original(field: repair.field, column: repair.column, kind: repair.kind, original: repair.original))
        }
        return bytes
    }

    /// Puts both parts together again.
    init(open: String, sealed: [UInt8]?) throws {
        values = try RecordValues(json: open)
        repairs = []
        guard let sealed else { return }
        let lines = sealed.split(separator: UInt8(ascii: "\n"))
        if let first = lines.first {
            for (field, value) in try RecordValues(json: String(decoding: first, as: UTF8.self)).pairs {
                values[field] = value
            }
        }
        repairs = try lines.dropFirst().map { line in
            let original = try JSONDecoder().decode(Original.self, from: Data(line))
            return Repair(original.field, column: original.column, original.kind, original: original.original)
        }
    }
}
