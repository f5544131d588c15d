import Notices
import TestPlans
import Access
import Database
import Kernel
import PlanText
import TestSupport
import TestWork
import Testing
import Work

/// Difficulties on their way to an answer.
@Suite
struct ObstacleStorageTests {
    static let commune = Submission(viewer: StorageWorld.communes[0])
    static let neighbour = Submission(viewer: StorageWorld.communes[1])
    static let analyst = Submission(viewer: StorageWorld.analyst)
    static let insurance = Submission(viewer: StorageWorld.insurance)

    static func send(
        _ title: String, _ text: String = "Chưa rõ cách làm", in world: StorageWorld,
        by sender: Submission = commune
    ) async throws -> RecordID {
        try await world.obstacles.sendObstacle(title: title, text: text, page: "/viec/x", task: "I.1", by: sender)
    }

    static func titles(
        _ query: String = "", status: Obstacle.Status? = nil, for viewer: Viewer, in world: StorageWorld
    ) async throws -> [String] {
        try await world.obstacles.obstacles(matching: query, status: status, for: viewer).map(\.title)
    }

    @Test(arguments: TestEngine.allCases)
    func `an obstacle is stored as it was sent`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let id = try await Self.send("Chậm cấp mã số", in: world)
            let obstacle = try await world.obstacles.obstacle(id, for: StorageWorld.communes[0]).obstacle
            #expect(obstacle.title == "Chậm cấp mã số")
            #expect(obstacle.text == "Chưa rõ cách làm")
            #expect(obstacle.sender == StorageWorld.communes[0].name)
            #expect(obstacle.unit?.text == "90001")
            #expect(obstacle.page == "/viec/x")
            #expect(obstacle.task == "I.1")
            #expect(obstacle.status == .new)
            #expect(try await world.trail("obstacle/") == ["obstacle.sent"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is missing, too long or points elsewhere is not taken`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let long = String(repeating: "ở", count: 201)
            for (title, text, field) in [("", "x", "title"), (long, "x", "title"), ("x", "", "text")] {
                await expectRefusal(.invalid, field: field) { try await Self.send(title, text, in: world) }
            }
            await expectRefusal(.forbidden) {
                try await Self.send("x", in: world, by: .init(viewer: StorageWorld.auditor))
            }
            for page in ["//evil.example/", "https://evil.example/", "", "javascript:alert(1)"] {
                let id = try await world.obstacles.sendObstacle(
                    title: "x", text: "y", page: page, task: "IX.9", by: Self.commune)
                let obstacle = try await world.obstacles.obstacle(id, for: StorageWorld.communes[0]).obstacle
                #expect(obstacle.page == "/")
                #expect(obstacle.task == nil)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an obstacle sent twice by the same form is stored once`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let form = Submission(viewer: StorageWorld.communes[0], form: "mark")
            for _ in 1...2 { _ = try await Self.send("Chậm cấp mã số", in: world, by: form) }
            #expect(try await Self.titles(for: StorageWorld.analyst, in: world) == ["Chậm cấp mã số"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `merged obstacles follow to the last one`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let first = try await Self.send("một", in: world)
            let second = try await Self.send("hai", in: world, by: Self.neighbour)
            let third = try await Self.send("ba", in: world, by: Self.insurance)
            await expectRefusal(.forbidden) {
                try await world.obstacles.mergeObstacle(first, into: second, by: Self.insurance)
            }
            await expectRefusal(.invalid) {
                try await world.obstacles.mergeObstacle(first, into: first, by: Self.analyst)
            }

            try await world.obstacles.mergeObstacle(first, into: second, by: Self.analyst)
            await expectRefusal(.invalid) {
                try await world.obstacles.mergeObstacle(third, into: first, by: Self.analyst)
            }
            await expectRefusal(.invalid) {
                try await world.obstacles.mergeObstacle(first, into: third, by: Self.analyst)
            }
            try await world.obstacles.mergeObstacle(second, into: third, by: Self.analyst)
            let (target, merged) = try await world.obstacles.obstacle(third, for: StorageWorld.analyst)
            #expect(target.mergedInto == nil)
            #expect(merged.map(\.title) == ["một", "hai"])
            #expect(merged.allSatisfy { $0.mergedInto == third && $0.status == .merged })

            // The sender still sees the own one, and where it went.
            let own = try await world.obstacles.obstacle(first, for: StorageWorld.communes[0]).obstacle
            #expect(own.mergedInto == third)
            await expectRefusal(.invalid) {
                try await world.obstacles.answerObstacle(first, answer: "x", legalBasis: "y", by: Self.analyst)
            }
            #expect(try await Self.titles(for: StorageWorld.analyst, in: world) == ["ba"])
            #expect(try await Self.titles(status: .merged, for: StorageWorld.analyst, in: world) == ["hai", "một"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an obstacle is assigned to an agency of the plan, which then may answer`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let id = try await Self.send("Chậm cấp mã số", in: world)
            let agency = try #require(AgencyCode("bhxh-tinh"))
            await expectRefusal(.notFound) {
                try await world.obstacles.answerObstacle(id, answer: "x", legalBasis: "y", by: Self.insurance)
            }
            await expectRefusal(.forbidden) {
                try await world.obstacles.assignObstacle(id, to: agency, by: Self.commune)
            }
            await expectRefusal(.invalid, field: "agency") {
                try await world.obstacles.assignObstacle(id, to: try #require(AgencyCode("so-la")), by: Self.analyst)
            }
            await expectRefusal(.stale) {
                try await world.obstacles.assignObstacle(id, to: agency, version: 7, by: Self.analyst)
            }
            await expectRefusal(.invalid, field: "days") {
                try await world.obstacles.assignObstacle(id, to: agency, within: 21, by: Self.analyst)
            }
            try await world.obstacles.assignObstacle(id, to: agency, within: 7, version: 1, by: Self.analyst)
            let assigned = try await world.obstacles.obstacle(id, for: StorageWorld.insurance).obstacle
            #expect(assigned.status == .assigned)
            // Seven working days behind Monday 4 January, a weekend between.
            let due = Day.known(2027, 1, 13)
            #expect(assigned.answerDue == due)
            #expect(!assigned.isOverdue(on: due) && assigned.isOverdue(on: due.adding(days: 1)))
            #expect(try await world.waiting(.obstacle, for: StorageWorld.insurance) == [id.text])
            try await world.obstacles.answerObstacle(
                id, answer: "Nộp hồ sơ trước", legalBasis: "Điều 5", by: Self.insurance)
            let answered = try await world.obstacles.obstacle(id, for: StorageWorld.communes[0]).obstacle
            #expect(answered.status == .answered)
            #expect(answered.answer == "Nộp hồ sơ trước")
            #expect(answered.answeredBy == StorageWorld.insurance.name)
            #expect(try await world.trail("obstacle/") == ["obstacle.sent", "obstacle.assigned", "obstacle.answered"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an answer needs a legal basis and somebody who may give it`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let id = try await Self.send("Chậm cấp mã số", in: world)
            await expectRefusal(.invalid, field: "basis") {
                try await world.obstacles.answerObstacle(id, answer: "Có", legalBasis: "", by: Self.analyst)
            }
            await expectRefusal(.invalid, field: "answer") {
                try await world.obstacles.answerObstacle(id, answer: "", legalBasis: "Điều 5", by: Self.analyst)
            }
            await expectRefusal(.forbidden) {
                try await world.obstacles.answerObstacle(id, answer: "Có", legalBasis: "Điều 5", by: Self.commune)
            }
            await expectRefusal(.stale) {
                try await world.obstacles.answerObstacle(
                    id, answer: "Có", legalBasis: "Điều 5", version: 9, by: Self.analyst)
            }
            let untouched = try await world.obstacles.obstacle(id, for: StorageWorld.analyst).obstacle
            #expect(untouched.answer == nil)
            #expect(untouched.version == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an obstacle is its sender's until it is answered, then guidance for all`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let id = try await Self.send("Chậm cấp mã số", in: world)
            for viewer in [
                StorageWorld.communes[1], StorageWorld.insurance, StorageWorld.leader, StorageWorld.administrator,
                StorageWorld.head,
            ] {
                #expect(try await Self.titles(for: viewer, in: world).isEmpty)
                await expectRefusal(.notFound) { try await world.obstacles.obstacle(id, for: viewer) }
            }
            for viewer in [StorageWorld.communes[0], StorageWorld.analyst] {
                #expect(try await Self.titles(for: viewer, in: world) == ["Chậm cấp mã số"])
            }
            try await world.obstacles.answerObstacle(id, answer: "Có", legalBasis: "Điều 5", by: Self.analyst)
            for viewer in [StorageWorld.communes[1], StorageWorld.insurance, StorageWorld.head] {
                #expect(try await Self.titles(status: .answered, for: viewer, in: world) == ["Chậm cấp mã số"])
                #expect(try await world.obstacles.obstacle(id, for: viewer).obstacle.legalBasis == "Điều 5")
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a search minds neither accents nor case and takes every word literally`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let slow = try await Self.send("Chậm cấp Mã Số định danh", "Người dân ở Đồ Sơn chờ lâu", in: world)
            _ = try await Self.send("Thiếu 50% biểu mẫu", "Tổ_dân_phố chưa nhận", in: world)
            _ = try await Self.send("Sai họ tên! 500 trường hợp", in: world)
            func found(_ query: String) async throws -> [String] {
                try await Self.titles(query, for: StorageWorld.analyst, in: world).map { String($0.prefix(4)) }
            }
            let expected: [(query: String, titles: [String])] = [
                ("cham cap ma so", ["Chậm"]), ("MÃ SỐ", ["Chậm"]), ("do son", ["Chậm"]), ("đồ  sơn cham", ["Chậm"]),
                ("so ma", ["Chậm"]), ("cham thieu", []), ("50%", ["Thiế"]), ("to_dan", ["Thiế"]), ("ten!", ["Sai "]),
                ("toxdan", []), ("%", ["Thiế"]), ("_", ["Thiế"]), ("i.1", ["Sai ", "Thiế", "Chậm"]),
                ("", ["Sai ", "Thiế", "Chậm"]),
                ("khong co", []),
            ]
            for (query, titles) in expected { #expect(try await found(query) == titles, "\(query)") }

            try await world.obstacles.answerObstacle(
                slow, answer: "Gửi về Bảo hiểm xã hội", legalBasis: "Nghị định 137", by: Self.analyst)
            #expect(try await found("bao hiem") == ["Chậm"])
            #expect(try await found("nghi dinh 137 do son") == ["Chậm"])
        }
    }
}

/// Groups of the report on difficulties.
@Suite
struct ObstacleGroupTests {
    @Test(arguments: TestEngine.allCases)
    func `obstacles are put into a group of the report and out of it, by whoever manages them`(engine: TestEngine)
        async throws
    {
        try await StorageWorld.with(engine) { world in
            let first = try await ObstacleStorageTests.send("Một", in: world)
            let second = try await ObstacleStorageTests.send("Hai", in: world, by: ObstacleStorageTests.neighbour)
            let third = try await ObstacleStorageTests.send("Ba", in: world)
            let analyst = ObstacleStorageTests.analyst
            try await world.obstacles.groupObstacles([first, second], as: "  Dữ liệu ", by: analyst)
            func groups() async throws -> [String] {
                try await world.obstacles.reported(for: StorageWorld.analyst).map(\.group)
            }
            #expect(try await groups() == ["Dữ liệu", "Dữ liệu", ""])
            try await world.obstacles.groupObstacles([first], as: "", by: analyst)
            #expect(try await groups() == ["", "Dữ liệu", ""])
            #expect(try await world.trail("obstacle/").filter { $0 == "obstacle.grouped" }.count == 3)

            try await world.obstacles.mergeObstacle(third, into: second, by: analyst)
            let reported = try await world.obstacles.reported(for: StorageWorld.analyst)
            let units = try await world.store.read { try Obstacles.units(of: reported, on: $0) }
            #expect(units[second]?.count == 2 && units[third] == nil)
            await expectRefusal(.stale) {
                try await world.obstacles.groupObstacles([third], as: "Dữ liệu", by: analyst)
            }
            await expectRefusal(.invalid, field: "group") {
                try await world.obstacles.groupObstacles([], as: "Dữ liệu", by: analyst)
            }
            await expectRefusal(.invalid, field: "group") {
                try await world.obstacles.groupObstacles(
                    [first], as: String(repeating: "ở", count: 121), by: analyst)
            }
            await expectRefusal(.forbidden) {
                try await world.obstacles.groupObstacles([first], as: "Dữ liệu", by: ObstacleStorageTests.commune)
            }
        }
    }
}
