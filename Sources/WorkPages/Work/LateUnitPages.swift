import Access
import Components
import Hummingbird
import Kernel
import PlanText
import WebDesk
import Work

struct LateUnitsPage: Page {
    static let template: PageTemplate = "late-units"

    struct Row: Sendable {
        let unit: String
        let name: String
        let address: String
        let count: String
        let days: String
        let work: String
        let told: String?
        let ticked: Bool
    }

    let lead: String
    let empty: Bool
    let rows: [Row]
    /// The same as one paper to all of them; nil for whom papers are not made here.
    let paper: Frame.Link?
    let action: String
    let hidden: [FormModel.Hidden]
    let problems: [String]
    let hasProblems: Bool
    let typedNote: String
    /// Asked for where the note seems to hold somebody's number.
    let confirm: Field?
    /// For a group of messages: a line for each unit.
    let message: String
    let script: String
}

extension LateUnitsPage {
    static let sample = LateUnitsPage(
        lead: "Nội dung", empty: true,
        rows: [
            .init(
                unit: "11413", name: "UBND phường An Biên", address: "/dia-chi", count: "3", days: "12",
                work: "Nội dung", told: "Nội dung", ticked: true)
        ], paper: .sample, action: "/dia-chi", hidden: [.sample], problems: ["Nội dung"], hasProblems: true,
        typedNote: "Nội dung", confirm: .sample, message: "Nội dung", script: "/dia-chi")
}

/// Everybody who is late, reminded at once: one notice for each unit with all it owes, one paper, or one text to copy.
extension WorkPages {
    private static let lateLetter = "cong-van-don-doc"
    private static let lateForm = "nhac"

    var lateUnitRoutes: [Route] {
        [
            .page(Addresses.lateUnits, .right(.review)) { request in try await lateUnitsPage(request) },
            .form(Addresses.remindLateUnits, .right(.review)) { request in
                try await work.remind(
                    Set(request.form.all(WorkField.lead).compactMap { UnitCode($0) }),
                    note: request.form[WorkField.note], by: request.submission)
                return Addresses.lateUnits().telling(.remindedLate)
            } again: { request, failure in
                try await lateUnitsPage(request, failure: failure)
            },
        ]
    }

    private func lateUnitsPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let today = today
        let late = try await work.lateUnits(for: request.viewer)
        let count = late.reduce(0) { $0 + $1.items.count }
        let failed = failure?.taken(by: Self.lateForm)
        let chosen = Set(request.form.all(WorkField.lead))
        let list = Addresses.workList().with(.year, WorkAddress.everyYear).with(.status, WorkStatus.late.slug)
        let model = LateUnitsPage(
            lead:
                "\(VietnameseText.grouped(count)) việc quá hạn của \(late.count) đơn vị, tính đến \(today.vietnamese).",
            empty: late.isEmpty,
            rows: late.map { unit in
                .init(
                    unit: unit.unit.text, name: definition.name(of: unit.unit),
                    address: list.with(.unit, unit.unit).text, count: VietnameseText.grouped(unit.items.count),
                    days: unit.items.compactMap { $0.due?.days(to: today) }.max().map { VietnameseText.grouped($0) }
                        ?? "",
                    work: work.words(of: unit, most: 4), told: unit.isRemindedToday ? "đã nhắc hôm nay" : nil,
                    ticked: failed == nil ? !unit.isRemindedToday : chosen.contains(unit.unit.text))
            },
            paper: hasDocuments && request.viewer.may(.completePlan, for: definition)
                ? Frame.Link("Soạn công văn đôn đốc kèm danh mục", Addresses.newDocument(Self.lateLetter)) : nil,
            action: Addresses.remindLateUnits().text,
            hidden: [
                .init(name: "_csrf", value: request.formToken), .init(name: "_mark", value: desk.mark()),
                .init(name: "_name", value: Self.lateForm),
            ], problems: failed?.problems.map(\.message) ?? [], hasProblems: failed != nil,
            typedNote: failed?.values[WorkField.note.rawValue] ?? "",
            confirm: failed.flatMap { Field(confirming: $0, in: Self.lateForm) },
            message: late.map { "- \(definition.name(of: $0.unit)): \(work.words(of: $0, most: 3))" }
                .joined(separator: "\n"), script: desk.address(ofAsset: "phim-tat.js"))
        return try page("Nhắc đơn vị chậm", model, for: request)
    }
}
