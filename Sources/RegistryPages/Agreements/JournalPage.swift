import Access
import Components
import Exchange
import Hummingbird
import Kernel
import PlanText
import WebDesk

/// A line of the journal with what its sides are called.
struct JournalLine: Sendable {
    let entry: ExchangeEntry
    let sender: String
    let receiver: String
    let address: Address?
}

extension AgreementPages {
    private static let shown = 200

    static let journalList = ListTable<JournalLine>(
        "nhat-ky-trao-doi", "Nhật ký trao đổi dữ liệu",
        columns: [
            .init("so", "Số", number: true, sorted: false, value: { .number($0.entry.number) }),
            .init("luc", "Lúc", sorted: false, width: 22, value: { .moment($0.entry.at) }),
            .init(
                "viec", "Việc", sorted: false, width: 22, value: { .text(VietnameseText.sentence($0.entry.kind.words)) }
            ),
            .init("ben-giao", "Bên giao", sorted: false, width: 28, value: { TableValue($0.sender) }),
            .init("ben-nhan", "Bên nhận", sorted: false, width: 28, value: { TableValue($0.receiver) }),
            .init(
                "noi-dung", "Nội dung", sorted: false, width: 44,
                cell: { TableCell($0.entry.words, link: $0.address) }, value: { .text($0.entry.words) }),
            .init(
                "ma", "Mã băm, chữ ký", sorted: false, width: 30,
                cell: {
                    TableCell(
                        String($0.entry.hash.prefix(16)),
                        below: $0.entry.key.isEmpty ? "chưa ký" : "ký bằng khóa \($0.entry.key)")
                }, value: { .text($0.entry.hash) }),
        ])

    var journalRoutes: [Route] {
        [.page(Addresses.exchangeJournal, Self.looking) { request in try await journalPage(request) }]
    }

    private func journalPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let before = Int(request.query[.before])
        let entries = try await exchange.journal(Self.shown, before: before, for: viewer)
        func name(_ text: String) -> String { UnitCode(text).map(definition.name(of:)) ?? text }
        let lines = entries.map { entry in
            JournalLine(
                entry: entry, sender: name(entry.sender), receiver: name(entry.receiver),
                address: entry.subject.kind == .delivery && !viewer.may(.readDeliveries)
                    ? nil : desk.page(of: entry.subject))
        }
        let head = try await exchange.journalHead()
        let model = JournalPage(
            back: Frame.Link("Thỏa thuận giao dữ liệu", Addresses.agreements()),
            lead:
                "Mỗi dòng nối với dòng trước bằng mã băm và được hệ thống ký (Ed25519); sửa một byte là lệnh “baophu exchange verify” tìm ra. Bên giao, bên nhận ghi lại đầu nhật ký ở cuối trang để sau này đối chiếu.",
            keys: (head.map { [Fact(label: "Đầu nhật ký (số:mã băm)", value: $0)] } ?? [])
                + (try await exchange.publicKeys().map { Fact(label: "Khóa \($0.id)", value: $0.key) }),
            table: try await shown(
                Self.journalList, lines,
                at: TablePlace(Addresses.exchangeJournal(), [(.before, before.map { "\($0)" } ?? "")]),
                nothing: "Chưa có lần trao đổi nào.", of: request),
            earlier: entries.count == Self.shown
                ? entries.last.map {
                    Frame.Link("Các dòng trước đó", Addresses.exchangeJournal().with(.before, $0.number))
                } : nil)
        return try page("Nhật ký trao đổi dữ liệu", model, for: request)
    }
}
