import Province
public import Allocation
import Database
import Files
import Foundation
public import Kernel

/// For whom a target is split: the province's communes, or the residential groups of one commune.
public enum AllocationScope: Sendable, Equatable, Hashable {
    case city
    case commune(CommuneCode)

    public var text: String {
        switch self {
        case .city: "city"
        case .commune(let code): code.text
        }
    }

    public init?(_ text: String) {
        if text == "city" {
            self = .city
        } else if let code = CommuneCode(text) {
            self = .commune(code)
        } else {
            return nil
        }
    }
}

/// Who counts a person whom both a residential group and an association win over: a rule of the scenario, so that nobody is
/// counted twice.
public enum CountingRule: String, Sendable, Codable, CaseIterable {
    /// The group where the person lives; associations help and their numbers are not added.
    case residence
    /// The association that won the person; its number is part of the sum, as a group's is.
    case association

    public var words: String {
        switch self {
        case .residence:
            "Mỗi người tính một lần, ở nơi cư trú; số của hội, đoàn thể là phần phối hợp, không cộng thêm"
        case .association: "Mỗi người tính một lần, cho hội, đoàn thể đã vận động; số của hội, đoàn thể nằm trong tổng"
        }
    }
}

/// One way of splitting a year's target, with everything it rests on.
public struct AllocationScenario: Sendable, Equatable {
    public enum State: String, Sendable { case draft, decided }

    public struct Association: Sendable, Equatable, Codable {
        public var name: String
        public var members: Int

        public init(name: String, members: Int) {
            self.name = name
            self.members = members
        }
    }

    /// What is frozen with it.
    public struct Content: Sendable, Equatable, Codable {
        public var units: [AllocationUnit]
        /// Where the inputs come from, in Vietnamese sentences.
        public var sources: [String]
        /// Targets that held before: by code, total and voluntary.
        public var lastTargets: [String: [Int]]
        public var total: Int
        public var voluntary: Int
        public var settings: AllocationSettings
        /// By code.
        public var notes: [String: String]
        public var associations: [Association]
        public var rule: CountingRule
        /// Special conditions that units state, by code.
        public var conditions: [String: String]
        /// The month of the results; nil where there are none.
        public var resultsOf: Month?
        /// Whether last year's targets are floors, unless the settings allow a decrease.
        public var floorsByLastTarget: Bool
        /// The decided scenario that this one adjusts.
        public var adjusts: String?
        /// Units whose results are of an earlier month than ``resultsOf``, by code; nil in scenarios older than the note.
        public var earlierResults: [String: Month]?
        /// The days that the groups' own counts are of, the first and the last; nil where the list tells none.
        public var groupsCounted: [Day]?
        /// Nil in scenarios older than the choice.
        private var compulsoryBasis: CompulsoryBasis?

        /// Whether the decision gives the compulsory part of each target.
        public var compulsory: CompulsoryBasis {
            get { compulsoryBasis ?? .derived }
            set { compulsoryBasis = newValue }
        }

        public init(units: [AllocationUnit], total: Int, voluntary: Int) {
            self.units = units
            self.total = total
            self.voluntary = voluntary
            sources = []
            lastTargets = [:]
            settings = AllocationSettings()
            notes = [:]
            associations = []
            rule = .residence
            conditions = [:]
            floorsByLastTarget = false
        }

        /// The units that share the sum: associations among them where they count.
        public var counting: [AllocationUnit] {
            guard rule == .association else { return units }
            return units
                + associations.map { association in
                    var unit = AllocationUnit(code: Self.code(of: association), name: association.name)
                    unit.lastTotal = 0
                    unit.lastVoluntary = 0
                    unit.labourForce = association.members
                    return unit
                }
        }

        /// An association's among the codes of units; no code of a group or commune looks like it.
        private static func code(of association: Association) -> String { "H:\(association.name)" }

        /// Whether a code stands for one of the scenario's associations.
        public func isAssociation(_ code: String) -> Bool { associations.contains { Self.code(of: $0) == code } }

        /// - Throws: ``AllocationError`` in Vietnamese.
        public func allocation() throws(AllocationError) -> Allocation {
            let previous = Dictionary(
                floorsByLastTarget
                    ? lastTargets.compactMap { code, pair in
                        pair.count == 2 ? (code, (total: pair[0], voluntary: pair[1])) : nil
                    } : [], uniquingKeysWith: { first, _ in first })
            return try Allocation(
                counting, total: total, voluntary: voluntary, settings: settings, previous: previous)
        }

        /// What associations help with where they do not count themselves: in proportion to their members, whole people.
        public var helping: [(code: String, name: String, members: Int, target: Int)] {
            guard rule == .residence, !associations.isEmpty else { return [] }
            let parts = try? Apportionment.solve(voluntary, associations.map { Quota(weight: max($0.members, 1)) })
            return zip(associations, parts ?? []).map { (Self.code(of: $0), $0.name, $0.members, $1) }
        }
    }

    public let id: RecordID
    public let scope: AllocationScope
    public let year: Int
    public let name: String
    public let content: Content
    public let state: State
    public let createdAt: Timestamp
    public let createdBy: String
    public let version: Int
    /// Of all that is frozen with it: equal as long as nobody changes it, whatever is decided meanwhile.
    public let fingerprint: String
    /// Of the decision; nil for a draft.
    public let signing: Signing?
    public let decidedAt: Timestamp?
    public let decidedBy: String?

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        guard let scope = try AllocationScope(row.text("scope")), let state = try State(rawValue: row.text("state"))
        else {
            throw DatabaseError.column(name: "scope or state", problem: "neither is known in allocation_scenario \(id)")
        }
        self.scope = scope
        self.state = state
        year = try row.integer("year")
        name = try row.text("name")
        let stored = Array(try row.text("content").utf8)
        content = try JSONDecoder().decode(Content.self, from: Data(stored))
        fingerprint = StoredFiles.sha256(of: stored)
        createdAt = try row.timestamp("created_at")
        createdBy = try row.text("created_by_name")
        version = try row.integer("version")
        signing = try row.optionalSigning()
        decidedAt = try row.optionalTimestamp("decided_at")
        decidedBy = try row.optionalText("decided_by_name")
    }

    /// - Parameter seen: the version that somebody looked at; nil for whoever looked at none.
    func require(_ seen: Int?) throws(Refusal) {
        guard let seen, seen != version else { return }
        throw Refusal(
            .stale,
            "Phương án vừa được sửa sau khi bạn mở trang. Hãy tải lại trang, xem lại số rồi làm lại, để không khóa hay quyết định nhầm số cũ."
        )
    }

    /// The decision as documents and screens cite it; nil for a draft.
    public var citation: String? { signing.map { "Quyết định \($0.citation)" } }

    static func json(_ content: Content) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(content), as: UTF8.self)
    }
}

/// What was changed in a scenario, by whom.
public struct AllocationChange: Sendable, Equatable {
    public let id: RecordID
    public let at: Timestamp
    public let actorName: String
    public let words: String
    public let isUndone: Bool

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        at = try row.timestamp("at")
        actorName = try row.text("actor_name")
        words = try row.text("words")
        isUndone = try row.integer("undone") != 0
    }
}
