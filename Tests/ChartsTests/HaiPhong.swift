import Foundation

@testable import Charts

/// The 114 communes of Hải Phòng, from the files of its plan.
enum HaiPhong {
    /// Far out in the gulf.
    static let farIsland = "11948"

    static let areas: [Cartogram.Area] = rows(of: "communes.csv").compactMap { row in
        guard let id = row["code"], let latitude = row["centroid_lat"].flatMap({ Double($0) }),
            let longitude = row["centroid_lon"].flatMap({ Double($0) })
        else { return nil }
        let area = row["area_km2_polygon"].flatMap { Double($0) }
        return Cartogram.Area(id: id, latitude: latitude, longitude: longitude, squareKilometres: area)
    }

    static let names: [String: String] = {
        var names: [String: String] = [:]
        for row in rows(of: "communes.csv") {
            if let id = row["code"], let name = row["name"] { names[id] = name }
        }
        return names
    }()

    static let neighbours: [(String, String)] = rows(of: "adjacency.csv").compactMap { row in
        guard let first = row["code_a"], let second = row["code_b"] else { return nil }
        return (first, second)
    }

    /// Computed once for all tests.
    static let map = Cartogram(areas: areas, neighbours: neighbours)

    /// The lines of a file by their columns; none when there is no such file. No field that is read here is quoted.
    private static func rows(of file: String) -> [[String: String]] {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let address = package.appending(path: "plans/hai-phong-2030/\(file)")
        guard let text = try? String(contentsOf: address, encoding: .utf8) else { return [] }
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { fields in
            Dictionary(zip(header, fields), uniquingKeysWith: { first, _ in first })
        }
    }
}
