import Access
import Allocation
import Components
import Files
import Figures
import Foundation
import Hummingbird
import Kernel
import Overview
import PlanText
import Reports
import Targets
import Work
import Tabular
import Province
import WebDesk

/// The desk on which a year's target is split.
extension FigurePages {
    var allocationRoutes: [Route] {
        let reader = Self.scenarioReaders
        let allocator = RouteAccess.right(.allocateTargets, .keepGroups)
        func form(
            _ place: FormPlace<RecordID>,
            _ perform: @escaping @Sendable (MemberRequest, RecordID) async throws -> Address
        ) -> Route {
            .form(place, allocator) { request in
                try await perform(request, try Self.scenarioID(request))
            } again: { request, failure in
                try await scenarioPage(request, failure: failure)
            }
        }
        /// The same for one that rests on the numbers the page showed.
        func decision(
            _ place: FormPlace<RecordID>,
            _ perform: @escaping @Sendable (MemberRequest, RecordID, Int) async throws -> Address
        ) -> Route {
            .decision(place, allocator) { request, seen in
                try await perform(request, try Self.scenarioID(request), seen)
            } again: { request, failure in
                try await scenarioPage(request, failure: failure)
            }
        }
        return [
            .page(Addresses.scenarios, reader) { request in try await allocationListPage(request) },
            scenarioWorkbook.route(Addresses.scenarios.workbook, on: desk),
            proposalWorkbook.route(Addresses.proposalsWorkbook, on: desk),
            .form(Addresses.beginScenario, allocator) { request in
                let scope = allocationScope(for: request.viewer, typed: request.form[TargetField.scope])
                let id = try await allocations.beginScenario(
                    scope, year: Int(request.form[TargetField.year]) ?? 0, name: request.form[TargetField.name],
                    by: request.submission)
                return Addresses.scenario(id)
            } again: { request, failure in
                try await allocationListPage(request, failure: failure)
            },
            .form(Addresses.callForProposals, .right(.allocateTargets)) { request in
                let year = Int(request.form[TargetField.year]) ?? 0
                try await allocations.callForProposals(
                    year: year, until: request.form[TargetField.until], by: request.submission)
                return Addresses.scenarios().with(.year, year).telling(.proposalsCalled)
            } again: { request, failure in
                try await allocationListPage(request, failure: failure)
            },
            .page(Addresses.scenario, reader) { request in try await scenarioPage(request) },
            decision(Addresses.changeNumbers) { request, id, seen in try await changeNumbers(request, id, seen) },
            .answeringDecision(Addresses.saveCells, allocator) { request, seen in
                try await saveCells(request, try Self.scenarioID(request), seen)
            } again: { request, failure in
                try await scenarioPage(request, failure: failure)
            },
            decision(Addresses.changeSettings) { request, id, seen in try await changeSettings(request, id, seen) },
            decision(Addresses.loadInputs) { request, id, seen in
                guard let file = try request.form.table(TargetField.file) else {
                    throw Refusal(fields: [.init(TargetField.file, "Hãy chọn tệp .csv hoặc .xlsx.")])
                }
                try await allocations.loadInputs(file, into: id, version: seen, by: request.submission)
                return Addresses.scenario(id).telling(.inputsLoaded)
            },
            decision(Addresses.undoScenario) { request, id, seen in
                try await allocations.undoScenario(id, version: seen, by: request.submission)
                return Addresses.scenario(id).telling(.undone)
            },
            form(Addresses.copyScenario) { request, id in
                let (source, _) = try await allocations.scenario(id, for: request.viewer)
                let copy = try await allocations.beginScenario(
                    source.scope, year: source.year, name: request.form[TargetField.name], copying: id,
                    by: request.submission)
                return Addresses.scenario(copy)
            },
            decision(Addresses.decideScenario) { request, id, seen in
                try await allocations.decideScenario(
                    id, SigningDraft { request.form[$0] },
                    file: try request.form.file(SigningDraft.Key.file, of: .signedCopy),
                    version: seen, by: request.submission, also: documents?.issuing(by: request.submission))
                let isOut = try await documents?.waitingPaper(of: id, for: request.viewer) == nil
                let waits = try await allocations.waitingDecision(of: id, for: request.viewer) != nil
                return Addresses.scenario(id).telling(waits ? .awaitsSecond : isOut ? .targetsDecided : .paperWaits)
            },
            decision(Addresses.confirmDecision) { request, id, seen in
                try await allocations.confirmDecision(
                    of: id, try request.proposal(), version: seen, by: request.submission,
                    also: documents?.issuing(by: request.submission))
                let isOut = try await documents?.waitingPaper(of: id, for: request.viewer) == nil
                return Addresses.scenario(id).telling(isOut ? .targetsDecided : .paperWaits)
            },
            decision(Addresses.withdrawDecision) { request, id, _ in
                try await allocations.withdrawDecision(of: id, try request.proposal(), by: request.submission)
                return Addresses.scenario(id).telling(.proposalWithdrawn)
            },
            .page(Addresses.scenarioUnit, reader) { request in try await allocationUnitPage(request) },
            .decision(Addresses.scenarioUnit.asForm, allocator) { request, seen in
                try await changeUnit(request, seen)
            } again: { request, failure in
                try await allocationUnitPage(request, failure: failure)
            },
            .page(Addresses.scenarioMap, reader) { request in try await allocationMapPage(request) },
            .page(Addresses.scenarioComparison, reader) { request in try await comparePage(request) },
            comparisonWorkbook.route(Addresses.comparisonWorkbook, on: desk),
            .file(Addresses.scenarioInputs, reader) { request in
                let (scenario, _) = try await allocations.scenario(try Self.scenarioID(request), for: request.viewer)
                return Download(
                    name: "dau-vao-\(scenario.year).csv", mediaType: "text/csv; charset=utf-8",
                    bytes: CSVWriter.bytes(
                        of: [AllocationUnit.headings] + scenario.content.units.map(\.row), disarmed: true),
                    of: Subject(.allocation, scenario.id))
            },
            .file(Addresses.decisionFile, .right(.viewFigures)) { request in
                let id = try Self.scenarioID(request)
                return Download(
                    try await allocations.decisionFile(id, for: request.viewer), of: Subject(.allocation, id))
            },
            .page(Addresses.proposal, .right(.proposeTargets)) { request in try await proposalPage(request) },
            .form(Addresses.proposal.asForm, .right(.proposeTargets)) { request in
                guard let commune = request.viewer.communes.first else {
                    throw Refusal(.forbidden, "Tài khoản không thuộc đơn vị cấp xã nào.")
                }
                let year = Int(request.form[TargetField.year]) ?? 0
                try await allocations.propose(
                    commune, year: year, total: request.form[TargetField.total],
                    voluntary: request.form[TargetField.voluntary],
                    reason: request.form[TargetField.reason], conditions: request.form[TargetField.conditions],
                    by: request.submission)
                return Addresses.proposal().with(.year, year).telling(.proposed)
            } again: { request, failure in
                try await proposalPage(request, failure: failure)
            },
        ]
    }

