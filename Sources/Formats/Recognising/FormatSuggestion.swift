import Kernel
public import Tabular

/// A first format for a list never seen before: its columns by their names and by what stands in them, to be looked through
/// by a person.
public struct FormatSuggestion: Sendable {
    /// The file to save as `formats/<key>.yaml`.
    public let yaml: String
    /// Columns of the file that nothing was found for.
    public let unread: [String]

    /// - Parameters:
    ///   - key: of the new format.
    ///   - record: what its rows tell of; guessed from the columns where it is left out.
    ///   - formats: whose columns' names are known.
    public init(
        _ source: RowSource, key: String, record: RecordKind? = nil, among formats: [Format], context: ReadingContext
    ) throws(FormatReadingError) {
        let known = Self.names(formats)
        var best: (heading: Heading, score: Int, sheet: SheetSample)?
        for sheet in try SheetSample.read(source) {
            guard let found = Self.heading(of: sheet, known) else { continue }
            if best.map({ found.score > $0.score }) ?? true { best = (found.heading, found.score, sheet) }
        }
        guard let best else {
            throw .noHeading(format: "danh sách mới", missing: [], sheet: "", row: 0)
        }
        let heading = best.heading
        let numbered = SheetHead.columnNumbers(best.sheet.rows, at: heading.firstRow) != nil
        let rows = best.sheet.rows.dropFirst(heading.firstRow + (numbered ? 1 : 0))
        var columns: [(name: String, guess: ColumnGuess, filled: Double)] = []
        var (taken, unread): (Set<RecordField>, [String]) = ([], [])
        for place in heading.paths.indices where !heading.paths[place].isEmpty {
            let name = heading.paths[place].joined(separator: " > ")
            let cells = rows.map { $0[place] }
            guard
                let guess = ColumnGuess.of(
                    path: heading.paths[place].map { VietnameseWords($0).text }, cells: cells, known: known,
                    context: context), taken.insert(guess.field).inserted
            else {
                unread.append(name)
                continue
            }
            let filled = Double(cells.count { !$0.isBlank }) / Double(max(cells.count, 1))
            columns.append((name, guess, filled))
        }
        guard !columns.isEmpty else { throw .noHeading(format: "danh sách mới", missing: [], sheet: "", row: 0) }
        self.unread = unread
        let kind = record ?? Self.kind(Set(columns.map(\.guess.field)))
        yaml = Self.text(key, kind, columns, unread)
    }

    // MARK: Finding

    /// Folded names of the columns there are, and what they fill.
    static func names(_ formats: [Format]) -> [String: [RecordField]] {
        var names: [String: [RecordField]] = [:]
        for format in formats {
            for column in format.columns {
                for path in column.paths {
                    names[path.joined(separator: " ")] = column.fields
                    if path.count == 1 || names[path[path.count - 1]] == nil {
                        names[path[path.count - 1]] = column.fields
                    }
                }
            }
        }
        return names
    }

    /// The rows that name most columns as lists do; else the first row with several words that rows of as many cells follow.
    /// - Parameter accepted: the old encoding that its text may be read from.
    static func heading(
        of sheet: SheetSample, _ known: [String: [RecordField]], accepted: OldEncoding? = nil
    ) -> (heading: Heading, score: Int)? {
        let table = Table(name: sheet.name, rows: sheet.rows)
        let found = Heading.find(
            in: table, depths: 1...4, readable: { accepted?.decode($0) ?? $0 }
        ) { heading -> (meaning: Int, score: Int)? in
            let titled = heading.paths.filter { !$0.isEmpty }
            let own = heading.own.filter { !$0.isEmpty }
            guard titled.count >= 2, !own.isEmpty,
                own.allSatisfy({ $0.contains(where: \.isLetter) && $0.utf8.count < 200 }),
                Set(titled).count == titled.count
            else { return nil }
            let named = titled.count { path in
                let words = path.map { VietnameseWords($0).text }
                return known[words.joined(separator: " ")] != nil || known[words[words.count - 1]] != nil
            }
            return (titled.count, named * 10 + titled.count * 2 - heading.depth)
        }
        return found.map { ($0.heading, $0.meaning + $0.heading.own.count) }
    }

    private static func kind(_ fields: Set<RecordField>) -> RecordKind {
        if fields.contains(.change) || fields.contains(.changeWritten) { return .movement }
        if fields.contains(.stoppedMonth) { return .stopped }
        if fields.contains(.income) { return .taxedWorker }
        if fields.contains(.benefitKind) { return .benefit }
        if fields.contains(.school) || fields.contains(.schoolClass) { return .pupil }
        if fields.contains(.insurance) || fields.contains(.activity) { return .labourRegistration }
        if fields.contains(.projectName) { return .projectContract }
        if fields.contains(.registration) { return .boat }
        let isPerson = fields.contains(.name) && (fields.contains(.birth) || fields.contains(.personalID))
        if isPerson, fields.contains(.household) || fields.contains(.relation) { return .resident }
        if fields.contains(.revenue) { return .householdBusiness }
        if isPerson { return fields.contains(.base) || fields.contains(.unitCode) ? .participant : .resident }
        return fields.contains(.unitCode) ? .unit : .enterprise
    }

    // MARK: Writing

    private static func text(
        _ key: String, _ kind: RecordKind, _ columns: [(name: String, guess: ColumnGuess, filled: Double)],
        _ unread: [String]
    ) -> String {
        // What tells somebody, filled in nearly every row, is needed; a list must need something.
        let telling: Set<RecordField> = [
            .name, .birth, .unitName, .unitTaxCode, .unitCode, .registration, .projectName,
        ]
        var needed = Set(columns.filter { telling.contains($0.guess.field) && $0.filled >= 0.9 }.map(\.guess.field))
        if needed.isEmpty, let fullest = columns.max(by: { $0.filled < $1.filled }) { needed = [fullest.guess.field] }
        let identifying: [RecordField] = [
            .siCode, .personalID, .oldPersonalID, .unitTaxCode, .unitCode, .registration, .name, .birth, .unitName,
            .month,
        ]
        let same = identifying.filter { field in
            columns.contains { $0.guess.field == field || $0.guess.alternatives.contains(field) }
        }
        var lines = [
            "# Mẫu do máy đề xuất từ một tệp: hãy xem lại từng cột rồi chạy `baophu formats check`.",
            "key: \(key)", "title: \(quoted("Danh sách \(key)"))",
            "source: \(quoted("Tệp mẫu của bên gửi, chưa có văn bản"))",
            "confidence: proposed", "senders: [unknown]", "record: \(kind.rawValue)", "columns:",
        ]
        for column in columns {
            lines.append("  - name: \(quoted(column.name))  # \(column.guess.reason)")
            lines.append("    field: \(column.guess.field.rawValue)")
            if !column.guess.alternatives.isEmpty {
                lines.append("    or: [\(column.guess.alternatives.map(\.rawValue).joined(separator: ", "))]")
            }
            if needed.contains(column.guess.field) { lines.append("    needed: true") }
        }
        if !same.isEmpty { lines.append("same: [\(same.map(\.rawValue).joined(separator: ", "))]") }
        for name in unread { lines.append("# Chưa rõ cột \(quoted(name)); nếu cần, thêm vào “columns”.") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// In double quotes, on one line.
    private static func quoted(_ text: String) -> String {
        let plain = VietnameseText.unified(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(plain)\""
    }
}
