import Assembly
import Access
import Foundation
import Kernel
import Notices
import Targets
import Testing

/// The day's list over HTTP: all that waits, for whom it waits, and the number beside it.
@Suite
struct MyDayPagesTests {
    static func number(_ page: Page) -> Int? {
        HTML.matches(#"Việc của tôi <b class="count">([0-9.]+)<"#, in: page.text).first.flatMap { Int($0[1]) }
    }

    @Test
    func `contests, a month without figures and unnumbered papers wait for those who see to them`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await FigurePagesTests.furnish(harness)
            let officer = try await harness.browser(as: .communeOfficer)
            let made = try await officer.submit(
                try await officer.get("/van-ban/moi/giay-moi").form("soan"),
                ["f-meeting": "Hội nghị triển khai", "guests": "Nguyễn Văn B; Giám đốc; BHXH cơ sở"])
            #expect(made.status == 303)
            for role in Role.allCases {
                let page = try await harness.browser(as: role).get("/hom-nay")
                PageQualityTests.expectSound(page)
                let keeps = [Role.analyst, .insuranceProvince].contains(role)
                #expect(page.text.contains("Đề nghị sửa số liệu, chờ bạn quyết định") == keeps, "\(role)")
                #expect(page.text.contains("Số liệu còn thiếu") == keeps, "\(role)")
                let drafts = [Role.communeOfficer, .communeLeader].contains(role)
                #expect(page.text.contains("Văn bản chưa ghi số") == drafts, "\(role)")
            }
        }
    }

    @Test
    func `a proposal and work due in forty days stand on the list, in its text and calendar`() async throws {
        try await SiteHarness.run(on: "2026-11-21") { harness in
            let analyst = Submission(viewer: try await harness.viewer("analyst"))
            try await harness.allocations.callForProposals(year: 2027, until: "12/12/2026", by: analyst)
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/hom-nay")
            #expect(page.text.contains("Gửi đề xuất chỉ tiêu năm 2027"))
            #expect(page.links.contains("/de-xuat-chi-tieu?nam=2027"))
            // Due on 31/12: in forty days.
            #expect(page.links.contains("/viec/I.5/2026-Q4/10507") && page.text.contains("còn 40 ngày"))
            let text = try #require(HTML.matches(#"id="viec-de-chep">([^<]*)<"#, in: page.text).first?[1])
            #expect(text.contains("- Gửi đề xuất chỉ tiêu năm 2027, hạn 12/12/2026"))
            let before = try #require(Self.number(page))
            let list = try await harness.system.days.list(of: try await harness.viewer("commune-officer"))
            #expect(before == list.items.count)

            let made = try await officer.submit(try await officer.get("/tai-khoan").form("lich"))
            let feed = try await harness.browser().get(try #require(CalendarOverHTTPTests.address(on: made)))
            #expect(feed.text.contains("DTSTART;VALUE=DATE:20261212"))

            let leader = try await harness.browser(as: .leader)
            #expect(try await !leader.get("/hom-nay").text.contains("Gửi đề xuất chỉ tiêu"))
            let commune = try #require(CommuneCode(SiteHarness.commune))
            try await harness.allocations.propose(
                commune, year: 2027, total: "8.000", voluntary: "800", reason: "Theo lao động", conditions: "",
                by: .init(viewer: try await harness.viewer("commune-officer")))
            let after = try await officer.get("/hom-nay")
            #expect(!after.text.contains("Gửi đề xuất chỉ tiêu năm 2027"))
            #expect(Self.number(after) == before - 1, "the number follows at once")
        }
    }

    @Test
    func `the head of a group sees target and count, and tells the month's count`() async throws {
        try await SiteHarness.run { harness in
            let head = try await harness.browser(as: .groupHead)
            let empty = try await head.get("/to-cua-toi")
            PageQualityTests.expectSound(empty)
            #expect(empty.text.contains("chưa có tổ “Tổ dân phố số 3”") && !empty.hasForm("dem"))
            #expect(try await Self.number(head.get("/hom-nay")) == nil)
            let commune = try #require(CommuneCode(SiteHarness.commune))
            try await harness.groups.saveGroup(
                nil, of: commune, typed: [.name: "Tổ dân phố số 3", .people: "500", .voluntaryTarget: "40"], year: 2026,
                version: nil, by: .init(viewer: try await harness.viewer("commune-officer")))
            let day = try await head.get("/hom-nay")
            #expect(day.links.contains("/to-cua-toi") && Self.number(day) == 1)
            let page = try await head.get("/to-cua-toi")
            PageQualityTests.expectSound(page)
            #expect(page.text.contains("40 người") && page.text.contains("data-print"))
            let refused = try await head.submit(
                try page.form("dem"), ["voluntaryNow": "900", "countedOn": "23/11/2026"])
            #expect(refused.status == 422 && refused.text.contains("Tổ có 500 người dân"))
            let sent = try await head.submit(try page.form("dem"), ["voluntaryNow": "12", "countedOn": "23/11/2026"])
            #expect(sent.status == 303 && sent.location == "/to-cua-toi?xong=dem-to")
            let after = try await head.get(sent.location)
            #expect(after.text.contains("12 người, đếm ngày 23/11/2026") && after.text.contains("Còn thiếu 28 người"))
            let done = try await head.get("/hom-nay")
            #expect(Self.number(done) == nil && done.text.contains("Sắp tới:") && done.text.contains("01/12/2026"))
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await officer.get("/don-vi/\(SiteHarness.commune)/to-dan-pho").text.contains("23/11/2026"))
            #expect(try await officer.get("/to-cua-toi").status == 403)
        }
    }
}
