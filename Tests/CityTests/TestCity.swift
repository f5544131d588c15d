import City
import Foundation
import Kernel
import Province
import Tabular
import Testing

/// A small city in the plan's own communes, made once for all tests.
enum TestCity {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let places: [CityPlace] = {
        let folder = root.appendingPathComponent("plans/hai-phong-2030")
        let province = ProvinceFolder.load { name in
            (try? Data(contentsOf: folder.appendingPathComponent(name))).map { [UInt8]($0) }
        }
        let directory = province.communes ?? CommuneDirectory([])
        let former = Dictionary(grouping: directory.oldUnits, by: \.successor)
        return directory.communes.map { commune in
            CityPlace(
                code: commune.code, name: commune.name, kind: CityPlace.Kind(rawValue: commune.kind.rawValue) ?? .rural,
                district: commune.formerDistrict, people: commune.population, area: commune.mappedArea,
                former: (former[commune.code] ?? []).map {
                    CityPlace.Former(name: $0.name, district: $0.district, province: $0.province)
                })
        }
    }()

    /// Rates of no law, easy to reckon with.
    static let law = CityLaw(
        sickness: 3, retirement: 20, accident: 1, health: 4, unemployment: 2, employee: 10, voluntary: 20,
        voluntaryFloor: 1_000_000, voluntaryStep: 50_000, support: 20, islandSupport: 50, least: 2_000_000)

    static func plan(scale: Double, seed: UInt64) throws -> CityPlan {
        try CityPlan(
            scale: scale, seed: seed, lastMonth: try #require(Month("2026-09")), places: places, law: law)
    }

    /// A folder that is not there yet.
    static func path() -> String { NSTemporaryDirectory() + "city-\(UUID().uuidString)" }

    struct Made: Sendable {
        let path: String
        let outcome: CityFolder.Outcome

        /// The rows of a file of the truth, by their headings.
        func truth(_ name: String) throws -> [[String: String]] {
            let text = try String(contentsOfFile: "\(path)/truth/\(name).csv", encoding: .utf8)
            let lines = text.split(separator: "\n")
            let head = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return lines.dropFirst().map { line in
                let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                return Dictionary(zip(head, cells), uniquingKeysWith: { first, _ in first })
            }
        }

        var lists: [CityFolder.Outcome.File] { outcome.files.filter { !$0.name.hasPrefix("truth/") } }
    }

    static let made = Task {
        let path = Self.path()
        let outcome = try await CityFolder(plan(scale: 0.002, seed: 7)).write(to: path, workers: 2) { _, _, _ in }
        return Made(path: path, outcome: outcome)
    }
}
