public import Kernel
public import Province
public import Tabular

/// Reads movements as BHXH has them: forms B06, B15, B16a, B16b, C21b of Decision 366/QĐ-BHXH, and tables of flows by unit.
///
/// Pure. A sheet is read by one form; a row with an error is left out whole; what is not read is named.
public struct MovementReader: Sendable {
    /// What a file is read by.
    public struct Surroundings: Sendable {
        public var today: Day
        /// The month the sender chose; nil to take the file's word.
        public var month: Month?
        /// Whose numbers a form without units is of: the office that sends it.
        public var place: MovementPlace

        public init(today: Day, month: Month? = nil, place: MovementPlace = .province) {
            self.today = today
            self.month = month
            self.place = place
        }
    }

    let directory: CommuneDirectory
    let finder: CommuneFinder
    /// Offices by their name without marks.
    let offices: [String: AgencyUnitCode]
    let province: String

    /// - Parameters:
    ///   - offices: the units of the insurance agency, by whose areas forms are made.
    ///   - finder: of the directory, where somebody has one.
    public init(
        directory: CommuneDirectory, offices: [AgencyUnit], province: String, finder: CommuneFinder? = nil
    ) {
        self.directory = directory
        self.province = province
        self.finder = finder ?? CommuneFinder(directory)
        self.offices = Dictionary(
            offices.map { (VietnameseText.comparisonKey($0.name), $0.code) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: when nothing of the file can be read; the reason with the remedy, in Vietnamese.
    public func read(
        _ file: TableFile, fileName: String, in surroundings: Surroundings
    ) throws(FigureFileError) -> MovementReading {
        var reading = MovementReading()
        var found = 0
        var failures: [(sheet: String, error: FigureFileError)] = []
        var forms: Set<MovementForm> = []
        for table in file.tables {
            let sheet = file.tables.count > 1 ? table.name : ""
            let lines = LineForm(table)
            let columns = lines == nil ? MovementColumns.find(in: table) : nil
            guard lines != nil || columns != nil else {
                if table.rows.contains(where: { !$0.isBlank }) {
                    reading.skipped.append(
                        CellNote(sheet: sheet, row: 0, message: "trang không có bảng biến động nào đọc được, bỏ qua"))
                }
                continue
            }
            found += 1
            do throws(FigureFileError) {
                let month = try month(of: table, fileName: fileName, in: surroundings, into: &reading)
                if let known = reading.month, known != month {
                    throw FigureFileError(
                        "Trang “\(table.name)” ghi tháng \(month.vietnamese), trang trước ghi tháng \(known.vietnamese). Hãy gửi mỗi tháng một tệp."
                    )
                }
                reading.month = month
                if let lines {
                    forms.insert(lines.form)
                    lines.read(sheet: sheet, place: surroundings.place, month: month, into: &reading)
                } else if let columns {
                    forms.insert(columns.form)
                    if let doubled = columns.doubled {
                        throw FigureFileError(
                            "Các cột \(doubled.map { "\(columnLetters($0)) (\(columns.heading.title($0)))" }.joined(separator: " và ")) đọc ra cùng một nội dung, không rõ lấy cột nào. Hãy chỉ giữ lại cột của tháng."
                        )
                    }
                    var walk = MovementWalk(
                        reader: self, table: table, columns: columns, sheet: sheet, form: file.textForm, month: month,
                        place: surroundings.place)
                    walk.run(into: &reading)
                    reading.ignoredColumns += columns.ignored
                }
            } catch {
                failures.append((sheet, error))
            }
        }
        guard found > 0 else {
            throw FigureFileError(
                "Không tìm thấy bảng biến động nào. Hệ thống đọc các biểu B06-TS, B15-UQ, B16a-TS, B16b-TS, C21b-TS và bảng theo đơn vị có cột “Tăng mới”, “Tham gia trở lại”, “Dừng tham gia”."
            )
        }
        if failures.count == found, let first = failures.first { throw first.error }
        for failure in failures {
            reading.errors.append(
                CellNote(
                    sheet: failure.sheet, row: 0, message: "trang này không được nhận. \(failure.error.description)"))
        }
        reading.form = forms.count == 1 ? forms.first ?? .table : .table
        dropDoubles(from: &reading)
        guard !reading.movements.isEmpty || !reading.errors.isEmpty else {
            throw FigureFileError("Bảng không có số nào đọc được. Hãy kiểm tra đúng trang tính, đúng biểu rồi gửi lại.")
        }
        for heading in reading.ignoredColumns {
            let words = VietnameseWords(heading)
            guard ["giam", "tang", "dung"].contains(where: { words.has($0) }), !words.has("bhyt"), !words.has("bhtn"),
                !words.has("luy ke")
            else { continue }
            reading.warnings.append(
                CellNote(
                    row: 0, value: heading,
                    message:
                        "là cột không được đọc; nếu là số trong tháng, hãy ghi rõ “Tăng mới”, “Tham gia trở lại” hoặc “Dừng tham gia”"
                ))
        }
        checkAccounts(of: &reading)
        return reading
    }

    /// A number that a file states twice with different values is not known; twice with the same it is stated once.
    private func dropDoubles(from reading: inout MovementReading) {
        struct Row: Hashable {
            let sheet: String
            let row: Int
        }
        var first: [MovementKey: ReadMovement] = [:]
        var wrong: Set<MovementKey> = []
        var disputed: Set<Row> = []
        for movement in reading.movements {
            guard let known = first[movement.key] else {
                first[movement.key] = movement
                continue
            }
            guard known.value != movement.value else { continue }
            disputed.insert(Row(sheet: known.sheet, row: known.row))
            disputed.insert(Row(sheet: movement.sheet, row: movement.row))
            if wrong.insert(movement.key).inserted {
                reading.errors.append(
                    CellNote(
                        sheet: movement.sheet, row: movement.row, value: VietnameseText.grouped(movement.value),
                        message:
                            "\(movement.key.measure.title.lowercased()) của cùng đơn vị, loại hình đã ghi \(VietnameseText.grouped(known.value)) ở dòng \(known.row); hãy giữ một số đúng"
                    ))
            }
        }
        // A row with an error is left out whole, and nobody knows which of the two is right.
        reading.rejectedRows += disputed.count
        reading.acceptedRows = max(0, reading.acceptedRows - disputed.count)
        reading.movements = first.values.filter { !disputed.contains(Row(sheet: $0.sheet, row: $0.row)) }
            .sorted { $0.key < $1.key }
    }

    /// Where a file states opening, flows and closing, they have to come out.
    private func checkAccounts(of reading: inout MovementReading) {
        struct Account: Hashable {
            let place: MovementPlace
            let scheme: Scheme?
        }
        let accounts = Dictionary(
            grouping: reading.movements.filter { $0.key.block == nil },
            by: { Account(place: $0.key.place, scheme: $0.key.scheme) })
        for movements in accounts.values.sorted(by: { $0[0].key < $1[0].key }) {
            func value(_ measure: MovementMeasure) -> Int? { movements.first { $0.key.measure == measure }?.value }
            guard let opening = value(.opening), let joined = value(.joined), let stopped = value(.stopped),
                let closing = value(.participants)
            else { continue }
            let expected = opening + joined + (value(.returned) ?? 0) - stopped
            guard expected != closing else { continue }
            reading.warnings.append(
                CellNote(
                    sheet: movements[0].sheet, row: movements[0].row, value: VietnameseText.grouped(closing),
                    message:
                        "không bằng đầu tháng cộng tăng mới, trở lại, trừ dừng (\(VietnameseText.grouped(expected)), chênh \(VietnameseText.grouped(closing - expected))); hãy kiểm tra lại"
                ))
        }
    }

    /// The month a table is of: as chosen; as its titles, its sheet or the file's name say, when these agree.
    private func month(
        of table: Table, fileName: String, in surroundings: Surroundings, into reading: inout MovementReading
    ) throws(FigureFileError) -> Month {
        var said: Set<Month> = []
        for row in table.rows.prefix(Heading.mostRows) {
            // A row of data begins the numbers; titles have at most a few cells.
            guard row.cells.count(where: { !$0.isBlank }) <= 3 else { break }
            for case .text(let cell) in row.cells {
                let text = VietnameseText.tidy(cell)
                if reading.title.isEmpty, text.count > 8, !text.isEmpty { reading.title = String(text.prefix(200)) }
                if let month = MonthWords.month(in: text) { said.insert(month) }
                if let day = MonthWords.cutoff(in: text), day <= surroundings.today {
                    reading.cutoff = reading.cutoff ?? day
                }
            }
        }
        if let month = MonthWords.month(in: table.name) { said.insert(month) }
        if said.isEmpty, case .month(let month) = MonthWords.month(ofFile: fileName) { said.insert(month) }
        guard said.count <= 1 else {
            throw FigureFileError(
                "Tệp ghi nhiều tháng (\(said.sorted().map(\.vietnamese).joined(separator: ", "))). Hãy sửa dòng ghi kỳ, mỗi tháng một tệp."
            )
        }
        if let chosen = surroundings.month, let month = said.first, month != chosen {
            throw FigureFileError(
                "Tệp ghi tháng \(month.vietnamese), kỳ được chọn là tháng \(chosen.vietnamese). Hãy chọn lại kỳ hoặc chọn đúng tệp."
            )
        }
        guard let month = surroundings.month ?? said.first else {
            throw FigureFileError("Không rõ số liệu của tháng nào. Hãy chọn kỳ báo cáo rồi gửi lại.")
        }
        guard month <= Month(of: surroundings.today), month.year >= FigureReader.firstYear else {
            throw FigureFileError("Tháng \(month.vietnamese) chưa đến hoặc quá xa trong quá khứ. Hãy kiểm tra lại.")
        }
        return month
    }
}
