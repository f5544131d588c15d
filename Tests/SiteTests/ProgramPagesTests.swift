import Access
import Assembly
import Exchange
import Foundation
import Kernel
import Testing

/// Keys of programs on pages: issued, shown once, turned, taken back, by one person or two.
@Suite
struct ProgramPagesTests {
    private static let typed = [
        "name": "Kết nối xây dựng", "unit": "so-xay-dung", "agreements": "1", "deliver": "1", "status": "1",
        "expires": "30/04/2027", "perMinute": "600",
    ]

    private static func key(on page: Page) throws -> String {
        String(try #require(page.text.firstMatch(of: /bp_[A-Za-z0-9_\-]+/)).0)
    }

    @Test
    func `an administrator issues a key that is shown once, turns it and takes it back`() async throws {
        try await SiteHarness.run { harness in
            let admin = try await harness.browser(as: .administrator)
            #expect(try await admin.get("/quan-tri/chuong-trinh").text.contains("cấp khóa cần ít nhất một thỏa thuận"))
            try await harness.exchangeAgreement()
            let form = try await admin.get("/quan-tri/chuong-trinh").form("cap")
            let wrong = try await admin.submit(form, Self.typed.merging(["expires": "31/02/2027"]) { $1 })
            #expect(wrong.status == 422 && wrong.text.contains("ngày cuối của khóa"))
            let shown = try await admin.submit(form, Self.typed)
            #expect(shown.status == 200, "\(shown.text.prefix(3_000))")
            let key = try Self.key(on: shown)
            var program = try await harness.exchangeProgram()
            program.bearer = key
            #expect(try await program.get("/agreement").status == 200)
            let list = try await admin.get("/quan-tri/chuong-trinh")
            #expect(list.text.contains("Kết nối xây dựng") && !list.text.contains(key))
            let address = try #require(
                list.links.last { $0.hasPrefix("/quan-tri/chuong-trinh/") && !$0.contains("?") })
            let page = try await admin.get(address)
            #expect(page.text.contains("agreement.read") && page.text.contains("1 lần"))
            let turned = try await admin.submit(page.form("doi-khoa"), ["expires": "30/03/2027"])
            #expect(turned.status == 200)
            #expect(try await program.get("/agreement").status == 401)
            program.bearer = try Self.key(on: turned)
            #expect(try await program.get("/agreement").status == 200)
            #expect(try await admin.submit(page.form("doi-khoa"), ["expires": "30/03/2027"]).status == 409)
            #expect(try await admin.submit(try await admin.get(address).form("thu-khoa")).status == 303)
            #expect(try await program.get("/agreement").status == 401)
            #expect(try await admin.get(address).text.contains("Khóa đã bị thu"))
            let actions = try await harness.audit(limit: 60).map(\.action)
            for action in ["program.admitted", "program.key-turned", "program.ended"] {
                #expect(actions.contains(action))
            }
        }
    }

    @Test
    func `where two people issue keys, the second is shown it`() async throws {
        try await SiteHarness.run(flags: ["decisions.two-people": "programs.issue-key"]) { harness in
            try await harness.exchangeAgreement()
            _ = try await harness.access.createActive(
                AccountDraft(login: "quan-tri-hai", name: "Lê Thị Hai", role: .administrator),
                password: SiteHarness.password, by: .system)
            let first = try await harness.browser(as: .administrator)
            let page = try await first.get("/quan-tri/chuong-trinh")
            #expect(page.text.contains("Việc này cần hai người") && page.text.contains("Lê Thị Hai"))
            #expect(try await first.submit(try page.form("cap"), Self.typed).status == 303)
            let own = try await first.get("/quan-tri/chuong-trinh")
            #expect(own.text.contains("Bạn là người đề nghị"))
            let second = try await harness.browser(as: "quan-tri-hai")
            let shown = try await second.submit(try await second.get("/quan-tri/chuong-trinh").form("xac-nhan"))
            #expect(shown.status == 200)
            _ = try await harness.system.programs.caller(bearer: try Self.key(on: shown), from: "")
        }
    }
}
