public import Access
import Allocation
import Database
import Figures
public import Kernel
import PlanText
import Province

extension AllocationService {
    /// Begins a scenario from what is known today, or from another one.
    public func beginScenario(
        _ scope: AllocationScope, year: Int, name typed: String, copying source: RecordID? = nil,
        by submission: Submission
    ) async throws -> RecordID {
        try requireAllocator(submission.viewer, scope)
        let name = VietnameseText.tidy(typed)
        guard !name.isEmpty, name.count <= 120 else {
            throw Refusal(fields: [.init(TargetField.name, "Hãy đặt tên phương án (không quá 120 chữ).")])
        }
        guard let target = plan.targets.first(where: { $0.year == year }) else {
            throw Refusal(.notFound, "Kế hoạch không có năm \(year).")
        }
        let id = RecordID(at: clock.now)
        let subject = try await store.once(submission, about: Subject(.allocation, id), at: clock.now) {
            connection, now in
            let content: AllocationScenario.Content
            if let source {
                let other = try Self.scenario(source, on: connection)
                guard other.scope == scope else { throw Refusal(.notFound, "Không có phương án này.") }
                try ScenarioAction.copy.require(of: other, by: submission.viewer, in: self.plan)
                var copy = other.content
                if other.state == .decided {
                    // An adjustment begins at the decided numbers, all of them held: what is to change is let go.
                    copy.adjusts = source.text
                    copy.settings.locks = Dictionary(
                        try copy.allocation().rows.map { ($0.code, ["total": $0.total, "voluntary": $0.voluntary]) },
                        uniquingKeysWith: { first, _ in first })
                }
                content = copy
            } else {
                switch scope {
                case .city:
                    content = try self.cityContent(
                        year: year, total: target.total, voluntary: target.voluntary, on: connection)
                case .commune(let commune): content = try self.groupContent(commune, year: year, on: connection)
                }
            }
            try connection.execute(
                """
                INSERT INTO allocation_scenario
                    (id, scope, year, name, content, state, created_at, created_by, created_by_name, version)
                VALUES (?, ?, ?, ?, ?, 'draft', ?, ?, ?, 1)
                """, id, scope.text, year, name, try AllocationScenario.json(content), now, submission.viewer.account,
                submission.viewer.name)
            try AuditTrail.append(
                AuditEvent("allocation.begun", subject: Subject(.allocation, id), detail: "năm \(year): \(name)"),
                by: submission.actor, at: now, on: connection)
        }
        // A form sent twice leads to what it made the first time.
        return RecordID(subject.key) ?? id
    }

    /// The latest results, last year's targets and the communes' proposals, each with where it comes from.
    private func cityContent(year: Int, total: Int, voluntary: Int, on connection: any SQLConnection) throws
        -> AllocationScenario.Content
    {
        let series = try FigureService.series(on: connection)
        let month =
            series.shownMonth(of: plan.communes.codes, year: year - 1) ?? series.shownMonth(of: plan.communes.codes)
        let labour = try MovementService.latest(
            [.labourForce, .uninsured], until: Month(of: clock.today), months: 24, on: connection)
        func counted(_ measure: MovementMeasure, _ commune: CommuneCode) -> Int? {
            labour.first { $0.movement.key.measure == measure && $0.movement.key.place == .commune(commune) }?.value
        }
        let round = try Self.proposals(year: year, on: connection)
        let last = try CommuneTarget.holding(year: year - 1, on: connection)
        var earlier: [String] = []
        var earlierResults: [String: Month] = [:]
        let units = plan.communes.communes.map { commune in
            var unit = AllocationUnit(code: commune.code.text, name: commune.fullName)
            if let month {
                // A commune that has not reported the month counts with its latest month before, as the dashboard does.
                let own = (0..<12).lazy.map { month.adding(months: -$0) }.first {
                    series.total(commune.code, $0) != nil
                }
                if let own {
                    unit.lastTotal = series.total(commune.code, own)
                    unit.lastVoluntary = series[commune.code, .voluntary, own]
                    if own < month {
                        earlier.append("\(commune.fullName) (\(own.vietnamese))")
                        earlierResults[commune.code.text] = own
                    }
                }
            }
            unit.labourForce = counted(.labourForce, commune.code)
            unit.pool = counted(.uninsured, commune.code)
            unit.proposalTotal = round.proposals[commune.code]?.total
            unit.proposalVoluntary = round.proposals[commune.code]?.voluntary
            return unit
        }
        var content = AllocationScenario.Content(units: units, total: total, voluntary: voluntary)
        content.lastTargets = Dictionary(
            last.map { ($0.commune.text, [$0.total, $0.voluntary]) }, uniquingKeysWith: { first, _ in first })
        content.conditions = Dictionary(
            round.proposals.values.filter { !$0.conditions.isEmpty }.map { ($0.commune.text, $0.conditions) },
            uniquingKeysWith: { first, _ in first })
        content.sources = [
            month.map { "Kết quả: số liệu tháng \($0.vietnamese), lấy ngày \(clock.today.vietnamese)." }
                ?? "Kết quả: chưa có số liệu tháng nào.",
            earlier.isEmpty
                ? ""
                : "\(earlier.count) đơn vị chưa có số tháng này, dùng số gần nhất: \(earlier.joined(separator: ", ")).",
            "Chỉ tiêu năm \(year - 1): \(last.count) đơn vị.",
            "Đề xuất của xã, phường, đặc khu: \(round.proposals.count)/\(plan.communes.communes.count) đơn vị.",
            Self.words(ofLabour: labour.filter { if case .commune = $0.movement.key.place { true } else { false } }),
            "Chỉ tiêu thành phố năm \(year): theo Kế hoạch.",
        ].filter { !$0.isEmpty }
        content.resultsOf = month
        content.earlierResults = earlierResults
        content.floorsByLastTarget = true
        return content
    }

