import Access
import Components
import Figures
import Kernel
import PlanText
import Province
import WebDesk

/// A commune's figures of a month, as a line.
struct MonthLine: Sendable {
    let commune: Commune
    let month: Month
    let figures: [Scheme: Figure]
    let earlier: [Scheme: Figure]
    /// The month's usual source, which is said once above the list.
    let usual: String
    /// How much was said of each figure.
    let said: [Scheme: Int]

    private static func sum(_ figures: [Scheme: Figure]) -> Int? {
        guard let compulsory = figures[.compulsory], let voluntary = figures[.voluntary] else { return nil }
        return compulsory.people + voluntary.people
    }

    var total: Int? { Self.sum(figures) }
    var change: Int? { total.flatMap { now in Self.sum(earlier).map { now - $0 } } }
    var isContested: Bool { figures.values.contains { $0.isContested } }

    /// Sources that differ from the usual one.
    var otherSources: String {
        Set(figures.values.map(Self.source)).subtracting([usual]).sorted().joined(separator: "; ")
    }

    static func source(_ figure: Figure) -> String { "\(figure.source), chốt \(figure.cutoff.vietnamese)" }
}

// Months, the communes of one, and the batches: as lists.
extension FigurePages {
    static let monthTable = ListTable<MonthLine>(
        "so-lieu-thang", "Số liệu tháng theo đơn vị", look: .frozen, printedRows: 120,
        columns: [
            .init(
                "don-vi", "Đơn vị", width: 28,
                cell: { TableCell($0.commune.shortName, more: $0.isContested ? "†" : nil) },
                value: { .text($0.commune.shortName) }),
            .init(
                "bat-buoc", "Bắt buộc", number: true, cell: { people($0, .compulsory) },
                value: { TableValue($0.figures[.compulsory]?.people) }),
            .init(
                "tu-nguyen", "Tự nguyện", number: true, cell: { people($0, .voluntary) },
                value: { TableValue($0.figures[.voluntary]?.people) }),
            .init(
                "tong-so", "Tổng số", number: true, cell: { TableCell(FigureWords.people($0.total)) },
                value: { TableValue($0.total) }),
            .init(
                "so-thang-truoc", "So tháng trước", number: true,
                cell: { TableCell($0.change.map { FigureWords.signed($0) } ?? "–") }, value: { TableValue($0.change) }),
            .init(
                "nguon", "Nguồn khác", width: 36, cell: { TableCell($0.otherSources) },
                value: { TableValue($0.otherSources) }),
        ])

    private static func people(_ line: MonthLine, _ scheme: Scheme) -> TableCell {
        TableCell(
            FigureWords.people(line.figures[scheme]?.people),
            link: address(line, scheme), links: ThreadPart.links(line.said[scheme] ?? 0, to: address(line, scheme)))
    }

    private static func address(_ line: MonthLine, _ scheme: Scheme) -> Address {
        Addresses.figure(line.commune.code, line.month, FigureWords.slug(scheme))
    }

    /// What was said of the figures of a month.
    func said(of month: Month, for viewer: Viewer) async throws -> [Subject: Int] {
        try await remarks.counts(
            definition.communes.communes.flatMap { commune in
                Scheme.allCases.map { Self.subject(commune.code, month, $0) }
            }, viewer)
    }

    private static func subject(_ commune: CommuneCode, _ month: Month, _ scheme: Scheme) -> Subject {
        Subject(.figure, "\(commune)/\(month)/\(scheme.rawValue)")
    }

