import Access
import Database
import Kernel
import Notices
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Reviewing several pieces of work, and taking decisions back within their minute.
@Suite
struct ReviewStorageTests {
    static let works = ["I.1/2027-03/90001", "I.1/2027-03/90002", "I.1/2027-03/90003"]
    static let analyst = Submission(viewer: StorageWorld.analyst)

    static func seen(_ world: StorageWorld, _ ids: [String] = works) async throws -> [SeenWork] {
        var seen: [SeenWork] = []
        for id in ids { seen.append(SeenWork(try await world.item(id))) }
        return seen
    }

    static func unread(_ world: StorageWorld, _ viewer: Viewer) async throws -> [String] {
        try await world.notices.notices(unreadOnly: true, for: viewer).map(\.title)
    }

    static func letter(_ world: StorageWorld, _ viewer: Viewer) async throws -> [LetterPart] {
        let now = world.clock.now
        return try await world.store.write {
            try world.notices.letterParts(for: viewer, urgentOnly: false, at: now, on: $0)
        }
    }

    @Test
    func `a piece of work as it was seen is written and read`() {
        let seen = SeenWork("I.1/2027-03/90001@7")
        #expect(seen?.id == "I.1/2027-03/90001" && seen?.version == 7 && seen?.description == "I.1/2027-03/90001@7")
        for wrong in ["", "@7", "I.1/2027-03/90001", "I.1/2027-03/90001@", "I.1/2027-03/90001@x"] {
            #expect(SeenWork(wrong) == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `several are accepted at once, and what changed meanwhile is left and told`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            for id in Self.works { try await world.handIn(id) }
            let queue = try await world.work.reviewQueue(of: StorageWorld.analyst, limit: 2)
            #expect(queue.items.map(\.id) == Array(Self.works.prefix(2)) && queue.count == 3)
            #expect(try await world.work.reviewQueue(of: StorageWorld.communes[0], limit: 9).count == 0)
            let seen = try await Self.seen(world)
            try await world.work.withdraw(Self.works[1], by: .init(viewer: StorageWorld.communes[1]))
            let form = RecordID(at: world.clock.now).text
            let sent = Submission(viewer: StorageWorld.analyst, form: form)
            let outcome = try #require(try await world.work.decide(seen, accept: true, note: "Đủ", by: sent))
            #expect(outcome.done == 2 && outcome.refused.map { $0.work.id } == [Self.works[1]])
            #expect(try await world.item(Self.works[0]).note == "Đủ")
            #expect(try await world.work.decide(seen, accept: true, note: "Đủ", by: sent) == nil, "sent twice")
            #expect(try await world.events(Self.works[2]).filter { $0 == .accepted }.count == 1)
            await #expect(throws: Refusal.self) {
                try await world.work.decide(seen, accept: false, note: "", by: Self.analyst)
            }
            let stranger = try await world.work.decide(
                [SeenWork(try await world.item(Self.works[1]))], accept: true, note: "",
                by: .init(viewer: StorageWorld.communes[1]))
            #expect(stranger?.done == 0 && stranger?.refused.count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a decision is taken back within a minute by who made it, and history says so`(engine: TestEngine) async throws
    {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let (work, officer) = (Self.works[0], StorageWorld.communes[0])
            try await world.handIn(work)
            try await world.work.decide(work, accept: false, note: "Thiếu chữ ký", by: Self.analyst)
            let recent = try await world.work.recentReviews(of: StorageWorld.analyst)
            #expect(recent.map(\.item.id) == [work] && recent.first?.accepted == false)
            #expect(try await world.work.recentReviews(of: StorageWorld.leader).isEmpty)
            let seen = try await Self.seen(world, [work])
            let foreign = try await world.work.takeBackReview(of: seen, by: .init(viewer: officer))
            #expect(foreign?.done == 0)

            let outcome = try await world.work.takeBackReview(of: seen, by: Self.analyst)
            #expect(outcome?.done == 1 && outcome?.refused.isEmpty == true)
            let item = try await world.item(work)
            #expect(item.state == .submitted && item.note.isEmpty && item.decidedOn == nil)
            #expect(try await world.events(work).suffix(2) == [.returned, .decisionUndone])
            #expect(try await world.trail("instance/\(work)").last == "instance.decision-undone")
            #expect(try await Self.unread(world, officer).isEmpty, "nobody had read it: nothing to correct")
            let again = try await world.work.takeBackReview(of: Self.seen(world, [work]), by: Self.analyst)
            #expect(again?.done == 0 && again?.refused.count == 1, "it is taken back once")

            try await world.work.decide(work, accept: true, note: "", by: Self.analyst)
            let late = try await Self.seen(world, [work])
            world.clock.advance(seconds: 120)
            #expect(try await world.work.recentReviews(of: StorageWorld.analyst).isEmpty)
            let over = try await world.work.takeBackReview(of: late, by: Self.analyst)
            #expect(over?.done == 0 && over?.refused.first?.reason.contains("quá một phút") == true)
            #expect(try await world.item(work).state == .accepted)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who has begun to mend what was returned is not interrupted`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let work = Self.works[0]
            try await world.handIn(work)
            try await world.work.decide(work, accept: false, note: "Thiếu chữ ký", by: Self.analyst)
            try await world.fill(work)
            #expect(try await world.work.recentReviews(of: StorageWorld.analyst).isEmpty)
            let outcome = try await world.work.takeBackReview(of: Self.seen(world, [work]), by: Self.analyst)
            #expect(outcome?.done == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `letters wait for the minute, and who read of the decision is told of its end`(engine: TestEngine) async throws
    {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let (work, officer) = (Self.works[0], StorageWorld.communes[0])
            try await world.handIn(work)
            try await world.work.decide(work, accept: false, note: "Thiếu chữ ký", by: Self.analyst)
            #expect(try await Self.letter(world, officer).isEmpty)
            try await world.notices.see(Subject(.instance, work), by: officer)
            _ = try await world.work.takeBackReview(of: Self.seen(world, [work]), by: Self.analyst)
            #expect(
                try await Self.unread(world, officer) == [
                    "Việc I.1 (Tháng 3/2027): người duyệt đã hoàn tác “trả lại”, việc lại chờ duyệt"
                ])
            try await world.work.decide(work, accept: true, note: "", by: Self.analyst)
            #expect(try await Self.unread(world, officer) == ["Việc I.1 (Tháng 3/2027) đã được chấp nhận"])
            world.clock.advance(seconds: 61)
            #expect(try await Self.letter(world, officer).count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `each late unit is reminded once a day of all it owes, by who follows it`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            world.go(to: Day.known(2027, 5, 3))
            let late = try await world.work.lateUnits(for: StorageWorld.analyst)
            let commune = UnitCode.commune(try #require(CommuneCode("90001")))
            let owed = try #require(late.first { $0.unit == commune })
            #expect(owed.items.contains { $0.id == Self.works[0] } && !owed.isRemindedToday)
            #expect(world.work.words(of: owed, most: 1).contains("I."))
            let told = try await world.work.remind([commune], note: "Gửi trước thứ Sáu", by: Self.analyst)
            #expect(told == 1)
            let notices = try await world.notices.notices(unreadOnly: true, for: StorageWorld.communes[0])
            let notice = try #require(notices.first { $0.kind == "work.late-reminder" })
            #expect(notice.title.contains("\(owed.items.count) việc của đơn vị đã quá hạn"))
            #expect(notice.detail.contains("trễ") && notice.detail.hasSuffix("Gửi trước thứ Sáu"))
            #expect(notice.subject == Subject(.unitWork, "90001"))
            #expect(try await Self.unread(world, StorageWorld.communes[1]).allSatisfy { !$0.contains("nhắc:") })
            #expect(try await world.work.remind([commune], note: "", by: Self.analyst) == 0, "once a day")
            #expect(try await world.trail("unit-work/90001") == ["work.reminded"])
            await #expect(throws: Refusal.self) { try await world.work.remind([], note: "", by: Self.analyst) }
            await #expect(throws: Refusal.self) {
                try await world.work.lateUnits(for: StorageWorld.communes[0])
            }
        }
    }
}
