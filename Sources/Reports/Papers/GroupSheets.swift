public import Access
import Allocation
import Documents
public import Kernel
import Targets

extension DocumentService {
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
        // Dated by the decision; until there is one it is a forecast of what will be given.
        let decision = scenario.signing.map { "Theo Quyết định số \($0.citation) của Ủy ban nhân dân \(name)" }
        common["basis"] = decision ?? "Dự kiến, chưa có quyết định: số có thể thay đổi"
        return zip(allocation.rows, scenario.content.counting).map { row, unit in
            var fields = common
            let remaining = unit.lastVoluntary.map { max(row.voluntary - $0, 0) }
            fields["groupName"] = row.name
            fields["groupKind"] = scenario.content.isAssociation(unit.code) ? "hội, đoàn thể" : "tổ dân phố, thôn"
            fields["head"] = scenario.content.notes[row.code] ?? ""
            fields["target"] = Self.words(row.voluntary)
            fields["last"] = Self.words(unit.lastVoluntary)
            fields["remaining"] = Self.words(remaining)
            var message =
                "\(VietnameseText.sentence(name)): chỉ tiêu BHXH tự nguyện năm \(scenario.year) của \(row.name) là \(Self.words(row.voluntary)) người"
            if let last = unit.lastVoluntary, let remaining {
                message += ", hiện có \(Self.words(last)), cần thêm \(Self.words(remaining))"
            }
            message += ". \(scenario.content.rule.words). \(common["basis"] ?? "")."
            return GroupSheet(
                code: row.code, name: row.name, message: message, template: template,
                data: DocumentData(fields: fields))
        }
    }
}