    func monthLines(
        _ month: Month, _ now: [Figure], _ before: [Figure], said: [Subject: Int] = [:]
    ) -> [MonthLine] {
        func table(_ figures: [Figure]) -> [CommuneCode: [Scheme: Figure]] {
            Dictionary(grouping: figures, by: \.commune).mapValues {
                Dictionary($0.map { ($0.scheme, $0) }, uniquingKeysWith: { first, _ in first })
            }
        }
        let (current, earlier) = (table(now), table(before))
        let sources = Dictionary(grouping: now, by: MonthLine.source).mapValues(\.count)
        let usual = sources.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
        return definition.communes.communes.map { commune in
            MonthLine(
                commune: commune, month: month, figures: current[commune.code] ?? [:],
                earlier: earlier[commune.code] ?? [:], usual: usual,
                said: Dictionary(
                    Scheme.allCases.map { ($0, said[Self.subject(commune.code, month, $0)] ?? 0) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }

    var monthWorkbook: ListWorkbook {
        ListWorkbook(Self.monthTable.outline, of: Subject(.figure), .right(.viewFigures)) { reader in
            guard let month = Month(reader.query[.month]) else { throw Refusal(.notFound, "Không có tháng này.") }
            let now = try await figures.figures(of: month, for: reader.viewer)
            let before = try await figures.figures(of: month.adding(months: -1), for: reader.viewer)
            let lines = monthLines(month, now, before)
            return reader.sheet(
                Self.monthTable, of: lines,
                narrowed: ["tháng \(month.vietnamese)"] + (now.isEmpty ? [] : ["nguồn \(lines.first?.usual ?? "")"]))
        }
    }

    // MARK: Months

    static let monthsTable = ListTable<MonthSummary>(
        "cac-thang", "Số người tham gia theo tháng", look: .frozen, standing: TableOrder("thang", descending: true),
        usualRows: 24,
        suffix: "thang", hasWords: false,
        columns: [
            .init(
                "thang", "Tháng", width: 12,
                cell: { TableCell($0.month.vietnamese, link: Addresses.figureMonth($0.month)) },
                value: { TableValue($0.month) }),
            .init(
                "bat-buoc", "Bắt buộc", number: true, cell: { TableCell(FigureWords.people($0.people[.compulsory])) },
                value: { TableValue($0.people[.compulsory]) }),
            .init(
                "tu-nguyen", "Tự nguyện", number: true, cell: { TableCell(FigureWords.people($0.people[.voluntary])) },
                value: { TableValue($0.people[.voluntary]) }),
            .init(
                "tong-so", "Tổng số", number: true, cell: { TableCell(FigureWords.people(sum($0))) },
                value: { TableValue(sum($0)) }),
            .init("so-don-vi", "Đơn vị có số liệu", number: true, value: { .number(covered($0)) }),
        ])

    private static func sum(_ month: MonthSummary) -> Int? {
        month.people[.compulsory].flatMap { first in month.people[.voluntary].map { first + $0 } }
    }

    /// How many communes have both figures.
    private static func covered(_ month: MonthSummary) -> Int {
        min(month.communes[.compulsory] ?? 0, month.communes[.voluntary] ?? 0)
    }

    var monthsWorkbook: ListWorkbook {
        ListWorkbook(Self.monthsTable.outline, of: Subject(.figure), .right(.viewFigures)) { reader in
            reader.sheet(Self.monthsTable, of: try await figures.months(for: reader.viewer))
        }
    }

    // MARK: Batches

    static let batchTable = ListTable<FigureBatch>(
        "lo-so-lieu", "Các lần nạp số liệu", standing: TableOrder("lo", descending: true), usualRows: 12,
        columns: [
            .init(
                "lo", "Lô", width: 8, cell: { TableCell("\($0.number)", link: Addresses.figureBatch($0.number)) },
                value: { .ranked($0.number, "\($0.number)") }),
            .init(
                "tep", "Tệp", width: 36, cell: { TableCell(fileName($0), strong: withdrawal($0)) },
                value: { .text(fileName($0)) }),
            .init(
                "thang", "Tháng", width: 22,
                value: { .ranked($0.lastMonth.year * 12 + $0.lastMonth.month, $0.monthsTitle) }),
            .init("nguon", "Nguồn", choice: true, width: 30, value: { TableValue($0.source) }),
            .init("moi", "Số liệu mới hoặc thay đổi", number: true, value: { .number($0.changed) }),
            .init("tra-lai", "Dòng trả lại", number: true, value: { .number($0.rejectedRows) }),
            .init("nguoi-nhan", "Người nhận", value: { .text($0.actorName) }),
            .init("luc", "Nhận lúc", width: 20, value: { .moment($0.at) }),
            .init("thu-hoi", "Thu hồi", width: 14, value: { TableValue($0.withdrawnAt?.day) }),
        ])

    private static func fileName(_ batch: FigureBatch) -> String {
        switch batch.kind {
        case .contest: "Đề nghị sửa được chấp nhận"
        case .register: "Sổ đăng ký đếm"
        case .file: batch.fileName
        }
    }

    private static func withdrawal(_ batch: FigureBatch) -> String? {
        batch.withdrawnAt.map { "Đã thu hồi \($0.day.vietnamese): \(batch.withdrawnReason ?? "")" }
    }

    var batchWorkbook: ListWorkbook {
        ListWorkbook(Self.batchTable.outline, of: Subject(.figureBatch), .right(.viewFigures)) { reader in
            reader.sheet(
                Self.batchTable, of: try await figures.batches(limit: reader.most + 1, for: reader.viewer))
        }
    }
}
