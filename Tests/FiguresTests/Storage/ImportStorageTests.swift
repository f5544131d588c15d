import Access
import Database
import Figures
import Files
import Kernel
import Tabular
import TestSupport
import Testing

/// Figures taken, corrected and undone.
@Suite
struct ImportStorageTests {
    @Test(arguments: TestEngine.allCases)
    func `a file's figures hold with their source, batch and file`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let outcome = try await world.take("09/2026", "10507;100;10", "10525;200;20", "99999;1;1", "11443;N/A;5")
            #expect(outcome.batch == 1)
            #expect([outcome.added, outcome.changed, outcome.unchanged] == [4, 0, 0])
            #expect(outcome.reading.errors.count == 2)
            #expect(
                try await world.holding() == [
                    "10507 2026-09 compulsory 100 @1", "10507 2026-09 voluntary 10 @1",
                    "10525 2026-09 compulsory 200 @1", "10525 2026-09 voluntary 20 @1",
                ])
            let batch = try await world.service.batch(1, for: FiguresWorld.analyst)
            let lines = try await world.service.lines(ofBatch: 1, limit: 9, for: FiguresWorld.analyst).lines
            #expect(batch.kind == .file)
            #expect(batch.fileName == "so lieu.csv")
            #expect(batch.source == "BHXH thành phố")
            #expect(batch.actorName == FiguresWorld.insurance.name)
            #expect([batch.acceptedRows, batch.rejectedRows, batch.figures] == [2, 2, 4])
            #expect(batch.monthsTitle == "09/2026")
            #expect(batch.withdrawnAt == nil)
            #expect(lines.map(\.people) == [100, 10, 200, 20])
            #expect(lines.allSatisfy { $0.earlier == nil })
            let file = try #require(batch.file)
            let content = try await world.store.read { try StoredFiles.content(of: file, on: $0) }
            let sent = try FiguresWorld.file("09/2026", ["10507;100;10", "10525;200;20", "99999;1;1", "11443;N/A;5"])
                .bytes()
            #expect(content == sent)
            #expect(try await world.trail() == ["figures.imported"])
            let figures = try await world.service.figures(of: .known(2026, 9), for: FiguresWorld.commune)
            #expect(figures.map(\.people) == [100, 10, 200, 20])
            #expect(figures.first?.cutoff == .known(2026, 9, 30))
            #expect(figures.first?.source == "BHXH thành phố")
            #expect(figures.first?.isContested == false)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same file again changes nothing at all`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            let before = try await world.footprint()
            let again = try await world.take("09/2026", "10525;200;20", "10507;100;10", name: "lần 2.csv")
            #expect(again.batch == nil)
            #expect([again.added, again.changed, again.unchanged] == [0, 0, 4])
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file sent again does not undo what was corrected since, and says whose batch it was`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let first = ["10507;100;10", "10525;200;20"]
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            let correction = try await world.take("09/2026", "10507;120;10")
            let replaced = try #require(correction.replaced.first)
            #expect(correction.replaced.count == 1)
            #expect("\(replaced.commune) \(replaced.month) \(replaced.scheme)" == "10507 2026-09 compulsory")
            #expect([replaced.before, replaced.after] == [100, 120])
            #expect(correction.sameFile == nil)
            let file = FiguresWorld.file("09/2026", first)
            let preview = try await world.service.preview(file)
            #expect(preview.sameFile == 1)
            #expect([preview.added, preview.changed, preview.unchanged] == [0, 0, 4])
            let again = try await world.take("09/2026", "10507;100;10", "10525;200;20")
            #expect(again.batch == nil)
            #expect(try await world.holding().first == "10507 2026-09 compulsory 120 @2")
            // Withdrawn, the first file may be taken anew.
            try await world.service.withdraw(batch: 1, reason: "Nhầm", by: Submission(viewer: FiguresWorld.analyst))
            let anew = try await world.take("09/2026", "10507;100;10", "10525;200;20")
            #expect(anew.batch == 3)
            #expect(anew.changed == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `looking at a file keeps nothing`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            let before = try await world.footprint()
            let file = FiguresWorld.file("09/2026", ["10507;110;10", "10525;200;20"])
            let preview = try await world.service.preview(file)
            #expect(preview.batch == nil)
            #expect([preview.added, preview.changed, preview.unchanged] == [2, 1, 1])
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a corrected month replaces what differs and the history keeps both`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            let outcome = try await world.take("09/2026", "10507;110;10", "10525;200;20")
            #expect(outcome.batch == 2)
            #expect([outcome.added, outcome.changed, outcome.unchanged] == [0, 1, 3])
            #expect(try await world.holding().first == "10507 2026-09 compulsory 110 @2")
            // The batch states what it confirms, too: it stands behind all of its file.
            #expect(try await world.count("SELECT COUNT(*) FROM figure_entry WHERE batch = 2") == 4)
            let history = try await world.service.history(
                of: .known("10507"), .compulsory, .known(2026, 9), for: FiguresWorld.commune)
            #expect(history.map(\.people) == [110, 100])
            #expect(history.map(\.holds) == [true, false])
            #expect(history.map(\.batch.number) == [2, 1])
            let batch = try await world.service.batch(2, for: FiguresWorld.analyst)
            let lines = try await world.service.lines(ofBatch: 2, limit: 9, for: FiguresWorld.analyst).lines
            #expect([batch.figures, batch.changed] == [4, 1])
            #expect(lines.map(\.people) == [110, 10, 200, 20])
            #expect(lines.map(\.earlier) == [100, 10, 200, 20])
            #expect(try await world.service.batches(limit: 10, for: FiguresWorld.analyst).map(\.number) == [2, 1])
            #expect(
                try await world.service.batches(limit: 1, before: 2, for: FiguresWorld.analyst).map(\.number) == [1])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `blocks hold with their figure and go with it`(engine: TestEngine) async throws {
        func file(_ first: Int) -> IncomingFile {
            let text = """
                Tháng 09/2026
                Mã xã;DN nhà nước;DN FDI;Khác;BHXH bắt buộc;BHXH tự nguyện
                10507;\(first);\(20 - first);5;100;10
                """
            return IncomingFile(name: "khối.csv", mediaType: "text/csv", bytes: Array(text.utf8))
        }
        func blocks(_ world: FiguresWorld) async throws -> [Int?] {
            let people = try await world.store.read { try FigureService.blocks(of: .known(2026, 9), on: $0).people }
            return [people[.stateEnterprise], people[.foreignEnterprise], people[.other]]
        }
        try await FiguresWorld.with(engine) { world in
            _ = try await world.service.importFile(file(10), by: .commandLine)
            #expect(try await blocks(world) == [10, 10, 5])
            // The sum is the same, the blocks are not: that is a change.
            let moved = try await world.service.importFile(file(12), by: .commandLine)
            #expect(moved.batch == 2)
            #expect([moved.changed, moved.unchanged] == [1, 1])
            #expect(try await blocks(world) == [12, 8, 5])
            let shares = try await world.store.read {
                try FigureService.enterpriseShares(until: .known(2026, 10), on: $0)
            }
            #expect(shares == [CommuneCode.known("10507"): 0.8])
            // A file without blocks says nothing against them.
            #expect(try await world.take("09/2026", "10507;100;10").batch == nil)
            #expect(try await blocks(world) == [12, 8, 5])
            try await world.service.withdraw(batch: 2, reason: "nhầm", by: .init(viewer: FiguresWorld.insurance))
            #expect(try await blocks(world) == [10, 10, 5])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `months are summed by scheme`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("08/2026", "10507;90;9")
            try await world.take("09/2026", "10507;100;10", "10525;200;20")
            let months = try await world.service.months(for: FiguresWorld.commune)
            #expect(months.map(\.month) == [.known(2026, 9), .known(2026, 8)])
            #expect(months.first?.people == [.compulsory: 300, .voluntary: 30])
            #expect(months.first?.communes == [.compulsory: 2, .voluntary: 2])
            #expect(months.first?.lastBatch == 2)
            let own = try await world.service.figures(of: .known("10507"), for: FiguresWorld.neighbour)
            #expect(own.map(\.people) == [90, 9, 100, 10])
            let series = try await world.store.read { try FigureService.series(on: $0) }
            #expect(series.months == [.known(2026, 8), .known(2026, 9)])
            #expect(series.total(.known("10507"), .known(2026, 9)) == 110)
            #expect(series.total(.known("10525"), .known(2026, 8)) == nil)
            #expect(series[.known("10525"), .voluntary, .known(2026, 9)] == 20)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `figures are compared with the stored months before`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("08/2026", "10507;9540;900", "10525;200;20")
            let held = try await world.take("09/2026", "10507;954;900", "10525;210;21")
            #expect(held.reading.errorPlaces == ["4B"])
            #expect(held.added == 2)
            let file = FiguresWorld.file("09/2026", ["10507;954;900", "10525;210;21"])
            let taken = try await world.service.importFile(file, acceptsJumps: true, by: .commandLine)
            #expect(taken.reading.errors.isEmpty)
            #expect([taken.added, taken.unchanged] == [2, 2])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file without its year is not taken over a month that is known`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let text = "Mã xã;BHXH bắt buộc;BHXH tự nguyện\n10507;100;10\n"
            let file = IncomingFile(name: "so-lieu-06.csv", mediaType: "text/csv", bytes: Array(text.utf8))
            #expect(try await world.service.importFile(file, by: .commandLine).batch == 1)
            let before = try await world.footprint()
            await #expect(throws: FigureFileError.self) { try await world.service.importFile(file, by: .commandLine) }
            #expect(try await world.footprint() == before)
            #expect(try await world.service.importFile(file, month: .known(2025, 6), by: .commandLine).batch == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that cannot be read leaves nothing`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let before = try await world.footprint()
            for (text, isTable) in [("%PDF-1.7", false), ("a;b\n1;2\n", true)] {
                let file = IncomingFile(name: "x.csv", mediaType: "text/csv", bytes: Array(text.utf8))
                do {
                    _ = try await world.service.importFile(file, by: .commandLine)
                    Issue.record("\(text) was taken")
                } catch {
                    #expect(isTable ? error is FigureFileError : error is TableFileError)
                }
            }
            #expect(try await world.footprint() == before)
        }
    }
}
