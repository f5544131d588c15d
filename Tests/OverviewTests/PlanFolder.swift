import Access
import Database
import Figures
import Files
import Foundation
import Province
import Kernel
import Overview
import PlanText
import Targets
import Work

/// The plan folders the tests read, found from this file's place in the package.
enum PlanFolder {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let package = tests.deletingLastPathComponent().deletingLastPathComponent()
    static let haiPhong = package.appending(path: "plans/hai-phong-2030")
    static let anBien = tests.appending(path: "Fixtures/an-bien-2028")
    static let broken = tests.appending(path: "Fixtures/broken")

    static func bytes(_ file: URL) -> [UInt8]? { (try? Data(contentsOf: file)).map { Array($0) } }

    static func load(_ folder: URL) throws(DataFaults) -> PlanDefinition {
        try PlanLoader.load { name in bytes(folder.appending(path: name)) }
    }

    /// The tables of everything these tests touch.
    static let migrations =
        AccessMigrations.all + ProvinceMigrations.all + FilesMigrations.all + FiguresMigrations.all
        + WorkMigrations.all + TargetsMigrations.all

    /// Hải Phòng's plan and its work, read once for all tests.
    static let plan: Result<PlanDefinition, DataFaults> = {
        do throws(DataFaults) {
            return .success(try load(haiPhong))
        } catch {
            return .failure(error)
        }
    }()
    static let schedule: Result<[ScheduledInstance], DataFaults> = plan.map { Schedule.instances(of: $0) }
}

extension Day {
    /// A day the test knows the calendar has.
    static func known(_ year: Int, _ month: Int, _ day: Int) -> Day {
        guard let known = Day(year: year, month: month, day: day) else {
            preconditionFailure("no \(year)-\(month)-\(day)")
        }
        return known
    }
}

/// Pseudo-random numbers that are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
