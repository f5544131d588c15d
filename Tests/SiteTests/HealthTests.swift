import Access
import Assembly
import Database
import Foundation
import Jobs
import Kernel
import TestSupport
import Testing

@testable import Site

/// What is told to whoever watches the system.
@Suite
struct HealthTests {
    @Test
    func `a reason is told where a probe gives one, and none where all is well`() async {
        let reasons = await Health([HealthProbe("a") { nil }, HealthProbe("b") { "full" }]).reasons()
        #expect(reasons.map(\.name) == ["a", "b"] && reasons.map(\.reason) == [nil, "full"])
    }

    @Test
    func `a probe that hangs is told as such, and is not asked again behind itself`() async {
        actor Count {
            var looks = 0
            func look() { looks += 1 }
        }
        let count = Count()
        let gate = AsyncStream<Void>.makeStream()
        let health = Health(
            [
                HealthProbe("stuck") {
                    await count.look()
                    for await _ in gate.stream { break }
                    return nil
                }
            ], patience: .milliseconds(50))
        let reasons = await health.reasons()
        #expect(reasons.map(\.reason) == ["no answer within 0 s"])
        _ = await health.reasons()
        #expect(await count.looks == 1)
        gate.continuation.finish()
    }

    @Test
    func `a system that can be written is healthy, one that cannot is not`() async throws {
        try await SiteHarness.run { harness in
            let visitor = harness.browser()
            let well = try await visitor.get("/suc-khoe")
            #expect(well.status == 200 && well.header("content-type")?.contains("json") ?? false)
            for check in ["database", "disk", "clock", "jobs"] { #expect(well.text.contains("\"\(check)\":\"ok\"")) }
            #expect(try await harness.count("SELECT number FROM health_mark") == 1)
        }
        try await SiteHarness.run { harness in
            try await harness.store.write { _ = try $0.execute("DROP TABLE health_mark") }
            let ill = try await harness.browser().get("/suc-khoe")
            #expect(ill.status == 503 && ill.text.contains("\"database\":\"cannot be written\""))
        }
    }

    @Test
    func `by a clock that leapt ahead nothing is taken and nothing is done by itself`() async throws {
        try await SiteHarness.run { harness in
            let administrator = try await harness.browser(as: .administrator)
            let form = try await administrator.get("/tai-khoan").form("thu")
            let sound = harness.clock.now
            _ = try await harness.store.write { try ClockState.note(sound, on: $0) }
            harness.clock.advance(seconds: 1_500 * 86_400)
            let refused = try await administrator.submit(form, ["email": "a@example.vn"])
            #expect(refused.status == 403 && refused.text.contains("Đồng hồ máy chủ"))
            await #expect(throws: ClockProblem.self) {
                try await harness.system.jobs.addDue(harness.system.deeds)
            }
            #expect(try await harness.count("SELECT COUNT(*) FROM job") == 0)
            #expect(try await harness.browser().get("/suc-khoe").text.contains("far ahead"))
            harness.clock.set(sound)
            #expect(try await administrator.submit(form, ["email": "a@example.vn"]).status == 303)
        }
    }
}
