import Access
import Assembly
import Exchange
import Foundation
import HummingbirdTesting
import Jobs
import Kernel
import Partner
import Testing
import TestSupport

/// A partner's program over real connections: the whole exchange, with connections that break.
@Suite
struct PartnerTests {
    private static func list(_ count: Int, broken: Int = 0) -> String {
        let rows = (0..<count).map { index in
            "Nguyễn Thị Hoa \(index),21/01/1985,0311\(10_000_000 + index),31\(10_000_000 + index),Nữ"
        }
        let nameless = (0..<broken).map { ",05/03/1990,0310\(20_000_000 + $0),,Nam" }
        return (["Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính"] + rows + nameless).joined(
            separator: "\n")
            + "\n"
    }

    private static func with(
        _ harness: SiteHarness, _ program: ExchangeProgram, key: String? = nil,
        _ body: (PartnerClient, String) async throws -> Void
    ) async throws {
        let port = try #require(harness.client.port)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("partner-\(UUID()).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let client = PartnerClient(
            PartnerSettings(
                url: "http://127.0.0.1:\(port)", client: program.id, key: key ?? program.bearer, agreement: 1,
                purpose: "Giao danh sách hằng tháng"))
        let worker = Task {
            while !Task.isCancelled {
                _ = try await harness.system.jobs.runDue(as: "test")
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        do {
            try await body(client, path)
        } catch {
            Issue.record(error)
        }
        worker.cancel()
        _ = await worker.result
        try await client.close()
    }

    @Test
    func `it hands a list over through connections that break, and checks its receipt by itself`() async throws {
        try await ExchangeAPITests.run(live: true) { harness, program in
            try await Self.with(harness, program) { client, path in
                let text = Self.list(3_000, broken: 2)
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                let list = PartnerList(path: path, name: "ds.csv", period: "2026-10", idempotency: "lan-gui-0001")
                let report = try await client.exchange(
                    list, PartnerManner(part: 100_000, breaks: 6, patience: 120))
                #expect(report.bytes == text.utf8.count && report.breaks > 0)
                #expect(report.sent >= report.bytes && report.lostAtMost <= 100_000)
                #expect(report.delivery?.state == "in-force" && report.delivery?.accepted == 3_000)
                #expect(report.returned.map(\.row) == [3_002, 3_003], "\(report.returned)")
                #expect(report.receiptHolds && report.aggregates?.sum == 3_000)
                // The same once more is the same upload: nothing is sent.
                let again = try await client.exchange(list, PartnerManner(patience: 120))
                #expect(again.sent == 0 && again.delivery?.number == report.delivery?.number)
            }
        }
    }

    @Test
    func `a wrong key, a list nobody understands, an agreement that ended: each ends with its reason`() async throws {
        try await ExchangeAPITests.run(live: true) { harness, program in
            try await Self.with(harness, program, key: "bp_sai") { client, path in
                try "x".write(toFile: path, atomically: true, encoding: .utf8)
                await #expect(throws: PartnerRefusal.self) {
                    try await client.exchange(
                        PartnerList(path: path, name: "a.csv", period: "2026-10", idempotency: "lan-gui-0001"))
                }
            }
            try await Self.with(harness, program) { client, path in
                try "Cột lạ,Cột khác\n1,2\n".write(toFile: path, atomically: true, encoding: .utf8)
                let report = try await client.exchange(
                    PartnerList(path: path, name: "a.csv", period: "2026-10", idempotency: "lan-gui-0002"),
                    PartnerManner(patience: 60))
                #expect(report.upload.state == "refused" && report.delivery == nil)
                #expect(report.upload.problem?.isEmpty == false)
                let giver = try await harness.viewer("agency-officer")
                try await harness.system.exchange.end(1, reason: "Hết nhu cầu", by: .init(viewer: giver))
                harness.clock.advance(seconds: 86_400)
                do {
                    _ = try await client.exchange(
                        PartnerList(path: path, name: "a.csv", period: "2026-10", idempotency: "lan-gui-0003"))
                    Issue.record("an agreement that ended took a list")
                } catch let refusal as PartnerRefusal {
                    // The token's time is over as well: the clock is the system's.
                    #expect([401, 403].contains(refusal.status), "\(refusal)")
                }
            }
        }
    }
}
