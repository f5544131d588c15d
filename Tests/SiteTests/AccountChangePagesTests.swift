import Access
import Kernel
import Testing

/// Changing somebody's role over HTTP.
@Suite
struct AccountChangePagesTests {
    @Test
    func `the administrator changes a role, the person's open session ends and the page keeps who did it`() async throws
    {
        try await SiteHarness.run { harness in
            let person = try await harness.viewer(SiteHarness.neighbour)
            let officer = try await harness.browser(as: SiteHarness.neighbour)
            let administrator = try await harness.browser(as: .administrator)
            let address = "/quan-tri/tai-khoan/\(person.account)"
            #expect(try await administrator.get("/quan-tri/tai-khoan?tim=khac").text.contains("href=\"\(address)\""))
            let page = try await administrator.get(address)
            PageQualityTests.expectSound(page)
            let form = try page.form("pham-vi")
            #expect(form.html.contains("<option value=\"commune-officer\" selected>"))
            let fields = ["role": "agency-officer", "agency": "so-xay-dung", "reason": "Chuyển công tác"]
            let refused = try await administrator.submit(form, ["role": "agency-officer", "reason": "x"])
            #expect(refused.status == 422 && refused.text.contains("cần thuộc một cơ quan"))
            #expect(try await officer.get("/hom-nay").status == 200)
            let done = try await administrator.submit(form, fields)
            #expect(done.status == 303 && done.location.hasPrefix(address))
            #expect(try await officer.get("/hom-nay").location.hasPrefix("/dang-nhap"))
            let after = try await administrator.get(address)
            #expect(after.text.contains("Sửa vai trò, phạm vi</strong>") && after.text.contains("Chuyển công tác"))
            #expect(after.text.contains("Cán bộ sở, ban, ngành"))
            let again = try await harness.browser(as: SiteHarness.neighbour)
            #expect(try await again.get("/de-xuat-chi-tieu").status == 403)
        }
    }

    @Test
    func `one's own account has no such form and takes none`() async throws {
        try await SiteHarness.run { harness in
            let own = try await harness.viewer("administrator").account
            let administrator = try await harness.browser(as: .administrator)
            let page = try await administrator.get("/quan-tri/tai-khoan/\(own)")
            #expect(page.status == 200 && !page.hasForm("pham-vi"))
            let csrf = try await administrator.csrf(forVisitors: false)
            let sent = try await administrator.post(
                "/quan-tri/tai-khoan/\(own)/pham-vi",
                [("_csrf", csrf), ("_version", "0"), ("role", "auditor"), ("reason", "x")])
            #expect(sent.status == 403)
            #expect(try await harness.viewer("administrator").role == .administrator)
        }
    }

    @Test
    func `the accounts page says of every right which roles have it`() async throws {
        try await SiteHarness.run { harness in
            let page = try await harness.browser(as: .administrator).get("/quan-tri/tai-khoan")
            for right in harness.access.grants.areas.flatMap(\.rights) {
                #expect(page.text.contains("<th scope=\"row\">\(right.title)</th>"), "\(right.name)")
            }
        }
    }
}
