import Access
import Assembly
import Database
import Jobs
import Kernel
import PlanText
import Province
import TestSupport
import Testing

/// Files of many figures, and large ones, over HTTP.
@Suite
struct LargeUploadPagesTests {
    /// All communes in fourteen months: more than is taken at once.
    static func manyFigures(_ harness: SiteHarness) -> Upload {
        var text = "Tháng;Mã xã;Bắt buộc;Tự nguyện\n"
        for offset in 0..<14 {
            let month = (Month(year: 2025, month: 9) ?? Month(of: harness.clock.now.day)).adding(months: offset)
            for (place, code) in harness.definition.communes.codes.enumerated() {
                text += "\(month.vietnamese);\(code);\(7_000 + place);\(700 + offset)\n"
            }
        }
        return Upload(name: "nhieu-thang.csv", bytes: Array(text.utf8))
    }

    static func send(_ upload: Upload, _ browser: Browser) async throws -> Page {
        try await browser.submit(
            try await browser.get("/so-lieu").form("nap"), ["month": "", "source": ""], files: [upload])
    }

    @Test
    func `a file that a job takes shows no form to anybody until it is taken, and its batch is withdrawn the same way`()
        async throws
    {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            let colleague = try await harness.browser(as: .analyst)
            let file = try await Self.send(Self.manyFigures(harness), officer).location
            let preview = try await officer.get(file)
            let other = try await colleague.get(file)
            #expect(preview.text.contains("Nhận 3192 số liệu"))
            let taking = try await officer.submit(try preview.form("nhan"))
            #expect(taking.status == 303 && taking.location.hasPrefix("/viec-chay-nen/"))
            for (browser, seesJob) in [(officer, true), (colleague, false)] {
                let page = try await browser.get(file)
                #expect(page.text.contains("đang được nhận, từng tháng một"))
                #expect(!page.hasForm("nhan") && !page.hasForm("bo"))
                #expect(page.links.contains(taking.location) == seesJob)
                #expect(try await browser.get("/so-lieu").text.contains("đang được nhận"))
            }
            // Who opened the page before meets a page that says so, not a second taking.
            #expect(try await colleague.submit(try other.form("nhan")).status == 409)
            #expect(try await colleague.submit(try other.form("bo")).status == 409)
            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            #expect(try await officer.get(taking.location).links.contains("/so-lieu/lo/1"))
            #expect(try await officer.get(file).text.contains("Tệp này đã được nhận."))
            #expect(try await harness.count("SELECT COUNT(*) FROM participant_figure") == 3_192)

            let batch = try await colleague.get("/so-lieu/lo/1")
            let withdrawing = try await colleague.submit(try batch.form("thu-hoi"), ["reason": "Nhầm tệp"])
            #expect(withdrawing.status == 303 && withdrawing.location.hasPrefix("/viec-chay-nen/"))
            let waiting = try await officer.get("/so-lieu/lo/1")
            #expect(waiting.text.contains("Đang thu hồi: còn 14 tháng") && !waiting.hasForm("thu-hoi"))
            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            #expect(try await harness.count("SELECT COUNT(*) FROM participant_figure") == 0)
            #expect(try await !officer.get("/so-lieu/lo/1").text.contains("Đang thu hồi"))
        }
    }

    @Test
    func `what a cancelled job left is told where the file and its batch are looked at`() async throws {
        try await SiteHarness.run { harness in
            let officer = try await harness.browser(as: .insuranceProvince)
            let file = try await Self.send(Self.manyFigures(harness), officer).location
            let taking = try await officer.submit(try await officer.get(file).form("nhan"))
            _ = try await officer.submit(try await officer.get(taking.location).form("huy"))
            let again = try await officer.get(file)
            #expect(again.hasForm("nhan") && again.hasForm("bo"), "nothing was taken: the file waits as before")
            let second = try await officer.submit(try again.form("nhan"))
            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            // As if the server had been killed before the last months.
            try await harness.store.write { connection in
                _ = try connection.execute("UPDATE figure_batch SET months_left = 2")
            }
            let partly = try await officer.get(file)
            #expect(partly.text.contains("dừng giữa chừng") && partly.text.contains("Nhận tiếp"))
            #expect(partly.links.contains("/so-lieu/lo/1") && !partly.links.contains(second.location))
            let batch = try await officer.get("/so-lieu/lo/1")
            #expect(batch.text.contains("còn 2 tháng chưa có hiệu lực") && batch.hasForm("thu-hoi"))
        }
    }

    @Test
    func `a large file that cannot be read says why on its page, where it is thrown away`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .analyst)
            let text =
                "Tháng 09/2026\nTên xã;BHXH bắt buộc;BHXH tự nguyện\n"
                + (1...60_000).map { "Nơi Nào Đó \($0);1;1\n" }.joined()
            let sent = try await Self.send(Upload(name: "khac.csv", bytes: Array(text.utf8)), browser)
            #expect(sent.status == 303)
            var page = try await browser.get(sent.location)
            // Read in its turn: on a busy machine the page says so first.
            for _ in 0..<60 where page.text.contains("Đang đọc tệp") || page.text.contains("chờ đến lượt đọc") {
                page = try await browser.get(sent.location)
            }
            #expect(page.status == 200 && page.text.contains("Nơi Nào Đó 20") && !page.hasForm("nhan"))
            let thrown = try await browser.submit(try page.form("bo"))
            #expect(thrown.status == 303 && thrown.location.hasPrefix("/so-lieu"))
            // What is no table at all is told at the form.
            let pdf = Upload(name: "bang.csv", bytes: SampleFiles.pdf + [UInt8](repeating: 32, count: 1_100_000))
            let refused = try await Self.send(pdf, browser)
            #expect(refused.status == 422 && refused.text.contains("PDF"))
        }
    }
}
