import Access
import Database
import Kernel
public import Notices

extension DaySource {
    /// Leaders' lines: with the unit they ask until it has answered; with their writer once they are answered, or late.
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
            let given = try connection.rows(
                """
                SELECT * FROM instruction WHERE account = ? AND (state = 'answered' OR state = 'open' AND due < ?)
                ORDER BY due, id LIMIT ?
                """, [viewer.account.sqlValue, today.sqlValue, DayService.most.sqlValue]
            ).map(Instruction.init)
            return items
                + given.map { given in
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
