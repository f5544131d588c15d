import Kernel
import Tabular

// Which month a table's figures are of: what its titles, its sheet, the file's name and the sender say.
extension FigureReader {
    /// What the lines above a heading say.
    private struct Titles {
        var months: Set<Month> = []
        var cutoff: Day?
        var years: Set<Int> = []
        /// A month that is written and does not exist.
        var impossible: String?
        var first = ""
    }

    private func titles(of table: Table, _ columns: FigureColumns) -> Titles {
        var titles = Titles()
        // A heading's merged first row may be a title: it is looked at too.
        for row in table.rows[..<columns.firstRow] {
            for cell in row.cells where !cell.isBlank {
                let text = VietnameseText.tidy(readable(cell.shown))
                let isAbove = row.number < table.rows[columns.headingRow].number
                let words = VietnameseWords(text)
                let compares = ["so voi", "cung ky", "luy ke", "thang truoc", "ke hoach"].contains { words.has($0) }
                if isAbove, titles.first.isEmpty, Self.namesASource(cell, text) { titles.first = text }
                guard !compares else { continue }
                if let month = MonthWords.month(in: text) { titles.months.insert(month) }
                guard isAbove else { continue }
                titles.impossible = titles.impossible ?? MonthWords.impossible(in: text)
                if let year = MonthWords.year(in: text) { titles.years.insert(year) }
                titles.cutoff = titles.cutoff ?? MonthWords.cutoff(in: text)
            }
        }
        return titles
    }

    /// Whether a title line says whose the table is, and not merely when it was made.
    private static func namesASource(_ cell: Cell, _ text: String) -> Bool {
        guard case .text = cell, Int(text) == nil else { return false }
        let rest = VietnameseText.fold(text)
            .replacing(/thang|nam|ngay|ky bao cao|ky|tinh den|den|het|so lieu|[0-9\/.\-:, ]/, with: "")
        return rest.count > 2
    }

