import Foundation
import HummingbirdTesting
import NIOCore
import Site
import TestSupport
import Testing

/// What is said on a connection whose requests never reach a page, and when it ends.
@Suite
struct ConnectionTests {
    /// So short that a test need not wait; who sends at once is far from them.
    static func limits(_ change: (inout ConnectionLimits) -> Void) -> ConnectionLimits {
        var limits = ConnectionLimits()
        limits.tick = .milliseconds(50)
        change(&limits)
        return limits
    }

    static let health = "GET /suc-khoe HTTP/1.1\r\nHost: localhost\r\n\r\n"

    static func answer(
        to text: String, limits: ConnectionLimits = limits { _ in }, until mark: String = "\n\n", othersToo: Bool = true
    ) async throws -> String {
        let heard = AsyncStream<String>.makeStream()
        try await SiteHarness.run(live: true, limits: limits) { harness in
            let port = try #require(harness.client.port)
            let answer = try await RawConnection.exchange(port: port, [Array(text.utf8)], until: mark)
            heard.continuation.yield(answer)
            // The others are served on.
            if othersToo { #expect(try await harness.browser().get("/dang-nhap").status == 200) }
        }
        heard.continuation.finish()
        return await heard.stream.first { _ in true } ?? ""
    }

    static func expectRefusal(_ answer: String, _ status: Int) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(200))")
        let head = answer.lowercased()
        for name in [
            "content-security-policy:", "x-content-type-options: nosniff", "connection: close", "cache-control:",
        ] {
            #expect(head.contains(name), "\(status) lacks \(name)")
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: \(String(repeating: "a", count: 40_000))\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n"
            + (1...3).map { "X-\($0): \(String(repeating: "b", count: 15_000))\r\n" }
            .joined() + "\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n" + (1...200).map { "X-\($0): c\r\n" }.joined() + "\r\n",
    ])
    func `a head that is too long is answered 431`(request: String) async throws {
        Self.expectRefusal(try await Self.answer(to: request), 431)
    }

    @Test(arguments: [
        ("BLABLA\r\n\r\n", 400), ("GET / HTTP/1.1\r\nContent-Length: x\r\nHost: localhost\r\n\r\n", 400),
        ("GET / HTTP/7.3\r\nHost: localhost\r\n\r\n", 505),
    ])
    func `what is no request is answered with the headers of every answer`(request: String, status: Int) async throws {
        let answer = try await Self.answer(to: request)
        Self.expectRefusal(answer, status)
    }

    @Test
    func `a form whose chunks are none is told as broken off, not as too long`() async throws {
        let request = "POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n"
        let answer = try await Self.answer(to: request, until: "</html>")
        #expect(answer.hasPrefix("HTTP/1.1 422 ") && answer.contains("bị ngắt giữa chừng"), "\(answer.prefix(200))")
    }

    @Test
    func `a head that does not end is answered 408`() async throws {
        let answer = try await Self.answer(
            to: "GET / HTTP/1.1\r\nHost: loc", limits: Self.limits { $0.head = .seconds(1) })
        Self.expectRefusal(answer, 408)
    }

    @Test
    func `a form that does not come is answered 408`() async throws {
        let request = """
            POST /dang-nhap HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/x-www-form-urlencoded\r
            Content-Length: 1000\r
            \r
            login=
            """
        let answer = try await Self.answer(to: request, limits: Self.limits { $0.body = .seconds(1) })
        Self.expectRefusal(answer, 408)
    }

    @Test
    func `a connection on which nothing is asked ends without a word`() async throws {
        let limits = Self.limits { $0.quiet = .seconds(1) }
        #expect(try await Self.answer(to: "", limits: limits, othersToo: false) == "")
        // Between requests too.
        let answer = try await Self.answer(
            to: Self.health, limits: limits, until: "never", othersToo: false)
        #expect(answer.hasPrefix("HTTP/1.1 ") && answer.components(separatedBy: "HTTP/1.1").count == 2)
    }

    @Test
    func `one address has so many connections and no more, until it closes some`() async throws {
        try await SiteHarness.run(live: true, limits: Self.limits { $0.fromOneAddress = 4 }) { harness in
            let port = try #require(harness.client.port)
            let request = [Array(Self.health.utf8)]
            let (refused, welcomed) = try await Self.offPool {
                let held = try (0..<4).map { _ in try RawConnection.open(port: port) }
                // Each is known to be taken in before the next one knocks.
                for descriptor in held {
                    #expect(RawConnection.talk(on: descriptor, request, until: "\r\n\r\n").hasPrefix("HTTP/1.1 "))
                }
                let further = try RawConnection.open(port: port)
                let refused = RawConnection.talk(on: further, request, until: "\n\n")
                for descriptor in held + [further] { close(descriptor) }
                // The server hears of it in its own time.
                for _ in 0..<500 {
                    let again = try RawConnection.open(port: port)
                    defer { close(again) }
                    let answer = RawConnection.talk(on: again, request, until: "\r\n\r\n")
                    if answer.hasPrefix("HTTP/1.1 200") { return (refused, true) }
                    usleep(20_000)
                }
                return (refused, false)
            }
            Self.expectRefusal(refused, 503)
            #expect(refused.lowercased().contains("retry-after:"))
            #expect(welcomed)
        }
    }

    static func offPool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }
}
