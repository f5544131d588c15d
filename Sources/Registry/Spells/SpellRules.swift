import Formats
import Kernel

/// What declared changes and benefits do to participation.
public struct SpellRules: Sendable {
    enum Effect: Sendable {
        case begins(ParticipationSpell.Beginning)
        case ends(ParticipationSpell.Ending)
        case stays
    }

    private let changes: [String: Effect]
    private let benefits: [(words: String, way: ParticipationSpell.Ending?)]

    init() throws {
        var changes: [String: Effect] = [:]
        for line in try RuleLine.all(of: "changes", columns: ["change", "effect", "way", "reason"]) {
            switch line.cells[1] {
            case "begins":
                guard let way = ParticipationSpell.Beginning(rawValue: line.cells[2]) else {
                    throw line.fault("“\(line.cells[2])” is no way to begin")
                }
                changes[line.cells[0]] = .begins(way)
            case "ends":
                guard let way = ParticipationSpell.Ending(rawValue: line.cells[2]) else {
                    throw line.fault("“\(line.cells[2])” is no way to end")
                }
                changes[line.cells[0]] = .ends(way)
            case "stays": changes[line.cells[0]] = .stays
            default: throw line.fault("“\(line.cells[1])” is none of begins, ends, stays")
            }
        }
        self.changes = changes
        benefits = try RuleLine.all(of: "benefits", columns: ["words", "way", "reason"]).map { line in
            guard !line.cells[1].isEmpty else { return (line.cells[0], nil) }
            guard let way = ParticipationSpell.Ending(rawValue: line.cells[1]) else {
                throw line.fault("“\(line.cells[1])” is no way to end")
            }
            return (line.cells[0], way)
        }
    }

    func effect(of change: String) -> Effect { changes[change] ?? .stays }

    /// How participation ends for whoever receives a benefit; nil where it does not.
    func ending(by benefit: String) -> ParticipationSpell.Ending? {
        let words = VietnameseWords(benefit)
        return benefits.first { words.has($0.words) }?.way
    }
}
