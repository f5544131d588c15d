import Kernel
public import Tabular

/// A row or heading of a table of units that cannot be used.
public struct AllocationFault: Error, Sendable, Equatable, CustomStringConvertible {
    public let row: Int
    public let column: String
    public let value: String
    public let message: String

    public var description: String {
        "Dòng \(row)\(column.isEmpty ? "" : ", cột \(column)")\(value.isEmpty ? "" : ", “\(value.prefix(40))”"): \(message)"
    }
}

extension AllocationUnit {
    /// Columns of a table of units, in the order in which it is written: as programs name them and as people do.
    private static let names: [(column: String, heading: String)] = [
        ("code", "Mã đơn vị"), ("name", "Tên đơn vị"), ("last_total", "Kết quả gần nhất, tổng số"),
        ("last_voluntary", "Kết quả gần nhất, tự nguyện"), ("labour_force", "Lực lượng lao động"),
        ("pool", "Số người chưa tham gia"), ("proposal_total", "Đề xuất, tổng số"),
        ("proposal_voluntary", "Đề xuất, tự nguyện"), ("floor_total", "Sàn tổng số"), ("cap_total", "Trần tổng số"),
        ("floor_voluntary", "Sàn tự nguyện"), ("cap_voluntary", "Trần tự nguyện"),
    ]
    /// What programs name them.
    public static let columns = names.map(\.column)
    /// The headings of a table for people.
    public static let headings = names.map(\.heading)

    /// By either name, without case, marks and punctuation.
    private static let known = Dictionary(
        names.flatMap { [($0.column, $0.column), ($0.heading, $0.column)] }.map {
            (VietnameseWords($0.0).text, $0.1)
        }, uniquingKeysWith: { first, _ in first })

    /// The row of a table of ``columns`` or ``headings``; what is not known stays empty.
    public var row: [String] {
        [code, name]
            + [
                lastTotal, lastVoluntary, labourForce, pool, proposalTotal, proposalVoluntary, floorTotal, capTotal,
                floorVoluntary, capVoluntary,
            ].map { $0.map(String.init) ?? "" }
    }

