import Access
import Components
import Hummingbird
import Kernel
import WebDesk

// The second step of coming in: a code of the phone, or a recovery code.
extension AccountPages {
    /// The person behind a session that waits for its second factor.
    private func halfSignedIn(_ request: OpenRequest) async throws -> (
        token: String, viewer: Viewer, stage: SessionStage
    )? {
        guard let (token, session) = try await desk.session(of: request.request), session.stage != .complete else {
            return nil
        }
        return (token, session.viewer, session.stage)
    }

    func secondFactorPage(_ request: OpenRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        guard let half = try await halfSignedIn(request) else {
            return .redirect(to: Addresses.home().text, type: .normal)
        }
        let back = destination(request.form[.back].isEmpty ? request.query[.back] : request.form[.back])
        let closed = half.stage == .enrolling ? nil : try await access.closedFactor(of: half.viewer)
        let recovers = closed != nil || !request.query[.recovery].isEmpty || !request.form[.recovery].isEmpty
        var model: FormPage
        if half.stage == .enrolling {
            let secret = try await access.enrolment(of: half.viewer)
            let address = secret.provisioningURI(issuer: "Bao Phu", account: half.viewer.login)
            model = FormPage(
                heading: "Cài đặt lớp xác thực thứ hai",
                intro:
                    "Vai trò của bạn xem được dữ liệu cần bảo vệ hoặc quyết định chỉ tiêu, nên mỗi lần đăng nhập cần thêm một mã trên điện thoại.",
                paragraphs: [
                    "1. Cài một ứng dụng xác thực trên điện thoại (loại tạo mã 6 chữ số theo thời gian).",
                    "2. Quét hình bên dưới, hoặc nhập tay dãy ký tự.", "3. Nhập mã 6 chữ số mà ứng dụng hiện ra.",
                ], form: codeForm(back, for: request, failure: failure),
                picture: QRCode.svg(address, label: "Mã QR để cài ứng dụng xác thực"), secret: secret.base32)
        } else if recovers {
            model = FormPage(
                heading: "Nhập mã dự phòng", intro: nil,
                paragraphs: [
                    closed
                        ?? "Một trong các mã đã in khi cài lớp xác thực thứ hai; mỗi mã dùng một lần. Không còn mã nào thì xin quản trị hệ thống một liên kết mới."
                ],
                form: visitorForm(
                    "ma", Addresses.secondFactor(), "Xác nhận",
                    [
                        Field(
                            AccountField.code, "Mã dự phòng", hint: "16 chữ, có hay không có gạch nối.",
                            autocomplete: "off")
                    ], hidden: [.init(QueryKey.back, back), .init(QueryKey.recovery, 1)], for: request,
                    failure: failure))
        } else {
            model = FormPage(
                heading: "Nhập mã xác thực", intro: nil, paragraphs: [],
                form: codeForm(back, for: request, failure: failure),
                links: [
                    Frame.Link(
                        "Mất điện thoại? Dùng mã dự phòng",
                        Addresses.secondFactor().with(.recovery, 1).with(.back, back))
                ])
        }
        var response = try page(model.heading, model)
        if failure != nil { response.status = .unprocessableContent }
        return response
    }

    private func codeForm(_ back: String, for request: OpenRequest, failure: FormModel.Failure?) -> FormModel {
        visitorForm(
            "ma", Addresses.secondFactor(), "Xác nhận",
            [
                Field(
                    AccountField.code, "Mã 6 chữ số", kind: .code,
                    hint: "Mở ứng dụng xác thực trên điện thoại để xem mã.",
                    autocomplete: "one-time-code")
            ], hidden: [.init(QueryKey.back, back)], for: request, failure: failure)
    }

    func confirmSecondFactor(_ request: OpenRequest) async throws -> Response {
        guard let half = try await halfSignedIn(request) else {
            return .redirect(to: Addresses.signIn().text, type: .normal)
        }
        do {
            let signedIn = try await access.confirm(
                code: request.form[AccountField.code], token: half.token, viewer: half.viewer, address: request.address,
                device: request.device, browser: browser(request))
            let next = destination(request.form[.back])
            guard !signedIn.recoveryCodes.isEmpty else { return entered(signedIn, then: next) }
            // Told once: the page itself is the answer.
            let model = RecoveryCodesPage(
                login: half.viewer.login, at: clock.now.vietnamese, codes: signedIn.recoveryCodes,
                next: Frame.Link("Đã cất các mã, tiếp tục", next))
            return keeping(signedIn, in: try page("Mã dự phòng", model))
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return try await secondFactorPage(request, failure: self.failure(refusal, request))
        }
    }
}
