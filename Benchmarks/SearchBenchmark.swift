import Access
import Assembly
import Database
import DatabasePostgreSQL
import DatabaseSQLite
import Foundation
import Kernel
import Search
import TestSupport

/// What is found among 100,000 papers of some twenty words, beside the reading of one by its key.
struct SearchBenchmark {
    private static let papers = 100_000
    private static let kind = Subject.Kind("bench-paper")

    func run() async throws {
        let folder = NSTemporaryDirectory() + "baophu-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await measure("SQLite", try SQLiteStore(path: folder + "/search.sqlite"))
        try await measure(
            "PostgreSQL", try PostgreSQLStore(url: PostgreSQLCluster.shared().freshURL(), connections: 4))
    }

    private func measure(_ engine: String, _ store: any DataStore) async throws {
        _ = try await Storage.migrator.migrate(store, at: BaoPhuSystem.now)
        try await Self.fill(store)
        let source = Self.source()
        let service = SearchService(
            index: SearchIndex(store: store, sources: [source]),
            groups: [SearchGroup("van-ban", "Văn bản", of: source, in: SearchIndex(store: store, sources: [source]))])
        let made = try await Self.seconds { try await service.prepare() }
        let people = [Self.viewer(.leader, communes: []), Self.viewer(.communeOfficer, communes: ["10507"])]
        var looks: [(words: String, seconds: Double)] = []
        var reads: [Double] = []
        for round in 0..<10 {
            for words in Self.looked {
                for viewer in people {
                    let took = try await Self.seconds {
                        _ = try await service.find(SearchWords(typed: words), for: viewer)
                    }
                    // The first round warms up.
                    if round > 0 { looks.append((words, took)) }
                }
                let key = Self.key((round * 7_919 + looks.count * 104_729) % Self.papers)
                reads.append(
                    try await Self.seconds {
                        _ = try await store.read { try $0.row("SELECT text FROM bench_paper WHERE id = ?", key) }
                    })
            }
        }
        let (all, one) = (Spread(looks.map(\.seconds)), Spread(reads).median)
        let worst = looks.max { $0.seconds < $1.seconds }
        print(
            "search, \(engine): \(Self.papers) papers taken in \(Spread.text(made)) s; found in \(Spread.text(all.median * 1_000)) ms, \(Spread.text(all.median / one)) of one read by its key (\(Spread.text(one * 1_000)) ms)"
        )
        print(
            "search, \(engine): the worst, “\(worst?.words ?? "")”, \(Spread.text((worst?.seconds ?? 0) * 1_000)) ms (wanted: under 300 ms)"
        )
        try await store.close()
    }

    // MARK: What there is, and what is looked for

    private static let looked = [
        "bao cao", "bao cao quy iii", "ke hoach phat trien", "4711/bc-ubnd", "10507", "phuong hai an",
        "tham gia bao hiem xa hoi tu nguyen", "bien phap dac biet", "khong co chu nao nhu the", "b", "nguyen van",
        "to trinh thanh uy", "xa", "cong van don doc 2027", "ket qua thuc hien nhiem vu quy iv", "hop dong lao dong",
    ]

    private static let words = """
        báo cáo kế hoạch tờ trình công văn quyết định hướng dẫn đôn đốc kết quả thực hiện nhiệm vụ phát triển người tham gia
        bảo hiểm xã hội tự nguyện bắt buộc y tế hộ gia đình lao động hợp đồng doanh nghiệp hợp tác xã thành phố phường xã đặc
        khu ủy ban nhân dân sở nội vụ thuế cơ sở ban chỉ đạo quý năm tháng tổng hợp rà soát truyền thông vận động hội nghị
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    private static let rare = [
        "Hải An", "Thủy Nguyên", "Kiến Thụy", "Cát Hải", "Nguyễn Văn", "Thành ủy", "biện pháp đặc biệt",
    ]

    private static func key(_ number: Int) -> String { "p\(1_000_000 + number)" }

    private static func fill(_ store: any DataStore) async throws {
        try await store.write { connection in
            _ = try connection.execute(
                "CREATE TABLE bench_paper (id TEXT PRIMARY KEY, place TEXT NOT NULL, text TEXT NOT NULL)")
            // Fixed steps through the words: the same papers in every run.
            var state: UInt64 = 2_027
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int((state >> 33) % UInt64(bound))
            }
            for begin in stride(from: 0, to: papers, by: 5_000) {
                let rows = (begin..<begin + 5_000).map { number -> [SQLValue] in
                    var text = "\(number)/BC-UBND ngày \(number % 28 + 1)/\(number % 12 + 1)/\(2_026 + number % 5)"
                    for _ in 0..<16 { text += " \(words[next(words.count)])" }
                    if next(50) == 0 { text += " \(rare[next(rare.count)])" }
                    return [key(number).sqlValue, "\(10_500 + number % 114)".sqlValue, text.sqlValue]
                }
                _ = try connection.load("bench_paper", columns: ["id", "place", "text"], rows: rows)
            }
        }
    }

    private static func source() -> SearchSource {
        SearchSource(
            kind,
            keys: { after, limit, connection in
                try connection.rows("SELECT id FROM bench_paper WHERE id > ? ORDER BY id LIMIT ?", after, limit).map {
                    try $0.text("id")
                }
            },
            entries: { id, connection in
                try connection.rows("SELECT * FROM bench_paper WHERE id = ?", id).map { row in
                    SearchEntry(
                        key: id, places: [try row.text("place")],
                        newness: Timestamp(secondsSinceEpoch: 1_800_000_000 + (Int64(id.dropFirst()) ?? 0) * 60),
                        texts: [try row.text("text")])
                }
            },
            reach: { $0.communes.isEmpty ? .everything : .places($0.communes.map(\.text)) },
            hits: { ids, _, connection in
                guard !ids.isEmpty else { return [:] }
                let found = try connection.rows(
                    "SELECT id, text FROM bench_paper WHERE id IN (\(ids.map { _ in "?" }.joined(separator: ", ")))",
                    ids.map(\.sqlValue)
                ).map { row in
                    let id = try row.text("id")
                    return (id, SearchHit(.subject(Subject(kind, id)), title: try row.text("text")))
                }
                return Dictionary(found, uniquingKeysWith: { first, _ in first })
            })
    }

    private static func viewer(_ role: Role, communes: [String]) -> Viewer {
        Viewer(
            account: RecordID(at: BaoPhuSystem.now), login: "bench", name: "Bench", role: role, rights: [],
            communes: communes.compactMap { CommuneCode($0) })
    }

    private static func seconds(_ body: () async throws -> Void) async throws -> Double {
        let begin = ContinuousClock.now
        try await body()
        return begin.duration(to: .now) / .seconds(1)
    }
}
