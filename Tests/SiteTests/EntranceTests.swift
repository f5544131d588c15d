import Access
import Database
import Foundation
import Kernel
import TestSupport
import Testing

/// Coming in: invitation, password, throttling, leaving.
@Suite
struct EntranceTests {
    static let password = "con mèo vàng ngủ trưa"

    /// Invites through the administrator's page and answers the address of the link.
    static func invite(_ harness: SiteHarness, login: String = "can-bo-moi") async throws -> String {
        let administrator = try await harness.browser(as: .administrator)
        let form = try await administrator.get("/quan-tri/tai-khoan").form("moi")
        let page = try await administrator.submit(
            form, ["login": login, "name": "Cán Bộ Mới", "role": "commune-officer", "communes": "10507"])
        #expect(page.status == 200)
        let link = HTML.matches(#"id="lien-ket-moi">http://127\.0\.0\.1:8080(/loi-moi/[A-Za-z0-9_-]+)<"#, in: page.text)
        let again = try await administrator.get("/quan-tri/tai-khoan")
        #expect(!again.text.contains("/loi-moi/"), "the link is told once")
        #expect(again.text.contains(login) && again.text.contains("Đã mời, chưa kích hoạt"))
        return try #require(link.first?[1])
    }

    @Test
    func `where no key opens what a phone's code is held to, the page asks for a recovery code at once`() async throws {
        try await SiteHarness.run { harness in
            let now = harness.clock.now
            try await harness.store.write { connection in
                _ = try connection.execute(
                    "UPDATE account SET one_time_secret = 'v1.lost.AAAA', one_time_confirmed_at = ? WHERE login = ?",
                    now, Role.communeOfficer.rawValue)
            }
            let browser = harness.browser()
            let entered = try await browser.signIn(Role.communeOfficer.rawValue, password: SiteHarness.password)
            #expect(entered.status == 303 && entered.location.contains("/dang-nhap/ma"))
            let page = try await browser.get(entered.location)
            #expect(page.status == 200 && page.text.contains("Nhập mã dự phòng"))
            #expect(page.text.contains("Máy chủ không còn khóa") && !page.text.contains("Mã 6 chữ số"))
            let refused = try await browser.submit(try page.form("ma"), ["code": "123456"])
            #expect(refused.status == 422 && refused.text.contains("Nhập mã dự phòng"))
        }
    }

    @Test
    func `an invitation shows its rules, is taken up once and brings its person in`() async throws {
        try await SiteHarness.run { harness in
            let link = try await Self.invite(harness)
            let newcomer = harness.browser()
            let page = try await newcomer.get(link)
            #expect(page.status == 200 && page.text.contains("value=\"can-bo-moi\""))
            #expect(page.text.contains("Ít nhất 12 ký tự") && page.text.contains("Cán bộ UBND cấp xã"))
            let form = try page.form("loi-moi")
            for (password, again, reason) in [
                ("tre xanh", "tre xanh", "Mật khẩu cần ít nhất 12 ký tự"),
                ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "quá dễ đoán"),
                ("matkhau-2026", "matkhau-2026", "quá dễ đoán"),
                (Self.password, "khác hẳn như thế", "Hai lần nhập mật khẩu không giống nhau"),
            ] {
                let refused = try await newcomer.submit(
                    form, ["name": "Cán Bộ Mới", "password": password, "again": again])
                #expect(refused.status == 422 && refused.text.contains(reason), "\(password)")
                #expect(!refused.text.contains(password), "a password is never sent back")
            }
            let taken = try await newcomer.submit(
                form, ["name": "Cán Bộ Mới", "password": Self.password, "again": Self.password])
            #expect(taken.status == 303 && taken.location == "/")
            #expect(try await newcomer.get("/", following: true).text.contains("Cán Bộ Mới"))

            let used = try await harness.browser().get(link)
            #expect(used.status == 410 && used.text.contains("đã được dùng"))
            let late = try await newcomer.submit(
                form, ["name": "Kẻ Khác", "password": Self.password, "again": Self.password])
            #expect(late.status == 410)
            _ = try await harness.browser(as: "can-bo-moi", password: Self.password)
        }
    }

    @Test
    func `an unknown and an expired invitation each say what to do`() async throws {
        try await SiteHarness.run { harness in
            let link = try await Self.invite(harness)
            let unknown = try await harness.browser().get(link + "x")
            #expect(unknown.status == 404 && unknown.text.contains("Liên kết mời không đúng"))
            harness.clock.advance(seconds: 3 * 86_400 - 1)
            #expect(try await harness.browser().get(link).status == 200)
            harness.clock.advance(seconds: 1)
            let expired = try await harness.browser().get(link)
            #expect(expired.status == 410 && expired.text.contains("Liên kết mời đã hết hạn lúc 09:00 ngày 26/11/2026"))
            #expect(expired.text.contains("Hãy xin quản trị liên kết mới"))
        }
    }

