import Access
import Database
import Files
import Jobs
import Kernel
import Search
import Synchronization
import TestSupport
import Testing

/// The index over things that are kept outside the database, so that tests say what there is.
@Suite
struct SearchIndexTests {
    static let kind = Subject.Kind("thing")
    static let now = Timestamp(secondsSinceEpoch: 1_803_866_400)

    /// Everything there is.
    final class Things: Sendable {
        private let known = Mutex<[String: SearchEntry]>([:])

        var all: [String: SearchEntry] { known.withLock { $0 } }

        func put(_ key: String, _ text: String, places: [String] = ["all"], age: Int64 = 0) {
            let entry = SearchEntry(key: key, places: places, newness: now.adding(seconds: -age), texts: [text])
            known.withLock { $0[key] = entry }
        }

        func remove(_ key: String) { known.withLock { $0[key] = nil } }
    }

    /// - Parameter hidden: what the owner of the things does not show, whatever the index says.
    static func source(_ things: Things, hidden: Set<String> = []) -> SearchSource {
        SearchSource(
            kind, concerns: { $0 != "thing.looked-at" },
            keys: { after, limit, _ in Array(things.all.keys.sorted().filter { $0 > after }.prefix(limit)) },
            entries: { key, _ in [things.all[key]].compactMap(\.self) },
            reach: { viewer in
                viewer.role == .leader ? .everything : .places(viewer.communes.map(\.text) + ["all"])
            },
            hits: { keys, _, _ in
                let shown = keys.filter { !hidden.contains($0) }.map {
                    ($0, SearchHit(.subject(Subject(kind, $0)), title: $0))
                }
                return Dictionary(shown, uniquingKeysWith: { first, _ in first })
            })
    }

    static func service(_ store: any DataStore, _ things: Things, hidden: Set<String> = []) -> SearchService {
        let source = source(things, hidden: hidden)
        let index = SearchIndex(store: store, sources: [source])
        return SearchService(index: index, groups: [SearchGroup("vat", "Vật", of: source, in: index)])
    }

    static func viewer(_ role: Role, communes: [String] = []) -> Viewer {
        Viewer(
            account: RecordID(at: now), login: "a", name: "A", role: role, rights: [],
            communes: communes.compactMap { CommuneCode($0) })
    }

    static func with(_ engine: TestEngine, _ body: (any DataStore, Things) async throws -> Void) async throws {
        try await engine.withStore { store in
            _ = try await Migrator(
                AccessMigrations.all + FilesMigrations.all + JobsMigrations.all + SearchMigrations.all
            ).migrate(store, at: now)
            try await body(store, Things())
        }
    }

    /// What a deed about things writes.
    static func tell(_ action: String, _ keys: String..., in store: any DataStore) async throws {
        try await store.write { connection in
            for key in keys {
                try AuditTrail.append(
                    AuditEvent(action, subject: Subject(kind, key)), by: .system, at: now, on: connection)
            }
        }
    }

    static func found(_ typed: String, _ service: SearchService, by viewer: Viewer = viewer(.leader)) async throws
        -> [String]
    {
        try await service.find(SearchWords(typed: typed), for: viewer).flatMap(\.hits).map(\.title)
    }

