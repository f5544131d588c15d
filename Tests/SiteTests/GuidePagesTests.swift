import Access
import Assembly
import Components
import FoundationEssentials
import GuidePages
import HTTPTypes
import Site
import Testing
import WebDesk

/// Help, over HTTP, as every role and as nobody.
@Suite
struct GuidePagesTests {
    static let docs = SiteHarness.repository.appendingPathComponent("docs")

    /// What answers a GET and is no page: redirects, the interface for programs, calendars.
    static let noPages: Set<String> = [
        "/", "/thong-bao/{id}", "/lich/nguoi/{token}", "/api/v1/law", "/api/v1/law/openapi.json",
        "/api/v1/law/parameters", "/api/v1/law/parameters/{key}", "/api/v1/law/clocks", "/api/v1/law/clocks/{name}",
    ]

    @Test
    func `every page has its section for everybody who may open it`() async throws {
        try await SiteHarness.run { harness in
            let book = try GuideBook(docs: Self.docs)
            let pages = harness.system.site.declarations.filter {
                $0.method == .get && !$0.isFile && !Self.noPages.contains($0.path)
            }
            #expect(pages.count > 80)
            for page in pages {
                let entry = HelpTable.entry(of: page.path)
                #expect(entry != nil, "\(page.path) has no section in HelpTable")
                let roles: Set<Role> =
                    if case .only(let roles)? = RouteTable.rights["GET \(page.path)"] { roles } else { RouteTable.all }
                for role in roles {
                    guard let text = entry?.byRole[role] ?? entry?.section else { continue }
                    let parts = text.split(separator: "/").map(String.init)
                    #expect(book.chapter(parts[0])?.section(parts[1]) != nil, "\(page.path): there is no \(text)")
                    let viewer = try await harness.viewer(role.rawValue)
                    #expect(HelpTable.isReadable(parts[0], for: viewer), "\(page.path): \(role) may not read \(text)")
                }
            }
            let known = Set(pages.map(\.path))
            #expect(Set(HelpTable.entries.keys).subtracting(known).sorted() == [], "entries of no page")
        }
    }

    @Test
    func `every chapter is on the list of who may read it, and leads to all its sections`() async throws {
        try await SiteHarness.run { harness in
            let book = try GuideBook(docs: Self.docs)
            #expect(Set(book.chapters.map(\.slug)) == Set(HelpTable.chapters + [HelpTable.tours]))
            let keeper = try await harness.browser(as: .administrator)
            let index = try await keeper.get("/tro-giup")
            PageQualityTests.expectSound(index)
            for slug in HelpTable.chapters {
                let chapter = try #require(book.chapter(slug))
                let page = try await keeper.get("/tro-giup/\(slug)")
                PageQualityTests.expectSound(page)
                #expect(!chapter.sections.isEmpty, "\(slug)")
                for section in chapter.sections {
                    let address = "/tro-giup/\(slug)/\(section.slug)"
                    #expect(index.links.contains(address) && page.links.contains(address), "\(address)")
                    let opened = try await keeper.get(address)
                    #expect(opened.status == 200, "\(address)")
                    PageQualityTests.expectSound(opened)
                }
            }
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await officer.get("/tro-giup/van-hanh").status == 404)
            #expect(try await officer.get("/tro-giup/can-bo-xa").status == 200)
            #expect(try await officer.get("/tro-giup/can-bo-xa/khong-co").status == 404)
            let visitor = harness.browser()
            #expect(try await visitor.get("/tro-giup/can-bo-xa").status == 404)
            #expect(try await visitor.get("/dang-nhap").links.contains("/tro-giup/vao-he-thong/nhung-lan-sau"))
            #expect(try await visitor.get("/tro-giup/vao-he-thong/nhung-lan-sau").text.contains("mã dự phòng"))
        }
    }

    @Test
    func `the link of a page opens its section, and comes back`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .communeOfficer)
            let work = "/viec/I.5/2026-Q4/10507"
            let page = try await browser.get(work)
            let help = try #require(page.links.first { $0.hasPrefix("/tro-giup/can-bo-xa/nop-san-pham?") })
            let section = try await browser.get(help)
            #expect(section.text.contains("<h1>Nộp sản phẩm</h1>"))
            #expect(section.links.contains(work))
            // What was told once is not told again.
            let told = try await browser.get("\(work)?xong=luu")
            #expect(told.text.contains("ve=/viec/I.5/2026-Q4/10507\""))
            let analyst = try await harness.browser(as: .analyst)
            #expect(
                try await analyst.get(work).links.contains {
                    $0.hasPrefix("/tro-giup/chuyen-vien-thuong-truc/duyet-san-pham?")
                })
            // No other site's address is a way back.
            for other in ["//x.example/", "https://x.example/", "/%5Cx.example/"] {
                let index = try await browser.get("/tro-giup?ve=\(other)")
                #expect(index.status == 200 && !index.text.contains("Quay lại trang đang xem"), "\(other)")
                #expect(!index.text.contains(#"href="\#(other)"#), "\(other)")
            }
        }
    }

    @Test
    func `help is found by its words, by who may read it`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            func found(_ typed: String, _ browser: Browser) async throws -> [String] {
                try await SearchPagesTests.found(SearchPagesTests.look(browser, for: typed, in: "tro-giup"))
            }
            #expect(try await found("xin them thoi gian", officer).first == "/tro-giup/can-bo-xa/xin-them-thoi-gian")
            #expect(try await found("ky vong", officer).first == "/tro-giup/thuat-ngu#ky-vong")
            #expect(try await found("xoay khoa", officer).isEmpty)
            let keeper = try await harness.browser(as: .administrator)
            let keys = try await found("xoay khoa", keeper)
            #expect(keys.first == "/tro-giup/van-hanh/xoay-khoa")
            #expect(keys.allSatisfy { $0.hasPrefix("/tro-giup/van-hanh") })
        }
    }

    @Test(arguments: Role.allCases)
    func `the first page tells three sentences until they are put away, and again when called back`(
        role: Role
    ) async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: role)
            let first = role == .leader ? "/tong-quan" : "/hom-nay"
            let page = try await browser.get(first)
            PageQualityTests.expectSound(page)
            let tour = try #require(
                HTML.matches(#"<section class="panel tour.*?</section>"#, in: page.text).first?.first)
            #expect(HTML.matches("<li>[^<]{30,}</li>", in: tour).count == 3)
            #expect(try await !browser.get("/don-vi").hasForm("cat-gioi-thieu"), "on the first page alone")
            let away = try await browser.submit(page.form("cat-gioi-thieu"))
            #expect(away.status == 303)
            let told = try await browser.get(away.location)
            #expect(told.text.contains("Đã cất phần giới thiệu") && !told.hasForm("cat-gioi-thieu"))
            let again = try await browser.submit(try await browser.get("/tro-giup").form("goi-gioi-thieu"))
            #expect(try await browser.get(again.location).hasForm("cat-gioi-thieu"))
        }
    }

    @Test
    func `words that officers ask about have their sign, once a page`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .communeOfficer)
            let page = try await browser.get("/hom-nay")
            let signs = HTML.matches(
                #"class="term no-print" href="/tro-giup/thuat-ngu\?ve=[^"]*#([a-z0-9-]+)""#, in: page.text
            )
            .map { $0[1] }
            #expect(signs.contains("qua-han"))
            #expect(Set(signs).count == signs.count)
            #expect(try await browser.get("/tro-giup/thuat-ngu").text.contains(#"<dt id="qua-han">"#))
        }
    }
}
