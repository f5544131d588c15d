import Access
import Database
import Files
import Formats
import Foundation
import Jobs
import Kernel
import Legislation
import Logging
import Registry
import TestSupport
import Testing
import Vault

@testable import Coverage

/// A register that reviews look at.
struct ReviewWorld: Sendable {
    let store: any DataStore
    let clock: MutableClock
    let keys: NumberKeys
    let service: ReviewService

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func law() throws -> ParameterTable {
        try ParameterTable(folder: root.appendingPathComponent("legislation"))
    }

    static func tables(_ clocks: Set<String>) throws -> ReviewTables {
        try ReviewTables(clocks: clocks) { name in
            FileManager.default.contents(atPath: root.appendingPathComponent("reviews/\(name)").path).map { Array($0) }
        }
    }

    static func with<T>(_ engine: TestEngine, _ body: (ReviewWorld) async throws -> T) async throws -> T {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: try #require(Day("2026-12-10")), hour: 9))
            _ = try await Migrator(
                AccessMigrations.all + FilesMigrations.all + JobsMigrations.all + RegistryMigrations.all
                    + CoverageMigrations.all
            ).migrate(store, at: clock.now)
            let law = try law()
            let keys = NumberKeys.ephemeral()
            let service = ReviewService(
                store: store, clock: clock.clock, keys: keys, law: { law }, tables: { try tables($0) })
            return try await body(ReviewWorld(store: store, clock: clock, keys: keys, service: service))
        }
    }

    /// Keeps rows as one delivery of a month.
    func deliver(_ number: Int, _ period: String, _ rows: [DeliveredRow]) async throws {
        let (keys, now) = (keys, clock.now)
        let month = try #require(Month(period))
        let unit = try #require(UnitCode("bhxh-thanh-pho"))
        let drafts = try rows.enumerated().map { index, row in
            try RecordDraft(row, at: RecordPlace(delivery: number, ordinal: index), with: keys)
        }
        try await store.write { connection in
            if let kind = rows.first?.kind {
                try RecordSource(kind: kind, sender: unit, period: month).note(for: number, on: connection)
            }
            _ = try KeepRecords.keep(drafts, at: now, on: connection)
        }
    }

    func takeOut(_ delivery: Int) async throws {
        let (keys, now) = (keys, clock.now)
        try await store.write { connection in
            _ = try TakeOutRecords.takeOut(
                delivery: delivery, erases: true, from: nil, limit: 1_000, keys: keys, at: now, on: connection)
        }
    }

    private var jobs: JobService {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return JobService(
            store: store, clock: clock.clock, kinds: service.jobKinds, grants: Grants(of: [], [:]), logger: logger)
    }

    /// Runs a review to its end.
    @discardableResult
    func review(_ name: String, on day: String = "2026-12-10", isWhole: Bool = false) async throws -> ReviewRun {
        let run = try await service.begin(
            name, on: try #require(Day(day)), isWhole: isWhole, by: .commandLine
        ).run
        let jobs = jobs
        while let job = try await jobs.claim(by: "test") { await jobs.perform(job) }
        let done = try await service.run(named: name)
        if done.state != .done, let job = run.job {
            Issue.record("\(try await jobs.job(job).problem ?? "") \(try await jobs.job(job).fault ?? "")")
        }
        return done
    }

    /// The rows of a run, by what they stand under: `1.0 – employer-unknown`, `1.0 2.0 deduction-zero certain`.
    func rows(_ name: String, onlyLeads: Bool = false) async throws -> [String] {
        let run = try await service.run(named: name)
        let lines = Lines()
        try await service.forEachRow(of: run, onlyLeads: onlyLeads, within: .ofSystem) { row in
            func text(_ entity: EntityID) -> String { "\(entity.first.delivery).\(entity.first.ordinal)" }
            lines.add(
                "\(text(row.employer)) \(row.person.map(text) ?? "–") \(row.classKey)\(row.person == nil ? "" : " \(row.certainty.rawValue)")"
            )
        }
        return lines.all
    }

    /// Everything of the rows of a run.
    func everything(_ name: String) async throws -> [String] {
        let run = try await service.run(named: name)
        let lines = Lines()
        try await service.forEachRow(of: run, onlyLeads: false, within: .ofSystem) { row in
            lines.add(
                "\(row.employer) \(String(describing: row.person)) \(row.review) \(row.commune?.text ?? "") \(row.classKey) \(row.certainty) \(row.reason) \(row.facts.words) \(row.evidence)"
            )
        }
        return lines.all
    }

    func changes(_ earlier: String, _ later: String) async throws -> [String] {
        let (first, second) = (try await service.run(named: earlier), try await service.run(named: later))
        let lines = Lines()
        try await service.compare(first, with: second, within: .ofSystem) { change in
            lines.add(
                "\(change.kind.rawValue) \(change.before?.classKey ?? "–") \(change.after?.classKey ?? "–") \(change.words)"
            )
        }
        return lines.all
    }
}

