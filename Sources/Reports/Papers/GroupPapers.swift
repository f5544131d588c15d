import Access
import Allocation
import Documents
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

// A commune's plan and decision on the targets of its groups (tasks I.3, II.4).
extension DocumentService {
    func groupData(
        _ scenario: AllocationScenario, _ allocation: Allocation, _ commune: CommuneCode, for viewer: Viewer
    ) async throws -> DocumentData {
        let content = scenario.content
        var data = DocumentData(fields: try communeFields(commune, year: scenario.year))
        let target = try await heldTarget(of: commune, year: scenario.year, for: viewer)
        let figures = try await overview.communeFigures(commune, year: scenario.year - 1, scored: false, for: viewer)
        data.fields["total"] = Self.words(target?.total)
        data.fields["voluntary"] = Self.words(content.voluntary)
        data.fields["compulsory"] = target?.compulsory.phrase ?? ""
        data.fields["leastWord"] = leastWord(year: scenario.year)
        data.fields["resultsDay"] = figures.month?.lastDay.vietnamese ?? ""
        let results = figures.month.map { FigureOrigin($0.lastDay, "số liệu người tham gia đã nhận") }
        data.put("lastTotal", Self.words(figures.total.progress.now), from: results)
        data.put("lastVoluntary", Self.words(figures.voluntary.progress.now), from: results)
        data.fields["decisionNumber"] = target?.signing?.number.description ?? ""
        data.fields["decisionDate"] = target?.signing?.day.vietnamese ?? ""
        let words = GroupWords(content, in: definition.communes[commune])
        data.fields.merge(words.fields) { $1 }
        data.fields["groupsDiffer"] = words.difference(
            from: figures.voluntary.progress.now, on: figures.month?.lastDay)
        data.tables["groups"] = words.groups(allocation)
        data.tables["associations"] = words.associations(allocation)
        // The tasks that fall due in the year, each with its days.
        let items = try await work.items(
            WorkFilter(year: scenario.year, lead: .commune(commune)), for: viewer, limit: 300)
        let byTask = Dictionary(grouping: items, by: \.task)
        data.tables["tasks"] = .init(
            columns: ["code", "name", "product", "due"],
            rows: definition.tasks.compactMap { task in
                guard let own = byTask[task.code] else { return nil }
                let days = own.compactMap(\.due).sorted().map(\.vietnamese)
                return [
                    .text(task.code), .text(task.text), .text(task.productsPhrase),
                    .text(days.isEmpty ? "chưa ấn định" : days.joined(separator: "; ")),
                ]
            })
        return data
    }

    /// The target that the city's latest decision gives a commune.
    private func heldTarget(of commune: CommuneCode, year: Int, for viewer: Viewer) async throws -> CommuneTarget? {
        try await targets.targetVersions(of: commune, for: viewer).filter { $0.year == year && $0.withdrawn == nil }
            .max { $0.version < $1.version }
    }

    /// Why a commune's split is no longer what the city gives, so that a paper on it would name two targets; nil where it is.
    func outdatedSplit(_ scenario: AllocationScenario, _ viewer: Viewer) async throws -> String? {
        guard case .commune(let commune) = scenario.scope,
            let target = try await heldTarget(of: commune, year: scenario.year, for: viewer),
            target.voluntary != scenario.content.voluntary
        else { return nil }
        let given = target.signing.map { " theo Quyết định số \($0.citation)" } ?? ""
        return
            "Chỉ tiêu tự nguyện thành phố giao nay là \(Self.words(target.voluntary)) người\(given), phương án này chia \(Self.words(scenario.content.voluntary)) người. Hãy tạo phương án mới theo chỉ tiêu hiện nay rồi soạn văn bản."
    }
}

/// Groups and associations of one split as papers speak of them: wards of tổ dân phố, xã of thôn, and the groups' own names
/// before both.
struct GroupWords {
    private let content: AllocationScenario.Content
    /// `tổ dân phố`
    let word: String
    /// `tổ trưởng tổ dân phố`
    let head: String

    init(_ content: AllocationScenario.Content, in commune: Commune?) {
        self.content = content
        let kind = commune?.kind ?? .special
        word = kind.groupWord(of: content.units.map(\.name))
        head = kind.groupHead(of: word)
    }

    func word(of name: String) -> String { Commune.Kind.word(of: name) ?? word }

    /// Associations share the sum where each person counts for who won them over; else they help with the groups' people.
    private var sharesSum: Bool { content.rule == .association && !content.associations.isEmpty }

    private var countDays: [Day] { content.groupsCounted ?? [] }

    /// `Thực hiện đến 16/11/2026`: the groups' own counts with their days.
    var countedTitle: String {
        guard let first = countDays.first, let last = countDays.last else {
            // Counts without a day are nobody's to sign: the place for it stays open.
            return "Đang tham gia (địa phương theo dõi, đến ngày \(DocumentTemplate.open))"
        }
        return first == last
            ? "Thực hiện đến \(last.vietnamese)"
            : "Thực hiện (theo dõi từ \(first.vietnamese) đến \(last.vietnamese))"
    }

