import Access
import Assembly
import Files
import Foundation
import Kernel
import Overview
import PlanText
import Remarks
import Targets
import Work
import Province
import Testing

/// What holds for every page, whoever looks at it.
@Suite
struct PageQualityTests {
    /// The most a page may weigh, in bytes.
    static let most = 100 * 1024

    /// Every page that can be opened by its address, as a role sees it.
    static func addresses(for role: Role, obstacle: String) -> [String] {
        var addresses = [
            "/hom-nay", "/viec", "/viec?kieu=bang", "/viec?nam=tat-ca&trang=3", "/viec?trang-thai=chua-an-dinh",
            "/viec?trang-thai=qua-han", "/viec?nam=2027&nhom=II&kieu=bang", "/don-vi", "/don-vi?nam=2028",
            "/don-vi/10507", "/don-vi/10507/in", "/don-vi/bhxh-thanh-pho", "/lich", "/lich?nam=2027", "/nhiem-vu",
            "/nhiem-vu/I.5", "/nhiem-vu/V.5", "/nhiem-vu/BS.1", "/ke-hoach", "/vuong-mac", "/vuong-mac?trang-thai=new",
            "/thong-bao", "/thong-bao?kieu=tat-ca", "/nhac-viec", "/viec-chay-nen", "/tai-khoan", "/huy-tep",
            "/thoa-thuan", "/yeu-cau-du-lieu", "/nhat-ky-trao-doi", "/so-lieu/bien-dong", "/tim?tim=bao+cao",
            "/tim?tim=khong-co-dau", "/tro-giup", "/tro-giup/thuat-ngu",
            "/tro-giup/dung-chung", "/tro-giup/dung-chung/y-kien?ve=/viec", "/but-phe", "/but-phe?kieu=tat-ca",
            "/y-kien/unit~10507", "/y-kien/instance~II.4~2026~10507",
            "/viec/I.5/2026-Q4/10507", "/viec/I.5/2026-Q3/10507",
            "/viec/II.3/2026/10507",
            "/viec/II.4/2026/10507",
        ]
        if role != .administrator {
            addresses += ["/vuong-mac/gui?tu=/viec/I.5/2026-Q4/10507", "/bang-tong-hop", obstacle]
        }
        if role == .administrator {
            addresses += [
                "/quan-tri/tai-khoan", "/quan-tri/nhat-ky", "/quan-tri/don-vi-truc-thuoc", "/don-vi/bhxh-co-so",
                "/quan-tri/dong-ho", "/quan-tri/ranh-gioi", "/thiet-ke", "/thiet-ke?kieu=message",
                "/thiet-ke?kieu=form-page",
            ]
        }
        if role != .communeOfficer {
            addresses += ["/quan-tri/buoc-dau", "/quan-tri/co-quan", "/quan-tri/co-quan/so-xay-dung"]
        }
        if role == .analyst {
            addresses += ["/duyet", "/nhac-don-vi-cham", "/vuong-mac/nhom", "/van-ban/moi/van-ban-chi-dao"]
        }
        if role != .communeOfficer {
            addresses += ["/viec/IV.3/2026-2027/bhxh-thanh-pho", "/viec/VI.2/2031/so-noi-vu"]
        }
        return addresses
    }

    /// Something of everything: a product handed in, another returned, steps, notes, remarks, leaders' lines, an obstacle,
    /// reminders.
    static func furnish(_ harness: SiteHarness) async throws -> String {
        let officer = Submission(viewer: try await harness.viewer("commune-officer"))
        let analyst = Submission(viewer: try await harness.viewer("analyst"))
        for (work, accept) in [("I.5/2026-Q4/10507", true), ("I.5/2026-Q3/10507", false)] {
            let report = IncomingFile(name: "báo cáo.pdf", mediaType: "application/pdf", bytes: SampleFiles.pdf)
            try await harness.work.addProduct(
                .init(numberSymbol: "1/BC", issuedOn: "01/11/2026", summary: "Báo cáo", file: report), slot: 0,
                instance: work, by: officer)
            try await harness.work.addStep(work, text: "Soạn thảo", plannedFor: "20/12/2026", by: officer)
            try await harness.work.submit(work, note: "Xin xem", by: officer)
            if !accept { try await harness.work.decide(work, accept: false, note: "Thiếu số liệu", by: analyst) }
        }
        let work = "II.4/2026/10507"
        try await harness.work.askExtension(work, until: "15/01/2027", reason: "Chờ số liệu", by: officer)
        try await harness.work.addNote(work, text: "Đang làm", by: analyst)
        _ = try await harness.reminders.writeReminders()
        let leader = Submission(viewer: try await harness.viewer("leader"))
        for subject in [Subject(.unit, "10507"), Subject(.instance, work)] {
            try await harness.system.remarks.write("Xin xem @UBND phường Thành Đông", about: subject, by: analyst)
            try await harness.system.remarks.instruct("Báo cáo kết quả", to: nil, about: subject, by: leader)
        }
        let id = try await harness.obstacles.sendObstacle(
            title: "Một câu hỏi", text: "Nội dung", page: "/viec/\(work)", task: "II.4", by: officer)
        return "/vuong-mac/\(id)"
    }

