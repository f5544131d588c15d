import Access
import Components
import Exchange
import Formats
import Hummingbird
import Kernel
import PlanText
import Tabular
import WebDesk

/// Rows that were returned, of all deliveries that somebody may see or of one.
struct ReturnedListPage: Page {
    static let template: PageTemplate = "delivery-returned"

    let back: Frame.Link
    let heading: String
    /// Leads to all deliveries' rows, where those of one are shown.
    let all: Frame.Link?
    let table: TableModel
}

/// A returned row as a line of the list.
struct ReturnedLine: Sendable {
    let place: ReturnedPlace
    /// Of its format and its sender, as people call them.
    let format: String
    let sender: String

    /// `11, trang Nam Sách`
    var written: String { place.sheet.isEmpty ? "\(place.row)" : "\(place.row), trang \(place.sheet)" }
}

extension QuarantinedRow.State {
    /// As lists say it.
    var words: String {
        switch self {
        case .open: "Đang chờ"
        case .setAside: "Đã bỏ qua"
        case .resent: "Đã giao lại"
        case .withdrawn: "Lần giao đã thu hồi"
        }
    }

    var rank: Int {
        switch self {
        case .open: 0
        case .resent: 1
        case .setAside: 2
        case .withdrawn: 3
        }
    }
}

extension ReturnedRow.Reason {
    /// What the sender does about it, as far as it can be said without the row.
    var remedy: String {
        switch self {
        case .missing: "Điền ô còn trống trong tệp của bạn rồi giao lại dòng này."
        case .wrongValue: "Sửa ô cho đúng dạng của cột (ngày, tháng, số) rồi giao lại dòng này."
        case .unknownWord: "Thay bằng giá trị có trong danh mục của cột rồi giao lại dòng này."
        case .formula: "Mở tệp bằng Excel rồi lưu lại, hoặc dán giá trị thay cho công thức, rồi giao lại dòng này."
        case .shifted: "Kéo các ô của dòng về đúng cột rồi giao lại dòng này."
        case .repeated:
            "Nếu là một dòng chép hai lần thì không phải làm gì; nếu là hai người thì sửa chỗ khác nhau rồi giao lại."
        case .contradiction: "Xem lại các cột mâu thuẫn nhau, sửa cột sai rồi giao lại dòng này."
        case .oldEncoding: "Lưu lại tệp ở Unicode rồi giao lại dòng này."
        }
    }
}

