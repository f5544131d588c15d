import Access
import Database
import Kernel
import Notices
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Vault
import Work

/// Reminders in the outbox.
@Suite
struct ReminderStorageTests {
    static let commune = "I.1/2027-03/90001"

    /// Adds an account that can be reminded and answers it as a viewer.
    @discardableResult
    static func add(_ like: Viewer, to world: StorageWorld, email: String? = nil) async throws -> Viewer {
        let access = AccessService(
            store: world.store, clock: world.clock.clock, passwords: PasswordHasher(cost: 4),
            grants: StorageWorld.grants, keys: .ephemeral())
        let draft = AccountDraft(
            login: like.login, name: like.name, role: like.role, agency: like.agency, communes: like.communes,
            residentialGroup: like.residentialGroup, email: email)
        return try await access.createActive(draft, password: "con mèo ngồi trên mái", by: .commandLine)
            .viewer(StorageWorld.grants)
    }

    /// Runs once on each day and answers the days of a person's messages.
    static func run(_ world: StorageWorld, from first: Day, to last: Day, for viewer: Viewer) async throws -> [String] {
        var day = first
        while day <= last {
            world.go(to: day)
            _ = try await world.reminders.writeReminders()
            day = day.adding(days: 1)
        }
        return try await world.notices.outbox.letters(for: viewer).map(\.day.description).sorted()
    }

    @Test(arguments: TestEngine.allCases)
    func `each person gets one message a day, and none twice`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let officer = try await Self.add(StorageWorld.communes[0], to: world)
            let analyst = try await Self.add(StorageWorld.analyst, to: world)
            for viewer in [StorageWorld.leader, StorageWorld.head, StorageWorld.auditor] {
                try await Self.add(viewer, to: world)
            }
            #expect(try await world.reminders.writeReminders() == 2)
            #expect(try await world.reminders.writeReminders() == 0)

            let message = try #require(try await world.notices.outbox.letters(for: officer).first)
            #expect(try await world.notices.outbox.letters(for: officer).count == 1)
            #expect(message.day == Day.known(2027, 3, 1))
            #expect(message.body.contains("I.1 (Tháng 3/2027, hạn 31/03/2027)"))
            #expect(message.body.contains("II.1 (Quý I/2027, hạn 31/03/2027)"))
            #expect(message.subject == "Bao Phủ: 2 việc sắp đến hạn")
            #expect(message.recipient == nil)
            #expect(try await world.notices.outbox.letters(for: analyst).count == 2)

