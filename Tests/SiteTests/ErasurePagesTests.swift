import Access
import Components
import Files
import Foundation
import Kernel
import Testing

/// A wrong upload is destroyed through the pages, by two people.
@Suite
struct ErasurePagesTests {
    private static let work = HandInOverHTTPTests.work

    @Test
    func `the lead asks, the coordinating agency confirms, and everything says that the file is gone`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await HandInOverHTTPTests.fill(officer).status == 303)
            let page = try await officer.get(Self.work)
            let address = try #require(page.links.first { $0.hasPrefix("/huy-tep/") })
            let file = try #require(page.links.first { $0.hasPrefix("/tep/") })
            let asking = try await officer.get(address)
            let short = try await officer.submit(try asking.form("de-nghi"), ["reason": "nhầm"])
            #expect(short.status == 422 && short.text.contains("Hãy ghi lý do"))
            let asked = try await officer.submit(
                try asking.form("de-nghi"), ["reason": "Báo cáo kèm danh sách người dân"])
            #expect(asked.status == 303)
            let waiting = try await officer.get(address)
            #expect(waiting.text.contains("một người khác có quyền xác nhận") && !waiting.hasForm("xac-nhan"))
            #expect(try await officer.get(file).status == 200, "nothing has happened yet")
            let told = try await officer.get(Self.work)
            #expect(told.text.contains("Đang chờ huỷ tệp này") && told.links.contains(address))

            let analyst = try await harness.browser(as: .analyst)
            #expect(try await analyst.get("/huy-tep").links.contains(address))
            let review = try await analyst.get(address)
            #expect(review.text.contains("Báo cáo kèm danh sách người dân"))
            #expect(try await analyst.get("/thong-bao").text.contains("đề nghị huỷ tệp đã tải lên, cần bạn xác nhận"))
            let done = try await analyst.submit(try review.form("xac-nhan"))
            #expect(done.status == 303)
            let minutes = try await analyst.get(done.location)
            #expect(minutes.text.contains("Biên bản huỷ tệp số 1/2026"))
            #expect(minutes.text.contains("Bản sao lưu làm trước đó vẫn còn"))
            #expect(!minutes.text.contains(HandInOverHTTPTests.report.name), "a name may be a person's")

            #expect(try await officer.get(file).status == 410)
            let after = try await officer.get(Self.work)
            #expect(after.text.contains("tệp đã huỷ") && after.text.contains("xem biên bản"))
            #expect(!after.links.contains(file))
            #expect(!after.hasForm("nop"), "a slot whose file is gone is not filled")
            let again = try await HandInOverHTTPTests.fill(officer)
            #expect(again.status == 303)
            let mended = try await officer.get(Self.work)
            #expect(mended.hasForm("nop"))
            #expect(mended.text.contains("Tệp đã thay hoặc bỏ") && mended.links.contains(address))
        }
    }

    @Test
    func `nobody else learns of a file, and a neighbour's is not found`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await HandInOverHTTPTests.fill(officer).status == 303)
            let address = try #require(try await officer.get(Self.work).links.first { $0.hasPrefix("/huy-tep/") })
            #expect(try await harness.browser(as: SiteHarness.neighbour).get(address).status == 404)
            let leader = try await harness.browser(as: .communeLeader).get(address)
            #expect(leader.status == 200 && leader.hasForm("de-nghi"))
            let auditor = try await harness.browser(as: .auditor).get(address)
            #expect(auditor.status == 200 && !auditor.hasForm("de-nghi"), "sees the work, asks for nothing")
            #expect(auditor.text.contains("Bạn chỉ xem được trang này") && !leader.text.contains("Bạn chỉ xem được"))
        }
    }

    @Test
    func `the trail tells a file's name while it lives and no longer, and its hash finds the minutes`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            #expect(try await HandInOverHTTPTests.fill(officer).status == 303)
            let page = try await officer.get(Self.work)
            #expect(try await officer.get(try #require(page.links.first { $0.hasPrefix("/tep/") })).status == 200)
            let auditor = try await harness.browser(as: .auditor)
            let name = HandInOverHTTPTests.report.name
            #expect(try await auditor.get("/quan-tri/nhat-ky").text.contains("tệp “\(name)” (SHA-256"))
            #expect(
                try await harness.count("SELECT COUNT(*) FROM audit_entry WHERE detail LIKE '%\(name)%'") == 0,
                "the trail itself has no name")
            try await Self.erase(try #require(page.links.first { $0.hasPrefix("/huy-tep/") }), harness)
            let after = try await auditor.get("/quan-tri/nhat-ky")
            #expect(!after.text.contains(name) && after.text.contains("tệp đã huỷ (SHA-256"))
            let hash = StoredFiles.sha256(of: HandInOverHTTPTests.report.bytes)
            let few = try await auditor.get("/huy-tep?sha256=\(hash.prefix(7))")
            #expect(few.text.contains("Hãy nhập 8 đến 64 ký tự"))
            let found = try await auditor.get("/huy-tep?sha256=\(hash.prefix(12))")
            #expect(found.text.contains("biên bản số 1/2026") && found.text.contains("lý do: Báo cáo kèm danh sách"))
            let stranger = try await harness.browser(as: SiteHarness.neighbour).get("/huy-tep?sha256=\(hash)")
            #expect(!stranger.text.contains("1/2026"))
        }
    }

    @Test
    func `both people read what erasing the product of accepted work undoes, nobody of its unit confirms it`()
        async throws
    {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            try await HandInOverHTTPTests.handIn(officer)
            let analyst = try await harness.browser(as: .analyst)
            let accepted = try await analyst.submit(
                try await analyst.get(Self.work).form("chap-nhan"), ["note": "Đủ"])
            #expect(accepted.status == 303)
            let address = try #require(try await officer.get(Self.work).links.first { $0.hasPrefix("/huy-tep/") })
            let asking = try await officer.get(address)
            #expect(asking.text.contains("đã được chấp nhận: huỷ tệp thì việc trở lại “Bị trả lại”"))
            #expect(asking.text.contains("Người xác nhận được:") && !asking.text.contains("Lãnh đạo UBND cấp xã)"))
            let asked = try await officer.submit(
                try asking.form("de-nghi"), ["reason": "Báo cáo kèm danh sách người dân"])
            #expect(asked.status == 303)
            let leader = try await harness.browser(as: .communeLeader)
            let (closed, untold) = (try await leader.get(address), try await leader.get("/thong-bao"))
            #expect(!closed.hasForm("xac-nhan") && !untold.text.contains("cần bạn xác nhận"))
            let told = try await analyst.get("/thong-bao")
            #expect(told.text.contains("cần bạn xác nhận"))
            let review = try await analyst.get(address)
            #expect(review.text.contains("huỷ tệp thì việc trở lại “Bị trả lại”"))
            let done = try await analyst.submit(try review.form("xac-nhan"))
            #expect(done.status == 303)

            // Before the work's own page, which marks what is told of it as read.
            let notices = try await officer.get("/thong-bao").text
            #expect(notices.contains("trở lại chưa xong") && notices.contains("đã xác nhận đề nghị của bạn"))
            let work = try await officer.get(Self.work)
            #expect(work.text.contains("badge-returned") && !work.hasForm("nop"))
            let history = HTML.matches("<li><strong>([^<]*)</strong> – ([^,<]*),", in: work.text).map { $0[1] }
            #expect(history.prefix(3) == ["Trả lại", "Huỷ tệp của sản phẩm", "Chấp nhận"])
        }
    }

    /// Asked by the commune's officer, confirmed by the coordinating agency.
    static func erase(_ address: String, _ harness: SiteHarness) async throws {
        let officer = try await harness.browser(as: .communeOfficer)
        let asked = try await officer.submit(
            try await officer.get(address).form("de-nghi"), ["reason": "Báo cáo kèm danh sách người dân"])
        #expect(asked.status == 303)
        let analyst = try await harness.browser(as: .analyst)
        let done = try await analyst.submit(try await analyst.get(address).form("xac-nhan"))
        #expect(done.status == 303)
    }
}
