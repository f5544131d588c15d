public import Access
public import Database
public import Kernel
import Registry

/// A review in numbers, without anybody's name.
public struct ReviewNumbers: Sendable {
    /// From a source list to leads.
    public struct Funnel: Sendable, Equatable {
        /// `contracted`, `casual`, `owners`, `managers`, or the table of employers.
        public let source: String
        public let steps: [ReviewStep: Int?]
    }

    /// How many people and employers are leads; nil for a number too small to be shown.
    public struct Line: Sendable, Equatable {
        public let key: String
        public let people: Int?
        public let employers: Int?
    }

    public let run: ReviewRun
    /// Runs that came to their end, the latest first.
    public let runs: [ReviewRun]
    public let funnels: [Funnel]
    /// By table and class: all of them, leads or not.
    public let classes: [(count: ReviewCount, rows: Int?)]
    /// Leads by commune; the key is empty where no list tells it.
    public let communes: [Line]
    public let sizes: [Line]
    public let industries: [Line]
    public let people: Int
    public let employers: Int
    /// Workers declared with a contract, and those of them insured there.
    public let declared: Int
    public let insured: Int
    /// The least number that is shown; nil where all are.
    public let least: Int?
    public let tables: ReviewTables
}

extension ReviewService {
    /// - Parameter name: of the run; the last that came to its end when nil.
    /// - Returns: nil while no review came to its end.
    public func numbers(of name: String?, for viewer: Viewer) async throws -> ReviewNumbers? {
        try viewer.require(.readReviewNumbers)
        // Whoever may read leads by name sees the own area whole; others see all of it without small numbers.
        let namesPeople = viewer.may(.readLeads)
        let communes = namesPeople ? viewer.leadScope.communes : nil
        let tables = try await tables()
        let least = namesPeople ? nil : try DerivationRules.shipped().bounds.smallNumber
        return try await store.read { connection in
            let runs = try connection.rows(
                "SELECT * FROM review_run WHERE state = ? ORDER BY number DESC LIMIT 12", ReviewRun.State.done.rawValue
            ).map { try ReviewRun($0) }
            let chosen = try name.flatMap { try ReviewRuns.find(named: $0, on: connection) } ?? runs.first
            guard let run = chosen, run.state == .done else { return nil }
            return try ReviewNumbersReading(run: run, communes: communes, least: least, tables: tables, on: connection)
                .numbers(runs)
        }
    }
}

/// Puts a run's counts together for somebody.
private struct ReviewNumbersReading {
    private struct Count {
        let review: String
        let classKey: String
        let commune: String
        let industry: String
        let size: String
        let isLead: Bool
        let rows: Int
        let employers: Int
    }

    let run: ReviewRun
    let least: Int?
    let tables: ReviewTables
    private var counts: [Count] = []
    private var steps: [String: [ReviewStep: Int]] = [:]

    init(
        run: ReviewRun, communes: [CommuneCode]?, least: Int?, tables: ReviewTables, on connection: any SQLConnection
    ) throws {
        (self.run, self.least, self.tables) = (run, least, tables)
        let own = communes.map { Set($0.map(\.text)) }
        try connection.forEachRow(
            """
            SELECT review, class, commune, industry, size, is_lead, rows_counted, employers FROM review_count
            WHERE run = ?
            """, [run.number.sqlValue]
        ) { row in
            let commune = try row.text("commune")
            guard own?.contains(commune) ?? true else { return }
            counts.append(
                Count(
                    review: try row.text("review"), classKey: try row.text("class"), commune: commune,
                    industry: try row.text("industry"), size: try row.text("size"), isLead: try row.flag("is_lead"),
                    rows: try row.integer("rows_counted"), employers: try row.integer("employers")))
        }
        try connection.forEachRow(
            "SELECT source, step, commune, rows_counted FROM review_step WHERE run = ?", [run.number.sqlValue]
        ) { row in
            guard own?.contains(try row.text("commune")) ?? true else { return }
            let step: ReviewStep = try row.choice("step")
            steps[try row.text("source"), default: [:]][step, default: 0] += try row.integer("rows_counted")
        }
    }

    func numbers(_ runs: [ReviewRun]) -> ReviewNumbers {
        let leads = counts.filter(\.isLead)
        func isPeople(_ count: Count) -> Bool { count.review != tables.employers.key }
        return ReviewNumbers(
            run: run, runs: runs,
            funnels: steps.sorted { $0.key < $1.key }.map { source, steps in
                .init(source: source, steps: steps.mapValues(shown))
            }, classes: classes, communes: lines(leads, by: \.commune), sizes: lines(leads, by: \.size),
            industries: lines(leads, by: \.industry),
            people: leads.filter(isPeople).reduce(0) { $0 + $1.rows },
            employers: leads.filter { !isPeople($0) }.reduce(0) { $0 + $1.rows },
            declared: steps["contracted"]?[.declared] ?? 0, insured: steps["contracted"]?[.insured] ?? 0, least: least,
            tables: tables)
    }

    /// Nil for a number of people so small that it may speak of somebody.
    private func shown(_ number: Int) -> Int? {
        least.map { (1..<$0).contains(number) } ?? false ? nil : number
    }

    private var classes: [(count: ReviewCount, rows: Int?)] {
        Dictionary(grouping: counts) { "\($0.review) \($0.classKey)" }.values.compactMap { group in
            group.first.map { first in
                let rows = group.reduce(0) { $0 + $1.rows }
                return (
                    ReviewCount(
                        review: first.review, classKey: first.classKey, isLead: first.isLead, rows: rows,
                        employers: group.reduce(0) { $0 + $1.employers }), shown(rows)
                )
            }
        }.sorted {
            ($0.count.review, $1.count.rows, $0.count.classKey) < ($1.count.review, $0.count.rows, $1.count.classKey)
        }
    }

    /// People and employers side by side, so that none that is left out follows from a sum.
    private func lines(_ leads: [Count], by key: KeyPath<Count, String>) -> [ReviewNumbers.Line] {
        let groups = Dictionary(grouping: leads, by: { $0[keyPath: key] }).map { name, counts in
            (
                name: name, people: counts.filter { $0.review != tables.employers.key }.reduce(0) { $0 + $1.rows },
                employers: counts.filter { $0.review == tables.employers.key }.reduce(0) { $0 + $1.rows }
            )
        }.sorted { ($1.people, $0.name) < ($0.people, $1.name) }
        let people: [Int?]
        if let least {
            people = SmallNumbers(groups.map { [$0.people] }, below: least).cells.map { $0.first ?? nil }
        } else {
            people = groups.map(\.people)
        }
        return zip(groups, people).map { group, people in
            .init(key: group.name, people: people, employers: people == nil ? nil : group.employers)
        }
    }
}
