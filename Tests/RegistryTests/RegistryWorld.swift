import Access
import Database
import Files
import Formats
import Jobs
import Kernel
import Logging
import Registry
import TestSupport
import Testing
import Vault

/// A register with its keys.
struct RegistryWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock
    let keys: NumberKeys

    static func with<T>(
        _ engine: TestEngine, keys: NumberKeys = .ephemeral(), _ body: (RegistryWorld) async throws -> T
    ) async throws -> T {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: try #require(Day("2026-10-05")), hour: 9))
            _ = try await Migrator(
                AccessMigrations.all + FilesMigrations.all + JobsMigrations.all + RegistryMigrations.all
            ).migrate(store, at: clock.now)
            return try await body(RegistryWorld(store: store, clock: clock, keys: keys))
        }
    }

    func service(keys: NumberKeys?) -> JobService { service(kinds: [TurnKeys.kind(keys: keys)]) }

    func service(kinds: [JobKind]) -> JobService {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return JobService(
            store: store, clock: clock.clock, kinds: kinds, grants: Grants(of: [], [:]),
            logger: logger)
    }

    /// Keeps rows as one delivery, so many a chunk.
    /// - Parameter period: of the delivery; without it nobody knows what it is.
    @discardableResult
    func deliver(
        _ number: Int, _ rows: [DeliveredRow], chunk: Int = 100, keys: NumberKeys? = nil, period: String? = nil,
        sender: String = "bhxh-thanh-pho"
    ) async throws -> KeepRecords.Outcome {
        let (keys, now) = (keys ?? self.keys, clock.now)
        if let month = period.flatMap({ Month($0) }), let unit = UnitCode(sender), let kind = rows.first?.kind {
            try await store.write {
                try RecordSource(kind: kind, sender: unit, period: month).note(for: number, on: $0)
            }
        }
        var sum = KeepRecords.Outcome()
        for start in stride(from: 0, to: rows.count, by: chunk) {
            let drafts = try rows[start..<min(start + chunk, rows.count)].enumerated().map { index, row in
                try RecordDraft(row, at: RecordPlace(delivery: number, ordinal: start + index), with: keys)
            }
            let outcome = try await store.write { try KeepRecords.keep(drafts, at: now, on: $0) }
            sum.matched += outcome.matched
            sum.new += outcome.new
            sum.merged += outcome.merged
        }
        return sum
    }

    func takeOut(_ delivery: Int, chunk: Int = 100, erases: Bool = true) async throws {
        let (keys, now) = (keys, clock.now)
        var start: Int64?
        repeat {
            let from = start
            start = try await store.write { connection in
                try TakeOutRecords.takeOut(
                    delivery: delivery, erases: erases, from: from, limit: chunk, keys: keys, at: now, on: connection
                ).next
            }
        } while start != nil
        guard erases else { return }
        while try await store.write({ try TakeOutRecords.erase(delivery: delivery, limit: chunk, on: $0) }) == chunk {}
    }

    /// Works out all that waits, so many a chunk.
    func derive(chunk: Int = 100) async throws {
        let (keys, rules) = (keys, try DerivationRules.shipped())
        while try await store.write({ try DeriveEntities.derive(limit: chunk, by: rules, keys: keys, on: $0) }) > 0 {}
    }

    /// The whole rows of a table, as text.
    func table(_ name: String, by order: String) async throws -> [String] {
        try await store.read { connection in
            try connection.rows("SELECT * FROM \(name) ORDER BY \(order)").map { "\($0.values)" }
        }
    }

    /// Links all that waits, so much a chunk.
    func link(chunk: Int = 100, linking: Linking = Linking()) async throws {
        let (keys, now) = (keys, clock.now)
        while try await store.write({ connection in
            try LinkRecords.work(
                limit: chunk, delivery: 0, linking: linking, keys: keys, at: now, on: connection
            ).done
        }) > 0 {}
    }

    /// Every row of the link index and of who is whom, as text.
    func links() async throws -> [String] {
        try await store.read { connection in
            try [
                "SELECT place, entity FROM membership ORDER BY place",
                "SELECT number, name, entity FROM identity ORDER BY number, name",
                "SELECT * FROM link_core ORDER BY core", "SELECT key, core FROM link_key ORDER BY key, core",
                "SELECT low, high, weight, kinds, most, state FROM link_pair ORDER BY low, high",
            ].flatMap { sql in try connection.rows(sql).map { "\(sql.prefix(30)) \($0.values)" } }
        }
    }

    /// `1.0 1.0`, `2.3 1.0`: which record belongs to whom, but for the deliveries' own numbers.
    func members() async throws -> [String] {
        try await store.read { connection in
            var lines: [String] = []
            try RegisterQueries.forEachMember(within: .ofSystem, on: connection) { place, _, line, kind, entity in
                lines.append(
                    "\(place.delivery).\(place.ordinal) \(line) \(kind.rawValue) \(entity.first.delivery).\(entity.first.ordinal)"
                )
            }
            return lines
        }
    }

    /// Every row of the tables that are derived, as text.
    func derived() async throws -> [String] {
        try await store.read { connection in
            var lines = try connection.rows("SELECT place, commune, subject, entity FROM membership ORDER BY place").map
            {
                "\($0.values)"
            }
            lines += try connection.rows("SELECT number, name, entity FROM identity ORDER BY number, name").map {
                "\($0.values)"
            }
            lines += try connection.rows("SELECT commune, place, name, fields FROM record ORDER BY commune, place").map
            {
                "\($0.values)"
            }
            return lines
        }
    }
}

/// A row of a list of participants.
func person(
    _ name: String, id: String? = nil, old: String? = nil, code: String? = nil, phone: String? = nil,
    commune: String = "11311", row: Int = 1, kind: RecordKind = .participant, repairs: [Repair] = [],
    birth: String? = nil, sex: String? = nil, address: String? = nil
) throws -> DeliveredRow {
    var values = RecordValues()
    values[.name] = .text(name)
    values[.personalID] = try id.map { .personalID(try #require(PersonalID($0))) }
    values[.oldPersonalID] = try old.map { .oldPersonalID(try #require(OldPersonalID($0))) }
    values[.siCode] = try code.map { .siCode(try #require(SICode($0))) }
    values[.phone] = try phone.map { .phone(try #require(PhoneNumber($0))) }
    values[.commune] = .commune(try #require(CommuneCode(commune)))
    values[.birth] = try birth.map { .partialDay(try #require(PartialDay($0))) }
    values[.sex] = sex.map { .code($0) }
    values[.address] = address.map { .text($0) }
    return DeliveredRow(sheet: "", row: row, kind: kind, values: values, repairs: repairs)
}

/// A row of a list of employers.
func employer(_ name: String, tax: String? = nil, unit: String? = nil, commune: String = "11311") throws -> DeliveredRow
{
    var values = RecordValues()
    values[.unitName] = .text(name)
    values[.unitTaxCode] = try tax.map { .taxCode(try #require(TaxCode($0))) }
    values[.unitCode] = unit.map { .text($0) }
    values[.commune] = .commune(try #require(CommuneCode(commune)))
    return DeliveredRow(sheet: "", row: 1, kind: .unit, values: values)
}
