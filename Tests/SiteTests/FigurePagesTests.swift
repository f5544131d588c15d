import Access
import Assembly
import Figures
import Files
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work
import Province
import Testing

/// Figures over HTTP: sent, looked at, taken, contested, undone.
@Suite
struct FigurePagesTests {
    static func sample(_ name: String) throws -> Upload {
        let path = SiteHarness.repository.appendingPathComponent("Tests/FiguresTests/Samples/\(name)")
        return Upload(name: name, bytes: Array(try Data(contentsOf: path)))
    }

    /// A small file of the two communes of the sample accounts.
    static func csv(_ month: String, _ lines: [(String, String, String)]) -> Upload {
        let text =
            "Kỳ báo cáo: \(month)\nMã;Tên xã;BHXH BB;BHXH TN\n" + lines.map { "\($0.0);;\($0.1);\($0.2)\n" }.joined()
        return Upload(name: "so-lieu.csv", bytes: Array(text.utf8))
    }

    /// Figures of two years, targets, groups and a contested figure, so that every page shows something.
    static func furnish(_ harness: SiteHarness) async throws {
        var text = "Tháng;Mã xã;Bắt buộc;Tự nguyện\n"
        guard let first = Month(year: 2024, month: 12) else { return }
        for offset in 0...22 {
            let month = first.adding(months: offset)
            for (place, code) in harness.definition.communes.codes.enumerated() where !(offset == 22 && place < 2) {
                text +=
                    "\(month.vietnamese);\(code);\(7_000 + place * 31 + offset * 40);\(700 + place * 3 + offset * 5 - (month.month == 1 ? 90 : 0))\n"
            }
        }
        let file = IncomingFile(name: "hai-nam.csv", mediaType: "text/csv", bytes: Array(text.utf8))
        _ = try await harness.system.figures.importFile(file, source: "BHXH thành phố", by: .commandLine)
        var targets = "Mã;Năm;Tổng số;Tự nguyện;Văn bản\n"
        for code in harness.definition.communes.codes { targets += "\(code);2026;10600;880;QĐ 1/QĐ-UBND\n" }
        let table = IncomingFile(name: "chi-tieu.csv", mediaType: "text/csv", bytes: Array(targets.utf8))
        _ = try await harness.targets.loadTargets(table, year: nil, document: "", by: .commandLine)
        let officer = Submission(viewer: try await harness.viewer("commune-officer"))
        guard let commune = CommuneCode(SiteHarness.commune), let month = Month(year: 2026, month: 9) else { return }
        try await harness.system.figures.contest(
            ContestDraft(
                commune: commune, month: month, scheme: .voluntary, proposed: "900", reason: "Thiếu người",
                document: "Bảng kê"), by: officer)
        try await harness.groups.saveGroup(
            nil, of: commune, typed: [.name: "Tổ dân phố số 1", .households: "300", .voluntaryTarget: "40"],
            year: 2026, version: nil, by: officer)
    }

