import Access
import Components
import Hummingbird
import Kernel
import WebDesk

/// One's own second factor: set up, moved to another phone, recovery codes, turned off.
struct SecondFactorPage: Page {
    static let template: PageTemplate = "second-factor"

    let back: Frame.Link
    let state: String
    /// To make new recovery codes; nil before there is a second factor.
    let codes: FormModel?
    let codesLeft: String
    let setUpTitle: String
    let setUpOpen: Bool
    /// SVG made here.
    let picture: String
    let secret: String
    let setUp: FormModel
    /// Nil for roles that do not go without.
    let off: FormModel?
    let offOpen: Bool
}

/// Shown once, to be printed.
struct RecoveryCodesPage: Page {
    static let template: PageTemplate = "recovery-codes"

    let login: String
    let at: String
    let codes: [String]
    let next: Frame.Link
}

extension AccountPages {
    var secondFactorRoutes: [Route] {
        [
            .page(Addresses.ownSecondFactor, .member) { request in try await ownSecondFactorPage(request) },
            // Both answer with the page itself: the codes are told once and stored nowhere.
            .answeringForm(Addresses.turnOnSecondFactor, .member) { request in
                let codes = try await access.turnOnSecondFactor(
                    of: request.viewer, password: request.form.exact(AccountField.password),
                    code: request.form[AccountField.code], address: request.base.address,
                    browser: browser(request.base))
                return try recoveryCodesPage(codes, request)
            } again: { request, failure in
                try await ownSecondFactorPage(request, failure: failure)
            }.takingNumbers(in: AccountField.password, AccountField.code),
            .answeringForm(Addresses.renewRecoveryCodes, .member) { request in
                let codes = try await access.renewRecoveryCodes(
                    of: request.viewer, proof: request.form[AccountField.code], address: request.base.address,
                    browser: browser(request.base))
                return try recoveryCodesPage(codes, request)
            } again: { request, failure in
                try await ownSecondFactorPage(request, failure: failure)
            },
            .form(Addresses.changeSecondFactor, .member) { request in
                try await access.changeSecondFactor(
                    of: request.viewer, proof: request.form[AccountField.code], code: request.form[AccountField.new],
                    address: request.base.address, browser: browser(request.base))
                return Addresses.ownSecondFactor().telling(.secondFactorChanged)
            } again: { request, failure in
                try await ownSecondFactorPage(request, failure: failure)
            },
            .form(Addresses.turnOffSecondFactor, .member) { request in
                try await access.turnOffSecondFactor(
                    of: request.viewer, proof: request.form[AccountField.code], address: request.base.address,
                    browser: browser(request.base))
                return Addresses.ownSecondFactor().telling(.secondFactorOff)
            } again: { request, failure in
                try await ownSecondFactorPage(request, failure: failure)
            },
        ]
    }

    /// What the browser keeps from an earlier sign-in.
    func browser(_ request: OpenRequest) -> String? { desk.kept(Desk.browserCookie, in: request.request) }

    private func recoveryCodesPage(_ codes: [String], _ request: MemberRequest) throws -> Response {
        let model = RecoveryCodesPage(
            login: request.viewer.login, at: clock.now.vietnamese, codes: codes,
            next: Frame.Link("Đã cất các mã, về trang tài khoản", Addresses.ownAccount()))
        return try page("Mã dự phòng", model, for: request)
    }

    private static let proofHint = "Mã 6 chữ số hiện trên điện thoại, hoặc một mã dự phòng."
    private static let oldHint = "Điện thoại mất hoặc hỏng thì nhập một mã dự phòng."

    private func ownSecondFactorPage(
        _ request: MemberRequest, failure: FormModel.Failure? = nil
    ) async throws -> Response {
        let own = try await access.ownSecondFactor(of: request.viewer)
        let newCode = own.isOn ? "Mã 6 chữ số hiện trên điện thoại mới" : "Mã 6 chữ số hiện trên điện thoại"
        let setUp =
            own.isOn
            ? form(
                "doi-dien-thoai", Addresses.changeSecondFactor(), "Chuyển sang điện thoại mới",
                fields: [
                    Field(
                        AccountField.code, "Mã 6 chữ số hiện trên điện thoại đang dùng", hint: Self.oldHint,
                        autocomplete: "off"),
                    Field(AccountField.new, newCode, kind: .code, autocomplete: "one-time-code"),
                ], look: "secondary", for: request, failure: failure)
            : form(
                "bat", Addresses.turnOnSecondFactor(), "Bật lớp xác thực thứ hai",
                fields: [
                    Field(AccountField.password, "Mật khẩu", kind: .password, autocomplete: "current-password"),
                    Field(AccountField.code, newCode, kind: .code, autocomplete: "one-time-code"),
                ], for: request, failure: failure)
        let proof = Field(AccountField.code, "Mã xác thực", hint: Self.proofHint, autocomplete: "one-time-code")
        let address = own.fresh.provisioningURI(issuer: "Bao Phu", account: request.viewer.login)
        let model = SecondFactorPage(
            back: Frame.Link("Tài khoản của tôi", Addresses.ownAccount()),
            state: own.isOn
                ? "Đang bật: mỗi lần đăng nhập cần thêm mã trên điện thoại."
                : "Chưa bật. Bật lên thì người biết mật khẩu của bạn mà không có điện thoại không đăng nhập được.",
            codes: own.isOn
                ? form(
                    "ma-du-phong", Addresses.renewRecoveryCodes(), "Tạo bộ mã mới", fields: [proof], look: "secondary",
                    for: request, failure: failure) : nil,
            codesLeft: own.codesLeft == 0
                ? "Không còn mã nào. Hãy tạo bộ mã mới và in ra."
                : "Còn \(own.codesLeft) mã chưa dùng. Tạo bộ mới thì các mã cũ hết hiệu lực.",
            setUpTitle: own.isOn ? "Đổi điện thoại" : "Cài đặt trên điện thoại",
            setUpOpen: !own.isOn || failure?.form == "doi-dien-thoai",
            picture: QRCode.svg(address, label: "Mã QR để cài ứng dụng xác thực") ?? "", secret: own.fresh.base32,
            setUp: setUp,
            off: own.isOn && !own.isRequired
                ? form(
                    "tat", Addresses.turnOffSecondFactor(), "Tắt", fields: [proof], look: "warning", for: request,
                    failure: failure) : nil, offOpen: failure?.form == "tat")
        return try page("Lớp xác thực thứ hai", model, for: request)
    }
}
