import Foundation
public import Access
import Allocation
import Documents
public import Kernel
import Overview
import PlanText
public import Targets
import Work
import Province

/// Papers about a year's targets: proposal, decision, adjusting decision; a commune's own.
extension DocumentService {
    /// Papers made of a scenario.
    public enum ScenarioPaper: String, Sendable, CaseIterable {
        case proposal = "to-trinh-giao-chi-tieu"
        case decision = "quyet-dinh-giao-chi-tieu"
        case adjustment = "quyet-dinh-dieu-chinh-chi-tieu"
        case communePlan = "ke-hoach-trien-khai-xa"
        case groupDecision = "quyet-dinh-giao-to-dan-pho"

        /// Whether it is the province's or a commune's.
        public func fits(_ scope: AllocationScope) -> Bool {
            switch self {
            case .proposal, .decision, .adjustment: scope == .city
            case .communePlan, .groupDecision: scope != .city
            }
        }
    }

    /// The draft of a scenario's paper.
    public func draft(
        _ paper: ScenarioPaper, of id: RecordID, fields typed: [String: String], for viewer: Viewer
    ) async throws -> Draft {
        let (scenario, _) = try await allocations.scenario(id, for: viewer)
        guard paper.fits(scenario.scope) else { throw Refusal(.notFound, "Phương án này không có loại văn bản đó.") }
        let allocation = try scenario.content.allocation()
        var data: DocumentData
        var unit = definition.coordinatingAgency.text
        switch scenario.scope {
        case .city: data = try await cityData(scenario, allocation)
        case .commune(let commune):
            unit = commune.text
            data = try await groupData(scenario, allocation, commune, for: viewer)
        }
        if paper == .adjustment {
            guard let before = try await allocations.decision(.city, year: scenario.year, for: viewer), before.id != id
            else {
                throw Refusal(fields: [
                    .init("soan", "Chưa có quyết định nào của năm \(scenario.year) để điều chỉnh.")
                ])
            }
            try adjust(&data, allocation, before)
        }
        data.fields.merge(typed.filter { !$0.value.isEmpty }) { _, given in given }
        return Draft(
            template: paper.rawValue, data: data, unit: unit, subject: Subject(.allocation, id.text),
            period: .year(scenario.year), cutoff: clock.today)
    }

    private func cityData(_ scenario: AllocationScenario, _ allocation: Allocation) async throws -> DocumentData {
        let content = scenario.content
        var data = DocumentData(fields: commonFields(year: scenario.year))
        let last = content.units.compactMap(\.lastTotal)
        let lastVoluntary = content.units.compactMap(\.lastVoluntary)
        data.fields["total"] = Self.words(content.total)
        data.fields["voluntary"] = Self.words(content.voluntary)
        data.fields["unitCount"] = "\(content.units.count)"
        data.fields["lastTotal"] = last.count == content.units.count ? Self.words(last.reduce(0, +)) : ""
        data.fields["lastVoluntary"] =
            lastVoluntary.count == content.units.count ? Self.words(lastVoluntary.reduce(0, +)) : ""
        data.fields["resultsOf"] = content.resultsOf.map { "số liệu tháng \($0.vietnamese)" } ?? ""
        data.fields["method"] = VietnameseText.sentence(Self.method(allocation))
        data.fields["missing"] = allocation.remarks.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(
            separator: "; ")
        let grown = zip(allocation.rows, content.units).compactMap { row, unit -> (String, Double)? in
            guard let last = unit.lastTotal, last > 0 else { return nil }
            return (row.name, Double(row.total - last) * 100 / Double(last))
        }.max { $0.1 < $1.1 }
        data.fields["largestGrowth"] =
            grown.map { "\($0.0) (tăng \(DocumentData.Value.decimal($0.1, places: 1).words) %)" } ?? ""
        if let cost = try await supportCost(of: scenario) {
            data.fields["costState"] = VietnameseText.grouped(cost.total.amount)
            data.fields["costAssumption"] = cost.assumption
        }
        data.tables["allocation"] = .init(
            columns: [
                "code", "name", "lastTotal", "lastVoluntary", "proposalTotal", "proposalVoluntary", "total",
                "voluntary",
                "growth", "reason",
            ],
            rows: zip(allocation.rows, content.units).map { row, unit in
                let growth: DocumentData.Value =
                    unit.lastTotal.map { last in
                        last > 0 ? .decimal(Double(row.total - last) * 100 / Double(last), places: 1) : .empty
                    } ?? .empty
                let note = content.notes[row.code].map { " \($0)" } ?? ""
                return [
                    .text(row.code), .text(row.name), Self.number(unit.lastTotal), Self.number(unit.lastVoluntary),
                    Self.number(unit.proposalTotal), Self.number(unit.proposalVoluntary), .number(row.total),
                    .number(row.voluntary), growth, .text(row.brief + (note.isEmpty ? "" : ".\(note)")),
                ]
            })
        return data
    }

    static func method(_ allocation: Allocation) -> String {
        func keys(_ column: AllocationColumn) -> String {
            let counted = allocation.keys[column] ?? []
            return counted.isEmpty
                ? "phần bằng nhau (chưa có căn cứ)"
                : counted.map { key in
                    let part =
                        key.units < allocation.rows.count
                        ? " (\(key.units)/\(allocation.rows.count) đơn vị có số liệu)" : ""
                    return "\(key.key.words) \(Int(key.percent.rounded())) %\(part)"
                }.joined(separator: ", ")
        }
        return
            "tổng số chia theo \(keys(.total)); tự nguyện chia theo \(keys(.voluntary)); trong giới hạn sàn, trần của từng đơn vị, chênh lệch tương đối so với phần công bằng là nhỏ nhất."
    }

