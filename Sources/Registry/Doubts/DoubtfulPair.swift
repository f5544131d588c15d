import Foundation
public import Database
public import Kernel

/// What people answer to a doubtful pair. The values are stored.
public enum DoubtAnswer: String, Sendable, CaseIterable, Codable {
    /// One person.
    case same
    /// Two persons.
    case different
    /// The sender of the later record is to say.
    case ask

    /// On screen.
    public var words: String {
        switch self {
        case .same: "cùng một người"
        case .different: "hai người khác nhau"
        case .ask: "hỏi cơ quan gửi"
        }
    }
}

/// Where a decision stands. The values are stored.
public enum DecisionState: String, Sendable {
    /// A second person has to agree.
    case proposed
    case inForce = "in-force"
    /// Taken back.
    case undone
}

/// A pair that a person has to decide, or may look over: two cores of the register, told by their first records.
public struct DoubtID: Hashable, Sendable, CustomStringConvertible {
    public let low: RecordPlace
    public let high: RecordPlace

    public init(_ one: RecordPlace, _ other: RecordPlace) {
        (low, high) = one < other ? (one, other) : (other, one)
    }

    /// As ``description`` writes it.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let one = parts[0], let other = parts[1], one < other, one > 0 else { return nil }
        self.init(RecordPlace(number: one), RecordPlace(number: other))
    }

    /// `4294967296-8589934593`: for addresses and commands.
    public var description: String { "\(low.number)-\(high.number)" }
}

/// A pair of the queue.
public struct DoubtfulPair: Sendable, Equatable {
    /// Why no link was made.
    public enum Reason: String, Sendable {
        /// The weight lies between the bounds.
        case weight
        /// What a link needs does not agree: a year of birth alone, another social-insurance code.
        case needed
        /// Somebody else is as like.
        case rival
        /// The cluster would hold two persons with different numbers.
        case torn
        /// It is linked, and drawn to be looked over.
        case check

        public var words: String {
            switch self {
            case .weight: "độ giống nằm giữa hai ngưỡng"
            case .needed: "giống nhưng thiếu căn cứ chắc chắn (chỉ có năm sinh, hoặc mã số BHXH khác nhau)"
            case .rival: "có người khác cũng giống như vậy"
            case .torn: "nếu ghép thì một người có hai số định danh"
            case .check: "đã ghép tự động, rút ra để kiểm tra"
            }
        }
    }

    public let id: DoubtID
    /// log2 of the odds that both are one.
    public let weight: Double
    public let reason: Reason
    /// The kinds of the records that are most alike.
    public let kinds: KindPair
    /// The persons that the two belong to now; the same of a linked pair.
    public let persons: (low: EntityID, high: EntityID)
    /// What was answered and is not decided yet: a proposal that a second person has to agree to, or a question.
    public let pending: DoubtDecision?

    /// That both are one.
    public var probability: Double { 1 / (1 + exp2(-weight)) }

    public static func == (left: DoubtfulPair, right: DoubtfulPair) -> Bool {
        left.id == right.id && left.weight == right.weight && left.reason == right.reason && left.kinds == right.kinds
            && left.persons == right.persons && left.pending == right.pending
    }
}

/// What was decided of two records, as it stands.
public struct DoubtDecision: Sendable, Equatable {
    public let one: RecordPlace
    public let other: RecordPlace
    public let answer: DoubtAnswer
    public let state: DecisionState
    /// When it was decided.
    public let weight: Double
    public let kinds: KindPair
    public let words: String
    public let account: RecordID?
    public let byName: String
    public let at: Timestamp

    /// - Parameter row: of the decision joined with its last event.
    init(_ row: SQLRow) throws {
        (one, other) = (try row.place("one"), try row.place("other"))
        (answer, state) = (try row.choice("answer"), try row.choice("state"))
        guard case .real(let weight) = try row.value("weight") else {
            throw DatabaseError.column(name: "weight", problem: "is no number")
        }
        self.weight = weight
        kinds = KindPair(try row.text("kinds")) ?? KindPair("", "")
        words = try row.text("words")
        let account = try row.text("account")
        self.account = account.isEmpty ? nil : RecordID(account)
        (byName, at) = (try row.text("by_name"), try row.timestamp("at"))
    }

    static let selection = """
        SELECT d.one, d.other, d.answer, d.state, d.weight, d.kinds, e.words, e.account, e.by_name, e.at
        FROM link_decision d JOIN link_decision_event e ON e.number = d.event
        """

    /// Whether somebody else made it, so that this account may agree.
    public func mayBeConfirmed(by account: RecordID?) -> Bool { account != self.account || account == nil }
}

/// One thing that happened to a decision.
public struct DoubtEvent: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case proposed
        case decided
        /// A second person agreed.
        case confirmed
        /// A second person did not.
        case rejected
        case undone

        public var words: String {
            switch self {
            case .proposed: "đề xuất"
            case .decided: "quyết định"
            case .confirmed: "người thứ hai đồng ý"
            case .rejected: "người thứ hai không đồng ý"
            case .undone: "rút lại"
            }
        }
    }

    public let kind: Kind
    public let answer: DoubtAnswer
    public let words: String
    public let byName: String
    public let at: Timestamp
}
