public import Kernel
public import Tabular
public import Province

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
    /// Beyond these shares of the month before, a figure is taken with a word of warning.
    static let leastQuietShare = 0.6
    static let mostQuietShare = 1.6
    /// Smaller figures may jump as they like.
    static let smallest = 50

    /// - Parameter fileName: as the sender named it; it may name the month.
    public func read(
        _ file: TableFile, fileName: String, in surroundings: Surroundings
    ) throws(FigureFileError) -> FigureReading {
        try assembled(try rows(of: file, fileName: fileName, in: surroundings), in: surroundings)
    }

    /// A file of more different names that are no unit of ours is of another kind: it is not understood to its end.
    static let mostUnknownNames = 200
    /// A file with more rows to be sent back is sent back whole.
    static let mostRejectedRows = 20_000

    /// Rows that all figures since voluntary insurance began could fill, one number a row; more of them repeat one another.
    func mostRows(today: Day) -> Int {
        let months = (Month(of: today).year - Self.firstYear + 1) * 12
        return max(50_000, directory.communes.count * months * (Block.allCases.count + Scheme.allCases.count + 1))
    }

    /// Voluntary insurance began on 2008-01-01 (Law on Social Insurance 2006, art. 140).
    static let firstYear = 2008

    static func tooManyRejected(_ reading: FigureReading) -> FigureFileError {
        let examples = reading.errors.prefix(3).map(\.sentence).joined(separator: "; ")
        return FigureFileError(
            "Hơn \(VietnameseText.grouped(mostRejectedRows)) dòng không nhận được, ví dụ: \(examples). Hãy sửa lỗi chung của tệp rồi gửi lại."
        )
    }

    /// The rows of a file, each understood on its own.
    struct ReadRows: Sendable {
        var rows: [FigureRow] = []
        /// What is to be said of them so far.
        var reading = FigureReading()
    }

    /// Compares rows with one another and with the months before.
    func assembled(_ read: ReadRows, in surroundings: Surroundings) throws(FigureFileError) -> FigureReading {
        var reading = read.reading
        FigureAssembly(reader: self, surroundings: surroundings).assemble(read.rows, into: &reading)
        guard reading.rejectedRows.count <= Self.mostRejectedRows else { throw Self.tooManyRejected(reading) }
        reading.errors.sort { ($0.sheet, $0.row, $0.column) < ($1.sheet, $1.row, $1.column) }
        return reading
    }

    /// Reads the rows of a file; ``Surroundings/earlier`` is not asked for yet.
    func rows(
        of file: TableFile, fileName: String, in surroundings: Surroundings
    ) throws(FigureFileError) -> ReadRows {
        var reading = FigureReading()
        let count = file.tables.reduce(0) { $0 + $1.rows.count }
        guard count <= mostRows(today: surroundings.today) else {
            throw FigureFileError(
                "Tệp có \(VietnameseText.grouped(count)) dòng, nhiều hơn mọi số liệu mà \(province) có thể có từ năm \(Self.firstYear) (\(VietnameseText.grouped(mostRows(today: surroundings.today))) dòng): dòng bị lặp, hoặc là tệp khác. Hãy kiểm tra rồi gửi lại."
            )
        }
        let names = UnitNames(finder: finder)
        let tables = file.tables.map { table in
            let table = Self.shortened(table)
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
            let guess =
                file.textForm.map { form in
                    form.isGuess
                        ? " (Tệp ở bảng mã cũ, đoán là \(form.encoding.rawValue); có thể chữ đọc sai: hãy lưu lại bằng UTF-8.)"
                        : ""
                } ?? ""
            throw FigureFileError(
                "Không tìm thấy dòng tiêu đề. Cần một cột tên hoặc mã xã, phường, đặc khu và các cột số người “BHXH bắt buộc”, “BHXH tự nguyện” (hoặc cột loại hình và cột số người).\(guess)"
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
        var monthless: [(sheet: String, figures: Set<ColumnRole>)] = []
        var ambiguous: FigureFileError?
        var failures: [(sheet: String, error: FigureFileError)] = []
        for (table, columns) in headed {
            let sheet = headed.count > 1 ? table.name : ""
            // One sheet that cannot be read leaves the others standing.
            do throws(FigureFileError) {
                let (month, isOwn) = try month(of: table, columns, fileName: fileName, in: surroundings, into: &reading)
                let figures = Set(columns.roles.values.filter(\.isFigure))
                if month != nil, !isOwn {
                    if let twin = monthless.first(where: { !$0.figures.isDisjoint(with: figures) }) {
                        // Which of two like sheets is meant nobody can tell: none of them is taken.
                        ambiguous = FigureFileError(
                            "Các trang “\(twin.sheet)” và “\(table.name)” cùng loại số liệu mà không ghi tháng của từng trang. Hãy ghi “Tháng 09/2026” ở dòng tiêu đề mỗi trang, hoặc chỉ giữ lại trang cần nộp."
                        )
                        continue
                    }
                    monthless.append((table.name, figures))
                }
                let walk = try walk(
                    table, columns, sheet: sheet, month: month, form: file.textForm, names: names,
                    in: surroundings, into: &reading)
                if let month { reading.statedMonths.insert(month) }
                rows += walk.rows
            } catch {
                failures.append((sheet, error))
            }
        }
        if let ambiguous { throw ambiguous }
        if failures.count == headed.count, let first = failures.first { throw first.error }
        for failure in failures {
            reading.errors.append(
                CellNote(
                    sheet: failure.sheet, row: 0, message: "trang này không được nhận. \(failure.error.description)"))
        }
        return ReadRows(rows: rows, reading: reading)
    }

    /// Walks one table's rows.
    private func walk(
        _ table: Table, _ columns: FigureColumns, sheet: String, month: Month?, form: TextForm?, names: UnitNames,
        in surroundings: Surroundings, into reading: inout FigureReading
    ) throws(FigureFileError) -> TableWalk {
        if let doubled = columns.doubled {
            let names = doubled.columns.map { "\(columnLetters($0)) (\(columns.headings[$0] ?? ""))" }
            throw FigureFileError(
                "Các cột \(names.joined(separator: " và ")) đọc ra cùng một nội dung, không rõ lấy cột nào. Hãy chỉ giữ lại cột số liệu của kỳ này."
            )
        }
        var walk = TableWalk(
            reader: self, table: table, columns: columns, sheet: sheet, month: month, form: form, names: names,
            surroundings: surroundings)
        try walk.run(into: &reading)
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
        let schemes = Set(
            columns.roles.values.compactMap { role -> Scheme? in
                switch role {
                case .participants(let scheme): scheme
                case .blockParticipants: .compulsory
                default: nil
                }
            })
        let isWide = columns.column(.scheme) == nil && columns.column(.block) == nil && columns.column(.total) == nil
        if isWide, schemes.count == 1, let scheme = schemes.first {
            let other = scheme == .compulsory ? "tự nguyện" : "bắt buộc"
            reading.warnings.append(
                CellNote(
                    sheet: sheet, row: 0,
                    message:
                        "chỉ có số người \(scheme == .compulsory ? "bắt buộc" : "tự nguyện"), không có cột \(other): tổng số của tháng chỉ có khi nhận cả hai"
                ))
        }
        return walk
    }

    /// Longer texts are remarks, which nothing is read from.
    private static let longestText = 1_000

    /// A table with texts cut to a length that stays cheap to understand.
    private static func shortened(_ table: Table) -> Table {
        func isLong(_ cell: Cell) -> Bool {
            if case .text(let text) = cell { text.utf8.count > longestText } else { false }
        }
        guard table.rows.contains(where: { $0.cells.contains(where: isLong) }) else { return table }
        let rows = table.rows.map { row in
            TableRow(
                number: row.number,
                cells: row.cells.map { cell in
                    if case .text(let text) = cell, isLong(cell) {
                        .text(text.prefix(longestText / 3) + "…")
                    } else {
                        cell
                    }
                })
        }
        return Table(name: table.name, rows: rows, merged: table.merged)
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

    func problem(of month: Month, today: Day) -> String? {
        if month > Month(of: today) { return "tháng \(month.vietnamese) chưa đến; hãy kiểm tra lại tháng và năm" }
        if month.year < Self.firstYear {
            return "tháng \(month.vietnamese) quá xa trong quá khứ; hãy kiểm tra lại năm"
        }
        return nil
    }

    /// Text of a cell; one typed in a font of before Unicode reads as what was meant.
    func readable(_ text: String) -> String {
        LegacyEncoding.looksLikeTCVN3(text) ? LegacyEncoding.decodeTCVN3(shown: text) : text
    }
}
