import Access
import Database
import Figures
import Files
import Kernel
import PlanText
import Tabular
import Targets
import TestFigures
import TestSupport
import TestWork
import Testing
import Work

/// Targets of communes, as a table of a deciding document gives them.
@Suite
struct TargetStorageTests {
    static let heading = "Mã xã;Tên xã, phường;Năm;Tổng số;Trong đó tự nguyện;Văn bản"

    static func load(
        _ lines: [String], year: Int? = nil, document: String = "", by viewer: Viewer = StorageWorld.analyst,
        in world: CountedWorld
    ) async throws -> TargetLoad {
        try await world.targets.loadTargets(
            CountedWorld.file(lines), year: year, document: document, by: .init(viewer: viewer))
    }

    /// `90001 2027 v1: 1200/200 QĐ 5`
    static func stored(_ world: CountedWorld) async throws -> [String] {
        var lines: [String] = []
        for code in CountedWorld.codes {
            for target in try await world.targets.targetVersions(of: code, for: StorageWorld.auditor).reversed() {
                lines.append(
                    "\(target.commune) \(target.year) v\(target.version): \(target.total)/\(target.voluntary) \(target.document)"
                )
            }
        }
        return lines
    }

    static func places(_ load: TargetLoad) -> [String] { load.errors.map { "\($0.row)\($0.column)" } }

