import Access
import Database
import Kernel
import Notices
import Remarks
import TestSupport
import Testing

/// A leader's line: given, answered, sent back, closed; where it waits and who reads it.
@Suite
struct InstructionTests {
    typealias World = RemarksWorld

    @discardableResult
    private static func give(
        _ world: World, _ text: String = "Làm việc với 3 doanh nghiệp lớn", to unit: String? = nil, due: String = ""
    ) async throws -> RecordID {
        try await world.service.instruct(
            text, to: try unit.map { try World.unit($0) }, due: due, about: World.here,
            by: .init(viewer: World.leader))
    }

    @Test(arguments: TestEngine.allCases)
    func `a line without a unit and a day asks the thing's own unit, within five working days`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            try await Self.give(world)
            let given = try await world.instruction(for: World.officer)
            #expect(given.unit.text == "90001" && given.author == World.leader.name)
            #expect(given.due == Day.known(2027, 3, 8), "Monday to Monday")
            #expect(given.status(on: world.clock.now.day) == .open)
            let waiting = try await world.day(of: World.colleague)
            #expect(waiting.items.map(\.kind) == [.instruction])
            #expect(waiting.items.first?.title == given.text && waiting.items.first?.due == given.due)
            for viewer in [World.neighbour, World.head, World.analyst, World.leader] {
                #expect(try await world.day(of: viewer).isEmpty, "\(viewer.login)")
            }
            #expect(try await world.told(World.officer).map(\.kind) == ["instructions.given"])
            #expect(try await world.told(World.neighbour).isEmpty)
            #expect(try await world.trail() == ["instruction.given"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the unit answers, the leader sends back and closes; it waits for whoever is to act`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            let service = world.service
            let id = try await Self.give(world)
            try await service.answer(id, "Đã gặp 1", version: 1, by: .init(viewer: World.officer))
            #expect(try await world.day(of: World.officer).isEmpty)
            #expect(try await world.told(World.officer).isEmpty, "it no longer asks")
            #expect(try await world.told(World.leader).map(\.kind) == ["instructions.answered"])
            #expect(try await world.day(of: World.leader).items.map(\.kind) == [.instructionAnswered])
            #expect(try await world.day(of: World.deputy).isEmpty, "the writer's own list")

            try await service.sendBack(
                id, "Gặp đủ ba", due: "15/03/2027", version: 2, by: .init(viewer: World.deputy))
            let returned = try await world.instruction(for: World.officer)
            #expect(returned.status(on: world.clock.now.day) == .returned && returned.due == Day.known(2027, 3, 15))
            #expect(try await world.day(of: World.officer).items.first?.note == "Trả lại: Gặp đủ ba")
            #expect(try await world.told(World.officer).map(\.kind) == ["instructions.returned"])
            #expect(try await world.told(World.leader).isEmpty)