    private static func words(ofLabour found: [LatestMovement]) -> String {
        guard let first = found.first, let oldest = found.map(\.day).min() else { return "" }
        let force = found.filter { $0.movement.key.measure == .labourForce }.count
        return
            "Lực lượng lao động: \(force) đơn vị; người chưa tham gia: \(found.count - force) đơn vị; chốt từ \(oldest.vietnamese), nguồn: \(first.source)."
    }

    private func groupContent(_ commune: CommuneCode, year: Int, on connection: any SQLConnection) throws
        -> AllocationScenario.Content
    {
        let groups = try ResidentialGroups.all(of: commune, on: connection)
        guard !groups.isEmpty else {
            throw Refusal(
                .invalid, "Chưa có danh sách tổ dân phố, thôn. Hãy nạp danh sách ở trang tổ dân phố trước khi phân bổ.")
        }
        guard let target = try CommuneTarget.holding(year: year, on: connection).first(where: { $0.commune == commune })
        else {
            throw Refusal(.invalid, "Thành phố chưa giao chỉ tiêu năm \(year) cho đơn vị.")
        }
        let units = groups.map { group in
            var unit = AllocationUnit(code: group.id.text, name: group.name)
            unit.lastTotal = group.voluntaryNow
            unit.lastVoluntary = group.voluntaryNow
            unit.labourForce = group.people
            return unit
        }
        var content = AllocationScenario.Content(units: units, total: target.voluntary, voluntary: target.voluntary)
        content.settings.keys = [
            "total": ["last": 50, "labour_force": 50], "voluntary": ["last": 50, "labour_force": 50],
        ]
        content.sources = [
            "Chỉ tiêu tự nguyện năm \(year) của đơn vị: \(target.document.isEmpty ? "chưa ghi văn bản" : target.document).",
            "Số dân và số đang tham gia: danh sách tổ dân phố, thôn, lấy ngày \(clock.today.vietnamese).",
        ]
        let counted = groups.filter { $0.voluntaryNow != nil }.map(\.countedOn)
        if let first = counted.compactMap(\.self).min(), let last = counted.compactMap(\.self).max(),
            !counted.contains(nil)
        {
            content.groupsCounted = [first, last]
        }
        let listed = groups.compactMap(\.voluntaryNow)
        let series = try FigureService.series(on: connection)
        if listed.count == groups.count,
            let reported = series.course(commune, Scheme.voluntary).max(by: { $0.key < $1.key })
        {
            let sum = listed.reduce(0, +)
            if sum != reported.value {
                content.sources.append(
                    "Danh sách tổ cộng được \(VietnameseText.grouped(sum)) người đang tham gia, số BHXH tháng \(reported.key.vietnamese) là \(VietnameseText.grouped(reported.value)): cần đối chiếu."
                )
            }
        }
        content.lastTargets = Dictionary(
            groups.compactMap { group in group.voluntaryTarget.map { (group.id.text, [$0, $0]) } },
            uniquingKeysWith: { first, _ in first })
        return content
    }
}
