public import Access
import Allocation
import Database
public import Files
public import Kernel
import Tabular

extension AllocationService {
    /// Changes a scenario's content, remembering what stood before. What cannot be split is refused: a scenario always has a
    /// result.
    /// - Parameter version: the one that the person looked at; nil for whoever looked at none.
    public func changeScenario(
        _ id: RecordID, version: Int? = nil, by submission: Submission,
        _ change: @escaping @Sendable (inout AllocationScenario.Content) throws -> String
    ) async throws {
        try await store.once(submission, about: Subject(.allocation, id), at: clock.now) { connection, now in
            let scenario = try Self.scenario(id, on: connection)
            try ScenarioAction.change.require(of: scenario, by: submission.viewer, in: self.plan)
            try scenario.require(version)
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
    public func undoScenario(_ id: RecordID, version: Int? = nil, by submission: Submission) async throws {
        try await store.once(submission, about: Subject(.allocation, id), at: clock.now) { connection, now in
            let scenario = try Self.scenario(id, on: connection)
            try ScenarioAction.undo.require(of: scenario, by: submission.viewer, in: self.plan)
            try scenario.require(version)
            guard
                let last = try connection.row(
                    "SELECT * FROM allocation_change WHERE scenario = ? AND undone = 0 ORDER BY id DESC LIMIT 1", id)
            else { throw Refusal(.stale, "Không còn thay đổi nào để hoàn tác. Hãy mở lại trang để xem số hiện nay.") }
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
    public func loadInputs(
        _ file: IncomingFile, into id: RecordID, version: Int? = nil, by submission: Submission
    ) async throws {
        let scenario = try await store.read { try Self.scenario(id, on: $0) }
        // Before the file is read: what is wrong with it tells the scenario's units.
        try ScenarioAction.change.require(of: scenario, by: submission.viewer, in: plan)
        let allowed = Set(scenario.content.units.map(\.code))
        let (units, faults): ([AllocationUnit], [AllocationFault])
        let bytes = try file.bytes()
        do {
            (units, faults) = try AllocationUnit.read(try TableFile(bytes, limits: .units), among: allowed)
        } catch let error as TableFileError {
            throw Refusal(fields: [.init(TargetField.file, error.description)])
        } catch let fault as AllocationFault {
            throw Refusal(fields: [.init(TargetField.file, fault.description)])
        }
        guard faults.isEmpty else {
            throw Refusal(fields: faults.prefix(20).map { .init(TargetField.file, $0.description) })
        }
        let today = clock.today
        // By its content: a file's name may be a person's.
        let mark = "SHA-256 \(StoredFiles.sha256(of: bytes).prefix(12))"
        try await changeScenario(id, version: version, by: submission) { content in
            let given = Dictionary(units.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
            for index in content.units.indices {
                guard let unit = given[content.units[index].code] else { continue }
                content.units[index].take(unit)
            }
            content.sources.append("Bảng đầu vào (\(mark)): \(units.count) đơn vị, nạp ngày \(today.vietnamese).")
            return "nạp bảng đầu vào (\(mark))"
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