/// Lines that closures gather.
final class Lines: Sendable {
    private let lines = MutexedLines()

    func add(_ line: String) { lines.add(line) }
    var all: [String] { lines.all }
}

import Synchronization

private final class MutexedLines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

/// Rows of lists.
enum Row {
    static func make(_ kind: RecordKind, _ values: [RecordField: String]) throws -> DeliveredRow {
        var found = RecordValues()
        for (field, text) in values {
            found[field] = try #require(RecordValue(text, as: field.type), "\(field) \(text)")
        }
        return DeliveredRow(sheet: "", row: 1, kind: kind, values: found, repairs: [])
    }

    /// Somebody in a tax list of 2025.
    static func paid(
        _ name: String, _ id: String?, by tax: String, deducted: String? = "0", income: String = "90000000",
        contract: String = "three-months", year: String = "2025"
    ) throws -> DeliveredRow {
        var values: [RecordField: String] = [
            .name: name, .unitTaxCode: tax, .taxYear: year, .income: income, .payContract: contract,
        ]
        values[.personalID] = id
        values[.insuranceDeducted] = deducted
        return try make(.taxedWorker, values)
    }

    static func participant(_ name: String, _ id: String, at unit: String, birth: String? = nil) throws -> DeliveredRow
    {
        var values: [RecordField: String] = [.name: name, .personalID: id, .unitCode: unit, .base: "6000000"]
        values[.birth] = birth
        return try make(.participant, values)
    }

    static func resident(
        _ name: String, _ id: String, birth: String = "1990-02-03", sex: String = "male", remarks: String? = nil
    ) throws -> DeliveredRow {
        var values: [RecordField: String] = [
            .name: name, .personalID: id, .birth: birth, .sex: sex, .commune: "11311",
        ]
        values[.remarks] = remarks
        return try make(.resident, values)
    }

    static func unit(_ name: String, tax: String?, unit: String) throws -> DeliveredRow {
        var values: [RecordField: String] = [.unitName: name, .unitCode: unit, .commune: "11311"]
        values[.unitTaxCode] = tax
        return try make(.unit, values)
    }

    static func enterprise(_ name: String, tax: String, status: String = "Đang hoạt động") throws -> DeliveredRow {
        try make(
            .enterprise,
            [.unitName: name, .unitTaxCode: tax, .unitStatus: status, .commune: "11311", .industry: "May mặc"])
    }

    static func household(
        _ owner: String, _ id: String, revenue: String?, year: String = "2025"
    ) throws -> DeliveredRow {
        var values: [RecordField: String] = [
            .name: owner, .unitName: "Hộ \(owner)", .personalID: id, .unitTaxCode: id, .taxYear: year,
            .commune: "11311",
        ]
        values[.revenue] = revenue
        return try make(.householdBusiness, values)
    }
}
