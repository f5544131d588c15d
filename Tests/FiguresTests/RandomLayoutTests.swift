import Figures
import Kernel
import Tabular
import Province
import TestSupport
import Testing

/// Whatever figures the communes have and however an officer lays them out, reading gives exactly these figures.
@Suite
struct RandomLayoutTests {
    typealias People = [FigureKeyed: Int]

    /// Figures of every commune for some months, none of which jumps from one to the next.
    static func people(_ months: [Month], _ generator: inout SeededGenerator) -> People {
        var people: People = [:]
        for commune in HaiPhong.directory.codes {
            let size = Int.random(in: 400...40_000, using: &generator)
            for month in months {
                let compulsory = size + Int.random(in: 0...size, using: &generator)
                people[FigureKeyed(commune.text, month.description, .compulsory)] = compulsory
                people[FigureKeyed(commune.text, month.description, .voluntary)] = compulsory / 20 + 60
            }
        }
        return people
    }

    /// A number as somebody types it into a text file.
    static func typed(_ number: Int, _ style: Int) -> String {
        switch style {
        case 0: "\(number)"
        case 1: VietnameseText.grouped(number)
        default: VietnameseText.grouped(number).replacing(".", with: " ")
        }
    }

    static func named(_ commune: Commune, _ style: Int) -> String {
        switch style {
        case 0: commune.name
        case 1: commune.fullName
        case 2: commune.shortName
        case 3: commune.name.uppercased()
        case 4: commune.committeeName
        default: commune.alternativeName.isEmpty ? commune.name : commune.alternativeName
        }
    }

    struct Column {
        let headings: [String]
        let value: (Commune, Month) -> String
    }

    /// The rows of a table, its heading first.
    static func table(_ columns: [Column], _ months: [Month], _ generator: inout SeededGenerator) -> [[String]] {
        var rows: [[String]] = []
        for commune in HaiPhong.directory.communes {
            for month in months { rows.append(columns.map { $0.value(commune, month) }) }
        }
        rows.shuffle(using: &generator)
        return [columns.map { $0.headings.randomElement(using: &generator) ?? "" }] + rows
    }

    struct Layout {
        var rows: [[String]]
        var name: String
        var description: String
    }

    static func layout(_ people: People, _ months: [Month], _ generator: inout SeededGenerator) -> Layout {
        let isLong = Bool.random(using: &generator)
        let identification = Int.random(in: 0...2, using: &generator)
        let numberStyle = Int.random(in: 0...2, using: &generator)
        let nameStyle = Int.random(in: 0...5, using: &generator)
        let monthStyle = Int.random(in: 0...2, using: &generator)
        func number(_ commune: Commune, _ month: Month, _ scheme: Scheme) -> Int {
            people[FigureKeyed(commune.code.text, month.description, scheme)] ?? -1
        }
        var columns: [Column] = []
        if identification != 1 {
            columns.append(Column(headings: ["Mã xã", "Mã ĐVHC", "Mã"]) { commune, _ in commune.code.text })
        }
        if identification != 0 {
            columns.append(
                Column(headings: ["Tên xã", "Tên xã, phường, đặc khu", "Đơn vị", "Địa bàn"]) { commune, _ in
                    named(commune, nameStyle)
                })
        }
        // The month of each row, where the table has several.
        if months.count > 1 {
            columns.append(
                Column(headings: ["Tháng", "Kỳ báo cáo", "Kỳ"]) { _, month in
                    [month.vietnamese, month.description, "Tháng \(month.month) năm \(month.year)"][monthStyle]
                })
        }
        var rows: [[String]]
        if isLong {
            var parts: [[String]] = []
            for scheme in Scheme.allCases {
                let words =
                    scheme == .compulsory ? ["Bắt buộc", "BHXH BB", "BHXH bắt buộc"] : ["Tự nguyện", "TN", "BHXH TN"]
                let word = words.randomElement(using: &generator) ?? ""
                let part =
                    columns + [
                        Column(headings: ["Loại hình"]) { _, _ in word },
                        Column(headings: ["Số người"]) { typed(number($0, $1, scheme), numberStyle) },
                    ]
                let table = table(part, months, &generator)
                parts += parts.isEmpty ? table : Array(table.dropFirst())
            }
            rows = [parts[0]] + parts.dropFirst().shuffled(using: &generator)
        } else {
            columns.append(
                Column(headings: ["BHXH bắt buộc", "Số người tham gia BHXH bắt buộc", "BB"]) {
                    typed(number($0, $1, .compulsory), numberStyle)
                })
            columns.append(
                Column(headings: ["BHXH tự nguyện", "BHXH TN", "Tự nguyện (người)"]) {
                    typed(number($0, $1, .voluntary), numberStyle)
                })
            if Bool.random(using: &generator) {
                columns.append(
                    Column(headings: ["Tổng số", "Cộng", "Tổng cộng"]) { commune, month in
                        typed(number(commune, month, .compulsory) + number(commune, month, .voluntary), numberStyle)
                    })
            }
            columns.shuffle(using: &generator)
            rows = table(columns, months, &generator)
        }
        var title: [[String]] = Bool.random(using: &generator) ? [["BẢO HIỂM XÃ HỘI THÀNH PHỐ HẢI PHÒNG"]] : []
        var name = "so lieu.csv"
        if months.count == 1 {
            if Bool.random(using: &generator) {
                title.append(["Tháng \(months[0].vietnamese)"])
            } else {
                name = "BHXH_\(months[0].month)_\(months[0].year).csv"
            }
        }
        return Layout(
            rows: title + rows, name: name,
            description:
                "long \(isLong) names \(identification)/\(nameStyle) numbers \(numberStyle) months \(months.count)")
    }

    @Test(arguments: 0..<40)
    func `any layout of any figures is read as these figures`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let count = [1, 1, 1, 3].randomElement(using: &generator) ?? 1
        let months = (0..<count).map { Month.known(2026, 7 + $0) }
        let people = Self.people(months, &generator)
        let layout = Self.layout(people, months, &generator)
        let file: TableFile
        if Bool.random(using: &generator) {
            let separator = ([",", ";", "\t"] as [Character]).randomElement(using: &generator) ?? ";"
            file = try TableFile(CSVWriter.bytes(of: layout.rows, separator: separator))
        } else {
            // Numbers without dots are numbers of the workbook, those with dots text.
            let cells = layout.rows.map { $0.map { text in Int(text).map { SheetCell.number($0) } ?? .text(text) } }
            file = try TableFile(try XLSXWriter.bytes(of: [Sheet(name: "Biểu", rows: cells)]))
        }
        let reading = try FigureFile.read(file, named: layout.name)
        #expect(reading.errors.prefix(3).map(\.sentence) == [], "\(layout.description)")
        let same = reading.byKey == people
        #expect(same, "\(layout.description): \(reading.figures.count) figures of \(people.count)")
        #expect(reading.months == months)
        #expect(reading.silent.isEmpty)
        #expect(reading.acceptedRows == layout.rows.filter { $0.count > 2 }.count - 1)
    }
}
