import Access
import Kernel
import PlanText
import ReportBoards
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing

/// Who writes what, and what becomes of it, on both engines.
@Suite
struct BoardTextTests {
    @Test(arguments: TestEngine.allCases)
    func `a board opens once, with the plan's objectives and groups, and asks those who lead`(engine: TestEngine)
        async throws
    {
        try await BoardWorld.with(engine) { world in
            let analyst = try BoardWorld.analyst
            let id = try await world.open()
            let board = try await world.boards.board(id, for: analyst)
            #expect(
                board.sections.map(\.section.code) == [
                    "muc-tieu-1", "nhom-I", "nhom-II", "ton-tai", "thoi-gian-toi", "kien-nghi",
                ])
            #expect(try board.section("nhom-II").parts.map(\.unit.text) == ["bhxh-tinh"])
            #expect(Set(try board.section("nhom-I").parts.map(\.unit.text)) == ["so-noi-vu", "bhxh-tinh"])
            #expect(board.head.due == Day.known(2027, 7, 10) && board.head.cutoff == Day.known(2027, 6, 30))
            #expect(board.parts.allSatisfy { $0.due == Day.known(2027, 7, 5) && $0.state == .asked })
            #expect(try await refusal { _ = try await world.open() } == .invalid)
            #expect(try await world.boards.openable(.quarter, for: analyst).count == 7)
            let span = try #require(BoardWorld.span)
            for viewer in [try BoardWorld.insurance, try BoardWorld.leader] {
                #expect(
                    try await refusal { _ = try await world.boards.openBoard(span, by: .init(viewer: viewer)) }
                        == .forbidden)
            }
            let told = try await world.unread(try BoardWorld.insurance)
            #expect(told == ["Đề nghị đơn vị viết phần của mình: Báo cáo quý II năm 2027"])
            #expect(try await world.unread(try BoardWorld.officer).isEmpty)
            #expect(try await world.counted.base.trail("report-board/") == ["board.opened"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an agency sees and writes its own parts alone, a leader reads all, others nothing`(engine: TestEngine)
        async throws
    {
        try await BoardWorld.with(engine) { world in
            let id = try await world.open()
            let insurance = try BoardWorld.insurance
            let seen = try await world.boards.board(id, for: insurance)
            #expect(seen.sections.map(\.section.code) == ["muc-tieu-1", "nhom-I", "nhom-II", "ton-tai", "kien-nghi"])
            #expect(Set(seen.parts.map(\.unit.text)) == ["bhxh-tinh"])
            #expect(try await world.boards.boards(for: insurance).map(\.parts) == [5])
            let leader = try BoardWorld.leader
            #expect(try await world.boards.board(id, for: leader).sections.count == 6)
            let own = try await world.part("so-noi-vu", "nhom-I", of: id)
            for viewer in [insurance, try BoardWorld.officer] {
                #expect(
                    try await refusal {
                        try await world.boards.write(own.id, "Chữ", handsIn: true, by: .init(viewer: viewer))
                    } == .notFound)
            }
            #expect(
                try await refusal {
                    try await world.boards.write(own.id, "Chữ", handsIn: true, by: .init(viewer: leader))
                } == .forbidden)
            for viewer in [try BoardWorld.officer, StorageWorld.auditor] {
                #expect(try await world.boards.boards(for: viewer).isEmpty)
                #expect(try await refusal { _ = try await world.boards.board(id, for: viewer) } == .notFound)
            }
            // Asked, a commune sees the one section.
            let board = try await world.boards.board(id, for: try BoardWorld.analyst)
            let commune = try #require(UnitCode("90001"))
            try await world.boards.ask(
                commune, for: "nhom-II", of: id, by: Day.known(2027, 7, 8), version: board.head.version,
                submission: BoardWorld.by(try BoardWorld.analyst))
            let mine = try await world.boards.board(id, for: try BoardWorld.officer)
            #expect(mine.sections.map(\.section.code) == ["nhom-II"] && mine.parts.map(\.unit) == [commune])
            #expect(try await world.unread(try BoardWorld.officer).count == 1)
            // The page that was looked at before is old now.
            #expect(
                try await refusal {
                    try await world.boards.ask(
                        commune, for: "nhom-I", of: id, by: Day.known(2027, 7, 8), version: board.head.version,
                        submission: BoardWorld.by(try BoardWorld.analyst))
                } == .stale)
            let part = try await world.part("90001", "nhom-II", of: id)
            try await world.boards.release(part.id, version: part.version, by: BoardWorld.by(try BoardWorld.analyst))
            #expect(try await world.boards.boards(for: try BoardWorld.officer).isEmpty)
            #expect(try await world.unread(try BoardWorld.officer).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `every version of a text is kept, and one that somebody changed meanwhile is not written over`(
        engine: TestEngine
    ) async throws {
        try await BoardWorld.with(engine) { world in
            let id = try await world.open()
            let (analyst, insurance) = (BoardWorld.by(try BoardWorld.analyst), BoardWorld.by(try BoardWorld.insurance))
            let first = try await world.part("bhxh-tinh", "nhom-II", of: id)
            #expect(
                try await refusal { try await world.boards.write(first.id, "  \n ", handsIn: false, by: insurance) }
                    == .invalid)
            try await world.boards.write(
                first.id, "Đã  vận động.\n\n Còn thiếu.", handsIn: false, version: first.version, by: insurance)
            #expect(try await world.part("bhxh-tinh", "nhom-II", of: id).text?.text == "Đã vận động.\nCòn thiếu.")
            #expect(
                try await refusal {
                    try await world.boards.write(first.id, "Khác", handsIn: true, version: first.version, by: insurance)
                } == .stale)
            #expect(
                try await refusal { try await world.boards.giveBack(first.id, reason: "Thiếu", by: analyst) } == .stale)
            try await world.boards.write(first.id, "Đã vận động 500 người.", handsIn: true, by: insurance)
            let sent = try await world.part("bhxh-tinh", "nhom-II", of: id)
            #expect(sent.state == .handedIn && sent.text?.number == 2)
            #expect(try await world.unread(analyst.viewer).last == "BHXH tỉnh đã gửi phần báo cáo")
            #expect(
                try await refusal { try await world.boards.giveBack(sent.id, reason: " ", by: analyst) } == .invalid)
            try await world.boards.giveBack(sent.id, reason: "Thiếu so sánh", version: sent.version, by: analyst)
            try await world.boards.comment(sent.id, "Sẽ bổ sung", by: insurance)
            let (texts, remarks) = try await world.boards.history(of: sent.id, for: insurance.viewer)
            #expect(texts.map(\.number) == [2, 1] && texts.map(\.author) == ["Người insurance", "Người insurance"])
            #expect(remarks.map(\.kind) == [.handedIn, .returned, .comment])
            #expect(remarks.map(\.text) == ["", "Thiếu so sánh", "Sẽ bổ sung"])
            func isTold() async throws -> Bool {
                try await world.unread(insurance.viewer).contains { $0.hasPrefix("Phần báo cáo của đơn vị bị trả lại") }
            }
            #expect(try await isTold())
            try await world.boards.write(sent.id, "Đã vận động 500 người, hơn 100.", handsIn: true, by: insurance)
            #expect(try await !isTold(), "handed in again, it asks for nothing more")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `those whose texts are missing are reminded, and told when their day comes and has passed`(engine: TestEngine)
        async throws
    {
        try await BoardWorld.with(engine) { world in
            let id = try await world.open()
            let analyst = BoardWorld.by(try BoardWorld.analyst)
            #expect(try await world.boards.remind(id, by: analyst) == 2)
            #expect(
                try await world.unread(try BoardWorld.insurance).contains(
                    "Nhắc gửi phần báo cáo: Báo cáo quý II năm 2027"))
            let insurance = BoardWorld.by(try BoardWorld.insurance)
            for part in try await world.boards.board(id, for: insurance.viewer).parts {
                try await world.boards.write(part.id, "Đã làm.", handsIn: true, by: insurance)
            }
            // Who owes nothing more is told nothing more.
            #expect(try await world.unread(insurance.viewer).isEmpty)
            #expect(try await world.boards.remind(id, by: analyst) == 1)
            #expect(try await refusal { try await world.boards.remind(id, by: insurance) } == .forbidden)
        }
    }
}
