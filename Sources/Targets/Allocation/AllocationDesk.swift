import Work
public import PlanText
public import Access
import Allocation
import Database
import Figures
public import Files
public import Kernel
import Tabular
import Province

extension Right {
    /// Drafts of the city and of every commune.
    public static let readScenarios = Right("allocation.read", "Xem mọi phương án phân bổ và đề xuất")
    /// Counts in the coordinating agency alone.
    public static let allocateTargets = Right(
        "allocation.make", "Lập, quyết định phương án phân bổ cho các xã, phường, đặc khu")
}

extension Viewer {
    /// Who may split: the coordinating agency over communes, a commune's own officers over its groups.
    public func allocates(_ scope: AllocationScope, in plan: PlanDefinition) -> Bool {
        switch scope {
        case .city: may(.allocateTargets, for: plan)
        case .commune(let commune): keepsGroups(of: commune)
        }
    }
}

extension AllocationService {
    func requireAllocator(_ viewer: Viewer, _ scope: AllocationScope) throws(Refusal) {
        guard viewer.allocates(scope, in: plan) else { throw scope.closed }
    }

    /// Who may look: drafts are for those who split and those who follow the whole plan.
    func requireReader(_ viewer: Viewer, _ scope: AllocationScope) throws(Refusal) {
        guard viewer.may(.viewFigures) else {
            throw Refusal(.forbidden, "Vai trò này không xem được phương án phân bổ.")
        }
        if viewer.may(.readScenarios) { return }
        try requireAllocator(viewer, scope)
    }

    public func scenarios(_ scope: AllocationScope, year: Int, for viewer: Viewer) async throws -> [AllocationScenario]
    {
        try requireReader(viewer, scope)
        return try await store.read { connection in
            try connection.rows(
                "SELECT * FROM allocation_scenario WHERE scope = ? AND year = ? ORDER BY id DESC", scope.text, year
            ).map(AllocationScenario.init)
        }
    }

    public func scenario(_ id: RecordID, for viewer: Viewer) async throws -> (AllocationScenario, [AllocationChange]) {
        let found = try await store.read { connection in
            (
                try Self.scenario(id, on: connection),
                try connection.rows(
                    "SELECT * FROM allocation_change WHERE scenario = ? ORDER BY id DESC LIMIT 60", id
                ).map(AllocationChange.init)
            )
        }
        try requireReader(viewer, found.0.scope)
        return found
    }

