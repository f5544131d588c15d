import Database
import Kernel

/// What equal numbers, agreeing names and decisions make one: the unit that models compare. Named by its first record.
struct LinkBundle: Equatable, Sendable {
    let core: RecordPlace
    /// The person it belongs to.
    var entity: EntityID
    var faces: LinkFaces
    /// Those that identify, sorted.
    var numbers: Set<NumberToken>
    /// Decisions that part a record of this core from another record.
    var apart: Set<Parting>

    struct Parting: Hashable, Sendable {
        let own: RecordPlace
        let other: RecordPlace
    }

    init(
        _ core: RecordPlace, entity: EntityID, faces: LinkFaces = LinkFaces(), numbers: Set<NumberToken> = [],
        apart: Set<Parting> = []
    ) {
        (self.core, self.entity, self.faces, self.numbers, self.apart) = (core, entity, faces, numbers, apart)
    }

    init(_ row: SQLRow) throws {
        core = try row.place("core")
        entity = try row.entity("entity")
        faces = LinkFaces(text: try row.text("faces"))
        numbers = Set(NumberToken.all(in: try row.bytes("numbers")))
        apart = Set(
            try row.text("apart").split(separator: " ").compactMap { pair in
                let parts = pair.split(separator: "-").compactMap { Int64($0) }
                return parts.count == 2
                    ? Parting(own: RecordPlace(number: parts[0]), other: RecordPlace(number: parts[1])) : nil
            })
    }

    static let columns = ["core", "entity", "faces", "numbers", "apart"]

    var row: [SQLValue] {
        [
            core.sqlValue, entity.sqlValue, .text(faces.text),
            .bytes(numbers.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.flatMap(\.bytes)),
            .text(
                apart.map { "\($0.own.number)-\($0.other.number)" }.sorted().joined(separator: " ")),
        ]
    }

    /// Whether everything but the person is the same.
    func isLike(_ other: LinkBundle) -> Bool {
        faces == other.faces && numbers == other.numbers && apart == other.apart
    }

    func isApart(from other: LinkBundle) -> Bool {
        apart.contains { other.apart.contains(Parting(own: $0.other, other: $0.own)) }
    }

    func numbers(of kind: NumberKind) -> Set<NumberToken> { numbers.filter { $0.bytes.first == kind.rawValue } }

    /// Whether both have numbers of a kind, and none in common.
    func differs(from other: LinkBundle, in kind: NumberKind) -> Bool {
        let (own, others) = (numbers(of: kind), other.numbers(of: kind))
        return !own.isEmpty && !others.isEmpty && own.isDisjoint(with: others)
    }
}