            try await service.answer(id, "Đã gặp đủ", by: .init(viewer: World.colleague))
            try await service.close(id, version: 4, by: .init(viewer: World.leader))
            let closed = try await service.instruction(id, for: World.officer)
            #expect(closed.instruction.state == .closed && closed.instruction.said == "Đã gặp đủ")
            #expect(closed.events.map(\.kind) == [.given, .answered, .returned, .answered, .closed])
            #expect(closed.seesSubject)
            for viewer in [World.officer, World.leader] { #expect(try await world.day(of: viewer).isEmpty) }
            #expect(try await world.told(World.officer).map(\.kind) == ["instructions.ended"])
            #expect(closed.instruction.actions(for: World.officer).isEmpty)

            // Closed too early: it waits with the unit again, by the usual day.
            #expect(closed.instruction.actions(for: World.leader) == [.sendBack])
            try await service.sendBack(id, "Gửi biên bản", version: 5, by: .init(viewer: World.leader))
            #expect(try await world.day(of: World.officer).items.first?.note == "Trả lại: Gửi biên bản")
            #expect(try await world.told(World.officer).map(\.kind) == ["instructions.returned"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a day behind, it stands late with the unit and with the leader`(engine: TestEngine) async throws {
        try await World.with(engine) { world in
            let id = try await Self.give(world, due: "03/03/2027")
            world.clock.set(Timestamp(day: Day.known(2027, 3, 3), hour: 17))
            #expect(try await world.day(of: World.leader).isEmpty, "its day is not over")
            world.clock.set(Timestamp(day: Day.known(2027, 3, 4), hour: 8))
            #expect(try await world.instruction(for: World.leader).status(on: world.clock.now.day) == .late)
            #expect(try await world.day(of: World.leader).items.map(\.kind) == [.instructionLate])
            #expect(try await world.day(of: World.officer).items.map(\.kind) == [.instruction])
            try await world.service.withdrawInstruction(id, "Đã có báo cáo khác", by: .init(viewer: World.leader))
            for viewer in [World.officer, World.leader] { #expect(try await world.day(of: viewer).isEmpty) }
            #expect(try await world.told(World.officer).map(\.kind) == ["instructions.ended"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what somebody asked whose account is locked waits for the other leaders of the agency`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            let leader = World.leader
            _ = try await world.store.write { connection in
                try connection.execute(
                    "INSERT INTO account (id, login, display_name, role, agency, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                    leader.account, leader.login, leader.name, leader.role.rawValue, leader.agency?.text, World.start)
            }
            let id = try await Self.give(world)
            try await world.service.answer(id, "Đã gặp 1", by: .init(viewer: World.officer))
            #expect(try await world.day(of: World.deputy).isEmpty)
            _ = try await world.store.write { connection in
                try connection.execute(
                    "UPDATE account SET disabled_at = ? WHERE id = ?", World.start, leader.account)
            }
            #expect(try await world.day(of: World.deputy).items.map(\.kind) == [.instructionAnswered])
            #expect(try await world.day(of: World.analyst).isEmpty)
            try await world.service.close(id, by: .init(viewer: World.deputy))
            #expect(try await world.day(of: World.deputy).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `leaders alone write lines, the unit alone answers, those who asked alone end them`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            let service = world.service
            await expectRefusal(.forbidden) {
                try await service.instruct("Làm ngay", to: nil, about: World.here, by: .init(viewer: World.analyst))
            }
            let id = try await Self.give(world)
            await expectRefusal(.forbidden) { try await service.answer(id, "Xong", by: .init(viewer: World.analyst)) }
            await expectRefusal(.notFound) { try await service.answer(id, "Xong", by: .init(viewer: World.neighbour)) }
            await expectRefusal(.forbidden) { try await service.close(id, by: .init(viewer: World.officer)) }
            await expectRefusal(.forbidden) {
                try await service.sendBack(id, "Làm tiếp", by: .init(viewer: World.leader))
            }
            await expectRefusal(.stale) {
                try await service.answer(id, "Xong", version: 5, by: .init(viewer: World.officer))
            }
            await expectRefusal(.invalid, field: "text") {
                try await service.answer(id, " ", by: .init(viewer: World.officer))
            }
            await expectRefusal(.notFound) { try await service.instruction(id, for: World.neighbour) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `words, unit and day of a line are checked`(engine: TestEngine) async throws {
        try await World.with(engine) { world in
            for (text, field) in [
                ("", "text"), ("Gọi 0912345678", "text"), (String(repeating: "a", count: 301), "text"),
            ] {
                await expectRefusal(.invalid, field: field) { try await Self.give(world, text) }
            }
            for due in ["31/02/2027", "28/02/2027", "05/03/2028", "mai"] {
                await expectRefusal(.invalid, field: "due") { try await Self.give(world, due: due) }
            }
            for unit in ["90002", "ubnd-tinh", "so-y-te"] {
                await expectRefusal(.invalid, field: "unit") { try await Self.give(world, to: unit) }
            }
            try await Self.give(world, "Hôm nay", to: "so-noi-vu", due: "01/03/2027")
            #expect(try await world.instruction(for: World.analyst).unit.text == "so-noi-vu")
            #expect(try await world.day(of: World.analyst).items.count == 1)
            let seen = try await world.service.instructions(for: World.officer, limit: 10)
            #expect(seen.isEmpty, "asked of another")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the list has those that press first, and is narrowed by unit, state and writer`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            let service = world.service
            let late = try await Self.give(world, "Sau", due: "10/03/2027")
            let first = try await Self.give(world, "Trước", due: "05/03/2027")
            let closed = try await Self.give(world, "Xong", to: "so-noi-vu")
            try await service.close(closed, "Đủ rồi", by: .init(viewer: World.leader))
            func ids(_ filter: InstructionFilter, _ viewer: Viewer) async throws -> [RecordID] {
                try await service.instructions(filter, for: viewer, limit: 10).map(\.id)
            }
            #expect(try await ids(.init(), World.analyst) == [first, late, closed])
            #expect(try await ids(.init(runningOnly: true), World.auditor) == [first, late])
            #expect(try await ids(.init(unit: try World.unit("so-noi-vu")), World.leader) == [closed])
            #expect(try await ids(.init(ownOnly: true), World.deputy) == [first, late, closed])
            #expect(try await ids(.init(ownOnly: true), World.analyst) == [])
            #expect(try await ids(.init(), World.officer) == [first, late])
            #expect(try await ids(.init(), World.neighbour) == [])
            #expect(try await ids(.init(), World.head) == [])
        }
    }
}