    static func scenarioID(_ request: MemberRequest) throws -> RecordID {
        try request.recordID(missing: "Không có phương án này.")
    }

    /// The scope asked for; a commune's officer works on the own commune.
    func allocationScope(for viewer: Viewer, typed: String) -> AllocationScope {
        if let scope = AllocationScope(typed), !typed.isEmpty { return scope }
        if !viewer.may(.readScenarios), let own = viewer.communes.first { return .commune(own) }
        return .city
    }

    /// The next year of the plan, which is the one to be allocated.
    func allocationYear(_ typed: String) -> Int {
        let year = Int(typed) ?? today.year + 1
        return min(max(year, definition.years.lowerBound), definition.years.upperBound)
    }

    // MARK: List

    private func allocationListPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws
        -> Response
    {
        let viewer = request.viewer
        let scope = allocationScope(for: request.viewer, typed: request.query[.scope])
        let year = allocationYear(failure?.values[TargetField.year.rawValue] ?? request.query[.year])
        let scenarios = try await scenarioLines(scope, year: year, for: viewer)
        let decision = try await allocations.decision(scope, year: year, for: viewer)
        var copyLinks: [Frame.Link] = []
        if let decision { copyLinks = try await self.copyLinks(of: decision, for: viewer) }
        let round = try await allocations.proposals(year: year, for: viewer)
        let splits = viewer.allocates(scope, in: definition)
        let isCity = scope == .city
        var waiting: [String] = []
        if isCity, round.until != nil {
            waiting = definition.communes.communes.filter { round.proposals[$0.code] == nil }.map(\.shortName)
        }
        let place = TablePlace(Addresses.scenarios(), [(.year, "\(year)"), (.scope, isCity ? "" : scope.text)])
        let heading: String
        if case .commune(let commune) = scope {
            heading = "Giao chỉ tiêu BHXH tự nguyện đến tổ dân phố, \(communeName(commune))"
        } else {
            heading = "Bàn phân bổ chỉ tiêu năm \(year)"
        }
        let model = AllocationListPage(
            tabs: figureTabs(Addresses.scenarios(), for: request), heading: heading,
            lead: isCity
                ? "Chia chỉ tiêu của thành phố cho \(definition.communes.communes.count) xã, phường, đặc khu; thử nhiều phương án, so sánh, rồi trình và quyết định."
                : "Chia chỉ tiêu tự nguyện của đơn vị cho các tổ dân phố, thôn và hội, đoàn thể.",
            years: definition.years.map {
                Frame.Link(
                    "Năm \($0)", Addresses.scenarios().with(.year, $0).with(.scope, isCity ? nil : scope.text),
                    current: $0 == year)
            },
            table: try list(
                Self.scenarioList, of: scenarios, try await query(Self.scenarioList.outline, of: request), at: place,
                workbook: Addresses.scenarios.workbook(), nothing: "Chưa có phương án nào."),
            decision: decision.map {
                "\($0.citation ?? ""), nhập \($0.decidedAt?.vietnamese ?? "") bởi \($0.decidedBy ?? "")"
            },
            decisionLinks: copyLinks,
            form: splits
                ? form(
                    "phuong-an", Addresses.beginScenario(), "Tạo phương án",
                    fields: [
                        Field(
                            TargetField.name, "Tên phương án", hint: "Ví dụ: Theo kết quả và số chưa tham gia",
                            value: scenarios.isEmpty ? "Phương án 1" : "Phương án \(scenarios.count + 1)")
                    ], hidden: [.init(TargetField.year, "\(year)"), .init(TargetField.scope, scope.text)], for: request,
                    failure: failure) : nil,
            proposalState: isCity
                ? round.until.map {
                    "Đã nhận \(round.proposals.count)/\(definition.communes.communes.count) đề xuất; hạn \($0.vietnamese)\($0 < today ? " (đã hết)" : "")."
                } ?? "Chưa đề nghị các đơn vị gửi đề xuất cho năm \(year)." : nil,
            proposals: try await isCity && !round.proposals.isEmpty
                ? list(
                    Self.proposalList, of: proposalLines(round.proposals),
                    query(Self.proposalList.outline, of: request), at: place,
                    workbook: Addresses.proposalsWorkbook()) : nil,
            waiting: waiting.isEmpty
                ? nil
                : "Chưa gửi: \(waiting.prefix(20).joined(separator: ", "))\(waiting.count > 20 ? " và \(waiting.count - 20) đơn vị khác" : "").",
            callForm: splits && isCity
                ? form(
                    "keu-goi", Addresses.callForProposals(), "Đề nghị các đơn vị gửi đề xuất",
                    fields: [Field(TargetField.until, "Hạn gửi", hint: "Ví dụ 15/12/\(year - 1)")], look: "secondary",
                    hidden: [.init(TargetField.year, "\(year)")], for: request, failure: failure) : nil)
        return try page(heading, model, for: request)
    }

