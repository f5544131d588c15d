import Access
import Components
import Kernel
import PlanText
import WebDesk
import Work

// The laws that papers cite, on the plan's page: where their days come from, and confirming those that nobody has held against
// the law itself.
extension WorkPages {
    static func key(of law: PlanDefinition.Law) -> String { "luat-\(law.key)" }

    func lawRow(_ law: PlanDefinition.Law, _ amendments: PlanAmendments) -> PlanPage.LawRow {
        let changed = law.amended.map(\.vietnamese)
        let isConfirmed = amendments.isConfirmed(law)
        let confirmed = isConfirmed ? amendments.lawDays[law.key] : nil
        let words: [String?] = [
            law.source, isConfirmed ? nil : law.doubt ?? "Chưa ghi nguồn của ngày này.",
            confirmed.map { "\($0.by) xác nhận ngày \($0.at.day.vietnamese): \($0.source)" },
        ]
        return PlanPage.LawRow(
            name: law.name,
            days: law.passed.vietnamese + (changed.isEmpty ? "" : "; sửa đổi \(changed.joined(separator: ", "))"),
            state: !isConfirmed
                ? Badge("cần xác nhận", look: "returned")
                : Badge(law.needsConfirming ? "đã xác nhận" : "có nguồn", look: "accepted"),
            words: words.compactMap(\.self).joined(separator: ". "))
    }

    func lawActions(
        _ amendments: PlanAmendments, _ request: MemberRequest, _ failure: FormModel.Failure?
    ) -> [FormPanel] {
        guard request.viewer.may(.completePlan, for: definition) else { return [] }
        return definition.laws.filter { !amendments.isConfirmed($0) }.map { law in
            let id = "xac-nhan-\(Self.key(of: law))"
            return .init(
                title: "Xác nhận ngày của \(law.name): \(lawRow(law, amendments).days)",
                form: form(
                    id, Addresses.completePlan(), "Xác nhận các ngày trên là đúng",
                    fields: [
                        Field(
                            WorkField.source, "Văn bản, trang đã đối chiếu",
                            hint: "Ngày sai thì báo người quản trị máy chủ sửa dữ liệu của Kế hoạch, không xác nhận.")
                    ], look: "secondary", version: request.revisions.version(of: .plan),
                    hidden: [.init(WorkField.key, Self.key(of: law))], for: request, failure: failure),
                open: failure?.form == id)
        }
    }
}
