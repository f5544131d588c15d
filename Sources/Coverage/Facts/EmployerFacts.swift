import Formats
import Kernel
import Registry

/// What is found of an employer by itself, and of its owner or manager.
struct EmployerFacts {
    /// Nil for a payer that no list of employers names.
    let picture: EmployerPicture?
    /// Workers declared with a contract who are bound, as the table of workers judged: insured there, and not.
    let declared: (here: Int, missing: Int)
    /// How many take part at it in the month of the day.
    let insuredNow: Int
    let employer: String
    let words: ReviewWords
    /// The first row of pay, where nothing else names it.
    let named: RecordPlace?

    /// How an employer stands in the register of units.
    /// - Parameters:
    ///   - insuredNow: how many take part at it in the month.
    ///   - ever: whether anybody took part at it at any time.
    static func standing(hasUnitCode: Bool, insuredNow: Int, ever: Bool) -> String {
        if insuredNow > 0 { return "insured" }
        if ever { return "stopped" }
        return hasUnitCode ? "insured" : "unknown"
    }

    func find() -> FactsFound {
        var found = FactsFound()
        let first = picture?.records.first?.place ?? named
        found.certainty = picture == nil ? .alone : .certain
        found.set(.identity, identity, first)
        if let picture, let (answer, place) = words.latest(.activity, picture.records) {
            found.set(.activity, answer, place)
        } else {
            found.set(.activity, "active")
        }
        found.set(.employer, employer, picture?.records.first { $0.kind == .unit }?.place)
        found.set(.workers, workers, named)
        return found
    }

    private var identity: String {
        guard let picture else { return "sure" }
        if !picture.employer.contradictions.isEmpty { return "doubtful" }
        return picture.units.isEmpty ? "faulty" : "sure"
    }

    private var workers: String {
        guard employer == "insured" else { return declared.missing > 0 ? "nobody" : "none" }
        if declared.missing > 0 { return insuredNow > 0 ? "some" : "nobody" }
        return declared.here > 0 ? "all" : "none"
    }
}

/// What is found of the owner of a household business, or of who stands for an enterprise and has no pay of it.
struct PostFacts {
    let person: PersonFacts
    let business: EmployerPicture
    let named: EmployerPicture.NamedPerson
    /// The codes of the business.
    let own: Set<UnitKey>

    func find() -> FactsFound {
        var found = FactsFound()
        person.find(into: &found)
        found.set(
            .identity, person.isContradicted ? "doubtful" : person.hasNumber ? "sure" : "faulty", named.place)
        insured(&found)
        post(&found)
        return found
    }

    /// Owners are bound now: who took part before and does not any more is not in order.
    private func insured(_ found: inout FactsFound) {
        found.set(.insured, "no")
        for spell in person.picture.spells where spell.spell.scheme == .compulsory {
            if let from = spell.spell.from, from > person.time.month {
                found.changes(on: from.firstDay, after: person.time.day)
            }
            guard spell.spell.covers(person.time.month) else { continue }
            if let to = spell.spell.to { found.changes(on: to.adding(months: 1).firstDay, after: person.time.day) }
            let isHere = spell.unit.map(own.contains) ?? false
            if isHere || found.facts.key(.insured) == "no" {
                found.set(.insured, isHere ? "here" : "elsewhere", spell.spell.first)
            }
        }
    }

    private func post(_ found: inout FactsFound) {
        guard named.isOwner else { return found.set(.post, "manager", named.place) }
        // The year asked about, else the year before (docs/law.md): of one year what was said last.
        let year = person.time.day.year
        let told = business.records.filter { $0.kind == .householdBusiness }
        for year in [year, year - 1] {
            let lists = told.filter { ($0.count(.taxYear) ?? $0.month?.year) == year }
            guard let record = lists.last else { continue }
            let place = lists.first { $0[.revenue] == record[.revenue] && $0[.taxForm] == record[.taxForm] }?.place
            if let answer = answer(record) { return found.set(.post, answer, place) }
        }
        found.set(.post, "owner-unknown", named.place)
    }

    private func answer(_ record: MemberRecord) -> String? {
        if let threshold = person.law.ownerRevenue {
            // The form tells on which side of the threshold the revenue lies (formats/household-businesses.yaml) where no sum is told.
            if let revenue = record.count(.revenue) { return Dong(revenue) > threshold ? "owner-bound" : "owner-free" }
            return nil
        }
        guard person.law.byDeclaration else { return nil }
        return record[.taxForm].map { $0 == "01/CNKD" ? "owner-bound" : "owner-free" }
    }
}
