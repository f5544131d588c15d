import Access
import Components
import Hummingbird
import Kernel
import WebDesk

// Coming in: invitation, password, second factor.
extension AccountPages {
    var entranceRoutes: [Route] {
        [
            .open(Addresses.signIn) { request in
                if try await member(request) != nil { return .redirect(to: Addresses.home().text, type: .normal) }
                return try signInPage(request)
            },
            .openForm(Addresses.signIn.asForm) { request in try await signIn(request) }.whateverTheClock(),
            .open(Addresses.secondFactor) { request in try await secondFactorPage(request) },
            .openForm(Addresses.secondFactor.asForm) { request in try await confirmSecondFactor(request) }
                .whateverTheClock(),
            .open(Addresses.invitation) { request in try await invitationPage(request) },
            .openForm(Addresses.invitation.asForm) { request in try await acceptInvitation(request) }
                .whateverTheClock(),
            .answeringForm(Addresses.signOut, .member) { request in
                try await access.signOut(token: request.token, address: request.base.address)
                return Desk.clearing(.redirect(to: Addresses.signIn().text, type: .normal))
            } again: { request, _ in
                .redirect(to: request.base.path, type: .normal)
            }.whateverTheClock(),
        ]
    }

    func visitorForm(
        _ id: String, _ action: Address, _ submit: String, _ fields: [Field], hidden: [FormModel.Hidden] = [],
        for request: OpenRequest, failure: FormModel.Failure?
    ) -> FormModel {
        FormModel(
            id: id, action: action.text, fields: fields, submit: submit, csrf: request.visitorToken, mark: desk.mark(),
            hidden: hidden,
            failure: failure)
    }

    func failure(_ refusal: Refusal, _ request: OpenRequest) -> FormModel.Failure {
        let problems =
            refusal.fields.isEmpty ? [("", refusal.message)] : refusal.fields.map { ($0.field, $0.message) }
        return FormModel.Failure(form: request.form.name, values: request.form.typed, problems: problems)
    }

    /// Only paths of our own are gone back to.
    func destination(_ text: String) -> String {
        OwnPath.checked(text) ?? Addresses.home().text
    }

    // MARK: Password

    private func signInPage(_ request: OpenRequest, failure: FormModel.Failure? = nil) throws -> Response {
        let back = destination(request.form[.back].isEmpty ? request.query[.back] : request.form[.back])
        let form = visitorForm(
            "dang-nhap", Addresses.signIn(), "Đăng nhập",
            [
                Field(AccountField.login, "Tên đăng nhập", autocomplete: "username"),
                Field(AccountField.password, "Mật khẩu", kind: .password, autocomplete: "current-password"),
            ], hidden: [.init(QueryKey.back, back)], for: request, failure: failure)
        let model = FormPage(
            heading: "Đăng nhập",
            intro: request.query[.sessionEnded].isEmpty
                ? nil : "Phiên làm việc đã kết thúc nên biểu mẫu chưa được nhận. Hãy đăng nhập rồi gửi lại.",
            paragraphs: [
                "Chưa có tài khoản hoặc quên mật khẩu? Hãy xin quản trị hệ thống của cơ quan một liên kết mời."
            ],
            form: form)
        var response = try page("Đăng nhập", model)
        if failure != nil { response.status = .unprocessableContent }
        return response
    }

    private func signIn(_ request: OpenRequest) async throws -> Response {
        do {
            let signedIn = try await access.signIn(
                login: request.form[AccountField.login], password: request.form.exact(AccountField.password),
                address: request.address, device: request.device, browser: browser(request))
            // Taken as it is, but its holder begins at the page where it is changed.
            let changing = Addresses.ownAccount().telling(.passwordWeak).text
            return entered(signedIn, then: signedIn.hasWeakPassword ? changing : destination(request.form[.back]))
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return try signInPage(request, failure: failure(refusal, request))
        }
    }

    func entered(_ signedIn: SignedIn, then destination: String) -> Response {
        let next = signedIn.stage == .complete ? destination : Addresses.secondFactor().with(.back, destination).text
        return keeping(signedIn, in: .redirect(to: next, type: .normal))
    }

    /// An answer with the cookies of a sign-in.
    func keeping(_ signedIn: SignedIn, in answer: Response) -> Response {
        var response = answer
        response.setCookie(desk.cookie(Desk.sessionCookie, signedIn.token))
        if let browser = signedIn.browser {
            response.setCookie(
                desk.cookie(Desk.browserCookie, browser, maxAge: Int(access.policy.browserSeconds)))
        }
        return response
    }

    // MARK: Invitation

    private func invitationPage(_ request: OpenRequest, failure: FormModel.Failure? = nil) async throws -> Response {
        let token = request.parameter("token")
        let account = try await access.invitee(token: token)
        let form = visitorForm(
            "loi-moi", Addresses.invitation(token), "Kích hoạt tài khoản",
            [
                Field(
                    AccountField.login, "Tên đăng nhập", kind: .fixed, value: account.login, autocomplete: "username"),
                Field(AccountField.name, "Họ và tên", value: account.name, autocomplete: "name"),
                Field(
                    AccountField.password, "Mật khẩu mới", kind: .password,
                    hint:
                        "Ít nhất \(access.policy.shortestPassword) ký tự. Một câu ngắn dễ nhớ là tốt nhất; không bắt buộc ký tự đặc biệt, không nhận từ, tên quen thuộc.",
                    autocomplete: "new-password"),
                Field(AccountField.again, "Nhập lại mật khẩu", kind: .password, autocomplete: "new-password"),
            ], for: request, failure: failure)
        let model = FormPage(
            heading: "Kích hoạt tài khoản", intro: nil,
            paragraphs: ["Vai trò: \(account.role.title).", "Liên kết này chỉ dùng được một lần."], form: form)
        var response = try page("Kích hoạt tài khoản", model)
        if failure != nil { response.status = .unprocessableContent }
        return response
    }

    private func acceptInvitation(_ request: OpenRequest) async throws -> Response {
        do {
            guard request.form.exact(AccountField.password) == request.form.exact(AccountField.again) else {
                throw Refusal(fields: [.init(AccountField.again, "Hai lần nhập mật khẩu không giống nhau.")])
            }
            let signedIn = try await access.accept(
                token: request.parameter("token"), name: request.form[AccountField.name],
                password: request.form.exact(AccountField.password),
                address: request.address, device: request.device, browser: browser(request))
            return entered(signedIn, then: Addresses.home().text)
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return try await invitationPage(request, failure: failure(refusal, request))
        }
    }
}
