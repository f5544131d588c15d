import Access
import Assembly
import Foundation
import Kernel
import Remarks
import TestSupport
import Testing
import Work

/// Remarks on the pages of things, and leaders' lines, over HTTP.
@Suite
struct RemarkPagesTests {
    static let unit = "/don-vi/10507"
    static let work = "/viec/II.4/2026/10507"
    static let figure = "/so-lieu/don-vi/10507/2026-10/tu-nguyen"
    static let month = "/so-lieu/thang/2026-10"

    private static func say(
        _ text: String, on address: String, as browser: Browser, unit: String = ""
    ) async throws -> Page {
        try await browser.submit(try await browser.get(address).form("y-kien-moi"), ["text": text, "unit": unit])
    }

    @Test
    func `work, a unit, its figure, the city's month: each has its thread, which leads back to its page`() async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await FigurePagesTests.furnish(harness)
            let analyst = try await harness.browser(as: .analyst)
            for address in [Self.unit, Self.work, Self.figure, Self.month] {
                let sent = try await Self.say("Xin xem lại <b>số</b>", on: address, as: analyst)
                #expect(sent.status == 303, "\(address): \(sent.status)")
                #expect(sent.location == "\(address)?xong=gui-y-kien#y-kien", "\(sent.location)")
                let page = try await analyst.get(address)
                #expect(page.text.contains("Xin xem lại &lt;b&gt;số&lt;/b&gt;"))
                #expect(page.text.contains("Ý kiến, bút phê (1)"))
                #expect(page.text.contains("Sở Nội vụ</strong>") || page.text.contains("Sở Nội vụ"), "who speaks")
                PageQualityTests.expectSound(page)
            }
            let officer = try await harness.browser(as: .communeOfficer)
            for address in [Self.unit, Self.work, Self.figure, Self.month] {
                #expect(try await officer.get(address).text.contains("Xin xem lại"), "\(address)")
            }
            // The page of a unit is another commune's to see, what is said of it is not.
            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            let closed = try await neighbour.get(Self.unit)
            #expect(closed.status == 200 && !closed.text.contains("Xin xem lại") && !closed.hasForm("y-kien-moi"))
            #expect(try await neighbour.get("/y-kien/unit~10507").status == 404)
            #expect(try await neighbour.get(Self.month).text.contains("Xin xem lại"))
            let head = try await harness.browser(as: .groupHead)
            #expect(try await head.get("/y-kien/unit~10507").text.contains("Xin xem lại"))
            #expect(try await head.get(Self.unit).hasForm("y-kien-moi") == false)
        }
    }

    @Test
    func `the unit chosen is told and answers; who asked is told of it; seen on the page it is told no more`()
        async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let analyst = try await harness.browser(as: .analyst)
            let form = try await analyst.get(Self.work).form("y-kien-moi")
            #expect(form.html.contains(#"<option value="10507" selected"#), "the lead is told unless somebody chooses")
            #expect(try await analyst.submit(form, ["text": "Vì sao chậm?", "unit": "10507"]).status == 303)
            let officer = try await harness.browser(as: .communeOfficer)
            let notices = try await officer.get("/thong-bao")
            #expect(notices.text.contains("có ý kiến gửi đơn vị bạn về việc II.4"))
            #expect(notices.text.contains("Vì sao chậm?"))
            let answered = try await Self.say("Chờ @Sở Nội vụ hướng dẫn", on: Self.work, as: officer)
            #expect(answered.status == 303)
            #expect(try await officer.get("/thong-bao").text.contains("Vì sao chậm?") == false)
            let told = try await analyst.get("/thong-bao")
            #expect(told.text.contains("có ý kiến gửi đơn vị bạn về việc II.4"))
            #expect(try await analyst.get("/tim?tim=huong+dan").links.contains(Self.work))
        }
    }

    @Test
    func `a refused remark stands again with what was typed, and no box lets a person's number through`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            for (text, words) in [
                ("", "Hãy ghi ý kiến"), ("Bà Lan 031185012345", "giống số căn cước"), ("gọi 0912 345 678", "giống số"),
                ("@Sở Y tế xem giúp", "Không báo được"),
            ] {
                let refused = try await Self.say(text, on: Self.work, as: officer)
                #expect(refused.status == 422 && refused.text.contains(words), "\(text)")
                let again = try refused.form("y-kien-moi")
                #expect(text.isEmpty || again.html.contains(text), "\(text)")
                #expect(!again.html.contains("_confirmed"), "\(text)")
                PageQualityTests.expectSound(refused, status: 422)
            }
            #expect(try await harness.count("SELECT COUNT(*) FROM remark") == 0)
        }
    }

    @Test
    func `an own remark is corrected at once and taken back later, never without a trace`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await Self.say("Thiếu 12 nguoi", on: Self.work, as: officer).status == 303)
            let page = try await officer.get(Self.work)
            let correction = try #require(page.forms().first { $0.id.hasPrefix("sua-") })
            #expect(try await officer.submit(correction, ["text": "Thiếu 12 người"]).status == 303)
            let stale = try await officer.submit(correction, ["text": "Thiếu 13 người"])
            #expect(stale.status == 303, "the same form sent again is done already")
            harness.clock.advance(seconds: 1_200)
            let later = try await officer.get(Self.work)
            #expect(later.text.contains("Thiếu 12 người") && later.text.contains("đã sửa"))
            #expect(!later.forms().contains { $0.id.hasPrefix("sua-") })
            let back = try #require(later.forms().first { $0.id.hasPrefix("rut-") })
            #expect(try await officer.submit(back).status == 303)
            let analyst = try await harness.browser(as: .analyst)
            let left = try await analyst.get(Self.work)
            #expect(left.text.contains("Ý kiến đã rút lúc") && !left.text.contains("Thiếu 12 người"))
        }
    }

    @Test
    func `a leader's line from a commune's page stands on the unit's list until it is answered, and is closed`()
        async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let leader = try await harness.browser(as: .leader)
            let page = try await leader.get(Self.unit)
            // Two touches: the summary of the form, which asks one field alone, and its button.
            let form = try page.form("but-phe-moi")
            #expect(form.html.contains(#"<option value="10507" selected"#))
            #expect(form.html.contains("Để trống: 17/12/2026 (5 ngày làm việc)"))
            #expect(
                page.text.range(of: "but-phe-moi")?.lowerBound ?? page.text.endIndex
                    < page.text.range(of: "Sản phẩm còn thiếu")?.lowerBound ?? page.text.startIndex)
            let given = try await leader.submit(
                form, ["text": "Gặp ba doanh nghiệp lớn, báo cáo kết quả", "unit": "10507", "due": ""])
            #expect(given.status == 303 && given.location == "\(Self.unit)?xong=but-phe#y-kien")

            let officer = try await harness.browser(as: .communeOfficer)
            let day = try await officer.get("/hom-nay")
            #expect(day.text.contains("Bút phê giao đơn vị bạn") && day.text.contains("Gặp ba doanh nghiệp lớn"))
            let address = try #require(day.links.first { $0.hasPrefix("/but-phe/") })
            let asked = try await officer.get(address)
            PageQualityTests.expectSound(asked)
            #expect(!asked.hasForm("dong") && !asked.hasForm("thoi"))
            let bare = try await officer.submit(try asked.form("tra-loi"), ["text": ""])
            #expect(bare.status == 422 && bare.text.contains("Hãy ghi đã làm gì"))
            let answered = try await officer.submit(try asked.form("tra-loi"), ["text": "Đã gặp ba doanh nghiệp"])
            #expect(answered.status == 303 && answered.location == "\(address)?xong=tra-loi-but-phe")
            #expect(try await officer.get("/hom-nay").links.contains(address) == false)

            #expect(try await leader.get("/hom-nay").text.contains("Trả lời: Đã gặp ba doanh nghiệp"))
            let list = try await leader.get("/but-phe")
            PageQualityTests.expectSound(list)
            #expect(list.links.contains(address) && list.text.contains("Đã trả lời, chờ xem"))
            #expect(list.links.contains("/but-phe") || list.text.contains(#"href="/but-phe""#))
            let closing = try await leader.get(address)
            #expect(closing.text.contains("trả lời trước hết 17/12/2026"))
            #expect(try await leader.submit(try closing.form("dong"), ["text": ""]).status == 303)
            #expect(try await leader.get("/but-phe").links.contains(address) == false)
            #expect(try await leader.get("/but-phe?kieu=tat-ca").links.contains(address))
            let late = try await leader.submit(try closing.form("tra-lai"), ["text": "Gặp nữa", "due": ""])
            #expect(late.status == 409)
            #expect(try await officer.get(address).text.contains("Đã xong"))
            #expect(try await leader.get("/tim?tim=ba+doanh+nghiep").links.contains(address))
        }
    }

    @Test
    func `nobody but a leader is shown the form of a line; a line is read by those it asks`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            for role in Role.allCases where role != .leader {
                let browser = try await harness.browser(as: role)
                #expect(try await browser.get(Self.unit).hasForm("but-phe-moi") == false, "\(role)")
            }
            let id = try await harness.system.remarks.instruct(
                "Báo cáo ngay", to: nil, about: Subject(.unit, "10507"),
                by: .init(viewer: try await harness.viewer("leader")))
            for (login, status) in [
                ("commune-leader", 200), ("insurance-base", 200), ("analyst", 200), ("auditor", 200),
                (SiteHarness.neighbour, 404), ("agency-officer", 404), ("insurance-province", 404),
            ] {
                let browser = try await harness.browser(as: login)
                #expect(try await browser.get("/but-phe/\(id)").status == status, "\(login)")
                #expect(
                    try await browser.get("/but-phe").text.contains("Báo cáo ngay") == (status == 200), "\(login)")
            }
            // A group's head has no list of lines to go back to.
            let head = try await harness.browser(as: .groupHead).get("/but-phe/\(id)")
            #expect(head.status == 200 && head.links.contains(Self.unit) && !head.links.contains("/but-phe"))
            let base = try await harness.browser(as: .insuranceBase)
            #expect(try await base.get("/but-phe/\(id)").hasForm("tra-loi") == false, "its area's, not its own")
        }
    }

    @Test
    func `the list of lines is narrowed by its columns and had as a workbook`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await harness.system.remarks.instruct(
                "Báo cáo ngay", to: nil, due: "20/12/2026", about: Subject(.instance, "II.4/2026/10507"),
                by: .init(viewer: try await harness.viewer("leader")))
            let leader = try await harness.browser(as: .leader)
            let book = try await leader.get("/but-phe/bang.xlsx")
            #expect(book.status == 200 && book.bytes.starts(with: Array("PK".utf8)))
            let narrowed = try await leader.get("/but-phe?loc-tinh-trang=%C4%90ang+l%C3%A0m&xep=han")
            #expect(narrowed.text.contains("Báo cáo ngay"))
            let none = try await leader.get("/but-phe?loc-tinh-trang=%C4%90%C3%A3+xong")
            #expect(!none.text.contains("Báo cáo ngay"))
        }
    }

    @Test
    func `rows tell how much was said of their things, to those who read it`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await FigurePagesTests.furnish(harness)
            let analyst = try await harness.browser(as: .analyst)
            for address in [Self.unit, Self.work, Self.figure] {
                #expect(try await Self.say("Xin xem lại", on: address, as: analyst).status == 303, "\(address)")
            }
            #expect(try await Self.say("Xin xem thêm", on: Self.work, as: analyst).status == 303)
            let officer = try await harness.browser(as: .communeOfficer)
            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            let lists = [
                ("/viec?nhiem-vu=II.4", "\(Self.work)#y-kien", "2 ý kiến"),
                (Self.unit, "\(Self.work)#y-kien", "2 ý kiến"),
                ("/nhiem-vu/II.4", "\(Self.work)#y-kien", "2 ý kiến"), ("/don-vi", "\(Self.unit)#y-kien", "1 ý kiến"),
                (Self.month, "\(Self.figure)#y-kien", "1 ý kiến"),
            ]
            for (list, place, words) in lists {
                let link = #"<a href="\#(place)">\#(words)</a>"#
                for reader in [analyst, officer] {
                    #expect(try await reader.get(list).text.contains(link), "\(list): \(words)")
                }
                // Asked after those who read it, of pages that are kept.
                let closed = try await neighbour.get(list)
                #expect(closed.status == 200 && !closed.text.contains("\(place)\""), "\(list)")
            }
            // What comes next is counted on a page that was kept.
            #expect(try await Self.say("Đã xem", on: Self.work, as: officer).status == 303)
            #expect(try await analyst.get("/viec?nhiem-vu=II.4").text.contains("3 ý kiến</a>"))
        }
    }

    @Test
    func `a line with a day stands in the list and the calendar of those who must answer, and leaves both`()
        async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let id = try await harness.system.remarks.instruct(
                "Gặp ba doanh nghiệp", to: nil, due: "21/12/2026", about: Subject(.unit, "10507"),
                by: .init(viewer: try await harness.viewer("leader")))
            func feed(_ login: String) async throws -> String {
                let browser = try await harness.browser(as: login)
                let made = try await browser.submit(try await browser.get("/tai-khoan").form("lich"))
                let address = try #require(CalendarOverHTTPTests.address(on: made))
                return try await harness.browser().get(address).text.replacingOccurrences(of: "\r\n ", with: "")
            }
            let event = "UID:instruction/instruction/\(id)@bao-phu\r\n"
            for login in ["commune-officer", "commune-leader"] {
                let text = try await feed(login)
                let entry = try #require(
                    text.components(separatedBy: "BEGIN:VEVENT").first { $0.contains("/but-phe/\(id)\r\n") }, "\(login)"
                )
                #expect(entry.contains(event), "\(entry)")
                #expect(entry.contains("DTSTART;VALUE=DATE:20261221\r\n") && entry.contains("Gặp ba doanh nghiệp"))
                let day = try await harness.browser(as: login).get("/hom-nay")
                #expect(day.links.contains("/but-phe/\(id)") && day.text.contains("21/12/2026"), "\(login)")
            }
            for login in [SiteHarness.neighbour, "insurance-base", "analyst", "group-head"] {
                #expect(try await !feed(login).contains("/but-phe/"), "\(login)")
                let day = try await harness.browser(as: login).get("/hom-nay")
                #expect(!day.links.contains("/but-phe/\(id)"), "\(login)")
            }
            try await harness.system.remarks.answer(
                id, "Đã gặp", by: .init(viewer: try await harness.viewer("commune-officer")))
            #expect(try await !feed("commune-officer").contains("/but-phe/"))
        }
    }
}
