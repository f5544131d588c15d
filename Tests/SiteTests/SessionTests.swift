import Access
import Database
import Foundation
import Kernel
import TestSupport
import Testing

/// Sessions and their cookies, the second factor, and where signing in leads.
@Suite
struct SessionTests {
    static func secret(on page: Page) -> OneTimePasswordSecret? {
        HTML.matches(#"<code class="mono">([A-Z2-7]+)</code>"#, in: page.text).first.flatMap {
            OneTimePasswordSecret(base32: $0[1])
        }
    }

    static func code(_ secret: OneTimePasswordSecret, _ harness: SiteHarness) -> String {
        secret.code(atStep: OneTimePasswordSecret.step(at: harness.clock.now.secondsSinceEpoch))
    }

    @Test
    func `who sees lists of people sets up a second factor and uses it from then on`() async throws {
        try await SiteHarness.run(flags: ["access.second-factor": "true"]) { harness in
            let officer = harness.browser()
            let entered = try await officer.signIn(
                "commune-officer", password: SiteHarness.password, from: "/dang-nhap?ve=/viec")
            #expect(entered.status == 303 && entered.location == "/dang-nhap/ma?ve=/viec")
            #expect(try await officer.get("/hom-nay").location.hasPrefix("/dang-nhap"), "half a session opens nothing")
            let enrolment = try await officer.get(entered.location)
            let secret = try #require(Self.secret(on: enrolment))
            #expect(enrolment.text.contains("class=\"qr\"") && enrolment.text.contains("Quét hình"))
            let wrong = try await officer.submit(try enrolment.form("ma"), ["code": "000000"])
            #expect(wrong.status == 422 && wrong.text.contains("Mã không đúng hoặc đã hết hạn"))
            #expect(Self.secret(on: wrong)?.base32 == secret.base32, "a mistake does not change the secret")
            let half = await officer.cookies["baophu_phien"]
            let right = try await officer.submit(try wrong.form("ma"), ["code": Self.code(secret, harness)])
            #expect(right.status == 200 && right.text.contains("chỉ hiện lần này") && right.links.contains("/viec"))
            let recovery = HTML.matches("<li>([A-Z2-9-]{19})</li>", in: right.text).map { $0[1] }
            #expect(Set(recovery).count == 10)
            #expect(await officer.cookies["baophu_phien"] != half, "the token changes with the stage")
            #expect(try await officer.get("/hom-nay").status == 200)
            try await officer.signOut()

            _ = try await officer.signIn("commune-officer", password: SiteHarness.password)
            let asked = try await officer.get("/dang-nhap/ma")
            #expect(Self.secret(on: asked) == nil && !asked.text.contains("class=\"qr\""))
            let replayed = try await officer.submit(try asked.form("ma"), ["code": Self.code(secret, harness)])
            #expect(replayed.status == 422, "a code opens one session only")
            harness.clock.advance(seconds: 30)
            let next = try await officer.submit(try asked.form("ma"), ["code": Self.code(secret, harness)])
            #expect(next.status == 303 && next.location == "/")
            #expect(try await officer.get("/hom-nay").status == 200)
            try await officer.signOut()

            // The phone is lost.
            _ = try await officer.signIn("commune-officer", password: SiteHarness.password)
            let link = try #require(
                try await officer.get("/dang-nhap/ma?ve=/lich").links.first { $0.contains("du-phong=1") })
            let page = try await officer.get(link)
            let used = try await officer.submit(try page.form("ma"), ["code": recovery[0].lowercased()])
            #expect(used.status == 303 && used.location == "/lich")
            let own = try await officer.get("/tai-khoan/xac-thuc")
            #expect(own.text.contains("Còn 9 mã chưa dùng"))
            #expect(!own.forms().contains { $0.id == "tat" }, "the role does not go without")
        }
    }

    @Test
    func `the second factor is asked of administrators and of those who see lists of people or decide targets`()
        async throws
    {
        let asked: Set<Role> = [
            .analyst, .insuranceProvince, .insuranceBase, .communeLeader, .communeOfficer, .inspector, .administrator,
        ]
        try await SiteHarness.run(flags: ["access.second-factor": "true"]) { harness in
            for role in Role.allCases {
                let page = try await harness.browser().signIn(role.rawValue, password: SiteHarness.password)
                #expect(page.location.hasPrefix("/dang-nhap/ma") == asked.contains(role), "\(role)")
            }
        }
    }

    @Test
    func `whoever likes turns a second factor on, prints its codes and turns it off again`() async throws {
        try await SiteHarness.run { harness in
            let leader = try await harness.browser(as: .leader)
            #expect(try await leader.get("/tai-khoan").links.contains("/tai-khoan/xac-thuc"))
            let page = try await leader.get("/tai-khoan/xac-thuc")
            let secret = try #require(Self.secret(on: page))
            let empty = try await leader.submit(try page.form("bat"), ["password": "", "code": ""])
            #expect(empty.status == 422 && empty.text.contains("Hãy nhập mật khẩu."))
            let wrong = try await leader.submit(
                try page.form("bat"), ["password": SiteHarness.password, "code": "000000"])
            #expect(wrong.status == 422 && wrong.text.contains("Mã hiện trên điện thoại vừa quét không đúng"))
            let number = try await leader.submit(
                try page.form("bat"), ["password": "số của tôi 0912345678", "code": "000000"])
            #expect(number.status == 422 && !number.text.contains("0912345678"), "a password is never sent back")
            let on = try await leader.submit(
                try page.form("bat"), ["password": SiteHarness.password, "code": Self.code(secret, harness)])
            #expect(on.status == 200 && on.text.contains("Mã dự phòng") && on.text.contains("data-print"))
            #expect(
                try await harness.browser().signIn("leader", password: SiteHarness.password).location
                    == "/dang-nhap/ma?ve=/")

            harness.clock.advance(seconds: 30)
            let form = try await leader.get("/tai-khoan/xac-thuc").form("ma-du-phong")
            let anew = try await leader.submit(form, ["code": Self.code(secret, harness)])
            #expect(anew.status == 200 && anew.text.contains("Các mã tạo trước đã hết hiệu lực"))
            harness.clock.advance(seconds: 30)
            let off = try await leader.submit(
                try await leader.get("/tai-khoan/xac-thuc").form("tat"), ["code": Self.code(secret, harness)])
            #expect(off.status == 303)
            #expect(try await leader.get(off.location).text.contains("Đã tắt lớp xác thực thứ hai"))
            #expect(try await harness.browser().signIn("leader", password: SiteHarness.password).location == "/")
            let told = try await leader.get("/thong-bao")
            #expect(
                told.text.contains("đã bật lớp xác thực thứ hai") && told.text.contains("đã tắt lớp xác thực thứ hai"))
        }
    }

    @Test
    func `open sessions are listed by their device and each can be ended`() async throws {
        try await SiteHarness.run { harness in
            let hostile = "Trình duyệt <script>alert(1)</script>"
            let (here, there) = (harness.browser("Máy cơ quan"), harness.browser(hostile))
            for browser in [here, there] { _ = try await browser.signIn("analyst", password: SiteHarness.password) }
            let page = try await here.get("/tai-khoan")
            #expect(page.text.contains("Máy cơ quan") && page.text.contains("(phiên này)"))
            #expect(page.text.contains("Trình duyệt &lt;script&gt;") && !page.text.contains("<script>alert"))
            let ends = page.forms().filter { $0.id.hasPrefix("phien-") }
            #expect(ends.count == 1, "one's own session is ended by signing out")
            let ended = try await here.submit(try #require(ends.first))
            #expect(ended.status == 303)
            #expect(try await here.get(ended.location).text.contains("Đã kết thúc phiên đăng nhập đó"))
            #expect(try await there.get("/hom-nay").location.hasPrefix("/dang-nhap"))
            #expect(try await here.get("/hom-nay").status == 200)
            #expect(try await here.submit(try #require(ends.first)).status == 404, "it is over already")
        }
    }

    @Test
    func `a new password ends the other sessions and the old password`() async throws {
        try await SiteHarness.run { harness in
            let (here, there) = (try await harness.browser(as: .analyst), try await harness.browser(as: .analyst))
            let form = try await here.get("/tai-khoan").form("mat-khau")
            let new = "một câu mới hoàn toàn"
            let wrong = try await here.submit(form, ["old": "không phải thế", "new": new, "again": new])
            #expect(wrong.status == 422 && wrong.text.contains("Mật khẩu hiện tại không đúng."))
            let right = try await here.submit(form, ["old": SiteHarness.password, "new": new, "again": new])
            #expect(right.status == 303 && right.location == "/tai-khoan?xong=mat-khau")
            #expect(try await here.get("/hom-nay").status == 200)
            #expect(try await there.get("/hom-nay").location.hasPrefix("/dang-nhap"))
            #expect(try await there.signIn("analyst", password: SiteHarness.password).status == 422)
            #expect(try await there.signIn("analyst", password: new).status == 303)
        }
    }

    /// Set before passwords were asked for more.
    @Test
    func `a weak password still lets in, to the page where it is changed`() async throws {
        try await SiteHarness.run { harness in
            let officer = AccountDraft(
                login: "can-bo-cu", name: "Cán Bộ Cũ", role: .communeOfficer,
                communes: [try #require(CommuneCode(SiteHarness.commune))])
            _ = try await harness.access.createActive(officer, password: "haiphong99", by: .system)
            let browser = harness.browser()
            let entered = try await browser.signIn("can-bo-cu", password: "haiphong99", from: "/dang-nhap?ve=/viec")
            #expect(entered.status == 303 && entered.location == "/tai-khoan?xong=doi-mat-khau")
            let page = try await browser.get(entered.location)
            #expect(page.text.contains("ngắn hoặc dễ đoán hơn mức yêu cầu hiện nay"))
            #expect(try await browser.get("/viec").status == 200, "it is a request, not a gate")
        }
    }

    @Test
    func `a session left alone for an hour is over`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            harness.clock.advance(seconds: 3_599)
            let page = try await browser.get("/hom-nay")
            #expect(page.status == 200)
            harness.clock.advance(seconds: 3_600)
            #expect(try await browser.get("/viec?nam=2027").location == "/dang-nhap?ve=/viec%3Fnam%3D2027")
            let sent = try await browser.post("/dang-xuat", [("_csrf", try page.csrf())])
            #expect(sent.location == "/dang-nhap?het-phien=1")
            let told = try await browser.get(sent.location)
            #expect(told.text.contains("Phiên làm việc đã kết thúc nên biểu mẫu chưa được nhận."))
        }
    }

    @Test
    func `a session in use ends after twelve hours all the same`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            for _ in 1...23 {
                harness.clock.advance(seconds: 1_800)
                #expect(try await browser.get("/hom-nay").status == 200)
            }
            harness.clock.advance(seconds: 1_800)
            #expect(try await browser.get("/hom-nay").status == 303)
        }
    }

    /// Browsers take `\` for `/` in an address and leave tabs and line ends out of it.
    @Test
    func `signing in leads to pages of ours only`() async throws {
        try await SiteHarness.run { harness in
            for target in [
                "//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
                "/\t/evil.example", "/\n/evil.example", "evil.example",
            ] {
                let visitor = harness.browser()
                let page = try await visitor.get("/dang-nhap?ve=\(Browser.encoded(target))")
                #expect(try page.form("dang-nhap").hidden("ve") == "/", "\(target.debugDescription)")
                let form = try page.form("dang-nhap").replacing("ve", with: target)
                let entered = try await visitor.submit(form, ["login": "analyst", "password": SiteHarness.password])
                #expect(entered.status == 303 && entered.location == "/", "\(target.debugDescription)")
            }
        }
    }

    @Test
    func `signing in leads back to the page that was asked for`() async throws {
        try await SiteHarness.run { harness in
            let visitor = harness.browser()
            let asked = try await visitor.get("/viec?nam=2027&trang-thai=dang-lam")
            let entered = try await visitor.signIn("analyst", password: SiteHarness.password, from: asked.location)
            #expect(entered.location == "/viec?nam=2027&trang-thai=dang-lam")
        }
    }

    @Test(arguments: [false, true])
    func `cookies are out of reach of scripts and other sites, and secure under https`(https: Bool) async throws {
        let flags = https ? ["http.public-url": "https://bao-phu.example"] : [:]
        try await SiteHarness.run(flags: flags) { harness in
            let browser = harness.browser()
            let door = try await browser.get("/dang-nhap")
            let entered = try await browser.signIn("analyst", password: SiteHarness.password)
            let cookies = door.headerValues("set-cookie") + entered.headerValues("set-cookie")
            let names = ["baophu_khach", "baophu_phien", "baophu_may"].map { https ? "__Host-\($0)" : $0 }
            #expect(Set(cookies.map { String($0.prefix { $0 != "=" }) }) == Set(names))
            for cookie in cookies {
                #expect(
                    cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/"))
                #expect(cookie.contains("; Secure") == https, "\(cookie)")
                #expect(!cookie.contains("; Domain="))
            }
            #expect((door.header("strict-transport-security") != nil) == https)
        }
    }

    /// A session must not be lost by the update that gave cookies their prefix; one that began after it is not taken from a
    /// cookie that a neighbour under the same domain could have set.
    @Test
    func `under https a session from before comes over to the new cookie, a later one never by the old name`()
        async throws
    {
        try await SiteHarness.run(flags: ["http.public-url": "https://bao-phu.example"]) { harness in
            let browser = try await harness.browser(as: .analyst)
            let token = try #require(await browser.cookies["__Host-baophu_phien"])
            let planted = harness.browser()
            await planted.set(cookie: "baophu_phien", to: token)
            #expect(try await planted.get("/hom-nay").location.hasPrefix("/dang-nhap"))

            try await harness.store.write { _ = try $0.execute("UPDATE session SET plain_cookie = 1") }
            let page = try await planted.get("/hom-nay")
            #expect(page.status == 200)
            #expect(await planted.cookies["__Host-baophu_phien"] == token)
            #expect(await planted.cookies["baophu_phien"] == "")
            #expect(try await planted.get("/hom-nay").headerValues("set-cookie").isEmpty)
        }
    }
}
