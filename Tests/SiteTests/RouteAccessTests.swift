import Province
import Access
import LawInForce
import Overview
import Assembly
import Files
import Foundation
import Kernel
import PlanText
import ReportBoards
import Targets
import Work
import Testing

/// Every route, asked as every role and as nobody.
@Suite
struct RouteAccessTests {
    /// How the site refuses a role a route, before it looks at anything else.
    static let closed = "không dùng được trang này"
    static let stale = "Biểu mẫu này không còn hiệu lực"

    /// What stands for the parameters: things that exist, so that a refusal can only be one of the role.
    static func prepare(_ harness: SiteHarness) async throws -> [String: String] {
        let invited = try await harness.access.invite(
            AccountDraft(login: "nguoi-moi", name: "Người Mới", role: .auditor), by: .system)
        let obstacle = try await harness.obstacles.sendObstacle(
            title: "Câu hỏi", text: "Nội dung", page: "/", task: nil,
            by: .init(viewer: try await harness.viewer(SiteHarness.neighbour)))
        let work = "I.5/2026-Q4/10507"
        try await harness.work.addProduct(
            .init(
                numberSymbol: "1/BC", issuedOn: "01/11/2026", summary: "Báo cáo",
                file: IncomingFile(name: "a.pdf", mediaType: "application/pdf", bytes: SampleFiles.pdf)),
            slot: 0, instance: work, by: .init(viewer: try await harness.viewer("commune-officer")))
        let detail = try await harness.work.detail(work, for: try await harness.viewer("analyst"))
        let file = try #require(detail.products.first?.file)
        let law = try #require(harness.system.law)
        let value = try await law.enter(
            AmendmentDraft(
                key: "voluntary.local_support.other", value: "10", from: "01/01/2027", source: "NQ 1/2026",
                reason: "Thử"), document: nil, by: .init(viewer: try await harness.viewer("administrator")))
        let units = try await harness.system.services.unitLists.enter(
            UnitListPagesTests.table(["bhxh-co-so;mot;Bảo hiểm xã hội cơ sở Một;10507;"]),
            by: .init(viewer: try await harness.viewer("administrator")))
        guard case .draft(let list) = units else { throw HarnessError(description: "the table of units is wrong") }
        let borders = try await harness.system.services.boundaries.enter(
            IncomingFile(
                name: "ranh-gioi.geojson", mediaType: "application/octet-stream",
                bytes: try BoundaryPagesTests.squares(harness.system.definition.communes.communes)),
            by: .init(viewer: try await harness.viewer("administrator")))
        let scenario = try await harness.allocations.beginScenario(
            .city, year: 2027, name: "Thử", by: .init(viewer: try await harness.viewer("analyst")))
        guard let span = BoardSpan(.year, .year(2026)) else { throw HarnessError(description: "there is no report") }
        let board = try await harness.system.boards.openBoard(
            span, by: .init(viewer: try await harness.viewer("analyst")))
        return [
            "/bang-tong-hop/{id}": board.text, "/phan-bo/{id}": scenario.text, "/quan-tri/gia-tri/{id}": value.text,
            "/quan-tri/bang-don-vi/{id}": list.text, "/quan-tri/tep-ranh-gioi/{id}": borders.text,
            "/van-ban-tham-so/{key}/van-ban/{id}": value.text,
            "/loi-moi/{token}": invited.token, "/vuong-mac/{id}": obstacle.text, "/tep/{id}": file.id.text,
            "/quan-tri/tai-khoan/{id}": invited.account.text,
        ]
    }

    @Test
    func `the table and the site declare the same routes`() async throws {
        try await SiteHarness.run { harness in
            let declared = harness.routes
            #expect(Set(declared).count == declared.count, "a route is declared twice")
            let table = Set(RouteTable.rights.keys)
            #expect(Set(declared).subtracting(table).sorted() == [], "declared, but not in the table")
            #expect(table.subtracting(declared).sorted() == [], "in the table, but not declared")
        }
    }

    @Test
    func `nobody gets no further than the door`() async throws {
        try await SiteHarness.run { harness in
            let fill = try await Self.prepare(harness)
            let visitor = harness.browser()
            for (route, right) in RouteTable.rights {
                let address = RouteTable.address(route, for: nil, fill: fill)
                let csrf = try await visitor.get("/dang-nhap").csrf()
                let page =
                    route.hasPrefix("GET")
                    ? try await visitor.get(address) : try await visitor.post(address, [("_csrf", csrf)])
                switch right {
                case .everybody:
                    #expect(page.status < 500 && page.status != 403, "\(route): \(page.status)")
                case .only:
                    #expect(page.status == 303, "\(route): \(page.status)")
                    #expect(page.location.hasPrefix("/dang-nhap?"), "\(route): \(page.location)")
                }
            }
        }
    }

