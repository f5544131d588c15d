import TestSupport
import Access
import Assembly
import Foundation
import Kernel
import Targets
import Work
import Testing

/// The desk and the documents, over HTTP.
@Suite
struct AllocationPagesTests {
    @Test
    func `an analyst splits, holds a number, undoes, writes the proposal, and decides`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let list = try await analyst.get("/phan-bo?nam=2027")
            #expect(list.status == 200 && list.text.contains("Chưa có phương án nào"))
            let made = try await analyst.post(
                "/phan-bo/moi",
                [("_csrf", try list.csrf()), ("name", "Phương án A"), ("year", "2027"), ("scope", "city")])
            #expect(made.status == 303)
            let desk = try await analyst.get(made.location)
            #expect(
                desk.text.contains("1.267.000 / 1.267.000 – khớp") && desk.text.contains("105.000 / 105.000 – khớp"))
            #expect(desk.text.contains("phần bằng nhau"))
            #expect(desk.text.utf8.count < 100_000)
            let held = try await analyst.post(
                "\(made.location)/so",
                [("_csrf", try desk.csrf()), try desk.seen(), ("t-10507", "20.000"), ("v-10507", "921")])
            #expect(held.status == 303 && held.location.contains("can-bang"))
            let after = try await analyst.get(made.location)
            #expect(after.text.contains("value=\"20.000\"") && after.text.contains("1.267.000 / 1.267.000 – khớp"))
            let why = try await analyst.get("\(made.location)/don-vi/10507")
            #expect(why.text.contains("đã khóa"))
            let bad = try await analyst.post(
                "\(made.location)/so",
                [("_csrf", try after.csrf()), try after.seen(), ("_name", "so"), ("t-10507", "nhiều")])
            #expect(
                bad.status == 422 && bad.text.contains("“nhiều” không phải số người")
                    && bad.text.contains("value=\"nhiều\""))
            let stale = try await analyst.post(
                "\(made.location)/so", [("_csrf", try after.csrf()), ("_version", "1"), ("t-10525", "12.345")])
            #expect(stale.status == 409 && stale.text.contains("vừa được sửa"))
            let undone = try await analyst.post(
                "\(made.location)/hoan-tac", [("_csrf", try after.csrf()), try after.seen()])
            #expect(undone.status == 303)
            #expect(!(try await analyst.get(made.location)).text.contains("value=\"20.000\""))

            try await Self.expectCompulsoryTargets(at: made.location, by: analyst)

            let inputs = try await analyst.get("\(made.location)/dau-vao.csv")
            #expect(inputs.text.contains("Mã đơn vị;Tên đơn vị;") && inputs.text.contains("10507;"))

            let id = String(made.location.split(separator: "/").last ?? "")
            let form = try await analyst.get("/van-ban/moi/to-trinh-giao-chi-tieu?phuong-an=\(id)")
            #expect(form.status == 200)
            let paper = try await analyst.post(
                "/van-ban/moi/to-trinh-giao-chi-tieu",
                [("_csrf", try form.csrf()), ("_name", "soan"), ("phuong-an", id), ("signer", "Nguyễn Văn Ký")])
            #expect(paper.status == 303)
            let shown = try await analyst.get(paper.location)
            #expect(shown.text.contains("TỜ TRÌNH") && shown.text.contains("Mã kiểm tra"))
            // What is still to be written is told before the clerk gives a number.
            #expect(shown.text.contains("Còn phải điền") && shown.text.contains("đoạn phải viết"))
            let word = try await analyst.get("\(paper.location)/tai/docx")
            #expect(word.status == 200 && word.header("content-type")?.contains("wordprocessingml") ?? false)
            #expect(try await analyst.get("\(paper.location)/tai/xlsx").status == 200)
            #expect(try await analyst.get("\(paper.location)/tai/xml").text.contains("<OutgoingDocument>"))
            #expect(try await analyst.get("\(paper.location)/tai/exe").status == 404)

            // A commune sees neither the draft nor the paper.
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await officer.get(made.location).status == 403)
            #expect(try await officer.get(paper.location).status == 404)
            let issued = try await analyst.post(
                "\(paper.location)/ban-hanh",
                [
                    ("_csrf", try shown.csrf()), try shown.seen(), ("number", "7"), ("signedOn", "23/11/2026"),
                    ("signer", "Nguyễn Văn Ký"), ("signingForm", "deputy"),
                ])
            #expect(issued.status == 303)
            #expect(try await analyst.get(paper.location).text.contains("07/TTr-SNV, ngày 23/11/2026"))
        }
    }

    @Test
    func `a cell is saved in place: the answer holds all numbers, what is no number is told, and the rest is kept`()
        async throws
    {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let viewer = try await harness.viewer("analyst")
            let id = try await harness.allocations.beginScenario(
                .city, year: 2027, name: "Phương án A", by: .init(viewer: viewer))
            let desk = try await analyst.get("/phan-bo/\(id)")
            #expect(desk.text.contains("data-grid=\"/phan-bo/\(id)/o\"") && desk.text.contains("/tinh/bang-so.js?v="))
            let proof = ("_csrf", try desk.csrf())
            let first = RecordID(at: harness.clock.clock.now).text
            func send(_ version: Int, _ cells: [(String, String)], mark: String? = nil) async throws -> (Page, CellNews)
            {
                let marks = mark.map { [("_mark", $0)] } ?? []
                let page = try await analyst.post(
                    "/phan-bo/\(id)/o", [proof, ("_version", "\(version)")] + marks + cells)
                return (page, try JSONDecoder().decode(CellNews.self, from: Data(page.bytes)))
            }
            let cells = [("t-10507", "20000"), ("v-10507", "nhiều"), ("k-10525", "1")]
            let (saved, news) = try await send(1, cells, mark: first)
            #expect(saved.status == 200 && news.version == 2 && news.undoes && news.open)
            #expect(news.rows.count == 114 && news.total.contains("1.267.000 / 1.267.000 – khớp"))
            #expect(news.row("10507")?.total == "20.000" && news.row("10507")?.locked == true)
            #expect(news.row("10525")?.locked == true && news.rows.filter(\.locked).count == 2)
            #expect(Array(news.problems.keys) == ["v-10507"] && news.said.contains("1 ô sai chưa lưu"))
            // The same message a second time, its answer having been lost on the way.
            let (_, same) = try await send(1, cells, mark: first)
            #expect(same.version == 2 && same.row("10507")?.total == "20.000")
            #expect(Array(same.problems.keys) == ["v-10507"], "what is no number is told again")

            let (wrong, _) = try await send(2, [("t-10507", "x")])
            #expect(wrong.status == 422)
            let (late, other) = try await send(1, [("t-10507", "30.000")])
            #expect(late.status == 409 && other.version == 2 && other.row("10507")?.total == "20.000")
            #expect(other.other?.contains(": 20.000") == true)
            let (tooMany, _) = try await send(2, [("t-10507", "900.000.000")])
            #expect(tooMany.status == 422)

            let (released, free) = try await send(2, [("k-10525", "0")])
            #expect(released.status == 200 && free.row("10525")?.locked == false)
            let (undone, before) = try await send(3, [("all", "hoan-tac")])
            #expect(undone.status == 200 && before.row("10525")?.locked == true && before.said.contains("hoàn tác"))
            #expect(try await harness.audit().contains { $0.action == "allocation.undone" })

            let officer = try await harness.browser(as: .communeOfficer)
            let refused = try await officer.post(
                "/phan-bo/\(id)/o",
                [("_csrf", try await officer.csrf(forVisitors: false)), ("_version", "4"), ("t-10507", "1")])
            #expect(refused.status == 403)
        }
    }

    /// What the desk's script is told.
    private struct CellNews: Decodable {
        struct Row: Decodable {
            let code: String
            let total: String
            let locked: Bool
        }

        let version: Int
        let said: String
        let other: String?
        let open: Bool
        let undoes: Bool
        let problems: [String: String]
        let total: String
        let rows: [Row]

        func row(_ code: String) -> Row? { rows.first { $0.code == code } }
    }

    /// The compulsory part only follows from the total, until the analyst chooses to give it: then it is typed and held.
    private static func expectCompulsoryTargets(at desk: String, by analyst: Browser) async throws {
        let derived = try await analyst.get(desk)
        #expect(derived.text.contains("1.162.000, suy ra từ tổng số") && !derived.text.contains("name=\"b-10507\""))
        let chosen = try await analyst.submit(
            derived.form("thiet-lap"),
            [
                "compulsory": "assigned", "total": "1.267.000", "voluntary": "105.000", "total-last": "100",
                "voluntary-last": "100",
            ])
        #expect(chosen.status == 303)
        let assigned = try await analyst.get(desk)
        #expect(assigned.text.contains("1.162.000, chỉ tiêu được giao") && !assigned.text.contains("name=\"t-10507\""))
        let held = try await analyst.post(
            "\(desk)/so",
            [("_csrf", try assigned.csrf()), try assigned.seen(), ("b-10507", "19.000"), ("v-10507", "1.000")])
        #expect(held.status == 303)
        let after = try await analyst.get(desk)
        #expect(after.text.contains("value=\"19.000\"") && after.text.contains("20.000"))
        #expect(after.text.contains("1.267.000 / 1.267.000 – khớp"))
        for _ in 0..<2 {
            let page = try await analyst.get(desk)
            let undone = try await analyst.post("\(desk)/hoan-tac", [("_csrf", try page.csrf()), try page.seen()])
            #expect(undone.status == 303)
        }
        #expect(try await analyst.get(desk).text.contains("name=\"t-10507\""))
    }

    @Test
    func `a commune proposes its target and the analyst sees it beside the result`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get("/de-xuat-chi-tieu")
            #expect(form.status == 200)
            let bad = try await officer.post(
                "/de-xuat-chi-tieu",
                [
                    ("_csrf", try form.csrf()), ("_name", "de-xuat"), ("year", "2027"), ("total", "x"),
                    ("voluntary", "1"),
                ])
            #expect(bad.status == 422 && bad.text.contains("không phải số người"))
            let sent = try await officer.post(
                "/de-xuat-chi-tieu",
                [
                    ("_csrf", try form.csrf()), ("year", "2027"), ("total", "12.000"), ("voluntary", "900"),
                    ("reason", "Ba doanh nghiệp mới"),
                ])
            #expect(sent.status == 303)
            let analyst = try await harness.browser(as: .analyst)
            #expect(try await analyst.get("/phan-bo?nam=2027").text.contains("Ba doanh nghiệp mới"))
        }
    }

    @Test
    func `the forecast, the committee and the list of documents open without data and say so`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            for kind in ["", "?so=bat-buoc", "?so=tu-nguyen"] {
                #expect(try await officer.get("/du-bao\(kind)").text.contains("Chưa đơn vị nào có đủ 4 tháng"))
            }
            #expect(try await officer.get("/van-ban").text.contains("Chưa có văn bản nào"))
            let committee = try await officer.get("/ban-chi-dao/\(SiteHarness.commune)")
            #expect(committee.text.contains("Chưa có thành viên"))
            let added = try await officer.post(
                "/ban-chi-dao/\(SiteHarness.commune)/them",
                [
                    ("_csrf", try committee.csrf()), ("seat", "Trưởng ban"), ("name", "Nguyễn Văn A"),
                    ("position", "Chủ tịch UBND"),
                ])
            #expect(added.status == 303)
            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            #expect(try await neighbour.get("/ban-chi-dao/\(SiteHarness.commune)").status == 403)
        }
    }
}
