import Documents
import Kernel
import PlanText

/// What papers cite as grounds: laws by name and day without number, everything else in full (Decree 30/2020/NĐ-CP, Annex I,
/// II.6.a), the plan's own bases among them.
extension DocumentService {
    /// The laws that templates ask for, by the key they have in the plan's data.
    private static let laws = [
        "local-government": (field: "lawLocalGovernment", name: "Luật Tổ chức chính quyền địa phương"),
        "social-insurance": (field: "lawSocialInsurance", name: "Luật Bảo hiểm xã hội"),
        "employment": (field: "lawEmployment", name: "Luật Việc làm"),
        "health-insurance": (field: "lawHealthInsurance", name: "Luật Bảo hiểm y tế"),
    ]

    /// `lawSocialInsurance`: “Luật Bảo hiểm xã hội ngày 29 tháng 6 năm 2024”; the day is left open where the plan's data have none.
    var lawFields: [String: String] {
        var fields: [String: String] = [:]
        for (key, law) in Self.laws {
            fields[law.field] =
                definition.laws.first { $0.key == key }.map(Self.citation)
                ?? "\(law.name) ngày \(DocumentTemplate.open)"
        }
        return fields
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