    var fields: [String: String] {
        [
            "groupWord": word, "groupHead": head, "groupHeads": VietnameseText.sentence(head),
            "groupCount": "\(content.units.count)", "groupTitle": VietnameseText.sentence(word), "givenTo": givenTo,
            "rule": rule, "countedTitle": countedTitle, "hasAssociations": hasAssociations ? "có" : "",
            "associationCount": hasAssociations ? "\(content.associations.count)" : "",
            "associationRule": associationRule,
            // Associations are named only where some are asked for anything.
            "givenUnits": word + (hasAssociations ? ", hội, đoàn thể" : ""), "helping": helping,
            "givenHeads": VietnameseText.sentence(heads), "givenHeadsInside": heads, "grandTotal": grandTotal,
        ]
    }

    private var hasAssociations: Bool { !content.associations.isEmpty }

    private var heads: String { head + (hasAssociations ? ", người đứng đầu hội, đoàn thể" : "") }

    private var givenTo: String {
        let groups = "\(content.units.count) \(word)"
        return sharesSum ? "\(groups) và \(content.associations.count) hội, đoàn thể" : groups
    }

    private var associationRule: String {
        guard hasAssociations else { return "" }
        return sharesSum
            ? "Mỗi người chỉ tính một lần, cho nơi đã vận động: chỉ tiêu chung bằng số giao cho các \(word) cộng số giao cho hội, đoàn thể."
            : "Số của hội, đoàn thể là phần phối hợp vận động chính những người đã giao ở các \(word); không cộng vào chỉ tiêu chung."
    }

    /// What associations are asked for that help with the groups' people; the text gives it as the annex lists it.
    private var helping: String {
        guard hasAssociations, !sharesSum else { return "" }
        return
            "\(content.associations.count) hội, đoàn thể phối hợp vận động người tham gia ở các \(word) theo số tại Phụ lục; số này không cộng vào chỉ tiêu chung"
    }

    /// Groups and associations together, where both share the sum.
    private var grandTotal: String {
        hasAssociations && sharesSum ? "Tổng cộng \(givenTo): \(VietnameseText.grouped(content.voluntary)) người" : ""
    }

    /// How a person is counted, in a full sentence; associations are spoken of only where there are some.
    var rule: String {
        content.associations.isEmpty ? "Mỗi người tính một lần, ở nơi cư trú." : content.rule.words + "."
    }

    /// Of the people that the insurance counts, how many no group has; nil where none is missing, or a count is not known.
    func unplaced(of reported: Int?) -> Int? {
        let known = content.units.compactMap(\.lastVoluntary)
        guard let reported, known.count == content.units.count, !known.isEmpty else { return nil }
        let rest = reported - known.reduce(0, +)
        return rest > 0 ? rest : nil
    }

    /// Why the groups' own counts and the insurance's figure are not the same; empty where they are, or one is not known.
    func difference(from reported: Int?, on day: Day?) -> String {
        let known = content.units.compactMap(\.lastVoluntary)
        guard !known.isEmpty else { return "" }
        let sum = known.reduce(0, +)
        func grouped(_ number: Int) -> String { VietnameseText.grouped(number) }
        let silent = content.units.count - known.count
        let some = silent > 0 ? "; \(silent) \(word) chưa có số" : ""
        guard let reported, let day, reported != sum else {
            return silent > 0 ? "Số của các \(word) cộng được \(grouped(sum)) người\(some)." : ""
        }
        // The causes of a difference are not known here; that the counts are of other days and of other books is.
        let apart = countDays.allSatisfy { $0 == day } ? "khác nguồn" : "khác thời điểm, khác nguồn"
        return
            "Số người đang tham gia do các \(word) theo dõi cộng được \(grouped(sum)) người\(some); số liệu của cơ quan bảo hiểm xã hội đến \(day.vietnamese) là \(grouped(reported)) người. Hai số \(apart), chênh lệch \(grouped(abs(reported - sum))) người, được đối chiếu trong quá trình thực hiện; chỉ tiêu tính theo số liệu của cơ quan bảo hiểm xã hội."
    }

    func groups(_ allocation: Allocation) -> DocumentData.Table {
        .init(
            columns: ["name", "kind", "last", "target", "head"],
            rows: zip(allocation.rows, content.units).map { row, unit in
                [
                    .text(row.name), .text(word(of: row.name)), DocumentService.number(unit.lastVoluntary),
                    .number(row.voluntary), .text(person(row.code)),
                ]
            })
    }

    /// Who answers for a group or association; open where nobody is named.
    private func person(_ code: String) -> String {
        content.notes[code].flatMap { $0.isEmpty ? nil : $0 } ?? DocumentTemplate.open
    }

    func associations(_ allocation: Allocation) -> DocumentData.Table {
        let members = Dictionary(
            content.associations.map { ($0.name, $0.members) }, uniquingKeysWith: { first, _ in first })
        let shared = allocation.rows.filter { content.isAssociation($0.code) }.map {
            (code: $0.code, name: $0.name, members: members[$0.name] ?? 0, target: $0.voluntary)
        }
        return .init(
            columns: ["name", "members", "target", "head"],
            rows: (shared + content.helping).map {
                [.text($0.name), .number($0.members), .number($0.target), .text(person($0.code))]
            })
    }
}
