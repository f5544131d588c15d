import Access
import Allocation
import Components
import Hummingbird
import Kernel
import Legislation
import Overview
import PlanText
import Targets
import Work
import Reports
import Province
import WebDesk

/// One scenario on the desk: numbers that re-balance, settings, papers, decision.
extension FigurePages {
    func scenarioPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let (scenario, changes) = try await allocations.scenario(try Self.scenarioID(request), for: request.viewer)
        let content = scenario.content
        let allocation = try content.allocation()
        let open = scenario.actions(for: request.viewer, in: definition, after: changes)
        let edits = open.contains(.change)
        let isCity = scenario.scope == .city
        let id = scenario.id
        let counting = content.counting
        let cost = isCity ? try await documents?.supportCost(of: scenario) : nil
        let deed = try await allocations.waitingDecision(of: id, for: request.viewer)
        let seconds =
            open.contains(.decide)
            ? try await allocations.seconds(for: scenario, besides: deed?.proposedBy ?? request.viewer.account) : nil
        let papers = try await documents?.openKinds(about: scenario, for: request.viewer) ?? []
        let paper = try await documents?.decisionPaper(of: scenario.id, for: request.viewer)
        let events = try await allocations.events(of: id, for: request.viewer)
        let copyLinks = try await self.copyLinks(of: scenario, for: request.viewer)
        let gridFailure = failure?.taken(by: "so")
        let grid = scenarioGrid(scenario, allocation, typed: gridFailure?.values)
        let model = AllocationDeskPage(
            back: Frame.Link(
                "Các phương án năm \(scenario.year)",
                Addresses.scenarios().with(.year, scenario.year).with(.scope, isCity ? nil : scenario.scope.text)),
            heading: "\(scenario.name) – năm \(scenario.year)", state: Self.badge(scenario), isDraft: edits,
            isCity: isCity,
            totalSum: grid.totalSum, compulsorySum: grid.compulsorySum,
            typesTotal: edits && content.compulsory == .derived,
            typesCompulsory: edits && content.compulsory == .assigned, voluntarySum: grid.voluntarySum,
            spread: grid.spread,
            sources: content.sources + (isCity ? Self.fallingCompulsory(allocation, counting) : [])
                + (scenario.citation.map { ["\($0)."] } ?? []),
            remarks: allocation.remarks, hasRemarks: !allocation.remarks.isEmpty,
            rows: grid.rows, action: Addresses.changeNumbers(id).text, cells: Addresses.saveCells(id).text,
            script: desk.address(ofAsset: "bang-so.js"), inputAddress: Addresses.scenarioInputs(id).text,
            hidden: [
                .init(name: "_csrf", value: request.formToken), .init(name: "_mark", value: desk.mark()),
                .init(name: "_name", value: "so"), .init(name: "_version", value: "\(scenario.version)"),
            ], gridProblems: gridFailure?.problems.map(\.message) ?? [], hasGridProblems: gridFailure != nil,
            lockAllForm: edits
                ? form(
                    "khoa-het", Addresses.changeNumbers(id), "Khóa tất cả", look: "secondary",
                    version: scenario.version, hidden: [.init(TargetField.all, "khoa")],
                    for: request)
                : nil,
            unlockAllForm: edits && !content.settings.locks.isEmpty
                ? form(
                    "tha-het", Addresses.changeNumbers(id), "Bỏ khóa, tính lại", look: "warning",
                    version: scenario.version, hidden: [.init(TargetField.all, "tha")],
                    for: request)
                : nil, held: VietnameseText.grouped(content.settings.locks.count),
            settingsForm: edits ? settingsForm(scenario, for: request, failure) : nil,
            inputForm: edits
                ? form(
                    "nap", Addresses.loadInputs(id), "Nạp bảng đầu vào",
                    fields: [
                        Field(
                            TargetField.file, "Bảng (.csv, .xlsx)", kind: .file(.table),
                            hint: "Cột: \(AllocationUnit.headings.joined(separator: "; ")). Ô trống giữ số đang có.")
                    ], look: "secondary", version: scenario.version, for: request, failure: failure) : nil,
            copyForm: open.contains(.copy)
                ? form(
                    "chep", Addresses.copyScenario(id),
                    scenario.state == .decided ? "Tạo phương án điều chỉnh" : "Chép thành phương án khác",
                    fields: [
                        Field(
                            TargetField.name, "Tên phương án mới",
                            value: scenario.state == .decided
                                ? "Điều chỉnh năm \(scenario.year)" : "\(scenario.name) (bản khác)")
                    ], look: "secondary", for: request, failure: failure) : nil,
            undoForm: open.contains(.undo)
                ? form(
                    "hoan-tac", Addresses.undoScenario(id), "Hoàn tác lần sửa cuối", look: "secondary",
                    version: scenario.version, for: request)
                : nil,
            decideForm: open.contains(.decide)
                ? form(
                    "quyet-dinh", Addresses.decideScenario(id),
                    seconds == nil ? "Nhập quyết định, khóa số liệu" : "Đề nghị quyết định, chờ người thứ hai",
                    fields: [
                        Field(
                            SigningDraft.Key.number, "Số, ký hiệu",
                            hint: "Như trên văn bản đã ký, ví dụ 5012/QĐ-UBND."
                                + (paper == nil ? "" : " Văn bản đã soạn nhận cùng số, ngày và bản ký.")),
                        Field(SigningDraft.Key.day, "Ngày ký"),
                    ] + Field.signer(required: true) + [
                        Field(SigningDraft.Key.file, "Bản đã ký", kind: .file(.signedCopy))
                    ], look: "warning", version: scenario.version, for: request, failure: failure) : nil,
            secondsNote: seconds.map(Self.needsTwo),
            waiting: deed.map {
                waiting(
                    $0, version: scenario.version, paper: Frame.Link("Bản đã ký", Addresses.decisionFile(id)),
                    confirm: Addresses.confirmDecision(id), withdraw: Addresses.withdrawDecision(id), for: request)
            },
            changes: changes.map {
                .init(
                    when: "\($0.actorName), \($0.at.vietnamese)", words: $0.words, undone: $0.isUndone)
            }, hasChanges: !changes.isEmpty,
            decisions: events.map {
                .init(when: "\($0.actorName), \($0.at.vietnamese)", words: $0.words, undone: false)
            }, hasDecisions: !events.isEmpty,
            decisionPaper: paper.map { head in
                Frame.Link(
                    "\(head.title) – \(head.signing.map { "số \($0.citation)" } ?? "dự thảo, chưa có số")",
                    Addresses.document(head.id))
            },
            papers: papers.map { kind in
                .init(
                    label: documents?.name(of: kind) ?? "",
                    address: Addresses.newDocument(kind.id).with(.scenario, scenario.id).text)
            },
            hasPapers: !papers.isEmpty, sheetsForm: sheetsForm(of: scenario, request, failure: failure),
            links: [Frame.Link("So sánh với phương án khác", Addresses.scenarioComparison(id))]
                + (isCity ? [Frame.Link("Bản đồ mức tăng", Addresses.scenarioMap(id))] : []) + copyLinks,
            helping: content.helping.map { Frame.Link("\($0.name): \(VietnameseText.grouped($0.target))", "") },
            hasHelping: !content.helping.isEmpty, rule: isCity ? nil : content.rule.words, cost: cost.map(Self.part))
        return try page(model.heading, model, for: request)
    }

    /// A line where units are given a smaller compulsory part than they have reached; none where no unit is.
    private static func fallingCompulsory(_ allocation: Allocation, _ units: [AllocationUnit]) -> [String] {
        let falling = zip(allocation.rows, units).filter { row, unit in
            guard let total = unit.lastTotal, let voluntary = unit.lastVoluntary else { return false }
            return row.total - row.voluntary < total - voluntary
        }
        guard !falling.isEmpty else { return [] }
        let names = falling.prefix(5).map(\.0.name).joined(separator: ", ") + (falling.count > 5 ? " …" : "")
        return [
            "Cần xem lại: \(falling.count)/\(units.count) đơn vị có phần bắt buộc được giao thấp hơn kết quả đã đạt (\(names))."
        ]
    }

    private static func part(_ cost: SupportCost) -> CostPart {
        CostPart(
            total: "\(cost.range) đồng", local: cost.local.vietnamese, assumption: cost.assumption,
            rows: cost.months.map {
                .init(
                    month: $0.month.vietnamese, people: VietnameseText.grouped($0.ordinary + $0.special),
                    perPerson:
                        "\(VietnameseText.grouped($0.perOrdinary.amount)); đặc khu \(VietnameseText.grouped($0.perSpecial.amount))",
                    state: VietnameseText.grouped($0.state.amount), local: VietnameseText.grouped($0.local.amount))
            })
    }

    private func settingsForm(_ scenario: AllocationScenario, for request: MemberRequest, _ failure: FormModel.Failure?)
        -> FormModel
    {
        let settings = scenario.content.settings
        let isCity = scenario.scope == .city
        var fields: [Field] = []
        if isCity {
            fields = [
                Field(
                    TargetField.total, "Chỉ tiêu tổng số", kind: .code,
                    value: VietnameseText.grouped(scenario.content.total)),
                Field(
                    TargetField.voluntary, "Trong đó tự nguyện", kind: .code,
                    value: VietnameseText.grouped(scenario.content.voluntary)),
            ]
        }
        for column in isCity ? Measure.allCases : [.voluntary] {
            for key in AllocationKey.allCases where isCity || key == .last || key == .labourForce {
                let weight = settings.keys[column.rawValue]?[key.rawValue] ?? 0
                let words = !isCity && key == .labourForce ? "số dân" : key.words
                fields.append(
                    Field(
                        "\(column.rawValue)-\(key.rawValue)",
                        "Trọng số \(isCity ? "\(column.word): " : "")\(words)", kind: .code,
                        value: VietnameseText.oneDecimal(weight)))
            }
        }
        func percent(_ value: Double?) -> String { value.map { VietnameseText.oneDecimal($0) } ?? "" }
        fields += [
            Field(
                TargetField.floor, "Sàn: không thấp hơn … % kết quả năm trước", kind: .code,
                hint: "Để trống: không đặt sàn",
                value: percent(settings.floorPercent), required: false),
            Field(
                TargetField.cap, "Trần: không quá … % kết quả năm trước", kind: .code, hint: "Để trống: không đặt trần",
                value: percent(settings.capPercent), required: false),
        ]
        if isCity {
            fields.append(
                Field(
                    TargetField.compulsory, "Chỉ tiêu bắt buộc (tổng số trừ tự nguyện)",
                    kind: .select(
                        CompulsoryBasis.allCases.reversed().map {
                            .init($0.rawValue, $0.choice, selected: $0 == scenario.content.compulsory)
                        }), hint: "In ở quyết định, bảng phân bổ, tờ trình, báo cáo."))
            fields.append(
                Field(
                    TargetField.pool, "Trần theo số người chưa tham gia",
                    kind: .select([
                        .init("co", "Không quá kết quả cộng số chưa tham gia", selected: settings.capByPool),
                        .init("khong", "Không áp dụng", selected: !settings.capByPool),
                    ])))
            fields.append(
                Field(
                    TargetField.last, "Chỉ tiêu năm trước",
                    kind: .select([
                        .init("giu", "Không thấp hơn chỉ tiêu năm trước", selected: !settings.allowsDecrease),
                        .init("giam", "Cho phép thấp hơn", selected: settings.allowsDecrease),
                    ])))
        } else {
            fields += [
                Field(
                    TargetField.rule, "Một người do cả tổ và hội vận động thì tính cho ai",
                    kind: .select(
                        CountingRule.allCases.map {
                            .init($0.rawValue, $0.words, selected: $0 == scenario.content.rule)
                        })),
                Field(
                    TargetField.associations, "Hội, đoàn thể và số hội viên", kind: .area,
                    hint: "Mỗi dòng một hội: Hội Phụ nữ; 850",
                    value: scenario.content.associations.map { "\($0.name); \($0.members)" }.joined(separator: "\n"),
                    required: false),
            ]
        }
        return form(
            "thiet-lap", Addresses.changeSettings(scenario.id), "Tính lại", fields: fields,
            version: scenario.version, for: request, failure: failure)
    }
}
