import Access
import Database
import Figures
import Kernel
import Notices
import Overview
import PlanText
import ReportBoards
import Targets
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Boards over the small plan of An Biên, with figures of its three communes.
struct BoardWorld: Sendable {
    let counted: CountedWorld

    var store: any DataStore { counted.store }
    var boards: BoardService {
        BoardService(
            services: PlanServices(
                store: store, clock: counted.base.clock.ticking, definition: counted.plan, grants: StorageWorld.grants))
    }
    var notices: NoticeService {
        NoticeService(store: store, clock: counted.base.clock.ticking, areas: [.work, .boards])
    }

    static let span = Quarter(year: 2027, quarter: 2).flatMap { BoardSpan(.quarter, .quarter($0)) }

    static func with(
        _ engine: TestEngine, on day: Day = Day.known(2027, 7, 1), _ body: (BoardWorld) async throws -> Void
    ) async throws {
        try await CountedWorld.with(engine, on: day, synced: true, migrations: ReportBoardsMigrations.all) { counted in
            try await body(BoardWorld(counted: counted))
        }
    }

    private static func person(_ viewer: Viewer, _ number: Int, _ rights: Right...) throws -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: Int64(number))), login: viewer.login, name: viewer.name,
            role: viewer.role, rights: viewer.rights.union(rights), agency: viewer.agency, communes: viewer.communes)
    }

    static var analyst: Viewer {
        get throws { try person(StorageWorld.analyst, 1, .assembleReports, .readReportBoards, .writeReportParts) }
    }
    static var insurance: Viewer { get throws { try person(StorageWorld.insurance, 2, .writeReportParts) } }
    static var leader: Viewer { get throws { try person(StorageWorld.leader, 3, .readReportBoards) } }
    static var officer: Viewer { get throws { try person(StorageWorld.communes[0], 4, .writeReportParts) } }

    static func by(_ viewer: Viewer) -> Submission { Submission(viewer: viewer) }

    /// A board of the second quarter: due on 10/07, texts on 05/07.
    func open() async throws -> RecordID {
        try await boards.openBoard(try #require(Self.span), by: Self.by(try Self.analyst))
    }

    func part(_ unit: String, _ section: String, of board: RecordID) async throws -> BoardPart {
        let all = try await boards.board(board, for: try Self.analyst).parts
        return try #require(all.first { $0.unit.text == unit && $0.section == section })
    }

    func unread(_ viewer: Viewer) async throws -> [String] {
        try await notices.notices(unreadOnly: true, for: viewer).map(\.title)
    }
}

/// What a refusal was, by its kind; nil where nothing was refused.
func refusal(_ body: () async throws -> Void) async throws -> Refusal.Kind? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal.kind
    }
}