    @Test(arguments: Role.allCases)
    func `a role gets exactly the routes of its table`(role: Role) async throws {
        try await SiteHarness.run { harness in
            let fill = try await Self.prepare(harness)
            let browser = try await harness.browser(as: role)
            let leaving = try await harness.browser(as: role)
            for (route, right) in RouteTable.rights {
                let address = RouteTable.address(route, for: role, fill: fill)
                let asking = route == "POST /dang-xuat" ? leaving : browser
                let isOpen = right == .everybody
                let page: Page
                if route.hasPrefix("GET") {
                    page = try await asking.get(address)
                } else {
                    let csrf = try await asking.csrf(forVisitors: isOpen)
                    page = try await asking.post(address, [("_csrf", csrf), ("_version", "0")])
                }
                #expect(page.status < 500, "\(route): \(page.status)")
                let allowed = if case .only(let roles) = right { roles.contains(role) } else { true }
                if allowed {
                    let refused = RouteTable.refusedByTheWork[route]?.contains(role) ?? false
                    #expect((page.status == 403) == refused, "\(route) as \(role): \(page.status)")
                    // The trail tells of refusals, those of this test among them.
                    if route != "GET /quan-tri/nhat-ky" {
                        #expect(!page.text.contains(Self.closed), "\(route) as \(role)")
                    }
                    #expect(page.location.hasPrefix("/dang-nhap?") == false, "\(route) as \(role)")
                } else {
                    #expect(
                        page.status == 403 && page.text.contains(Self.closed), "\(route) as \(role): \(page.status)")
                }
            }
        }
    }

    @Test(arguments: Role.allCases)
    func `no form of a role is taken without its proof`(role: Role) async throws {
        try await SiteHarness.run { harness in
            let fill = try await Self.prepare(harness)
            let browser = try await harness.browser(as: role)
            let stranger = try await harness.session(of: SiteHarness.neighbour).csrf
            for (route, right) in RouteTable.rights where route.hasPrefix("POST") {
                if case .only(let roles) = right, !roles.contains(role) { continue }
                let address = RouteTable.address(route, for: role, fill: fill)
                for proof in [[], [("_csrf", "")], [("_csrf", stranger)]] {
                    let page = try await browser.post(address, proof)
                    #expect(page.status == 403 && page.text.contains(Self.stale), "\(route) as \(role): \(page.status)")
                }
            }
            // Nothing was done, the session stands.
            #expect(try await browser.get("/hom-nay").status == 200)
        }
    }

    @Test
    func `a form that another site sent is refused though it carries a proof`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .communeOfficer)
            let csrf = try await browser.csrf(forVisitors: false)
            let headers = ["Sec-Fetch-Site": "cross-site"]
            let page = try await browser.post("/dang-xuat", [("_csrf", csrf)], headers: headers)
            #expect(page.status == 403 && page.text.contains(Self.stale))
            #expect(try await browser.get("/hom-nay").status == 200)
        }
    }

    @Test
    func `what stands outside the table gives nothing away`() async throws {
        try await SiteHarness.run { harness in
            let visitor = harness.browser()
            #expect(try await visitor.get("/suc-khoe").text.contains("\"status\":\"ok\""))
            let style = try await visitor.get("/tinh/baophu.css")
            #expect(style.status == 200 && style.header("content-type") == "text/css; charset=utf-8")
            for address in [
                "/tinh/..%2F..%2Fetc%2Fpasswd", "/tinh/khong-co.css", "/tinh/../Package.swift", "/quan-tri",
                "/viec/I.5",
                "/.env", "/khong-co",
            ] {
                #expect(try await visitor.get(address).status == 404, "\(address)")
            }
        }
    }
}

extension Browser {
    /// The proof of a form: of the session, or of forms for everybody.
    func csrf(forVisitors: Bool) throws -> String {
        let cookie = cookies[forVisitors ? "baophu_khach" : "baophu_phien"]
        guard let cookie else { throw HarnessError(description: "no cookie to prove a form with") }
        return forVisitors ? cookie : SecretToken.formToken(session: cookie)
    }
}
