public import Access
import Database
import Formats
import Kernel
public import Registry

extension DeliveryService {
    /// Which person or employer each record in force belongs to, one CSV line a record, in the order of receipt:
    /// `delivery,row,kind,entity`. Deliveries stand by their codes and persons by their first record, so that the same deliveries
    /// give the same lines whatever else came and went.
    /// - Parameters:
    ///   - scope: whose records; whoever runs the machine sees all.
    ///   - line: takes each line, without its end.
    public func exportRecords(within scope: Scope, _ line: @escaping @Sendable (String) throws -> Void) async throws {
        try await store.read { connection in
            let (codes, inForce) = try Self.codes(on: connection)
            try line("delivery,row,kind,entity")
            // One that is being received has its first records already: they count when all of it is there.
            try RegisterQueries.forEachMember(within: scope, on: connection) { place, sheet, number, kind, entity in
                guard inForce.contains(place.delivery), let code = codes[place.delivery] else { return }
                let first = codes[entity.first.delivery] ?? "\(entity.first.delivery)"
                let row = sheet.isEmpty ? "\(number)" : Self.quoted("\(sheet)!\(number)")
                try line("\(code),\(row),\(kind.rawValue),\(first).\(entity.first.ordinal)")
            }
        }
    }

    /// Where and when each person took part, one CSV line a spell: `person,scheme,employer,from,to,begins,ends,base`. Persons and
    /// employers stand by their first records, as in ``exportRecords(within:_:)``; `from` is empty where it goes back to before the
    /// records, `to` while it goes on.
    public func exportSpells(within scope: Scope, _ line: @escaping @Sendable (String) throws -> Void) async throws {
        try await store.read { connection in
            let (codes, _) = try Self.codes(on: connection)
            func name(_ entity: EntityID) -> String {
                "\(codes[entity.first.delivery] ?? "\(entity.first.delivery)").\(entity.first.ordinal)"
            }
            try line("person,scheme,employer,from,to,begins,ends,base")
            try RegisterQueries.forEachSpell(within: scope, on: connection) { spell in
                try line(
                    "\(name(spell.person)),\(spell.scheme.rawValue),\(spell.employer.map(name) ?? ""),\(spell.from?.description ?? ""),\(spell.to?.description ?? ""),\(spell.begins.rawValue),\(spell.ends?.rawValue ?? ""),\(spell.base.map { "\($0.amount)" } ?? "")"
                )
            }
        }
    }

    /// Employers, one CSV line each: `employer,commune,block,status,name`.
    public func exportEmployers(within scope: Scope, _ line: @escaping @Sendable (String) throws -> Void) async throws {
        try await store.read { connection in
            let (codes, _) = try Self.codes(on: connection)
            try line("employer,commune,block,status,name")
            try RegisterQueries.forEachEmployer(within: scope, on: connection) { employer in
                let first = employer.entity.first
                try line(
                    "\(codes[first.delivery] ?? "\(first.delivery)").\(first.ordinal),\(employer.commune?.text ?? ""),\(employer.block.map { "\($0.rawValue)" } ?? ""),\(employer.status?.rawValue ?? ""),\(Self.quoted(employer.name))"
                )
            }
        }
    }

    /// By what the register's lists name persons and employers: the code of the delivery of their first record, and which of its
    /// records that is.
    public func entityNames() async throws -> @Sendable (EntityID) -> String {
        let codes = try await store.read { try Self.codes(on: $0).codes }
        return { entity in
            "\(codes[entity.first.delivery] ?? "\(entity.first.delivery)").\(entity.first.ordinal)"
        }
    }

    /// The codes of all deliveries, and which of them are in force.
    private static func codes(
        on connection: any SQLConnection
    ) throws -> (codes: [Int: String], inForce: Set<Int>) {
        var codes: [Int: String] = [:]
        var inForce: Set<Int> = []
        for row in try connection.rows("SELECT number, code, state FROM delivery") {
            let number = try row.integer("number")
            codes[number] = try row.text("code")
            let state: Delivery.State = try row.choice("state")
            if state == .inForce { inForce.insert(number) }
        }
        return (codes, inForce)
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
