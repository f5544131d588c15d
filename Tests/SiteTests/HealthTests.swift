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
            #expect(refused.status == 503 && refused.text.contains("Đồng hồ máy chủ"))
            await #expect(throws: ClockProblem.self) {
                try await harness.system.jobs.addDue(harness.system.deeds)
            }
            #expect(try await harness.count("SELECT COUNT(*) FROM job") == 0)
            #expect(try await harness.browser().get("/suc-khoe").text.contains("far ahead"))
            harness.clock.set(sound)
            #expect(try await administrator.submit(form, ["email": "a@example.vn"]).status == 303)
        }
    }

    @Test
    func `after a summer switched off everybody reads, and an administrator confirms the day on screen`() async throws {
        try await SiteHarness.run { harness in
            let before = harness.clock.now
            _ = try await harness.store.write { try ClockState.note(before, on: $0) }
            harness.clock.advance(seconds: 95 * 86_400)
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/hom-nay")
            #expect(page.status == 200 && page.text.contains("chưa lưu gì"))
            #expect(!page.text.contains("/quan-tri/dong-ho"), "it is not hers to confirm")
            #expect(try await officer.get("/quan-tri/dong-ho").status == 403)
            let note = try await officer.get(HandInOverHTTPTests.work).form("ghi-chu")
            let refused = try await officer.submit(note, ["note": "Đã gọi"])
            #expect(refused.status == 503 && refused.text.contains("xác nhận ngày giờ"))
            let back = try refused.form("ghi-chu").html
            #expect(back.contains("Chưa lưu.") && back.contains("Đã gọi"), "what was typed is not lost")

            // Coming in speaks of the doubted time, and must not settle it.
            let administrator = try await harness.browser(as: .administrator)
            let now = harness.clock.now
            #expect(try await harness.store.clockVerdict(at: now) == .ahead(of: before))
            let asked = try await administrator.get("/hom-nay")
            #expect(asked.links.contains("/quan-tri/dong-ho"))
            let form = try await administrator.get("/quan-tri/dong-ho").form("dong-ho")
            let empty = try await administrator.submit(form)
            #expect(empty.status == 422 && empty.text.contains("Hãy nhập ngày hôm nay"))
            let other = try await administrator.submit(form, ["day": now.day.adding(days: -1).vietnamese])
            #expect(other.status == 422 && other.text.contains("khác ngày bạn nhập"))
            #expect(try await harness.store.clockVerdict(at: now) != .sound)

            let confirmed = try await administrator.submit(form, ["day": now.day.vietnamese])
            #expect(confirmed.status == 303)
            let after = try await administrator.get(confirmed.location)
            #expect(after.text.contains("Đã xác nhận ngày giờ") && !after.hasForm("dong-ho"))
            #expect(!after.text.contains("chưa lưu gì"))
            #expect(try await officer.submit(note, ["note": "Đã gọi"]).status == 303, "she is still signed in")
            #expect(try await harness.system.jobs.addDue(harness.system.deeds) > 0)
            let entries = "SELECT COUNT(*) FROM audit_entry WHERE action = 'clock.trusted' AND actor IS NOT NULL"
            #expect(try await harness.count(entries) == 1)
        }
    }

    @Test
    func `while the clock is doubted a one-time link lets an administrator in who lost the password`() async throws {
        try await SiteHarness.run { harness in
            let before = harness.clock.now
            _ = try await harness.store.write { try ClockState.note(before, on: $0) }
            harness.clock.advance(seconds: 95 * 86_400)
            // As a server does that finds the clock doubted when it starts.
            try await harness.store.write { try ClockState.hold(on: $0) }
            let administrator = try await harness.viewer(Role.administrator.rawValue)
            let link = try await harness.access.reinvite(administrator.account, by: .system)
            #expect(try await harness.store.clockVerdict(at: harness.clock.now) == .ahead(of: before))
            let visitor = harness.browser()
            let form = try await visitor.get("/loi-moi/\(link.token)").form("loi-moi")
            let password = "ba chén trà nguội lúc 5 giờ"
            let entered = try await visitor.submit(
                form, ["name": administrator.name, "password": password, "again": password])
            #expect(entered.status == 303, "\(entered.text)")
        }
    }

    @Test
    func `the line about the clock comes and goes with the doubt, for visitors too`() async throws {
        try await SiteHarness.run { harness in
            let sound = harness.clock.now
            _ = try await harness.store.write { try ClockState.note(sound, on: $0) }
            let visitor = harness.browser()
            #expect(!(try await visitor.get("/dang-nhap").text.contains("chưa lưu gì")))
            harness.clock.advance(seconds: 400 * 86_400)
            let leapt = try await visitor.get("/dang-nhap")
            #expect(leapt.status == 200 && leapt.text.contains("chưa lưu gì"))
            harness.clock.set(sound)
            #expect(!(try await visitor.get("/dang-nhap").text.contains("chưa lưu gì")))
        }
    }
}
