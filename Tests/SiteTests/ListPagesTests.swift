import Targets
import Province
import PlanText
import Jobs
import Assembly
import Access
import Assembly
import Files
import Foundation
import Jobs
import Kernel
import PlanText
import Province
import Tabular
import Targets
import Testing

/// Lists as people look at them: by their headings, narrowed, in pages, as workbooks, with the columns they want.
@Suite
struct ListPagesTests {
    /// The first cells of a list's rows.
    static func heads(_ page: Page) -> [String] {
        HTML.matches(#"<tr[^>]*><th scope="row">(?:<a [^>]*>)?([^<]*)"#, in: page.text).map { HTML.unescaped($0[1]) }
    }

    /// `QĐ 1/QĐ-UBND`
    static let firstDecision = "loc-van-ban=Q%C4%90%201/Q%C4%90-UBND"

    static func headings(_ page: Page) -> [String] {
        HTML.matches(#"<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)"#, in: page.text).map { $0[1] }
    }

    /// Targets that differ from commune to commune.
    static func furnish(_ harness: SiteHarness) async throws {
        var table = "Mã;Năm;Tổng số;Tự nguyện;Văn bản\n"
        for (place, code) in harness.definition.communes.codes.enumerated() {
            table += "\(code);2026;\(9_000 + (place * 37) % 114);\(800 + place);QĐ \(place % 2 + 1)/QĐ-UBND\n"
        }
        let file = IncomingFile(name: "chi-tieu.csv", mediaType: "text/csv", bytes: Array(table.utf8))
        let load = try await harness.targets.loadTargets(file, year: nil, document: "", by: .commandLine)
        #expect(load.accepted.count == 114)
    }

    static func sheet(_ page: Page) throws -> [Tabular.TableRow] {
        #expect(page.status == 200 && page.header("content-type")?.contains("spreadsheetml") == true)
        return try #require(try TableFile(page.bytes).tables.first).rows
    }

    static func committee(_ commune: String, _ harness: SiteHarness) throws -> String {
        harness.definition.name(of: .commune(try #require(CommuneCode(commune))))
    }

    @Test
    func `a heading sorts its list, says so, and turns it round`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let browser = try await harness.browser(as: .analyst)
            let plain = try await browser.get("/chi-tieu")
            #expect(!plain.text.contains("aria-sort"))
            let down = try await browser.get("/chi-tieu?nam=2026&xep=-tong-so")
            #expect(plain.links.contains(down.address), "numbers are looked at from the top")
            let totals = HTML.matches(#"<td class="number">([0-9.]+)</td>"#, in: down.text).map { $0[1] }
            #expect(totals.first == "9.113")
            #expect(
                HTML.matches(#"<th scope="col" class="number" aria-sort="descending"><a [^>]*>Tổng số"#, in: down.text)
                    .count == 1)
            let up = try await browser.get("/chi-tieu?nam=2026&xep=tong-so")
            #expect(down.links.contains(up.address))
            #expect(up.text.contains(#"aria-sort="ascending""#) && up.text.contains("9.000"))
            // Behind the three lines of the city's own table.
            #expect(Self.heads(up).dropFirst(3).first != Self.heads(down).dropFirst(3).first)
            // Letters in the order of their sounds, marks aside; Đ is a D.
            let named = Self.heads(try await browser.get("/chi-tieu?nam=2026&xep=don-vi")).dropFirst(3)
            #expect(named.map { VietnameseText.fold($0) } == named.map { VietnameseText.fold($0) }.sorted())
            let strange = try await browser.get("/chi-tieu?nam=2026&xep=mat-khau")
            #expect(strange.status == 200 && !strange.text.contains("aria-sort"))
        }
    }

    @Test
    func `a long list comes in pages that keep order and filter`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let browser = try await harness.browser(as: .analyst)
            var seen: [String] = []
            var address: String? = "/chi-tieu?nam=2026&xep=-tu-nguyen"
            var pages = 0
            while let here = address {
                let page = try await browser.get(here)
                let heads = Self.heads(page).dropFirst(3)
                #expect(heads.count <= 50)
                seen += heads
                pages += 1
                address = HTML.matches(#"rel="next" href="([^"]*)""#, in: page.text).first.map {
                    HTML.unescaped($0[1])
                }
            }
            #expect(pages == 3 && Set(seen).count == 114)
            let whole = try await browser.get("/chi-tieu?nam=2026&xep=-tu-nguyen&dong=120")
            #expect(Array(Self.heads(whole).dropFirst(3)) == seen, "all at once, to be printed")
            #expect(whole.bytes.count < PageQualityTests.most)
        }
    }

    @Test
    func `a list is narrowed by words without accents and by the values of a column`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let browser = try await harness.browser(as: .analyst)
            let found = try await browser.get("/chi-tieu?nam=2026&loc=THANH+dong")
            #expect(Self.heads(found).contains { $0.contains("Thành Đông") })
            #expect(Self.heads(found).count < 20 && found.text.contains("trong 114 dòng"))
            #expect(found.links.contains("/chi-tieu?nam=2026"), "the filter is taken off")
            let one = try await browser.get("/chi-tieu?nam=2026&\(Self.firstDecision)")
            #expect(one.text.contains("57 trong 114 dòng"))
            #expect(one.text.contains(#"<option value="QĐ 1/QĐ-UBND" selected>"#))
            let none = try await browser.get("/chi-tieu?nam=2026&loc=%3Cscript%3E")
            #expect(none.text.contains("Không có dòng nào khớp") && !none.text.contains("<script>"))
            PageQualityTests.expectSound(none)
        }
    }

    @Test
    func `a workbook holds the whole selection in its order, with numbers as numbers`() async throws {
        try await SiteHarness.run(illustrative: true) { harness in
            try await Self.furnish(harness)
            let browser = try await harness.browser(as: .analyst)
            let page = try await browser.get("/chi-tieu?nam=2026&xep=-tong-so&\(Self.firstDecision)")
            let link = try #require(page.links.first { $0.hasPrefix("/chi-tieu/bang.xlsx?") })
            let file = try await browser.get(link)
            #expect(file.header("content-disposition")?.contains("chi-tieu-2026-11-23.xlsx") == true)
            let rows = try Self.sheet(file)
            let words = rows.prefix(6).map { $0[0].shown }
            #expect(words[0] == "Chỉ tiêu của các xã, phường, đặc khu")
            #expect(words[1].contains("09:00 ngày 23/11/2026") && words[1].contains("Người"))
            #expect(words[2] == "Lọc: năm 2026; văn bản: QĐ 1/QĐ-UBND.")
            #expect(words[3].hasPrefix("DỮ LIỆU MINH HỌA"))
            let start = try #require(rows.firstIndex { $0[0] == .text("Đơn vị") })
            let body = rows[(start + 1)...]
            #expect(body.count == 57)
            let totals = body.compactMap { if case .number(let number) = $0[1] { number } else { nil } }
            #expect(totals.count == 57 && totals == totals.sorted(by: >))
            let taken = try await harness.audit().first { $0.action == "file.taken" }
            #expect(taken?.detail == "chi-tieu-2026-11-23.xlsx")
        }
    }

    @Test
    func `work is sorted and taken within one's bounds`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let own = try await Self.sheet(try await officer.get("/viec/bang.xlsx?nam=2026&xep=-han"))
            let start = try #require(own.firstIndex { $0[0] == .text("Nhiệm vụ") })
            let lines = own[(start + 1)...]
            let (mine, others) = (
                try Self.committee(SiteHarness.commune, harness), try Self.committee(SiteHarness.otherCommune, harness)
            )
            #expect(lines.contains { $0[2].shown == mine } && !lines.contains { $0[2].shown == others })
            let days = lines.compactMap { if case .day(let day) = $0[4] { day } else { nil } }
            #expect(days.count > 5 && days == days.sorted(by: >))

            let analyst = try await harness.browser(as: .analyst)
            #expect(
                try Self.sheet(try await analyst.get("/viec/bang.xlsx?nam=2026")).contains { $0[2].shown == others })
            let all = try await analyst.get("/viec?nam=2026&xep=chu-tri")
            #expect(all.text.contains(#"aria-sort="ascending"><a href="/viec?nam=2026&amp;xep=-chu-tri">Chủ trì"#))
            let leads = HTML.matches(#"data-label="Chủ trì">([^<]*)"#, in: all.text).map { VietnameseText.fold($0[1]) }
            #expect(leads.count == 50 && leads == leads.sorted())
            let pressing = try await analyst.get("/viec?nam=2026&xep=tinh-trang")
            #expect(pressing.text.contains(#"aria-sort="ascending"><a href="/viec?nam=2026&amp;xep=-tinh-trang">"#))
            let found = try await analyst.get("/viec?nam=2026&loc=thanh+dong")
            #expect(Self.heads(found).count > 0 && found.text.contains("loc=thanh%20dong"))
        }
    }

    @Test
    func `columns are chosen once and for oneself`() async throws {
        try await SiteHarness.run { harness in
            let (officer, other) = (
                try await harness.browser(as: .communeOfficer), try await harness.browser(as: .communeLeader)
            )
            let list = try await officer.get("/viec?nam=2026")
            #expect(Self.headings(list).contains("Kỳ"))
            let link = try #require(list.links.first { $0.hasPrefix("/tai-khoan/cot/viec") })
            let choice = try await officer.get(link)
            PageQualityTests.expectSound(choice)
            let form = try choice.form("chon-cot")
            let nothing = try await officer.submit(form)
            #expect(nothing.status == 422 && nothing.text.contains("Hãy chọn ít nhất một cột"))
            let sent = try await officer.submit(form, ["cot-noi-dung": "1", "cot-han": "1", "cot-tinh-trang": "1"])
            #expect(sent.status == 303 && sent.location.hasPrefix("/viec?nam=2026"))
            #expect(
                Self.headings(try await officer.get("/viec?nam=2026"))
                    == ["Nhiệm vụ", "Nội dung", "Hạn", "Tình trạng"])
            #expect(Self.headings(try await other.get("/viec?nam=2026")).contains("Kỳ"))
            // Elsewhere than to a page of ours nobody is led.
            let away = try await officer.submit(
                form.replacing("ve", with: "//example.com/"), ["cot-ky": "1"])
            #expect(away.status == 303 && away.location == "/")
            #expect(Self.headings(try await officer.get("/viec?nam=2026")) == ["Nhiệm vụ", "Kỳ"])
            #expect(try await officer.get("/tai-khoan/cot/khong-co").status == 404)
        }
    }

    @Test
    func `a list too long for a page is made by a job, with the owner's bounds`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let order = try await officer.get("/viec-chay-nen/bang/viec?chon=nam%3D2026%26xep%3D-han")
            PageQualityTests.expectSound(order)
            let sent = try await officer.submit(try order.form("xuat"))
            #expect(sent.status == 303)
            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            let rows = try Self.sheet(try await officer.get("\(sent.location)/tep"))
            let start = try #require(rows.firstIndex { $0[0] == .text("Nhiệm vụ") })
            #expect(rows[1][0].shown.contains("Người Cán bộ"))
            let others = try Self.committee(SiteHarness.otherCommune, harness)
            #expect(!rows.contains { $0[2].shown == others })
            #expect(rows.count > start + 6)
            let other = try await harness.browser(as: .auditor)
            #expect(try await other.get("\(sent.location)/tep").status == 404)
        }
    }
}
