import Access
import Foundation
import Kernel
import Overview
import Targets
import Work
import Testing

/// Hand-ins with something wrong in them: each gets its own clear answer and nothing of it is kept.
@Suite
struct BadHandInTests {
    static let work = HandInOverHTTPTests.work
    static let typed = HandInOverHTTPTests.typed

    static func products(_ harness: SiteHarness) async throws -> Int {
        let products = try await harness.count("SELECT COUNT(*) FROM product")
        #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") <= products, "a file without its product")
        return products
    }

    @Test
    func `a picture under the name of a PDF is refused beside its field and keeps what was typed`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get(Self.work).form("sp-I-5-0")
            let picture = Upload(name: "báo cáo.pdf", type: "application/pdf", bytes: SampleFiles.png)
            let page = try await officer.submit(form, Self.typed, files: [picture])
            #expect(page.status == 422)
            let again = try page.form("sp-I-5-0")
            let reason = "Tên tệp cho biết đây là PDF nhưng nội dung là ảnh PNG."
            #expect(again.html.contains("<a href=\"#sp-I-5-0-file\">\(reason)"))
            let error = HTML.matches(#"<p class="error" id="sp-I-5-0-file-error">(.*?)</p>"#, in: again.html).first?[1]
            #expect(error?.contains(reason) == true)
            #expect(again.html.contains("aria-describedby=\"sp-I-5-0-file-hint sp-I-5-0-file-error\""))
            for (field, value) in Self.typed {
                let tag = HTML.matches("<input id=\"sp-I-5-0-\(field)\" ([^>]*)>", in: again.html).first?[1] ?? ""
                #expect(HTML.attributes(tag)["value"] == value, "\(field): \(tag)")
            }
            #expect(page.text.contains("<details open><summary>Nộp sản phẩm này</summary>"))
            #expect(try await Self.products(harness) == 0)
            #expect(try harness.uploadsLeft() == [])
            // Mended, the same form goes through.
            let report = HandInOverHTTPTests.report
            #expect(try await officer.submit(again, Self.typed, files: [report]).status == 303)
            #expect(try await Self.products(harness) == 1)
            #expect(try harness.uploadsLeft() == [])
        }
    }

    @Test
    func `everything that is missing is told at once, each with a link to its field`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let empty = Upload(name: "", bytes: [])
            let page = try await officer.submit(
                try await officer.get(Self.work).form("sp-I-5-0"), ["number": "", "day": "31/11/2026", "summary": ""],
                files: [empty])
            #expect(page.status == 422)
            let form = try page.form("sp-I-5-0")
            let links = HTML.matches(##"<li><a href="#([^"]*)">([^<]+)</a></li>"##, in: form.html).map { $0[1] }
            #expect(Set(links) == ["sp-I-5-0-number", "sp-I-5-0-day", "sp-I-5-0-summary", "sp-I-5-0-file"])
            for link in links { #expect(form.html.contains("id=\"\(link)\""), "\(link)") }
            #expect(form.html.contains("“31/11/2026” không phải ngày có thật"))
            #expect(try await Self.products(harness) == 0)
        }
    }

    @Test
    func `a problem is told though its form does not stand on the page any more`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get(Self.work).form("sp-I-5-0")
            let page = try await officer.submit(form.replacing("_name", with: "da-cat-di"), ["number": "1/BC"])
            #expect(page.status == 422)
            let summaries = HTML.matches(#"<div class="error-summary" role="alert"[^>]*>(.*?)</div>"#, in: page.text)
            #expect(summaries.count == 1)
            #expect(summaries.first?[1].contains("<li>Hãy") == true, "\(summaries)")
        }
    }

    @Test
    func `a page that somebody else overtook is refused as stale`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let leader = try await harness.browser(as: .communeLeader)
            let old = try await leader.get(Self.work).form("sp-I-5-0")
            #expect(try await HandInOverHTTPTests.fill(officer).status == 303)
            let page = try await leader.submit(old, Self.typed, files: [HandInOverHTTPTests.report])
            #expect(page.status == 409 && page.text.contains("vừa được người khác cập nhật"))
            #expect(try await Self.products(harness) == 1)
        }
    }

    @Test
    func `a form sent twice is carried out once`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get(Self.work)
            let (product, note) = (try page.form("sp-I-5-0"), try page.form("ghi-chu"))
            for _ in 1...2 {
                let sent = try await officer.submit(product, Self.typed, files: [HandInOverHTTPTests.report])
                #expect(sent.status == 303 && sent.location == "\(Self.work)?xong=luu-san-pham")
                #expect(try await officer.submit(note, ["note": "Một lần thôi"]).status == 303)
            }
            #expect(try await Self.products(harness) == 1)
            #expect(try await harness.count("SELECT COUNT(*) FROM instance_event WHERE kind = 'noted'") == 1)
            let actions = try await harness.audit().map(\.action)
            #expect(actions.filter { $0 == "instance.product-added" }.count == 1)
            // A new page has a new mark: the same words again are a second note.
            _ = try await officer.submit(try await officer.get(Self.work).form("ghi-chu"), ["note": "Một lần thôi"])
            #expect(try await harness.count("SELECT COUNT(*) FROM instance_event WHERE kind = 'noted'") == 2)
        }
    }

    @Test
    func `another commune's work does not exist for an officer`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            #expect(try await neighbour.get(Self.work).status == 404)
            // The unit's page is open for its figures, which are counts of a public body, and shows nothing of its work.
            let unit = try await neighbour.get("/don-vi/10507")
            #expect(unit.status == 200)
            #expect(!unit.text.contains("/viec/") && !unit.text.contains("/viec?don-vi=10507"))
            #expect(try await !neighbour.get("/viec?don-vi=10507").text.contains("/10507\""))
            let csrf = try await neighbour.csrf(forVisitors: false)
            for deed in ["san-pham", "nop", "ghi-chu", "gia-han", "buoc"] {
                let fields = [
                    ("_csrf", csrf), ("_version", "1"), ("slot", "0"), ("instance", "I.5/2026-Q4/10507"), ("note", "x"),
                    ("step", "x"),
                ]
                let page = try await neighbour.post("\(Self.work)/\(deed)", fields)
                #expect(page.status == 404 && page.text.contains("không thuộc phạm vi của bạn"), "\(deed)")
            }
            // The page's address is one's own, the form speaks of somebody else's work.
            let own = "/viec/I.5/2026-Q4/10525"
            let form = try await neighbour.get(own).form("sp-I-5-0").replacing("instance", with: "I.5/2026-Q4/10507")
            let page = try await neighbour.submit(form, Self.typed, files: [HandInOverHTTPTests.report])
            #expect(page.status == 404)
            #expect(try await Self.products(harness) == 0)
        }
    }
}
