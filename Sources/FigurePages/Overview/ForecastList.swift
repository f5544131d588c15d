import Access
import Components
import Figures
import Forecast
import Kernel
import Overview
import PlanText
import Province
import Reports
import Targets
import WebDesk

/// What is forecast: everybody, or one scheme.
enum ForecastKind: String, CaseIterable {
    case total = "tong-so"
    case compulsory = "bat-buoc"
    case voluntary = "tu-nguyen"

    init(_ query: FormContent) { self = ForecastKind(rawValue: query[.forecast]) ?? .total }

    var title: String {
        switch self {
        case .total: "Tổng số"
        case .compulsory: "Bắt buộc"
        case .voluntary: "Tự nguyện"
        }
    }

    var scheme: Scheme? {
        switch self {
        case .total: nil
        case .compulsory: .compulsory
        case .voluntary: .voluntary
        }
    }

    func part(of total: Int, _ voluntary: Int) -> Int {
        switch self {
        case .total: total
        case .compulsory: total - voluntary
        case .voluntary: voluntary
        }
    }
}

/// What a commune will come to by the year's end, as a line.
struct ForecastLine: Sendable {
    let commune: Commune
    let now: Int
    let end: YearEnd
    let target: Int?
    /// Of reaching the target, from 0 to 1; nil without one.
    let chance: Double?

    /// How many are missing; below zero where there are more than asked for.
    var gap: Int? { target.map { $0 - end.people } }

    var gapWords: String {
        gap.map { $0 > 0 ? "thiếu \(VietnameseText.grouped($0))" : "dư \(VietnameseText.grouped(-$0))" } ?? "–"
    }

    var look: Badge {
        guard let chance else { return Badge("chưa có chỉ tiêu", look: "open") }
        return chance >= 0.8
            ? Badge("nhiều khả năng đạt", look: "accepted")
            : chance >= 0.4 ? Badge("chưa chắc", look: "open") : Badge("khó đạt", look: "late")
    }

    static func percent(_ share: Double) -> String {
        // No forecast is that sure.
        share > 0.985 ? "trên 98 %" : share < 0.015 ? "dưới 2 %" : "\(Int((share * 100).rounded())) %"
    }
}

extension FigurePages {
    static let forecastList = ListTable<ForecastLine>(
        "du-bao", "Dự báo cuối năm của các xã, phường, đặc khu", look: .frozen, standing: TableOrder("kha-nang"),
        printedRows: 120,
        columns: [
            .init(
                "don-vi", "Đơn vị", width: 28,
                cell: { TableCell($0.commune.shortName, link: Addresses.unit(.commune($0.commune.code))) },
                value: { .text($0.commune.shortName) }),
            .init("hien-nay", "Hiện nay", number: true, value: { .number($0.now) }),
            .init("du-bao", "Dự báo", number: true, value: { .number($0.end.people) }),
            .init("thap", "Thấp nhất (khoảng 80 %)", number: true, value: { .number($0.end.low) }),
            .init("cao", "Cao nhất (khoảng 80 %)", number: true, value: { .number($0.end.high) }),
            .init("chi-tieu", "Chỉ tiêu", number: true, value: { TableValue($0.target) }),
            .init(
                "chenh", "Thiếu (dư ghi số âm)", number: true, cell: { TableCell($0.gapWords) },
                value: { TableValue($0.gap) }),
            .init(
                "kha-nang", "Khả năng (%)", number: true,
                cell: { TableCell($0.chance.map(ForecastLine.percent) ?? "–") },
                value: { line in line.chance.map { .decimal(($0 * 1_000).rounded() / 10) } ?? TableValue.none }),
            .init(
                "danh-gia", "Đánh giá", choice: true, cell: { TableCell(badge: $0.look) },
                value: { .ranked($0.chance.map { $0 >= 0.8 ? 2 : $0 >= 0.4 ? 1 : 0 } ?? 3, $0.look.label) }),
            .init(
                "tinh-theo", "Tính theo", choice: true,
                value: { .text($0.end.basis == .flows ? "biến động" : "số đếm") }),
        ])

    /// The communes that have figures enough, the least likely to reach their target first.
    func forecastLines(
        _ kind: ForecastKind, _ board: CityDashboard, courses: [CommuneCode: [Month: Int]],
        flows: (CommuneCode) -> [Month: MonthFlows]
    ) -> [ForecastLine] {
        definition.communes.communes.compactMap { commune -> ForecastLine? in
            let course = courses[commune.code] ?? [:]
            guard let latest = course.keys.filter({ $0.year <= board.year }).max(), let now = course[latest],
                let end = YearEnd(course, flows: flows(commune.code), from: latest, year: board.year)
            else { return nil }
            let target = board.targets?.targets[commune.code].map { kind.part(of: $0.total, $0.voluntary) }
            return ForecastLine(
                commune: commune, now: now, end: end, target: target, chance: target.map { end.chance(of: $0) })
        }.sorted { ($0.chance ?? 2, $0.commune.shortName) < ($1.chance ?? 2, $1.commune.shortName) }
    }

    var forecastWorkbook: ListWorkbook {
        ListWorkbook(Self.forecastList.outline, of: Subject(.figure), .right(.viewFigures)) { reader in
            let kind = ForecastKind(reader.query)
            let board = try await overview.dashboard(year: Int(reader.query[.year]), for: reader.viewer)
            let flows = try await overview.flows(for: reader.viewer)
            let lines = forecastLines(
                kind, board, courses: try await overview.courses(kind.scheme, for: reader.viewer),
                flows: { flows.course(.commune($0), kind.scheme) })
            return reader.sheet(
                Self.forecastList, of: lines, narrowed: ["năm \(board.year)", kind.title.lowercased()])
        }
    }
}
