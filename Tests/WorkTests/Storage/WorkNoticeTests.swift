import Access
import Database
import Jobs
import Kernel
import Notices
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// What leads and askers are told of work and obstacles.
@Suite
struct WorkNoticeTests {
    static let work = "I.1/2027-03/90001"
    static let officer = StorageWorld.communes[0]

    static func unread(_ world: StorageWorld, _ viewer: Viewer) async throws -> [ReceivedNotice] {
        try await world.notices.notices(unreadOnly: true, for: viewer)
    }

    /// Everybody who is not told.
    static func expectNobodyElse(
        _ world: StorageWorld, than told: [Viewer], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let everybody =
            StorageWorld.communes + [
                StorageWorld.analyst, StorageWorld.leader, StorageWorld.insurance, StorageWorld.inspector,
                StorageWorld.auditor, StorageWorld.administrator, StorageWorld.head, StorageWorld.base("90001"),
            ]
        for viewer in everybody where !told.contains(where: { $0.login == viewer.login }) {
            let seen = try await unread(world, viewer).map(\.title)
            #expect(seen.isEmpty, "\(viewer.login)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is returned is told to those who hand it in, until they do so again`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            try await world.handIn(Self.work)
            #expect(try await Self.unread(world, Self.officer).isEmpty)
            let analyst = Submission(viewer: StorageWorld.analyst)
            try await world.work.decide(Self.work, accept: false, note: "Thiếu chữ ký", by: analyst)
            let told = try await Self.unread(world, Self.officer)
            #expect(told.map(\.title) == ["Việc I.1 (Tháng 3/2027) bị trả lại"])
            #expect(told.map(\.detail) == ["Thiếu chữ ký"] && told.map(\.weight) == [.urgent])
            #expect(told.map(\.subject) == [Subject(.instance, Self.work)])
            try await Self.expectNobodyElse(world, than: [Self.officer])

            try await world.work.submit(Self.work, by: .init(viewer: Self.officer))
            #expect(try await Self.unread(world, Self.officer).isEmpty)
            try await world.work.decide(Self.work, accept: true, note: "", by: analyst)
            #expect(
                try await Self.unread(world, Self.officer).map(\.title) == ["Việc I.1 (Tháng 3/2027) đã được chấp nhận"]
            )
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a decision on more time, and another day, are told to the lead`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let (officer, analyst) = (Submission(viewer: Self.officer), Submission(viewer: StorageWorld.analyst))
            try await world.work.askExtension(Self.work, until: "15/04/2027", reason: "Chờ", by: officer)
            #expect(try await Self.unread(world, Self.officer).isEmpty)
            try await world.work.decideExtension(Self.work, grant: true, note: "", by: analyst)
            #expect(
                try await Self.unread(world, Self.officer).map(\.title)
                    == ["Việc I.1 (Tháng 3/2027) được gia hạn đến 15/04/2027"])
            try await world.work.setDueDay(Self.work, to: "20/04/2027", reason: "Lễ", by: analyst)
            let told = try await Self.unread(world, Self.officer)
            #expect(told.first?.title == "Việc I.1 (Tháng 3/2027) đổi thời hạn từ 15/04/2027 sang 20/04/2027")
            #expect(told.count == 2)
            try await Self.expectNobodyElse(world, than: [Self.officer])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another rule of a task is told once to each lead, with the work that is next`(engine: TestEngine) async throws
    {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let analyst = Submission(viewer: StorageWorld.analyst)
            #expect(try await world.count("SELECT COUNT(*) FROM notice") == 0, "the first load is no moved day")
            try await world.amendments.overrideRule(
                task: "I.1", RuleDraft(phrase: "Trước ngày 20/11 hằng năm", reason: "Thêm thời gian"), by: analyst)
            for viewer in StorageWorld.communes {
                let told = try await Self.unread(world, viewer)
                #expect(
                    told.map(\.title) == ["Việc I.1 (Năm 2027) đổi thời hạn từ 31/03/2027 sang 19/11/2027"])
                #expect(told.map(\.subject.key) == ["I.1/2027-03/\(viewer.communes[0])"])
                let detail = try #require(told.first?.detail)
                #expect(detail.contains("\(StorageWorld.analyst.name) đổi thời hạn của nhiệm vụ I.1 từ “"))
                #expect(detail.contains("sang “Trước ngày 20/11 hằng năm”, cho các hạn từ 01/03/2027."))
                #expect(detail.contains("Lý do: Thêm thời gian.") && detail.contains("Kỳ khác cũng đổi: Năm 2028 từ"))
            }
            try await Self.expectNobodyElse(world, than: StorageWorld.communes)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `late work is told from the day after, and over when it is handed in or its day moves`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 31)) { world in
            func deed() async throws {
                let jobs = JobService(
                    store: world.store, clock: world.clock.clock, kinds: world.work.jobKinds,
                    grants: StorageWorld.grants)
                let now = world.clock.now
                try await world.store.write { connection in
                    _ = try JobService.add(
                        .tellingLate, NoParameters(), title: "Thử", key: nil, notBefore: now, at: now, on: connection)
                }
                #expect(try await jobs.runDue(as: "test") == 1)
            }
            func late() async throws -> [String] {
                try await Self.unread(world, Self.officer).filter { $0.kind == "work.late" }.map(\.subject.key)
            }
            try await deed()
            let before = try await late()
            #expect(!before.contains(Self.work))
            world.go(to: Day.known(2027, 4, 1))
            try await deed()
            try await deed()
            #expect(try await late().count { $0 == Self.work } == 1)
            #expect(
                try await Self.unread(world, Self.officer).first { $0.subject.key == Self.work }?.title
                    == "Việc I.1 (Tháng 3/2027) quá hạn từ 31/03/2027")
            try await world.handIn(Self.work)
            #expect(try await !late().contains(Self.work))
            // Returned, it is late again: a new day tells it as new.
            try await world.work.decide(
                Self.work, accept: false, note: "Thiếu", by: .init(viewer: StorageWorld.analyst))
            try await deed()
            #expect(try await late().contains(Self.work))
            try await world.work.setDueDay(
                Self.work, to: "30/04/2027", reason: "Lễ", by: .init(viewer: StorageWorld.analyst))
            #expect(try await !late().contains(Self.work))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an agency is told what it is to answer, and senders, also of merged obstacles, the answer`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let (senders, insurance) = (StorageWorld.communes, StorageWorld.insurance)
            let analyst = Submission(viewer: StorageWorld.analyst)
            var ids: [RecordID] = []
            for sender in senders {
                ids.append(
                    try await world.obstacles.sendObstacle(
                        title: "Câu hỏi của \(sender.login)", text: "Nội dung", page: "/", task: nil,
                        by: .init(viewer: sender)))
            }
            let agency = try #require(AgencyCode("bhxh-tinh"))
            try await world.obstacles.mergeObstacle(ids[1], into: ids[0], by: analyst)
            try await world.obstacles.assignObstacle(ids[0], to: agency, by: analyst)
            #expect(
                try await Self.unread(world, insurance).map(\.title)
                    == ["Cơ quan bạn được giao trả lời vướng mắc “Câu hỏi của commune-90001”"])
            try await world.obstacles.answerObstacle(
                ids[0], answer: "Được", legalBasis: "Điều 2", by: .init(viewer: insurance))
            #expect(try await Self.unread(world, insurance).isEmpty)
            for sender in senders.prefix(2) {
                let told = try await Self.unread(world, sender)
                #expect(told.map(\.subject) == [Subject(.obstacle, ids[0])])
            }
            #expect(try await Self.unread(world, senders[2]).isEmpty)
            // One put under an answered obstacle has its answer there.
            try await world.obstacles.mergeObstacle(ids[2], into: ids[0], by: analyst)
            #expect(try await Self.unread(world, senders[2]).map(\.subject) == [Subject(.obstacle, ids[0])])
            #expect(try await Self.unread(world, analyst.viewer).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an agency is reminded a working day before its answer is due, whoever asked it too when it is late`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            let (insurance, analyst) = (StorageWorld.insurance, Submission(viewer: StorageWorld.analyst))
            func deed(on day: Day) async throws {
                world.go(to: day)
                let jobs = JobService(
                    store: world.store, clock: world.clock.clock, kinds: world.obstacles.jobKinds,
                    grants: StorageWorld.grants)
                let now = world.clock.now
                try await world.store.write { connection in
                    _ = try JobService.add(
                        .tellingObstacles, NoParameters(), title: "Thử", key: nil, notBefore: now, at: now,
                        on: connection)
                }
                #expect(try await jobs.runDue(as: "test") == 1)
            }
            func told(_ viewer: Viewer) async throws -> [String] {
                try await Self.unread(world, viewer).filter { $0.kind == "obstacles.due" }.map(\.title)
            }
            let ids = [
                try await world.obstacles.sendObstacle(
                    title: "Hỏi", text: "Nội dung", page: "/", task: nil, by: .init(viewer: Self.officer)),
                try await world.obstacles.sendObstacle(
                    title: "Chưa giao", text: "Nội dung", page: "/", task: nil, by: .init(viewer: Self.officer)),
            ]
            let agency = try #require(AgencyCode("bhxh-tinh"))
            // Until Monday 8 March: reminded on Friday.
            try await world.obstacles.assignObstacle(ids[0], to: agency, within: 5, by: analyst)
            try await deed(on: Day.known(2027, 3, 4))
            #expect(try await told(insurance) == [])
            try await deed(on: Day.known(2027, 3, 5))
            try await deed(on: Day.known(2027, 3, 8))
            #expect(try await told(insurance) == ["Vướng mắc “Hỏi” cần trả lời đến hết ngày 08/03/2027"])
            #expect(try await told(analyst.viewer) == [])
            try await deed(on: Day.known(2027, 3, 9))
            for viewer in [insurance, analyst.viewer] {
                #expect(try await told(viewer) == ["Vướng mắc “Hỏi” quá hạn trả lời từ 08/03/2027"])
            }
            try await Self.expectNobodyElse(world, than: [insurance, StorageWorld.base("90001"), analyst.viewer])

            // Asked anew it has time again; answered it is over at once.
            try await world.obstacles.assignObstacle(ids[0], to: agency, within: 1, by: analyst)
            #expect(try await (told(insurance) + told(analyst.viewer)) == [])
            try await deed(on: Day.known(2027, 3, 9))
            #expect(try await told(insurance) == ["Vướng mắc “Hỏi” cần trả lời đến hết ngày 10/03/2027"])
            try await world.obstacles.answerObstacle(
                ids[0], answer: "Được", legalBasis: "Điều 2", by: .init(viewer: insurance))
            #expect(try await told(insurance) == [])
            try await deed(on: Day.known(2027, 3, 20))
            #expect(try await (told(insurance) + told(analyst.viewer)) == [])
        }
    }
}
