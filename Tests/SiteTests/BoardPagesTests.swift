import Access
import Foundation
import HTTPTypes
import Kernel
import PlanText
import ReportBoards
import Testing

/// The board of a report over HTTP: opened, written on by agencies, locked, made a draft to the ministries.
@Suite
struct BoardPagesTests {
    /// Opens the year's board as the analyst does.
    static func open(_ analyst: Browser) async throws -> String {
        let form = try await analyst.get("/bang-tong-hop").form("mo-bang")
        let opened = try await analyst.submit(form, ["kind": "nam/2026", "cutoff": "30/11/2026", "due": ""])
        guard opened.status == 303, let end = opened.location.firstIndex(of: "?") else {
            throw HarnessError(description: "the board was not opened: \(opened.status)")
        }
        return String(opened.location[..<end])
    }

    static func form(_ name: String, on page: Page) throws -> PageForm {
        try #require(page.forms().first { $0.id.hasPrefix(name) })
    }

    @Test
    func `agencies write their parts, the analyst returns one, locks and drafts, and each figure leads to its source`()
        async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await FigurePagesTests.furnish(harness)
            let analyst = try await harness.browser(as: .analyst)
            let board = try await Self.open(analyst)
            let whole = try await analyst.get(board)
            PageQualityTests.expectSound(whole)
            #expect(whole.text.contains("Báo cáo năm 2026") && whole.text.contains("hết ngày 30/11/2026"))
            #expect(whole.text.contains("số liệu chưa khóa") && whole.text.contains("Chưa viết"))

            // Told, the officer of BHXH finds the way and writes.
            let insurance = try await harness.browser(as: .insuranceProvince)
            #expect(try await insurance.get("/thong-bao").text.contains("Đề nghị đơn vị viết phần của mình"))
            let section = "\(board)/muc/muc-tieu-2"
            let empty = try await insurance.get(section)
            PageQualityTests.expectSound(empty)
            let before = try await insurance.get(section)
            let wrong = try await insurance.submit(
                try Self.form("viet", on: empty), ["text": " ", "handsIn": "gui"])
            #expect(wrong.status == 422 && wrong.text.contains("Hãy viết nội dung"))
            let sent = try await insurance.submit(
                try Self.form("viet", on: empty), ["text": "Đã vận động 500 người.\nCòn <khó>.", "handsIn": "gui"])
            #expect(sent.status == 303)
            // A page opened before is old.
            let late = try await insurance.submit(
                try Self.form("viet", on: before), ["text": "Khác", "handsIn": "gui"])
            #expect(late.status == 409)

            let read = try await analyst.get(section)
            #expect(read.text.contains("Còn &lt;khó&gt;.") && read.text.contains("Đã gửi"))
            let returned = try await analyst.submit(
                try Self.form("tra-lai", on: read), ["reason": "Thiếu so với năm trước"])
            #expect(returned.status == 303)
            let again = try await insurance.get(section)
            #expect(again.text.contains("Thiếu so với năm trước") && again.text.contains("Bị trả lại"))
            #expect(
                try await insurance.submit(
                    try Self.form("viet", on: again), ["text": "Đã vận động 520 người.", "handsIn": "gui"]
                ).status == 303)
            #expect(try await analyst.get(section).text.contains("Các bản trước"))

            // Figures of the demonstration's months stand beside the sections and lead to their month.
            let figures = try await analyst.get(board)
            #expect(figures.text.contains("href=\"/so-lieu/thang/2026-"))
            let locked = try await analyst.submit(try Self.form("khoa", on: figures))
            #expect(locked.status == 303)
            let after = try await analyst.get(board)
            #expect(after.text.contains("số liệu đã khóa") && !after.text.contains("Số đã khóa khác"))
            let unlockForm = try Self.form("mo-khoa", on: after)
            #expect(try await analyst.submit(unlockForm, ["reason": ""]).status == 422)

            // The draft is the Committee's, to both ministries, and marks every figure.
            let new = try await analyst.get("/van-ban/moi/bao-cao-nam-hai-bo?nam=2026").form("soan")
            let made = try await analyst.submit(
                new, ["nam": "2026", "nguon": "", "signer": "", "signingForm": "own-title"])
            #expect(made.status == 303, "\(made.status)")
            let draft = try await analyst.get(made.location)
            PageQualityTests.expectSound(draft)
            #expect(draft.text.contains("Kính gửi: Bộ Nội vụ; Bộ Tài chính"))
            #expect(draft.text.contains("Ủy ban nhân dân thành phố Hải Phòng"))
            #expect(
                draft.text.contains("Đã vận động 520 người.") && draft.text.contains("<sup><a href=\"/so-lieu/thang"))
            #expect(draft.text.contains("<sup><a href=\"\(section)\">"))
            #expect(draft.text.contains("Chờ phần viết của"))
            #expect(try await harness.audit(limit: 40).contains { $0.action == "board.locked" })
        }
    }

    @Test
    func `a board is its readers' and writers', and nobody else's`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let analyst = try await harness.browser(as: .analyst)
            let board = try await Self.open(analyst)
            let leader = try await harness.browser(as: .leader)
            let seen = try await leader.get(board)
            PageQualityTests.expectSound(seen)
            #expect(seen.forms().filter { $0.action.hasPrefix("/bang-tong-hop") }.isEmpty, "a leader changes nothing")
            for role in [Role.communeOfficer, .agencyOfficer, .inspector] {
                let browser = try await harness.browser(as: role)
                let isAsked = role != .communeOfficer
                let list = try await browser.get("/bang-tong-hop")
                #expect(list.status == 200 && list.text.contains(board) == isAsked, "\(role)")
                #expect(try await browser.get(board).status == (isAsked ? 200 : 404), "\(role)")
                #expect(try await browser.get("\(board)/muc/kien-nghi").status == 404, "\(role)")
            }
            for role in [Role.groupHead, .auditor, .administrator] {
                let browser = try await harness.browser(as: role)
                #expect(try await browser.get(board).status == 403, "\(role)")
                #expect(try await !browser.get("/van-ban").text.contains("/bang-tong-hop"), "\(role)")
            }
        }
    }

    @Test
    func `a unit asked later writes too, is reminded, and released finds the board no more`() async throws {
        try await SiteHarness.run(on: "2026-12-01") { harness in
            let analyst = try await harness.browser(as: .analyst)
            let board = try await Self.open(analyst)
            let section = "\(board)/muc/nhom-II"
            let asked = try await analyst.submit(
                try Self.form("giao", on: try await analyst.get(section)),
                ["unit": SiteHarness.commune, "due": "05/12/2026"])
            #expect(asked.status == 303)
            let officer = try await harness.browser(as: .communeOfficer)
            let own = try await officer.get(section)
            PageQualityTests.expectSound(own)
            #expect(try await officer.get("\(board)/muc/nhom-I").status == 404)
            let comment = try await officer.submit(try Self.form("y-kien", on: own), ["text": "Xin thêm thời gian"])
            #expect(comment.status == 303)
            #expect(try await analyst.get(section).text.contains("Xin thêm thời gian"))
            let reminded = try await analyst.submit(try Self.form("nhac", on: try await analyst.get(board)))
            #expect(reminded.status == 303)
            #expect(try await officer.get("/thong-bao").text.contains("Nhắc gửi phần báo cáo"))
            // Each part has its own form; the commune's is the last.
            let page = try await analyst.get(section)
            let release = try #require(page.forms().last { $0.id.hasPrefix("bo-") })
            #expect(try await analyst.submit(release).status == 303)
            #expect(try await officer.get(section).status == 404)
        }
    }
}
