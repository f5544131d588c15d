public import Kernel
public import Tabular
public import Territory

/// Reads files of monthly participants by commune as officers send them: title rows, merged headings, group and total rows,
/// numbers as text, names instead of codes, one column a scheme or one row a scheme.
///
/// Pure: what is stored already comes in through ``Surroundings``.
public struct FigureReader: Sendable {
    /// What the reading is compared with.
    public struct Surroundings: Sendable {
        public var today: Day
        /// The month the sender chose; nil to take the file's word.
        public var month: Month?
        /// Figures that jump against the months before are taken: the sender looked at them.
        public var acceptsJumps = false
        /// Whether figures of a month are stored already.
        public var isKnown: @Sendable (Month) -> Bool = { _ in false }
        /// The latest stored figure of a commune before a month, at most a year back.
        public var earlier: @Sendable (CommuneCode, Scheme, Month) -> (month: Month, people: Int)? = { _, _, _ in nil }

        public init(today: Day, month: Month? = nil, acceptsJumps: Bool = false) {
            self.today = today
            self.month = month
            self.acceptsJumps = acceptsJumps
        }
    }

    let directory: CommuneDirectory
    let finder: CommuneFinder
    /// As the plan names it, for messages.
    let province: String

    public init(directory: CommuneDirectory, province: String) {
        self.directory = directory
        self.province = province
        finder = CommuneFinder(directory)
    }

    /// A month's figure below this share of the month before is held back until somebody has looked: a digit lost makes a
    /// tenth. Ours, not the law's.
    static let leastShare = 0.2
    /// The same upwards.
    static let mostShare = 6.0
    /// Smaller figures may jump as they like.
    static let smallest = 50

    /// - Parameter fileName: as the sender named it; it may name the month.
    public func read(
        _ file: TableFile, fileName: String, in surroundings: Surroundings
    ) throws(FigureFileError) -> FigureReading {
        var reading = FigureReading()
        let tables = file.tables.map { table in
            guard let read = Self.withoutLegacyLetters(table) else { return table }
            reading.warnings.append(
                CellNote(
                    sheet: table.name, row: 0,
                    message: "chữ gõ bằng phông cũ (đoán là TCVN3, .Vn…). Hãy xem các tên đơn vị đọc ra có đúng không.")
            )
            return read
        }
        let headed = tables.compactMap { table in columns(of: table).map { (table, $0) } }
        guard !headed.isEmpty else {
            throw FigureFileError(
                "Không tìm thấy dòng tiêu đề. Cần một cột tên hoặc mã xã, phường, đặc khu và các cột số người “BHXH bắt buộc”, “BHXH tự nguyện” (hoặc cột loại hình và cột số người)."
            )
        }
        if let form = file.textForm, form.isGuess {
            reading.warnings.append(
                CellNote(
                    row: 0,
                    message:
                        "Tệp ở bảng mã cũ (đoán là \(form.encoding.rawValue)). Hãy xem các tên đơn vị đọc ra có đúng không."
                ))
        }
        var rows: [FigureRow] = []
        for (table, columns) in headed {
            if let doubled = columns.doubled {
                let names = doubled.columns.map { "\(columnLetters($0)) (\(columns.headings[$0] ?? ""))" }
                throw FigureFileError(
                    "Các cột \(names.joined(separator: " và ")) đọc ra cùng một nội dung, không rõ lấy cột nào. Hãy chỉ giữ lại cột số liệu của kỳ này."
                )
            }
            let sheet = headed.count > 1 ? table.name : ""
            let month = try month(of: table, columns, fileName: fileName, in: surroundings, into: &reading)
            if let month { reading.statedMonths.insert(month) }
            var walk = TableWalk(
                reader: self, table: table, columns: columns, sheet: sheet, month: month, surroundings: surroundings)
            try walk.run(into: &reading)
            rows += walk.rows
            reading.ignoredColumns += columns.ignored
            // A column that names a scheme and is left alone may have been meant.
            for heading in columns.ignored where ColumnRole.scheme(named: heading) != nil {
                reading.warnings.append(
                    CellNote(
                        sheet: sheet, row: 0, value: heading,
                        message:
                            "là cột không được đọc (chỉ tiêu, tỷ lệ, tăng giảm, kỳ khác …); nếu là số người của kỳ này, hãy đổi tên cột thành “BHXH bắt buộc” hoặc “BHXH tự nguyện”"
                    ))
            }
        }
        FigureAssembly(reader: self, surroundings: surroundings).assemble(rows, into: &reading)
        reading.errors.sort { ($0.sheet, $0.row, $0.column) < ($1.sheet, $1.row, $1.column) }
        return reading
    }

    /// Where a table's heading stands; nil when it has none of figures.
    func columns(of table: Table) -> FigureColumns? {
        FigureColumns.find(in: table) { cell in
            guard !cell.isBlank else { return false }
            let text = VietnameseText.tidy(readable(cell.shown))
            if let code = CommuneCode(text) { return directory[code] != nil }
            guard text.count > 2, text.count < 60 else { return false }
            switch finder.find(text) {
            case .certain, .likely, .former, .split, .ambiguous: return true
            case .unknown: return false
            }
        }
    }

