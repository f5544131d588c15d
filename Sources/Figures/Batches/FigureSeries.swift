public import Database
public import Kernel

/// All figures that hold, by commune and scheme: what dashboards and scores count with.
public struct FigureSeries: Sendable, Equatable {
    public struct Key: Hashable, Sendable {
        public let commune: CommuneCode
        public let scheme: Scheme

        public init(_ commune: CommuneCode, _ scheme: Scheme) {
            self.commune = commune
            self.scheme = scheme
        }
    }

    private let people: [Key: [Month: Int]]
    /// With at least one figure, in order.
    public let months: [Month]

    public init(_ people: [Key: [Month: Int]]) {
        self.people = people
        months = Array(Set(people.values.flatMap(\.keys))).sorted()
    }

    public subscript(commune: CommuneCode, scheme: Scheme, month: Month) -> Int? {
        people[Key(commune, scheme)]?[month]
    }

    /// Of one commune and scheme, by month.
    public func course(_ commune: CommuneCode, _ scheme: Scheme) -> [Month: Int] { people[Key(commune, scheme)] ?? [:] }

    /// Both schemes together; nil unless both are known.
    public func total(_ commune: CommuneCode, _ month: Month) -> Int? {
        guard let compulsory = self[commune, .compulsory, month], let voluntary = self[commune, .voluntary, month]
        else { return nil }
        return compulsory + voluntary
    }
}

extension FigureService {
    /// Every figure that holds. 114 communes and 60 months of two schemes are some 14,000 small rows.
    public static func series(on connection: any SQLConnection) throws -> FigureSeries {
        var people: [FigureSeries.Key: [Month: Int]] = [:]
        var monthsByText: [String: Month] = [:]
        try connection.forEachRow("SELECT commune, month, scheme, people FROM participant_figure", []) { row in
            let text = try row.text("month")
            let month = try monthsByText[text] ?? row.month("month")
            monthsByText[text] = month
            people[FigureSeries.Key(try row.communeCode("commune"), try row.choice("scheme")), default: [:]][month] =
                try row.integer("people")
        }
        return FigureSeries(people)
    }
}
