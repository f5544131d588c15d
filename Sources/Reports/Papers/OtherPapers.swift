import Files
import Database
public import Access
import Documents
import Figures
import Kernel
import Overview
import PlanText
import Province
import Targets
import Work

/// Minutes of handing over data, invitations, the report on obstacles.
extension DocumentService {
    /// Minutes of a batch of figures that was received.
    public func handoverMinutes(batch number: Int, fields typed: [String: String], for viewer: Viewer) async throws
        -> Draft
    {
        let (batch, _) = try await figures.batch(number, for: viewer)
        let unit = viewer.ownUnits.first?.text ?? definition.coordinatingAgency.text
        var data = DocumentData(fields: commonFields(year: batch.firstMonth.year))
        let months =
            batch.firstMonth == batch.lastMonth
            ? "tháng \(batch.firstMonth.vietnamese)"
            : "từ tháng \(batch.firstMonth.vietnamese) đến tháng \(batch.lastMonth.vietnamese)"
        data.fields.merge(issuerFields(viewer.ownUnits.first ?? .agency(definition.coordinatingAgency))) { _, given in
            given
        }
        data.fields["giver"] = batch.source
        data.fields["receiver"] = definition.name(of: viewer.ownUnits.first ?? .agency(definition.coordinatingAgency))
        data.fields["receiverPerson"] = batch.actorName
        data.fields["dataName"] = "số người tham gia BHXH theo đơn vị hành chính cấp xã, \(months)"
        data.fields["cutoff"] = (batch.cutoff ?? batch.lastMonth.lastDay).vietnamese
        data.fields["rowCount"] = Self.words(batch.acceptedRows)
        data.fields["fileName"] = batch.fileName
        if let file = batch.file {
            data.fields["hash"] = try await store.read { connection in
                try StoredFiles.find(file, on: connection)?.sha256 ?? ""
            }
        }
        data.tables["signatures"] = .init(
            columns: ["giver", "receiver"], rows: [[.text(typed["giverPerson"] ?? ""), .text(batch.actorName)]])
        data.fields.merge(typed.filter { !$0.value.isEmpty }) { _, given in given }
        return Draft(
            template: "bien-ban-giao-nhan-du-lieu", data: data, unit: unit,
            subject: Subject(.figureBatch, "\(number)"),
            cutoff: batch.cutoff ?? batch.lastMonth.lastDay)
    }

    /// An invitation with the list of those invited: a line each, “Họ tên; chức vụ; đơn vị”.
    public func invitation(guests: String, fields typed: [String: String], for viewer: Viewer) async throws -> Draft {
        guard let own = viewer.ownUnits.first else { throw Refusal(.forbidden, "Tài khoản không thuộc đơn vị nào.") }
        var data = DocumentData(fields: commonFields(year: clock.today.year))
        if case .commune(let commune) = own {
            data.fields.merge(try communeFields(commune, year: clock.today.year)) { _, given in given }
        }
        data.fields.merge(issuerFields(own)) { _, given in given }
        let rows = guests.split(whereSeparator: \.isNewline).map { line -> [DocumentData.Value] in
            let parts = line.split(separator: ";", omittingEmptySubsequences: false).map { VietnameseText.tidy($0) }
            return (0..<3).map { .text(parts.indices.contains($0) ? parts[$0] : "") }
        }.filter { $0.first != .text("") }
        guard let meeting = typed["meeting"], !meeting.isEmpty else {
            throw Refusal(fields: [.init("f-meeting", "Hãy ghi tên cuộc họp, hội nghị.")])
        }
        guard !rows.isEmpty, rows.count <= 500 else {
            throw Refusal(fields: [
                .init("guests", "Hãy ghi mỗi người một dòng: Họ tên; chức vụ; đơn vị (không quá 500 người).")
            ])
        }
        data.tables["guests"] = .init(columns: ["name", "position", "unit"], rows: rows)
        data.fields.merge(typed.filter { !$0.value.isEmpty }) { _, given in given }
        return Draft(
            template: "giay-moi", data: data, unit: own.text, subject: Subject(.invitation),
            cutoff: clock.today)
    }

    /// Who issues a paper that any unit may write.
    private func issuerFields(_ unit: UnitCode) -> [String: String] {
        var fields = ["unitName": definition.name(of: unit), "unitSuperior": "", "organ": "", "head": "Giám đốc"]
        switch unit {
        case .commune:
            fields["organ"] = "UBND"
            fields["head"] = "Chủ tịch"
        case .agency(let code):
            if let superior = definition.superior(of: unit) {
                fields["unitSuperior"] = definition.name(of: .agency(superior))
            }
            // Initials, as agencies abbreviate themselves: Sở Nội vụ, SNV.
            fields["organ"] = definition.agency(code).map { agency in
                agency.name.split(separator: " ").compactMap { $0.first?.uppercased() }.joined()
            }
        }
        return fields
    }

    /// The report on difficulties and answers (task V.2).
    public func obstacleReport(fields typed: [String: String], for viewer: Viewer) async throws -> Draft {
        try viewer.require(.manageObstacles)
        let today = clock.today
        let obstacles = try await store.read { try Obstacles.reported(on: $0) }
        let rows = obstacles.enumerated().map { index, obstacle -> [DocumentData.Value] in
            [
                .number(index + 1), .text(obstacle.title), .text(obstacle.task ?? ""),
                .text(obstacle.unit.map { definition.name(of: $0) } ?? ""), .day(obstacle.at.day),
                .text(obstacle.answer == nil ? "đang xử lý" : "đã trả lời"), .text(obstacle.answer ?? ""),
            ]
        }
        var data = DocumentData(fields: commonFields(year: today.year))
        data.fields["answeredCount"] = "\(rows.count { $0[5] == .text("đã trả lời") })"
        data.fields["openCount"] = "\(rows.count { $0[5] != .text("đã trả lời") })"
        data.fields["cutoff"] = today.vietnamese
        data.tables["obstacles"] = .init(
            columns: ["number", "title", "task", "unit", "since", "state", "answer"], rows: rows)
        data.fields.merge(typed.filter { !$0.value.isEmpty }) { _, given in given }
        return Draft(
            template: "bao-cao-vuong-mac", data: data, unit: definition.coordinatingAgency.text,
            subject: Subject(.obstacles), cutoff: today)
    }
}
