import Access
import Foundation
import Kernel
import PlanText
import Work
import Testing

/// Text that would be a program if it were not shown as text; and the mark of invented data.
@Suite
struct HostileTextTests {
    static let hostile = "\"><script>alert('x')</script>&amp;"
    static let shown = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;"

    static func expectHarmless(_ page: Page, shows: Bool = true) {
        #expect(!page.text.contains("<script>alert"), "\(page.address)")
        if shows { #expect(page.text.contains(Self.shown), "\(page.address) does not show the text at all") }
    }

    @Test
    func `what people write is shown as text wherever it is shown`() async throws {
        try await SiteHarness.run { harness in
            let name = AccountDraft(
                login: "ke-xau", name: Self.hostile, role: .communeOfficer,
                communes: [CommuneCode(SiteHarness.commune)].compactMap(\.self))
            _ = try await harness.access.createActive(name, password: SiteHarness.password, by: .system)
            let author = try await harness.browser(as: "ke-xau")
            let work = "/viec/I.5/2026-Q4/10507"
            let page = try await author.get(work)
            Self.expectHarmless(page)
            for (form, field) in [("ghi-chu", "note"), ("buoc", "step")] {
                let fresh = try await author.get(work).form(form)
                #expect(try await author.submit(fresh, [field: Self.hostile]).status == 303)
            }
            let product = ["number": Self.hostile, "day": "01/11/2026", "summary": Self.hostile]
            let file = Upload(name: "<script>alert(1)</script>.pdf", bytes: SampleFiles.pdf)
            let slot = try await author.get(work).form("sp-I-5-0")
            let wrong = try await author.submit(slot, product.merging(["day": Self.hostile]) { $1 }, files: [file])
            #expect(wrong.status == 422)
            Self.expectHarmless(wrong)
            #expect(try await author.submit(try wrong.form("sp-I-5-0"), product, files: [file]).status == 303)
            let asking = try await author.get("/vuong-mac/gui?tu=/viec").form("gui")
            let sent = try await author.submit(
                asking, ["title": Self.hostile, "text": Self.hostile, "task": Self.hostile])
            #expect(sent.status == 303)

            let analyst = try await harness.browser(as: .analyst)
            Self.expectHarmless(try await analyst.get(work))
            let list = try await analyst.get("/vuong-mac")
            Self.expectHarmless(list)
            let obstacle = try #require(list.links.first { $0.count == "/vuong-mac/".count + 26 })
            Self.expectHarmless(try await analyst.get(obstacle))
            Self.expectHarmless(try await analyst.get("/hom-nay"))
            let administrator = try await harness.browser(as: .administrator)
            for address in ["/quan-tri/tai-khoan", "/quan-tri/nhat-ky"] {
                Self.expectHarmless(try await administrator.get(address))
            }
        }
    }

    @Test
    func `what stands in an address is shown as text`() async throws {
        try await SiteHarness.run { harness in
            let text = Browser.encoded(Self.hostile)
            let analyst = try await harness.browser(as: .analyst)
            Self.expectHarmless(try await analyst.get("/vuong-mac?tim=\(text)"))
            for address in [
                "/viec?nam=\(text)&nhiem-vu=\(text)&don-vi=\(text)&nhom=\(text)&kieu=\(text)", "/lich?nam=\(text)",
                "/vuong-mac/gui?tu=\(text)", "/hom-nay?xong=\(text)", "/don-vi/\(text)", "/nhiem-vu/\(text)",
                "/viec/\(text)/\(text)/\(text)", "/vuong-mac/\(text)", "/vuong-mac?trang-thai=\(text)", "/\(text)",
                "/viec?trang-thai=\(text)",
            ] {
                let page = try await analyst.get(address)
                #expect(page.status < 500, "\(address): \(page.status)")
                Self.expectHarmless(page, shows: false)
            }
            let administrator = try await harness.browser(as: .administrator)
            for address in ["/quan-tri/tai-khoan?tim=\(text)", "/quan-tri/nhat-ky?doi-tuong=\(text)"] {
                Self.expectHarmless(try await administrator.get(address))
            }
            let visitor = harness.browser()
            for address in [
                "/dang-nhap?ve=/\(text)", "/dang-nhap/ma?ve=\(text)", "/loi-moi/\(text)", "/lich/nguoi/\(text)",
            ] {
                Self.expectHarmless(try await visitor.get(address), shows: address.hasPrefix("/dang-nhap?"))
            }
        }
    }

    @Test(arguments: [true, false])
    func `illustrative data says so on every page and real data never does`(illustrative: Bool) async throws {
        try await SiteHarness.run(on: "2026-12-10", illustrative: illustrative) { harness in
            let obstacle = try await PageQualityTests.furnish(harness)
            let browser = try await harness.browser(as: .analyst)
            let visitor = harness.browser()
            var pages = [try await visitor.get("/dang-nhap"), try await visitor.get("/khong-co")]
            for address in PageQualityTests.addresses(for: .analyst, obstacle: obstacle) {
                pages.append(try await browser.get(address))
            }
            for address in ["/quan-tri/nhat-ky", "/khong-co", "/viec/khong/co/viec"] {
                pages.append(try await browser.get(address))
            }
            for page in pages {
                #expect(page.text.contains("DỮ LIỆU MINH HỌA") == illustrative, "\(page.address)")
            }
            let printed = try await browser.get("/don-vi/10507/in")
            let main = HTML.matches("<main.*?</main>", in: printed.text).first?[0] ?? ""
            #expect(main.contains("DỮ LIỆU MINH HỌA") == illustrative, "the sheet that is printed")
        }
    }
}
