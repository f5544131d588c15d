import Access
import Database
import Foundation
import Kernel
import Testing

/// An obstacle from an officer's page to guidance for everybody.
@Suite
struct ObstacleOverHTTPTests {
    static func send(_ harness: SiteHarness, _ login: String, title: String, from page: String) async throws -> String {
        let browser = try await harness.browser(as: login)
        let form = try await browser.get("/vuong-mac/gui?tu=\(Browser.encoded(page))").form("gui")
        let task = HTML.matches(#"<option value="([^"]*)" selected>"#, in: form.html).first?[1] ?? ""
        let sent = try await browser.submit(form, ["title": title, "text": "Chưa rõ cách làm.", "task": task])
        #expect(sent.status == 303 && sent.location == "/vuong-mac?xong=gui")
        let list = try await browser.get(sent.location)
        let row = HTML.matches(#"<a href="(/vuong-mac/[0-9a-z]{26})">([^<]*)</a>"#, in: list.text)
        return try #require(row.first { $0[2] == title }?[1])
    }

    @Test
    func `every page an officer works on leads to sending an obstacle from it`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/viec/I.5/2026-Q4/10507")
            let link = try #require(page.links.first { $0.hasPrefix("/vuong-mac/gui?") })
            let form = try await officer.get(link).form("gui")
            #expect(form.hidden("page") == "/viec/I.5/2026-Q4/10507")
            #expect(form.html.contains("<option value=\"I.5\" selected>"))
            let refused = try await officer.submit(form, ["title": "", "text": "", "task": "I.5"])
            #expect(refused.status == 422)
            let again = try refused.form("gui")
            #expect(again.html.contains("href=\"#gui-title\"") && again.html.contains("href=\"#gui-text\""))
            #expect(again.hidden("page") == "/viec/I.5/2026-Q4/10507")
            let auditor = try await harness.browser(as: .auditor)
            #expect(try await !auditor.get("/viec").text.contains("/vuong-mac/gui"))
        }
    }

    @Test
    func `similar obstacles are merged, assigned, answered and become guidance`() async throws {
        try await SiteHarness.run { harness in
            let first = try await Self.send(
                harness, "commune-officer", title: "Tổ dân phố chưa có tổ trưởng", from: "/viec")
            let second = try await Self.send(
                harness, SiteHarness.neighbour, title: "Tổ dân phố thiếu tổ trưởng", from: "/nhiem-vu/I.3")
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await officer.get(second).status == 404, "an open obstacle is not for neighbours")

            let analyst = try await harness.browser(as: .analyst)
            #expect(try await analyst.get("/hom-nay").links.contains(first))
            let merging = try await analyst.get(second)
            // Each choice names the version that its words were read from.
            let choices = HTML.matches(##"<option value="([^"/]+/[0-9]+)""##, in: merging.text).map { $0[1] }
            let target = try #require(choices.first { $0.hasPrefix(first.dropFirst("/vuong-mac/".count)) })
            let merged = try await analyst.submit(try merging.form("gop"), ["target": target])
            #expect(merged.status == 303 && merged.location == "\(first)?xong=gop")
            let page = try await analyst.get(merged.location)
            #expect(page.text.contains("Đã gộp vào đây") && page.links.contains(second))

            let assigned = try await analyst.submit(try page.form("giao"), ["agency": "bhxh-thanh-pho", "days": "5"])
            #expect(assigned.status == 303)
            let insurance = try await harness.browser(as: .insuranceProvince)
            #expect(try await insurance.get("/hom-nay").links.contains(first))
            let form = try await insurance.get(first).form("tra-loi")
            let bare = try await insurance.submit(form, ["answer": "Giao cho phó tổ trưởng.", "basis": ""])
            #expect(bare.status == 422 && bare.text.contains("Hãy ghi căn cứ pháp lý"))
            #expect(try bare.form("tra-loi").html.contains("Giao cho phó tổ trưởng."))
            let answered = try await insurance.submit(
                try bare.form("tra-loi"), ["answer": "Giao cho phó tổ trưởng.", "basis": "Luật BHXH 2024, Điều 17"])
            #expect(answered.status == 303)

            for role in [Role.groupHead, .agencyOfficer, .auditor] {
                let reader = try await harness.browser(as: role)
                let found = try await reader.get("/vuong-mac?tim=to+truong+pho")
                #expect(found.links.contains(first), "\(role)")
                let guidance = try await reader.get(first)
                #expect(guidance.text.contains("Luật BHXH 2024, Điều 17"))
                #expect(!guidance.text.contains("Cán bộ UBND cấp xã"), "guidance stands without the asker's name")
            }
            let actions = try await harness.audit().map(\.action)
            for action in ["sent", "merged", "assigned", "answered"] {
                #expect(actions.contains("obstacle.\(action)"))
            }
        }
    }