    @Test
    func `a file is looked at before it counts, then counts at once`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .insuranceProvince)
            let form = try await browser.get("/so-lieu").form("nap")
            let sent = try await browser.submit(
                form, ["month": "", "source": ""], files: [try Self.sample("co-loi-10-2026.xlsx")])
            #expect(sent.status == 303, "\(sent.text.prefix(2_000))")
            let preview = try await browser.get(sent.location)
            #expect(preview.text.contains("107 dòng nhận được, 7 dòng trả lại"))
            #expect(preview.text.contains("dòng 23, cột B") && preview.text.contains("Cẩm Giàng"))
            #expect(try await harness.count("SELECT COUNT(*) FROM participant_figure") == 0, "nothing counts yet")
            let returned = try await browser.get("\(sent.location)/tra-lai")
            #expect(returned.status == 200 && returned.bytes.starts(with: [0x50, 0x4B]))
            #expect(returned.header("content-disposition")?.contains("co-loi-10-2026-tra-lai.xlsx") == true)

            let taken = try await browser.submit(try preview.form("nhan"))
            #expect(taken.status == 303)
            #expect(try await harness.count("SELECT COUNT(*) FROM participant_figure") == 214)
            let twice = try await browser.submit(try preview.form("nhan"))
            #expect(twice.status == 303, "the same form is carried out once")
            #expect(try await harness.count("SELECT COUNT(*) FROM figure_batch") == 1)
            let board = try await browser.get("/tong-quan")
            #expect(board.text.contains("tháng 10/2026") && board.text.contains("Chưa có số liệu tháng của 7 đơn vị"))
            let month = try await browser.get("/so-lieu/thang/2026-10?dong=120")
            #expect(month.text.contains("19.700") && month.text.contains("chưa có số liệu"))
        }
    }

    @Test
    func `a few communes' figures of a new month do not empty the overview`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await Self.furnish(harness)
            let browser = try await harness.browser(as: .analyst)
            let sent = try await browser.submit(
                try await browser.get("/so-lieu").form("nap"), ["month": "", "source": ""],
                files: [Self.csv("11/2026", [("10507", "7900", "850"), ("10525", "7950", "860")])])
            #expect(try await browser.submit(try await browser.get(sent.location).form("nhan")).status == 303)
            let board = try await browser.get("/tong-quan").text
            #expect(board.contains("Đến hết tháng 10/2026"))
            #expect(board.contains("Tháng 11/2026 đã có một phần số liệu (2 đơn vị"))
            #expect(board.contains("/so-lieu/thang/2026-11"))
            let ranking = try await browser.get("/xep-hang")
            #expect(ranking.text.contains("Xếp hạng tháng 10/2026"))
            let ranked = try #require(ListTourTests.lists(ranking).first)
            #expect(ranked.rows == 114 && ranked.orders.count == 6)
            #expect(try await ListTourTests.rows(browser.get(ranked.workbook), below: "Đơn vị") == 114)
            #expect(try await browser.get("/xep-hang?thang=2027-01").status == 404)
            // The commune that has reported sees its own newest figure.
            #expect(try await browser.get("/don-vi/10507").text.contains("Số liệu tháng 11/2026"))
        }
    }

    @Test
    func `the preview shows what would be replaced, and that the same file was taken before`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            func send(_ upload: Upload) async throws -> Page {
                let form = try await browser.get("/so-lieu").form("nap")
                let sent = try await browser.submit(form, ["month": "", "source": ""], files: [upload])
                return try await browser.get(sent.location)
            }
            let first = Self.csv("09/2026", [("10507", "1000", "100")])
            #expect(try await browser.submit(try await send(first).form("nhan")).status == 303)
            let correction = try await send(Self.csv("09/2026", [("10507", "1200", "100")]))
            #expect(correction.text.contains("1 số đang có sẽ bị thay"))
            #expect(correction.text.contains("1.000") && correction.text.contains("1.200"))
            #expect(try await browser.submit(try correction.form("nhan")).status == 303)
            let again = try await send(first)
            #expect(again.text.contains("Đúng tệp này đã được nhận trước đây"))
            #expect(!again.hasForm("nhan"))
            // A withdrawal without its reason comes back open at the field.
            let withdrawal = try await browser.get("/so-lieu/lo/2").form("thu-hoi")
            let refused = try await browser.submit(withdrawal, ["reason": ""])
            #expect(refused.status == 422)
            #expect(refused.text.contains("<details open><summary>Thu hồi lô này"))
        }
    }

    @Test
    func `a file thrown away leaves no figure`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            let form = try await browser.get("/so-lieu").form("nap")
            let sent = try await browser.submit(
                form, ["month": "", "source": ""], files: [try Self.sample("BHXH_10_2026.csv")])
            let preview = try await browser.get(sent.location)
            #expect(try await browser.submit(try preview.form("bo")).status == 303)
            let after = try await browser.get(sent.location)
            #expect(!after.hasForm("nhan") && after.text.contains("đã bỏ"))
            #expect(try await browser.submit(try preview.form("nhan")).status == 409)
            #expect(try await harness.count("SELECT COUNT(*) FROM participant_figure") == 0)
        }
    }

    @Test(arguments: [
        ("a.xlsx", Array("%PDF-1.4".utf8), "Tệp là PDF, không phải bảng"),
        ("a.xls", Array("<html><table><tr><td>1</td></tr></table></html>".utf8), "trang web (HTML/XML) mang tên Excel"),
        (
            "a.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600),
            "Excel đời cũ"
        ),
        ("a.txt", Array("Tên xã;BHXH BB;BHXH TN\nThành Đông;1;2\n".utf8), "Không nhận tệp có đuôi .txt"),
        ("a.xls", Array("Tên xã;BHXH BB;BHXH TN\nThành Đông;1;2\n".utf8), "Không nhận tệp có đuôi .xls"),
        ("a.csv", Array("một dòng chữ\n".utf8), "Không tìm thấy dòng tiêu đề"),
        ("a.csv", Array("Tên xã;BHXH BB;BHXH TN\nThành Đông;1;2\n".utf8), "Không thấy kỳ báo cáo"),
        ("a.csv", Array("Tháng 13/2062\nTên xã;BHXH BB;BHXH TN\nThành Đông;1;2\n".utf8), "không phải tháng có thật"),
        ("a.csv", Array("Tháng 12/2062\nTên xã;BHXH BB;BHXH TN\nThành Đông;1;2\n".utf8), "chưa đến"),
    ])
    func `what cannot be read is refused on the form with the remedy`(name: String, bytes: [UInt8], words: String)
        async throws
    {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            let form = try await browser.get("/so-lieu").form("nap")
            let answer = try await browser.submit(
                form, ["month": "", "source": ""], files: [Upload(name: name, bytes: bytes)])
            PageQualityTests.expectSound(answer, status: 422)
            #expect(
                answer.text.contains(words), "\(HTML.matches("error-summary.*?</ul>", in: answer.text).first ?? [])")
            #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
        }
    }

    @Test
    func `a batch is undone as a whole and what held before holds again`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            for lines in [[("10507", "12000", "900"), ("10525", "10000", "1500")], [("10507", "12500", "910")]] {
                let form = try await browser.get("/so-lieu").form("nap")
                let sent = try await browser.submit(
                    form, ["month": "", "source": ""], files: [Self.csv("09/2026", lines)])
                try await browser.submit(try await browser.get(sent.location).form("nhan"))
            }
            let figure = "/so-lieu/don-vi/10507/2026-09/bat-buoc"
            #expect(try await browser.get(figure).text.contains("12.500"))
            let batch = try await browser.get("/so-lieu/lo/2")
            #expect(try await browser.submit(try batch.form("thu-hoi"), ["reason": ""]).status == 422)
            #expect(try await browser.submit(try batch.form("thu-hoi"), ["reason": "Nhầm tệp"]).status == 303)
            let after = try await browser.get(figure)
            #expect(after.text.contains("<p class=\"big\">12.000</p>") && after.text.contains("đã thu hồi"))
            #expect(try await browser.get("/so-lieu/lo/2").text.contains("Nhầm tệp"))
        }
    }

    @Test
    func `a commune contests its own figure, both stay visible, the decision counts`() async throws {
        try await SiteHarness.run { harness in
            try await Self.importSmall(harness)
            let officer = try await harness.browser(as: .communeOfficer)
            let address = "/so-lieu/don-vi/\(SiteHarness.commune)/2026-09/tu-nguyen"
            let page = try await officer.get(address)
            let incomplete = try await officer.submit(
                try page.form("de-nghi"), ["proposed": "mười", "reason": "", "document": ""])
            PageQualityTests.expectSound(incomplete, status: 422)
            let sent = try await officer.submit(
                try page.form("de-nghi"),
                ["proposed": "1.003", "reason": "37 người mới đóng", "document": "Bảng kê số 5"],
                files: [Upload(field: "proof", name: "bang-ke.pdf", bytes: SampleFiles.pdf)])
            #expect(sent.status == 303, "\(sent.text.prefix(3_000))")
            let both = try await officer.get(address)
            #expect(both.text.contains("900") && both.text.contains("1.003") && both.text.contains("Chờ quyết định"))
            #expect(!both.hasForm("de-nghi"), "one objection at a time")

            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            #expect(!(try await neighbour.get(address)).hasForm("de-nghi"))
            let forged = try await neighbour.submit(
                try page.form("de-nghi").replacing("_csrf", with: try await neighbour.get("/hom-nay").csrf()),
                ["proposed": "5", "reason": "x", "document": "y"])
            #expect(forged.status == 403)
            #expect(!(try await neighbour.get("/so-lieu/de-nghi")).text.contains("37 người mới đóng"))

            let analyst = try await harness.browser(as: .analyst)
            let list = try await analyst.get("/so-lieu/de-nghi")
            let proof = try #require(list.links.first { $0.hasPrefix("/so-lieu/tep-goc/") })
            #expect(try await analyst.get(proof).bytes == SampleFiles.pdf)
            #expect(try await neighbour.get(proof).status == 404)
            let form = try #require(list.forms().first { $0.id.hasPrefix("quyet-dinh-co-") })
            #expect(try await analyst.submit(form, ["note": "Đã đối chiếu"]).status == 303)
            let decided = try await officer.get(address)
            #expect(decided.text.contains("<p class=\"big\">1.003</p>") && decided.text.contains("Đã chấp nhận"))
            #expect(try await harness.audit().contains { $0.action == "figures.contest-granted" })
        }
    }

    private static func importSmall(_ harness: SiteHarness) async throws {
        let upload = csv("09/2026", [("10507", "12000", "900"), ("10525", "10000", "1500")])
        let file = IncomingFile(name: upload.name, mediaType: "text/csv", bytes: upload.bytes)
        _ = try await harness.system.figures.importFile(file, by: .commandLine)
    }

    @Test
    func `a commune keeps its own groups and sees no other's`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let path = "/don-vi/\(SiteHarness.commune)/to-dan-pho"
            let table = Upload(
                name: "to.csv",
                bytes: Array(
                    "Tên tổ dân phố;Số hộ;Chỉ tiêu tự nguyện;Đang tham gia\nTổ 1;300;40;31\nTổ 2;x;20;10\n".utf8))
            let loaded = try await officer.submit(
                try await officer.get(path).form("nap-to"), ["countedOn": "31/10/2026"], files: [table])
            PageQualityTests.expectSound(loaded)
            #expect(loaded.text.contains("dòng 3, cột B") && loaded.text.contains("Đã thêm 1"))
            let page = try await officer.get(path)
            let edit = try #require(page.links.first { $0.contains("?sua=") })
            let editing = try await officer.get(edit)
            PageQualityTests.expectSound(editing)
            let saved = try await officer.submit(
                try editing.form("sua-to"),
                [
                    "name": "Tổ dân phố 1", "households": "310", "people": "", "voluntaryTarget": "42",
                    "voluntaryNow": "", "countedOn": "",
                ])
            #expect(saved.status == 303)
            #expect(try await officer.get(path).text.contains("Tổ dân phố 1"))
            let stale = try editing.form("sua-to").replacing("_mark", with: RecordID(at: harness.system.clock.now).text)
            let late = [
                "name": "Khác", "households": "", "people": "", "voluntaryTarget": "", "voluntaryNow": "",
                "countedOn": "",
            ]
            #expect(try await officer.submit(stale, late).status == 409)
            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            #expect(try await neighbour.get(path).status == 403)
            let leaving = try await officer.get(edit)
            let forged = try leaving.form("bo-to").replacing("_csrf", with: try await neighbour.get("/hom-nay").csrf())
            #expect(try await neighbour.submit(forged).status == 403)
            #expect(
                try await officer.submit(try editing.form("bo-to")).status == 409, "it was looked at before the change")
            #expect(try await officer.submit(try leaving.form("bo-to")).status == 303)
            #expect(!(try await officer.get(path)).text.contains("Tổ dân phố 1"))
        }
    }

    @Test
    func `targets that do not add up are shown with the difference, and keep their versions`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            for total in ["14000", "14500"] {
                let table = Upload(
                    name: "chi-tieu.csv",
                    bytes: Array("Mã;Tổng số;Tự nguyện\n10507;\(total);1000\n10525;9000;9500\n".utf8))
                let loaded = try await analyst.submit(
                    try await analyst.get("/chi-tieu?nam=2026").form("nap-chi-tieu"),
                    ["year": "2026", "document": "QĐ \(total)"], files: [table])
                PageQualityTests.expectSound(loaded)
                #expect(loaded.text.contains("lớn hơn tổng số"))
            }
            let page = try await analyst.get("/chi-tieu?nam=2026")
            #expect(
                page.text.contains("14.500") && page.text.contains("−1.169.500")
                    && page.text.contains("Chưa có chỉ tiêu của 113 đơn vị"))
            let versions = try await analyst.get("/chi-tieu/10507")
            #expect(
                versions.text.contains("14.000") && versions.text.contains("QĐ 14000")
                    && versions.text.contains("đã thay"))
        }
    }

    @Test(arguments: [Role.leader, .analyst, .communeOfficer, .insuranceProvince, .groupHead])
    func `every page of figures is sound with data and without`(role: Role) async throws {
        let pages = [
            "/tong-quan", "/tong-quan?do=tu-nguyen", "/tong-quan?nam=2028", "/so-lieu", "/so-lieu/thang/2026-10",
            "/so-lieu/thang/2026-09", "/so-lieu/de-nghi",
            "/so-lieu/don-vi/10507/2026-09/tu-nguyen", "/so-lieu/don-vi/10507/2019-01/bat-buoc", "/chi-tieu",
            "/chi-tieu?nam=2030", "/chi-tieu/10507", "/xep-hang",
            "/xep-hang?thang=2026-03", "/don-vi/10507", "/don-vi/10507/to-dan-pho",
        ]
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: role)
            for page in pages { PageQualityTests.expectSound(try await browser.get(page)) }
            try await Self.furnish(harness)
            for page in pages + ["/so-lieu/lo/1"] { PageQualityTests.expectSound(try await browser.get(page)) }
            let board = try await browser.get("/tong-quan")
            #expect(board.text.contains("<svg") && board.text.contains("Chưa có số liệu tháng của 2 đơn vị"))
            // Charts have names; icons stand beside theirs.
            let drawings = HTML.matches("<svg[^>]*>", in: board.text).map { $0[0] }
            let unnamed = drawings.filter { !$0.contains("aria-labelledby") && !$0.contains(#"aria-hidden="true""#) }
            #expect(unnamed == [])
            #expect(try await browser.get("/so-lieu/thang/nam-nay").status == 404)
            #expect(try await browser.get("/so-lieu/lo/99").status == 404)
            #expect(try await browser.get("/so-lieu/don-vi/99999/2026-09/tu-nguyen").status == 404)
        }
    }

    @Test
    func `a kept dashboard changes with the figures`() async throws {
        try await SiteHarness.run { harness in
            let leader = try await harness.browser(as: .leader)
            #expect(try await leader.get("/", following: true).text.contains("Tổng quan năm"))
            #expect(try await leader.get("/tong-quan").text.contains("Chưa có số liệu nào được nạp"))
            try await Self.importSmall(harness)
            let board = try await leader.get("/tong-quan").text
            #expect(board.contains("tháng 09/2026") && board.contains("Chưa có số liệu tháng của 112 đơn vị"))
        }
    }
}
