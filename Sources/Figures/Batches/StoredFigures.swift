import Database
import Kernel

/// What holds at present in some months, for comparing a file with it.
struct StoredFigures: Sendable {
    private struct Key: Hashable {
        let commune: CommuneCode
        let scheme: Scheme
    }

    /// The months asked for.
    let months: ClosedRange<Month>
    private let people: [Key: [Month: Int]]

    init(in months: ClosedRange<Month>, on connection: any SQLConnection) throws {
        self.months = months
        var people: [Key: [Month: Int]] = [:]
        // Texts repeat: each is understood once.
        var monthsByText: [String: Month] = [:]
        var communesByText: [String: CommuneCode] = [:]
        try connection.forEachRow(
            "SELECT commune, month, scheme, people FROM participant_figure WHERE month BETWEEN ? AND ?",
            [months.lowerBound.sqlValue, months.upperBound.sqlValue]
        ) { row in
            let text = try row.text("month")
            let month = try monthsByText[text] ?? row.month("month")
            monthsByText[text] = month
            let code = try row.text("commune")
            let commune = try communesByText[code] ?? row.communeCode("commune")
            communesByText[code] = commune
            people[Key(commune: commune, scheme: try row.choice("scheme")), default: [:]][month] =
                try row.integer("people")
        }
        self.people = people
    }

    /// The months that figures are stored for.
    static func knownMonths(on connection: any SQLConnection) throws -> Set<Month> {
        var months: Set<Month> = []
        try connection.forEachRow("SELECT DISTINCT month FROM participant_figure", []) { row in
            months.insert(try row.month("month"))
        }
        return months
    }

    /// The latest figure of a commune before a month, at most a year back.
    func earlier(_ commune: CommuneCode, _ scheme: Scheme, before month: Month) -> (month: Month, people: Int)? {
        guard let known = people[Key(commune: commune, scheme: scheme)] else { return nil }
        for back in 1...12 {
            let earlier = month.adding(months: -back)
            if let people = known[earlier] { return (earlier, people) }
        }
        return nil
    }

    func people(_ commune: CommuneCode, _ scheme: Scheme, in month: Month) -> Int? {
        people[Key(commune: commune, scheme: scheme)]?[month]
    }

    subscript(figure: ReadFigure) -> Int? {
        people[Key(commune: figure.commune, scheme: figure.scheme)]?[figure.month]
    }
}
