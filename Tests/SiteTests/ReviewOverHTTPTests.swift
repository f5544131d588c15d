import TestSupport
import Access
import Files
import Foundation
import Kernel
import Testing
import Work

/// The queue of what waits for a reviewer, through its pages.
@Suite
struct ReviewOverHTTPTests {
    static let works = ["I.5/2026-Q3/10507", "I.5/2026-Q4/10507", "I.5/2026-Q4/10525"]

    static func handIn(_ harness: SiteHarness, _ ids: [String] = works) async throws {
        for id in ids {
            let login = id.hasSuffix("10507") ? "commune-officer" : SiteHarness.neighbour
            let officer = Submission(viewer: try await harness.viewer(login))
            let report = IncomingFile(name: "báo cáo.pdf", mediaType: "application/pdf", bytes: SampleFiles.pdf)
            try await harness.work.addProduct(
                .init(numberSymbol: "1/BC", issuedOn: "01/11/2026", summary: "Báo cáo <quý>", file: report), slot: 0,
                instance: id, by: officer)
            try await harness.work.submit(id, note: "Xin xem", by: officer)
        }
    }

    static func undo(_ page: Page) throws -> PageForm {
        try #require(page.forms().first { $0.action == "/duyet/hoan-tac" })
    }

    @Test
    func `one after another: the next is shown after each decision, and a decision is undone within the minute`()
        async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.handIn(harness)
            let analyst = try await harness.browser(as: .analyst)
            let first = try await analyst.get("/duyet")
            #expect(first.status == 200 && first.text.contains("– 3 việc") && first.text.contains("Việc 1/3"))
            #expect(first.text.contains("Báo cáo &lt;quý&gt;") && first.text.contains("Xin xem"))
            #expect(
                first.links.contains("/duyet?viec=\(Self.works[1])") && first.links.contains { $0.hasPrefix("/tep/") })
            #expect(first.text.contains("/tinh/phim-tat.js?v=") && first.text.contains("<kbd>j</kbd>"))

            let accepted = try await analyst.submit(try first.form("chap-nhan"))
            #expect(accepted.status == 303 && accepted.location == "/duyet?viec=\(Self.works[1])&xong=duyet-tiep")
            let second = try await analyst.get(accepted.location)
            #expect(second.text.contains("– 2 việc") && second.text.contains("Vừa chấp nhận: I.5"))
            let undone = try await analyst.submit(try Self.undo(second))
            #expect(undone.location == "/duyet?viec=\(Self.works[0])&xong=hoan-tac-duyet")
            let officer = try await harness.browser(as: .communeOfficer)
            let history = HTML.matches(
                "<li><strong>([^<]*)</strong> – ([^,<]*),", in: try await officer.get("/viec/\(Self.works[0])").text
            ).map { $0[1] }
            #expect(history == ["Người duyệt hoàn tác", "Chấp nhận", "Nộp", "Thêm sản phẩm"])

            let again = try await analyst.get("/duyet?viec=\(Self.works[1])")
            #expect(again.text.contains("Việc 2/3"))
            let refused = try await analyst.submit(try again.form("tra-lai"), ["note": ""])
            #expect(refused.status == 422 && refused.text.contains("Việc 2/3"))
            #expect(refused.text.contains("Hãy ghi lý do trả lại"))
            let returned = try await analyst.submit(try refused.form("tra-lai"), ["note": "Thiếu tổ 3"])
            #expect(returned.location == "/duyet?viec=\(Self.works[2])&xong=tra-tiep")
            let late = try Self.undo(try await analyst.get(returned.location))
            harness.clock.advance(seconds: 61)
            let over = try await analyst.submit(late)
            #expect(over.status == 409 && over.text.contains("quá một phút"))
            #expect(try await officer.get("/viec/\(Self.works[1])").text.contains("badge-returned"))
            #expect(try await analyst.get("/duyet").forms().allSatisfy { $0.action != "/duyet/hoan-tac" })
        }
    }

    @Test
    func `what was decided one after another within a minute is undone by one form`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.handIn(harness)
            let analyst = try await harness.browser(as: .analyst)
            _ = try await analyst.submit(try await analyst.get("/duyet").form("chap-nhan"))
            harness.clock.advance(seconds: 2)
            _ = try await analyst.submit(try await analyst.get("/duyet").form("tra-lai"), ["note": "Thiếu tổ 3"])
            harness.clock.advance(seconds: 2)
            _ = try await analyst.submit(try await analyst.get("/duyet").form("chap-nhan"))
            let page = try await analyst.get("/duyet")
            #expect(page.text.contains("2 việc được chấp nhận, 1 việc bị trả lại"))
            let undos = page.forms().filter { $0.action == "/duyet/hoan-tac" }
            #expect(undos.map { $0.hidden.filter { $0.0 == "instance" }.count } == [1, 3], "the last, and all")
            let undone = try await analyst.submit(try page.form("hoan-tac-het"))
            #expect(undone.status == 303)
            let after = try await analyst.get("/duyet")
            #expect(after.text.contains("– 3 việc") && !after.text.contains("/duyet/hoan-tac"))
        }
    }

    @Test
    func `several at once with one note; what changed since the page is left and named`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.handIn(harness)
            let analyst = try await harness.browser(as: .analyst)
            let page = try await analyst.get("/duyet")
            let proof = try page.csrf()
            let seen = HTML.matches(#"name="instance" value="([^"]*@[0-9]+)""#, in: page.text).map { $0[1] }
            let chosen = Set(seen).map { ("instance", $0) }
            #expect(chosen.count == 3)
            func send(_ decision: String, _ note: String) async throws -> Page {
                try await analyst.post(
                    "/duyet/quyet-dinh",
                    [("_csrf", proof), ("_name", "nhieu-viec"), ("decision", decision), ("note", note)] + chosen)
            }
            let refused = try await send("tra-lai", "")
            #expect(refused.status == 422 && refused.text.contains("Hãy ghi lý do trả lại"))
            #expect(HTML.matches(#"@[0-9]+" checked"#, in: refused.text).count == 3, "what was chosen stays chosen")
            let officer = Submission(viewer: try await harness.viewer("commune-officer"))
            try await harness.work.withdraw(Self.works[1], by: officer)
            let partly = try await send("tra-lai", "Gửi lại cả ba")
            #expect(partly.status == 409 && partly.text.contains("Có việc chưa ghi được"))
            #expect(try await harness.count("SELECT COUNT(*) FROM task_instance WHERE state = 'returned'") == 2)
            #expect(try await analyst.get("/duyet").text.contains("Không còn việc nào chờ bạn duyệt"))
            #expect(try Self.undo(partly).hidden.filter { $0.0 == "instance" }.count == 2)
            let nothing = try await analyst.post(
                "/duyet/quyet-dinh", [("_csrf", proof), ("_name", "nhieu-viec"), ("decision", "chap-nhan")])
            #expect(nothing.status == 422)
        }
    }

    @Test
    func `a decision on the page of the work is undone there`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.handIn(harness, [Self.works[1]])
            let analyst = try await harness.browser(as: .analyst)
            let address = "/viec/\(Self.works[1])"
            _ = try await analyst.submit(try await analyst.get(address).form("chap-nhan"), ["note": ""])
            let undone = try await analyst.submit(try Self.undo(try await analyst.get(address)))
            #expect(undone.status == 303 && undone.location == "\(address)?xong=hoan-tac-duyet")
            let page = try await analyst.get(undone.location)
            #expect(page.hasForm("chap-nhan") && page.text.contains("Đã hoàn tác: việc lại chờ duyệt"))
        }
    }

    @Test
    func `all late units are reminded at once, each of its own work`() async throws {
        try await SiteHarness.run(on: "2026-12-30") { harness in
            // What fell due before the system counts is not late.
            harness.clock.advance(seconds: 5 * 86_400)
            let analyst = try await harness.browser(as: .analyst)
            let page = try await analyst.get("/nhac-don-vi-cham")
            #expect(page.status == 200 && page.text.contains("việc quá hạn của"))
            #expect(page.links.contains("/van-ban/moi/cong-van-don-doc"))
            let units = HTML.matches(#"name="lead" value="([^"]*)""#, in: page.text).map { $0[1] }
            #expect(units.contains("10507") && units.count > 100)
            let sent = try await analyst.post(
                "/nhac-don-vi-cham/gui",
                [("_csrf", try page.csrf()), ("note", "Nộp trong tuần"), ("lead", "10507"), ("lead", "10525")])
            #expect(sent.status == 303 && sent.location == "/nhac-don-vi-cham?xong=nhac-cham")
            #expect(try await analyst.get(sent.location).text.contains("đã nhắc hôm nay"))
            let officer = try await harness.browser(as: .communeOfficer)
            let notices = try await officer.get("/thong-bao")
            #expect(notices.text.contains("việc của đơn vị đã quá hạn") && notices.text.contains("Nộp trong tuần"))
            let link = try #require(notices.links.first { $0.hasPrefix("/thong-bao/") })
            #expect(try await officer.get(link).location == "/viec?nam=tat-ca&trang-thai=qua-han&don-vi=10507")
            #expect(try await harness.count("SELECT COUNT(*) FROM notice WHERE kind = 'work.late-reminder'") == 2)
            let none = try await analyst.post("/nhac-don-vi-cham/gui", [("_csrf", try page.csrf())])
            #expect(none.status == 422)
        }
    }
}