    @Test
    func `an overtaken page, a form sent twice and a merge into itself change nothing`() async throws {
        try await SiteHarness.run { harness in
            let address = try await Self.send(harness, "commune-officer", title: "Một câu hỏi", from: "/")
            let analyst = try await harness.browser(as: .analyst)
            let page = try await analyst.get(address)
            for _ in 1...2 {
                #expect(
                    try await analyst.submit(try page.form("giao"), ["agency": "so-xay-dung", "days": "5"]).status
                        == 303)
            }
            #expect(try await harness.count("SELECT version FROM obstacle") == 2)
            let late = try await analyst.submit(try page.form("tra-loi"), ["answer": "Có", "basis": "Luật"])
            #expect(late.status == 409 && late.text.contains("vừa được người khác cập nhật"))
            let itself = String(address.dropFirst("/vuong-mac/".count))
            let merge = try await analyst.post(
                "\(address)/gop", [("_csrf", try page.csrf()), ("_version", "2"), ("target", "\(itself)/2")])
            #expect(merge.status == 422)
            #expect(try await harness.count("SELECT COUNT(*) FROM obstacle WHERE merged_into IS NULL") == 1)
        }
    }

    /// The address of the page is shown to the analyst as a link; browsers take `\` for `/` and leave tabs out.
    @Test
    func `the page an obstacle was sent from is one of ours`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            for page in [
                "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "javascript:0",
            ] {
                let form = try await officer.get("/vuong-mac/gui").form("gui").replacing("page", with: page)
                _ = try await officer.submit(form, ["title": "Một câu hỏi", "text": "Nội dung", "task": ""])
            }
            let stored = try await harness.store.read { connection in
                try connection.rows("SELECT page FROM obstacle ORDER BY id").map { try $0.text("page") }
            }
            #expect(stored == Array(repeating: "/", count: 5))
        }
    }

    @Test
    func `the coordinator groups obstacles on screen, and the report prints the groups with answers and their basis`()
        async throws
    {
        try await SiteHarness.run { harness in
            let first = try await Self.send(harness, "commune-officer", title: "Chưa có danh sách tổ", from: "/viec")
            let second = try await Self.send(harness, SiteHarness.neighbour, title: "Thiếu mã số", from: "/viec")
            let analyst = try await harness.browser(as: .analyst)
            #expect(try await analyst.get("/vuong-mac").links.contains("/vuong-mac/nhom"))
            let page = try await analyst.get("/vuong-mac/nhom")
            #expect(page.text.contains("2 vướng mắc, 2 chưa xếp nhóm") && page.text.contains("form=\"nhom\""))
            let ids = [first, second].map { String($0.dropFirst("/vuong-mac/".count)) }
            let form = try page.form("nhom")
            let none = try await analyst.submit(form, ["group": "Dữ liệu, phối hợp", "title": ""])
            #expect(none.status == 422 && none.text.contains("Hãy đánh dấu từ 1"))
            let kept = try await analyst.post(
                form.action,
                form.hidden + [("group", "Dữ liệu, phối hợp"), ("title", "")] + ids.map { ("obstacle", $0) })
            #expect(kept.status == 303)
            let grouped = try await analyst.get("/vuong-mac/nhom")
            #expect(grouped.text.contains("<h2>Dữ liệu, phối hợp (2)</h2>"))

            let answering = try await analyst.get(first).form("tra-loi")
            let answered = try await analyst.submit(
                answering, ["answer": "Dùng danh sách của UBND.", "basis": "Luật BHXH 2024, Điều 17"])
            #expect(answered.status == 303)
            let paper = try await analyst.get("/van-ban/moi/bao-cao-vuong-mac").form("soan")
            let made = try await analyst.submit(
                paper, ["f-intake": "Qua hệ thống.", "f-beyond": "", "f-proposals": ""])
            #expect(made.status == 303)
            let report = try await analyst.get(made.location)
            #expect(report.text.contains("1. Dữ liệu, phối hợp (1 vướng mắc, 1 đơn vị gặp)"))
            #expect(
                report.text.contains(
                    "Chưa có danh sách tổ. Trả lời: Dùng danh sách của UBND. Căn cứ: Luật BHXH 2024, Điều 17."))
            #expect(report.text.contains("Thiếu mã số"))
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await officer.get("/vuong-mac/nhom").status == 403)
        }
    }
}
