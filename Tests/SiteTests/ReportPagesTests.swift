import Assembly
import Access
import Files
import Kernel
import Overview
import Province
import Targets
import Testing

/// Reports with figures, from their form to the page of the paper, over HTTP.
@Suite
struct ReportPagesTests {
    @Test
    func `a commune writes its half year from the form, and the file downloads`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get("/van-ban/moi/bao-cao-xa")
            #expect(form.text.contains("6 tháng đầu năm") && form.text.contains("Cả năm"))
            let made = try await officer.submit(
                try form.form("soan"),
                ["nam": "2026", "quy": "sau-thang", "signer": "Nguyễn Văn Ký", "signingForm": "own-title"])
            #expect(made.status == 303, "\(made.text.prefix(300))")
            let page = try await officer.get(made.location)
            #expect(page.text.contains("6 tháng đầu năm 2026"))
            let file = try await officer.get("\(made.location)/tai/docx")
            #expect(file.status == 200 && file.bytes.starts(with: Array("PK".utf8)))
        }
    }

    @Test
    func `a quarter that has not begun is refused at the form, in words`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get("/van-ban/moi/bao-cao-xa")
            let early = try await officer.submit(
                try form.form("soan"), ["nam": "2027", "quy": "1", "signer": "", "signingForm": "own-title"])
            #expect(early.status == 422 && early.text.contains("chưa bắt đầu"), "\(early.status)")
        }
    }

    @Test
    func `the letter to groups is offered once a group is behind its target`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await !officer.get("/van-ban").text.contains("cong-van-don-doc-dia-ban"))
            let commune = try #require(CommuneCode(SiteHarness.commune))
            let viewer = try await harness.viewer(Role.communeOfficer.rawValue)
            _ = try await harness.system.groups.loadGroups(
                IncomingFile(
                    name: "to.csv", mediaType: "text/csv",
                    bytes: Array(
                        "Tên tổ dân phố, thôn;Chỉ tiêu tự nguyện;Đang tham gia tự nguyện\nTổ dân phố số 1;30;12\n".utf8)
                ),
                of: commune, year: 2026, countedOn: Day("2026-12-01"), by: .init(viewer: viewer))
            #expect(try await officer.get("/van-ban").text.contains("cong-van-don-doc-dia-ban"))
            let made = try await officer.submit(
                try await officer.get("/van-ban/moi/cong-van-don-doc-dia-ban").form("soan"),
                ["f-replyBy": "20/12/2026", "signer": "Nguyễn Văn Ký", "signingForm": "own-title"])
            #expect(made.status == 303, "\(made.text.prefix(300))")
            let page = try await officer.get(made.location)
            #expect(page.text.contains("Tổ trưởng tổ dân phố") && page.text.contains("20/12/2026"))
            #expect(try await harness.browser(as: .leader).get("/van-ban/moi/cong-van-don-doc-dia-ban").status == 403)
        }
    }
}
