import Assembly
import Database
import Jobs
import Search
import TestSupport
import Work
import FoundationEssentials
import Access
import Files
import Kernel
import Testing

/// Looking for things, over HTTP, as every role.
@Suite
struct SearchPagesTests {
    static func look(_ browser: Browser, for typed: String, in group: String? = nil) async throws -> Page {
        try await browser.get("/tim?tim=\(Browser.encoded(typed))\(group.map { "&muc=\($0)" } ?? "")")
    }

    /// What was found, of the whole page.
    static func found(_ page: Page) -> [String] {
        let results = page.text.components(separatedBy: "data-results").last ?? ""
        let list = results.components(separatedBy: "</main>").first ?? ""
        return HTML.matches(##"<li><a href="([^"]*)">"##, in: list).map { HTML.unescaped($0[1]) }
    }

    /// A product with its number, an obstacle, a draft: all of one commune.
    static func furnish(_ harness: SiteHarness) async throws {
        let officer = Submission(viewer: try await harness.viewer("commune-officer"))
        let report = IncomingFile(name: "báo cáo.pdf", mediaType: "application/pdf", bytes: SampleFiles.pdf)
        try await harness.work.addProduct(
            .init(numberSymbol: "4711/BC-UBND", issuedOn: "01/11/2026", summary: "Tổng kết mùa sen", file: report),
            slot: 0, instance: "I.5/2026-Q3/10507", by: officer)
        _ = try await harness.obstacles.sendObstacle(
            title: "Hoa sen chưa nở", text: "Nội dung", page: "/viec", task: nil, by: officer)
        let browser = try await harness.browser(as: .communeOfficer)
        let drafted = try await browser.submit(
            try await browser.get("/van-ban/moi/giay-moi").form("soan"),
            ["f-meeting": "Hội nghị về hoa sen", "guests": "Nguyễn Văn B; Giám đốc; BHXH cơ sở"])
        #expect(drafted.status == 303, "\(drafted.text.prefix(4_000))")
    }

    @Test
    func `each role finds what it may see, and whatever is found opens`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            for role in Role.allCases {
                let browser = try await harness.browser(as: role)
                for typed in [
                    "sen", "4711/BC", "thanh dong", "I.5 quy iii", "commune-officer", "luong co so", "bao cao",
                ] {
                    let page = try await Self.look(browser, for: typed)
                    PageQualityTests.expectSound(page)
                    for address in Self.found(page) {
                        let opened = try await browser.get(address)
                        #expect(opened.status == 200, "\(role) looks for \(typed), opens \(address)")
                    }
                }
                #expect(
                    try await Self.found(Self.look(browser, for: "commune-officer")).contains {
                        $0.hasPrefix("/quan-tri/tai-khoan/")
                    } == (role == .administrator), "\(role)")
                let product = try await Self.found(Self.look(browser, for: "4711 mua sen", in: "san-pham"))
                let work = try await browser.get("/viec/I.5/2026-Q3/10507").status == 200
                #expect(product == (work ? ["/viec/I.5/2026-Q3/10507"] : []), "\(role)")
                let draft = try await Self.found(Self.look(browser, for: "hoa sen", in: "van-ban"))
                let drafts = try await browser.get("/van-ban").text.contains("hoa sen")
                #expect(draft.isEmpty == !drafts, "\(role)")
                #expect(role != .communeOfficer || drafts)
                let obstacle = try await Self.found(Self.look(browser, for: "sen chua no", in: "vuong-mac"))
                #expect(obstacle.isEmpty == ![.communeOfficer, .analyst].contains(role), "\(role)")
            }
            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            #expect(try await Self.found(Self.look(neighbour, for: "sen")) == [])
        }
    }

    @Test
    func `every page has the field, and a page of results says what was found and what to do without`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            for address in ["/hom-nay", "/viec", "/so-lieu", "/tai-khoan"] {
                #expect(try await officer.get(address).text.contains("action=\"/tim\" role=\"search\""), "\(address)")
            }
            let empty = try await officer.get("/tim")
            PageQualityTests.expectSound(empty)
            #expect(empty.text.contains("Gõ tên xã, phường") && Self.found(empty).isEmpty)
            let nothing = try await Self.look(officer, for: "không có chữ nào như thế")
            #expect(nothing.text.contains("Không tìm thấy mục nào bạn được xem."))
            let found = try await Self.look(officer, for: "bao cao")
            #expect(found.text.contains("<mark>Báo</mark>") || found.text.contains("<mark>Báo cáo</mark>"))
            let more = try #require(found.links.first { $0.contains("muc=viec") })
            let all = try await officer.get(more)
            PageQualityTests.expectSound(all)
            #expect(Self.found(all).count > 6 && all.text.contains("Trang sau"))
            let next = try #require(all.links.first { $0.contains("trang=2") })
            let second = try await officer.get(next)
            #expect(!Self.found(second).isEmpty && Set(Self.found(second)).isDisjoint(with: Self.found(all)))
            let hostile = try await Self.look(officer, for: "<script>alert(1)</script> \" ' %_!")
            PageQualityTests.expectSound(hostile)
            #expect(!hostile.text.contains("<script>alert"))
            #expect(try await harness.browser().get("/tim?tim=sen").status == 303, "visitors sign in first")
        }
    }

    @Test
    func `while the index is being made the page says so, and finds what needs none`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            _ = try await harness.store.write { try $0.execute("DELETE FROM search_state") }
            try await harness.system.search.begin(at: harness.clock.now)
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await Self.look(officer, for: "I.5 quy iii")
            PageQualityTests.expectSound(page)
            #expect(page.text.contains("đang lập chỉ mục tìm kiếm") && !Self.found(page).isEmpty)
            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            let after = try await Self.look(officer, for: "4711 mua sen", in: "san-pham")
            #expect(!after.text.contains("đang lập chỉ mục") && Self.found(after) == ["/viec/I.5/2026-Q3/10507"])
        }
    }
}
