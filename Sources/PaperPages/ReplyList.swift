import Access
import Components
import Kernel
import PlanText
import Reports
import WebDesk
import Work

/// One of those whom a paper asks, as a line.
struct ReplyLine: Sendable {
    let addressee: AskedReplies.Addressee
    let until: Day
    let today: Day

    var reply: Reply? { addressee.reply }

    private var standing: (rank: Int, badge: Badge) {
        switch reply {
        case let reply? where reply.day <= until: (3, Badge("đã trả lời", look: "accepted"))
        case .some: (2, Badge("trả lời trễ", look: "returned"))
        case nil: today > until ? (0, Badge("trễ", look: "late")) : (1, Badge("chưa trả lời", look: "open"))
        }
    }

    var badge: Badge { standing.badge }
    var state: TableValue { .ranked(standing.rank, standing.badge.label) }
}

extension PaperPages {
    static let replyList = ListTable<ReplyLine>(
        "tra-loi", "Trả lời văn bản", standing: TableOrder("tt"), printedRows: 130,
        columns: [
            .init("don-vi", "Đơn vị", width: 40, value: { .text($0.addressee.name) }),
            .init("tt", "TT", number: true, width: 6, value: { .number($0.addressee.position) }),
            .init("yeu-cau", "Yêu cầu riêng", sorted: false, width: 40, value: { TableValue($0.addressee.matter) }),
            .init("tinh-trang", "Tình trạng", choice: true, cell: { TableCell(badge: $0.badge) }, value: \.state),
            .init("ngay", "Ngày trả lời", width: 14, value: { TableValue($0.reply?.day) }),
            .init("so", "Số, ký hiệu", width: 20, value: { TableValue($0.reply?.number) }),
            .init("da-tham-gia", "Đã tham gia BHXH", number: true, value: { TableValue($0.reply?.insured) }),
            .init("dang-lam-viec", "Đang làm việc", number: true, value: { TableValue($0.reply?.workers) }),
            .init("ghi-chu", "Ghi chú", sorted: false, width: 40, value: { TableValue($0.reply?.note) }),
        ])

    func replyLines(_ replies: AskedReplies) -> [ReplyLine] {
        replies.addressees.map { ReplyLine(addressee: $0, until: replies.until, today: today) }
    }

    func replyWorkbook(_ documents: DocumentService) -> ListWorkbook {
        ListWorkbook(Self.replyList.outline, of: Subject(.document), .right(.viewWork)) { reader in
            guard let id = RecordID(reader.query[.document]) else {
                throw Refusal(.notFound, "Không có văn bản này.")
            }
            let paper = try await documents.document(id, for: reader.viewer)
            guard let replies = try await documents.replies(to: id, for: reader.viewer) else {
                throw Refusal(.notFound, "Văn bản này không yêu cầu trả lời.")
            }
            return reader.sheet(
                Self.replyList, of: replyLines(replies),
                narrowed: ["văn bản “\(paper.title)”", "hạn trả lời \(replies.until.vietnamese)"])
        }
    }
}