    @Test(arguments: TestEngine.allCases)
    func `a table by code with a column of the year and of the document is loaded`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let load = try await Self.load(
                [
                    "CHỈ TIÊU BHXH BẮT BUỘC, TỰ NGUYỆN", Self.heading, "90001;Suối Mẫu;2027;1.200;200;QĐ 5",
                    "90001;Suối Mẫu;2028;1300;250;QĐ 5", "90002;;2027;2300;260;QĐ 6", ";Tổng cộng;;3500;460;",
                ], in: world)
            #expect(load.errors.map(\.sentence) == [])
            #expect(load.accepted.count == 3)
            #expect(
                try await Self.stored(world) == [
                    "90001 2027 v1: 1200/200 QĐ 5", "90001 2028 v1: 1300/250 QĐ 5", "90002 2027 v1: 2300/260 QĐ 6",
                ])
            #expect(try await world.base.trail("targets/") == ["targets.loaded"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a table by name takes the chosen year and document`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let load = try await Self.load(
                [
                    "Đơn vị;Tổng số;Tự nguyện", "Xã Suối Mẫu;1200;200", "UBND xã Đồi Thử;2300;260",
                    "P. Ben Vi Du;600;70",
                ],
                year: 2028, document: "  QĐ  7 ", in: world)
            #expect(load.errors.map(\.sentence) == [])
            #expect(load.repairs.map(\.row) == [4])
            #expect(
                try await Self.stored(world) == [
                    "90001 2028 v1: 1200/200 QĐ 7", "90002 2028 v1: 2300/260 QĐ 7", "90003 2028 v1: 600/70 QĐ 7",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `compulsory and voluntary participants are a total, also of a workbook`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let sheet = Sheet(
                name: "Giao",
                rows: [
                    [.text("Tên"), .text("BHXH bắt buộc"), .text("BHXH tự nguyện")],
                    [.text("Suối Mẫu"), .number(1_000), .number(200)],
                ])
            let file = IncomingFile(name: "giao.xlsx", mediaType: "", bytes: try XLSXWriter.bytes(of: [sheet]))
            let load = try await world.targets.loadTargets(file, year: 2027, document: "QĐ 1", by: CountedWorld.analyst)
            #expect(load.accepted.map(\.total) == [1_200])
            let three = try await Self.load(
                ["Tên;Bắt buộc;Tự nguyện;Tổng số", "Đồi Thử;1000;200;1200", "Bến Ví Dụ;1000;200;1201"], year: 2027,
                document: "QĐ 1", in: world)
            #expect(Self.places(three) == ["3D"])
            #expect(three.errors.first?.message.contains("(1.200)") == true)
            #expect(
                try await Self.stored(world) == ["90001 2027 v1: 1200/200 QĐ 1", "90002 2027 v1: 1200/200 QĐ 1"])
        }
    }

    static let wrong: [(line: String, column: String, words: String)] = [
        ("90001;Suối Mẫu;2027;200;300;QĐ", "E", "lớn hơn tổng số (200)"),
        ("99999;;2027;200;30;QĐ", "A", "tỉnh An Biên"),
        (";Xã Không Có;2027;200;30;QĐ", "B", "không có trong danh sách"),
        (";Suối Mẩu;2026;200;30;QĐ", "C", "2027–2028"),
        ("90001;;hai;200;30;QĐ", "C", "không phải năm"), ("90001;;;200;30;QĐ", "C", "không phải năm"),
        ("90001;;2027;;30;QĐ", "D", "ô trống"), ("90001;;2027;200;;QĐ", "E", "ô trống"),
        ("90001;;2027;12,5;3;QĐ", "D", "số nguyên"), ("90001;;2027;-5;0;QĐ", "D", "số âm"),
        ("90001;;2027;200;30; ", "F", "thiếu văn bản"),
        // The code says one commune, the name another: figures' files refuse that, and so must this one.
        ("90001;Đồi Thử;2027;200;30;QĐ", "B", "khớp"),
    ]

    @Test(arguments: TestEngine.allCases, wrong.indices)
    func `a row with a mistake is left out and told, the others stand`(engine: TestEngine, index: Int) async throws {
        let (line, column, words) = Self.wrong[index]
        try await CountedWorld.with(engine) { world in
            let load = try await Self.load([Self.heading, line, "90002;;2028;9;1;QĐ 9"], in: world)
            #expect(
                load.errors.contains { $0.row == 2 && $0.column == column && $0.message.contains(words) },
                "\(load.errors)")
            #expect(try await Self.stored(world) == ["90002 2028 v1: 9/1 QĐ 9"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a commune twice in a year is told, and of two rows that differ neither is taken`(engine: TestEngine)
        async throws
    {
        try await CountedWorld.with(engine) { world in
            let load = try await Self.load(
                ["Tên;Tổng số;Tự nguyện", "Suối Mẫu;1200;200", "Đồi Thử;5;1", "Xã Suối Mẫu;1300;200"], year: 2027,
                document: "QĐ", in: world)
            #expect(Self.places(load) == ["2", "4A"])
            #expect(load.errors.last?.message.contains("đã có ở dòng 2 cho năm 2027") == true)
            #expect(try await Self.stored(world) == ["90002 2027 v1: 5/1 QĐ"])
            let same = try await Self.load(
                ["Tên;Tổng số;Tự nguyện", "Suối Mẫu;1200;200", "Xã Suối Mẫu;1200;200"], year: 2027,
                document: "QĐ", in: world)
            #expect(Self.places(same) == ["3A"])
            #expect(try await Self.stored(world) == ["90001 2027 v1: 1200/200 QĐ", "90002 2027 v1: 5/1 QĐ"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a table without heading, year or document is refused at its field`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let good = ["Mã;Tổng số;Tự nguyện", "90001;5;1"]
            await expectRefusal(.invalid, field: "year") { try await Self.load(good, document: "QĐ", in: world) }
            await expectRefusal(.invalid, field: "document") {
                try await Self.load(good, year: 2027, document: " ", in: world)
            }
            for lines in [["a;b", "1;2"], ["Mã;Tổng số", "90001;5"], ["Mã;Tự nguyện", "90001;5"], ["%PDF-1.7"], []] {
                await expectRefusal(.invalid, field: "file") {
                    try await Self.load(lines, year: 2027, document: "QĐ", in: world)
                }
            }
            let other = try await Self.load([Self.heading, "90001;;2028;5;1;QĐ"], year: 2027, in: world)
            #expect(Self.places(other) == ["2C"])
            #expect(try await world.count("SELECT COUNT(*) FROM commune_target") == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another target is another version, the same nothing`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await world.target("90001 1200 200", "90002 2300 260")
            let again = try await Self.load(
                ["Mã;Tổng số;Tự nguyện", "90001;1200;200", "90002;2400;260"], year: 2027, document: "QĐ 1/QĐ-UBND",
                in: world)
            #expect(again.accepted.map(\.commune.text) == ["90002"])
            #expect(again.unchanged == 1)
            let third = try await Self.load(
                ["Mã;Tổng số;Tự nguyện", "90001;1200;200"], year: 2027, document: "QĐ 2", in: world)
            #expect(third.accepted.count == 1)
            #expect(
                try await Self.stored(world) == [
                    "90001 2027 v1: 1200/200 QĐ 1/QĐ-UBND", "90001 2027 v2: 1200/200 QĐ 2",
                    "90002 2027 v1: 2300/260 QĐ 1/QĐ-UBND", "90002 2027 v2: 2400/260 QĐ 1/QĐ-UBND",
                ])
            let table = try #require(try await world.targets.targets(year: 2027, for: StorageWorld.head))
            #expect(table.targets.values.map(\.version).sorted() == [2, 2])
            #expect(table.sum(.total) == 3_600)
            await expectDatabaseError(.constraint, .statement) {
                try await world.store.write { try $0.execute("UPDATE commune_target SET total = 1") }
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the communes' sum stands beside the province's once all have a target`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await world.target("90001 20000 1500", "90002 12000 1000")
            var table = try #require(try await world.targets.targets(year: 2027, for: StorageWorld.auditor))
            #expect([table.province(.total), table.province(.voluntary)] == [40_000, 3_000])
            #expect([table.sum(.total), table.sum(.voluntary)] == [32_000, 2_500])
            #expect(table.difference(.total) == nil)
            try await world.target("90003 9000 400")
            table = try #require(try await world.targets.targets(year: 2027, for: StorageWorld.auditor))
            #expect(table.difference(.total) == 1_000)
            #expect(table.difference(.voluntary) == -100)
            #expect(try await world.targets.targets(year: 2026, for: StorageWorld.auditor)?.year == nil)
            #expect(try await world.targets.targets(year: 2028, for: StorageWorld.auditor)?.targets.count == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `only the coordinating agency's analyst loads targets, and the same form once`(engine: TestEngine) async throws
    {
        try await CountedWorld.with(engine) { world in
            let lines = ["Mã;Tổng số;Tự nguyện", "90001;1200;200"]
            let foreign = Viewer(
                account: StorageWorld.analyst.account, login: "x", name: "x", role: .analyst,
                rights: StorageWorld.analyst.rights, agency: AgencyCode("bhxh-tinh"))
            for viewer in [
                foreign, StorageWorld.leader, StorageWorld.insurance, StorageWorld.inspector, StorageWorld.auditor,
                StorageWorld.administrator, StorageWorld.communes[0], StorageWorld.head, StorageWorld.base("90001"),
            ] {
                await expectRefusal(.forbidden) {
                    try await Self.load(lines, year: 2027, document: "QĐ", by: viewer, in: world)
                }
            }
            #expect(try await world.count("SELECT COUNT(*) FROM commune_target") == 0)
            let form = Submission(viewer: StorageWorld.analyst, form: "giao")
            for _ in 0..<2 {
                _ = try await world.targets.loadTargets(CountedWorld.file(lines), year: 2027, document: "QĐ", by: form)
            }
            #expect(try await world.count("SELECT COUNT(*) FROM commune_target") == 1)
            #expect(try await world.base.trail("targets/") == ["targets.loaded"])
        }
    }
}
