import Work
import Documents
import Access
import Components
import Documents
import Kernel
import Reports
import WebDesk
import Work

/// A paper as a line of the list of papers.
struct DocumentLine: Sendable {
    let head: DocumentHead
    let kind: String
    let hasEnded: Bool
    /// Of a paper that asks: how many have not answered in time.
    let late: Int
    /// How much was said of it.
    let said: Int
}

extension PaperPages {
    static let documentList = ListTable<DocumentLine>(
        "van-ban", "Văn bản đã soạn", standing: TableOrder("luc", descending: true), printedRows: 80,
        columns: [
            .init(
                "van-ban", "Văn bản", width: 70,
                cell: {
                    TableCell(
                        $0.head.title, link: Addresses.document($0.head.id),
                        links: ThreadPart.links($0.said, to: Addresses.document($0.head.id)))
                },
                value: { .text($0.head.title) }),
            .init("mau", "Mẫu", choice: true, width: 36, value: { .text($0.kind) }),
            .init("nguoi-soan", "Người soạn", value: { .text($0.head.madeBy) }),
            .init("luc", "Soạn lúc", width: 20, value: { .moment($0.head.madeAt) }),
            .init(
                "tinh-trang", "Tình trạng", choice: true, width: 20,
                cell: { line in
                    TableCell(
                        badge: line.hasEnded ? ended : state(line.head.signing), below: late(line.late)?.label)
                },
                value: { line in
                    line.hasEnded
                        ? .ranked(2, "không còn hiệu lực")
                        : line.head.signing == nil ? .ranked(0, "dự thảo") : .ranked(1, "đã có số")
                }),
            .init("so", "Số, ký hiệu", width: 24, value: { TableValue($0.head.signing?.number.description) }),
            .init("ngay", "Ngày ban hành", width: 14, value: { TableValue($0.head.signing?.day) }),
        ])

    /// The papers somebody may see, the latest first.
    func documentLines(_ documents: DocumentService, for viewer: Viewer, most: Int) async throws -> [DocumentLine] {
        let found = try await documents.documents(for: viewer, limit: most)
        let ended = try await documents.ended(among: found.map(\.id))
        let late = try await documents.lateReplies(among: found.filter { !ended.contains($0.id) })
        let said = try await remarks.counts(found.map { Subject(.document, $0.id) }, viewer)
        return found.map { head in
            DocumentLine(
                head: head, kind: documents.folder.templates[head.templateID]?.name ?? head.templateID,
                hasEnded: ended.contains(head.id), late: late[head.id] ?? 0,
                said: said[Subject(.document, head.id)] ?? 0)
        }
    }

    func documentWorkbook(_ documents: DocumentService) -> ListWorkbook {
        ListWorkbook(Self.documentList.outline, of: Subject(.document), .right(.viewWork)) { reader in
            reader.sheet(
                Self.documentList, of: try await documentLines(documents, for: reader.viewer, most: reader.most + 1))
        }
    }
}
