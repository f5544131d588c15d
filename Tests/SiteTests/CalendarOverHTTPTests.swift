import Access
import Foundation
import Testing

/// A person's calendar address: a secret told once.
@Suite
struct CalendarOverHTTPTests {
    static let pattern = #"id="dia-chi-lich">http://127\.0\.0\.1:8080(/lich/nguoi/[A-Za-z0-9_-]+\.ics)<"#

    static func address(on page: Page) -> String? { HTML.matches(pattern, in: page.text).first?[1] }

    @Test
    func `an address is told once and answers a calendar of one's own work to whoever has it`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let before = try await officer.get("/tai-khoan")
            #expect(Self.address(on: before) == nil && !before.hasForm("thu-hoi"))
            let made = try await officer.submit(try before.form("lich"))
            let address = try #require(Self.address(on: made))
            let again = try await officer.get("/tai-khoan")
            #expect(Self.address(on: again) == nil)

            let feed = try await harness.browser().get(address)
            #expect(feed.status == 200)
            #expect(feed.header("content-type") == "text/calendar; charset=utf-8")
            #expect(feed.text.hasPrefix("BEGIN:VCALENDAR\r\n") && feed.text.hasSuffix("END:VCALENDAR\r\n"))
            let unfolded = feed.text.replacingOccurrences(of: "\r\n ", with: "")
            #expect(unfolded.contains("UID:I.5/2026-Q4/10507@bao-phu\r\n"))
            #expect(unfolded.contains("DTSTART;VALUE=DATE:20261231\r\n"))
            #expect(unfolded.contains("URL:http://127.0.0.1:8080/viec/I.5/2026-Q4/10507\r\n"))
            #expect(!unfolded.contains("/10525"))
        }
    }

    @Test
    func `a new address ends the old one and revoking ends all`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let visitor = harness.browser()
            let first = try await officer.submit(try await officer.get("/tai-khoan").form("lich"))
            let old = try #require(Self.address(on: first))
            let second = try await officer.submit(try first.form("lich"))
            let new = try #require(Self.address(on: second))
            #expect(old != new)
            #expect(try await visitor.get(old).status == 404)
            #expect(try await visitor.get(new).status == 200)

            let revoked = try await officer.submit(try second.form("thu-hoi"))
            #expect(revoked.status == 303 && revoked.location == "/tai-khoan?xong=lich")
            let gone = try await visitor.get(new)
            #expect(gone.status == 404 && gone.text.contains("đã bị thu hồi"))
            let page = try await officer.get(revoked.location)
            #expect(page.text.contains("Đã thu hồi địa chỉ lịch") && !page.hasForm("thu-hoi"))
            let actions = try await harness.audit().map(\.action)
            #expect(actions.filter { $0 == "calendar.address-renewed" }.count == 2)
            #expect(actions.contains("calendar.address-revoked"))
        }
    }

    @Test
    func `the address of a locked account shows nothing`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let made = try await officer.submit(try await officer.get("/tai-khoan").form("lich"))
            let address = try #require(Self.address(on: made))
            let viewer = try await harness.viewer("commune-officer")
            try await harness.access.setDisabled(true, account: viewer.account, by: .system)
            #expect(try await harness.browser().get(address).status == 404)
        }
    }
}
