import Access
import Components
import Kernel
import WebDesk
import Work

/// The day from which the system counts, on the page of the plan.
extension WorkPages {
    private static let countingForm = "ngay-bat-dau-tinh"

    var countingRoute: Route {
        .decision(Addresses.setCountingDay, .right(.setCountingDay)) { request, seen in
            try await work.setCountingDay(
                request.form[WorkField.day], reason: request.form[WorkField.reason], version: seen,
                by: request.submission)
            return Addresses.plan().telling(.saved)
        } again: { request, failure in
            try await planPage(request, failure: failure)
        }
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
                    Self.countingForm, Addresses.setCountingDay(), "Lưu",
                    fields: [
                        Field(
                            WorkField.day, "Tính quá hạn từ ngày",
                            hint:
                                "Ngày/tháng/năm, không sau hôm nay. Việc đến hạn trước ngày này không bị nhắc và không tính điểm."
                        ),
                        Field(WorkField.reason, "Lý do", kind: .area),
                    ], look: "secondary", version: request.revisions.version(of: .plan), for: request, failure: failure),
                open: failure?.form == Self.countingForm)
        ]
    }
}
