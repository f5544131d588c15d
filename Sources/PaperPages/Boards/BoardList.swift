import Access
import Components
import Kernel
import PlanText
import ReportBoards
import Reports
import WebDesk

extension PaperPages {
    static let boardList = ListTable<BoardHead>(
        "bang-tong-hop", "Bảng tổng hợp báo cáo", usualRows: 30,
        columns: [
            .init(
                "bao-cao", "Báo cáo", width: 44,
                cell: { TableCell($0.span.title, link: Addresses.board($0.id)) }, value: { .text($0.span.title) }),
            .init("chot", "Chốt số liệu", width: 14, value: { .day($0.cutoff) }),
            .init("han", "Hạn báo cáo", width: 14, value: { .day($0.due) }),
            .init(
                "da-gui", "Phần đã gửi", number: true,
                cell: { TableCell("\($0.parts - $0.waiting)/\($0.parts)") }, value: { .number($0.parts - $0.waiting) }),
            .init("con-thieu", "Phần còn thiếu", number: true, value: { .number($0.waiting) }),
            .init(
                "so-lieu", "Số liệu", choice: true, cell: { TableCell(badge: badge(of: $0.lock)) },
                value: { .ranked($0.lock == nil ? 0 : 1, badge(of: $0.lock).label) }),
        ])

    func boardWorkbook(_ boards: BoardService) -> ListWorkbook {
        ListWorkbook(Self.boardList.outline, of: Subject(.reportBoard), Self.boardReaders) { reader in
            reader.sheet(Self.boardList, of: try await boards.boards(for: reader.viewer))
        }
    }
}