    static func badge(_ scenario: AllocationScenario) -> Badge {
        scenario.state == .decided ? Badge("đã quyết định", look: "accepted") : Badge("dự thảo", look: "open")
    }

    /// How far a split is from the fair shares, in a figure a person can hold.
    static func spread(_ allocation: Allocation, _ column: Measure) -> String {
        "lệch bình quân \(VietnameseText.oneDecimal(distance(allocation, column))) % so với phần công bằng"
    }

    // MARK: Proposals

    private func proposalPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        guard let code = request.viewer.communes.first else {
            throw Refusal(.forbidden, "Tài khoản không thuộc đơn vị cấp xã nào.")
        }
        let year = allocationYear(failure?.values[TargetField.year.rawValue] ?? request.query[.year])
        let round = try await allocations.proposals(year: year, for: request.viewer)
        let figures = try await overview.communeFigures(code, for: request.viewer)
        let own = round.proposals[code]
        let now = figures.total.progress.now.map { VietnameseText.grouped($0) } ?? "chưa có số liệu"
        let isOpen = round.isOpen(on: today) && request.viewer.proposesTarget(of: code)
        let model = ProposalPage(
            tabs: figureTabs(Addresses.scenarios(), for: request),
            heading: "Đề xuất chỉ tiêu năm \(year), \(communeName(code))",
            lead:
                "Hiện có \(now) người tham gia, trong đó tự nguyện \(figures.voluntary.progress.now.map { VietnameseText.grouped($0) } ?? "chưa có số liệu"). Đề xuất được đặt cạnh kết quả phân bổ; thành phố quyết định.",
            state: round.until.map { "Hạn gửi: \($0.vietnamese)\(round.isOpen(on: today) ? "" : ", đã hết hạn")." }
                ?? "Thành phố chưa đề nghị gửi đề xuất; gửi trước cũng được.",
            rows: own.map {
                [
                    .init(
                        total: VietnameseText.grouped($0.total), voluntary: VietnameseText.grouped($0.voluntary),
                        reason: $0.reason, when: "\($0.actorName), \($0.at.vietnamese)")
                ]
            } ?? [], nothing: own == nil,
            form: isOpen
                ? form(
                    "de-xuat", Addresses.proposal.asForm(), own == nil ? "Gửi đề xuất" : "Gửi đề xuất mới",
                    fields: [
                        Field(TargetField.total, "Tổng số người tham gia cuối năm \(year)", kind: .code),
                        Field(TargetField.voluntary, "Trong đó tự nguyện", kind: .code),
                        Field(
                            TargetField.reason, "Căn cứ", kind: .area,
                            hint: "Doanh nghiệp mới, số lao động chưa tham gia, kết quả rà soát …"),
                        Field(
                            TargetField.conditions, "Điều kiện đặc thù", kind: .area,
                            hint: "Doanh nghiệp sắp giải thể, khu công nghiệp mới …",
                            required: false),
                    ], hidden: [.init(TargetField.year, year)], for: request, failure: failure) : nil)
        return try page(model.heading, model, for: request)
    }
}
