public import Kernel
public import Registry

/// How sure it is whom a row speaks of. The values are stored.
public enum Certainty: String, Sendable, CaseIterable, Codable {
    /// A number that the list of residents confirms.
    case certain
    /// Known of another list by a number, or by likeness.
    case likely
    /// Named in this list alone.
    case alone

    /// In Vietnamese.
    public var words: String {
        switch self {
        case .certain: "chắc chắn: số định danh khớp dữ liệu dân cư"
        case .likely: "khá chắc: có trong danh sách khác"
        case .alone: "chỉ có tên trong một danh sách"
        }
    }
}

/// Facts that were found, with the record that each rests on.
struct FactsFound: Sendable {
    var facts = ReviewFacts()
    var evidence: [ReviewFact: RecordPlace] = [:]
    var certainty = Certainty.certain
    /// The first day on which an answer may differ though no list comes; nil for none.
    var holdsUntil: Day?

    /// - Precondition: the key is one of the fact's answers: callers write literals, and words of a table that is checked when it
    ///   is read.
    mutating func set(_ fact: ReviewFact, _ key: String, _ place: RecordPlace? = nil) {
        guard let answer = fact.answer(key) else { preconditionFailure("\(fact) has no answer \(key)") }
        facts.set(fact, answer: answer)
        evidence[fact] = place
    }

    /// Something will be otherwise on a day behind the one that is looked at.
    mutating func changes(on day: Day, after today: Day) {
        guard day > today else { return }
        holdsUntil = min(holdsUntil ?? day, day)
    }
}
