import Access
import Database
import Kernel
import Notices
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// The number beside “Việc của tôi” is that of the list, whoever saved what.
@Suite
struct DayCountStorageTests {
    static let people =
        StorageWorld.communes + [
            StorageWorld.analyst, StorageWorld.leader, StorageWorld.insurance, StorageWorld.inspector,
            StorageWorld.auditor, StorageWorld.administrator, StorageWorld.head, StorageWorld.base("90001"),
            StorageWorld.base("90002"),
        ]

    @Test(arguments: TestEngine.allCases)
    func `each person's number is that of the list after every deed`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let days = DayService(
                store: world.store, clock: world.work.clock, sources: [.work(world.work), .obstacles])
            let counts = DayCounts(days)
            func compare(_ after: String) async throws {
                let revisions = try await world.store.read { try Revisions.read(on: $0) }
                for person in Self.people {
                    let listed = try await days.list(of: person).items.count
                    let counted = try await counts.count(for: person, at: revisions)
                    #expect(counted == listed, "\(person.login) after \(after)")
                }
            }
            let own = "I.1/2027-03/90001"
            world.go(to: Day.known(2027, 3, 15))
            try await compare("nothing")
            let before = try await days.list(of: StorageWorld.communes[0]).items.count
            #expect(before > 0)
            try await world.work.addNote(own, text: "Ghi chú", by: Submission(viewer: StorageWorld.communes[0]))
            try await compare("a note")
            try await world.handIn(own)
            try await compare("a hand-in")
            #expect(try await days.list(of: StorageWorld.communes[0]).items.count == before - 1)
            let reviewer = try #require(
                try await Self.people.asyncFirst { try await days.list(of: $0).items.contains { $0.kind == .toReview } }
            )
            try await world.work.decide(
                own, accept: false, note: "Thiếu phụ lục", by: Submission(viewer: reviewer))
            try await compare("a return")
            world.go(to: Day.known(2027, 6, 1))
            try await compare("a quarter")
        }
    }
}

extension Array {
    fileprivate func asyncFirst(_ isMeant: (Element) async throws -> Bool) async rethrows -> Element? {
        for element in self where try await isMeant(element) { return element }
        return nil
    }
}
