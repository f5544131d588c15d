import Tabular
import Access
import Database
import Figures
import Files
import Foundation
import Kernel
import Overview
import PlanText
import Targets
import Work
import TestSupport
import Testing

/// The small plan of An Biên with rules of scoring, and figures of its three communes in the same store.
struct CountedWorld: Sendable {
    let base: StorageWorld
    let figures: FigureService

    var work: WorkService { base.work }
    var amendments: PlanAmendmentService { base.amendments }
    var obstacles: ObstacleService { base.obstacles }
    var targets: TargetService { base.targets }
    var allocations: AllocationService { base.allocations }
    var groups: GroupService { base.groups }
    var overview: OverviewService { base.overview }
    var plan: PlanDefinition { base.plan }
    var store: any DataStore { base.store }

    /// The plan of An Biên with the rules of `scores.yaml` that Hải Phòng's has.
    static func plan() throws -> PlanDefinition {
        try PlanLoader.load { name in
            PlanFolder.bytes((name == "scores.yaml" ? PlanFolder.haiPhong : PlanFolder.anBien).appending(path: name))
        }
    }

    /// - Parameter synced: whether the plan's work is in the store already.
    static func with<T>(
        _ engine: TestEngine, on day: Day = Day.known(2027, 7, 10), synced: Bool = false, scored: Bool = true,
        _ body: (CountedWorld) async throws -> T
    ) async throws -> T {
        let plan = try scored ? Self.plan() : PlanFolder.load(PlanFolder.anBien)
        return try await StorageWorld.with(engine, on: day, synced: synced, plan: plan) { base in
            let figures = FigureService(
                store: base.store, clock: base.clock.ticking, directory: plan.communes, province: plan.province)
            return try await body(CountedWorld(base: base, figures: figures))
        }
    }

    static let codes = ["90001", "90002", "90003"].compactMap { CommuneCode($0) }
    static let analyst = Submission(viewer: StorageWorld.analyst)

    static func month(_ text: String) -> Month { MeasureProgressTests.month(text) }

    static func file(_ lines: [String], name: String = "bang.csv") -> IncomingFile {
        IncomingFile(name: name, mediaType: "text/csv", bytes: Array(lines.joined(separator: "\n").utf8))
    }

    /// Takes figures: `90001 2026-12 900 100`, compulsory before voluntary.
    func take(_ figures: String..., name: String = "so-lieu.csv") async throws {
        let rows = figures.map { $0.split(separator: " ") }.map { "\($0[1]);\($0[0]);\($0[2]);\($0[3])" }
        let file = Self.file(["Tháng;Mã xã;BHXH bắt buộc;BHXH tự nguyện"] + rows, name: name)
        let outcome = try await self.figures.importFile(file, acceptsJumps: true, by: .system)
        #expect(outcome.reading.errors.map(\.sentence) == [])
    }

    /// Loads targets of 2027: `90001 1200 200`, the total before its voluntary part.
    func target(_ targets: String...) async throws {
        let rows = targets.map { $0.split(separator: " ").joined(separator: ";") }
        let load = try await base.targets.loadTargets(
            Self.file(["Mã xã;Tổng số;Tự nguyện"] + rows), year: 2027, document: "QĐ 1/QĐ-UBND", by: Self.analyst)
        #expect(load.errors.map(\.sentence) == [])
    }

    func count(_ sql: String) async throws -> Int { try await base.count(sql) ?? 0 }
}
