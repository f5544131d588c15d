import Access
import Database
import Kernel
import Mail
import PlanText
import Work
import Synchronization
import TestSupport
import Testing

@testable import Assembly

/// The background work that writes a day's reminders and mails them.
@Suite
struct ReminderRunnerTests {
    /// A mail server that keeps what it takes, or takes nothing.
    final class Postbox: MailSending {
        struct Refused: Error, CustomStringConvertible {
            let description = "hộp thư đầy"
        }

        let letters = Mutex<[MailMessage]>([])
        let refuses = Mutex(false)

        func send(_ message: MailMessage) async throws {
            letters.withLock { $0.append(message) }
            if refuses.withLock({ $0 }) { throw Refused() }
        }

        var count: Int { letters.withLock(\.count) }
    }

    /// A system with one more officer, who has an address.
    static func run(
        _ body: @escaping @Sendable (SiteHarness, ReminderRunner, Postbox) async throws -> Void
    ) async throws {
        try await SiteHarness.run(on: "2026-12-01") { harness in
            let draft = AccountDraft(
                login: "co-thu", name: "Người Có Thư", role: .communeOfficer,
                communes: [CommuneCode("10532")].compactMap(\.self), email: "co.thu@example.vn")
            _ = try await harness.access.createActive(draft, password: SiteHarness.password, by: .system)
            let postbox = Postbox()
            let runner = ReminderRunner(
                services: harness.system.services, mail: postbox, logger: BaoPhuSystem.logger("critical"))
            try await body(harness, runner, postbox)
        }
    }

    static func messages(_ harness: SiteHarness) async throws -> [OutboxMessage] {
        try await harness.reminders.outbox(for: try await harness.viewer("administrator"))
    }

    @Test
    func `a day's reminders are written once, from seven o'clock`() async throws {
        try await Self.run { harness, runner, postbox in
            harness.clock.set(try SiteHarness.moment("2026-12-01", hour: 7).adding(seconds: -1))
            await runner.round()
            #expect(try await Self.messages(harness).isEmpty && postbox.count == 0)
            harness.clock.advance(seconds: 1)
            await runner.round()
            let written = try await Self.messages(harness)
            #expect(!written.isEmpty && written.allSatisfy { $0.day == harness.clock.now.day })
            #expect(Set(written.map(\.account)).count == written.count, "one message a person")
            let body = try #require(written.first { $0.name == "Người Có Thư" }?.body)
            #expect(body.contains("I.5 (Quý IV/2026, hạn 31/12/2026)"))
            for _ in 1...3 {
                harness.clock.advance(seconds: 3_600)
                await runner.round()
            }
            #expect(try await Self.messages(harness).map(\.id) == written.map(\.id))
            #expect(postbox.count == 1)
        }
    }

    @Test
    func `who has an address gets one letter, who has none reads the screen`() async throws {
        try await Self.run { harness, runner, postbox in
            await runner.round()
            await runner.round()
            let letters = postbox.letters.withLock { $0 }
            #expect(letters.map(\.recipient) == ["co.thu@example.vn"])
            let messages = try await Self.messages(harness)
            let mailed = try #require(messages.first { $0.recipient != nil })
            #expect(letters.first?.subject == mailed.subject && letters.first?.body == mailed.body)
            #expect(letters.first?.identifier == mailed.id.text)
            #expect(mailed.sentAt == harness.clock.now && mailed.attempts == 1 && mailed.problem == nil)
            #expect(messages.contains { $0.recipient == nil && $0.attempts == 0 })
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get("/nhac-viec")
            #expect(page.text.contains("chỉ hiện trên màn hình") && !page.text.contains("Người Có Thư"))
        }
    }

    @Test
    func `a letter that is refused is noted and tried five times at most`() async throws {
        try await Self.run { harness, runner, postbox in
            postbox.refuses.withLock { $0 = true }
            for tries in 1...7 {
                await runner.round()
                let message = try #require(try await Self.messages(harness).first { $0.recipient != nil })
                #expect(message.attempts == min(tries, 5) && message.sentAt == nil)
                #expect(message.problem == "hộp thư đầy")
            }
            #expect(postbox.count == 5)
            let administrator = try await harness.browser(as: .administrator)
            #expect(try await administrator.get("/nhac-viec").text.contains("chưa gửi được thư sau 5 lần: hộp thư đầy"))
        }
    }

    @Test
    func `a letter refused at first goes out later, once`() async throws {
        try await Self.run { harness, runner, postbox in
            postbox.refuses.withLock { $0 = true }
            await runner.round()
            postbox.refuses.withLock { $0 = false }
            await runner.round()
            await runner.round()
            #expect(postbox.count == 2)
            let message = try #require(try await Self.messages(harness).first { $0.recipient != nil })
            #expect(message.attempts == 2 && message.sentAt != nil && message.problem == nil)
        }
    }
}
