import Access
import Components
import Figures
import Hummingbird
import Kernel
import Mustache
import Overview
import PlanText
import Province
import Targets
import Work
import Province
import WebDesk

struct ScoresPage: Page {
    static let template: PageTemplate = "scores"

    struct Member: Sendable {
        let name: String
        let address: String
        let points: String
        let groupRank: String
        let contested: Bool
    }

    /// Units like one another, the first of each.
    struct Group: Sendable {
        let groupTitle: String
        let members: [Member]
    }

    let tabs: [Frame.Link]
    let month: String
    let months: [Frame.Link]
    let dayLine: String
    let scoringNote: String
    let groups: [Group]
    let table: TableModel?
    let agencies: TableModel?
    let noRules: Bool
}

/// A score on the page of its unit, part by part.
struct ScoreView: Page {
    static let template: PageTemplate = "score"

    struct Part: Sendable {
        let partTitle: String
        let partPoints: String
        let weight: String
        let words: String
    }

    let score: String
    let scoreMonth: String
    let place: String
    let similar: String
    let knownNote: String?
    let contestedNote: String?
    let parts: [Part]
    let scoreNote: String
}

extension ScoreView {
    init?(_ ranked: RankedScore?, month: Month?, rules: ScoringRules?) {
        guard let ranked, let rules else { return nil }
        score = ranked.score.points.map { "\(VietnameseText.oneDecimal($0)) điểm" } ?? "Chưa đủ số liệu để tính điểm"
        scoreMonth = month?.vietnamese ?? ""
        place = ranked.rank.map { "Xếp thứ \($0) trong \(ranked.ranked) đơn vị có điểm." } ?? ""
        similar =
            ranked.group.map { group in
                "Nhóm tương đồng (\(group.title(rules))): "
                    + (ranked.groupRank.map { "thứ \($0) trong \(ranked.groupRanked) đơn vị." }
                        ?? "\(ranked.groupRanked) đơn vị có điểm.")
            } ?? ""
        knownNote =
            ranked.score.knownPercent < 100
            ? "Tính trên \(VietnameseText.oneDecimal(ranked.score.knownPercent)) % trọng số có số liệu; phần thiếu không bị coi là 0."
            : nil
        contestedNote =
            ranked.score.isContested ? "Có số liệu đang được đề nghị sửa; điểm có thể đổi khi có quyết định." : nil
        parts = ranked.score.parts.map { part in
            Part(
                partTitle: part.part.title,
                partPoints: part.points.map { VietnameseText.oneDecimal($0) } ?? "không tính",
                weight: "trọng số \(VietnameseText.oneDecimal(part.weight))", words: part.words)
        }
        scoreNote = rules.note
    }
}

extension FigurePages {
    var scoreRoutes: [Route] {
        [
            .page(Addresses.scores, .right(.viewFigures)) { request in
                let month = Month(request.query[.month])
                let query = try await query(Self.scoreList.outline, of: request)
                let agencies = try await self.query(Self.agencyScoreList.outline, of: request)
                let main = try await kept(
                    "xep-hang|\(today)|\(month?.description ?? "")|\(mayReadAllocation(request.viewer))|\(agencies.key)",
                    query, revision: request.revisions.of([.instance, .task, .plan] + Self.standingKinds)
                ) {
                    try renderer.render(try await scoresPage(request, month, query, agencies))
                }
                return try page("Xếp hạng", rendered: main, for: request)
            },
            scoreWorkbook.route(Addresses.scores.workbook, on: desk),
            agencyScoreWorkbook.route(Addresses.agencyScoresWorkbook, on: desk),
        ]
    }

    private func scoresPage(
        _ request: MemberRequest, _ month: Month?, _ query: TableQuery, _ ofAgencies: TableQuery
    ) async throws -> ScoresPage {
        let known = try await figures.months(for: request.viewer).map(\.month).filter {
            definition.years.contains($0.year)
        }
        let table = try await overview.scores(of: month, for: request.viewer)
        let lines = (table?.communes ?? []).map(scoreLine)
        let groups = Dictionary(grouping: lines.filter { $0.ranked.groupRank != nil }, by: \.group)
        let place = TablePlace(
            Addresses.scores(), [(.month, month?.description ?? "")])
        return ScoresPage(
            tabs: figureTabs(Addresses.scores(), for: request), month: table?.month.vietnamese ?? "",
            months: known.prefix(12).map {
                Frame.Link($0.vietnamese, Addresses.scores().with(.month, $0), current: $0 == table?.month)
            },
            dayLine: table.map {
                "Số liệu đến tháng \($0.month.vietnamese); nhiệm vụ và cập nhật tính đến \($0.day.vietnamese)."
            } ?? "", scoringNote: scoringRules.note,
            groups: groups.sorted { $0.key < $1.key }.map { title, members in
                .init(
                    groupTitle: VietnameseText.sentence(title),
                    members: members.sorted { ($0.ranked.groupRank ?? 0) < ($1.ranked.groupRank ?? 0) }.prefix(5).map {
                        .init(
                            name: $0.name, address: $0.address.text, points: $0.points,
                            groupRank: "\($0.ranked.groupRank ?? 0)/\($0.ranked.groupRanked)",
                            contested: $0.ranked.score.isContested)
                    })
            },
            table: try table.map { _ in
                try list(Self.scoreList, of: lines, query, at: place, workbook: Addresses.scores.workbook())
            },
            agencies: try table.map { table in
                try list(
                    Self.agencyScoreList, of: table.agencies.map(scoreLine), ofAgencies, at: place,
                    workbook: Addresses.agencyScoresWorkbook())
            }, noRules: table == nil)
    }
}
