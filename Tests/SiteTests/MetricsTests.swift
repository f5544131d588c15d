import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// `/metrics`: who may read it, what it tells, and what it never tells.
@Suite
struct MetricsTests {
    private static let token = "0123456789abcdef0123"
    private static let settings = ["metrics.token": token]

    private static func ask(_ harness: SiteHarness, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await harness.client.execute(uri: "/metrics", method: .get, headers: headers)
    }

    private static func read(_ harness: SiteHarness) async throws -> String {
        let answer = try await ask(harness, [.authorization: "Bearer \(token)"])
        #expect(answer.status == .ok)
        return String(buffer: answer.body)
    }

    @Test
    func `with a token in the settings only who shows it reads`() async throws {
        try await SiteHarness.run(flags: Self.settings) { harness in
            for wrong: HTTPFields in [
                [:], [.authorization: "Bearer 0123456789abcdef0124"], [.authorization: Self.token],
                [.authorization: "Bearer "],
            ] {
                let answer = try await Self.ask(harness, wrong)
                #expect(answer.status == .unauthorized && answer.body.readableBytes == 0)
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
            let answer = try await Self.ask(harness, [.authorization: "Bearer \(Self.token)"])
            #expect(answer.status == .ok && answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        }
    }

    @Test
    func `without a token a reader on this machine reads, nobody through a proxy does`() async throws {
        try await SiteHarness.run(live: true) { harness in
            #expect(try await Self.ask(harness).status == .ok)
            for name in ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"] {
                let field = try #require(HTTPField.Name(name))
                #expect(try await Self.ask(harness, [field: "10.0.0.7"]).status == .notFound, "\(name)")
            }
        }
        try await SiteHarness.run(flags: ["http.behind-proxy": "true"], live: true) { harness in
            let answer = try await Self.ask(harness)
            #expect(answer.status == .notFound)
        }
    }

    @Test
    func `requests count by the pattern of their route, never by address, and failed sign-ins by themselves`()
        async throws
    {
        try await SiteHarness.run(flags: Self.settings) { harness in
            let browser = try await harness.browser(as: .communeOfficer)
            for path in ["/viec/I.1/2026-11/10507", "/khong-co/0312345678", "/loi-moi/bi-mat-bi-mat"] {
                _ = try await browser.get(path)
            }
            _ = try await harness.client.execute(uri: "/hom-nay", method: try #require(.init("BREW")))
            _ = try await harness.browser().signIn("can-bo-phuong-khac", password: "không đúng đâu nhé")
            let text = try await Self.read(harness)
            #expect(text.contains(#"baophu_http_requests_total{method="GET",route="/loi-moi/{token}","#))
            #expect(text.contains(#"method="other""#) && !text.contains("BREW"))
            #expect(text.contains("baophu_sign_in_failures_total 1\n"))
            // Without the numbers, which may hold any digits.
            let labels = text.split(separator: "\n").compactMap { $0.split(separator: " ").first }.joined(
                separator: " ")
            for typed in ["0312345678", "bi-mat-bi-mat", "10507", "can-bo-phuong-khac", "viec/I.1"] {
                #expect(!labels.contains(typed), "\(typed)")
            }
        }
    }

    @Test
    func `queues, letters, size and process are told, figures only once there are some`() async throws {
        try await SiteHarness.run(flags: Self.settings) { harness in
            let text = try await Self.read(harness)
            for series in [
                #"baophu_jobs{lane="heavy",state="queued"} 0"#, #"baophu_jobs{lane="light",state="failed"} 0"#,
                #"baophu_job_wait_seconds{lane="light"} 0"#, #"baophu_letters{state="waiting"} 0"#,
            ] { #expect(text.contains(series + "\n"), "\(series)") }
            for series in ["baophu_database_bytes ", "process_resident_memory_bytes ", "process_open_fds "] {
                let value = text.split(separator: "\n").first { $0.hasPrefix(series) }?.dropFirst(series.count)
                #expect(value.flatMap { Double($0) } ?? 0 > 0, "\(series)")
            }
            #expect(!text.contains("baophu_figures_newest_month_seconds"))
            #expect(!text.contains("baophu_metrics_problems_total"))
        }
    }
}
