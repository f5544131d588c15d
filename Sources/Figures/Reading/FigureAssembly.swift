import Kernel
import Tabular
import Province

/// Puts rows together into figures: one row a commune, or several that complete one another; doubles and sums are checked.
struct FigureAssembly {
    let reader: FigureReader
    let surroundings: FigureReader.Surroundings

    private struct Place: Hashable {
        let commune: CommuneCode
        let month: Month
    }

    func assemble(_ rows: [FigureRow], into reading: inout FigureReading) {
        var places: [Place: Int] = [:]
        var groups: [(place: Place, rows: [Int])] = []
        var keys: UInt16 = 0
        for (index, row) in rows.enumerated() {
            keys |= row.values.keys
            let place = Place(commune: row.commune, month: row.month)
            if let last = groups.last, last.place == place {
                groups[groups.count - 1].rows.append(index)
            } else if let group = places[place] {
                groups[group].rows.append(index)
            } else {
                places[place] = groups.count
                groups.append((place, [index]))
            }
        }
        let blocksOfFile = Set(Block.allCases.filter { keys >> UInt16(FigureKey.block($0).place) & 1 == 1 })
        var earlier: [CommuneCode: [Scheme: (month: Month, people: Int)]] = [:]
        // Months in order, so that each is compared with the one before it in the same file.
        let order = groups.indices.sorted { (groups[$0].place.month, $0) < (groups[$1].place.month, $1) }
        for index in order {
            let place = groups[index].place
            let used = withoutDoubles(groups[index].rows.map { rows[$0] }, into: &reading)
            guard !used.isEmpty else { continue }
            var figures: [ReadFigure] = []
            if let problem = collect(at: place, from: used, blocksOfFile: blocksOfFile, into: &figures) {
                reject(used, problem, into: &reading)
                continue
            }
            if let jump = jump(in: figures, earlier: earlier[place.commune] ?? [:]) {
                let row = used.first { $0.values[.scheme(jump.scheme)] != nil } ?? used[0]
                let column = row.values[.scheme(jump.scheme)]?.column
                let note = CellNote(
                    sheet: row.sheet, row: row.number, column: column.map(columnLetters) ?? "",
                    heading: column.flatMap { row.headings[$0] } ?? "", value: VietnameseText.grouped(jump.people),
                    message: jump.message)
                if surroundings.acceptsJumps {
                    reading.warnings.append(note)
                } else {
                    reject(used, note, into: &reading)
                    reading.jumpingRows += used.reduce(0) { $0 + 1 + $1.addedRows.count }
                    continue
                }
            }
            warnOfChange(figures, row: used[0], earlier: earlier[place.commune] ?? [:], into: &reading)
            for figure in figures {
                earlier[place.commune, default: [:]][figure.scheme] = (figure.month, figure.people)
            }
            warnOfCrossing(figures, row: used[0], into: &reading)
            reading.figures += figures
            reading.acceptedRows += used.reduce(0) { $0 + 1 + $1.addedRows.count }
        }
        reading.months = Array(Set(reading.figures.map(\.month))).sorted()
    }

    // MARK: Doubles

    private func withoutDoubles(_ rows: [FigureRow], into reading: inout FigureReading) -> [FigureRow] {
        var seen: UInt16 = 0
        let isSimple = rows.allSatisfy { row in
            defer { seen |= row.values.keys }
            return row.formerName == nil && seen & row.values.keys == 0
        }
        if isSimple { return rows }
        // Units of before the rearrangement that now make up one commune add up.
        let former = rows.compactMap(\.formerName)
        guard rows.count > 1 || former.count == 1 else { return rows }
        if former.count == rows.count, Set(former).count == rows.count { return [added(rows, into: &reading)] }
        var kept: [FigureRow] = []
        var conflicts: Set<Int> = []
        var holders: [FigureKey: Int] = [:]
        for row in rows {
            var met: Int?
            row.values.forEach { entry in
                if let holder = holders[entry.key] { met = min(met ?? holder, holder) }
            }
            guard let clash = met else {
                row.values.forEach { holders[$0.key] = kept.count }
                kept.append(row)
                continue
            }
            let first = kept[clash]
            let name = reader.directory[row.commune]?.fullName ?? row.commune.text
            if first.values.says(the: row.values) {
                reject(
                    [row],
                    note(
                        row,
                        "\(name) đã có ở \(Self.place(first, from: row)) với cùng số liệu; chỉ nhận dòng đầu, hãy xóa dòng thừa"
                    ),
                    into: &reading)
            } else {
                reject(
                    [row],
                    note(
                        row,
                        "\(name) đã có ở \(Self.place(first, from: row)) với số liệu khác; không rõ dòng nào đúng, hãy giữ lại một dòng"
                    ), into: &reading)
                conflicts.insert(clash)
            }
        }
        for index in conflicts.sorted(by: >) {
            let row = kept.remove(at: index)
            let name = reader.directory[row.commune]?.fullName ?? row.commune.text
            reject(
                [row], note(row, "\(name) có nhiều dòng với số liệu khác nhau; hãy giữ lại một dòng"), into: &reading)
        }
        return kept
    }

