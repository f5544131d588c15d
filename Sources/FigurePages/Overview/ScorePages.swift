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

    struct Row: Sendable, MustacheParent {
        let rank: String
        let name: String
        let address: String
        let points: String
        let known: String
        let group: String
        let groupRank: String
        let contested: Bool

        func child(named tag: String) -> Any? {
            switch tag {
            case "rank": rank
            case "name": name
            case "address": address
            case "points": points
            case "known": known
            case "group": group
            case "groupRank": groupRank
            case "contested": contested
            default: nil
            }
        }
    }

    /// Units like one another, the first of each.
    struct Group: Sendable {
        let groupTitle: String
        let members: [Row]
    }

    let tabs: [Frame.Link]
    let month: String
    let months: [Frame.Link]
    let dayLine: String
    let scoringNote: String
    let groups: [Group]
    let rows: [Row]
    let agencies: [Row]
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
                let main = try await fragments.fragment(
                    "xep-hang|\(today)|\(month?.description ?? "")|\(mayReadAllocation(request.viewer))",
                    revision: request.revisions.of([.instance, .task, .plan] + Self.standingKinds)
                ) {
                    try renderer.render(try await scoresPage(request, month))
                }
                return try page("Xếp hạng", rendered: main, for: request)
            }
        ]
    }

    private func scoresPage(_ request: MemberRequest, _ month: Month?) async throws -> ScoresPage {
        let known = try await figures.months(for: request.viewer).map(\.month).filter {
            definition.years.contains($0.year)
        }
        let table = try await overview.scores(of: month, for: request.viewer)
        let rules = scoringRules
        func row(_ ranked: RankedScore) -> ScoresPage.Row {
            let unit = ranked.score.unit
            let name: String =
                switch unit {
                case .commune(let code): definition.communes[code]?.shortName ?? code.text
                case .agency, .agencyUnit: VietnameseText.sentence(definition.name(of: unit))
                }
            return ScoresPage.Row(
                rank: ranked.rank.map(String.init) ?? "–", name: name, address: Addresses.unit(unit).text,
                points: ranked.score.points.map { VietnameseText.oneDecimal($0) } ?? "chưa đủ số liệu",
                known: "\(VietnameseText.oneDecimal(ranked.score.knownPercent)) %",
                group: ranked.group?.title(rules) ?? "",
                groupRank: ranked.groupRank.map { "\($0)/\(ranked.groupRanked)" } ?? "–",
                contested: ranked.score.isContested)
        }
        let groups = Dictionary(grouping: (table?.communes ?? []).filter { $0.groupRank != nil }) {
            $0.group?.title(rules) ?? ""
        }
        return ScoresPage(
            tabs: figureTabs(Addresses.scores(), for: request), month: table?.month.vietnamese ?? "",
            months: known.prefix(12).map {
                Frame.Link($0.vietnamese, Addresses.scores().with(.month, $0), current: $0 == table?.month)
            },
            dayLine: table.map {
                "Số liệu đến tháng \($0.month.vietnamese); nhiệm vụ và cập nhật tính đến \($0.day.vietnamese)."
            } ?? "", scoringNote: rules.note,
            groups: groups.sorted { $0.key < $1.key }.map { title, members in
                .init(
                    groupTitle: VietnameseText.sentence(title),
                    members: members.sorted { ($0.groupRank ?? 0) < ($1.groupRank ?? 0) }.prefix(5).map(row))
            },
            rows: (table?.communes ?? []).map(row), agencies: (table?.agencies ?? []).map(row), noRules: table == nil)
    }
}
