import Access
import Components
import Hummingbird
import Kernel
import PlanText
import WebDesk
import Work

/// Another day from which the system counts, with what it changes, before it is kept.
struct CountingPreviewPage: Page {
    static let template: PageTemplate = "counting-preview"

    struct Row: Sendable {
        let task: Frame.Link
        let text: String
        let pieces: String
        let leads: String
        let dues: String
    }

    struct Group: Sendable {
        let heading: String
        let rows: [Row]
    }

    let back: Frame.Link
    let facts: [Fact]
    let verdict: String
    let groups: [Group]
    let keep: FormModel
}

/// The day from which the system counts, on the page of the plan.
extension WorkPages {
    private static let countingForm = "ngay-bat-dau-tinh"

    var countingRoutes: [Route] {
        let again: @Sendable (MemberRequest, FormModel.Failure) async throws -> Response = { request, failure in
            try await planPage(request, failure: failure)
        }
        return [
            .answeringForm(Addresses.previewCountingDay, .right(.setCountingDay)) { request in
                try await countingPreviewPage(request)
            } again: { request, failure in
                try await again(request, failure)
            },
            .decision(Addresses.setCountingDay, .right(.setCountingDay)) { request, seen in
                try await work.setCountingDay(
                    request.form[WorkField.day], reason: request.form[WorkField.reason], version: seen,
                    by: request.submission)
                return Addresses.plan().telling(.planCompleted)
            } again: { request, failure in
                try await again(request, failure)
            },
        ]
    }

    func countingFact(_ counting: CountingDay?) -> Fact {
        Fact(
            label: "Tính quá hạn từ",
            value: counting.map { counting in
                "\(counting.day.vietnamese). Việc đến hạn trước ngày này là “trước khi đưa vào sử dụng”, không tính quá hạn. "
                    + "\(counting.reason) (\(counting.by), \(counting.at.day.vietnamese))."
            } ?? "ngày kế hoạch bắt đầu áp dụng", address: nil)
    }

    func countingActions(_ request: MemberRequest, _ failure: FormModel.Failure?) -> [FormPanel] {
        guard request.viewer.may(.setCountingDay) else { return [] }
        return [
            FormPanel(
                title: "Sửa ngày bắt đầu tính quá hạn",
                form: form(
                    Self.countingForm, Addresses.previewCountingDay(), "Xem những gì thay đổi",
                    fields: [
                        Field(
                            WorkField.day, "Tính quá hạn từ ngày",
                            hint:
                                "Ngày/tháng/năm, không sau hôm nay. Việc đến hạn trước ngày này không bị nhắc và không tính điểm."
                        ),
                        Field(WorkField.reason, "Lý do", kind: .area),
                    ], look: "secondary", for: request, failure: failure),
                open: failure?.form == Self.countingForm)
        ]
    }

    private func countingPreviewPage(_ request: MemberRequest) async throws -> Response {
        let (day, reason) = (request.form[WorkField.day], request.form[WorkField.reason])
        let preview = try await work.previewCountingDay(day, reason: reason, for: request.viewer)
        let (late, free) = (preview.becomingLate, preview.lateNoMore)
        func count(_ lines: [CountingPreview.Line]) -> String {
            VietnameseText.grouped(CountingPreview.pieces(lines))
        }
        let changes = [
            late.isEmpty ? nil : "\(count(late)) việc thành quá hạn",
            free.isEmpty ? nil : "\(count(free)) việc không còn quá hạn",
        ].compactMap { $0 }
        let model = CountingPreviewPage(
            back: Frame.Link("Kế hoạch", Addresses.plan()),
            facts: [
                Fact(
                    label: "Hiện nay tính từ", value: preview.before?.vietnamese ?? "ngày kế hoạch bắt đầu áp dụng",
                    address: nil),
                Fact(label: "Sẽ tính từ", value: preview.after.vietnamese, address: nil),
                Fact(label: "Lý do", value: reason, address: nil),
            ],
            verdict: changes.isEmpty
                ? "Chưa lưu gì. Ngày này không làm thay đổi việc nào."
                : "Chưa lưu gì. Khi áp dụng: \(changes.joined(separator: ", ")).",
            groups: [
                ("Thành quá hạn: đơn vị được nhắc từ hôm sau", late),
                ("Không còn quá hạn, thành “trước khi đưa vào sử dụng”", free),
            ].filter { !$0.1.isEmpty }.map { heading, lines in
                .init(heading: heading, rows: lines.map(row))
            },
            keep: form(
                "ap-dung-ngay", Addresses.setCountingDay(), "Áp dụng ngày này",
                version: request.revisions.version(of: .plan),
                hidden: [.init(WorkField.day, preview.after.vietnamese), .init(WorkField.reason, reason)], for: request)
        )
        return try page("Xem trước ngày bắt đầu tính quá hạn", model, for: request)
    }

    private func row(_ line: CountingPreview.Line) -> CountingPreviewPage.Row {
        .init(
            task: Frame.Link(line.task, Addresses.task(line.task)), text: definition.task(line.task)?.text ?? "",
            pieces: VietnameseText.grouped(line.pieces), leads: VietnameseText.grouped(line.leads),
            dues: line.firstDue == line.lastDue
                ? line.firstDue.vietnamese : "\(line.firstDue.vietnamese) – \(line.lastDue.vietnamese)")
    }
}
