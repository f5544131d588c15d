import Access
import Foundation
import Kernel
import PlanText
import Province
import TestSupport
import Testing
import Work

/// What the plan's source leaves blank is completed on screen, by the agency that keeps the plan and by nobody else.
@Suite
struct PlanCompletionTests {
    static func complete(
        _ browser: Browser, _ key: String, _ value: String, source: String = "Bản ký chính thức", asOf: String? = nil
    ) async throws -> Page {
        let form = try await browser.get("/ke-hoach").form("bo-sung-\(key)")
        var typed = ["value": value, "source": source]
        typed["asOf"] = asOf
        return try await browser.submit(form, typed)
    }

    @Test
    func `number, day and baseline appear with their source`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let before = try await analyst.get("/ke-hoach").text
            #expect(before.contains("chưa có trong bản gốc") && before.contains("chưa có số liệu"))
            #expect(try await Self.complete(analyst, "number", "120/KH-UBND").status == 303)
            #expect(try await Self.complete(analyst, "signed-on", "20/04/2026").status == 303)
            let total = try await Self.complete(
                analyst, "baseline-total", "1.100.000", source: "BHXH thành phố", asOf: "31/12/2025")
            #expect(total.status == 303)
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/ke-hoach")
            for text in [
                "120/KH-UBND (căn cứ: Bản ký chính thức;", "20/04/2026 (căn cứ:",
                "1.100.000 người (nguồn: BHXH thành phố, chốt ngày 31/12/2025)",
            ] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(try await harness.audit().filter { $0.action == "plan.completed" }.count == 3)
        }
    }

    @Test
    func `a voluntary baseline above the total and a baseline without its day are refused`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            _ = try await Self.complete(analyst, "baseline-total", "1.000", source: "BHXH", asOf: "31/12/2025")
            let above = try await Self.complete(
                analyst, "baseline-voluntary", "1.001", source: "BHXH", asOf: "31/12/2025")
            #expect(above.status == 422 && above.text.contains("không thể lớn hơn tổng số"))
            let bare = try await Self.complete(analyst, "baseline-voluntary", "nhiều", source: "", asOf: "")
            #expect(bare.status == 422)
            let form = try bare.form("bo-sung-baseline-voluntary")
            for field in ["value", "source", "asOf"] {
                #expect(form.html.contains("href=\"#bo-sung-baseline-voluntary-\(field)\""), "\(field)")
            }
            #expect(try await harness.count("SELECT COUNT(*) FROM plan_setting") == 1)
        }
    }

    @Test
    func `nobody but the coordinating agency completes the plan`() async throws {
        try await SiteHarness.run { harness in
            // The role is right, the agency is another one.
            let stranger = AccountDraft(
                login: "chuyen-vien-khac", name: "Chuyên Viên Khác", role: .analyst, agency: AgencyCode("so-tai-chinh"))
            _ = try await harness.access.createActive(stranger, password: SiteHarness.password, by: .system)
            for login in ["chuyen-vien-khac"] + Role.allCases.filter({ $0 != .analyst }).map(\.rawValue) {
                let browser = try await harness.browser(as: login)
                let page = try await browser.get("/ke-hoach")
                #expect(page.status == 200 && !page.text.contains("/ke-hoach/bo-sung"), "\(login)")
                let csrf = try await browser.csrf(forVisitors: false)
                let fields = [
                    ("_csrf", csrf), ("_version", "0"), ("key", "number"), ("value", "1/KH"), ("source", "x"),
                ]
                #expect(try await browser.post("/ke-hoach/bo-sung", fields).status == 403, "\(login)")
                let rule = [("_csrf", csrf), ("_version", "0"), ("phrase", "Tháng 6 hằng năm"), ("reason", "x")]
                #expect(try await browser.post("/nhiem-vu/I.5/quy-tac", rule).status == 403, "\(login)")
                #expect(try await browser.post("/nhiem-vu/I.5/quy-tac/ap-dung", rule).status == 403, "\(login)")
            }
            #expect(try await harness.count("SELECT COUNT(*) FROM plan_setting") == 0)
            #expect(try await harness.count("SELECT COUNT(*) FROM deadline_override") == 0)
        }
    }

    @Test
    func `another effective day takes away the work that lies before it`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let (early, late) = ("/viec/I.5/2026-Q2/10507", "/viec/I.5/2026-Q3/10507")
            #expect(try await analyst.get(early).status == 200)
            #expect(try await Self.complete(analyst, "effective-from", "01/07/2026").status == 303)
            #expect(try await analyst.get(early).status == 404)
            #expect(try await analyst.get(late).text.contains("30/09/2026"))
            #expect(try await analyst.get("/ke-hoach").text.contains("01/07/2026 (căn cứ: Bản ký chính thức;"))
            // And back again.
            #expect(try await Self.complete(analyst, "effective-from", "01/04/2026").status == 303)
            #expect(try await analyst.get(early).status == 200)
        }
    }

    @Test
    func `another rule shows what it moves before it moves every unit's day, and the plan's own words stay`()
        async throws
    {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let form = try await analyst.get("/nhiem-vu/II.3").form("quy-tac")
            let unknown = try await analyst.submit(form, ["phrase": "Khi nào xong thì thôi", "reason": "Thử"])
            #expect(unknown.status == 422 && unknown.text.contains("Không hiểu thời hạn"))
            let preview = try await analyst.submit(
                try unknown.form("quy-tac"), ["phrase": "Tháng 11 hằng năm", "reason": "Công văn 12/SNV"])
            #expect(preview.status == 200)
            #expect(preview.text.contains("Khi áp dụng: 570 việc đổi hạn."), "five years of 114 communes, none new")
            #expect(preview.text.contains("30/11/2027"))
            #expect(try await harness.count("SELECT COUNT(*) FROM deadline_override") == 0)
            let before = try await harness.count("SELECT COUNT(*) FROM task_instance WHERE withdrawn_at IS NULL")

            let moved = try await analyst.submit(try preview.form("ap-dung-quy-tac"))
            #expect(moved.status == 303)
            let page = try await analyst.get("/nhiem-vu/II.3?nam=2027")
            #expect(page.text.contains("“Tháng 11 hằng năm” thay cho “Hằng năm”"))
            #expect(page.text.contains("Lý do: Công văn 12/SNV"))
            #expect(page.text.contains("<dd>Hằng năm</dd>"))
            let work = try await analyst.get("/viec/II.3/2027/10507")
            #expect(work.text.contains("30/11/2027") && work.text.contains("Năm 2027"))
            #expect(try await harness.count("SELECT COUNT(*) FROM task_instance WHERE withdrawn_at IS NULL") == before)
        }
    }

    @Test
    func `a new installation has nothing overdue, and the administrator says from when it counts`() async throws {
        try await SiteHarness.run { harness in
            try await harness.work.beginCounting()
            let officer = try await harness.browser(as: .communeOfficer)
            let day = try await officer.get("/hom-nay").text
            #expect(!day.contains("<h2>Quá hạn "))
            #expect(day.contains("Trước khi đưa vào sử dụng"))
            #expect(try await officer.get("/viec?trang-thai=truoc-khi-dung").text.contains("I.5"))
            #expect(try await officer.get("/ke-hoach").text.contains("23/11/2026. Việc đến hạn trước ngày này"))

            let administrator = try await harness.browser(as: .administrator)
            let form = try await administrator.get("/ke-hoach").form("ngay-bat-dau-tinh")
            let coming = try await administrator.submit(form, ["day": "24/11/2026", "reason": "Thử"])
            #expect(coming.status == 422 && coming.text.contains("không thể ở sau hôm nay"))
            let preview = try await administrator.submit(
                try coming.form("ngay-bat-dau-tinh"), ["day": "01/04/2026", "reason": "Tính từ đầu"])
            #expect(preview.status == 200 && preview.text.contains("việc thành quá hạn"))
            #expect(preview.text.contains(">I.5</a>"))
            #expect(
                try await harness.audit().filter { $0.action == "work.counting-set" }.count == 1, "nothing is kept yet")
            let kept = try await administrator.submit(try preview.form("ap-dung-ngay"))
            #expect(kept.status == 303)
            #expect(try await officer.get("/viec/I.5/2026-Q3/10507").text.contains("Quá hạn"))
            #expect(try await harness.audit().filter { $0.action == "work.counting-set" }.count == 2)
        }
    }

    @Test
    func `the administrator of a new installation is told what it needs, each with its page`() async throws {
        try await SiteHarness.run { harness in
            let administrator = try await harness.browser(as: .administrator)
            #expect(try await administrator.get("/hom-nay").links.contains("/quan-tri/buoc-dau"))
            let page = try await administrator.get("/quan-tri/buoc-dau")
            for title in ["Danh sách đơn vị trực thuộc", "Số liệu gốc", "Tài khoản", "Số liệu đầu tiên"] {
                #expect(page.text.contains("<strong>\(title)</strong>"), "\(title)")
            }
            for address in ["/ke-hoach", "/quan-tri/tai-khoan", "/so-lieu", "/quan-tri/don-vi-truc-thuoc"] {
                #expect(page.links.contains(address), "\(address)")
            }
            func open(_ page: Page) throws -> Int {
                try #require(page.text.firstMatch(of: /Còn ([0-9]+)\/7 mục/).flatMap { Int($0.output.1) })
            }
            let before = try open(page)
            try await harness.work.beginCounting()
            #expect(try await open(administrator.get("/quan-tri/buoc-dau")) == before - 1)
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await !officer.get("/hom-nay").links.contains("/quan-tri/buoc-dau"))
        }
    }

    @Test
    func `each step names who does it, and whoever does one meets the list with the way to it`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let page = try await analyst.get("/quan-tri/buoc-dau")
            #expect(page.status == 200 && page.text.contains("Ai làm: Quản trị hệ thống."))
            #expect(page.links.contains("/ke-hoach") && page.links.contains("/quan-tri/co-quan"))
            #expect(!page.text.contains("href=\"/quan-tri/don-vi-truc-thuoc\">Nạp danh sách</a>"))
            let insurance = try await harness.browser(as: .insuranceProvince)
            #expect(try await insurance.get("/hom-nay").links.contains("/quan-tri/buoc-dau"))
            #expect(try await insurance.get("/quan-tri/buoc-dau").links.contains("/so-lieu"))
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await officer.get("/quan-tri/buoc-dau").status == 403)
        }
    }

    @Test
    func `who an agency is in documents is stated on screen after a look at the head, and papers take it`() async throws
    {
        try await SiteHarness.run { harness in
            let administrator = try await harness.browser(as: .administrator)
            let list = try await administrator.get("/quan-tri/co-quan")
            #expect(list.text.contains("thiếu ký hiệu") && list.links.contains("/quan-tri/co-quan/so-xay-dung"))
            let form = try await administrator.get("/quan-tri/co-quan/so-xay-dung").form("xem")
            let typed = [
                "name": "Sở Xây dựng", "bodyAbove": "Ủy ban nhân dân thành phố Hải Phòng", "symbol": "SXD",
                "head": "Giám đốc", "deputy": "Phó Giám đốc", "collective": "", "place": "Hải Phòng",
                "since": "23/11/2026", "reason": "Theo sổ đăng ký văn bản đi của Sở",
            ]
            let wrong = try await administrator.submit(form, typed.merging(["symbol": "/BC-SXD", "reason": ""]) { $1 })
            #expect(wrong.status == 422 && wrong.text.contains("Ký hiệu chỉ gồm chữ"))
            let preview = try await administrator.submit(form, typed)
            #expect(preview.status == 200 && preview.text.contains("/BC-SXD") && preview.text.contains("KT. GIÁM ĐỐC"))
            let keep = try preview.form("luu")
            #expect(try await administrator.submit(keep).status == 303)
            // What was looked at has changed meanwhile.
            let stale = try await administrator.submit(
                keep.replacing("_mark", with: RecordID(at: harness.clock.now).text))
            #expect(stale.status == 409)
            #expect(try await harness.audit().contains { $0.action == "identity.stated" })
            let officer = try await harness.browser(as: .agencyOfficer)
            let paper = try await officer.submit(
                try await officer.get("/van-ban/moi/bao-cao-co-quan").form("soan"),
                ["nhiem-vu": "khong", "nam": "2026", "quy": "4"])
            #expect(paper.status == 303)
            #expect(try await officer.get(paper.location).text.contains("/BC-SXD"))

            let later = typed.merging(["name": "Sở Xây dựng và Giao thông", "symbol": "SXDGT", "since": "01/01/2027"]) {
                $1
            }
            let next = try await administrator.submit(
                try await administrator.get("/quan-tri/co-quan/so-xay-dung").form("xem"), later)
            #expect(try await administrator.submit(next.form("luu")).status == 303)
            #expect(try await administrator.get("/quan-tri/co-quan/so-xay-dung").text.contains("chưa đến ngày"))
            func symbol(_ day: String) throws -> String? {
                harness.definition.identity(
                    of: .agency(try #require(AgencyCode("so-xay-dung"))), on: Day(day)
                ).symbol
            }
            let (before, after) = (try symbol("2026-12-31"), try symbol("2027-01-01"))
            #expect(before == "SXD" && after == "SXDGT")
        }
    }
}
