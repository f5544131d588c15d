import Access
import Foundation
import Testing

/// Nothing is lost by one press.
@Suite
struct DeedTests {
    @Test
    func `each form asks, can be taken back, or only adds`() {
        let forms = RouteTable.rights.keys.filter { $0.hasPrefix("POST ") }.map { String($0.dropFirst(5)) }
        #expect(Set(forms).subtracting(DeedTable.cares.keys).sorted() == [], "says nothing of what it loses")
        #expect(Set(DeedTable.cares.keys).subtracting(forms).sorted() == [], "is no form")
        for case (let form, .undone(let other)) in DeedTable.cares where other.hasPrefix("/") {
            #expect(forms.contains(other), "\(form) is taken back by \(other), which there is not")
        }
    }

    /// Whether the form that is sent to an address stands behind a question, open to be read without scripts.
    static func asks(_ page: Page, _ address: String) -> Bool {
        HTML.matches(
            #"<details class="asks"( open)?><summary>[^<]+</summary><p>([^<]{20,})</p><form method="post" action="([^"]*)""#,
            in: page.text
        ).contains { $0[3] == address }
    }

    @Test
    func `what is lost is said before an account is locked or gets a new link`() async throws {
        try await SiteHarness.run { harness in
            let keeper = try await harness.browser(as: .administrator)
            let account = try await harness.viewer("commune-officer").account
            let page = try await keeper.get("/quan-tri/tai-khoan?tim=commune-officer")
            for deed in ["khoa", "lien-ket"] {
                #expect(Self.asks(page, "/quan-tri/tai-khoan/\(account)/\(deed)"), "\(deed)")
            }
            let locked = try await keeper.submit(try page.form("khoa-\(account)"))
            #expect(locked.status == 303)
            let after = try await keeper.get("/quan-tri/tai-khoan?tim=commune-officer")
            // Unlocking loses nothing.
            #expect(after.hasForm("khoa-\(account)") && !Self.asks(after, "/quan-tri/tai-khoan/\(account)/khoa"))
        }
    }

    @Test
    func `drafts, products and sessions ask before they go`() async throws {
        try await SiteHarness.run { harness in
            let fill = try await RouteAccessTests.prepare(harness)
            let keeper = try await harness.browser(as: .administrator)
            for (page, deed) in [
                ("/quan-tri/gia-tri/{id}", "bo"), ("/quan-tri/bang-don-vi/{id}", "bo"),
            ] {
                let address = page.replacingOccurrences(of: "{id}", with: try #require(fill[page]))
                #expect(Self.asks(try await keeper.get(address), "\(address)/\(deed)"), "\(page)")
            }
            let work = "/viec/I.5/2026-Q4/10507"
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(Self.asks(try await officer.get(work), "\(work)/bo-san-pham"))
            // Another machine of the same person.
            _ = try await harness.browser(as: .communeOfficer)
            #expect(Self.asks(try await officer.get("/tai-khoan"), "/tai-khoan/phien"))
        }
    }
}