    private func adjust(_ data: inout DocumentData, _ allocation: Allocation, _ before: AllocationScenario) throws {
        let old = Dictionary(
            try before.content.allocation().rows.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = allocation.rows.compactMap { row -> [DocumentData.Value]? in
            guard let was = old[row.code], was.total != row.total || was.voluntary != row.voluntary else { return nil }
            return [
                .text(row.code), .text(row.name), .number(was.total), .number(row.total),
                .number(row.total - was.total),
                .number(was.voluntary), .number(row.voluntary), .number(row.voluntary - was.voluntary),
            ]
        }
        guard !rows.isEmpty else {
            throw Refusal(fields: [
                .init("soan", "Phương án này không khác quyết định đang có hiệu lực: không có gì để điều chỉnh.")
            ])
        }
        data.tables["changes"] = .init(
            columns: [
                "code", "name", "oldTotal", "newTotal", "changeTotal", "oldVoluntary", "newVoluntary",
                "changeVoluntary",
            ], rows: rows)
        data.fields["changedCount"] = "\(rows.count)"
        data.fields["decisionNumber"] = Self.number(in: before.document ?? "")
        data.fields["decisionDate"] = before.signedOn?.vietnamese ?? ""
    }

    /// `Quyết định 5012/QĐ-UBND ngày …` → `5012/QĐ-UBND`
    static func number(in document: String) -> String {
        document.split(separator: " ").first { $0.contains("/") && $0.contains("-") }.map(String.init) ?? ""
    }

    private func groupData(
        _ scenario: AllocationScenario, _ allocation: Allocation, _ commune: CommuneCode, for viewer: Viewer
    ) async throws -> DocumentData {
        let content = scenario.content
        var data = DocumentData(fields: try communeFields(commune, year: scenario.year))
        let target = try await targets.targetVersions(of: commune, for: viewer).filter { $0.year == scenario.year }
            .max { $0.version < $1.version }
        let figures = try await overview.communeFigures(commune, year: scenario.year - 1, scored: false, for: viewer)
        data.fields["total"] = Self.words(target?.total)
        data.fields["voluntary"] = Self.words(content.voluntary)
        data.fields["lastTotal"] = Self.words(figures.total.progress.now)
        data.fields["lastVoluntary"] = Self.words(figures.voluntary.progress.now)
        data.fields["groupCount"] = "\(content.units.count)"
        data.fields["rule"] = content.rule.words + "."
        data.fields["decisionNumber"] = Self.number(in: target?.document ?? "")
        data.fields["decisionDate"] =
            target?.document.components(separatedBy: "ngày ").last.flatMap { Day(typed: $0)?.vietnamese } ?? ""
        let counting = content.counting
        var rows: [[DocumentData.Value]] = zip(allocation.rows, counting).map { row, unit in
            [
                .text(row.name), .text(unit.code.hasPrefix("H:") ? "hội, đoàn thể" : "tổ dân phố, thôn"), .text("có"),
                Self.number(unit.lastVoluntary), .number(row.voluntary), .text(content.notes[row.code] ?? ""),
            ]
        }
        rows += content.helping.map {
            [
                .text($0.name), .text("hội, đoàn thể"), .text("phối hợp, không cộng"), .empty, .text("\($0.target)"),
                .empty,
            ]
        }
        data.fields["groupCount"] = "\(rows.count)"
        data.tables["groups"] = .init(columns: ["name", "kind", "counts", "last", "target", "head"], rows: rows)
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

    /// A sheet for the head of a group or association, and the same in a few lines for a message.
    public struct GroupSheet: Sendable {
        public let code: String
        public let name: String
        public let message: String
        let template: DocumentTemplate
        let data: DocumentData

        public func word() throws -> [UInt8] {
            try WordWriter.bytes(of: try template.document(data), properties: .init(title: name))
        }
    }

    /// One sheet for each group and each association that counts, in the order of the desk.
    public func groupSheets(of id: RecordID, contact: String, for viewer: Viewer) async throws -> [GroupSheet] {
        let (scenario, _) = try await allocations.scenario(id, for: viewer)
        guard case .commune(let commune) = scenario.scope else {
            throw Refusal(.notFound, "Phiếu giao chỉ tiêu chỉ có ở phương án của xã, phường, đặc khu.")
        }
        let template = try await template("phieu-giao-to")
        let allocation = try scenario.content.allocation()
        var common = try communeFields(commune, year: scenario.year)
        common["rule"] = scenario.content.rule.words + "."
        common["contact"] = VietnameseText.tidy(contact)
        let name = common["communeName"] ?? ""
        return zip(allocation.rows, scenario.content.counting).map { row, unit in
            var fields = common
            let remaining = unit.lastVoluntary.map { max(row.voluntary - $0, 0) }
            fields["groupName"] = row.name
            fields["groupKind"] = unit.code.hasPrefix("H:") ? "hội, đoàn thể" : "tổ dân phố, thôn"
            fields["head"] = scenario.content.notes[row.code] ?? ""
            fields["target"] = Self.words(row.voluntary)
            fields["last"] = Self.words(unit.lastVoluntary)
            fields["remaining"] = Self.words(remaining)
            var message =
                "\(VietnameseText.sentence(name)): chỉ tiêu BHXH tự nguyện năm \(scenario.year) của \(row.name) là \(Self.words(row.voluntary)) người"
            if let last = unit.lastVoluntary, let remaining {
                message += ", hiện có \(Self.words(last)), cần thêm \(Self.words(remaining))"
            }
            message += ". \(scenario.content.rule.words)."
            return GroupSheet(
                code: row.code, name: row.name, message: message, template: template,
                data: DocumentData(fields: fields))
        }
    }
}
