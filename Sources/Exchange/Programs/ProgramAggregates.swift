import Access
import Crypto
import Database
import Foundation
public import Kernel
import Registry
import Synchronization

/// How many persons or employers the lists of a period under an agreement name, by commune; small numbers left out.
public struct AgreementAggregates: Codable, Sendable, Equatable {
    public struct Line: Codable, Sendable, Equatable {
        /// Empty where no commune is known.
        public let commune: String
        /// Nil for what is not shown.
        public let count: Int?
    }

    public let agreement: Int
    public let period: String
    /// Numbers of the deliveries counted.
    public let deliveries: [Int]
    /// By code.
    public let communes: [Line]
    /// Nil where it is not shown. Somebody in two communes' lists counts in both.
    public let sum: Int?
    /// Numbers below it are left out, but for 0.
    public let leastShown: Int
}

/// What deliveries come to by commune, counted once: their records never change while they stand.
final class CountedAreas: Sendable {
    private struct Key: Hashable {
        let deliveries: [Int]
        let revision: Int
    }

    private let counts = Mutex<[Key: [String: Int]]>([:])

    func find(_ deliveries: [Int], _ revision: Int) -> [String: Int]? {
        counts.withLock { $0[Key(deliveries: deliveries, revision: revision)] }
    }

    func keep(_ counted: [String: Int], _ deliveries: [Int], _ revision: Int) {
        counts.withLock { counts in
            if counts.count > 200 { counts.removeAll() }
            counts[Key(deliveries: deliveries, revision: revision)] = counted
        }
    }
}

extension ProgramService {
    /// Numbers of the lists in force for a period. Each answer that differs from the others of its day is written into the signed
    /// journal: who was given what.
    public func aggregates(
        _ period: Month, of caller: ProgramCaller, _ errand: ProgramErrand
    ) async throws -> AgreementAggregates {
        let agreement = try await permit(caller, .aggregates, errand, "aggregates.read")
        let unit = caller.program.unit
        let (deliveries, revision) = try await store.read { connection in
            let rows = try connection.rows(
                "SELECT * FROM delivery WHERE format = ? AND period = ? AND state = ? ORDER BY number",
                agreement.format, period, Delivery.State.inForce.rawValue
            ).map { try Delivery($0) }
            let own = rows.filter { Self.covers($0, agreement, for: unit) }.map(\.number)
            return (own, try Revisions.read(on: connection).version(of: .delivery))
        }
        let counts: [String: Int]
        if let known = areas.find(deliveries, revision) {
            counts = known
        } else {
            counts = try await store.read { connection in
                var counts: [String: Int] = [:]
                for number in deliveries {
                    for line in try EntitiesByCommune.count(of: number, on: connection) {
                        counts[line.commune, default: 0] += line.count
                    }
                }
                return counts
            }
            areas.keep(counts, deliveries, revision)
        }
        let answer = try Self.shown(counts, agreement.number, period, deliveries)
        try await note(answer, agreement, caller, errand)
        return answer
    }

    private static func shown(
        _ counts: [String: Int], _ agreement: Int, _ period: Month, _ deliveries: [Int]
    ) throws -> AgreementAggregates {
        let least = try EntitiesByCommune.leastShown()
        let communes = counts.keys.sorted()
        let table = SmallNumbers(communes.map { [counts[$0] ?? 0] }, below: least)
        return AgreementAggregates(
            agreement: agreement, period: period.description, deliveries: deliveries,
            communes: zip(communes, table.cells).map { .init(commune: $0, count: $1.first ?? nil) }, sum: table.sum,
            leastShown: least)
    }

    private func note(
        _ answer: AgreementAggregates, _ agreement: Agreement, _ caller: ProgramCaller, _ errand: ProgramErrand
    ) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let digest = hexadecimal(SHA256.hash(data: try encoder.encode(answer)))
        let (now, program) = (clock.now, caller.program)
        let mark = "answer \(program.id) \(errand.agreement) \(errand.purpose) \(digest)"
        guard told.isFirst(mark, in: now.secondsSinceEpoch / 86_400) else { return }
        try await store.write { [keys = exchange.keys] connection in
            try ExchangeJournal.note(
                .shared, from: agreement.giver, to: program.unit, about: Subject(.agreement, agreement.number),
                content: digest,
                words: "\(agreement.name), kỳ \(answer.period), \(program.name): \(errand.purpose)", keys: keys,
                at: now,
                on: connection)
        }
    }
}
