import Access
import Components
import Figures
import Kernel
import Overview
import PlanText
import Province
import WebDesk

/// A unit's score as a line of the ranking.
struct ScoreLine: Sendable {
    let ranked: RankedScore
    let name: String
    /// Of the units like this one; empty for agencies.
    let group: String

    var address: Address { Addresses.unit(ranked.score.unit) }
    var points: String { ranked.score.points.map { VietnameseText.oneDecimal($0) } ?? "chưa đủ số liệu" }
}

extension FigurePages {
    private static let unitColumns: [TableColumn<ScoreLine>] = [
        .init(
            "don-vi", "Đơn vị", width: 30,
            cell: { TableCell($0.name, link: $0.address, more: $0.ranked.score.isContested ? "†" : nil) },
            value: { .text($0.name) }),
        .init("thu", "Thứ", number: true, width: 8, value: { TableValue($0.ranked.rank) }),
        .init(
            "diem", "Điểm", number: true, cell: { TableCell($0.points) },
            value: { $0.ranked.score.points.map { .decimal($0) } ?? TableValue.none }),
    ]

    private static let knownColumn = TableColumn<ScoreLine>(
        "phan-co-so-lieu", "Phần có số liệu (%)", number: true, value: { .decimal($0.ranked.score.knownPercent) })

    static let scoreList = ListTable<ScoreLine>(
        "xep-hang", "Xếp hạng xã, phường, đặc khu", look: .frozen, printedRows: 120,
        columns: unitColumns + [
            .init(
                "trong-nhom", "Trong nhóm", number: true,
                cell: { line in
                    TableCell(line.ranked.groupRank.map { "\($0)/\(line.ranked.groupRanked)" } ?? "–")
                },
                value: { TableValue($0.ranked.groupRank) }),
            knownColumn,
            .init("nhom", "Nhóm tương đồng", choice: true, width: 40, value: { TableValue($0.group) }),
        ])

    static let agencyScoreList = ListTable<ScoreLine>(
        "xep-hang-co-quan", "Xếp hạng cơ quan", look: .frozen, suffix: "co-quan", hasWords: false,
        columns: unitColumns + [knownColumn])

    func scoreLine(_ ranked: RankedScore) -> ScoreLine {
        let unit = ranked.score.unit
        let name: String =
            switch unit {
            case .commune(let code): definition.communes[code]?.shortName ?? code.text
            case .agency, .agencyUnit: VietnameseText.sentence(definition.name(of: unit))
            }
        return ScoreLine(ranked: ranked, name: name, group: ranked.group?.title(scoringRules) ?? "")
    }

    var scoreWorkbook: ListWorkbook {
        ListWorkbook(Self.scoreList.outline, of: Subject(.figure), .right(.viewFigures)) { reader in
            let table = try await scores(reader)
            return reader.sheet(
                Self.scoreList, of: table.communes.map(scoreLine), narrowed: ["tháng \(table.month.vietnamese)"])
        }
    }

    var agencyScoreWorkbook: ListWorkbook {
        ListWorkbook(Self.agencyScoreList.outline, of: Subject(.figure), .right(.viewFigures)) { reader in
            let table = try await scores(reader)
            return reader.sheet(
                Self.agencyScoreList, of: table.agencies.map(scoreLine), narrowed: ["tháng \(table.month.vietnamese)"])
        }
    }

    private func scores(_ reader: ListReader) async throws -> ScoreTable {
        guard let table = try await overview.scores(of: Month(reader.query[.month]), for: reader.viewer) else {
            throw Refusal(.notFound, "Kế hoạch chưa có trọng số chấm điểm nên không có bảng xếp hạng.")
        }
        return table
    }
}
