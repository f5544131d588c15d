import Database
import Formats
import Foundation
import Kernel
import Linkage

/// Persons drawn by their blind indexes, which are spread evenly and tell nothing of what is compared: what two kinds of record
/// say of them.
struct LinkSample: Sendable {
    let kinds: KindPair
    private let first: [(id: String, face: LinkFace)]
    private let second: [(id: String, face: LinkFace)]
    /// Persons of the sample that both kinds tell of.
    let overlap: Int
    /// The chance that a record of one kind and one of the other, taken at random from the register, are one person's.
    let prior: Double
    private let labels: [LabelledPair]

    /// How many persons there are of each kind, in a sample of the register.
    static func kinds(on connection: any SQLConnection) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try connection.rows(
            """
            SELECT r.kind, COUNT(DISTINCT m.entity) AS number FROM membership m
            JOIN record r ON r.commune = m.commune AND r.place = m.place WHERE m.subject = 'person' GROUP BY r.kind
            """)
        { counts[try row.text("kind")] = try row.integer("number") }
        return counts
    }

    init(_ kinds: KindPair, most: Int, on connection: any SQLConnection) throws {
        self.kinds = kinds
        var persons: Set<EntityID> = []
        for kind in [NumberKind.personal, .socialInsurance] {
            let rows = try connection.rows(
                "SELECT entity FROM identity WHERE number >= ? AND number < ? ORDER BY number LIMIT ?",
                [.bytes([kind.rawValue]), .bytes([kind.rawValue + 1]), most.sqlValue])
            for row in rows { persons.insert(try row.entity("entity")) }
        }
        // Those that people decided of are in it.
        let decided = try connection.rows(
            """
            SELECT d.one, d.other, d.answer, a.entity AS first, b.entity AS second FROM link_decision d
            JOIN membership a ON a.place = d.one JOIN membership b ON b.place = d.other
            WHERE d.kinds = ? AND d.state = 'in-force' AND d.answer <> 'ask'
            """, kinds.description)
        for row in decided { persons.formUnion([try row.entity("first"), try row.entity("second")]) }
        let cores = try LinkIndex.cores(of: persons.sorted(), on: connection).sorted { $0.core < $1.core }
        func faces(_ kind: String) -> [(id: String, face: LinkFace, person: EntityID)] {
            cores.flatMap { core in
                core.faces.kinds.filter { $0.value.contains { $0.rawValue == kind } }.keys.sorted {
                    $0.values.lexicographicallyPrecedes($1.values)
                }.prefix(1).map { ("\(kind)-\(core.core.number)", $0, core.entity) }
            }
        }
        let (left, right) = (faces(kinds.first), faces(kinds.second))
        first = left.map { ($0.id, $0.face) }
        second = right.map { ($0.id, $0.face) }
        overlap = Set(left.map(\.person)).intersection(right.map(\.person)).count
        let counts = try Self.kinds(on: connection)
        let (all, others) = (Double(counts[kinds.first] ?? 0), Double(counts[kinds.second] ?? 0))
        // Of the sample as many as of the register; at least one in all.
        let share = Double(max(overlap, 1)) / Double(max(min(left.count, right.count), 1))
        prior = min(max(share * min(all, others) / max(all * others, 1), 1e-9), 1e-2)
        var coreOf: [RecordPlace: RecordPlace] = [:]
        for row in decided {
            for (place, person) in [("one", "first"), ("other", "second")] {
                let entity = try row.entity(person)
                coreOf[try row.place(place)] = cores.first { $0.entity == entity }?.core
            }
        }
        let ids = Set(left.map(\.id) + right.map(\.id))
        labels = try decided.compactMap { row in
            guard let one = coreOf[try row.place("one")], let other = coreOf[try row.place("other")] else { return nil }
            let answer: DoubtAnswer = try row.choice("answer")
            for (a, b) in [(one, other), (other, one)] {
                let pair = ("\(kinds.first)-\(a.number)", "\(kinds.second)-\(b.number)")
                if ids.contains(pair.0), ids.contains(pair.1) {
                    return LabelledPair(left: pair.0, right: pair.1, isMatch: answer == .same)
                }
            }
            return nil
        }
    }

    var isEnough: Bool { first.count >= TrainLinks.fewest && second.count >= TrainLinks.fewest && overlap >= 50 }

    /// Trained by expectation maximisation within what shares a day of birth, all words of a name, or a telephone: rules that leave
    /// the others free.
    func train() async throws -> TrainedModel {
        var settings = try LinkModels.file.model.settings
        settings.id = "id"
        settings.blocking = ["birth", "letters(name)", "phone"]
        var linker = Linker(settings)
        // Both answers are needed in number before chances are fitted to them.
        if labels.count(where: { $0.isMatch == true }) >= 20, labels.count(where: { $0.isMatch == false }) >= 20 {
            linker.labels = labels
        }
        return try await linker.train([Self.list(first, kinds.first), Self.list(second, kinds.second)])
    }

    private static func list(_ rows: [(id: String, face: LinkFace)], _ name: String) -> LinkList {
        var text = (["id"] + LinkFace.columns).joined(separator: ",") + "\n"
        for (id, face) in rows {
            text += ([id] + face.values).map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
        }
        return LinkList(name: name, content: Data(text.utf8))
    }
}
