import Access
import Targets
import PlanText
import Assembly
import Files
import Foundation
import Kernel
import Province
import Testing

/// Borders of the communes loaded on screen, and the maps drawn by them.
@Suite
struct BoundaryPagesTests {
    static let address = "/quan-tri/ranh-gioi"

    /// A square for each commune, in rows of twelve.
    static func squares(_ communes: [Commune], scale: Double = 1) throws -> [UInt8] {
        let features = communes.enumerated().map { index, commune -> [String: Any] in
            let (x, y) = (106 + 0.1 * Double(index % 12), 20 + 0.1 * Double(index / 12))
            let ring = [(0.0, 0.0), (0.1, 0.0), (0.1, 0.1), (0.0, 0.1), (0.0, 0.0)].map { corner -> [Double] in
                [(x + corner.0) * scale, (y + corner.1) * scale]
            }
            return [
                "type": "Feature", "properties": ["ma": commune.code.text],
                "geometry": ["type": "Polygon", "coordinates": [ring]] as [String: Any],
            ]
        }
        return [
            UInt8
        ](
            try JSONSerialization.data(withJSONObject: ["type": "FeatureCollection", "features": features]))
    }

    static func send(_ bytes: [UInt8], by browser: Browser) async throws -> Page {
        try await browser.submit(
            try await browser.get(address).form("nap-ranh-gioi"),
            files: [Upload(name: "ranh-gioi.geojson", bytes: bytes)])
    }

    @Test
    func `a file is looked at as a map, then every map is drawn by it until it is taken back`() async throws {
        try await SiteHarness.run { harness in
            let communes = harness.system.definition.communes.communes
            let scenario = try await harness.allocations.beginScenario(
                .city, year: 2027, name: "Thử", by: .init(viewer: try await harness.viewer("analyst")))
            let analyst = try await harness.browser(as: .analyst)
            let map = "/phan-bo/\(scenario)/ban-do"
            #expect(try await analyst.get(map).text.contains("Bản đồ lược giản"))
            let administrator = try await harness.browser(as: .administrator)
            PageQualityTests.expectSound(try await administrator.get(Self.address))

            let sent = try await Self.send(try Self.squares(communes), by: administrator)
            #expect(sent.status == 303 && sent.location.hasPrefix("/quan-tri/tep-ranh-gioi/"))
            let preview = try await administrator.get(sent.location)
            PageQualityTests.expectSound(preview)
            #expect(preview.text.contains("Chưa dùng. Tệp ranh-gioi.geojson: đủ \(communes.count) đơn vị."))
            #expect(communes.allSatisfy { preview.links.contains("/don-vi/\($0.code)") })
            #expect(
                try await analyst.get(map).text.contains("Bản đồ lược giản"), "nothing holds before it is confirmed")

            let kept = try await administrator.submit(try preview.form("dung-ranh-gioi"))
            #expect(kept.status == 303)
            let after = try await administrator.get(kept.location)
            PageQualityTests.expectSound(after)
            #expect(after.text.contains("Đang vẽ theo tệp ranh-gioi.geojson"))
            #expect(try await analyst.get(map).text.contains("ranh giới do tỉnh, thành phố cung cấp"))
            #expect(try await administrator.get(sent.location).status == 404)
            #expect(try await administrator.submit(try preview.form("dung-ranh-gioi")).status != 200)

            #expect(try await administrator.submit(try after.form("bo-ranh-gioi")).status == 303)
            #expect(try await administrator.get(Self.address).text.contains("Chưa có ranh giới"))
            #expect(try await analyst.get(map).text.contains("Bản đồ lược giản"))
            #expect(try await harness.audit().filter { $0.action == "boundaries.changed" }.count == 2)
        }
    }

    @Test
    func `a file with a fault is not kept, and the fault says what to do`() async throws {
        try await SiteHarness.run { harness in
            let communes = harness.system.definition.communes.communes
            let administrator = try await harness.browser(as: .administrator)
            let lacking = try await Self.send(try Self.squares(Array(communes.dropLast())), by: administrator)
            PageQualityTests.expectSound(lacking, status: 422)
            #expect(lacking.text.contains("thiếu ranh giới của 1 đơn vị"))
            let metres = try await Self.send(try Self.squares(communes, scale: 5_000), by: administrator)
            #expect(metres.status == 422 && metres.text.contains("VN-2000"))
            let named = try await administrator.submit(
                try await administrator.get(Self.address).form("nap-ranh-gioi"),
                files: [Upload(name: "ranh-gioi.txt", bytes: try Self.squares(communes))])
            #expect(named.status == 422 && named.text.contains(".geojson, .json"))
            #expect(try await harness.count("SELECT COUNT(*) FROM commune_boundaries") == 0)
        }
    }

    @Test
    func `a file that was looked at is given up, and a later one takes its place`() async throws {
        try await SiteHarness.run { harness in
            let bytes = try Self.squares(harness.system.definition.communes.communes)
            let administrator = try await harness.browser(as: .administrator)
            let first = try await Self.send(bytes, by: administrator).location
            let second = try await Self.send(bytes, by: administrator).location
            #expect(try await administrator.get(first).status == 404)
            let preview = try await administrator.get(second)
            #expect(try await administrator.submit(try preview.form("bo-tep-ranh-gioi")).status == 303)
            #expect(try await administrator.get(second).status == 404)
            #expect(try await harness.count("SELECT COUNT(*) FROM commune_boundaries") == 0)
        }
    }
}
