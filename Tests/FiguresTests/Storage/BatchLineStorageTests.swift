import Access
import Figures
import Kernel
import TestSupport
import Testing

/// A batch's figures as a list: only those of a page are read.
@Suite
struct BatchLineStorageTests {
    @Test(arguments: TestEngine.allCases)
    func `a batch's figures come by the page, in the order and of the communes asked for`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("08/2026", "10507;90;9")
            try await world.take("09/2026", "10507;100;10", "10525;200;20", "11443;150;15")
            let service = world.service
            func people(
                _ selection: BatchLineSelection, limit: Int = 10, offset: Int = 0
            ) async throws -> [Int] {
                try await service.lines(
                    ofBatch: 2, selection, limit: limit, offset: offset, for: FiguresWorld.commune
                ).lines.map(\.people)
            }
            #expect(try await people(.init()) == [100, 10, 200, 20, 150, 15])
            #expect(try await people(.init(), limit: 2, offset: 2) == [200, 20])
            #expect(try await people(.init(order: .people, descending: true), limit: 3) == [200, 150, 100])
            #expect(try await people(.init(order: .people), limit: 2, offset: 1) == [15, 20])
            #expect(try await people(.init(scheme: .voluntary)) == [10, 20, 15])
            #expect(try await people(.init(communes: [.known("10525")])) == [200, 20])
            #expect(try await people(.init(communes: [.known("10525")], scheme: .compulsory)) == [200])
            #expect(try await people(.init(communes: [])) == [])
            let found = try await service.lines(
                ofBatch: 2, .init(scheme: .voluntary), limit: 1, for: FiguresWorld.commune)
            #expect(found.lines.count == 1 && found.total == 3 && found.all == 6)
            let other = try await service.lines(ofBatch: 9, limit: 5, for: FiguresWorld.commune)
            #expect(other.lines.isEmpty && other.total == 0)
        }
    }
}