    /// The month all rows belong to, nil when each row names its own; and whether the table itself says it.
    func month(
        of table: Table, _ columns: FigureColumns, fileName: String, in surroundings: Surroundings,
        into reading: inout FigureReading
    ) throws(FigureFileError) -> (month: Month?, isOwn: Bool) {
        let titles = titles(of: table, columns)
        if reading.title.isEmpty { reading.title = titles.first }
        // Figures are not counted to a day that has not come.
        if let cutoff = titles.cutoff, cutoff <= surroundings.today { reading.cutoff = reading.cutoff ?? cutoff }
        if columns.column(.month) != nil { return (nil, true) }
        if surroundings.month == nil, titles.months.isEmpty, let impossible = titles.impossible {
            throw FigureFileError(
                "Dòng tiêu đề ghi tháng \(impossible), không phải tháng có thật. Hãy sửa trong tệp, hoặc chọn rõ kỳ báo cáo."
            )
        }
        let named = MonthWords.month(ofFile: fileName)
        let sheet = try sheetMonth(table.name, titles, fileName: fileName)
        // Titles that name several months name none.
        let titled = titles.months.count == 1 ? titles.months.first : nil
        let counted = titles.cutoff.map { Month(of: $0) }
        let spoken = sheet ?? titled ?? counted
        if let spoken, surroundings.month == nil {
            for other in [titled, counted] {
                guard let other, other != spoken else { continue }
                throw FigureFileError(
                    "Tệp ghi tháng \(spoken.vietnamese) nhưng cũng ghi \(other == counted ? "tính đến ngày \(titles.cutoff?.vietnamese ?? "")" : "tháng \(other.vietnamese)"). Hãy chọn rõ kỳ báo cáo, hoặc sửa dòng ghi kỳ trong tệp."
                )
            }
        }
        if let chosen = surroundings.month {
            if let spoken, ![sheet, titled, counted].contains(chosen) {
                throw FigureFileError(
                    "Tệp ghi tháng \(spoken.vietnamese) nhưng kỳ được chọn là tháng \(chosen.vietnamese). Hãy chọn lại kỳ, hoặc sửa dòng ghi tháng trong tệp."
                )
            }
            if let sheet, sheet != chosen {
                throw FigureFileError(
                    "Trang “\(table.name)” là của tháng \(sheet.vietnamese), kỳ được chọn là tháng \(chosen.vietnamese)."
                )
            }
            if case .month(let month) = named, month != chosen, spoken == nil {
                warn(
                    fileName, "tên tệp nhắc tháng \(month.vietnamese), kỳ được chọn là tháng \(chosen.vietnamese)",
                    into: &reading)
            }
            return (try checked(chosen, in: surroundings, into: &reading), spoken != nil)
        }
        if let spoken {
            if case .month(let month) = named, month != spoken {
                warn(
                    fileName,
                    "tên tệp nhắc tháng \(month.vietnamese), trong tệp ghi tháng \(spoken.vietnamese); lấy theo trong tệp",
                    into: &reading)
            }
            return (try checked(spoken, in: surroundings, into: &reading), true)
        }
        switch named {
        case .month(let month): return (try checked(month, in: surroundings, into: &reading), false)
        case .number(let number):
            let month = try latest(number, saidBy: "tên tệp", in: surroundings)
            warn(
                fileName,
                "chỉ nhắc tháng \(number), không ghi năm; lấy tháng \(month.vietnamese) là tháng \(number) gần nhất đã qua",
                into: &reading)
            return (try checked(month, in: surroundings, into: &reading), false)
        case .nothing:
            if let number = MonthWords.number(ofSheet: table.name) {
                let month = try latest(number, saidBy: "tên trang “\(table.name)”", in: surroundings)
                warn(
                    table.name,
                    "chỉ nhắc tháng \(number), không ghi năm; lấy tháng \(month.vietnamese) là tháng \(number) gần nhất đã qua",
                    into: &reading)
                return (try checked(month, in: surroundings, into: &reading), true)
            }
            throw FigureFileError(
                "Không thấy kỳ báo cáo trong tệp và tên tệp. Hãy chọn kỳ, ví dụ 09/2026, hoặc ghi “Tháng 09/2026” ở dòng tiêu đề."
            )
        }
    }

    /// The month a sheet's name says; the year may stand in the titles or in the file's name.
    private func sheetMonth(_ name: String, _ titles: Titles, fileName: String) throws(FigureFileError) -> Month? {
        if let impossible = MonthWords.impossible(in: name) {
            throw FigureFileError(
                "Trang “\(name)” mang tên tháng \(impossible), không phải tháng có thật. Hãy sửa tên trang rồi gửi lại."
            )
        }
        if let month = MonthWords.month(in: name) { return month }
        guard let number = MonthWords.number(ofSheet: name) else { return nil }
        let year = titles.years.count == 1 ? titles.years.first : MonthWords.year(in: fileName)
        return year.flatMap { Month(year: $0, month: number) }
    }

    /// The latest month of a number that is over: the likely one when the year stands nowhere. It is taken only where no
    /// figures of it would be replaced.
    private func latest(
        _ number: Int, saidBy place: String, in surroundings: Surroundings
    ) throws(FigureFileError) -> Month {
        let last = Month(of: surroundings.today).adding(months: -1)
        let year = number <= last.month ? last.year : last.year - 1
        guard let month = Month(year: year, month: number), !surroundings.isKnown(month) else {
            throw FigureFileError(
                "Tệp không ghi năm (\(place) chỉ nhắc tháng \(number)), và tháng \(number) gần nhất đã có số liệu. Hãy chọn rõ kỳ báo cáo, ví dụ 06/2026."
            )
        }
        return month
    }

    private func warn(_ value: String, _ message: String, into reading: inout FigureReading) {
        reading.warnings.append(CellNote(row: 0, value: value, message: message))
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
}
