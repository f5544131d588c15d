import Access
import Components
import Figures
import Hummingbird
import Kernel
import Registry
import WebDesk

struct FlowPage: Page {
    static let template: PageTemplate = "register-flows"

    let lead: String
    let basis: String
    let places: [Frame.Link]
    let months: [Frame.Link]
    let totals: [Total]
    let hasTotals: Bool
    let comparison: FlowComparison?
    let table: TableModel?
    let nothing: String?

    /// How a scheme's stock came from the month's beginning to its end, in a sentence that can be checked.
    struct Total: Sendable {
        let scheme: String
        let opening: String
        let movements: [Fact]
        let closing: String
        /// How many of them are of no known commune.
        let unplaced: String?
    }
}

/// A commune and scheme with its movements, and the figure that was imported.
struct FlowLine: Sendable {
    let line: RegisterFlows.Line
    let commune: String
    let official: Int?
}

extension RegisterPages {
    /// The movements of the page, in the order of the sum.
    private static let movements: [FlowMovement] = [
        .new, .returned, .movedIn, .convertedIn, .joined, .stopped, .oneOff, .pension, .death, .movedOut,
        .convertedOut, .left,
    ]

    static let flowList = ListTable<FlowLine>(
        "bien-dong-so-dang-ky", "Biến động người tham gia theo sổ đăng ký",
        columns: [
            .init("xa", "Xã, phường", width: 28, value: { .text($0.commune) }),
            .init("loai", "Loại hình", choice: true, width: 18, value: { .text($0.line.key.scheme.title) }),
            .init("dau-ky", "Đầu kỳ", number: true, value: { .number($0.line.opening) }),
        ]
            + movements.map { movement in
                .init(
                    movement.rawValue, (movement.sign > 0 ? "+ " : "− ") + movement.words, number: true,
                    value: { .number($0.line[movement]) })
            } + [
                .init("cuoi-ky", "Cuối kỳ", number: true, value: { .number($0.line.closing) }),
                .init("so-chinh-thuc", "Số đã nạp", number: true, value: { TableValue($0.official) }),
                .init(
                    "chenh", "Chênh", number: true,
                    value: { line in TableValue(line.official.map { line.line.closing - $0 }) }),
            ])

    var flowWorkbook: ListWorkbook {
        ListWorkbook(Self.flowList.outline, of: Subject(.register, "flows"), .right(.openRecords)) { reader in
            let view = try await register.flows(
                of: Month(reader.query[.month]), by: Self.place(reader.query[.flowPlace]), for: reader.viewer)
            guard let view else { return reader.sheet(Self.flowList, of: []) }
            return reader.sheet(
                Self.flowList, of: lines(view, beside: try await comparison(view, for: reader.viewer)),
                narrowed: ["tháng \(view.month.vietnamese)", "theo \(view.place.words)"])
        }
    }

    private static func place(_ word: String) -> FlowPlace? {
        switch word {
        case "cu-tru": .residence
        case "don-vi": .employer
        default: nil
        }
    }

    private static func word(_ place: FlowPlace) -> String { place == .residence ? "cu-tru" : "don-vi" }

    /// Beside each commune the figure that was imported; those of no commune at the end.
    private func lines(_ view: FlowView, beside comparison: RegisterComparison?) -> [FlowLine] {
        let lines = view.lines.map { line in
            let commune = line.key.residence ?? line.key.employer
            return FlowLine(
                line: line, commune: commune.map(communeName) ?? "Không rõ xã, phường",
                official: commune.flatMap { comparison?.imported[$0]?[line.key.scheme] })
        }
        func isPlaced(_ line: FlowLine) -> Bool { line.line.key.residence ?? line.line.key.employer != nil }
        return lines.filter(isPlaced) + lines.filter { !isPlaced($0) }
    }

    private func comparison(_ view: FlowView, for viewer: Viewer) async throws -> RegisterComparison? {
        guard viewer.may(.viewFigures) else { return nil }
        return try await figures.compareRegister(of: view.month, within: viewer.recordScope, for: viewer)
    }

    func flowPage(_ request: MemberRequest) async throws -> Response {
        let month = Month(request.query[.month])
        let asked = Self.place(request.query[.flowPlace])
        let view = try await register.flows(of: month, by: asked, for: request.viewer)
        let query = try await query(Self.flowList.outline, of: request)
        let lead =
            "Đếm từ các danh sách đã nhận: đầu kỳ cộng người đến, trừ người đi, bằng cuối kỳ, ở mọi dòng. “Số đã nạp” là số liệu tháng do BHXH nạp chính thức, không phải số của sổ."
        guard let view else {
            return try page(
                "Biến động theo sổ đăng ký",
                FlowPage(
                    lead: lead, basis: "", places: [], months: [], totals: [], hasTotals: false, comparison: nil,
                    table: nil,
                    nothing: "Chưa danh sách nào cho biết ai tham gia tháng nào."), for: request)
        }
        let comparison = try await comparison(view, for: request.viewer)
        let rows = lines(view, beside: comparison)
        let here = Addresses.registerFlows()
        let model = FlowPage(
            lead: lead, basis: view.basis.words + ".",
            places: FlowPlace.allCases.map {
                Frame.Link(
                    "Theo \($0.words)",
                    here.with(.month, view.month).with(.flowPlace, Self.word($0)), current: $0 == view.place)
            },
            months: view.months.prefix(13).map {
                Frame.Link(
                    $0.vietnamese, here.with(.month, $0).with(.flowPlace, asked.map(Self.word)),
                    current: $0 == view.month)
            }, totals: view.totals.map { total($0, rows) }, hasTotals: !view.totals.isEmpty,
            comparison: comparison.map(FlowComparison.init),
            table: try list(
                Self.flowList, of: rows, query,
                at: TablePlace(
                    here, [(.month, view.month.description), (.flowPlace, asked.map(Self.word) ?? "")]),
                workbook: Addresses.registerFlows.workbook(), nothing: "Tháng này không có ai."),
            nothing: nil)
        return try page("Biến động theo sổ đăng ký, tháng \(view.month.vietnamese)", model, for: request)
    }

    private func total(_ line: RegisterFlows.Line, _ rows: [FlowLine]) -> FlowPage.Total {
        let elsewhere = rows.filter {
            $0.line.key.scheme == line.key.scheme && $0.line.key.residence == nil && $0.line.key.employer == nil
        }.reduce(0) { $0 + $1.line.closing }
        return FlowPage.Total(
            scheme: line.key.scheme.title, opening: VietnameseText.grouped(line.opening),
            movements: Self.movements.filter { line[$0] > 0 }.map {
                Fact(
                    label: VietnameseText.sentence($0.words),
                    value: ($0.sign > 0 ? "+" : "−") + VietnameseText.grouped(line[$0]))
            }, closing: VietnameseText.grouped(line.closing),
            unplaced: elsewhere > 0
                ? "Trong đó \(VietnameseText.grouped(elsewhere)) người chưa rõ xã, phường nên không đứng cạnh số đã nạp nào."
                : nil)
    }
}