extension RegistryPages {
    static let returnedList = ListTable<ReturnedLine>(
        "dong-tra-lai", "Dòng trả lại", hasWords: false,
        columns: [
            .init(
                "dong", "Dòng", width: 24,
                cell: { line in
                    TableCell(
                        line.written, link: Addresses.returnedRow(line.place.delivery, line.place.position + 1))
                },
                value: {
                    .ranked($0.place.row, $0.written)
                }),
            .init(
                "cot", "Cột", width: 30,
                cell: { TableCell($0.place.column.isEmpty ? "cả dòng" : $0.place.column, more: $0.place.heading) },
                value: {
                    TableValue([$0.place.column, $0.place.heading].filter { !$0.isEmpty }.joined(separator: " "))
                }),
            .init(
                "ly-do", "Lý do", choice: true, width: 34,
                value: { .text(VietnameseText.sentence($0.place.reason.words)) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 18,
                value: { .ranked($0.place.state.rank, $0.place.state.words) }),
            .init(
                "phieu", "Phiếu nhận", width: 14,
                cell: { TableCell($0.place.receipt, link: Addresses.delivery($0.place.delivery)) },
                value: { .ranked($0.place.delivery, $0.place.receipt) }),
            .init("danh-sach", "Danh sách", width: 40, value: { .text($0.format) }),
            .init("ben-giao", "Bên giao", width: 30, value: { .text($0.sender) }),
            .init("ky", "Kỳ", sorted: false, width: 12, value: { TableValue($0.place.period) }),
        ])

    private static let parts: [String: ReturnedSelection.Part] = [
        "dong": .row, "cot": .column, "ly-do": .reason, "tinh-trang": .state, "phieu": .delivery,
        "danh-sach": .format, "ben-giao": .sender,
    ]

    var returnedRoutes: [Route] {
        [
            .page(Addresses.returnedRows, .right(.readDeliveries)) { request in try await returnedListPage(request) },
            returnedWorkbook.route(Addresses.returnedRows.workbook, on: desk),
            .file(Addresses.returnedFile, .right(.openReturnedRows)) { request in
                try await returnedFile(request)
            },
        ] + returnedRowRoutes
    }

    private static func selection(_ query: TableQuery, delivery: Int?) -> ReturnedSelection {
        var selection = ReturnedSelection()
        selection.delivery = delivery
        selection.reason = query.choices["ly-do"].flatMap { words in
            ReturnedRow.Reason.allCases.first { VietnameseText.sentence($0.words) == words }
        }
        selection.state = query.choices["tinh-trang"].flatMap { words in
            [.open, .resent, .setAside, .withdrawn].first { (state: QuarantinedRow.State) in state.words == words }
        }
        selection.part = query.order.flatMap { parts[$0.column] }
        selection.isDescending = query.order?.isDescending ?? false
        return selection
    }

    private func line(_ place: ReturnedPlace) -> ReturnedLine {
        ReturnedLine(place: place, format: formatTitle(place.format), sender: definition.name(of: place.sender))
    }

    var returnedWorkbook: ListWorkbook {
        ListWorkbook(Self.returnedList.outline, of: Subject(.delivery), .right(.readDeliveries)) { reader in
            let number = Int(reader.query[.delivery])
            let selection = Self.selection(reader.selection(Self.returnedList.outline), delivery: number)
            let found = try await deliveries.returned(selection, size: reader.most + 1, for: reader.viewer)
            return reader.sheet(
                Self.returnedList, found.rows.map(line), narrowed: number.map { ["phiếu số \($0)"] } ?? [])
        }
    }

    private func returnedListPage(_ request: MemberRequest) async throws -> Response {
        let number = Int(request.query[.delivery])
        let query = try await query(Self.returnedList.outline, of: request)
        let selection = Self.selection(query, delivery: number)
        let found = try await deliveries.returned(
            selection, from: (query.page - 1) * query.rowsAtOnce, size: query.rowsAtOnce, for: request.viewer)
        let choices = [
            "ly-do": ReturnedRow.Reason.allCases.filter { found.reasons[$0] != nil }.map {
                VietnameseText.sentence($0.words)
            },
            "tinh-trang": found.states.keys.sorted { $0.rank < $1.rank }.map(\.words),
        ]
        let model = ReturnedListPage(
            back: number.map { Frame.Link("Phiếu nhận số \($0)", Addresses.delivery($0)) }
                ?? Frame.Link("Giao danh sách", Addresses.deliveries()),
            heading: number.map { "Dòng trả lại của phiếu số \($0)" } ?? "Dòng trả lại",
            all: number.map { _ in Frame.Link("Dòng trả lại của mọi phiếu", Addresses.returnedRows()) },
            table: try list(
                Self.returnedList,
                TablePage(
                    rows: found.rows.map(line), total: found.total, page: query.page,
                    pages: query.pages(of: found.total), all: found.all, choices: choices), query,
                at: TablePlace(Addresses.returnedRows(), [(.delivery, number.map { "\($0)" } ?? "")]),
                workbook: Addresses.returnedRows.workbook(), nothing: "Không có dòng nào bị trả lại."))
        return try page(model.heading, model, for: request)
    }

    /// In the sender's own layout, the reason beside each row.
    private func returnedFile(_ request: MemberRequest) async throws -> Download {
        let number = try Self.number(request)
        let found = try await deliveries.returnedSheets(of: number, for: request.viewer)
        guard !found.sheets.isEmpty else {
            throw Refusal(.notFound, "Không còn dòng trả lại nào của phiếu này đang chờ.")
        }
        return Download(
            name: "dong-tra-lai-phieu-\(number).xlsx", mediaType: FileMedia.workbook,
            bytes: try XLSXWriter.bytes(of: found.sheets), of: Subject(.delivery, number))
    }
}

/// What browsers are told of files made here.
enum FileMedia {
    static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
