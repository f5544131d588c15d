import Database
import Kernel
import Registry

/// How large an employer is, by the workers that it declared with a contract. Bounds for reading numbers; no rule rests on them.
public enum EmployerSize: String, Sendable, CaseIterable {
    case none, small, middle, large, giant

    init(declared: Int) {
        switch declared {
        case 0: self = .none
        case ..<10: self = .small
        case ..<50: self = .middle
        case ..<200: self = .large
        default: self = .giant
        }
    }

    /// In Vietnamese.
    public var words: String {
        switch self {
        case .none: "không khai lao động"
        case .small: "dưới 10 lao động"
        case .middle: "10 đến 49 lao động"
        case .large: "50 đến 199 lao động"
        case .giant: "từ 200 lao động"
        }
    }
}

/// A step from a source list to leads. The values are stored.
public enum ReviewStep: String, Sendable, CaseIterable {
    /// In the list.
    case listed
    /// Known who or which it is.
    case known
    /// Not insured compulsorily in the time that is looked at.
    case uninsured
    /// To be brought in.
    case lead
    /// Declared with a contract; of them insured at the employer.
    case declared, insured
}

/// Counts what stands, in one pass; memory grows with the classes, communes and industries, not with rows.
struct ReviewCounting: Sendable {
    private struct Key: Hashable, Comparable {
        let review: String
        let classKey: String
        let commune: String
        let industry: String
        let size: EmployerSize
        let isLead: Bool

        private var order: [String] { [review, classKey, commune, industry, size.rawValue] }

        static func < (left: Key, right: Key) -> Bool { left.order.lexicographicallyPrecedes(right.order) }
    }

    private struct StepKey: Hashable {
        let source: String
        let step: ReviewStep
        let commune: String
    }

    private var counts: [Key: (rows: Int, employers: Int, last: Int)] = [:]
    private var steps: [StepKey: Int] = [:]

    init(on connection: any SQLConnection) throws {
        try connection.forEachRow(
            """
            SELECT r.employer, r.person, r.review, r.commune, r.class, r.is_lead, r.facts, s.industry, s.declared
            FROM review_row r JOIN review_subject s ON s.employer = r.employer
            WHERE r.until_run = 0 ORDER BY r.employer
            """, []
        ) { row in
            let employer = try row.integer("employer")
            let commune = try row.text("commune")
            let isLead = try row.flag("is_lead")
            let review = try row.text("review")
            let key = Key(
                review: review, classKey: try row.text("class"), commune: commune, industry: try row.text("industry"),
                size: EmployerSize(declared: try row.integer("declared")), isLead: isLead)
            var count = counts[key] ?? (0, 0, -1)
            count.rows += 1
            if count.last != employer { count.employers += 1 }
            count.last = employer
            counts[key] = count
            let facts = ReviewFacts(text: try row.text("facts"))
            let source = Self.source(review, facts)
            add(source, .listed, commune)
            if facts.key(.identity) == "sure" {
                add(source, .known, commune)
                let isOut = facts.key(.insured).map { $0 == "no" } ?? (facts.key(.workers) != "all")
                if isOut { add(source, .uninsured, commune) }
                if isLead { add(source, .lead, commune) }
            }
        }
        try connection.forEachRow(
            """
            SELECT commune, SUM(declared) AS declared, SUM(declared_insured) AS insured FROM review_subject GROUP BY commune
            """, []
        ) { row in
            let commune = try row.text("commune")
            steps[StepKey(source: "contracted", step: .declared, commune: commune)] = try row.integer("declared")
            steps[StepKey(source: "contracted", step: .insured, commune: commune)] = try row.integer("insured")
        }
    }

    private mutating func add(_ source: String, _ step: ReviewStep, _ commune: String) {
        steps[StepKey(source: source, step: step, commune: commune), default: 0] += 1
    }

    /// Which list a row comes from: `contracted` and `casual` pay, the tables of employers and posts by their keys.
    private static func source(_ review: String, _ facts: ReviewFacts) -> String {
        guard let contract = facts.key(.contract) else {
            return facts.key(.post).map { $0 == "manager" ? "managers" : "owners" } ?? review
        }
        return contract == "month" ? "contracted" : "casual"
    }

    func store(_ run: Int, on connection: any SQLConnection) throws {
        try connection.execute("DELETE FROM review_count WHERE run = ?", run)
        try connection.execute("DELETE FROM review_step WHERE run = ?", run)
        _ = try connection.load(
            "review_count",
            columns: [
                "run", "review", "class", "commune", "industry", "size", "is_lead", "rows_counted", "employers",
            ],
            rows: counts.sorted { $0.key < $1.key }.lazy.map { key, count in
                [
                    run.sqlValue, .text(key.review), .text(key.classKey), .text(key.commune), .text(key.industry),
                    .text(key.size.rawValue), key.isLead.sqlValue, count.rows.sqlValue, count.employers.sqlValue,
                ]
            })
        _ = try connection.load(
            "review_step", columns: ["run", "source", "step", "commune", "rows_counted"],
            rows: steps.lazy.map { key, rows in
                [run.sqlValue, .text(key.source), .text(key.step.rawValue), .text(key.commune), rows.sqlValue]
            })
    }
}
