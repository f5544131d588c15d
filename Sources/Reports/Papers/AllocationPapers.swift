import Access
import Allocation
import Documents
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

/// Papers about a year's targets: proposal, decision, adjusting decision; a commune's own.
extension PaperKind {
    static let targetProposal = PaperKind(
        "to-trinh-giao-chi-tieu", about: .citySplit(adjusting: nil), right: .allocateTargets,
        issuers: PaperIssuers.coordinator
    ) { service, request, viewer in try await service.splitDraft(request, for: viewer) }

    static let targetDecision = PaperKind(
        "quyet-dinh-giao-chi-tieu", about: .citySplit(adjusting: false), right: .allocateTargets,
        issuers: PaperIssuers.coordinator,
        decides: SplitTable(table: "allocation", unit: "code", total: "total", voluntary: "voluntary")
    ) { service, request, viewer in try await service.splitDraft(request, for: viewer) }

    static let targetAdjustment = PaperKind(
        "quyet-dinh-dieu-chinh-chi-tieu", about: .citySplit(adjusting: true), right: .allocateTargets,
        issuers: PaperIssuers.coordinator,
        decides: SplitTable(
            table: "changes", unit: "code", total: "newTotal", voluntary: "newVoluntary", changesOnly: true),
        lacks: { service, scenario, viewer in
            guard let scenario else { return nil }
            return try await service.adjustments(by: scenario, for: viewer).rows.isEmpty
                ? "Phương án này không khác quyết định được điều chỉnh: không có gì để điều chỉnh." : nil
        }
    ) { service, request, viewer in try await service.adjustmentDraft(request, for: viewer) }

    static let communePlan = PaperKind(
        "ke-hoach-trien-khai-xa", about: .communeSplit, right: .keepGroups, issuers: PaperIssuers.commune
    ) { service, request, viewer in try await service.splitDraft(request, for: viewer) }

    static let groupDecision = PaperKind(
        "quyet-dinh-giao-to-dan-pho", about: .communeSplit, right: .keepGroups, issuers: PaperIssuers.commune,
        decides: SplitTable(table: "groups", unit: "name", total: nil, voluntary: "target")
    ) { service, request, viewer in try await service.splitDraft(request, for: viewer) }
}

extension DocumentService {
    func splitDraft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let (scenario, _) = try await allocations.scenario(try request.scenario(), for: viewer)
        guard request.kind.topic.fits(scenario), viewer.allocates(scenario.scope, in: definition) else {
            throw Refusal(.forbidden, "Phương án này không soạn loại văn bản “\(name(of: request.kind))”.")
        }
        let allocation = try scenario.content.allocation()
        let data =
            switch scenario.scope {
            case .city:
                // The agency proposes, the committee decides.
                try await cityData(
                    scenario, allocation,
                    of: request.kind.topic == .citySplit(adjusting: nil) ? request.unit : provinceCommittee)
            case .commune(let commune): try await groupData(scenario, allocation, commune, for: viewer)
            }
        return Draft(
            request, data, about: Subject(.allocation, scenario.id), period: .year(scenario.year),
            cutoff: clock.today)
    }

    func adjustmentDraft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        var draft = try await splitDraft(request, for: viewer)
        let (scenario, _) = try await allocations.scenario(try request.scenario(), for: viewer)
        let (before, rows) = try await adjustments(by: scenario, for: viewer)
        draft.data.tables["changes"] = .init(
            columns: [
                "code", "name", "oldTotal", "newTotal", "changeTotal", "oldVoluntary", "newVoluntary",
                "changeVoluntary",
            ], rows: rows)
        draft.data.fields["changedCount"] = "\(rows.count)"
        draft.data.fields["decisionNumber"] = before.signing?.number.description ?? ""
        draft.data.fields["decisionDate"] = before.signing?.day.vietnamese ?? ""
        return draft
    }

    /// The decision that a scenario adjusts, which is the one it was begun from, with a row for each unit that changes.
    fileprivate func adjustments(
        by scenario: AllocationScenario, for viewer: Viewer
    ) async throws -> (before: AllocationScenario, rows: [[DocumentData.Value]]) {
        guard let id = scenario.content.adjusts.flatMap({ RecordID($0) }) else {
            throw Refusal(.notFound, "Phương án này không điều chỉnh quyết định nào.")
        }
        let (before, _) = try await allocations.scenario(id, for: viewer)
        let old = Dictionary(
            try before.content.allocation().rows.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = try scenario.content.allocation().rows.compactMap { row -> [DocumentData.Value]? in
            guard let was = old[row.code], was.total != row.total || was.voluntary != row.voluntary else { return nil }
            return [
                .text(row.code), .text(row.name), .number(was.total), .number(row.total),
                .number(row.total - was.total),
                .number(was.voluntary), .number(row.voluntary), .number(row.voluntary - was.voluntary),
            ]
        }
        return (before, rows)
    }

    private func cityData(
        _ scenario: AllocationScenario, _ allocation: Allocation, of issuer: UnitCode?
    ) async throws -> DocumentData {
        let content = scenario.content
        var data = DocumentData(fields: commonFields(year: scenario.year, of: issuer))
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
            data.fields["costState"] = cost.range
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
        func keys(_ column: Measure) -> String {
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

    private func groupData(
        _ scenario: AllocationScenario, _ allocation: Allocation, _ commune: CommuneCode, for viewer: Viewer
    ) async throws -> DocumentData {
        let content = scenario.content
        var data = DocumentData(fields: try communeFields(commune, year: scenario.year))
        let target = try await targets.targetVersions(of: commune, for: viewer).filter {
            $0.year == scenario.year && $0.withdrawn == nil
        }
        .max { $0.version < $1.version }
        let figures = try await overview.communeFigures(commune, year: scenario.year - 1, scored: false, for: viewer)
        data.fields["total"] = Self.words(target?.total)
        data.fields["voluntary"] = Self.words(content.voluntary)
        data.fields["lastTotal"] = Self.words(figures.total.progress.now)
        data.fields["lastVoluntary"] = Self.words(figures.voluntary.progress.now)
        data.fields["groupCount"] = "\(content.units.count)"
        data.fields["rule"] = content.rule.words + "."
        data.fields["decisionNumber"] = target?.signing?.number.description ?? ""
        data.fields["decisionDate"] = target?.signing?.day.vietnamese ?? ""
        let counting = content.counting
        var rows: [[DocumentData.Value]] = zip(allocation.rows, counting).map { row, unit in
            [
                .text(row.name), .text(content.isAssociation(unit.code) ? "hội, đoàn thể" : "tổ dân phố, thôn"),
                .text("có"),
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
}
