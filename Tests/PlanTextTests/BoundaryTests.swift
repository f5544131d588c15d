import Foundation
import Kernel
import Province
import Testing

/// Borders that a province gives as GeoJSON.
@Suite
struct BoundaryTests {
    private static let communes = ["00001", "00002", "00003"].compactMap { CommuneCode($0) }.map {
        Commune(code: $0, name: "Số \($0)", kind: .rural, formerDistrict: "", area: nil, population: nil)
    }

    /// A crooked line of many points between two, the same whichever way it is asked for.
    private static func line(_ from: (Double, Double), _ to: (Double, Double)) -> [[Double]] {
        let isTurned = to < from
        let (start, end) = isTurned ? (to, from) : (from, to)
        let points = (0...40).map { step -> [Double] in
            let share = Double(step) / 40
            // Straight at both ends.
            let bend = 0.01 * sin(share * Double.pi) * sin(share * 40)
            return [
                start.0 + share * (end.0 - start.0) + bend * abs(end.1 - start.1),
                start.1 + share * (end.1 - start.1) + bend * abs(end.0 - start.0),
            ]
        }
        return isTurned ? points.reversed() : points
    }

    private static func ring(_ corners: [(Double, Double)]) -> [[Double]] {
        corners.indices.flatMap { line(corners[$0], corners[($0 + 1) % corners.count]).dropLast() }
            + [line(corners[0], corners[1])[0]]
    }

    /// Two squares side by side, the second with the third inside it.
    private static let left = ring([(106, 20), (107, 20), (107, 21), (106, 21)])
    private static let right = ring([(107, 20), (108, 20), (108, 21), (107, 21)])
    private static let inner = ring([(107.4, 20.4), (107.6, 20.4), (107.6, 20.6), (107.4, 20.6)])

    private static func file(_ features: [(code: Any, rings: [[[Double]]])], key: String = "MA_XA") throws -> [UInt8] {
        let object: [String: Any] = [
            "type": "FeatureCollection",
            "features": features.map { feature in
                [
                    "type": "Feature", "properties": [key: feature.code, "ten": "Xã", "dan_so": 12.5],
                    "geometry": ["type": "Polygon", "coordinates": feature.rings],
                ] as [String: Any]
            },
        ]
        return [UInt8](try JSONSerialization.data(withJSONObject: object))
    }

    private static func read(_ bytes: [UInt8]) -> (boundaries: [Boundary], faults: [DataFault]) {
        BoundaryFile.read(bytes, file: "boundaries.geojson", communes: communes)
    }

    @Test
    func `a line that two communes share is simplified to the same corners`() throws {
        let bytes = try Self.file([
            ("00001", [Self.left]), ("00002", [Self.right, Self.inner.reversed()]), ("00003", [Self.inner]),
        ])
        let (boundaries, faults) = Self.read(bytes)
        #expect(faults.isEmpty)
        try #require(boundaries.map(\.commune) == Self.communes.map(\.code))
        let corners = boundaries.map { Set($0.rings.joined()) }
        let count = boundaries.reduce(0) { $0 + $1.rings.joined().count }
        #expect(count <= BoundaryFile.cornersOfCommune * 3 && count >= 12, "\(count)")
        func onBorder(_ points: Set<Commune.Point>) -> Set<Commune.Point> {
            points.filter { abs($0.longitude - 107) < 0.02 }
        }
        #expect(onBorder(corners[0]) == onBorder(corners[1]) && onBorder(corners[0]).count >= 2)
        // The hole is the commune that lies in it.
        try #require(boundaries[1].rings.count == 2)
        #expect(Set(boundaries[1].rings[1]) == corners[2])
    }

    @Test
    func `where a ring begins and which way it runs does not matter`() throws {
        let turned = Array(Self.left.dropLast().suffix(100) + Self.left.dropLast(101))
        let first = Self.read(
            try Self.file([("00001", [Self.left]), ("00002", [Self.right]), ("00003", [Self.inner])]))
        let second = Self.read(
            try Self.file([
                ("00003", [Self.inner.reversed()]), ("00002", [Self.right.reversed()]),
                ("00001", [turned + turned.prefix(1)]),
            ]))
        #expect(first.faults.isEmpty && second.faults.isEmpty)
        for (one, other) in zip(first.boundaries, second.boundaries) {
            #expect(Set(one.rings.joined()) == Set(other.rings.joined()), "\(one.commune)")
        }
    }

    @Test
    func `the property with the codes is found whatever it is called, and a number's lost zeros are given back`() throws
    {
        let bytes = try Self.file([(1, [Self.left]), (2, [Self.right]), (3, [Self.inner])], key: "id_don_vi")
        #expect(Self.read(bytes).boundaries.count == 3)
    }

    @Test
    func `islets are left out, but never all of a commune`() throws {
        let islet = [[105.0, 20], [105.0001, 20], [105.0001, 20.0001], [105, 20]]
        let bytes = try Self.file([
            ("00001", [Self.left]), ("00001", [islet]), ("00002", [Self.right]), ("00003", [islet]),
        ])
        let (boundaries, faults) = Self.read(bytes)
        #expect(faults.isEmpty)
        #expect(boundaries.map(\.rings.count) == [1, 1, 1])
    }

    @Test
    func `each fault says what to do`() throws {
        func reasons(_ bytes: [UInt8]) -> String { Self.read(bytes).faults.map(\.reason).joined(separator: "\n") }
        #expect(reasons([UInt8]("không phải JSON".utf8)).contains("GeoJSON"))
        let whole: [(code: Any, rings: [[[Double]]])] = [("00001", [Self.left]), ("00002", [Self.right])]
        let missing = reasons(try Self.file(whole))
        #expect(missing.contains("thiếu ranh giới của 1 đơn vị") && missing.contains("00003"))
        #expect(reasons(try Self.file(whole + [("99999", [Self.inner])])).contains("vùng thứ 3"))
        #expect(reasons(try Self.file([("xã", [Self.left])])).contains("communes.csv"))
        let metres = Self.inner.map { [$0[0] * 5_000, $0[1] * 100_000] }
        #expect(reasons(try Self.file(whole + [("00003", [metres])])).contains("VN-2000"))
        #expect(reasons(try Self.file(whole + [("00003", [[[107, 20], [107, 20]]])])).contains("ba đỉnh"))
        let points =
            #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ma":"00001"},"geometry":{"type":"Point","coordinates":[107,20]}}]}"#
        #expect(reasons([UInt8](points.utf8)).contains("Polygon"))
        #expect(Self.read([UInt8](points.utf8)).boundaries.isEmpty)
    }
}
