import Access
import Assembly
import Database
import Exchange
import Foundation
import Jobs
import Kernel
import Testing
import TestSupport

/// The year of an agreement as two programs live it: the giver's, which hands over, and the receiver's, which follows.
@Suite
struct ExchangeYearTests {
    private static func list(_ count: Int, from first: Int = 0) -> [UInt8] {
        let rows = (first..<first + count).map { index in
            "Nguyễn Thị Hoa \(index),21/01/1985,0311850\(10_000 + index),311850\(1_000 + index),Nữ"
        }
        return Array(
            ((["Họ và tên,Ngày sinh,Số định danh cá nhân,Mã số BHXH,Giới tính"] + rows).joined(separator: "\n") + "\n")
                .utf8)
    }

    /// Hands a list over and has all that follows done.
    private static func send(
        _ bytes: [UInt8], _ period: String, by program: ExchangeProgram, _ harness: SiteHarness,
        correction: Bool = false
    ) async throws -> Int {
        let more = correction ? ",correction \(ExchangeProgram.coded("true"))" : ""
        let begun = try await program.begin(
            bytes.count, name: "ky-\(period)-\(correction)-\(bytes.count)", period: period, more: more)
        let address = try #require(begun["Location"], "\(begun.text)")
        let half = bytes.count / 2
        _ = try await program.add(Array(bytes[..<half]), at: 0, to: address)
        _ = try await program.add(Array(bytes[half...]), at: half, to: address)
        try await harness.runAllJobs()
        let upload = try await program.get(address)
        return try #require(upload.json["delivery"] as? Int, "\(upload.text)")
    }

    private static func state(_ number: Int, for program: ExchangeProgram) async throws -> String {
        let answer = try await program.get("/deliveries/\(number)")
        return answer.json["state"] as? String ?? "\(answer.status) \(answer.detail)"
    }

    @Test
    func `from the first list to destroyed rows, each program is told what its side may know`() async throws {
        try await SiteHarness.run(on: "2026-11-05") { harness in
            // Before there is an agreement nobody is let in.
            await #expect(throws: Refusal.self) { _ = try await harness.exchangeProgram() }
            try await harness.exchangeAgreement()
            let giver = try await harness.exchangeProgram()
            let receiver = try await harness.exchangeProgram(unit: "bhxh-thanh-pho", scopes: [.status, .aggregates])
            let october = try await Self.send(Self.list(30), "2026-10", by: giver, harness)
            let aggregates = try await receiver.get("/aggregates?period=2026-10")
            #expect(aggregates.json["sum"] as? Int == 30, "\(aggregates.text)")
            // A correction takes its place.
            let corrected = try await Self.send(Self.list(28), "2026-10", by: giver, harness, correction: true)
            #expect(try await Self.state(october, for: receiver) == "replaced")
            #expect(try await receiver.get("/aggregates?period=2026-10").json["sum"] as? Int == 28)
            harness.clock.set(try SiteHarness.moment("2026-12-05"))
            let november = try await Self.send(Self.list(31), "2026-11", by: giver, harness)
            let page = try await receiver.get("/deliveries?limit=2")
            let numbers = (page.json["deliveries"] as? [[String: Any]])?.compactMap { $0["number"] as? Int }
            #expect(numbers == [november, corrected])
            let next = try #require(page.json["next"] as? Int)
            let rest = try await receiver.get("/deliveries?limit=2&cursor=\(next)")
            #expect(
                (rest.json["deliveries"] as? [[String: Any]])?.compactMap { $0["number"] as? Int } == [october]
                    && rest.json["next"] == nil)
            // The receiver hands nothing over.
            #expect(try await receiver.begin(10).status == 403)
            // A month after their receipt the rows go; both sides are told, and nothing is counted of them.
            harness.clock.set(try SiteHarness.moment("2026-12-20"))
            try await harness.store.write { connection in
                _ = try JobService.enter(
                    JobName<NoParameters>.destroyingDue, NoParameters(), title: "thử",
                    notBefore: harness.clock.now, at: harness.clock.now, on: connection)
            }
            try await harness.runAllJobs()
            for program in [giver, receiver] {
                #expect(try await Self.state(corrected, for: program) == "destroyed")
                #expect(try await Self.state(november, for: program) == "in-force")
            }
            let gone = try await receiver.get("/aggregates?period=2026-10")
            #expect((gone.json["deliveries"] as? [Int])?.isEmpty == true, "\(gone.text)")
            // It ends: nothing more is taken or counted, what was is still told.
            try await harness.system.exchange.end(
                1, reason: "Kết nối trực tiếp", by: Submission(viewer: try await harness.viewer("agency-officer")))
            harness.clock.set(try SiteHarness.moment("2026-12-22"))
            #expect(try await giver.begin(10, name: "sau-khi-het", period: "2026-12").status == 403)
            #expect(try await receiver.get("/aggregates?period=2026-11").status == 403)
            #expect(try await Self.state(november, for: giver) == "in-force")
            let kinds = try await giver.get("/deliveries/\(corrected)/receipt").json["entries"] as? [[String: Any]]
            #expect(kinds?.compactMap { $0["kind"] as? String } == ["delivered", "destroyed"])
            #expect(try await harness.system.exchange.verifyJournal().isSound)
        }
    }
}
