import Access
import Figures
import Kernel
import PlanText
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

@testable import ReportBoards

/// What a report's figures are, and what becomes of them once they are locked.
@Suite
struct BoardFigureTests {
    @Test(arguments: TestEngine.allCases)
    func `locked figures stay what they were, and a later correction shows beside them`(engine: TestEngine) async throws
    {
        try await BoardWorld.with(engine) { world in
            try await world.counted.target("90001 1200 200", "90002 600 90", "90003 900 100")
            try await world.counted.take("90001 2026-12 800 100", "90002 2026-12 450 50", "90003 2026-12 700 80")
            try await world.counted.take("90001 2027-06 1000 200", "90002 2027-06 500 60", "90003 2027-06 700 80")
            // Of July: after the cut-off day, and no matter of the report.
            world.counted.base.go(to: Day.known(2027, 8, 5))
            try await world.counted.take("90001 2027-07 1010 205", "90002 2027-07 500 60", "90003 2027-07 700 80")
            let id = try await world.open()
            let analyst = BoardWorld.by(try BoardWorld.analyst)
            var head = try await world.boards.board(id, for: analyst.viewer).head
            let open = try await world.boards.figures(of: head, for: analyst.viewer)
            #expect(open.figures["total.now"]?.value == 2_540 && open.figures["voluntary.now"]?.value == 340)
            #expect(open.figures["compulsory.now"]?.value == 2_200)
            #expect(open.figures["communes.reached"]?.value == 1)
            #expect(open.figures["total.now"]?.day == Day.known(2027, 6, 30) && open.differences.isEmpty)
            #expect(open.figures["commune.90001.total"]?.value == 1_200)
            #expect(open.figures["commune.90001.total"]?.number == 0 && open.figures["total.now"]?.number ?? 0 > 0)

            try await world.boards.lock(id, version: head.version, by: analyst)
            #expect(try await refusal { try await world.boards.lock(id, by: analyst) } == .stale)
            head = try await world.boards.board(id, for: analyst.viewer).head
            #expect(head.lock?.cutoff == Day.known(2027, 6, 30))
            #expect(
                try await refusal {
                    try await world.boards.setDays(
                        of: id, cutoff: Day.known(2027, 5, 31), due: head.due, by: analyst)
                } == .invalid)

            try await world.counted.take("90002 2027-06 520 70", name: "sua.csv")
            let later = try await world.boards.figures(of: head, for: analyst.viewer)
            #expect(later.figures["total.now"]?.value == 2_540)
            #expect(later.figures["total.now"]?.number == open.figures["total.now"]?.number)
            let total = try #require(later.differences.first { $0.label == "Người tham gia BHXH" })
            #expect(total.lockedWords == "2.540" && total.nowWords == "2.570" && total.change == "+30")
            #expect(later.differences.contains { $0.label.contains("người tham gia BHXH tự nguyện") })

            #expect(
                try await refusal { try await world.boards.unlock(id, reason: "", by: analyst) } == .invalid)
            try await world.boards.unlock(id, reason: "BHXH sửa số tháng 6", version: head.version, by: analyst)
            let again = try await world.boards.board(id, for: analyst.viewer).head
            #expect(again.lock == nil)
            #expect(try await world.boards.figures(of: again, for: analyst.viewer).figures["total.now"]?.value == 2_570)
            #expect(
                try await world.counted.base.trail("report-board/") == [
                    "board.opened", "board.locked", "board.unlocked",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nothing is locked before its day or without figures, nor by others`(engine: TestEngine) async throws {
        try await BoardWorld.with(engine, on: Day.known(2027, 6, 20)) { world in
            let id = try await world.open()
            let analyst = BoardWorld.by(try BoardWorld.analyst)
            #expect(try await refusal { try await world.boards.lock(id, by: analyst) } == .invalid)
            world.counted.base.go(to: Day.known(2027, 7, 1))
            #expect(try await refusal { try await world.boards.lock(id, by: analyst) } == .invalid, "no figures")
            #expect(
                try await refusal { try await world.boards.lock(id, by: .init(viewer: try BoardWorld.insurance)) }
                    == .forbidden)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work counts as it stood at the cut-off day`(engine: TestEngine) async throws {
        try await BoardWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            try await world.counted.base.handIn("I.1/2027-03/90001")
            try await world.counted.work.decide(
                "I.1/2027-03/90001", accept: true, note: "", by: BoardWorld.by(StorageWorld.analyst))
            world.counted.base.go(to: Day.known(2027, 5, 2))
            try await world.counted.base.handIn("I.1/2027-03/90002")
            try await world.counted.work.decide(
                "I.1/2027-03/90002", accept: true, note: "", by: BoardWorld.by(StorageWorld.analyst))
            let analyst = try BoardWorld.analyst
            let first = try #require(Quarter(year: 2027, quarter: 1).flatMap { BoardSpan(.quarter, .quarter($0)) })
            let early = try await world.boards.count(first, to: first.last, for: analyst)
            #expect(early["work.I.due"]?.value == 3 && early["work.I.done"]?.value == 1)
            #expect(early["work.I.open"]?.value == 2 && early["work.I.late"]?.value == 0)
            let half = try #require(Quarter(year: 2027, quarter: 2).flatMap { BoardSpan(.halfYear, .quarter($0)) })
            let late = try await world.boards.count(half, to: half.last, for: analyst)
            #expect(late["work.I.done"]?.value == 2 && late["work.I.late"]?.value == 1)
            #expect(late["total.now"] == nil, "no figures are none, not zero")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a commune without the month counts with its latest one, of its own day`(engine: TestEngine) async throws {
        try await BoardWorld.with(engine) { world in
            try await world.counted.target("90001 1200 200", "90002 600 90", "90003 900 100")
            try await world.counted.take("90001 2026-12 800 100", "90002 2026-12 450 50", "90003 2026-12 700 80")
            try await world.counted.take("90001 2027-03 850 110", "90002 2027-03 460 50", "90003 2027-03 710 80")
            try await world.counted.take("90001 2027-06 900 120", "90002 2027-06 500 60")
            let span = try #require(BoardWorld.span)
            let figures = try await world.boards.count(span, to: span.last, for: try BoardWorld.analyst)
            let late = try #require(figures["commune.90003.total"])
            #expect(late.value == 790 && late.day == Day.known(2027, 3, 31) && late.source.hasSuffix("03/2027"))
            #expect(figures["commune.90002.total"]?.day == Day.known(2027, 6, 30))
            #expect(figures["communes.reported"]?.value == 2)
            let rows = ["90001", "90002", "90003"].compactMap { figures["commune.\($0).total"]?.value }
            #expect(figures["total.now"]?.value == rows.reduce(0, +))
            #expect(figures["total.before"]?.value == 2_260 && figures["total.before"]?.day == Day.known(2027, 3, 31))
            #expect(figures["total.needed"]?.day == Day.known(2027, 6, 30))
            #expect(!figures.all.contains { $0.source.contains(", lô ") })
        }
    }

    @Test
    func `where a figure came from is read back as it was written`() throws {
        let month = try #require(Month(year: 2027, month: 6))
        let commune = try #require(CommuneCode("90001"))
        let origins: [FigurePlace] = [
            .month(month), .targets(2027), .plan, .work(group: "II", year: 2027, accepted: true),
            .work(group: "I", year: 2028, accepted: false), .movements(month), .obstacles, .scores(month),
            .commune(commune),
        ]
        for origin in origins { #expect(FigurePlace(origin.text) == origin) }
        for text in ["", "month", "month/13", "work/II/x/all", "khac/1"] { #expect(FigurePlace(text) == nil) }
    }

    @Test
    func `shares are rounded once, in tenths, and written with a comma`() {
        #expect(BoardFigure.share(2_540, of: 2_700) == 941)
        #expect(BoardFigure.share(1, of: 3) == 333 && BoardFigure.share(2, of: 3) == 667)
        #expect(BoardFigure.share(1, of: 0) == nil && BoardFigure.share(nil, of: 3) == nil)
        #expect(BoardFigure.words(941, .percent) == "94,1" && BoardFigure.words(-5, .points) == "-0,5")
        #expect(BoardFigure.words(1_234_567, .dong) == "1.234.567")
    }

    @Test
    func `the plan dates its reports, a note is due ten days after its period`() throws {
        let plan = try PlanFolder.load(PlanFolder.haiPhong)
        let year = try #require(BoardSpan(.year, .year(2026)))
        let quarter = try #require(Quarter(year: 2026, quarter: 3).flatMap { BoardSpan(.quarter, .quarter($0)) })
        #expect(
            quarter.usualDays(in: plan)
                == .init(due: Day.known(2026, 10, 10), cutoff: Day.known(2026, 9, 30), textDue: Day.known(2026, 10, 5)))
        #expect(BoardKind.final.periods(in: plan) == [.years(2026, 2030)])
        #expect(BoardSpan(.year, .quarter(try #require(Quarter(year: 2026, quarter: 1)))) == nil)
        #expect(year.words == "năm 2026" && quarter.title == "Báo cáo quý III năm 2026")
    }
}
