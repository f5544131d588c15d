import Foundation
import Kernel
import PlanText
import TestPlans
import Testing

/// `scores.yaml`: what it says is read, and what it says wrong is told at its key and line.
@Suite
struct ScoringRulesTests {
    static let text = """
        note: "Đề xuất, chưa phải quy định"
        commune_weights: {total: 40, voluntary: 30, tasks: 20, freshness: 10}
        agency_weights: {tasks: 70, freshness: 30}
        rules:
          least_known_percent: 45
          progress_ceiling: 130
          least_demand_percent: 2
          on_time_points: 90
          late_points: 50
          fresh_days: 30
          stale_days: 90
        levels: {far_behind: -40, behind: -5, ahead: 5, far_ahead: 40}
        similar:
          population: [20000, 40000, 60000]
          enterprise_percent: [50, 70]
        """

    static func load(_ scores: String?) throws -> PlanDefinition {
        try PlanLoader.load { name in
            name == "scores.yaml"
                ? scores.map { Array($0.utf8) } : PlanFolder.bytes(PlanFolder.anBien.appending(path: name))
        }
    }

    static func faults(_ scores: String) throws -> [DataFault] {
        let error = #expect(throws: DataFaults.self) { try load(scores) }
        return try #require(error).faults
    }

    @Test
    func `every number of the file is read`() throws {
        let rules = try #require(try Self.load(Self.text).scoring)
        #expect(rules.note == "Đề xuất, chưa phải quy định")
        #expect(rules.communeWeights == [.total: 40, .voluntary: 30, .tasks: 20, .freshness: 10])
        #expect(rules.agencyWeights == [.tasks: 70, .freshness: 30])
        #expect(rules.leastKnownPercent == 45 && rules.progressCeiling == 130 && rules.leastDemandPercent == 2)
        #expect(rules.onTimePoints == 90 && rules.latePoints == 50)
        #expect(rules.freshDays == 30 && rules.staleDays == 90)
        let levels: [Double] = [rules.farBehind, rules.behind, rules.ahead, rules.farAhead]
        #expect(levels == [-40, -5, 5, 40] as [Double])
        #expect(rules.populationBounds == [20_000, 40_000, 60_000])
        #expect(rules.enterpriseBounds == [50, 70])
    }

    @Test
    func `a plan without the file has no scores, one with weights alone the standard rules`() throws {
        #expect(try Self.load(nil).scoring == nil)
        let weights = """
            commune_weights: {total: 35, voluntary: 25, tasks: 25, freshness: 15}
            agency_weights: {tasks: 75, freshness: 25}
            """
        #expect(try Self.load(weights).scoring == .standard)
    }

    @Test
    func `the plan of Hải Phòng has the standard rules and says that they are a proposal`() throws {
        let rules = try #require(try PlanFolder.plan.get().scoring)
        #expect(rules.note.contains("chưa phải quy định"))
        var plain = rules
        plain.note = ""
        #expect(plain == .standard)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let right: String
        let wrong: String
        let line: Int
        /// What the message must name.
        let key: String

        init(_ right: String, _ wrong: String, _ line: Int, _ key: String) {
            (self.right, self.wrong, self.line, self.key) = (right, wrong, line, key)
        }

        var testDescription: String { wrong }
    }

