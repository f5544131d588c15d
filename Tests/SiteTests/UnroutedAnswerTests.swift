import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// Methods that browsers do not send, and other programs do.
@Suite
struct UnroutedAnswerTests {
    @Test
    func `a page asked for by HEAD is answered as by GET, without its body`() async throws {
        try await SiteHarness.run { harness in
            for (path, status) in [
                ("/", 200), ("/van-ban-tham-so", 200), ("/suc-khoe", 200), ("/hom-nay", 303), ("/khong-co", 404),
                ("/api/v1/law/parameters", 200), ("/api/khong-co", 404),
            ] {
                let got = try await harness.client.execute(uri: path, method: .get)
                let head = try await harness.client.execute(uri: path, method: .head)
                #expect(head.status == got.status, "\(path)")
                #expect(
                    head.status.code == status || status == 200 && head.status.code < 400, "\(path): \(head.status)")
                #expect(head.body.readableBytes == 0, "\(path)")
                #expect(head.headers[.contentType] == got.headers[.contentType], "\(path)")
            }
        }
    }

    @Test(arguments: ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
    func `another method is told which there are`(method: String) async throws {
        try await SiteHarness.run { harness in
            let method = try #require(HTTPRequest.Method(method))
            for (path, allowed) in [
                ("/dang-nhap", "GET, HEAD, POST"), ("/suc-khoe", "GET, HEAD"),
                ("/api/v1/law/calculate/pension", "POST"),
            ] {
                let answer = try await harness.client.execute(uri: path, method: method)
                #expect(answer.status == .methodNotAllowed, "\(path)")
                #expect(answer.headers[.allow] == allowed, "\(path)")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff", "\(path)")
            }
            #expect(try await harness.client.execute(uri: "/khong-co", method: method).status == .notFound)
        }
    }

    @Test
    func `what only takes forms is not read, and what is only read takes none`() async throws {
        try await SiteHarness.run { harness in
            let calculation = try await harness.client.execute(uri: "/api/v1/law/calculate/pension", method: .get)
            #expect(calculation.status == .methodNotAllowed && calculation.headers[.allow] == "POST")
            let page = try await harness.client.execute(uri: "/hom-nay", method: .post, body: ByteBuffer(string: "a=1"))
            #expect(page.status == .methodNotAllowed && page.headers[.allow] == "GET, HEAD")
        }
    }
}
