public import Kernel
public import PlanText
import Province

/// What the system knows that belongs beside a section.
public enum BoardFacts: Sendable, Hashable {
    /// Participants against targets.
    case targets
    /// Compulsory participants by block, who came and who went.
    case schemes
    /// What is paid late.
    case late
    /// Work of a group of tasks.
    case work(group: String)
    case obstacles
    case scores
}

/// A section of a report, as a board begins with it.
public struct BoardSection: Sendable, Hashable {
    /// Where in the report it stands.
    public enum Part: Sendable, Hashable { case objectives, groups, limits, lessons, next, proposals }

    /// `muc-tieu-1`, `nhom-II`, `kien-nghi`: part of its address.
    public let code: String
    public let title: String
    public let part: Part
    public let facts: [BoardFacts]
    /// Who is asked to write it.
    public let units: [UnitCode]
}

extension BoardSection {
    /// The sections of a report by the plan's own objectives and groups of tasks; then what every report ends with.
    public static func outline(_ kind: BoardKind, in plan: PlanDefinition) -> [BoardSection] {
        let keeper = UnitCode.agency(plan.coordinatingAgency)
        let insurance = plan.agencies.filter { $0.kind == .socialInsurance }.map { UnitCode.agency($0.code) }
        let objectives = objectives(in: plan, asking: insurance + [keeper])
        // The group that the report itself belongs to is no result to report on.
        let own = BoardKind.year.task(in: plan)?.group
        let groups = plan.groups.filter { $0.code != own }.map { group in
            BoardSection(
                code: "nhom-\(group.code)", title: "Nhóm nhiệm vụ \(group.code): \(group.title)", part: .groups,
                facts: [.work(group: group.code)], units: leads(of: group.code, in: plan))
        }
        func closing(
            _ code: String, _ title: String, _ part: Part, _ facts: [BoardFacts] = [], more: [UnitCode] = []
        ) -> BoardSection {
            BoardSection(code: code, title: title, part: part, facts: facts, units: [keeper] + more)
        }
        var sections = objectives + groups
        sections.append(
            closing("ton-tai", "Tồn tại, hạn chế và nguyên nhân", .limits, [.obstacles, .scores], more: insurance))
        if kind.spansYears { sections.append(closing("bai-hoc", "Bài học kinh nghiệm", .lessons, more: insurance)) }
        if kind != .final {
            sections.append(closing("thoi-gian-toi", "Nhiệm vụ, giải pháp trọng tâm thời gian tới", .next))
        }
        sections.append(
            closing("kien-nghi", "Đề xuất, kiến nghị", .proposals, [.obstacles], more: insurance))
        return sections
    }

    /// Each objective with the facts that its words speak of; what no objective speaks of stands with the first.
    private static func objectives(in plan: PlanDefinition, asking units: [UnitCode]) -> [BoardSection] {
        let spoken: [(facts: BoardFacts, words: [String])] = [
            (.late, ["cham dong", "tron dong"]), (.schemes, ["bat buoc", "tu nguyen"]),
            (.targets, ["hoan thanh chi tieu"]),
        ]
        var owner: [BoardFacts: Int] = [:]
        for (index, objective) in plan.objectives.enumerated() {
            let folded = VietnameseText.fold(objective)
            for one in spoken where owner[one.facts] == nil && one.words.contains(where: { folded.contains($0) }) {
                owner[one.facts] = index
            }
        }
        return plan.objectives.enumerated().map { index, objective in
            BoardSection(
                code: "muc-tieu-\(index + 1)", title: "Mục tiêu \(index + 1): \(short(objective))", part: .objectives,
                facts: [BoardFacts.targets, .schemes, .late].filter { (owner[$0] ?? 0) == index }, units: units)
        }
    }

    /// The first clause of an objective, without the document that gave it: the report cites that among its grounds.
    private static func short(_ objective: String) -> String {
        var text = objective.prefix { $0 != ";" }
        if let cut = text.firstRange(of: " được giao tại ") { text = text[..<cut.lowerBound] }
        while text.hasSuffix(".") { text = text.dropLast() }
        return String(text)
    }

    /// The agencies that lead a group's tasks, in the plan's order. Communes and names that gather many report in ways of
    /// their own; where nobody else leads, the agency that keeps the plan writes.
    private static func leads(of group: String, in plan: PlanDefinition) -> [UnitCode] {
        let leading = Set(plan.tasks.filter { $0.group == group }.flatMap(\.leads))
        let writers = plan.agencies.filter { agency in
            guard leading.contains(agency.code), !agency.standsForUnits else { return false }
            switch agency.kind {
            case .communes, .unspecified, .peoplesCommittee, .supportOrganisation, .baseSocialInsurance, .projectBoards:
                return false
            default: return true
            }
        }.map { UnitCode.agency($0.code) }
        return writers.isEmpty ? [.agency(plan.coordinatingAgency)] : writers
    }
}
