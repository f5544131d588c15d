import TestSupport
import Access
import Assembly
import Files
import Foundation
import Jobs
import Kernel
import Notices
import Testing
import Work

/// Notices on screen: the counter, the list, reading, letters.
@Suite
struct NoticePagesTests {
    static let work = "I.5/2026-Q4/10507"

    /// Hands in as the commune's officer and sends back, so that the commune is told.
    static func returnWork(_ harness: SiteHarness) async throws {
        let officer = Submission(viewer: try await harness.viewer("commune-officer"))
        let analyst = Submission(viewer: try await harness.viewer("analyst"))
        let report = IncomingFile(name: "báo cáo.pdf", mediaType: "application/pdf", bytes: SampleFiles.pdf)
        try await harness.work.addProduct(
            .init(numberSymbol: "1/BC", issuedOn: "01/11/2026", summary: "Báo cáo", file: report), slot: 0,
            instance: work, by: officer)
        try await harness.work.submit(work, by: officer)
        try await harness.work.decide(work, accept: false, note: "Thiếu <số liệu>", by: analyst)
    }

    private static func counter(_ page: Page) -> String? {
        HTML.matches(#"Thông báo <b class="count">([0-9.]+)<"#, in: page.text).first?[1]
    }

    @Test
    func `a notice is counted on every page, stands on the day's page, and leads to its subject once read`()
        async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(Self.counter(try await officer.get("/viec")) == nil)
            #expect(try await officer.get("/thong-bao").text.contains("Bạn đã đọc hết thông báo."))
            try await Self.returnWork(harness)
            #expect(Self.counter(try await officer.get("/viec")) == "1")
            let day = try await officer.get("/hom-nay")
            #expect(day.text.contains("<h2>Thông báo mới</h2>"))
            #expect(day.text.contains("Việc I.5 (Quý IV/2026) bị trả lại"))
            #expect(day.text.contains("Thiếu &lt;số liệu&gt;"))
            let link = try #require(day.links.first { $0.hasPrefix("/thong-bao/") })
            let opened = try await officer.get(link)
            #expect(opened.status == 303 && opened.location == "/viec/\(Self.work)")
            #expect(Self.counter(try await officer.get("/viec")) == nil)
            let all = try await officer.get("/thong-bao?kieu=tat-ca")
            #expect(all.text.contains("Việc I.5 (Quý IV/2026) bị trả lại") && all.text.contains("Đã đọc"))
            #expect(try await !officer.get("/hom-nay").text.contains("Thông báo mới"))
        }
    }

    @Test
    func `one and all are marked as read by forms, and nobody else's change`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.returnWork(harness)
            let analyst = Submission(viewer: try await harness.viewer("analyst"))
            try await harness.work.setDueDay(Self.work, to: "20/01/2027", reason: "Lễ", by: analyst)
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/thong-bao")
            #expect(Self.counter(page) == "2")
            let form = try #require(page.forms().first { $0.id.hasPrefix("da-doc-") && $0.id != "da-doc-het" })
            let answer = try await officer.submit(form)
            #expect(answer.status == 303 && answer.location == "/thong-bao")
            #expect(Self.counter(try await officer.get("/thong-bao")) == "1")

            let leader = try await harness.browser(as: .communeLeader)
            let theirs = try await leader.get("/thong-bao?kieu=tat-ca")
            #expect(Self.counter(theirs) == "2", "reading is each person's own")
            let all = try await leader.submit(try theirs.form("da-doc-het"))
            #expect(all.status == 303 && all.location == "/thong-bao?kieu=tat-ca")
            #expect(Self.counter(try await leader.get("/thong-bao")) == nil)
            #expect(Self.counter(try await officer.get("/thong-bao")) == "1")
        }
    }

    @Test
    func `others see nothing of it and cannot open or mark it by its address`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.returnWork(harness)
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/thong-bao")
            let link = try #require(page.links.first { $0.hasPrefix("/thong-bao/") })
            let form = try #require(page.forms().first { $0.id.hasPrefix("da-doc-") })
            for login in [SiteHarness.neighbour, "group-head", "insurance-base", "analyst", "administrator", "leader"] {
                let other = try await harness.browser(as: login)
                let list = try await other.get("/thong-bao?kieu=tat-ca")
                #expect(!list.text.contains("Việc I.5 (Quý IV/2026)"), "\(login)")
                #expect(try await other.get(link).status == 404, "\(login)")
                let sent = try await other.submit(form.replacing("_csrf", with: try list.csrf()))
                #expect(sent.status == 404, "\(login)")
            }
            #expect(Self.counter(try await officer.get("/thong-bao")) == "1")
            #expect(try await harness.browser().get("/thong-bao").status == 303, "visitors sign in first")
        }
    }

    @Test
    func `a person chooses which kinds letters tell of`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/thong-bao")
            #expect(page.text.contains(#"id="thu-work-returned" name="loai" value="work.returned" checked>"#))
            #expect(!page.text.contains("account.changed"), "what concerns the account's safety is always sent")
            var form = try page.form("thu")
            form.hidden.append(("loai", "jobs.failed"))
            let answer = try await officer.submit(form)
            #expect(answer.status == 303)
            let after = try await officer.get("/thong-bao")
            #expect(after.text.contains(#"name="loai" value="work.returned">"#))
            #expect(after.text.contains(#"name="loai" value="jobs.failed" checked>"#))
        }
    }

    @Test
    func `unread notices stand ready as a text for Zalo, and in the day's letter`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.returnWork(harness)
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/thong-bao")
            #expect(
                page.text.contains(#"<pre class="text-block" id="zalo">Thông báo từ hệ thống Bao Phủ, 10/12/2026:"#))
            #expect(page.text.contains("- Việc I.5 (Quý IV/2026) bị trả lại. Thiếu &lt;số liệu&gt;"))
            // What a reviewer may still take back stands in no letter yet.
            harness.clock.advance(seconds: 61)
            try await harness.system.jobs.addDue(harness.system.deeds)
            _ = try await harness.system.jobs.runDue(as: "test")
            let letters = try await officer.get("/nhac-viec")
            #expect(
                letters.text.contains("1 thông báo mới")
                    && letters.text.contains("- Việc I.5 (Quý IV/2026) bị trả lại."))
        }
    }
}
