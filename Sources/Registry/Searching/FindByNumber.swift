public import Access
public import Database
import Kernel
public import Vault

/// Finds persons and employers by a number of theirs, whatever its kind, without opening any: by blind indexes.
public enum FindByNumber {
    /// What a typed number may be. One text may be several: ten digits are a code of social insurance, a tax code or a
    /// telephone. Empty for words.
    public static func readings(of typed: String) -> [PlainNumber] {
        let compact = String(typed.filter { !$0.isWhitespace && !".\u{A0}".contains($0) }.prefix(40)).uppercased()
        let digits = compact.filter { $0 != "-" && $0 != "+" }
        guard digits.contains(where: \.isNumber) else { return [] }
        var found: [PlainNumber] = []
        func add(_ kind: NumberKind, _ text: String?) {
            guard let text, !found.contains(PlainNumber(kind, text)) else { return }
            found.append(PlainNumber(kind, text))
        }
        if let own = PersonalID(digits) {
            add(.personal, own.text)
            add(.employerTax, own.text)
        }
        add(.oldPersonal, OldPersonalID(digits)?.text)
        add(.socialInsurance, SICode(digits)?.text)
        if let tax = TaxCode(compact), tax.person == nil {
            add(.personTax, tax.text)
            add(.employerTax, tax.text)
        }
        add(.phone, PhoneNumber(typed)?.text)
        if digits.contains(where: \.isLetter) {
            add(.passport, digits.filter { $0.isLetter || $0.isNumber })
            add(.employerUnit, compact)
        } else if digits.count < 9 {
            add(.employerUnit, compact)
        }
        return found
    }

    /// Whether a text is looked up as a number and not as words: `031185001234`, `HP0012A`, `0200 112 233`.
    public static func isNumber(_ typed: String) -> Bool {
        let compact = typed.filter { !$0.isWhitespace && !".-+\u{A0}".contains($0) }
        let digits = compact.count { $0.isASCII && $0.isNumber }
        return digits >= 4 && digits * 2 >= compact.count && compact.allSatisfy { $0.isASCII }
    }

    /// Who has the number and lies within the scope. Telephones are of several persons.
    /// - Throws: a refusal where the register is closed for want of its keys.
    public static func find(
        _ typed: String, within scope: Scope, keys: NumberKeys?, limit: Int, on connection: any SQLConnection
    ) throws -> SearchFindings {
        let readings = readings(of: typed)
        guard !readings.isEmpty else { return SearchFindings() }
        let keys = try RegisterKeys.require(keys, on: connection)
        var found: Set<EntityID> = []
        for number in readings {
            if number.kind.identifies {
                found.formUnion(try RegisterQueries.entities(with: number, within: scope, keys: keys, on: connection))
            } else {
                found.formUnion(try telephones(number, within: scope, keys: keys, on: connection))
            }
        }
        var findings = SearchFindings()
        findings.entities = Array(found.sorted().prefix(limit))
        findings.hasMore = found.count > limit
        return findings
    }

    private static func telephones(
        _ number: PlainNumber, within scope: Scope, keys: NumberKeys, on connection: any SQLConnection
    ) throws -> [EntityID] {
        let bound = Bound(scope)
        return try keys.all().flatMap { key in
            try connection.rows(
                """
                SELECT p.entity FROM searched_phone p WHERE p.number = ? AND EXISTS (
                    SELECT 1 FROM membership m WHERE m.entity = p.entity\(bound.sql("m.commune")))
                """, [.bytes(number.token(key).bytes)] + bound.values
            ).map { try $0.entity("entity") }
        }
    }
}
