import Access
import Foundation
import Kernel
import Targets
import Work
import Testing

/// A commune officer hands in, the reviewer decides: through the pages, as people do.
@Suite
struct HandInOverHTTPTests {
    static let work = "/viec/I.5/2026-Q4/10507"
    static let report = Upload(name: "báo cáo quý IV.pdf", type: "application/pdf", bytes: SampleFiles.pdf)
    static let typed = ["number": "125/BC-UBND", "day": "05/12/2026", "summary": "Báo cáo đánh giá quý IV"]

    /// Fills the only slot of I.5.
    static func fill(_ browser: Browser) async throws -> Page {
        let page = try await browser.get(work)
        return try await browser.submit(try page.form("sp-I-5-0"), typed, files: [report])
    }

    static func handIn(_ browser: Browser) async throws {
        #expect(try await fill(browser).status == 303)
        let done = try await browser.submit(try await browser.get(work).form("nop"), ["note": ""])
        #expect(done.status == 303 && done.location == "\(work)?xong=nop")
    }

    @Test
    func `from the day's list to an accepted product with its history`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let day = try await officer.get("/hom-nay")
            #expect(day.status == 200 && day.links.contains(Self.work))

            let filled = try await Self.fill(officer)
            #expect(filled.status == 303 && filled.location == "\(Self.work)?xong=luu-san-pham")
            let page = try await officer.get(filled.location)
            #expect(page.text.contains("Đã lưu sản phẩm.") && page.text.contains("125/BC-UBND"))
            let handed = try await officer.submit(try page.form("nop"), ["note": "Xin xem"])
            #expect(handed.status == 303)
            let waiting = try await officer.get(handed.location)
            #expect(waiting.text.contains("Đã nộp. Việc đang chờ cơ quan cấp trên duyệt."))
            #expect(waiting.text.contains(#"<a href="/hom-nay">Việc còn lại của tôi</a>"#))
            #expect(waiting.text.contains("badge-submitted") && waiting.hasForm("rut") && !waiting.hasForm("sp-I-5-0"))

            let analyst = try await harness.browser(as: .analyst)
            #expect(try await analyst.get("/hom-nay").links.contains(Self.work))
            let review = try await analyst.get(Self.work)
            let file = try #require(review.links.first { $0.hasPrefix("/tep/") })
            let opened = try await analyst.get(file)
            #expect(opened.status == 200 && opened.bytes == SampleFiles.pdf)
            #expect(opened.header("content-type") == "application/pdf")
            let disposition = try #require(opened.header("content-disposition"))
            #expect(disposition.hasPrefix("attachment; filename=\"bao cao quy iv.pdf\";"))
            #expect(disposition.contains("filename*=UTF-8''b%C3%A1o%20c%C3%A1o"))
            let accepted = try await analyst.submit(try review.form("chap-nhan"), ["note": "Đủ"])
            #expect(accepted.status == 303 && accepted.location == "\(Self.work)?xong=duyet")