    static func scenario(_ id: RecordID, on connection: any SQLConnection) throws -> AllocationScenario {
        guard let row = try connection.row("SELECT * FROM allocation_scenario WHERE id = ?", id) else {
            throw Refusal(.notFound, "Không có phương án này.")
        }
        return try AllocationScenario(row)
    }

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
        let round = try Self.proposals(year: year, on: connection)
        let last = try CommuneTarget.holding(year: year - 1, on: connection)
        var earlier: [String] = []
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
                    if own < month { earlier.append("\(commune.fullName) (\(own.vietnamese))") }
                }
            }
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
            "Chỉ tiêu thành phố năm \(year): theo Kế hoạch.",
        ].filter { !$0.isEmpty }
        content.resultsOf = month
        content.floorsByLastTarget = true
        return content
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

    /// Changes a scenario's content, remembering what stood before. What cannot be split is refused: a scenario always has a
    /// result.
    /// - Parameter version: the one that the person looked at; nil where the change does not rest on the numbers seen.
    public func changeScenario(
        _ id: RecordID, version: Int? = nil, by submission: Submission,
        _ change: @escaping @Sendable (inout AllocationScenario.Content) throws -> String
    ) async throws {
        try await store.once(submission, about: Subject(.allocation, id), at: clock.now) { connection, now in
            let scenario = try Self.scenario(id, on: connection)
            try ScenarioAction.change.require(of: scenario, by: submission.viewer, in: self.plan)
            if let version, version != scenario.version {
                throw Refusal(
                    .stale,
                    "Phương án vừa được sửa sau khi bạn mở trang. Hãy tải lại trang rồi gõ lại số, để không khóa nhầm số cũ."
                )
            }
            var content = scenario.content
            let words = try change(&content)
            guard content != scenario.content else { return }
            do {
                _ = try content.allocation()
            } catch let error as AllocationError {
                let hint =
                    content.settings.locks.count == content.counting.count
                    ? " Mọi đơn vị đang khóa: hãy bỏ khóa đơn vị nhận phần chênh." : ""
                throw Refusal(fields: [.init(TargetField.total, error.description + hint)])
            }
            try connection.execute(
                "INSERT INTO allocation_change (id, scenario, at, actor_name, words, before, undone) VALUES (?, ?, ?, ?, ?, ?, 0)",
                RecordID(at: now), id, now, submission.viewer.name, words, try AllocationScenario.json(scenario.content)
            )
            try connection.execute(
                "UPDATE allocation_scenario SET content = ?, version = version + 1 WHERE id = ?",
                try AllocationScenario.json(content), id)
            try AuditTrail.append(
                AuditEvent("allocation.changed", subject: Subject(.allocation, id), detail: words),
                by: submission.actor,
                at: now, on: connection)
        }
    }

    /// Takes the last change back.
    public func undoScenario(_ id: RecordID, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.allocation, id), at: clock.now) { connection, now in
            let scenario = try Self.scenario(id, on: connection)
            try ScenarioAction.undo.require(of: scenario, by: submission.viewer, in: self.plan)
            guard
                let last = try connection.row(
                    "SELECT * FROM allocation_change WHERE scenario = ? AND undone = 0 ORDER BY id DESC LIMIT 1", id)
            else { throw Refusal(.stale, "Không còn thay đổi nào để hoàn tác.") }
            try connection.execute(
                "UPDATE allocation_scenario SET content = ?, version = version + 1 WHERE id = ?",
                try last.text("before"), id)
            try connection.execute("UPDATE allocation_change SET undone = 1 WHERE id = ?", try last.recordID("id"))
            try AuditTrail.append(
                AuditEvent("allocation.undone", subject: Subject(.allocation, id), detail: try last.text("words")),
                by: submission.actor, at: now, on: connection)
        }
    }

    /// Takes numbers of a table (`units.csv`) into the inputs: what the table leaves empty stays as it is.
    public func loadInputs(_ file: IncomingFile, into id: RecordID, by submission: Submission) async throws {
        let scenario = try await store.read { try Self.scenario(id, on: $0) }
        // Before the file is read: what is wrong with it tells the scenario's units.
        try ScenarioAction.change.require(of: scenario, by: submission.viewer, in: plan)
        let allowed = Set(scenario.content.units.map(\.code))
        let (units, faults): ([AllocationUnit], [AllocationFault])
        do {
            (units, faults) = try AllocationUnit.read(try TableFile(try file.bytes()), among: allowed)
        } catch let error as TableFileError {
            throw Refusal(fields: [.init(TargetField.file, error.description)])
        } catch let fault as AllocationFault {
            throw Refusal(fields: [.init(TargetField.file, fault.description)])
        }
        guard faults.isEmpty else {
            throw Refusal(fields: faults.prefix(20).map { .init(TargetField.file, $0.description) })
        }
        let today = clock.today
        try await changeScenario(id, by: submission) { content in
            let given = Dictionary(units.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
            for index in content.units.indices {
                guard let unit = given[content.units[index].code] else { continue }
                content.units[index].take(unit)
            }
            content.sources.append("Bảng đầu vào “\(file.name)”: \(units.count) đơn vị, nạp ngày \(today.vietnamese).")
            return "nạp bảng đầu vào \(file.name)"
        }
    }
}

extension AllocationUnit {
    /// Known numbers of another take the place of this one's.
    mutating func take(_ other: AllocationUnit) {
        lastTotal = other.lastTotal ?? lastTotal
        lastVoluntary = other.lastVoluntary ?? lastVoluntary
        labourForce = other.labourForce ?? labourForce
        pool = other.pool ?? pool
        proposalTotal = other.proposalTotal ?? proposalTotal
        proposalVoluntary = other.proposalVoluntary ?? proposalVoluntary
        floorTotal = other.floorTotal ?? floorTotal
        capTotal = other.capTotal ?? capTotal
        floorVoluntary = other.floorVoluntary ?? floorVoluntary
        capVoluntary = other.capVoluntary ?? capVoluntary
    }
}
