import Formats
import Kernel
import Registry

/// What is found of a person wherever he works: life, nationality, residence, age, benefit.
struct PersonFacts {
    let picture: PersonPicture
    let law: ReviewLaw
    let time: ReviewTime
    let words: ReviewWords

    /// Whether another list than those of pay names the person.
    var isKnownElsewhere: Bool { picture.records.contains { $0.kind != .taxedWorker } }

    var hasNumber: Bool { picture.person.identifiers.contains { $0.kind != .phone } }

    var certainty: Certainty {
        if picture.person.identifiers.contains(where: { $0.kind == .personal && $0.isConfirmed == true }) {
            return .certain
        }
        return isKnownElsewhere ? .likely : .alone
    }

    /// Records that cannot all be one person's.
    var isContradicted: Bool {
        picture.person.contradictions.contains { contradiction in
            switch contradiction {
            case .personalIDs, .birthYears: true
            case .sexes: false
            }
        }
    }

    func find(into found: inout FactsFound) {
        found.certainty = certainty
        life(&found)
        nationality(&found)
        residence(&found)
        age(&found)
        benefit(&found)
    }

    /// The records that tell where somebody is and whether he lives: the last list of residents, or of a commune's survey, tells
    /// of all in it.
    private var told: [MemberRecord] {
        let telling = picture.records.filter { $0.kind == .resident || $0.kind == .labourRegistration }
        let last = telling.compactMap(\.month).max()
        return telling.filter { $0.month == last }
    }

    private func life(_ found: inout FactsFound) {
        if let (answer, place) = words.latest(.life, told) { return found.set(.life, answer, place) }
        if let end = picture.spells.first(where: { $0.spell.ends == .death })?.spell {
            return found.set(.life, "dead", end.last)
        }
        found.set(.life, "alive")
    }

    private func nationality(_ found: inout FactsFound) {
        let answer = words.latest(.nationality, picture.records)
        found.set(.nationality, answer?.answer ?? "vietnamese", answer?.place)
    }

    private func residence(_ found: inout FactsFound) {
        let answer = words.latest(.residence, told)
        found.set(.residence, answer?.answer ?? "here", answer?.place)
    }

    private func age(_ found: inout FactsFound) {
        let birth = picture.person.birth
        guard let day = law.retirement(picture.person.sex?.value, birth?.value) else {
            return found.set(.age, "within")
        }
        found.changes(on: day, after: time.day)
        // The first record that tells the day: a later list that tells the same is no other evidence.
        let place = picture.records.first { $0[.birth] == birth.map { "\($0.value)" } }?.place
        found.set(.age, day <= time.day ? "past" : "within", place)
    }

    private func benefit(_ found: inout FactsFound) {
        var answer: (key: String, place: RecordPlace)?
        for record in picture.records where record.kind == .benefit {
            guard let key = words.answer(.benefit, record), key != "none" else { continue }
            if let from = record[.benefitFrom].flatMap({ Month($0) }), from > time.month {
                found.changes(on: from.firstDay, after: time.day)
                continue
            }
            // A pension goes before an allowance; of equals the first that said so.
            if answer == nil || (answer?.key == "allowance" && key == "pension") { answer = (key, record.place) }
        }
        found.set(.benefit, answer?.key ?? "none", answer?.place)
    }
}
