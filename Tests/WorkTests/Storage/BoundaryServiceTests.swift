import Access
import Database
import Files
import Kernel
import PlanText
import Province
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Borders that an administrator loads for the map.
@Suite
struct BoundaryServiceTests {
    private static let keeper = Submission(viewer: StorageWorld.administrator)

    /// A square a commune, one beside the other.
    private static func file(_ codes: [CommuneCode], _ name: String = "a.geojson") -> IncomingFile {
        let features = codes.enumerated().map { index, code in
            let (west, east) = (106 + index, 107 + index)
            return
                #"{"type":"Feature","properties":{"ma":"\#(code)"},"geometry":{"type":"Polygon","coordinates":[[[\#(west),20.5],[\#(east),20.5],[\#(east),21.12345],[\#(west),21.12345],[\#(west),20.5]]]}}"#
        }
        let text = #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
        return IncomingFile(name: name, mediaType: "application/octet-stream", bytes: Array(text.utf8))
    }

    @Test(arguments: TestEngine.allCases)
    func `borders hold from the moment they are taken, on every server, until they are taken back`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine) { world in
            let service = BoundaryService(work: world.work)
            let codes = world.plan.communes.codes
            let id = try await service.enter(Self.file(codes), by: Self.keeper)
            #expect(world.plan.unitsInForce.boundaries.isEmpty)
            let (draft, version) = try await service.draft(id, for: StorageWorld.administrator)
            #expect(draft.boundaries.map(\.commune) == codes && draft.fileName == "a.geojson" && version == 0)
            try await service.keep(id, version: version, by: Self.keeper)
            #expect(world.plan.unitsInForce.boundaries == draft.boundaries)
            let corner = Commune.Point(latitude: 21.12345, longitude: 106)
            #expect(draft.boundaries.first?.rings.first?.contains(corner) == true)

            let next = world.under(try OfficesPlan.load(units: nil))
            try await next.plan.unitsInForce.refresh(from: next.store, revision: [1])
            #expect(next.plan.unitsInForce.boundaries == draft.boundaries)

            try await service.takeBack(version: 1, by: Self.keeper)
            #expect(world.plan.unitsInForce.boundaries.isEmpty)
            let entries = try await world.store.read { try AuditTrail.entries(before: nil, limit: 20, on: $0) }
            #expect(
                entries.filter { $0.action == "boundaries.changed" }.map(\.detail) == [
                    "bỏ a.geojson", "a.geojson: \(codes.count) đơn vị",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who saw an older map, or may not, changes nothing`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let service = BoundaryService(work: world.work)
            let codes = world.plan.communes.codes
            let first = try await service.enter(Self.file(codes), by: Self.keeper)
            try await service.keep(first, version: 0, by: Self.keeper)
            let second = try await service.enter(Self.file(codes, "b.geojson"), by: Self.keeper)
            await expectRefusal(.stale) { try await service.keep(second, version: 0, by: Self.keeper) }
            await expectRefusal(.notFound) { try await service.keep(first, version: 1, by: Self.keeper) }
            let officer = Submission(viewer: StorageWorld.auditor)
            await expectRefusal(.forbidden) { _ = try await service.enter(Self.file(codes), by: officer) }
            await expectRefusal(.forbidden) { try await service.keep(second, version: 1, by: officer) }
            let (loaded, version) = try await service.inForce(for: StorageWorld.administrator)
            #expect(loaded?.fileName == "a.geojson" && version == 1)
        }
    }
}
