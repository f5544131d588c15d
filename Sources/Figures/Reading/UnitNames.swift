import Province

/// The names of units in one file, each looked up once however many rows and sheets repeat it.
final class UnitNames {
    private let finder: CommuneFinder
    private var answers: [String: CommuneFinder.Answer] = [:]
    private var unknown: Set<String> = []

    init(finder: CommuneFinder) { self.finder = finder }

    func find(_ name: String) -> CommuneFinder.Answer {
        if let known = answers[name] { return known }
        let answer = finder.find(name)
        answers[name] = answer
        return answer
    }

    /// Whether a name that is no unit of ours is met for the first time.
    func isFirst(unknown name: String) -> Bool { unknown.insert(name).inserted }
}
