public import Access
public import Database
public import Kernel

/// Which of a person's two communes a count is by.
public enum FlowPlace: String, Sendable, CaseIterable, Codable {
    /// Where the person lives.
    case residence
    /// Where the employer is; of voluntary participants there is none.
    case employer

    /// In Vietnamese.
    public var words: String {
        switch self {
        case .residence: "nơi cư trú của người tham gia"
        case .employer: "nơi đơn vị đóng"
        }
    }
}

/// Stock and flow of participants, as the register counts them.
public enum RegisterFlows {
    /// One line of a month: opening + who came − who left = closing.
    public struct Line: Sendable, Equatable {
        public struct Key: Hashable, Sendable {
            /// Where the people live; nil where no record says.
            public var residence: CommuneCode?
            /// Where the employer is; nil in the voluntary scheme, and where no record says.
            public var employer: CommuneCode?
            public var scheme: Scheme
            /// Nil in the voluntary scheme, and where no rule names one.
            public var block: Block?

            public init(residence: CommuneCode?, employer: CommuneCode?, scheme: Scheme, block: Block?) {
                (self.residence, self.employer, self.scheme, self.block) = (residence, employer, scheme, block)
            }
        }

        public let key: Key
        public internal(set) var opening: Int
        /// ``FlowMovement/carried`` is part of ``opening``.
        public internal(set) var movements: [FlowMovement: Int]

        public var closing: Int { movements.reduce(opening) { $0 + $1.key.sign * $1.value } }

        public subscript(movement: FlowMovement) -> Int { movements[movement] ?? 0 }

        public init(key: Key, opening: Int, movements: [FlowMovement: Int]) {
            (self.key, self.opening, self.movements) = (key, opening, movements)
        }
    }

    /// All lines of a month, in order.
    /// - Parameters:
    ///   - scope: whose, by the commune that ``place`` says.
    public static func of(
        month: Month, by place: FlowPlace = .residence, within scope: Scope, on connection: any SQLConnection
    ) throws -> [Line] {
        let bound = Bound(scope)
        let column = place == .residence ? "commune" : "workplace"
        var lines: [Line.Key: Line] = [:]
        func key(_ row: SQLRow) throws -> Line.Key {
            Line.Key(
                residence: CommuneCode(try row.text("commune")), employer: CommuneCode(try row.text("workplace")),
                scheme: try row.choice("scheme"), block: Block(rawValue: try row.integer("block")))
        }
        try connection.forEachRow(
            """
            SELECT commune, workplace, scheme, block, movement, SUM(people) AS people FROM flow
            WHERE month < ?\(bound.sql(column)) GROUP BY commune, workplace, scheme, block, movement
            """, [month.sqlValue] + bound.values
        ) { row in
            let key = try key(row)
            let movement: FlowMovement = try row.choice("movement")
            lines[key, default: Line(key: key, opening: 0, movements: [:])].opening +=
                movement.sign * (try row.integer("people"))
        }
        try connection.forEachRow(
            "SELECT commune, workplace, scheme, block, movement, people FROM flow WHERE month = ?\(bound.sql(column))",
            [month.sqlValue] + bound.values
        ) { row in
            let key = try key(row)
            lines[key, default: Line(key: key, opening: 0, movements: [:])].movements[try row.choice("movement")] =
                try row.integer("people")
        }
        return lines.values.filter { $0.opening != 0 || !$0.movements.isEmpty }.sorted { Self.isBefore($0.key, $1.key) }
    }

    /// Lines that agree in what a key keeps are one.
    public static func sums(_ lines: [Line], by keep: (Line.Key) -> Line.Key) -> [Line] {
        var sums: [Line.Key: Line] = [:]
        for line in lines {
            let key = keep(line.key)
            sums[key, default: Line(key: key, opening: 0, movements: [:])].opening += line.opening
            for (movement, people) in line.movements { sums[key]?.movements[movement, default: 0] += people }
        }
        return sums.values.sorted { isBefore($0.key, $1.key) }
    }

    /// By one commune and scheme.
    public static func sums(_ lines: [Line], by place: FlowPlace) -> [Line] {
        sums(lines) { key in
            Line.Key(
                residence: place == .residence ? key.residence : nil,
                employer: place == .employer ? key.employer : nil, scheme: key.scheme, block: nil)
        }
    }

    /// The months that records tell of, the first and the last; nil while they tell of none.
    public static func months(on connection: any SQLConnection) throws -> ClosedRange<Month>? {
        guard
            let row = try connection.row("SELECT MIN(month) AS first, MAX(month) AS last FROM flow WHERE month <> ''"),
            let first = try row.optionalText("first").flatMap({ Month($0) }),
            let last = try row.optionalText("last").flatMap({ Month($0) })
        else { return nil }
        return first...last
    }

    private static func isBefore(_ left: Line.Key, _ right: Line.Key) -> Bool {
        (
            left.residence?.text ?? "", left.employer?.text ?? "", left.scheme.rawValue, left.block?.rawValue ?? 0
        ) < (right.residence?.text ?? "", right.employer?.text ?? "", right.scheme.rawValue, right.block?.rawValue ?? 0)
    }
}
