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
    /// Columns of a table of units, in the order in which it is written.
    public static let columns = [
        "code", "name", "last_total", "last_voluntary", "labour_force", "pool", "proposal_total", "proposal_voluntary",
        "floor_total", "cap_total", "floor_voluntary", "cap_voluntary",
    ]

    /// The row of a table of ``columns``; what is not known stays empty.
    public var row: [String] {
        [code, name]
            + [
                lastTotal, lastVoluntary, labourForce, pool, proposalTotal, proposalVoluntary, floorTotal, capTotal,
                floorVoluntary, capVoluntary,
            ].map { $0.map(String.init) ?? "" }
    }

    /// Reads `units.csv` or a workbook of the same columns; empty cells are what is not known.
    /// - Parameters:
    ///   - file: its first table that has rows.
    ///   - allowed: codes that may stand in it; nil for any.
    /// - Returns: the units, and every fault; a unit with a fault is left out, so a caller that needs all must look.
    /// - Throws: ``AllocationFault`` for a heading that cannot be used.
    public static func read(_ file: TableFile, among allowed: Set<String>? = nil) throws(AllocationFault) -> (
        units: [AllocationUnit], faults: [AllocationFault]
    ) {
        guard let table = file.tables.first(where: { !$0.rows.isEmpty }), let heading = table.rows.first else {
            throw AllocationFault(row: 1, column: "", value: "", message: "tệp không có dòng nào")
        }
        var places: [String: Int] = [:]
        for index in heading.cells.indices {
            let name = VietnameseText.tidy(heading[index].shown).lowercased()
            guard !name.isEmpty else { continue }
            guard columns.contains(name) else {
                throw AllocationFault(
                    row: heading.number, column: columnLetters(index), value: name,
                    message: "không có cột này"
                        + (Nearest.name(to: name, among: columns).map { "; có phải là “\($0)”?" }
                            ?? "; các cột: \(columns.joined(separator: ", "))"))
            }
            guard places.updateValue(index, forKey: name) == nil else {
                throw AllocationFault(
                    row: heading.number, column: columnLetters(index), value: name, message: "cột có hai lần")
            }
        }
        guard let code = places["code"] else {
            throw AllocationFault(row: heading.number, column: "", value: "", message: "thiếu cột code")
        }
        var units: [AllocationUnit] = []
        var faults: [AllocationFault] = []
        var known: [String: Int] = [:]
        for row in table.rows.dropFirst() where !row.isBlank {
            var unit = AllocationUnit(
                code: VietnameseText.tidy(row[code].shown),
                name: VietnameseText.tidy(places["name"].map { row[$0].shown } ?? row[code].shown))
            let before = faults.count
            if unit.code.isEmpty {
                faults.append(
                    .init(row: row.number, column: columnLetters(code), value: "", message: "thiếu mã đơn vị"))
            }
            func number(_ name: String) -> Int? {
                guard let place = places[name], !row[place].isBlank else { return nil }
                if let number = people(row[place]) { return number }
                faults.append(
                    .init(
                        row: row.number, column: "\(columnLetters(place)) (\(name))", value: row[place].shown,
                        message: "không phải số người; ghi số nguyên từ 0, hoặc để trống nếu chưa biết"))
                return nil
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
                        row: row.number, column: "last_voluntary", value: "\(part)",
                        message: "lớn hơn last_total (\(all)); người tự nguyện là một phần của tổng số"))
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
                row: heading.number, column: "", value: "", message: "dưới dòng tiêu đề không có đơn vị nào")
        }
        return (units, faults)
    }

    /// `12345`, `12.345`, `12 345`
    private static func people(_ cell: Cell) -> Int? {
        switch cell {
        case .number(let number):
            return number >= 0 && number == number.rounded() && number < 1e10 ? Int(number) : nil
        case .text(let text): return VietnameseText.ungrouped(text, separators: ". ,\u{A0}", digits: 10)
        default: return nil
        }
    }
}
