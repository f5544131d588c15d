import Database
import Documents
import Kernel
import PlanText
import Work

/// What papers cite as grounds: laws by name and day without number, everything else in full (Decree 30/2020/NĐ-CP, Annex I,
/// II.6.a), the plan's own bases among them.
extension DocumentService {
    /// The laws that templates ask for, by the key they have in the plan's data.
    private static let laws = [
        "local-government": (field: "lawLocalGovernment", name: "Luật Tổ chức chính quyền địa phương"),
        "social-insurance": (field: "lawSocialInsurance", name: "Luật Bảo hiểm xã hội"),
        "employment": (field: "lawEmployment", name: "Luật Việc làm"),
        "health-insurance": (field: "lawHealthInsurance", name: "Luật Bảo hiểm y tế"),
        "data": (field: "lawData", name: "Luật Dữ liệu"),
        "personal-data": (field: "lawPersonalData", name: "Luật Bảo vệ dữ liệu cá nhân"),
    ]

    /// `lawSocialInsurance`: “Luật Bảo hiểm xã hội ngày 29 tháng 6 năm 2024”; the day is left open where the plan's data have none.
    var lawFields: [String: String] {
        var fields: [String: String] = [:]
        for (key, law) in Self.laws { fields[law.field] = lawCitation(key) }
        return fields
    }

    func lawCitation(_ key: String) -> String {
        definition.laws.first { $0.key == key }.map(Self.citation)
            ?? "\(Self.laws[key]?.name ?? key) ngày \(DocumentTemplate.open)"
    }

    /// The laws that papers of a kind cite and whose days nobody has confirmed, where the plan's data say that somebody has to.
    public func unconfirmedLaws(of kind: PaperKind) async throws -> [String] {
        let text = try await template(kind.id).text
        let offered = kind.id == PaperKind.dataSharing.id ? Set(definition.sharing.bases.flatMap(\.laws)) : []
        let cited = definition.laws.filter { law in
            offered.contains(law.key) || Self.laws[law.key].map { text.contains("{{\($0.field)}}") } ?? false
        }
        guard cited.contains(where: \.needsConfirming) else { return [] }
        let amendments = try await store.read { try PlanAmendments.read(on: $0) }
        return cited.filter { !amendments.isConfirmed($0) }.map(\.name)
    }

    private static func citation(_ law: PlanDefinition.Law) -> String {
        let amended = law.amended.map { OfficialDocument.dayWords($0) }
        let last = amended.last.map { amended.count > 1 ? " và \($0)" : $0 } ?? ""
        return "\(law.name) \(OfficialDocument.dayWords(law.passed))"
            + (amended.isEmpty
                ? "" : ", được sửa đổi, bổ sung \(amended.dropLast().joined(separator: ", "))\(last)")
    }

    /// The plan's own bases, a line each; the source leaves out “số” here and there, which a citation has.
    var planBases: DocumentData.Table {
        .init(
            columns: ["citation"],
            rows: definition.legalBases.map { base in
                [.text(base.replacing(/^(Nghị quyết|Quyết định|Kế hoạch|Chỉ thị) (?=[0-9])/) { "\($0.output.1) số " })]
            })
    }
}
