import Access
import Assembly
import Foundation
import HummingbirdTesting
import Hummingbird
import Logging
import Site
import Synchronization
import Telemetry
import Testing

/// The line of a request in the log.
@Suite
struct RequestLogTests {
    private final class Written: Sendable {
        private let state = Mutex<[String]>([])
        var lines: [String] { state.withLock { $0 } }
        func add(_ line: String) { state.withLock { $0.append(line) } }
    }

    @Test
    func `each request has one line with route, status, time and account, and nothing that tells who or what`()
        async throws
    {
        let written = Written()
        let logger = Logger(label: "test") { _ in LogLines(.json, level: .info, write: { written.add($0) }) }
        try await SiteHarness.run { harness in
            try await Application(router: harness.system.site.router(), logger: logger).test(.router) { client in
                let session = try await harness.session(of: Role.communeOfficer.rawValue)
                _ = try await client.execute(uri: "/loi-moi/bi-mat-bi-mat?ve=/x", method: .get)
                _ = try await client.execute(uri: "/tai-khoan", method: .get, headers: [.cookie: session.cookie])
            }
        }
        let objects = try written.lines.compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }.filter { $0["message"] as? String == "request" }
        #expect(objects.map { $0["route"] as? String } == ["/loi-moi/{token}", "/tai-khoan"])
        #expect(objects.map { $0["method"] as? String } == ["GET", "GET"])
        let own = try #require(objects.last)
        #expect(own["status"] as? Int == 200 && own["milliseconds"] is Int)
        #expect((own["account"] as? String)?.isEmpty == false && (own["request"] as? String)?.isEmpty == false)
        #expect(objects.first?["account"] == nil)
        for line in written.lines {
            for told in ["bi-mat", Role.communeOfficer.rawValue, "Người", "baophu_phien"] {
                #expect(!line.contains(told), "\(line)")
            }
        }
    }
}