    static let mistakes = [
        Mistake("total: 40", "total: nhiều", 2, "total"), Mistake("voluntary: 30", "voluntary: -1", 2, "voluntary"),
        Mistake("{total: 40, voluntary: 30, tasks: 20, freshness: 10}", "{total: 0}", 2, "commune_weights"),
        Mistake("{tasks: 70, freshness: 30}", "{total: 5}", 3, "agency_weights"),
        Mistake("freshness: 30", "freshness: 1001", 3, "freshness"),
        Mistake("least_known_percent: 45", "least_known_percent: 101", 5, "least_known_percent"),
        Mistake("progress_ceiling: 130", "progress_ceiling: 99", 6, "progress_ceiling"),
        Mistake("least_demand_percent: 2", "least_demand_percent: 0", 7, "least_demand_percent"),
        Mistake("on_time_points: 90", "on_time_points: 101", 8, "on_time_points"),
        Mistake("late_points: 50", "late_points: nửa", 9, "late_points"),
        Mistake("late_points: 50", "late_points: nan", 9, "late_points"),
        Mistake("fresh_days: 30", "fresh_days: 0", 10, "fresh_days"),
        Mistake("stale_days: 90", "stale_days: 1", 11, "stale_days"),
        Mistake("ahead: 5,", "ahead: mười,", 12, "ahead"),
        Mistake("far_behind: -40", "far_behind: 0", 12, "far_behind"),
        Mistake("far_ahead: 40", "far_ahead: 5", 12, "far_ahead"),
        Mistake("[20000, 40000, 60000]", "[40000, 20000]", 14, "population"),
        Mistake("[20000, 40000, 60000]", "[20000, 20000]", 14, "population"),
        Mistake("[20000, 40000, 60000]", "[20000, nhiều]", 14, "population"),
        Mistake("[20000, 40000, 60000]", "20000", 14, "population"),
        Mistake("[20000, 40000, 60000]", "[-1, 20000]", 14, "population"),
        Mistake("[50, 70]", "[70, 50]", 15, "enterprise_percent"),
        Mistake("[50, 70]", "[50, x]", 15, "enterprise_percent"),
    ]

    @Test(arguments: mistakes)
    func `a wrong value is told at its line with its key`(mistake: Mistake) throws {
        try #require(Self.text.components(separatedBy: mistake.right).count == 2)
        let faults = try Self.faults(Self.text.replacingOccurrences(of: mistake.right, with: mistake.wrong))
        #expect(faults.allSatisfy { $0.file == "scores.yaml" })
        #expect(
            faults.contains { $0.line == mistake.line && $0.reason.contains(mistake.key) },
            "\(faults.map(\.description))")
        for fault in faults { #expect(BrokenPlanTests.isVietnamese(fault.reason), "\(fault)") }
    }

    /// Numbers no integer holds: they must be told, not end the program.
    @Test(arguments: ["[20000, 1e300]", "[20000, inf]", "[nan]"])
    func `a bound beyond all numbers is told`(bounds: String) throws {
        let faults = try Self.faults(Self.text.replacingOccurrences(of: "[20000, 40000, 60000]", with: bounds))
        #expect(faults.contains { $0.line == 14 && $0.reason.contains("population") })
    }

    @Test
    func `days that contradict each other are told together`() throws {
        let faults = try Self.faults(Self.text.replacingOccurrences(of: "stale_days: 90", with: "stale_days: 30"))
        #expect(faults.count == 1)
        #expect(faults.first?.reason.contains("stale_days") == true)
        #expect(faults.first?.reason.contains("fresh_days") == true)
        #expect((4...11).contains(faults.first?.line ?? 0))
    }

    @Test
    func `missing weights are told`() throws {
        let faults = try Self.faults("note: \"x\"\n")
        #expect(faults.map(\.reason).filter { $0.contains("commune_weights") }.count == 1)
        #expect(faults.map(\.reason).filter { $0.contains("agency_weights") }.count == 1)
    }

    @Test
    func `several mistakes are told together, and broken YAML at its line`() throws {
        let two = Self.text.replacingOccurrences(of: "fresh_days: 30", with: "fresh_days: x")
            .replacingOccurrences(of: "total: 40", with: "total: y")
        #expect(try Self.faults(two).map(\.line) == [2, 10])
        let broken = try Self.faults(
            Self.text.replacingOccurrences(of: "{tasks: 70, freshness: 30}", with: "{tasks: 70"))
        #expect(broken.count == 1)
        #expect(broken.first?.reason.contains("YAML") == true)
    }
}
