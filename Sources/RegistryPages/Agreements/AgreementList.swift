import Access
import Components
import Exchange
import Hummingbird
import Kernel
import PlanText
import WebDesk

/// An agreement as a line of the list.
struct AgreementLine: Sendable {
    let agreement: Agreement
    let list: String
    let giver: String
    let receiver: String
    let rhythm: String
    let state: Badge
}

/// A turn that is due, as a line.
struct DueLine: Sendable {
    let due: DueDelivery
    let list: String
    let giver: String
    let receiver: String
    let delivery: Address?
}

extension DueDelivery {
    var badge: Badge {
        switch state {
        case .missing: Badge(words, look: "late")
        case .awaited: Badge(words, look: "open")
        case .received(_, _, let late): Badge(words, look: late > 0 ? "returned" : "accepted")
        }
    }

    /// What is missing first, then what is to come, then what came.
    var rank: Int {
        switch state {
        case .missing(let days): -days
        case .awaited(let days): 10_000 + days
        case .received: 100_000
        }
    }
}

extension AgreementPages {
    static let agreementList = ListTable<AgreementLine>(
        "thoa-thuan", "Các thỏa thuận",
        columns: [
            .init(
                "so", "Số", width: 14,
                cell: { TableCell($0.agreement.name, link: Addresses.agreement($0.agreement.number)) },
                value: { .ranked($0.agreement.number, $0.agreement.name) }),
            .init("danh-sach", "Danh sách", choice: true, width: 44, value: { .text($0.list) }),
            .init("ben-giao", "Bên giao", choice: true, width: 30, value: { .text($0.giver) }),
            .init("ben-nhan", "Bên nhận", choice: true, width: 30, value: { .text($0.receiver) }),
            .init("tan-suat", "Tần suất, hạn giao", width: 34, value: { .text($0.rhythm) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 26, cell: { TableCell(badge: $0.state) },
                value: { .text($0.state.label) }),
        ])

    static let dueList = ListTable<DueLine>(
        "den-han-giao", "Đến hạn và còn thiếu", suffix: "han",
        columns: [
            .init("danh-sach", "Danh sách", sorted: false, width: 44, value: { .text($0.list) }),
            .init(
                "ky", "Kỳ", sorted: false, width: 16, value: { .ranked($0.due.due.daysSinceEpoch, $0.due.turn.words) }),
            .init("ben-giao", "Bên giao", sorted: false, width: 30, value: { .text($0.giver) }),
            .init("ben-nhan", "Bên nhận", sorted: false, width: 30, value: { .text($0.receiver) }),
            .init("han", "Hạn", sorted: false, width: 14, value: { .day($0.due.due) }),
            .init(
                "tinh-trang", "Tình trạng", sorted: false, width: 30,
                cell: { TableCell(link: nil, badge: $0.due.badge) },
                value: { .ranked($0.due.rank, $0.due.words) }),
            .init(
                "thoa-thuan", "Thỏa thuận", sorted: false, width: 14,
                cell: { TableCell($0.due.name, link: Addresses.agreement($0.due.agreement)) },
                value: { .ranked($0.due.agreement, $0.due.name) }),
        ])

    func line(_ agreement: Agreement) -> AgreementLine {
        let version = agreement.inForce(on: today) ?? agreement.versions.last
        return AgreementLine(
            agreement: agreement, list: exchange.title(ofFormat: agreement.format),
            giver: definition.name(of: agreement.giver), receiver: definition.name(of: agreement.receiver),
            rhythm: VietnameseText.sentence(version?.terms.rhythm.words ?? ""), state: badge(agreement))
    }

    func badge(_ agreement: Agreement) -> Badge {
        let look =
            agreement.open != nil
            ? "submitted"
            : agreement.inForce(on: today) != nil
                ? "accepted" : agreement.versions.last?.state == .refused ? "returned" : "plain"
        return Badge(VietnameseText.sentence(words(agreement)), look: look)
    }

    /// Where it stands: of a proposal, whose word it waits for.
    func words(_ agreement: Agreement) -> String {
        guard let open = agreement.open, open.state == .proposed, agreement.inForce(on: today) == nil else {
            return agreement.words(on: today)
        }
        let other = open.proposedBy == agreement.giver ? agreement.receiver : agreement.giver
        return "chờ \(definition.name(of: other)) đồng ý"
    }

    func line(_ due: DueDelivery, for viewer: Viewer) -> DueLine {
        let delivery: Address? =
            if case .received(_, let number, _) = due.state, viewer.may(.readDeliveries) {
                Addresses.delivery(number)
            } else { nil }
        return DueLine(
            due: due, list: exchange.title(ofFormat: due.format), giver: definition.name(of: due.giver),
            receiver: definition.name(of: due.receiver), delivery: delivery)
    }

    /// What is missing or to come first; of what came, the latest two months.
    func dueLines(for viewer: Viewer) async throws -> [DueLine] {
        let since = today.adding(days: -62)
        return try await exchange.dueDeliveries(for: viewer)
            .filter { $0.isMissing || $0.isAwaited || since <= $0.due }
            .sorted { ($0.rank, $0.due, $0.agreement) < ($1.rank, $1.due, $1.agreement) }.map { line($0, for: viewer) }
    }

    var agreementWorkbook: ListWorkbook {
        ListWorkbook(Self.agreementList.outline, of: Subject(.agreement), Self.looking) { reader in
            reader.sheet(
                Self.agreementList, of: try await exchange.agreements(for: reader.viewer).map(line), narrowed: [])
        }
    }

    func agreementListPage(_ request: MemberRequest) async throws -> Response {
        let viewer = request.viewer
        let query = try await query(Self.agreementList.outline, of: request)
        let found = try await exchange.agreements(for: viewer)
        let due = try await dueLines(for: viewer)
        let model = AgreementListPage(
            lead: viewer.may(.readAgreements)
                ? "Ai giao danh sách nào cho ai, theo căn cứ nào, bao giờ đến hạn; mỗi lần giao thuộc thỏa thuận đang có hiệu lực của bên giao và danh sách ấy."
                : "Danh sách đơn vị bạn giao hoặc nhận theo thỏa thuận: căn cứ, các trường, hạn giao, thời hạn lưu.",
            links: (viewer.may(.keepAgreements) ? [Frame.Link("Lập thỏa thuận", Addresses.newAgreement())] : [])
                + [Frame.Link("Nhật ký trao đổi", Addresses.exchangeJournal())],
            due: try await shown(
                Self.dueList, due, at: TablePlace(Addresses.agreements()),
                nothing:
                    "Không có danh sách nào đến hạn trong \(DueDelivery.daysAhead) ngày tới, không có gì còn thiếu.",
                of: request),
            table: try list(
                Self.agreementList, of: found.map(line), query, at: TablePlace(Addresses.agreements()),
                workbook: Addresses.agreements.workbook(), nothing: "Chưa có thỏa thuận nào."))
        return try page("Thỏa thuận giao dữ liệu", model, for: request)
    }
}
