import Access
import Foundation
import HummingbirdTesting
import Kernel
import TestSupport
import Testing

/// Uploads beyond the limit: refused with words, and nothing of them stays anywhere.
@Suite
struct UploadLimitTests {
    static let work = HandInOverHTTPTests.work
    static let flags = ["http.upload-megabytes": "1"]
    static let message = "Tệp quá lớn: hệ thống nhận tệp đến 1 MB."

    static func expectNothingKept(_ harness: SiteHarness) async throws {
        #expect(try await harness.count("SELECT COUNT(*) FROM product") == 0)
        #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
        #expect(try await harness.count("SELECT COUNT(*) FROM stored_file_part") == 0)
        #expect(try await harness.count("SELECT COUNT(*) FROM instance_event") == 0)
        #expect(try harness.uploadsLeft() == [])
    }

    static func multipartType(_ boundary: String = Browser.boundary) -> [String: String] {
        ["Content-Type": "multipart/form-data; boundary=\(boundary)"]
    }

    @Test
    func `a length beyond the limit is refused before a byte is read`() async throws {
        try await SiteHarness.run(flags: Self.flags, on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            var headers = Self.multipartType()
            headers["Content-Length"] = String(200 << 20)
            let page = try await officer.send("POST", "\(Self.work)/san-pham", headers: headers)
            #expect(page.status == 413 && page.text.contains(Self.message))
            #expect(page.text.contains("Chưa có gì được lưu.") && page.text.contains("<h1>Tệp quá lớn</h1>"))
            try await Self.expectNothingKept(harness)
        }
    }

    @Test(arguments: [1 << 20 + 1, 3 << 20])
    func `a file beyond the limit is refused`(size: Int) async throws {
        try await SiteHarness.run(flags: Self.flags, on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get(Self.work).form("sp-I-5-0")
            let bytes = SampleFiles.pdf + [UInt8](repeating: 0x20, count: size - SampleFiles.pdf.count)
            let large = Upload(name: "lớn.pdf", bytes: bytes)
            let page = try await officer.submit(form, HandInOverHTTPTests.typed, files: [large])
            #expect(page.status == 413 && page.text.contains(Self.message), "\(page.status)")
            try await Self.expectNothingKept(harness)
            // A file of exactly the limit is taken by the same form.
            let whole = Upload(name: "vừa.pdf", bytes: Array(bytes.prefix(1 << 20)))
            #expect(try await officer.submit(form, HandInOverHTTPTests.typed, files: [whole]).status == 303)
            #expect(try await harness.count("SELECT size FROM stored_file") == 1 << 20)
            #expect(try harness.uploadsLeft() == [])
        }
    }

    @Test
    func `a stream without a length is refused once it passes the limit`() async throws {
        try await SiteHarness.run(flags: Self.flags, on: "2026-12-10", live: true) { harness in
            let port = try #require(harness.client.port)
            let session = try await harness.session(of: "commune-officer")
            let file = Upload(name: "lớn.pdf", bytes: SampleFiles.pdf + [UInt8](repeating: 0x20, count: 3 << 20))
            let body = Browser.multipart([("_csrf", session.csrf)], [file])
            let head = """
                POST \(Self.work)/san-pham HTTP/1.1\r
                Host: localhost\r
                Cookie: \(session.cookie)\r
                Content-Type: multipart/form-data; boundary=\(Browser.boundary)\r
                Transfer-Encoding: chunked\r
                \r

                """
            let chunks = stride(from: 0, to: body.count, by: 60_000).map { start in
                let part = body[start..<min(start + 60_000, body.count)]
                return Array("\(String(part.count, radix: 16))\r\n".utf8) + part + Array("\r\n".utf8)
            }
            let pieces = [Array(head.utf8)] + chunks + [Array("0\r\n\r\n".utf8)]
            let answer = try await RawConnection.exchange(port: port, pieces, until: "</html>")
            #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer.prefix(200))")
            #expect(answer.contains(Self.message))
            try await Self.expectNothingKept(harness)
        }
    }

    @Test
    func `an upload that breaks off leaves nothing behind`() async throws {
        try await SiteHarness.run(flags: Self.flags, on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get(Self.work).form("sp-I-5-0")
            let body = Browser.multipart(form.hidden, [HandInOverHTTPTests.report], closed: false)
            let page = try await officer.send("POST", form.action, headers: Self.multipartType(), body: body)
            #expect(page.status == 422 && page.text.contains("bị ngắt giữa chừng"))
            try await Self.expectNothingKept(harness)
        }
    }

    @Test
    func `a body that is no form gets an answer in words`() async throws {
        try await SiteHarness.run(flags: Self.flags, on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let address = "\(Self.work)/san-pham"
            let noBoundary = try await officer.send(
                "POST", address, headers: ["Content-Type": "multipart/form-data"], body: Array("x".utf8))
            #expect(noBoundary.status == 422 && noBoundary.text.contains("không đúng định dạng"))
            let long = try await officer.post(address, [("note", String(repeating: "a", count: 600_000))])
            #expect(long.status == 413 && long.text.contains("quá dài (tối đa 512 KB)"))
            try await Self.expectNothingKept(harness)
        }
    }
}
