import Access
import Components
import Hummingbird
import Kernel
import WebDesk
import Work

// The machine's clock, where it does not fit what is stored (docs/decisions/0045).
extension AccountPages {
    var clockRoutes: [Route] {
        [
            .page(Addresses.serverClock, .right(.manageAccounts)) { request in try await clockPage(request) },
            .form(Addresses.serverClock.asForm, .right(.manageAccounts)) { request in
                try await ClockConfirmation.confirm(
                    today: request.form[AccountField.day], by: request.submission, at: desk.clock.now,
                    in: access.store)
                return Addresses.serverClock().telling(.clockConfirmed)
            } again: { request, failure in
                try await clockPage(request, failure: failure)
            }.whateverTheClock(),
        ]
    }

    private func clockPage(_ request: MemberRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let now = desk.clock.now
        let heading = "Ngày giờ của máy chủ"
        let state = try await access.clockState()
        let words: String
        switch state.verdict(at: now) {
        case .sound:
            let sound = MessagePage(
                heading: heading,
                message: "Máy chủ ghi \(now.vietnamese), khớp với những gì đã lưu. Không cần làm gì.",
                links: [Frame.Link("Về trang đầu", Addresses.home())])
            return try page(heading, sound, for: request)
        case .ahead(let last):
            let days = last.day.days(to: now.day)
            words =
                "Dữ liệu được ghi lần cuối lúc \(last.vietnamese), cách đây \(days) ngày theo đồng hồ máy chủ: máy đã nghỉ lâu, hoặc đồng hồ sai."
        case .behind(let last):
            words =
                "Dữ liệu đã có mục ghi lúc \(last.vietnamese), sau giờ này: đồng hồ đang chậm, hoặc trước đây đã có lúc sai."
        }
        let form = form(
            "dong-ho", Addresses.serverClock(), "Xác nhận ngày giờ của máy chủ đúng",
            fields: [
                Field(
                    AccountField.day, "Hôm nay là ngày", hint: "Nhập theo lịch của bạn, ví dụ 05/10/2026.",
                    autocomplete: "off")
            ], for: request, failure: failure)
        let model = FormPage(
            heading: heading, intro: "Máy chủ đang ghi \(now.vietnamese). \(words)",
            paragraphs: [
                "Cho đến khi xác nhận, mọi người xem được nhưng hệ thống không lưu gì và không nhắc việc.",
                "Ngày giờ đúng thì xác nhận: hệ thống làm việc tiếp từ hôm nay; lời nhắc, phiên đăng nhập lỡ ghi vào ngày chưa tới bị bỏ; nhật ký ghi tên người xác nhận.",
                "Ngày giờ sai thì đừng xác nhận: báo người vận hành chỉnh giờ máy chủ. Giờ đúng trở lại là hệ thống tự làm việc tiếp.",
            ], form: form)
        return try page(heading, model, for: request)
    }
}
