public import Registry

/// What a review says of one worker, owner, manager or employer.
struct ReviewedRow: Sendable, Equatable {
    /// Nil for the employer by itself.
    let person: EntityID?
    /// Key of the decision table.
    let table: String
    let classKey: String
    let isLead: Bool
    let certainty: Certainty
    /// In Vietnamese, as the row of the table says it.
    let reason: String
    /// An answer's place for each of all facts, `-` where the table does not ask.
    let facts: String
    /// `insured:12884901889 …`: the record that each fact rests on.
    let evidence: String

    init(_ table: ReviewTable, person: EntityID?, _ found: FactsFound) {
        self.person = person
        self.table = table.key
        certainty = found.certainty
        facts = Self.text(found.facts, of: table)
        evidence = found.evidence.filter { table.facts.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\($0.key.rawValue):\($0.value.number)" }.joined(separator: " ")
        do {
            let verdict = try table.verdict(found.facts)
            (classKey, isLead, reason) = (verdict.result.key, verdict.result.isLead, verdict.row.reason)
        } catch {
            // What lists say together cannot be: nobody guesses which of them is wrong.
            (classKey, isLead) = (Self.faulty(table), false)
            reason = "\(error)"
        }
    }

    /// The class to which contradictory data goes: that of faulty data where the table has it.
    private static func faulty(_ table: ReviewTable) -> String {
        (table.classes.first { $0.key == "data-error" } ?? table.classes.first { $0.office == .sender }
            ?? table.classes.first)?.key ?? ""
    }

    static func text(_ facts: ReviewFacts, of table: ReviewTable) -> String {
        String(
            ReviewFact.allCases.map { fact -> Character in
                guard table.facts.contains(fact), let answer = facts[fact] else { return "-" }
                return Character("\(answer)")
            })
    }
}

extension ReviewFacts {
    /// Reads what ``ReviewedRow/facts`` wrote; answers of a later version are left out.
    init(text: String) {
        self.init()
        for (fact, sign) in zip(ReviewFact.allCases, text) {
            guard let answer = sign.wholeNumberValue, answer < fact.answers.count else { continue }
            set(fact, answer: answer)
        }
    }
}

/// Whom a review goes through: an employer of the register, or a payer that no list of employers names.
enum ReviewSubject: Hashable, Sendable {
    case employer(EntityID)
    case payer(UnitKey)
}

/// What a review says of an employer and all whom it has to do with.
struct SubjectOutcome: Sendable {
    /// Whose name its rows stand under: the employer, or the first record that names a payer nobody else knows.
    let key: EntityID
    let subject: ReviewSubject
    var name = ""
    /// Empty where no list tells.
    var commune = ""
    var industry = ""
    /// Workers declared with a contract.
    var declared = 0
    /// Of them insured there.
    var declaredInsured = 0
    /// How many take part at it in the month.
    var insuredNow = 0
    var rows: [ReviewedRow] = []
    /// The codes that it rests on: whoever is marked under one of them has it looked at again.
    var units: Set<UnitKey> = []
    var holdsUntil: String = ""
}
