import Access
import Foundation
import Kernel
import Testing

/// Deeds that two people do, through the pages: who is told, who may be the second, what no longer fits.
@Suite
struct TwoPeoplePagesTests {
    static let second = "chuyen-vien-hai"

    static func run(_ body: @escaping @Sendable (SiteHarness) async throws -> Void) async throws {
        let flags = ["decisions.two-people": "targets.decide, documents.issue"]
        try await SiteHarness.run(flags: flags) { harness in
            let draft = AccountDraft(
                login: second, name: "Trần Thị Hai", role: .analyst, agency: AgencyCode("so-noi-vu"))
            _ = try await harness.access.createActive(draft, password: SiteHarness.password, by: .system)
            try await body(harness)
        }
    }

    /// A scenario of 2027 with a decision that somebody proposed.
    static func proposed(_ analyst: Browser) async throws -> String {
        let list = try await analyst.get("/phan-bo?nam=2027")
        let made = try await analyst.post(
            "/phan-bo/moi",
            [("_csrf", try list.csrf()), ("name", "Phương án A"), ("year", "2027"), ("scope", "city")])
        let desk = try await analyst.get(made.location)
        #expect(
            desk.text.contains("Việc này cần hai người") && desk.text.contains("Trần Thị Hai (Chuyên viên"),
            "before anything is proposed")
        #expect(
            desk.text.contains("Đề nghị quyết định, chờ người thứ hai") && !desk.text.contains("Nhập quyết định, khóa"))
        let sent = try await analyst.submit(
            try desk.form("quyet-dinh"),
            [
                "number": "5200/QĐ-UBND", "signedOn": "20/11/2026", "signer": "Nguyễn Văn Ký",
                "signingForm": "own-title",
            ],
            files: [Upload(name: "qd.pdf", type: "application/pdf", bytes: SampleFiles.pdf)])
        #expect(sent.status == 303, "\(sent.text.prefix(2_000))")
        return made.location
    }

    @Test
    func `the signed copy of a decision is erased from the desk, which then leads to its minutes`() async throws {
        try await Self.run { harness in
            let first = try await harness.browser(as: .analyst)
            let scenario = try await Self.proposed(first)
            let second = try await harness.browser(as: Self.second)
            #expect(try await second.submit(try await second.get(scenario).form("xac-nhan")).status == 303)
            let list = try await first.get("/phan-bo?nam=2027")
            let address = try #require(list.links.first { $0.hasPrefix("/huy-tep/") })
            #expect(list.text.contains("Huỷ bản ký tải nhầm") && list.links.contains("\(scenario)/tep"))
            #expect(try await first.get(scenario).links.contains(address))
            let asked = try await first.submit(
                try await first.get(address).form("de-nghi"), ["reason": "Bản ký kèm danh sách người dân"])
            #expect(asked.status == 303)
            #expect(try await second.submit(try await second.get(address).form("xac-nhan")).status == 303)
            for page in [try await first.get("/phan-bo?nam=2027"), try await first.get(scenario)] {
                #expect(page.text.contains("Bản ký đã huỷ: xem biên bản") && page.links.contains(address))
                #expect(!page.links.contains("\(scenario)/tep"))
            }
        }
    }

    @Test
    func `whoever may be the second is told of a decision, and the first of what became of it`() async throws {
        try await Self.run { harness in
            let first = try await harness.browser(as: .analyst)
            let address = try await Self.proposed(first)
            let second = try await harness.browser(as: Self.second)
            let told = try await second.get("/thong-bao")
            #expect(told.text.contains("cần bạn xác nhận trước") && told.text.contains("5200/QĐ-UBND"))
            let own = try await first.get("/thong-bao")
            #expect(!own.text.contains("cần bạn xác nhận trước"))
            let waiting = try await first.get(address)
            #expect(waiting.text.contains("Người xác nhận được: Trần Thị Hai") && !waiting.hasForm("xac-nhan"))
            let done = try await second.submit(try await second.get(address).form("xac-nhan"))
            #expect(done.status == 303)
            let ended = try await first.get("/thong-bao")
            #expect(ended.text.contains("Trần Thị Hai đã xác nhận đề nghị của bạn"))
            let over = try await second.get("/thong-bao")
            #expect(!over.text.contains("cần bạn xác nhận trước"))
        }
    }

    @Test
    func `a proposal ends with the change that it no longer fits, and calls nobody any more`() async throws {
        try await Self.run { harness in
            let first = try await harness.browser(as: .analyst)
            let address = try await Self.proposed(first)
            let second = try await harness.browser(as: Self.second)
            #expect(try await second.get("/thong-bao").text.contains("cần bạn xác nhận trước"))
            let desk = try await first.get(address)
            let changed = try await first.post(
                "\(address)/so",
                [("_csrf", try desk.csrf()), try desk.seen(), ("t-10507", "20.000"), ("v-10507", "921")])
            #expect(changed.status == 303)
            let gone = try await second.get(address)
            #expect(!gone.hasForm("xac-nhan") && !gone.hasForm("rut-de-nghi"))
            #expect(try await !second.get("/thong-bao").text.contains("cần bạn xác nhận trước"))
            let told = try await first.get("/thong-bao")
            #expect(told.text.contains("không còn khớp vì nội dung đã thay đổi"))
        }
    }

    @Test
    func `no table of targets is offered where two people decide them, but the way to the desk`() async throws {
        try await Self.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let page = try await analyst.get("/chi-tieu?nam=2027")
            #expect(page.status == 200 && !page.hasForm("nap-chi-tieu"))
            #expect(page.text.contains("lập phương án ở Phân bổ") && page.links.contains("/phan-bo?nam=2027"))
            let auditor = try await harness.browser(as: .auditor).get("/chi-tieu?nam=2027")
            #expect(!auditor.text.contains("lập phương án ở Phân bổ"), "of no use to whoever loads nothing")
        }
        try await SiteHarness.run { harness in
            let page = try await harness.browser(as: .analyst).get("/chi-tieu?nam=2027")
            #expect(page.hasForm("nap-chi-tieu"))
        }
    }

    @Test
    func `whoever confirms or reads minutes has a link to erasures, and nobody else`() async throws {
        try await SiteHarness.run { harness in
            for role in Role.allCases {
                let rights = try await harness.viewer(role.rawValue).rights
                let page = try await harness.browser(as: role).get("/tong-quan")
                let isExpected = rights.contains { ["files.confirm-erasure", "files.read-erasures"].contains($0.name) }
                #expect(page.links.contains("/huy-tep") == isExpected, "\(role)")
                if role == .inspector || role == .auditor { #expect(isExpected) }
            }
        }
    }
}
