public import Access
public import Database
public import Figures
public import Files
import Foundation
public import Kernel
public import PlanText
import Tabular
public import Targets
public import TestPlans
public import TestSupport
public import TestWork
import Testing
public import Work

/// The small plan of An Biên with rules of scoring, and figures of its three communes in the same store.
public struct CountedWorld: Sendable {
    public let base: StorageWorld
    public let figures: FigureService

    public var work: WorkService { base.work }
    public var amendments: PlanAmendmentService { base.amendments }
    public var obstacles: ObstacleService { base.obstacles }
    public var targets: TargetService { TargetService(store: store, clock: base.clock.ticking, plan: plan) }
    public var allocations: AllocationService { AllocationService(store: store, clock: base.clock.ticking, plan: plan) }
    public var groups: GroupService { GroupService(store: store, clock: base.clock.ticking, plan: plan) }
    public var plan: PlanDefinition { base.plan }
    public var store: any DataStore { base.store }

    /// The plan of An Biên with the rules of `scores.yaml` that Hải Phòng's has.
    public static func plan() throws -> PlanDefinition {
        try PlanLoader.load { name in
            PlanFolder.bytes((name == "scores.yaml" ? PlanFolder.haiPhong : PlanFolder.anBien).appending(path: name))
        }
    }

    /// - Parameters:
    ///   - synced: whether the plan's work is in the store already.
    ///   - migrations: tables of targets above, for tests of theirs.
    public static func with<T>(
        _ engine: TestEngine, on day: Day = Day.known(2027, 7, 10), plan given: PlanDefinition? = nil,
        synced: Bool = false, scored: Bool = true, migrations: [Migration] = [],
        _ body: (CountedWorld) async throws -> T
    ) async throws -> T {
        let plan = try given ?? (scored ? Self.plan() : PlanFolder.load(PlanFolder.anBien))
        return try await StorageWorld.with(
            engine, on: day, synced: synced, plan: plan,
            migrations: FiguresMigrations.all + TargetsMigrations.all + migrations
        ) { base in
            let figures = FigureService(
                store: base.store, clock: base.clock.ticking, directory: plan.communes, province: plan.province)
            return try await body(CountedWorld(base: base, figures: figures))
        }
    }

    public static let codes = ["90001", "90002", "90003"].compactMap { CommuneCode($0) }
    public static let analyst = Submission(viewer: StorageWorld.analyst)

    public static func month(_ text: String) -> Month { SampleProgress.month(text) }

    public static func file(_ lines: [String], name: String = "bang.csv") -> IncomingFile {
        IncomingFile(name: name, mediaType: "text/csv", bytes: Array(lines.joined(separator: "\n").utf8))
    }

    /// Takes figures: `90001 2026-12 900 100`, compulsory before voluntary.
    public func take(_ figures: String..., name: String = "so-lieu.csv") async throws {
        let rows = figures.map { $0.split(separator: " ") }.map { "\($0[1]);\($0[0]);\($0[2]);\($0[3])" }
        let file = Self.file(["Tháng;Mã xã;BHXH bắt buộc;BHXH tự nguyện"] + rows, name: name)
        let outcome = try await self.figures.importFile(file, acceptsJumps: true, by: .system)
        #expect(outcome.reading.errors.map(\.sentence) == [])
    }

    /// Loads targets of 2027: `90001 1200 200`, the total before its voluntary part.
    public func target(_ targets: String...) async throws {
        let rows = targets.map { $0.split(separator: " ").joined(separator: ";") }
        let load = try await self.targets.loadTargets(
            Self.file(["Mã xã;Tổng số;Tự nguyện"] + rows), year: 2027, document: "QĐ 1/QĐ-UBND", by: Self.analyst)
        #expect(load.errors.map(\.sentence) == [])
    }

    public func count(_ sql: String) async throws -> Int { try await base.count(sql) ?? 0 }
}