    /// A table typed in a font of before Unicode, read as what was meant; nil when it is not. Decided by the whole table: a
    /// single cell often shows no telling sign.
    private static func withoutLegacyLetters(_ table: Table) -> Table? {
        var text = ""
        for row in table.rows.prefix(200) {
            for case .text(let cell) in row.cells { text += cell + " " }
        }
        guard LegacyEncoding.looksLikeTCVN3(text) else { return nil }
        let rows = table.rows.map { row in
            TableRow(
                number: row.number,
                cells: row.cells.map { cell in
                    if case .text(let text) = cell { .text(LegacyEncoding.decodeTCVN3(shown: text)) } else { cell }
                })
        }
        return Table(name: table.name, rows: rows, merged: table.merged)
    }

    // MARK: The month of a table

    /// The month all rows belong to; nil when each row names its own.
    private func month(
        of table: Table, _ columns: FigureColumns, fileName: String, in surroundings: Surroundings,
        into reading: inout FigureReading
    ) throws(FigureFileError) -> Month? {
        var titles: Set<Month> = []
        var cutoff: Day?
        for row in table.rows[..<columns.headingRow] {
            for cell in row.cells where !cell.isBlank {
                let text = VietnameseText.tidy(readable(cell.shown))
                if reading.title.isEmpty, cell != .empty, Int(text) == nil { reading.title = text }
                let words = VietnameseWords(text)
                let compares = ["so voi", "cung ky", "luy ke", "thang truoc"].contains { words.has($0) }
                if let month = MonthWords.month(in: text), !compares { titles.insert(month) }
                cutoff = cutoff ?? MonthWords.cutoff(in: text)
            }
        }
        reading.cutoff = reading.cutoff ?? cutoff
        if columns.column(.month) != nil { return nil }
        // Titles that name several months name none.
        let titled = titles.count == 1 ? titles.first : nil
        let spoken = titled ?? cutoff.map { Month(of: $0) } ?? MonthWords.month(in: table.name)
        let named = MonthWords.month(ofFile: fileName)
        if let chosen = surroundings.month {
            if let spoken, spoken != chosen {
                throw FigureFileError(
                    "Tệp ghi tháng \(spoken.vietnamese) nhưng kỳ được chọn là tháng \(chosen.vietnamese). Hãy chọn lại kỳ, hoặc sửa dòng ghi tháng trong tệp."
                )
            }
            if case .month(let month) = named, month != chosen, spoken == nil {
                reading.warnings.append(
                    CellNote(
                        row: 0, value: fileName,
                        message: "tên tệp nhắc tháng \(month.vietnamese), kỳ được chọn là tháng \(chosen.vietnamese)"))
            }
            return try checked(chosen, in: surroundings, into: &reading)
        }
        if let spoken {
            if case .month(let month) = named, month != spoken {
                reading.warnings.append(
                    CellNote(
                        row: 0, value: fileName,
                        message:
                            "tên tệp nhắc tháng \(month.vietnamese), trong tệp ghi tháng \(spoken.vietnamese); lấy theo trong tệp"
                    ))
            }
            return try checked(spoken, in: surroundings, into: &reading)
        }
        switch named {
        case .month(let month): return try checked(month, in: surroundings, into: &reading)
        case .number(let number):
            // The year stands nowhere. The latest such month that is over is the likely one; it is taken only where no figures
            // of it would be replaced.
            let last = Month(of: surroundings.today).adding(months: -1)
            let year = number <= last.month ? last.year : last.year - 1
            guard let month = Month(year: year, month: number), !surroundings.isKnown(month) else {
                throw FigureFileError(
                    "Tệp không ghi năm (tên tệp chỉ nhắc tháng \(number)), và tháng \(number) gần nhất đã có số liệu. Hãy chọn rõ kỳ báo cáo, ví dụ 06/2026 (dòng lệnh: --month 2026-06)."
                )
            }
            reading.warnings.append(
                CellNote(
                    row: 0, value: fileName,
                    message:
                        "chỉ nhắc tháng \(number), không ghi năm; lấy tháng \(month.vietnamese) là tháng \(number) gần nhất đã qua"
                ))
            return try checked(month, in: surroundings, into: &reading)
        case .nothing:
            throw FigureFileError(
                "Không thấy kỳ báo cáo trong tệp và tên tệp. Hãy chọn kỳ, ví dụ 09/2026, hoặc ghi “Tháng 09/2026” ở dòng tiêu đề (dòng lệnh: --month 2026-09)."
            )
        }
    }

    private func checked(
        _ month: Month, in surroundings: Surroundings, into reading: inout FigureReading
    ) throws(FigureFileError) -> Month {
        if let problem = problem(of: month, today: surroundings.today) {
            throw FigureFileError(VietnameseText.sentence(problem))
        }
        if month == Month(of: surroundings.today) {
            reading.warnings.append(
                CellNote(
                    row: 0,
                    message:
                        "Tháng \(month.vietnamese) chưa kết thúc; số liệu được ghi là của tháng này và có thể thay bằng tệp nộp sau."
                ))
        }
        return month
    }

    func problem(of month: Month, today: Day) -> String? {
        if month > Month(of: today) { return "tháng \(month.vietnamese) chưa đến; hãy kiểm tra lại tháng và năm" }
        if month.year < 2008 {
            // Voluntary insurance began on 2008-01-01 (Law on Social Insurance 2006, art. 140).
            return "tháng \(month.vietnamese) quá xa trong quá khứ; hãy kiểm tra lại năm"
        }
        return nil
    }

    /// Text of a cell; one typed in a font of before Unicode reads as what was meant.
    func readable(_ text: String) -> String {
        LegacyEncoding.looksLikeTCVN3(text) ? LegacyEncoding.decodeTCVN3(shown: text) : text
    }
}