            let done = try await officer.get(Self.work)
            #expect(done.text.contains("badge-accepted") && !done.hasForm("nop") && !done.hasForm("rut"))
            let history = HTML.matches("<li><strong>([^<]*)</strong> – ([^,<]*),", in: done.text).map { $0[1] }
            #expect(history == ["Chấp nhận", "Nộp", "Thêm sản phẩm"])
        }
    }

    @Test
    func `a return needs a reason and brings the work back to the officer`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            try await Self.handIn(officer)
            let analyst = try await harness.browser(as: .analyst)
            let form = try await analyst.get(Self.work).form("tra-lai")
            let refused = try await analyst.submit(form, ["note": ""])
            #expect(refused.status == 422)
            let again = try refused.form("tra-lai")
            #expect(again.html.contains("<a href=\"#tra-lai-note\">Hãy ghi lý do trả lại"))
            #expect(again.html.contains("aria-invalid=\"true\""))
            let returned = try await analyst.submit(again, ["note": "Thiếu số liệu tổ 3"])
            #expect(returned.status == 303)

            let day = try await officer.get("/hom-nay")
            #expect(day.text.contains("Bị trả lại: Thiếu số liệu tổ 3"))
            let page = try await officer.get(Self.work)
            #expect(page.text.contains("badge-returned") && page.text.contains("Thiếu số liệu tổ 3"))
            #expect(page.hasForm("sp-I-5-0") && page.hasForm("nop"))
        }
    }

    @Test
    func `work and its twin are filled on one page and handed in each`() async throws {
        try await SiteHarness.run(on: "2027-01-12") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let (plan, decision) = ("/viec/I.3/2027-01/10507", "/viec/II.4/2027/10507")
            let before = try await officer.get(plan)
            #expect(before.links.contains(decision))
            #expect(before.hasForm("sp-I-3-0") && before.hasForm("sp-I-3-1") && before.hasForm("sp-II-4-0"))
            let typed = ["number": "7/KH-UBND", "day": "08/01/2027", "summary": "Giao chỉ tiêu 2027"]
            let list = Upload(name: "chỉ tiêu.csv", bytes: SampleFiles.csv)
            for (form, values, file) in [
                ("sp-I-3-0", typed, Self.report), ("sp-I-3-1", ["day": "08/01/2027"], list),
                ("sp-II-4-0", typed, Self.report),
            ] {
                let saved = try await officer.submit(try await officer.get(plan).form(form), values, files: [file])
                #expect(saved.status == 303, "\(form): \(saved.status)")
            }
            for address in [plan, decision] {
                let page = try await officer.get(address)
                #expect(try await officer.submit(try page.form("nop")).status == 303)
                #expect(try await officer.get(address).text.contains("badge-submitted"))
            }
            let products = try await harness.count("SELECT COUNT(*) FROM product WHERE replaced_at IS NULL")
            #expect(products == 3)
        }
    }

    @Test
    func `work without all its products cannot be handed in`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let work = "/viec/II.5/2026-Q4/10507"
            let page = try await officer.get(work)
            #expect(!page.hasForm("nop"))
            let refused = try await officer.post("\(work)/nop", [("_csrf", try page.csrf()), try page.seen()])
            #expect(refused.status == 422 && refused.text.contains("Chưa nộp được: còn thiếu sản phẩm"))
            #expect(refused.text.contains("Số người tham gia mới") && refused.text.contains("danh sách phát triển mới"))
            #expect(try await harness.count("SELECT COUNT(*) FROM task_instance WHERE state <> 'none'") == 0)
        }
    }

    @Test
    func `the page of the work leads to its paper, filled in, and the signed paper stands in its slot`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get(Self.work)
            let href = try #require(
                page.text.firstMatch(of: /href="(\/van-ban\/moi\/bao-cao-xa[^"]*)"/).map { String($0.output.1) })
            let address = href.replacing("&amp;", with: "&")
            #expect(address.contains("viec=I.5/2026-Q4/10507") && address.contains("nam=2026"))
            let form = try await officer.get(address)
            #expect(form.text.contains("tự vào chỗ sản phẩm của việc bạn vừa mở"))
            let made = try await officer.submit(
                try form.form("soan"),
                ["nam": "2026", "quy": "4", "signer": "Nguyễn Văn Ký", "signingForm": "own-title"])
            #expect(made.status == 303, "\(made.status)")
            let paper = made.location
            let issued = try await officer.submit(
                try await officer.get(paper).form("ban-hanh"),
                ["number": "31", "signedOn": "10/12/2026", "signer": "Nguyễn Văn Ký", "signingForm": "own-title"],
                files: [Self.report])
            #expect(issued.status == 303, "\(issued.text.prefix(300))")
            let filled = try await officer.get(Self.work)
            #expect(filled.text.contains("31/BC-UBND") && filled.hasForm("nop"))

            let ended = try await officer.submit(
                try await officer.get(paper).form("thu-hoi"), ["successor": "", "reason": "Sai số liệu"])
            #expect(ended.status == 303)
            #expect(try await officer.get(paper).text.contains("không còn hiệu lực"))
            let empty = try await officer.get(Self.work)
            #expect(empty.text.contains("<p>Chưa có.</p>") && !empty.hasForm("nop"))
            #expect(empty.text.contains("đã thu hồi: Sai số liệu"))
        }
    }

    @Test
    func `advice sends to no work that does not exist, and twins show each other's state`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let alone = try await officer.get("/viec/II.4/2026/10507").text
            #expect(alone.contains("Ghi đủ số, ngày của quyết định.") && !alone.contains("I.3"))
            let twin = try await officer.get("/viec/II.4/2027/10507").text
            #expect(twin.contains("Dùng số đã chia ở việc I.3"))
            #expect(twin.contains("I.3: Chưa đến kỳ, hạn 31/01/2027, có 0/2 sản phẩm."))
        }
    }
}
