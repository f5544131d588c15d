import Access
import Database
import Figures
import Files
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work
import Tabular
import Province

/// Invented figures: two years of files as officers would send them, received through the same import as real ones.
///
/// The course follows what is known of the country's: voluntary participants fall in January, when yearly payments run out, by
/// a few in a hundred, and peak in December. In the latest month three communes are missing, two have contradicting figures.
struct SampleFigures {
    let system: BaoPhuSystem

    /// One commune's course.
    private struct Course {
        let commune: Commune
        let residents: Double
        let compulsory: Double
        let voluntary: Double
        /// Growth by the year, as a share.
        let compulsoryGrowth: Double
        let voluntaryGrowth: Double
        /// Of the compulsory participants, by block.
        let blocks: [Double]
    }

    struct Row {
        let commune: Commune
        let blocks: [Int]
        let voluntary: Int
        let residents: Double

        var compulsory: Int { blocks.reduce(0, +) }
    }

    /// Of the December before, by month: sinks a little in January, when some of those who pay by the year do not pay again at
    /// once, and returns until December. Growth comes on top.
    private static let season: [Double] = [
        0.962, 0.961, 0.965, 0.969, 0.975, 0.979, 0.982, 0.985, 0.988, 0.991, 0.995, 1,
    ]

    /// Receives the files, then loads the targets. Each file comes on the fifth day after its month.
    func fill() async throws {
        let today = system.clock.today
        let last = Month(of: today).adding(months: today.day >= 5 ? -1 : -2)
        guard let first = Month(year: today.year - 2, month: 12), first < last else { return }
        var random = SplitMix(state: 2_026)
        let courses = courses(&random)
        let missing = Set(courses.map(\.commune.code).shuffled(using: &random).prefix(min(3, courses.count / 4)))
        var months: [(month: Month, rows: [Row])] = []
        for offset in 0...first.months(to: last) {
            let month = first.adding(months: offset)
            let rows = rows(courses, month: month, first: first, &random)
            try await receive(rows, month: month, missing: month == last ? missing : [])
            months.append((month, rows))
        }
        try await SampleMovements(system: system).fill(months, missing: missing)
        try await contradict(months.last?.rows ?? [], month: last, missing: missing)
        try await loadTargets(first: first)
    }

    // MARK: Numbers

    private func courses(_ random: inout SplitMix) -> [Course] {
        let communes = system.definition.communes.communes
        guard let target = system.definition.targets.first else { return [] }
        let sizes = communes.map { Self.residents(of: $0) * Double.random(in: 0.75...1.3, using: &random) }
        func shares(rural: Double, urban: Double) -> [Double] {
            let weights = zip(communes, sizes).map { $1 * ($0.kind == .rural ? rural : urban) }
            let sum = max(weights.reduce(0, +), 1)
            return weights.map { $0 / sum }
        }
        let (voluntaries, compulsories) = (shares(rural: 1.2, urban: 0.8), shares(rural: 0.85, urban: 1.15))
        return communes.indices.map { index in
            let commune = communes[index]
            // Two years before the first target, about an eighth below it.
            let voluntary = Double(target.voluntary) * 0.9 * voluntaries[index]
            let compulsory = Double(target.total - target.voluntary) * 0.872 * compulsories[index]
            let industry = Double.random(in: 0.45...0.9, using: &random)
            var blocks = [0.05, 0.5, 0.45].map { $0 * industry * Double.random(in: 0.8...1.2, using: &random) }
            blocks += [0.08, 0.04, 0.16, 0.05, 0.02, 0.02, 0.55, 0.08].map {
                $0 * (1 - industry) * Double.random(in: 0.8...1.2, using: &random)
            }
            let whole = blocks.reduce(0, +)
            return Course(
                commune: commune, residents: Self.residents(of: commune), compulsory: compulsory, voluntary: voluntary,
                compulsoryGrowth: Double.random(in: 0.045...0.115, using: &random),
                voluntaryGrowth: Double.random(in: -0.01...0.12, using: &random), blocks: blocks.map { $0 / whole })
        }
    }

    /// As published; an island, of which none is, has few people on its ground, other communes as many as an average one.
    private static func residents(of commune: Commune) -> Double {
        if let population = commune.population { return Double(population) }
        guard commune.kind == .special, let area = commune.mappedArea ?? commune.area else { return 38_000 }
        return area * 250
    }

