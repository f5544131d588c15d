import Formats
import Kernel
import Registry

/// What is found of a person whose pay an employer declared.
struct WorkerFacts {
    let person: PersonFacts
    /// The rows of the tax year that name the person at the employer, in the order of places.
    let pay: [MemberRecord]
    /// The codes under which the employer insures: its own, its parent's and its branches'.
    let own: Set<UnitKey>
    /// The employer in the register of units.
    let employer: String
    /// Whether it is undecided if the person is one with somebody who is insured.
    let isDoubted: Bool
    /// Whom the employer insures and did not declare, of the same name and with no other year of birth; nil where nobody is.
    let namesake: RecordPlace?

    private var time: ReviewTime { person.time }

    func find() -> FactsFound {
        var found = FactsFound()
        person.find(into: &found)
        found.set(.employer, employer)
        insured(&found)
        identity(&found)
        work(&found)
        deduction(&found)
        base(&found)
        return found
    }

    private func insured(_ found: inout FactsFound) {
        var elsewhere: RecordPlace?
        for spell in person.picture.spells where spell.spell.scheme == .compulsory {
            if let from = spell.spell.from, from > time.month { found.changes(on: from.firstDay, after: time.day) }
            guard time.covers(spell.spell.from, spell.spell.to) else { continue }
            if let unit = spell.unit, own.contains(unit) { return found.set(.insured, "here", spell.spell.first) }
            elsewhere = elsewhere ?? spell.spell.first
        }
        found.set(.insured, elsewhere == nil ? "no" : "elsewhere", elsewhere)
    }

    private func identity(_ found: inout FactsFound) {
        let place = pay.first?.place
        if person.isContradicted { return found.set(.identity, "doubtful", place) }
        if found.facts.key(.insured) == "no" {
            if isDoubted { return found.set(.identity, "doubtful", place) }
            if let namesake { return found.set(.identity, "doubtful", namesake) }
        }
        if !person.isKnownElsewhere, !person.hasNumber { return found.set(.identity, "faulty", place) }
        found.set(.identity, "sure", place)
    }

    /// Whoever stands in a list of contracts of three months has one of at least the months that bind.
    private static let monthsOfList = ["three-months": 3]

    private func work(_ found: inout FactsFound) {
        found.set(.role, "worker", pay.first?.place)
        let named = pay.first { record in
            record[.payContract].flatMap { Self.monthsOfList[$0] }.map { $0 >= person.law.contractMonths } ?? false
        }
        if let named {
            found.set(.contract, "month", named.place)
        } else if let (answer, place) = person.words.latest(.contract, pay) {
            found.set(.contract, answer, place)
        } else {
            found.set(.contract, "unknown", pay.first?.place)
        }
        guard let (_, place) = person.words.latest(.hours, person.picture.records.filter { $0.kind != .resident }),
            let least = person.law.partTimePay, let month = monthlyPay
        else { return found.set(.hours, "full") }
        found.set(.hours, month >= least ? "part-bound" : "part-free", place)
    }

    /// Taxed pay by the months that the list tells, of a whole year where it tells none.
    private var monthlyPay: Dong? {
        let income = pay.compactMap { $0.count(.income) }
        guard !income.isEmpty else { return nil }
        let months = pay.compactMap { $0.count(.months) }.reduce(0, +)
        return Dong(income.reduce(0, +) / max(1, months > 0 ? min(months, 12) : 12))
    }

    private func deduction(_ found: inout FactsFound) {
        let told = pay.filter { $0[.insuranceDeducted] != nil }
        if let some = told.first(where: { ($0.count(.insuranceDeducted) ?? 0) > 0 }) {
            return found.set(.deduction, "some", some.place)
        }
        found.set(.deduction, told.isEmpty ? "unknown" : "zero", told.first?.place)
    }

    private func base(_ found: inout FactsFound) {
        found.set(.base, "unknown")
        guard found.facts.key(.insured) == "here", let gap = person.law.baseGap else { return }
        let here = person.picture.spells.filter { spell in
            spell.spell.scheme == .compulsory && (spell.unit.map(own.contains) ?? false)
        }.map(\.spell)
        let months = here.reduce(0) { $0 + time.taxed($1.from, $1.to) }
        let income = pay.reduce(0) { $0 + ($1.count(.income) ?? 0) }
        guard let last = here.last(where: { $0.base != nil }), let base = last.base, months > 0, income > 0 else {
            return
        }
        let month = Dong(income / min(months, 12))
        let reached = person.law.ceiling.map { base >= $0 } ?? false
        found.set(.base, !reached && month > base + base * gap ? "under" : "fits", last.first)
    }
}

extension ReviewFacts {
    /// The answer's key; nil where the fact was not asked.
    func key(_ fact: ReviewFact) -> String? { self[fact].map { fact.answers[$0].key } }
}
