public import Database
public import Kernel

/// To which day the figures of communes are counted, and which source said so, month by month.
public struct FigureDays: Sendable {
    private struct Key: Hashable {
        let commune: CommuneCode
        let month: Month
    }

    private var days: [Key: (day: Day, source: String)] = [:]

    /// The day of a commune's figures of a month, the earlier where its schemes came from files of different days.
    public func day(_ commune: CommuneCode, _ month: Month) -> Day? { days[Key(commune: commune, month: month)]?.day }

    /// Where they came from, as the batch names it.
    public func source(_ commune: CommuneCode, _ month: Month) -> String? {
        days[Key(commune: commune, month: month)]?.source
    }

    /// What holds in some months, in one read.
    /// - Parameter commune: nil for all.
    public init(of months: Set<Month>, commune: CommuneCode? = nil, on connection: any SQLConnection) throws {
        guard !months.isEmpty else { return }
        let sorted = months.sorted()
        let marks = sorted.map { _ in "?" }.joined(separator: ", ")
        var values = sorted.map(\.sqlValue)
        if let commune { values.append(commune.sqlValue) }
        try connection.forEachRow(
            """
            SELECT p.commune, p.month, b.source, b.cutoff FROM participant_figure p
                JOIN figure_batch b ON b.number = p.batch
            WHERE p.month IN (\(marks))\(commune == nil ? "" : " AND p.commune = ?")
            ORDER BY p.month, p.commune, p.scheme
            """, values
        ) { row in
            let month = try row.month("month")
            let stated = try row.optionalDay("cutoff")
            let day = stated.map { Month(of: $0) == month ? $0 : month.lastDay } ?? month.lastDay
            let key = Key(commune: try row.communeCode("commune"), month: month)
            if let known = days[key], known.day <= day { return }
            days[key] = (day, try row.text("source"))
        }
    }
}
