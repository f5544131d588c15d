import Access
import Components
import Kernel
import PlanText
import WebDesk
import Work

/// An obstacle as a line of the list of them.
struct ObstacleLine: Sendable {
    let obstacle: Obstacle
    /// Who asked, as far as the viewer may know.
    let from: String
    /// The place of its task in the plan.
    let rank: Int
    let today: Day
}

extension WorkPages {
    /// Narrowed by the page's own search, which looks into the whole text.
    static let obstacleList = ListTable<ObstacleLine>(
        "vuong-mac", "Vướng mắc và hướng dẫn", standing: TableOrder("luc", descending: true), printedRows: 60,
        hasWords: false,
        columns: [
            .init(
                "vuong-mac", "Vướng mắc", width: 50,
                cell: { TableCell($0.obstacle.title, link: Addresses.obstacle($0.obstacle.id)) },
                value: { .text($0.obstacle.title) }),
            .init("gui-tu", "Gửi từ", width: 36, value: { .text($0.from) }),
            .init(
                "nhiem-vu", "Nhiệm vụ", choice: true, width: 10,
                value: { line in line.obstacle.task.map { .ranked(line.rank, $0) } ?? TableValue.none }),
            .init("luc", "Ngày gửi", width: 14, value: { .day($0.obstacle.at.day) }),
            .init(
                "han", "Hạn trả lời", width: 14,
                cell: { line in
                    TableCell(
                        waits(line).words, strong: line.obstacle.isOverdue(on: line.today) ? "(quá hạn)" : nil)
                }, value: waits),
            .init(
                "tinh-trang", "Tình trạng", width: 16,
                cell: { TableCell(badge: Badge($0.obstacle.status.title, look: $0.obstacle.status.rawValue)) },
                value: { line in
                    .ranked(
                        Obstacle.Status.allCases.firstIndex(of: line.obstacle.status) ?? 0, line.obstacle.status.title)
                }),
            .init(
                "tra-loi", "Trả lời", sorted: false, width: 70,
                cell: { line in
                    TableCell(line.obstacle.answer.map { "\($0.prefix(240))\($0.count > 240 ? "…" : "")" } ?? "–")
                }, value: { TableValue($0.obstacle.answer) }),
            .init("can-cu", "Căn cứ", sorted: false, width: 40, value: { TableValue($0.obstacle.legalBasis) }),
        ])

    /// The day an agency has to answer by.
    private static func waits(_ line: ObstacleLine) -> TableValue {
        line.obstacle.status == .assigned ? TableValue(line.obstacle.answerDue) : .none
    }

    func obstacleLines(_ query: FormContent, for viewer: Viewer, most: Int) async throws -> [ObstacleLine] {
        let ranks = Dictionary(
            definition.tasks.enumerated().map { ($0.element.code, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return try await obstacles.obstacles(
            matching: query[.search], status: Obstacle.Status(rawValue: query[.status]), for: viewer, limit: most
        ).map { obstacle in
            ObstacleLine(
                obstacle: obstacle, from: source(of: obstacle, for: viewer),
                rank: obstacle.task.flatMap { ranks[$0] } ?? ranks.count, today: today)
        }
    }

    var obstacleWorkbook: ListWorkbook {
        ListWorkbook(Self.obstacleList.outline, of: Subject(.obstacle), .member) { reader in
            let status = Obstacle.Status(rawValue: reader.query[.status])
            return reader.sheet(
                Self.obstacleList,
                of: try await obstacleLines(reader.query, for: reader.viewer, most: reader.most + 1),
                narrowed: [status?.title.lowercased()].compactMap(\.self)
                    + (reader.query[.search].isEmpty ? [] : ["tìm “\(reader.query[.search])”"]))
        }
    }
}