    /// Reads a table with ``columns`` or ``headings`` in any order, title rows above them; empty cells are what is not known.
    /// - Parameters:
    ///   - file: its first table that has rows.
    ///   - allowed: codes that may stand in it; nil for any.
    /// - Returns: the units, and every fault; a unit with a fault is left out, so a caller that needs all must look.
    /// - Throws: ``AllocationFault`` for a heading that cannot be used.
    public static func read(_ file: TableFile, among allowed: Set<String>? = nil) throws(AllocationFault) -> (
        units: [AllocationUnit], faults: [AllocationFault]
    ) {
        guard let table = file.tables.first(where: { !$0.rows.isEmpty }) else {
            throw AllocationFault(row: 1, column: "", value: "", message: "tệp không có dòng nào")
        }
        // Of a table without any heading of ours the first row with several cells is told what it lacks.
        let found = Heading.find(in: table) { heading in
            let known = heading.own.count { Self.known[VietnameseWords($0).text] != nil }
            let titled = heading.own.count { !$0.isEmpty }
            return ((), known * 2 + (titled > 1 ? 1 : 0))
        }
        guard let heading = found?.heading else {
            throw AllocationFault(row: 1, column: "", value: "", message: "tệp không có dòng tiêu đề")
        }
        let headingRow = table.rows[heading.first]
        var places: [String: Int] = [:]
        for (index, text) in heading.own.enumerated() where !text.isEmpty {
            guard let name = known[VietnameseWords(text).text] else {
                throw AllocationFault(
                    row: headingRow.number, column: columnLetters(index), value: text,
                    message: "không có cột này"
                        + (Nearest.name(to: text, among: headings + columns).map { "; có phải là “\($0)”?" }
                            ?? "; các cột: \(headings.joined(separator: "; "))"))
            }
            guard places.updateValue(index, forKey: name) == nil else {
                throw AllocationFault(
                    row: headingRow.number, column: columnLetters(index), value: name, message: "cột có hai lần")
            }
        }
        guard let code = places["code"] else {
            throw AllocationFault(
                row: headingRow.number, column: "", value: "", message: "thiếu cột “Mã đơn vị” (code)")
        }
        let shifted = ShiftedRows(
            table, heading, form: file.textForm,
            figures: places.filter { $0.key != "code" && $0.key != "name" }.values)
        var units: [AllocationUnit] = []
        var faults: [AllocationFault] = []
        var known: [String: Int] = [:]
        for row in table.rows[heading.firstRow...] where !row.isBlank {
            var unit = AllocationUnit(
                code: VietnameseText.tidy(row[code].shown),
                name: VietnameseText.tidy(places["name"].map { row[$0].shown } ?? row[code].shown))
            let before = faults.count
            if let (column, message) = shifted?.problem(of: row) {
                faults.append(
                    .init(
                        row: row.number, column: Self.place(column, heading), value: row[column].shown,
                        message: message))
                continue
            }
            for column in [code, places["name"] ?? code] {
                switch row[column] {
                case .failed, .uncomputed:
                    faults.append(
                        .init(
                            row: row.number, column: Self.place(column, heading), value: row[column].shown,
                            message: "là công thức bị lỗi hoặc chưa có kết quả; hãy dán giá trị"))
                default: break
                }
            }
            if unit.code.isEmpty {
                faults.append(
                    .init(row: row.number, column: columnLetters(code), value: "", message: "thiếu mã đơn vị"))
            }
            func number(_ name: String) -> Int? {
                guard let place = places[name] else { return nil }
                switch PeopleCell(row[place]) {
                case .people(let people), .repaired(let people, _): return people
                case .missing: return nil
                case .wrong(let message):
                    faults.append(
                        .init(
                            row: row.number, column: Self.place(place, heading), value: row[place].shown,
                            message: "\(message); để trống nếu chưa biết"))
                    return nil
                }
            }
            unit.lastTotal = number("last_total")
            unit.lastVoluntary = number("last_voluntary")
            unit.labourForce = number("labour_force")
            unit.pool = number("pool")
            unit.proposalTotal = number("proposal_total")
            unit.proposalVoluntary = number("proposal_voluntary")
            unit.floorTotal = number("floor_total")
            unit.capTotal = number("cap_total")
            unit.floorVoluntary = number("floor_voluntary")
            unit.capVoluntary = number("cap_voluntary")
            if let all = unit.lastTotal, let part = unit.lastVoluntary, part > all {
                faults.append(
                    .init(
                        row: row.number, column: places["last_voluntary"].map { Self.place($0, heading) } ?? "",
                        value: "\(part)",
                        message: "lớn hơn tổng số cùng dòng (\(all)); người tự nguyện là một phần của tổng số"))
            }
            if !unit.code.isEmpty, let first = known.updateValue(row.number, forKey: unit.code) {
                faults.append(
                    .init(
                        row: row.number, column: columnLetters(code), value: unit.code,
                        message: "đơn vị đã có ở dòng \(first); giữ một dòng cho mỗi đơn vị"))
            }
            if let allowed, !unit.code.isEmpty, !allowed.contains(unit.code) {
                faults.append(
                    .init(
                        row: row.number, column: columnLetters(code), value: unit.code,
                        message: "không có đơn vị mã này trong phương án"))
            }
            if faults.count == before { units.append(unit) }
        }
        guard !units.isEmpty || !faults.isEmpty else {
            throw AllocationFault(
                row: headingRow.number, column: "", value: "", message: "dưới dòng tiêu đề không có đơn vị nào")
        }
        return (units, faults)
    }

    /// `C (Kết quả gần nhất, tổng số)`
    private static func place(_ index: Int, _ heading: Heading) -> String {
        let title = heading.title(index)
        return title.isEmpty ? columnLetters(index) : "\(columnLetters(index)) (\(title))"
    }
}