    @Test(arguments: TestEngine.allCases)
    func `what there was before the index is found, words behind one another first, then the newest`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { store, things in
            things.put("a", "Báo cáo của phường Hải An", age: 5)
            things.put("b", "Báo cáo hải quan, An Dương", age: 1)
            things.put("c", "Kế hoạch", age: 0)
            let service = Self.service(store, things)
            try await service.prepare()
            #expect(try await Self.found("hai an", service) == ["a", "b"])
            #expect(try await Self.found("bao cao", service) == ["b", "a"])
            #expect(try await Self.found("bao zz", service) == [])
            #expect(try await Self.found("zz", service) == [])
            #expect(try await Self.found("%", service) == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the index follows the trail: what was changed is found by its new words alone, what is gone by none`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { store, things in
            things.put("a", "Kế hoạch cũ")
            let service = Self.service(store, things)
            try await service.prepare()
            things.put("a", "Kế hoạch mới")
            things.put("b", "Kế hoạch khác")
            #expect(try await Self.found("ke hoach", service) == ["a"], "nobody told of it")
            try await Self.tell("thing.changed", "a", "b", "nothing-of-the-kind", in: store)
            #expect(try await Self.found("moi", service) == ["a"])
            #expect(try await Self.found("cu", service) == [])
            #expect(try await Self.found("khac", service) == ["b"])
            things.remove("a")
            try await Self.tell("thing.removed", "a", in: store)
            #expect(try await Self.found("ke hoach", service) == ["b"])
            things.put("b", "Chưa ai kể")
            try await Self.tell("thing.looked-at", "b", in: store)
            #expect(try await Self.found("khac", service) == ["b"], "a deed that changes no words")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a long trail is followed to its end, beside deeds about other things`(engine: TestEngine) async throws {
        try await Self.with(engine) { store, things in
            let service = Self.service(store, things)
            try await service.prepare()
            try await store.write { connection in
                for number in 0..<1_200 {
                    try AuditTrail.append(
                        AuditEvent("other.done", subject: Subject(Subject.Kind("other"), number)), by: .system,
                        at: Self.now, on: connection)
                }
            }
            things.put("a", "Cuối cùng")
            try await Self.tell("thing.changed", "a", in: store)
            #expect(try await Self.found("cuoi", service) == ["a"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `each finds within reach alone, and never what its owner does not show`(engine: TestEngine) async throws {
        try await Self.with(engine) { store, things in
            things.put("shared", "Hướng dẫn chung")
            things.put("own", "Hướng dẫn riêng", places: ["10507"])
            things.put("other", "Hướng dẫn riêng", places: ["10525"])
            things.put("secret", "Hướng dẫn kín")
            let service = Self.service(store, things, hidden: ["secret"])
            try await service.prepare()
            let officer = Self.viewer(.communeOfficer, communes: ["10507"])
            #expect(try await Set(Self.found("huong dan", service, by: officer)) == ["shared", "own"])
            #expect(try await Self.found("kin", service, by: officer) == [])
            #expect(try await Set(Self.found("huong", service)) == ["shared", "own", "other"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `words of very many things find the same as rare ones, page by page`(engine: TestEngine) async throws {
        try await Self.with(engine) { store, things in
            // More than the number up to which a word alone leads to its things.
            for number in 0..<2_300 {
                things.put("k\(10_000 + number)", "Văn bản số \(number)", age: Int64(number))
            }
            let service = Self.service(store, things)
            try await service.prepare()
            let words = SearchWords(typed: "van ban")
            let first = try #require(try await service.find(words, for: Self.viewer(.leader)).first)
            #expect(first.hits.map(\.title) == (0..<SearchService.fewOfEach).map { "k\(10_000 + $0)" })
            #expect(first.hasMore)
            let second = try #require(try await service.find(words, of: "vat", page: 2, for: Self.viewer(.leader)))
            #expect(second.hits.first?.title == "k\(10_000 + SearchService.pageLength)")
            #expect(second.hits.count == SearchService.pageLength && second.hasMore)
            #expect(try await Self.found("van ban 2299", service) == ["k12299"])
            #expect(try await service.find(words, of: "gi-do", page: 1, for: Self.viewer(.leader)) == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an index begun and not finished is made anew`(engine: TestEngine) async throws {
        try await Self.with(engine) { store, things in
            things.put("a", "Một")
            try await Self.service(store, things).prepare()
            _ = try await store.write { try $0.execute("DELETE FROM search_state") }
            things.put("a", "Hai")
            let service = Self.service(store, things)
            try await service.prepare()
            #expect(try await Self.found("hai", service) == ["a"])
            #expect(try await Self.found("mot", service) == [])
        }
    }

    // MARK: Made by a job

    static func jobs(_ service: SearchService, _ store: any DataStore) -> JobService {
        JobService(store: store, clock: Clock { now }, kinds: [service.jobKind], grants: Grants(of: [], [:]))
    }

    @Test(arguments: TestEngine.allCases)
    func `a start waits for nothing: a job makes the index, and servers that start together ask for one`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { store, things in
            for number in 0..<450 { things.put("k\(10_000 + number)", "Văn bản số \(number)") }
            let service = Self.service(store, things)
            try await service.begin(at: Self.now)
            try await Self.service(store, things).begin(at: Self.now)
            #expect(try await !service.isComplete())
            #expect(try await Self.found("van ban", service) == [])
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM job") } == 1)
            // What is changed before it is done is found after it.
            things.put("k10007", "Kế hoạch khác")
            try await Self.tell("thing.changed", "k10007", in: store)
            #expect(try await Self.jobs(service, store).runDue(as: "test") == 1)
            #expect(try await service.isComplete())
            #expect(try await Self.found("van ban so 449", service) == ["k10449"])
            #expect(try await Self.found("ke hoach khac", service) == ["k10007"])
            #expect(try await Self.found("van ban so 7", service) == [])
            let job = try #require(try await Self.jobs(service, store).latest(1).first)
            #expect(job.state == .done && job.outcome?.words == "Đã đưa 450 mục vào chỉ mục tìm kiếm.")
            try await service.begin(at: Self.now)
            #expect(try await store.read { try $0.integer("SELECT COUNT(*) FROM job") } == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an index of an earlier release is cleared by the job, and a new database needs none`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { store, things in
            let service = Self.service(store, things)
            try await service.begin(at: Self.now)
            #expect(try await service.isComplete())
            things.put("a", "Một")
            try await Self.tell("thing.changed", "a", in: store)
            #expect(try await Self.found("mot", service) == ["a"])
            _ = try await store.write { try $0.execute("UPDATE search_state SET layout = layout - 1") }
            things.put("a", "Hai")
            try await service.begin(at: Self.now)
            #expect(try await !service.isComplete())
            #expect(try await Self.jobs(service, store).runDue(as: "test") == 1)
            #expect(try await Self.found("hai", service) == ["a"])
            #expect(try await Self.found("mot", service) == [])
        }
    }
}