    static func expectSound(_ page: Page, status: Int = 200) {
        let (text, name) = (page.text, page.address)
        #expect(page.status == status, "\(name): \(page.status)")
        #expect(page.bytes.count < most, "\(name): \(page.bytes.count) bytes")
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"vi\">"), "\(name)")
        #expect(HTML.matches("<title>[^<]+ – Bao Phủ</title>", in: text).count == 1, "\(name)")
        #expect(HTML.matches("<h1[ >]", in: text).count == 1, "\(name)")
        #expect(!text.contains("{{") && !text.contains("}}"), "\(name)")
        #expect(!text.contains("Optional("), "\(name)")
        for pattern in [#"<[^>]* style="#, "<style", #"<[^>]* on[a-z]+="#, "<script>", #"<script (?!src="/tinh/)"#] {
            #expect(HTML.matches(pattern, in: text).isEmpty, "\(name): \(pattern)")
        }
        let policy = page.header("content-security-policy") ?? ""
        #expect(policy.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self';"), "\(name)")
        #expect(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"), "\(name)")
        #expect(!policy.contains("unsafe"), "\(name)")
        #expect(page.header("x-content-type-options") == "nosniff", "\(name)")
        #expect(page.header("cache-control") == "no-store", "\(name)")
        #expect(page.header("content-type") == "text/html; charset=utf-8", "\(name)")
        expectLabels(page)
    }

    /// Every control has a label of its own and every id stands once.
    static func expectLabels(_ page: Page) {
        let ids = HTML.matches(#" id="([^"]*)""#, in: page.text).map { $0[1] }
        let twice = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys
        #expect(twice.sorted() == [], "\(page.address): ids that stand more than once")
        let labels = Set(HTML.matches(#"<label for="([^"]*)">"#, in: page.text).map { $0[1] })
        for control in HTML.matches("<(?:input|select|textarea)( [^>]*)>", in: page.text) {
            let attributes = HTML.attributes(control[1])
            guard attributes["type"] != "hidden" else { continue }
            #expect(attributes["id"].map { labels.contains($0) } == true, "\(page.address): \(control[0])")
            for id in attributes["aria-describedby"]?.split(separator: " ") ?? [] {
                #expect(ids.contains(String(id)), "\(page.address): \(control[0])")
            }
        }
    }

    @Test(arguments: [Role.analyst, .communeOfficer, .administrator])
    func `pages are light, labelled and guarded, and their links lead somewhere`(role: Role) async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let obstacle = try await Self.furnish(harness)
            let browser = try await harness.browser(as: role)
            var links: Set<String> = []
            for address in Self.addresses(for: role, obstacle: obstacle) {
                if role == .communeOfficer, address.hasSuffix("bhxh-thanh-pho") { continue }
                let page = try await browser.get(address)
                Self.expectSound(page)
                links.formUnion(page.links)
            }
            let lines = links.filter { $0.hasPrefix("/but-phe/") && !$0.contains(".xlsx") }.sorted()
            #expect(!lines.isEmpty)
            for line in lines { Self.expectSound(try await browser.get(line)) }
            // Links of one shape differ in a key only: of each shape the first thirty by name.
            let shapes = Dictionary(grouping: links.sorted()) { link in
                link.replacingOccurrences(of: "[0-9a-z-]{5,}|[0-9]+", with: "*", options: .regularExpression)
            }
            #expect(shapes.count > 10)
            for link in shapes.values.flatMap({ $0.prefix(30) }) {
                let page = try await browser.get(link)
                #expect(page.status == 200 || page.status == 303, "\(link): \(page.status)")
            }
        }
    }

    @Test
    func `visitors' pages and refusals are pages as well`() async throws {
        try await SiteHarness.run { harness in
            let invited = try await harness.access.invite(
                AccountDraft(login: "nguoi-moi", name: "Người Mới", role: .auditor), by: .system)
            let visitor = harness.browser()
            Self.expectSound(try await visitor.get("/dang-nhap"))
            Self.expectSound(try await visitor.get("/loi-moi/\(invited.token)"))
            Self.expectSound(try await visitor.get("/loi-moi/khong-dung"), status: 404)
            Self.expectSound(try await visitor.get("/khong-co"), status: 404)
            Self.expectSound(try await visitor.signIn("analyst", password: "sai mật khẩu"), status: 422)
            let officer = try await harness.browser(as: .communeOfficer)
            Self.expectSound(try await officer.get("/quan-tri/nhat-ky"), status: 403)
            Self.expectSound(try await officer.get("/viec/I.5/2026-Q4/10525"), status: 404)
            let form = try await officer.get("/viec/I.5/2026-Q4/10507").form("sp-I-5-0")
            Self.expectSound(try await officer.submit(form), status: 422)
        }
    }

    /// On a day on which a commune that has done nothing is told of seven things.
    @Test
    func `lists stay light when the city is full of people and messages`() async throws {
        try await SiteHarness.run(on: "2027-02-01") { harness in
            for commune in harness.definition.communes.codes.prefix(70) {
                let draft = AccountDraft(
                    login: "can-bo.\(commune)", name: "Nguyễn Thị Phương Thảo \(commune)", role: .communeOfficer,
                    communes: [commune])
                _ = try await harness.access.createActive(draft, password: SiteHarness.password, by: .system)
            }
            #expect(try await harness.reminders.writeReminders() >= 70)
            let administrator = try await harness.browser(as: .administrator)
            for address in ["/quan-tri/tai-khoan", "/quan-tri/tai-khoan?trang=2", "/nhac-viec", "/quan-tri/nhat-ky"] {
                Self.expectSound(try await administrator.get(address))
            }
        }
    }
}