    private func rows(_ courses: [Course], month: Month, first: Month, _ random: inout SplitMix) -> [Row] {
        let years = Double(first.months(to: month)) / 12
        return courses.map { course in
            let compulsory =
                course.compulsory * (1 + course.compulsoryGrowth * years)
                * Double.random(in: 0.998...1.002, using: &random)
            let voluntary =
                course.voluntary * (1 + course.voluntaryGrowth * years) * Self.season[month.month - 1]
                * Double.random(in: 0.99...1.01, using: &random)
            return Row(
                commune: course.commune, blocks: course.blocks.map { Int((compulsory * $0).rounded()) },
                voluntary: max(Int(voluntary.rounded()), 0), residents: course.residents)
        }
    }

    // MARK: Files

    private var office: String { "Bảo hiểm xã hội \(system.definition.province)" }

    private func service(on day: Day) -> FigureService {
        FigureService(
            store: system.store, clock: .fixed(Timestamp(day: day, hour: 9)), directory: system.definition.communes,
            province: system.definition.province)
    }

    private func receive(_ rows: [Row], month: Month, missing: Set<CommuneCode>) async throws {
        let day = month.adding(months: 1).firstDay.adding(days: 4)
        let number = month.vietnamese.replacing("/", with: "-")
        // Some months come as text, most as the usual workbook.
        let isText = month.month % 5 == 0
        let bytes = isText ? csv(rows, month, missing) : try workbook(rows, month, missing)
        let file = IncomingFile(
            name: isText ? "BHXH_\(number.replacing("-", with: "_")).csv" : "tong-hop-dia-ban-\(number).xlsx",
            mediaType: isText ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            bytes: bytes)
        let outcome = try await service(on: day).importFile(
            file, source: "\(office) (minh họa)", whole: "Số liệu minh họa",
            by: Actor(account: nil, name: "BHXH (minh họa)"))
        guard outcome.reading.errors.isEmpty else {
            throw Refusal(.invalid, "Tệp minh họa không đọc được: \(outcome.reading.errors.prefix(3).map(\.sentence))")
        }
    }

    /// One row a commune and scheme, semicolons.
    private func csv(_ rows: [Row], _ month: Month, _ missing: Set<CommuneCode>) -> [UInt8] {
        var lines = [["Tháng", "Mã xã", "Xã/phường", "Loại hình", "Số người"]]
        for row in rows where !missing.contains(row.commune.code) {
            for (scheme, people) in [("Bắt buộc", row.compulsory), ("Tự nguyện", row.voluntary)] {
                lines.append([month.vietnamese, row.commune.code.text, row.commune.name, scheme, String(people)])
            }
        }
        return CSVWriter.bytes(of: lines)
    }

    /// Title rows, a heading of two rows with merged cells, column numbers, groups, a total, a remark.
    private func workbook(_ rows: [Row], _ month: Month, _ missing: Set<CommuneCode>) throws -> [UInt8] {
        let blocks = Block.allCases
        let width = blocks.count + 5
        var cells: [[SheetCell]] = [
            [.text(office.uppercased(), look: .title)],
            [.text("TỔNG HỢP NGƯỜI THAM GIA BHXH THEO ĐỊA BÀN (MINH HỌA)", look: .title)],
            [.text("Tháng \(month.vietnamese)")], [],
            [
                .text("STT", look: .heading), .text("Tên xã, phường, đặc khu", look: .heading),
                .text("BHXH bắt buộc chia theo khối", look: .heading),
            ]
                + Array(repeating: SheetCell(.empty, look: .heading), count: blocks.count - 1)
                + ["Cộng BB", "BHXH tự nguyện", "Tổng số"].map { .text($0, look: .heading) },
            [SheetCell(.empty), SheetCell(.empty)] + blocks.map { .text($0.title, look: .heading) },
            [.text("A"), .text("B")] + (1...width - 2).map { .number($0) },
        ]
        var merged = [CellRange(rows: 5...5, columns: 2...blocks.count + 1)]
        for column in [0, 1, width - 3, width - 2, width - 1] {
            merged.append(CellRange(rows: 5...6, columns: column...column))
        }
        var order = 0
        var sums = Array(repeating: 0, count: width)
        for (title, kinds) in [("Phường, đặc khu", [Commune.Kind.urban, .special]), ("Xã", [.rural])] {
            cells.append([SheetCell(.empty), .text(title)])
            for row in rows where kinds.contains(row.commune.kind) {
                order += 1
                let name = SheetCell.text(row.commune.shortName)
                if missing.contains(row.commune.code) {
                    cells.append([.number(order), name])
                    continue
                }
                let numbers = row.blocks + [row.compulsory, row.voluntary, row.compulsory + row.voluntary]
                for (index, number) in numbers.enumerated() { sums[index + 2] += number }
                // Here and there somebody typed a number as text.
                let asText = order % 9 == 0
                cells.append(
                    [.number(order), name]
                        + numbers.map { asText && $0 > 999 ? .text(VietnameseText.grouped($0)) : .number($0) })
            }
        }
        cells.append(
            [SheetCell(.empty), .text("Tổng cộng", look: .title)] + sums.dropFirst(2).map { .number($0, look: .title) })
        cells.append([])
        cells.append([SheetCell(.empty), .text("Ghi chú: số liệu tính đến hết ngày \(month.lastDay.vietnamese).")])
        return try XLSXWriter.bytes(of: [
            Sheet(name: "Biểu 1", rows: cells, merged: merged, widths: [1: 28], headingRows: 6)
        ])
    }

