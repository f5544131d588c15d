import Access
import Database
import Jobs
import Kernel
import Mail
import Notices
import Synchronization
import TestSupport
import Testing
import Work

@testable import Assembly

/// What the system does by itself: a day's reminders, their letters.
@Suite
struct DailyWorkTests {
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
    static func run(_ body: @escaping @Sendable (SiteHarness, Postbox) async throws -> Void) async throws {
        let postbox = Postbox()
        try await SiteHarness.run(on: "2026-12-01", mail: postbox) { harness in
            let draft = AccountDraft(
                login: "co-thu", name: "Người Có Thư", role: .communeOfficer,
                communes: [CommuneCode("10532")].compactMap(\.self), email: "co.thu@example.vn")
            _ = try await harness.access.createActive(draft, password: SiteHarness.password, by: .system)
            try await body(harness, postbox)
        }
    }

    /// What the server does when it looks for work.
    static func look(_ harness: SiteHarness) async throws {
        try await harness.system.jobs.addDue(harness.system.deeds)
        _ = try await harness.system.jobs.runDue(as: "test")
    }

    static func messages(_ harness: SiteHarness) async throws -> [Letter] {
        try await harness.system.notices.outbox.letters(for: try await harness.viewer("administrator"))
    }

    @Test
    func `a day's reminders are written once, from seven o'clock`() async throws {
        try await Self.run { harness, postbox in
            harness.clock.set(try SiteHarness.moment("2026-12-01", hour: 7).adding(seconds: -1))
            try await Self.look(harness)
            #expect(try await Self.messages(harness).isEmpty && postbox.count == 0)
            harness.clock.advance(seconds: 1)
            try await Self.look(harness)
            let written = try await Self.messages(harness)
            #expect(!written.isEmpty && written.allSatisfy { $0.day == harness.clock.now.day })
            #expect(Set(written.map(\.account)).count == written.count, "one message a person")
            let body = try #require(written.first { $0.name == "Người Có Thư" }?.body)
            #expect(body.contains("I.5 (Quý IV/2026, hạn 31/12/2026)"))
            for _ in 1...3 {
                harness.clock.advance(seconds: 3_600)
                try await Self.look(harness)
            }
            #expect(try await Self.messages(harness).map(\.id) == written.map(\.id))
            #expect(postbox.count == 1)
        }
    }

    @Test
    func `reminders that were interrupted go on with whom they had not reached`() async throws {
        try await Self.run { harness, postbox in
            try await harness.system.jobs.addDue(harness.system.deeds)
            // The server dies after the first chunk of people.
            let dying = Task { [jobs = harness.system.jobs] in _ = try await jobs.runDue(as: "dying") }
            while try await Self.messages(harness).isEmpty, !dying.isCancelled { await Task.yield() }
            dying.cancel()
            _ = try? await dying.value
            harness.clock.advance(seconds: 61)
            try await Self.look(harness)
            let written = try await Self.messages(harness)
            #expect(Set(written.map(\.account)).count == written.count)
            #expect(postbox.count == 1)
            let people = try await harness.count("SELECT COUNT(*) FROM letter")
            harness.clock.advance(seconds: 3_600)
            try await Self.look(harness)
            #expect(try await harness.count("SELECT COUNT(*) FROM letter") == people)
        }
    }

    @Test
    func `who has an address gets one letter, who has none reads the screen`() async throws {
        try await Self.run { harness, postbox in
            try await Self.look(harness)
            try await Self.look(harness)
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
    func `a letter that is refused is tried five times, with growing pauses, and then given up visibly`() async throws {
        try await Self.run { harness, postbox in
            postbox.refuses.withLock { $0 = true }
            for (tries, pause) in [(1, 300), (2, 1_200), (3, 3_600), (4, 3_600), (5, 3_600), (5, 3_600)] {
                try await Self.look(harness)
                try await Self.look(harness)
                let message = try #require(try await Self.messages(harness).first { $0.recipient != nil })
                #expect(message.attempts == tries && message.sentAt == nil)
                #expect(message.problem == "hộp thư đầy")
                harness.clock.advance(seconds: Int64(pause))
            }
            #expect(postbox.count == 5)
            let administrator = try await harness.browser(as: .administrator)
            #expect(try await administrator.get("/nhac-viec").text.contains("chưa gửi được thư sau 5 lần: hộp thư đầy"))
            let jobs = try await administrator.get("/viec-chay-nen").text
            #expect(jobs.contains("Gửi thư nhắc việc ngày 01/12/2026") && jobs.contains("Không làm được"))
        }
    }

    @Test
    func `a letter refused at first goes out later, once`() async throws {
        try await Self.run { harness, postbox in
            postbox.refuses.withLock { $0 = true }
            try await Self.look(harness)
            postbox.refuses.withLock { $0 = false }
            harness.clock.advance(seconds: 300)
            try await Self.look(harness)
            harness.clock.advance(seconds: 3_600)
            try await Self.look(harness)
            #expect(postbox.count == 2)
            let message = try #require(try await Self.messages(harness).first { $0.recipient != nil })
            #expect(message.attempts == 2 && message.sentAt != nil && message.problem == nil)
        }
    }

    @Test
    func `all letters that wait go out in one job, the refused ones once each`() async throws {
        try await Self.run { harness, postbox in
            let count = 120
            let now = harness.clock.now
            let account = try await harness.viewer("co-thu").account
            try await harness.store.write { connection in
                for number in 0..<count {
                    try connection.execute(
                        """
                        INSERT INTO letter
                            (id, account, day, number, at_once, created_at, subject, body, recipient, attempts)
                        VALUES (?, ?, ?, 1, 0, ?, ?, 'Nội dung', 'co.thu@example.vn', 0)
                        """, RecordID(at: now), account, now.day.adding(days: -1 - number), now, "Thư \(number)")
                }
                try JobService.add(
                    .letters, NoParameters(), title: "Gửi thư", key: nil, notBefore: now, at: now,
                    on: connection)
            }
            postbox.refuses.withLock { $0 = true }
            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            #expect(postbox.count == count)
            postbox.refuses.withLock { $0 = false }
            harness.clock.advance(seconds: 300)
            #expect(try await harness.system.jobs.runDue(as: "test") == 1)
            #expect(postbox.count == 2 * count)
            #expect(try await harness.count("SELECT COUNT(*) FROM letter WHERE sent_at IS NULL") == 0)
        }
    }
}
