import Access
import Database
import DatabasePostgreSQL
import Foundation
import Kernel
import TestSupport
import Testing

@testable import WebDesk

/// A database that is gone, held or full, as people see it.
@Suite
struct OutageTests {
    @Test(arguments: TestEngine.allCases)
    func `whoever looks is answered while somebody writes for long`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            try await SiteHarness.run(over: store) { harness in
                let (analyst, officer) = (
                    try await harness.browser(as: .analyst), try await harness.browser(as: .communeOfficer)
                )
                // A look would be noted now.
                harness.clock.advance(seconds: 1_200)
                let (halt, written) = (Halt(), Latch())
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await harness.store.write { _ in halt.stop() }
                        written.open()
                    }
                    await halt.reached()
                    defer { halt.release() }
                    let visits =
                        NoRefusalTests.entrances.map { (analyst, $0) }
                        + ["/hom-nay", "/viec", "/thong-bao"].map { (officer, $0) }
                    for (browser, address) in visits {
                        let page = try await browser.get(address, following: true)
                        #expect(page.status < 500, "\(address)")
                    }
                    #expect(!written.isOpen, "all were answered before")
                    halt.release()
                    try await group.waitForAll()
                }
                #expect(try await analyst.get("/hom-nay").status == 200)
            }
        }
    }

    @Test
    func `a database that does not answer is named on the page, and is used again once it does`() async throws {
        try await FreezableLink.withDatabase { link, url in
            let store = try PostgreSQLStore(url: url)
            try await SiteHarness.run(over: store) { harness in
                let browser = try await harness.browser(as: .analyst)
                #expect(try await browser.get("/hom-nay").status == 200)
                link.freeze()
                let page = try await browser.get("/hom-nay")
                #expect(page.status == 503 && page.header("retry-after") != nil)
                #expect(page.text.contains("Cơ sở dữ liệu không trả lời"))
                #expect(page.header("content-security-policy") != nil)
                let program = try await harness.browser().send(
                    "POST", "/api/v1/law/calculate/pension", headers: ["Content-Type": "application/json"],
                    body: Array("{}".utf8))
                #expect(program.status == 503 && program.header("content-type")?.contains("json") == true)
                #expect(try await harness.browser().get("/dang-nhap").status == 200, "what needs no data is shown")
                link.thaw()
                #expect(try await browser.get("/hom-nay").status == 200)
            }
            try await store.close()
        }
    }

    @Test
    func `a full disk is named on the page, nothing is kept, and who only looks goes on`() async throws {
        try await SiteHarness.run { harness in
            let browser = try await harness.browser(as: .communeOfficer)
            let form = try await browser.get("/vuong-mac/gui")
            try await harness.store.write { connection in
                // No page is left over, and the file may not grow: past SQLite's own limit of a file it reports what it
                // reports of a full disk.
                try connection.execute("CREATE TABLE filler (bytes BYTEA)")
                for _ in 0...(try connection.integer("PRAGMA freelist_count") ?? 0) {
                    try connection.execute("INSERT INTO filler VALUES (zeroblob(9000))")
                }
                let pages = try connection.integer("PRAGMA page_count") ?? 0
                _ = try connection.rows("PRAGMA max_page_count = \(pages)")
            }
            let before = try await harness.count("SELECT COUNT(*) FROM obstacle")
            let text = String(repeating: "Chưa rõ cách tính. ", count: 250)
            let page = try await browser.submit(
                try form.form("gui"), ["title": "Không rõ", "text": text, "task": "I.5"])
            #expect(page.status == 503 && page.text.contains("Ổ đĩa của máy chủ đã đầy"))
            #expect(page.header("retry-after") == nil, "somebody has to make room first")
            #expect(try await harness.count("SELECT COUNT(*) FROM obstacle") == before)
            harness.clock.advance(seconds: 120)
            #expect(try await browser.get("/hom-nay").status == 200)
        }
    }

    @Test
    func `a disk that is full is known whoever tells of it`() {
        let errors: [any Error] = [
            DatabaseError.full(location: "", reason: ""), POSIXError(.ENOSPC), POSIXError(.EDQUOT),
            CocoaError(.fileWriteOutOfSpace),
        ]
        #expect(errors.allSatisfy { Outage($0) == .diskFull })
        #expect(Outage(POSIXError(.EACCES)) == nil)
        #expect(Outage(DatabaseError.damaged(location: "", reason: "")) == .damaged)
    }

    @Test
    func `every answer carries the headers that protect browsers`() async throws {
        try await SiteHarness.run { harness in
            for (method, address) in [
                ("GET", "/"), ("GET", "/suc-khoe"), ("GET", "/khong-co"), ("GET", "/api/khong-co"),
                ("GET", "/api/v1/law/parameters"), ("GET", "/tinh/baophu.css"), ("GET", "/%zz"), ("PUT", "/dang-nhap"),
                ("HEAD", "/suc-khoe"), ("GET", "/hom-nay"),
            ] {
                let page = try await harness.browser().send(method, address)
                for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "cache-control"] {
                    #expect(page.header(name) != nil, "\(method) \(address) lacks \(name)")
                }
            }
        }
    }
}
