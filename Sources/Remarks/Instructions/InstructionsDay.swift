import Access
import Database
import Kernel
public import Notices

extension DaySource {
    /// Leaders' lines: with the unit they ask until it has answered; with their writer once they are answered, or late;
    /// with the other leaders of the writer's agency where the writer's account is locked.
    public static func instructions(_ service: RemarkService) -> DaySource {
        // A change of a line concerns the unit it asks and whoever gave it.
        let concerned: DaySource.Concerned = { key, _, connection in
            guard let row = try connection.row("SELECT unit, author_unit FROM instruction WHERE id = ?", key) else {
                return []
            }
            guard let giver = try row.optionalText("author_unit") else { return nil }
            return [try row.text("unit"), giver]
        }
        return DaySource(
            [], follows: [.instruction: concerned], isFor: { $0.may(.writeRemarks) || $0.may(.instruct) }
        ) { viewer, today, connection in
            var items: [DayItem] = []
            let units = viewer.may(.writeRemarks) ? viewer.ownUnits : []
            if !units.isEmpty {
                items += try connection.rows(
                    """
                    SELECT * FROM instruction WHERE unit IN (\(RemarkService.marks(units.count))) AND state = 'open'
                    ORDER BY due, id LIMIT ?
                    """, units.map(\.text.sqlValue) + [DayService.most.sqlValue]
                ).map { row in
                    let asked = try Instruction(row)
                    return DayItem(
                        .instruction, Subject(.instruction, asked.id), asked.text,
                        detail: "\(asked.author) · về \(asked.about)", note: asked.said.map { "Trả lại: \($0)" },
                        due: asked.due)
                }
            }
            guard viewer.may(.instruct) else { return items }
            // A list in SQL is never empty; no unit has this code.
            let homes = viewer.ownUnits.isEmpty ? [""] : viewer.ownUnits.map(\.text)
            let given = try connection.rows(
                """
                SELECT * FROM instruction WHERE (account = ? OR author_unit IN (\(RemarkService.marks(homes.count))))
                AND (state = 'answered' OR state = 'open' AND due < ?)
                ORDER BY due, id LIMIT ?
                """,
                [viewer.account.sqlValue] + homes.map(\.sqlValue)
                    + [today.sqlValue, DayService.most.sqlValue]
            ).map(Instruction.init)
            // Whose account was locked ends no line any more: the other leaders of the agency do.
            let gone = try Set(given.map(\.account)).subtracting([viewer.account]).filter {
                try Accounts.find($0, on: connection)?.state == .disabled
            }
            return items
                + given.filter { $0.account == viewer.account || gone.contains($0.account) }.map { given in
                    let unit = VietnameseText.sentence(service.names.name(of: given.unit))
                    let isAnswered = given.state == .answered
                    return DayItem(
                        isAnswered ? .instructionAnswered : .instructionLate, Subject(.instruction, given.id),
                        given.text, detail: "\(unit) · về \(given.about)",
                        note: isAnswered ? given.said.map { "Trả lời: \($0)" } : nil, due: isAnswered ? nil : given.due)
                }
        }
    }
}
