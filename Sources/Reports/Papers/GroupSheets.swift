import Overview
public import Access
import Allocation
import Documents
public import Kernel
import PlanText
import Province
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

    /// One sheet for each group, in the order of the desk, then one for each association: where it only helps, its sheet says
    /// that its people are those of the groups.
    public func groupSheets(of id: RecordID, contact: String, for viewer: Viewer) async throws -> [GroupSheet] {
        let (scenario, _) = try await allocations.scenario(id, for: viewer)
        guard case .commune(let commune) = scenario.scope else {
            throw Refusal(.notFound, "Phiếu giao chỉ tiêu chỉ có ở phương án của xã, phường, đặc khu.")
        }
        let template = try await template("phieu-giao-to")
        let content = scenario.content
        let allocation = try content.allocation()
        let words = GroupWords(content, in: definition.communes[commune])
        var common = try communeFields(commune, year: scenario.year)
        common.merge(words.fields) { $1 }
        common["contact"] = VietnameseText.tidy(contact)
        let issuer = common["communeName"] ?? ""
        let figures = try await overview.communeFigures(commune, year: scenario.year - 1, scored: false, for: viewer)
        let unplaced = words.unplaced(of: figures.voluntary.progress.now)
        common["decision"] =
            scenario.signing.map { "Theo Quyết định số \($0.citation) của Ủy ban nhân dân \(issuer)" }
            ?? "Dự kiến, chưa có quyết định giao chỉ tiêu"
        func sheet(
            _ code: String, _ name: String, kind: String, target: Int, last: Int? = nil, helps: Bool = false
        ) -> GroupSheet {
            var fields = common
            let remaining = last.map { max(target - $0, 0) }
            fields["groupName"] = name
            fields["groupKind"] = VietnameseText.sentence(kind)
            fields["head"] = content.notes[code] ?? ""
            fields["target"] = Self.words(target)
            fields["targetTitle"] = helps ? "Phối hợp vận động" : "Chỉ tiêu"
            fields["last"] = Self.words(last)
            fields["remaining"] = Self.words(remaining)
            // Who is insured already and on no group's list makes each group seem to lack more than it does.
            fields["unplaced"] = last.flatMap { _ in unplaced }.map {
                "Đang tham gia theo danh sách của \(kind). Cả địa bàn còn \(Self.words($0)) người đã tham gia chưa có trong danh sách nào: gặp ai đã tham gia thì ghi thêm, số cần thêm giảm theo."
            }
            fields["helps"] = helps ? words.fields["associationRule"] : ""
            var message =
                "\(VietnameseText.sentence(common["communeName"] ?? "")): \(helps ? "số phối hợp vận động tham gia" : "chỉ tiêu") BHXH tự nguyện năm \(scenario.year) của \(name) là \(Self.words(target)) người"
            if let last, let remaining {
                message +=
                    ", \(words.countedTitle.lowercased()) là \(Self.words(last)), cần thêm \(Self.words(remaining))"
            }
            message += ". \(words.rule) \(common["decision"] ?? "")."
            return GroupSheet(
                code: code, name: name, message: message, template: template, data: DocumentData(fields: fields))
        }
        let counted = zip(allocation.rows, content.counting).map { row, unit in
            content.isAssociation(unit.code)
                ? sheet(row.code, row.name, kind: "hội, đoàn thể", target: row.voluntary)
                : sheet(
                    row.code, row.name, kind: words.word(of: row.name), target: row.voluntary,
                    last: unit.lastVoluntary)
        }
        return counted
            + content.helping.map { sheet($0.code, $0.name, kind: "hội, đoàn thể", target: $0.target, helps: true) }
    }
}