    @Test
    func `a wrong password is refused in the same words whoever it is tried on`() async throws {
        try await SiteHarness.run { harness in
            let visitor = harness.browser()
            var answers: [String] = []
            for login in ["analyst", "khong-co-ai"] {
                let page = try await visitor.signIn(login, password: "sai mật khẩu rồi")
                #expect(page.status == 422 && page.text.contains("Tên đăng nhập hoặc mật khẩu không đúng."))
                let form = try page.form("dang-nhap")
                #expect(form.html.contains("value=\"\(login)\"") && !page.text.contains("sai mật khẩu rồi"))
                answers.append(
                    [login, form.hidden("_mark") ?? ""].reduce(page.text) { $0.replacingOccurrences(of: $1, with: "?") }
                )
            }
            #expect(answers[0] == answers[1])
            #expect(await visitor.cookies["baophu_phien"] == nil)
        }
    }

    @Test
    func `signing out ends the session for whoever kept its cookie`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            #expect(try await browser.get("/dang-nhap").location == "/")
            #expect(try await browser.get("/").location == "/hom-nay")
            let out = try await browser.signOut()
            #expect(out.status == 303 && out.location == "/dang-nhap")
            #expect(out.header("clear-site-data") == "\"cache\", \"storage\"")
            let page = try await browser.get("/hom-nay")
            #expect(page.status == 303 && page.location == "/dang-nhap?ve=/hom-nay")
        }
    }

    @Test
    func `five failures make an account wait at that address, and its known browser not`() async throws {
        try await SiteHarness.run { harness in
            let known = try await harness.browser(as: .analyst)
            try await known.signOut()
            let visitor = harness.browser()
            for _ in 1...5 {
                #expect(try await visitor.signIn("analyst", password: "sai mật khẩu rồi").status == 422)
            }
            let right = try await visitor.signIn("analyst", password: SiteHarness.password)
            #expect(right.status == 429 && right.text.contains("Đã thử sai nhiều lần. Hãy đợi 30 giây"))
            #expect(right.header("retry-after") == "30")
            #expect(try await visitor.signIn("leader", password: SiteHarness.password).status == 303)
            #expect(try await known.signIn("analyst", password: SiteHarness.password).status == 303)
            harness.clock.advance(seconds: 30)
            #expect(try await harness.browser().signIn("analyst", password: SiteHarness.password).status == 303)
        }
    }

    @Test
    func `too many forms in a minute from one address are put off`() async throws {
        try await SiteHarness.run(flags: ["http.forms-per-minute": "10"]) { harness in
            let visitor = harness.browser()
            let answers = try await (1...12).asyncMap { _ in try await visitor.post("/dang-nhap", []) }
            #expect(answers.map(\.status) == Array(repeating: 403, count: 10) + [429, 429])
            let wait = try #require(answers.last?.header("retry-after").flatMap(Int64.init))
            #expect((1...60).contains(wait) && answers.first?.header("retry-after") == nil)
            // The interface for programs counts with the rest of an address.
            let program = try await visitor.send(
                "POST", "/api/v1/law/calculate/retirement-age", headers: ["Content-Type": "application/json"],
                body: Array("{}".utf8))
            #expect(program.status == 429 && program.header("retry-after") == String(wait))
            #expect(program.text.contains("Gửi quá nhiều lần"))
            harness.clock.advance(seconds: wait - 1)
            #expect(try await visitor.post("/dang-nhap", []).status == 429)
            harness.clock.advance(seconds: 1)
            #expect(try await visitor.post("/dang-nhap", []).status == 403)
        }
    }

    @Test
    func `a locked account is out at once and stays out`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let administrator = try await harness.browser(as: .administrator)
            let account = try await harness.viewer("commune-officer").account
            let form = try await administrator.get("/quan-tri/tai-khoan?tim=commune-officer").form("khoa-\(account)")
            #expect(try await administrator.submit(form).status == 303)
            #expect(try await officer.get("/hom-nay").location.hasPrefix("/dang-nhap"))
            let refused = try await officer.signIn("commune-officer", password: SiteHarness.password)
            #expect(refused.status == 422)
        }
    }
}

extension Sequence {
    /// One after the other.
    func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