    /// Another office reports other figures for two communes a few days later.
    private func contradict(_ rows: [Row], month: Month, missing: Set<CommuneCode>) async throws {
        let two = rows.filter { !missing.contains($0.commune.code) }.prefix(12).suffix(2)
        guard !two.isEmpty else { return }
        var lines = [["Kỳ báo cáo: \(month.vietnamese)", "", "", ""], ["Mã", "Tên xã", "BHXH BB", "BHXH TN"]]
        for row in two {
            lines.append([
                row.commune.code.text, row.commune.name, String(row.compulsory + 31),
                String(max(row.voluntary - 24, 0)),
            ])
        }
        let file = IncomingFile(
            name: "bao-cao-bhxh-co-so-\(month.vietnamese.replacing("/", with: "-")).csv", mediaType: "text/csv",
            bytes: CSVWriter.bytes(of: lines))
        let day = min(month.adding(months: 1).firstDay.adding(days: 9), system.clock.today)
        _ = try await service(on: day).importFile(
            file, source: "Báo cáo của BHXH cơ sở (minh họa)", whole: "Số liệu minh họa",
            by: Actor(account: nil, name: "BHXH cơ sở (minh họa)"))
    }

    // MARK: What people add

    /// What a group of the sample commune is called.
    static func groupName(_ number: Int, in commune: CommuneCode?, of plan: PlanDefinition) -> String {
        let isRural = commune.flatMap { plan.communes[$0]?.kind } == .rural
        return "\(isRural ? "Thôn" : "Tổ dân phố số") \(number)"
    }

    /// The sample commune's groups and objection, made by its sample officer.
    func furnish(_ officer: Viewer) async throws {
        guard let commune = officer.communes.first else { return }
        let submission = Submission(viewer: officer)
        var random = SplitMix(state: 7)
        var lines = [["Tên tổ dân phố, thôn", "Số hộ", "Số dân", "Chỉ tiêu tự nguyện", "Đang tham gia tự nguyện"]]
        for number in 1...14 {
            let households = Int.random(in: 260...620, using: &random)
            let target = Int.random(in: 25...70, using: &random)
            lines.append([
                Self.groupName(number, in: commune, of: system.definition), String(households),
                String(households * 33 / 10),
                String(target),
                String(target * Int.random(in: 70...104, using: &random) / 100),
            ])
        }
        let file = IncomingFile(name: "to-dan-pho.csv", mediaType: "text/csv", bytes: CSVWriter.bytes(of: lines))
        let today = system.clock.today
        _ = try await system.groups.loadGroups(
            file, of: commune, year: today.year, countedOn: today.adding(days: -12), by: submission)
        let figures = try await system.figures.figures(of: commune, for: officer)
        guard let last = figures.last(where: { $0.scheme == .voluntary }) else { return }
        try await system.figures.contest(
            ContestDraft(
                commune: commune, month: last.month, scheme: .voluntary, proposed: String(last.people + 37),
                reason: "37 người đóng qua tổ chức dịch vụ thu trong tháng chưa có trong tệp (minh họa).",
                document: "Bảng kê thu minh họa"),
            by: submission)
    }
}
