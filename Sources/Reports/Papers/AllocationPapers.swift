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
        issuers: PaperIssuers.coordinator,
        lacks: { service, scenario, viewer in
            guard let scenario, scenario.content.adjusts != nil else { return nil }
            return try await service.lacksChanges(scenario, viewer)
        }
    ) { service, request, viewer in try await service.proposalDraft(request, for: viewer) }

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
            return try await service.lacksChanges(scenario, viewer)
        }
    ) { service, request, viewer in try await service.adjustmentDraft(request, for: viewer) }

    @Sendable private static func outdatedSplit(
        _ service: DocumentService, _ scenario: AllocationScenario?, _ viewer: Viewer
    ) async throws -> String? {
        guard let scenario else { return nil }
        return try await service.outdatedSplit(scenario, viewer)
    }

    static let communePlan = PaperKind(
        "ke-hoach-trien-khai-xa", about: .communeSplit, right: .keepGroups, issuers: PaperIssuers.commune,
        lacks: outdatedSplit
    ) { service, request, viewer in try await service.splitDraft(request, for: viewer) }

    static let groupDecision = PaperKind(
        "quyet-dinh-giao-to-dan-pho", about: .communeSplit, right: .keepGroups, issuers: PaperIssuers.commune,
        decides: SplitTable(
            table: "groups", unit: "name", total: nil, voluntary: "target", associations: "associations"),
        lacks: outdatedSplit
    ) { service, request, viewer in try await service.splitDraft(request, for: viewer) }
}

extension DocumentService {
    func splitDraft(_ request: PaperRequest, for viewer: Viewer) async throws -> Draft {
        let (scenario, _) = try await allocations.scenario(try request.scenario(), for: viewer)
        guard request.kind.topic.fits(scenario), viewer.allocates(scenario.scope, in: definition) else {
            throw Refusal(.forbidden, "Phương án này không soạn loại văn bản “\(name(of: request.kind))”.")
        }
        let allocation = try scenario.content.allocation()
        var data =
            switch scenario.scope {
            case .city:
                // The agency proposes, the committee decides.
                try await cityData(
                    scenario, allocation,
                    of: request.kind.topic == .citySplit(adjusting: nil) ? request.unit : provinceCommittee)
            case .commune(let commune): try await groupData(scenario, allocation, commune, for: viewer)
            }
        data.tables["bases"] = planBases
        data.fields.merge(try await proposalFields(of: scenario, for: viewer)) { $1 }
        return Draft(
            request, data, about: Subject(.allocation, scenario.id), period: .year(scenario.year),
            cutoff: clock.today)
    }

    /// Number and day of the proposal (tờ trình) that was issued on a split: its decision cites it.
    private func proposalFields(
        of scenario: AllocationScenario, for viewer: Viewer
    ) async throws -> [String: String] {
        guard scenario.scope == .city else { return [:] }
        let papers = try await documents(about: Subject(.allocation, scenario.id), for: viewer)
        guard
            let signing = papers.first(where: { $0.templateID == PaperKind.targetProposal.id && $0.signing != nil })?
                .signing
        else { return [:] }
        return ["proposalNumber": signing.number.description, "proposalDate": signing.day.vietnamese]
    }

    private func cityData(
        _ scenario: AllocationScenario, _ allocation: Allocation, of issuer: UnitCode?
    ) async throws -> DocumentData {
        let content = scenario.content
        var data = DocumentData(fields: commonFields(year: scenario.year, of: issuer))
        data.fields["total"] = Self.words(content.total)
        data.fields["unitCount"] = "\(content.units.count)"
        data.fields.merge(targetWords(content, year: scenario.year)) { $1 }
        let results = content.resultsOf.map { FigureOrigin($0.lastDay, "kết quả mà phương án phân bổ dựa vào") }
        for (name, words) in Self.resultWords(content) {
            data.put(name, words, from: name.hasPrefix("last") ? results : nil)
        }
        for column in ["lastTotal", "lastCompulsory", "lastVoluntary"] {
            data.state(results, of: "allocation/\(column)")
        }
        data.fields["method"] = AllocationWords.method(allocation, content)
        data.fields["missing"] = AllocationWords.missing(allocation, content)
        data.fields["fallingCompulsory"] = AllocationWords.fallingCompulsory(allocation, content)
        data.fields["largestGrowth"] = AllocationWords.largestGrowth(allocation, content)
        data.fields.merge(AllocationWords.proposals(allocation, content)) { $1 }
        if let cost = try await supportCost(of: scenario) {
            data.fields["costState"] = cost.range
            data.fields["costAssumption"] = cost.assumption
        }
        data.tables["allocation"] = Self.allocationTable(allocation, content)
        return data
    }

    /// The parts of a target as papers word them: the compulsory one with where it comes from, the voluntary one as the least
    /// where the plan has it so.
    func targetWords(_ content: AllocationScenario.Content, year: Int) -> [String: String] {
        let compulsory = CompulsoryTarget(
            total: content.total, voluntary: content.voluntary, content.compulsory)
        return [
            "voluntary": Self.words(content.voluntary), "compulsory": compulsory.phrase,
            "compulsoryTitle": CompulsoryTarget.title(content.compulsory),
            "leastWord": leastWord(year: year),
            "voluntaryTitle": "BHXH tự nguyện\(leastWord(year: year).isEmpty ? "" : " (tối thiểu)")",
        ]
    }

    /// “tối thiểu ” before a voluntary target, where the plan asks for at least so many; empty otherwise.
    func leastWord(year: Int) -> String {
        definition.targets.first { $0.year == year }?.voluntaryOperator == .atLeast ? "tối thiểu " : ""
    }

    /// The results a split begins from, always with their day.
    private static func resultWords(_ content: AllocationScenario.Content) -> [String: String] {
        let day = content.resultsOf?.lastDay.vietnamese ?? ""
        let last = content.units.compactMap(\.lastTotal)
        let voluntary = content.units.compactMap(\.lastVoluntary)
        let isKnown = last.count == content.units.count && voluntary.count == content.units.count
        let sums = (last.reduce(0, +), voluntary.reduce(0, +))
        return [
            "resultsDay": day, "resultsTitle": day.isEmpty ? "Thực hiện" : "Thực hiện đến \(day)",
            "lastTotal": isKnown ? words(sums.0) : "", "lastVoluntary": isKnown ? words(sums.1) : "",
            "lastCompulsory": isKnown ? words(sums.0 - sums.1) : "",
            "earlierResults": AllocationWords.earlierResults(content),
        ]
    }

    private static func allocationTable(
        _ allocation: Allocation, _ content: AllocationScenario.Content
    ) -> DocumentData.Table {
        .init(
            columns: [
                "code", "name", "lastTotal", "lastCompulsory", "lastVoluntary", "proposalTotal", "proposalVoluntary",
                "total", "compulsory", "voluntary", "growth", "reason",
            ],
            rows: zip(allocation.rows, content.units).map { row, unit in
                let growth = AllocationWords.growth(row, unit)
                let note = content.notes[row.code].map { ". \($0)" } ?? ""
                let compulsory = unit.lastTotal.flatMap { total in unit.lastVoluntary.map { total - $0 } }
                return [
                    .text(row.code), .text(row.name), number(unit.lastTotal), number(compulsory),
                    number(unit.lastVoluntary), number(unit.proposalTotal), number(unit.proposalVoluntary),
                    .number(row.total), .number(row.total - row.voluntary), .number(row.voluntary),
                    growth.map { .decimal($0, places: 1) } ?? .empty,
                    .text(AllocationWords.reason(row, unit) + note),
                ]
            })
    }
}
