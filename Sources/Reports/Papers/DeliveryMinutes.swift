import Access
import Documents
import Exchange
import Formats
import Kernel
import PlanText
import Province

extension PaperKind {
    /// Minutes of a list that was handed over, from its receipt (tasks II.6 to II.9). Its parts are those of annex V of Decree
    /// 30/2020 (minutes of handing records over); checksum, rows and the receiver's duties are this program's proposal.
    static let deliveryMinutes = PaperKind(
        "bien-ban-giao-nhan-danh-sach", about: .delivery, right: .readDeliveries, issuers: PaperIssuers.agency,
        note: "Số dòng, mã kiểm tra, thời điểm lấy từ phiếu nhận; không có dữ liệu của người nào trong văn bản."
    ) { service, request, viewer in try await service.deliveryMinutes(request, for: viewer) }
}

extension DocumentService {
    /// Minutes of a delivery: two sides, each with room to sign.
    func deliveryMinutes(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        guard let exchange else {
            throw Refusal(.notNow, "Máy chủ này không nhận danh sách nên chưa soạn được văn bản này.")
        }
        let delivery = try await exchange.deliveries.delivery(try request.delivery(), for: viewer)
        guard [.inForce, .replaced, .destroyed].contains(delivery.state) else {
            throw Refusal(
                .invalid,
                "Lần giao \(delivery.receipt) \(delivery.state.words) nên chưa có gì để lập biên bản; hãy đợi nhận xong."
            )
        }
        let agreement = try await exchange.agreement(of: delivery)
        let answered = try await exchange.requests(for: viewer).first { $0.delivery == delivery.number }
        let receiver = answered?.asker ?? agreement?.receiver ?? insuranceAgency
        guard let receiver, receiver != delivery.sender else {
            throw Refusal(
                .invalid,
                "Lần giao \(delivery.receipt) là của chính bên nhận, không có thỏa thuận với bên khác nên không có giao nhận."
            )
        }
        let terms = agreement?.inForce(on: delivery.receivedAt.day)?.terms
        var data = DocumentData(fields: commonFields(year: delivery.receivedAt.day.year, of: request.unit))
        func put(_ values: [String: String]) { data.fields.merge(values) { $1 } }
        put([
            "giver": isGathering(delivery.sender) ? "" : ownName(delivery.sender), "receiver": ownName(receiver),
            "giverPerson": terms?.giverPeople ?? "", "receiverPerson": terms?.receiverPeople ?? "",
            "handoverTime": delivery.receivedAt.vietnamese,
            "handoverPlace": "giao trên hệ thống quản lý, phát triển người tham gia bảo hiểm xã hội",
            "listName": exchange.title(ofFormat: delivery.format), "period": delivery.period.vietnamese,
            "ground": Self.ground(of: delivery, agreement, answered),
            "purpose": answered?.terms.purpose ?? terms?.purpose ?? "",
            "legalBasis": answered?.terms.legalBasis ?? terms?.legalBasis ?? "",
            "fileName": delivery.fileName, "size": Self.words(delivery.size),
            "hash": Self.inGroups(delivery.sha256), "receipt": delivery.receipt,
        ])
        let entry = try await exchange.journal(about: Subject(.delivery, delivery.number)).last {
            $0.kind == .delivered
        }
        let last = try await exchange.dueDestructions(for: viewer).first { $0.delivery.number == delivery.number }
        put([
            "entryNumber": entry.map { "\($0.number)" } ?? "", "entryHash": entry.map { Self.inGroups($0.hash) } ?? "",
            "keepUntil": last?.lastDay.vietnamese ?? "",
        ])
        put(Self.condition(of: delivery.counts))
        // What somebody types replaces these: a day typed is an end as well.
        put(["hasEnd": last == nil && request.text("keepUntil").isEmpty ? "" : "1"])
        let people = ["giverPerson", "receiverPerson"].map { name in
            request.text(name).isEmpty ? data.fields[name] ?? "" : request.text(name)
        }
        data.tables["signatures"] = .init(
            columns: ["title", "name"],
            rows: zip(["Đại diện bên giao", "Đại diện bên nhận"], people).map { title, name in
                [.text(title), .text(Self.nameAlone(name))]
            })
        return Draft(request, data, about: Subject(.delivery, delivery.number), cutoff: delivery.receivedAt.day)
    }

    private static func ground(of delivery: Delivery, _ agreement: Agreement?, _ answered: DataRequest?) -> String {
        if let answered {
            return "Yêu cầu dữ liệu \(answered.name) trên hệ thống"
        }
        guard let agreement, let version = agreement.inForce(on: delivery.receivedAt.day) else {
            return delivery.agreement
        }
        return "Thỏa thuận \(agreement.name) trên hệ thống" + (version.paper.map { ", văn bản \($0.words)" } ?? "")
    }

    /// What the receipt tells of the rows.
    private static func condition(of counts: DeliveryCounts) -> [String: String] {
        let reasons = ReturnedRow.Reason.allCases.compactMap { reason in
            counts.quarantined[reason.rawValue].map { "\(reason.words) (\(words($0)))" }
        }
        let leftOut = counts.leftOut.sorted { $0.key < $1.key }.map { "“\($0.key)” (\(words($0.value)) ô)" }
        return [
            "rows": words(counts.rows), "accepted": words(counts.accepted), "returned": words(counts.returned),
            "hasReturned": counts.returned > 0 ? "1" : "", "reasons": reasons.joined(separator: "; "),
            "hasLeftOut": leftOut.isEmpty ? "" : "1", "leftOut": leftOut.joined(separator: "; "),
        ]
    }
}