            world.go(to: Day.known(2027, 3, 2))
            #expect(try await world.reminders.writeReminders() == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `two programs that run at once write once`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            try await Self.add(StorageWorld.communes[0], to: world)
            async let left = world.reminders.writeReminders()
            async let right = world.reminders.writeReminders()
            let written = try await left + right
            #expect(written == 1)
            #expect(try await world.count("SELECT COUNT(*) FROM letter") == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same work is told at its milestones, no closer than five days`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let officer = try await Self.add(StorageWorld.communes[0], to: world)
            let days = try await Self.run(
                world, from: Day.known(2027, 2, 20), to: Day.known(2027, 5, 20), for: officer)
            // Due on 31/03: 30, 7 and 1 days before; a day after is too close to the day before; 7 and 30 days after.
            #expect(days == ["2027-03-01", "2027-03-24", "2027-03-30", "2027-04-07", "2027-04-30"])
            let late = try #require(
                try await world.notices.outbox.letters(for: officer).first { $0.day == Day.known(2027, 4, 7) })
            #expect(late.subject == "Bao Phủ: 2 việc quá hạn")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work that is done, waits for a decision or is another unit's is not told`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let officer = try await Self.add(StorageWorld.communes[0], to: world)
            let neighbour = try await Self.add(StorageWorld.communes[1], to: world)
            for id in [Self.commune, "II.1/2027-Q1/90001"] { try await world.handIn(id) }
            try await world.work.decide(
                Self.commune, accept: true, note: "", by: .init(viewer: StorageWorld.analyst))
            let days = try await Self.run(world, from: Day.known(2027, 2, 28), to: Day.known(2027, 3, 2), for: officer)
            #expect(days.isEmpty)
            #expect(try await world.notices.outbox.letters(for: neighbour).map(\.day.description) == ["2027-03-01"])

            try await world.work.decide(
                "II.1/2027-Q1/90001", accept: false, note: "Thiếu", by: .init(viewer: StorageWorld.analyst))
            world.go(to: Day.known(2027, 3, 24))
            _ = try await world.reminders.writeReminders()
            let message = try #require(try await world.notices.outbox.letters(for: officer).first)
            #expect(message.body.contains("II.1") && !message.body.contains("I.1 (Tháng"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `missed days are told once, by the latest milestone`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let officer = try await Self.add(StorageWorld.communes[0], to: world)
            let before = try await Self.run(
                world, from: Day.known(2027, 2, 19), to: Day.known(2027, 2, 19), for: officer)
            let after = try await Self.run(
                world, from: Day.known(2027, 3, 26), to: Day.known(2027, 3, 29), for: officer)
            #expect(before.isEmpty)
            #expect(after == ["2027-03-26"])
            let milestones = try await world.store.read {
                try $0.rows("SELECT milestone FROM reminder").map { try $0.integer("milestone") }
            }
            #expect(milestones == [-7, -7])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `on a day off no round is written, and the next working day tells what fell in between`(engine: TestEngine)
        async throws
    {
        try await StorageWorld.with(engine) { world in
            let officer = try await Self.add(StorageWorld.communes[0], to: world)
            // Due on Wednesday 31 March: thirty days behind is Friday 30 April. The weekend's server is off.
            let days = try await Self.run(world, from: Day.known(2027, 4, 29), to: Day.known(2027, 4, 29), for: officer)
            world.go(to: Day.known(2027, 5, 1))
            #expect(try await world.reminders.writeReminders() == 0)
            let monday = try await Self.run(world, from: Day.known(2027, 5, 2), to: Day.known(2027, 5, 3), for: officer)
            #expect(Set(monday).subtracting(days) == ["2027-05-03"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who leads work without a day is asked for one, once a month`(engine: TestEngine) async throws {
        let open = "I.3/2027/bhxh-tinh"
        try await StorageWorld.with(engine) { world in
            let officer = try await Self.add(StorageWorld.insurance, to: world)
            let asked = try await Self.run(
                world, from: Day.known(2026, 12, 30), to: Day.known(2027, 3, 15), for: officer)
            // The thirtieth day behind the first is a Sunday.
            #expect(asked == ["2027-01-01", "2027-02-01", "2027-03-03"])
            let message = try #require(try await world.notices.outbox.letters(for: officer).first)
            #expect(message.subject == "Bao Phủ: 1 việc cần ấn định thời hạn")
            #expect(message.body.contains("I.3 (Năm 2027, chưa ấn định thời hạn)"))

            try await world.work.setDueDay(open, to: "31/12/2027", reason: "", by: .init(viewer: officer))
            let later = try await Self.run(
                world, from: Day.known(2027, 3, 16), to: Day.known(2027, 6, 30), for: officer)
            #expect(later == asked)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `people read their own messages, and who keeps the outbox all of them`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let officers = [
                try await Self.add(StorageWorld.communes[0], to: world),
                try await Self.add(StorageWorld.communes[1], to: world),
            ]
            #expect(try await world.reminders.writeReminders() == 2)
            for officer in officers {
                #expect(try await world.notices.outbox.letters(for: officer).map(\.account) == [officer.account])
            }
            for viewer in [StorageWorld.analyst, StorageWorld.administrator] {
                #expect(try await world.notices.outbox.letters(for: viewer).count == 2)
            }
            #expect(try await world.notices.outbox.letters(for: StorageWorld.insurance).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a message with an address is sent once, and given up after five tries`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            try await Self.add(StorageWorld.communes[0], to: world, email: "mot@example.vn")
            try await Self.add(StorageWorld.communes[1], to: world, email: "hai@example.vn")
            try await Self.add(StorageWorld.communes[2], to: world)
            #expect(try await world.reminders.writeReminders() == 3)
            let waiting = try await world.notices.outbox.lettersToSend()
            #expect(waiting.compactMap(\.recipient).sorted() == ["hai@example.vn", "mot@example.vn"])
            let good = try #require(waiting.first { $0.recipient == "mot@example.vn" })
            let bad = try #require(waiting.first { $0.recipient == "hai@example.vn" })

            try await world.notices.outbox.noteSending(of: good.id, problem: nil)
            for attempt in 1...5 {
                #expect(try await world.notices.outbox.lettersToSend().map(\.id) == [bad.id])
                try await world.notices.outbox.noteSending(of: bad.id, problem: "mailbox full \(attempt)")
            }
            #expect(try await world.notices.outbox.lettersToSend().isEmpty)
            let all = try await world.notices.outbox.letters(for: StorageWorld.analyst)
            #expect(all.first { $0.id == bad.id }?.problem == "mailbox full 5")
            #expect(all.first { $0.id == bad.id }?.sentAt == nil)
            #expect(all.first { $0.id == good.id }?.sentAt != nil)
        }
    }
}
