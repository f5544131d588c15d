import Assembly
import Access
import Jobs
import Kernel
import TestSupport
import Testing

/// Long work as people see it.
@Suite
struct JobPagesTests {
    /// Asks for all communes' reports and answers the address of the job.
    static func ask(_ browser: Browser) async throws -> String {
        let page = try await browser.get("/van-ban")
        let sent = try await browser.submit(try page.form("bao-cao-xa"), ["quy": "2026-Q4"])
        #expect(sent.status == 303 && sent.location.hasPrefix("/viec-chay-nen/"))
        return sent.location
    }

    @Test
    func `a batch of papers leads to its job, and the job to its file`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let address = try await Self.ask(analyst)
            let waiting = try await analyst.get(address)
            #expect(waiting.text.contains("Chờ đến lượt"))
            #expect(waiting.text.contains("<noscript><meta http-equiv=\"refresh\""))
            #expect(!waiting.links.contains("\(address)/tep"))

            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            let done = try await analyst.get(address)
            #expect(done.text.contains("Đã soạn 114 báo cáo") && !done.text.contains("http-equiv=\"refresh\""))
            #expect(done.links.contains("\(address)/tep"))
            let file = try await analyst.get("\(address)/tep")
            #expect(file.status == 200 && file.bytes.starts(with: Array("PK".utf8)))
            #expect(file.header("content-disposition")?.contains("bao-cao-xa-2026") == true)

            // What was made with the owner's rights is the owner's alone.
            let administrator = try await harness.browser(as: .administrator)
            let seen = try await administrator.get(address)
            #expect(seen.status == 200 && !seen.links.contains("\(address)/tep"))
            #expect(try await administrator.get("\(address)/tep").status == 404)
            let leader = try await harness.browser(as: .leader)
            #expect(try await leader.get(address).status == 404)
            #expect(try await leader.get("/viec-chay-nen").text.contains("Chưa có việc nào"))
            #expect(try await administrator.get("/viec-chay-nen").links.contains(address))
        }
    }

    @Test
    func `a job that runs tells how far it is, and is cancelled and run again on its page`() async throws {
        try await SiteHarness.run { harness in
            let analyst = try await harness.browser(as: .analyst)
            let address = try await Self.ask(analyst)
            let jobs = harness.system.jobs
            #expect(try await jobs.claim(by: "test") != nil)
            let running = try await analyst.get(address)
            #expect(running.text.contains("Đang chạy") && running.text.contains("data-renew=\"running-"))
            let sent = try await analyst.submit(try running.form("huy"))
            #expect(sent.status == 303)
            let stopping = try await analyst.get(address)
            #expect(stopping.text.contains("Đang dừng") && !stopping.hasForm("huy"))
            harness.clock.advance(seconds: 61)
            #expect(try await jobs.runDue(as: "test") == 0)
            let cancelled = try await analyst.get(address)
            #expect(cancelled.text.contains("Đã huỷ"))
            _ = try await analyst.submit(try cancelled.form("chay-lai"))
            #expect(try await jobs.runDue(as: "test") == 1)
            #expect(try await analyst.get(address).text.contains("Đã xong"))
        }
    }
}