    /// Where a row stands, as seen from another.
    private static func place(_ row: FigureRow, from other: FigureRow) -> String {
        (row.sheet == other.sheet ? "" : "trang “\(row.sheet)”, ") + "dòng \(row.number)"
    }

    private func added(_ rows: [FigureRow], into reading: inout FigureReading) -> FigureRow {
        var sum = rows[0]
        for row in rows.dropFirst() { row.values.forEach { sum.values.add($0) } }
        sum.addedRows = rows.dropFirst().map { .init(sheet: $0.sheet, row: $0.number) }
        let whole = Set(reader.finder.wholeFormerUnits(of: sum.commune).map { VietnameseText.fold($0.name) })
        let given = Set(rows.compactMap(\.formerName).map { VietnameseText.fold($0) })
        let missing = whole.subtracting(given).count
        let name = reader.directory[sum.commune]?.fullName ?? sum.commune.text
        guard rows.count > 1 || missing > 0 else { return sum }
        reading.warnings.append(
            note(
                sum,
                (rows.count > 1
                    ? "cộng \(rows.count) đơn vị cũ thành \(name)" : "số của một đơn vị cũ được ghi cho \(name)")
                    + (missing > 0 ? "; còn \(missing) đơn vị cũ thuộc \(name) không có trong tệp" : "")
                    + "; hãy kiểm tra"))
        return sum
    }

    // MARK: Sums

    /// The figures of a place, or what keeps its rows from being taken.
    private func collect(
        at place: Place, from rows: [FigureRow], blocksOfFile: Set<Block>, into figures: inout [ReadFigure]
    ) -> CellNote? {
        var values: [FigureKey: Int] = [:]
        var blocks: [Block: Int] = [:]
        for row in rows {
            row.values.forEach { entry in
                // Of two the first holds.
                if case .block(let block) = entry.key {
                    blocks[block] = blocks[block] ?? entry.people
                } else {
                    values[entry.key] = values[entry.key] ?? entry.people
                }
            }
        }
        func problem(_ key: FigureKey, _ message: String) -> CellNote {
            let row = rows.first { $0.values[key] != nil } ?? rows[0]
            let column = row.values[key]?.column
            return CellNote(
                sheet: row.sheet, row: row.number, column: column.map(columnLetters) ?? "",
                heading: column.flatMap { row.headings[$0] } ?? "",
                value: row.values[key].map { VietnameseText.grouped($0.people) } ?? "", message: message)
        }
        var compulsory = values[.scheme(.compulsory)]
        let voluntary = values[.scheme(.voluntary)]
        let total = values[.total]
        if let total {
            if let compulsory, let voluntary, compulsory + voluntary != total {
                return problem(
                    .total,
                    "không bằng bắt buộc cộng tự nguyện (\(VietnameseText.grouped(compulsory + voluntary)), chênh \(VietnameseText.grouped(total - compulsory - voluntary))); hãy kiểm tra lại"
                )
            }
            if compulsory == nil, let voluntary {
                guard total >= voluntary else {
                    return problem(
                        .total, "nhỏ hơn số tự nguyện (\(VietnameseText.grouped(voluntary))); hãy kiểm tra lại")
                }
                compulsory = total - voluntary
            }
        }
        if !blocks.isEmpty {
            let sum = blocks.values.reduce(0, +)
            if let absent = blocksOfFile.subtracting(blocks.keys).min() {
                return problem(.block(absent), "thiếu khối “\(absent.title)”; hãy bổ sung (ghi 0 nếu không có ai)")
            }
            let complete = blocksOfFile.count == Block.allCases.count
            if let stated = compulsory, complete ? stated != sum : sum > stated {
                return problem(
                    .scheme(.compulsory),
                    "không bằng tổng các khối (\(VietnameseText.grouped(sum)), chênh \(VietnameseText.grouped(stated - sum))); hãy kiểm tra lại các khối và số cộng"
                )
            }
            if compulsory == nil, !complete, total == nil || voluntary == nil {
                let absent = Block.allCases.filter { !blocksOfFile.contains($0) }.map { String($0.rawValue) }.joined(
                    separator: ", ")
                return problem(
                    .block(blocks.keys.min() ?? .other),
                    "tệp không có khối \(absent) và không có cột cộng bắt buộc, nên không biết tổng số; hãy bổ sung các khối còn thiếu (ghi 0 nếu không có ai) hoặc cột cộng"
                )
            }
            if complete { compulsory = compulsory ?? sum }
        }
        if let compulsory {
            figures.append(
                ReadFigure(
                    commune: place.commune, month: place.month, scheme: .compulsory, people: compulsory, blocks: blocks)
            )
        }
        if let voluntary {
            figures.append(
                ReadFigure(
                    commune: place.commune, month: place.month, scheme: .voluntary, people: voluntary, blocks: [:]))
        }
        return nil
    }

    func note(_ row: FigureRow, _ message: String) -> CellNote {
        CellNote(sheet: row.sheet, row: row.number, message: message)
    }

    private func reject(_ rows: [FigureRow], _ problem: CellNote, into reading: inout FigureReading) {
        reading.errors.append(problem)
        for place in rows.flatMap({ [.init(sheet: $0.sheet, row: $0.number)] + $0.addedRows }) {
            reading.rejectedRows[place, default: []].append(problem.rowReason)
        }
    }
}
