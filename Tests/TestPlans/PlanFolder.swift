public import Foundation
public import Kernel
public import PlanText

/// The plan folders that tests read, found from this file's place in the package.
public enum PlanFolder {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    public static let package = tests.deletingLastPathComponent().deletingLastPathComponent()
    public static let haiPhong = package.appending(path: "plans/hai-phong-2030")
    /// Five tasks, three communes: an invented province.
    public static let anBien = tests.appending(path: "Fixtures/an-bien-2028")
    public static let broken = tests.appending(path: "Fixtures/broken")

    public static func bytes(_ file: URL) -> [UInt8]? { (try? Data(contentsOf: file)).map { Array($0) } }

    public static func load(_ folder: URL) throws(DataFaults) -> PlanDefinition {
        try PlanLoader.load { name in bytes(folder.appending(path: name)) }
    }

    /// Hải Phòng's plan and its work, read once for all tests.
    public static let plan: Result<PlanDefinition, DataFaults> = {
        do throws(DataFaults) {
            return .success(try load(haiPhong))
        } catch {
            return .failure(error)
        }
    }()
    public static let schedule: Result<[ScheduledInstance], DataFaults> = plan.map { Schedule.instances(of: $0) }
}

extension Day {
    /// A day the test knows the calendar has.
    public static func known(_ year: Int, _ month: Int, _ day: Int) -> Day {
        guard let known = Day(year: year, month: month, day: day) else {
            preconditionFailure("no \(year)-\(month)-\(day)")
        }
        return known
    }
}
