import Access
import Kernel
import Remarks
import Search
import TestSupport
import Testing

/// Remarks and leaders' lines are found by whoever may read them.
@Suite
struct RemarkSearchTests {
    typealias World = RemarksWorld

    @Test(arguments: TestEngine.allCases)
    func `each finds what may be read, by words without accents, until it is taken back`(
        engine: TestEngine
    ) async throws {
        try await World.with(engine) { world in
            let service = world.service
            let sources = (SearchSource.remarks(service), SearchSource.instructions(service))
            let index = SearchIndex(store: world.store, sources: [sources.0, sources.1])
            let search = SearchService(
                index: index,
                groups: [
                    SearchGroup("y-kien", "Ý kiến", of: sources.0, in: index),
                    SearchGroup("but-phe", "Bút phê", of: sources.1, in: index),
                ])
            try await search.prepare()
            func found(_ words: String, _ viewer: Viewer) async throws -> [String] {
                try await search.find(SearchWords(typed: words), for: viewer).flatMap(\.hits).map(\.title)
            }
            let id = try await service.write(
                "Hợp đồng mùa vụ", about: World.here, by: .init(viewer: World.officer))
            let line = try await service.instruct(
                "Gặp ba doanh nghiệp", to: nil, about: World.here, by: .init(viewer: World.leader))
            for viewer in [World.officer, World.colleague, World.analyst, World.leader] {
                #expect(try await found("mua vu", viewer) == ["Hợp đồng mùa vụ"], "\(viewer.login)")
                #expect(try await found("doanh nghiep", viewer) == ["Gặp ba doanh nghiệp"], "\(viewer.login)")
            }
            #expect(try await found("vu", World.neighbour).isEmpty)
            #expect(try await found("gap", World.neighbour).isEmpty)
            // A group's head sees the commune's page and what is said there, not what a leader asks of the commune.
            #expect(try await found("mua vu", World.head) == ["Hợp đồng mùa vụ"])
            #expect(try await found("gap", World.head).isEmpty)
            try await service.answer(line, "Đã ký biên bản", by: .init(viewer: World.officer))
            #expect(try await found("bien ban", World.leader) == ["Gặp ba doanh nghiệp"])
            try await service.withdraw(id, by: .init(viewer: World.officer))
            #expect(try await found("mua vu", World.officer).isEmpty)
        }
    }
}
