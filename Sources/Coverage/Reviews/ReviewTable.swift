public import Kernel

/// A decision table over facts (`reviews/*.yaml`): every combination of answers that can occur falls under exactly one row, and
/// a row says which class an officer acts on. Loading checks both (``TableCheck``).
public struct ReviewTable: Sendable, Equatable {
    /// Who does what follows.
    public enum Office: String, Codable, Sendable, CaseIterable {
        case province = "bhxh-province"
        case base = "bhxh-base"
        case sender
        case commune
        case inspector
        case nobody

        public var words: String {
            switch self {
            case .province: "BHXH tỉnh, thành phố"
            case .base: "BHXH cơ sở"
            case .sender: "cơ quan gửi danh sách"
            case .commune: "UBND cấp xã"
            case .inspector: "thanh tra, kiểm tra"
            case .nobody: "không ai"
            }
        }
    }

    /// What an officer can act on.
    public struct Class: Sendable, Equatable {
        public let key: String
        public let title: String
        /// Whether it brings somebody in: it counts as people to win, and becomes a case.
        public let isLead: Bool
        /// What to do, in Vietnamese.
        public let deed: String
        public let office: Office
        /// Name of the clock in the law's tables by which it is to be done; nil where none runs.
        public let clock: String?
        /// Kind of paper that goes out; nil for none.
        public let paper: String?
        /// Articles.
        public let law: [String]
    }

    /// Answers allowed by fact: a bit for each. Facts that are left out may have any answer.
    struct Condition: Sendable, Equatable {
        var allowed: [ReviewFact: UInt16]

        func holds(_ facts: ReviewFacts) -> Bool {
            allowed.allSatisfy { fact, bits in facts[fact].map { bits & (1 << UInt16($0)) != 0 } ?? false }
        }
    }

    public struct Row: Sendable, Equatable {
        /// In the file.
        public let line: Int
        public let classKey: String
        /// Why, in Vietnamese; it stands beside every worker or employer that falls under the row.
        public let reason: String
        let when: Condition
        /// Classes that go before: the row holds only where none of theirs does.
        let except: Set<String>
    }

    /// A combination that cannot occur, with why.
    public struct Impossible: Sendable, Equatable {
        public let line: Int
        public let reason: String
        let when: Condition
    }

    public let key: String
    public let title: String
    /// What it asks, in the order of the file.
    public let facts: [ReviewFact]
    public let classes: [Class]
    public let rows: [Row]
    public let impossible: [Impossible]

    /// What a worker or an employer falls under.
    public struct Verdict: Sendable, Equatable {
        public let result: Class
        public let row: Row
    }

    /// The one row that holds.
    /// - Throws: what the facts lack, or that they are called impossible: a fault of the data, never a guess.
    public func verdict(_ facts: ReviewFacts) throws(ReviewFactFault) -> Verdict {
        if let missing = self.facts.first(where: { facts[$0] == nil }) { throw .missing(missing) }
        if let impossible = impossible.first(where: { $0.when.holds(facts) }) {
            throw .impossible(impossible.reason)
        }
        let holding = rows.filter { $0.when.holds(facts) }
        let classes = Set(holding.map(\.classKey))
        guard let row = holding.first(where: { $0.except.isDisjoint(with: classes) }),
            let result = self.classes.first(where: { $0.key == row.classKey })
        else { throw .noRow }
        return Verdict(result: result, row: row)
    }
}

/// Facts about which a table says nothing.
public enum ReviewFactFault: Error, Equatable, CustomStringConvertible {
    case missing(ReviewFact)
    case impossible(String)
    /// Cannot come of a table that was checked.
    case noRow

    public var description: String {
        switch self {
        case .missing(let fact): "thiếu dữ kiện “\(fact.words)”"
        case .impossible(let reason): "dữ kiện mâu thuẫn: \(reason)"
        case .noRow: "không dòng nào của bảng quyết định áp dụng"
        }
    }
}
