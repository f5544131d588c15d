import Access
import Allocation
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

/// Tables of targets, groups and the desk's inputs that are not what they seem: rows are returned, never read under
/// other columns.
@Suite
struct TableFaultStorageTests {
    static func bytes(_ text: String) -> IncomingFile {
        IncomingFile(name: "bang.csv", mediaType: "text/csv", bytes: Array(text.utf8))
    }

    static func load(_ text: String, year: Int? = nil, in world: CountedWorld) async throws -> TargetLoad {
        try await world.targets.loadTargets(
            bytes(text), year: year, document: "QĐ 1", by: .init(viewer: StorageWorld.analyst))
    }

    @Test(arguments: TestEngine.allCases)
    func `a target whose number is parted by an unquoted comma is returned with its line`(engine: TestEngine)
        async throws
    {
        try await CountedWorld.with(engine) { world in
            let load = try await Self.load(
                """
                Đơn vị,Năm,Tổng số,Tự nguyện,Văn bản
                Suối Mẫu,2027,12,000,900,QĐ 1
                Đồi Thử,2027,13000,800,QĐ 1
                """, in: world)
            #expect(load.accepted.map(\.total) == [13_000])
            #expect(load.errors.map { "\($0.row)\($0.column)" } == ["2F"])
            #expect(load.errors[0].message.contains("nhiều ô hơn dòng tiêu đề"))
            #expect(try await TargetStorageTests.stored(world) == ["90002 2027 v1: 13000/800 QĐ 1"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `of two years' columns the one asked for is loaded, and of two that could be meant none`(
        engine: TestEngine
    ) async throws {
        try await CountedWorld.with(engine) { world in
            let text = "Đơn vị;Tổng số năm 2026;Tổng số năm 2027;Tự nguyện\nSuối Mẫu;11000;13000;800\n"
            let chosen = try await Self.load(text, year: 2027, in: world)
            #expect(chosen.accepted.map(\.total) == [13_000])
            await #expect(throws: Refusal.self) { try await Self.load(text, year: 2028, in: world) }
            for heading in ["Tổng số;Chỉ tiêu;Tự nguyện", "Tổng số;Tự nguyện;Chỉ tiêu tự nguyện"] {
                let doubled = "Đơn vị;\(heading)\nĐồi Thử;1;2;0\n"
                await #expect(throws: Refusal.self, "\(heading)") {
                    try await Self.load(doubled, year: 2027, in: world)
                }
            }
            let rate = "Đơn vị;Tỷ lệ tổng số (%);Tổng số;Tự nguyện\nĐồi Thử;25;12000;800\n"
            let rated = try await Self.load(rate, year: 2027, in: world)
            #expect(rated.accepted.map(\.total) == [12_000])
            let share = "Đơn vị;Tổng số;Tự nguyện\nBến Ví Dụ;12000;25%\n"
            let shared = try await Self.load(share, year: 2027, in: world)
            #expect(shared.errors.map(\.column) == ["C"])
        }
    }

    /// Each row is loaded, the same as before, returned with a reason, or told of as holding no target; no number is stored that
    /// does not stand in its row.
    @Test
    func `no row of targets vanishes and no number is made up`() async throws {
        let cells = [
            "1000", "12.156", "12,000", "900", "0", "", "x", "25%", "1,5", "-3", "000", "345", "#N/A", "99999999",
        ]
        let names = [
            "Suối Mẫu", "Đồi Thử", "Bến Ví Dụ", "Tổng cộng", "", "Xã Không Có", "Cộng", "\u{FEFF}Suối\u{AD} Mẫu",
        ]
        try await CountedWorld.with(.sqlite) { world in
            var accepted = 0
            var returned = 0
            for seed in 0..<150 {
                var generator = SeededGenerator(seed: UInt64(seed))
                func draw(_ texts: [String]) -> String { texts[Int.random(in: 0..<texts.count, using: &generator)] }
                let separator = draw([",", ";", "\t"])
                var rows: [[String]] = []
                for _ in 0..<Int.random(in: 1...8, using: &generator) {
                    let isGood = Bool.random(using: &generator)
                    let fields =
                        isGood
                        ? [draw(["12.156", "5000", "9000"]), draw(["900", "0", "345"])]
                        : (0..<Int.random(in: 1...4, using: &generator)).map { _ in draw(cells) }
                    rows.append([draw(names)] + fields)
                }
                let text = ([["Đơn vị", "Tổng số", "Tự nguyện"]] + rows).map { $0.joined(separator: separator) }
                    .joined(separator: draw(["\n", "\r\n", "\r"]))
                let file = try TableFile(Array(text.utf8))
                let load = try await Self.load(text, year: 2027, in: world)
                let under = file.tables[0].rows.dropFirst().filter { !$0.isBlank }
                let told = Set(load.errors.map(\.row))
                #expect(
                    load.accepted.count + load.unchanged + told.count + load.skipped.count + load.silent.count
                        == under.count,
                    "seed \(seed): \(text)\n\(load)")
                for line in load.accepted {
                    func stands(_ number: Int, _ cell: Cell) -> Bool {
                        cell.shown.filter(\.isNumber).drop { $0 == "0" } == String(number).drop { $0 == "0" }
                    }
                    let isThere = under.contains { stands(line.total, $0[1]) && stands(line.voluntary, $0[2]) }
                    #expect(isThere, "seed \(seed): \(line)")
                }
                accepted += load.accepted.count
                returned += told.count
            }
            #expect(accepted > 20 && returned > 100)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `groups whose cells moved, without a name or named by an error are returned`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let load = try await GroupStorageTests.load(
                [
                    "Tên tổ dân phố,Số hộ,Số dân,Chỉ tiêu tự nguyện", "Tổ 1,1,200,3400,50", "Tổ 2,120,400,50",
                    ",130,500,60",
                    "Tổng cộng,250,900,110", ",,,",
                ], in: world)
            #expect(load.added == 1)
            #expect(load.errors.map(\.row) == [2, 4])
            #expect(load.skipped.map(\.row) == [5])
            #expect(try await GroupStorageTests.stored(world) == ["Tổ 2: 120/400 50/-"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `inputs of the desk whose cells moved are refused with their line`(engine: TestEngine) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let id = try await AllocationStorageTests.begin(world)
            for (row, line) in [
                ("90001,Suối Mẫu,12,000,900", "nhiều ô hơn dòng tiêu đề"),
                ("90001,Suối Mẫu,12,000", "“12,000” bị tách"),
                ("90001,Suối Mẫu,25%,1", "phần trăm"),
            ] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await world.allocations.loadInputs(
                        Self.bytes("Mã đơn vị,Tên đơn vị,Lực lượng lao động,Số người chưa tham gia\n\(row)\n"),
                        into: id,
                        by: CountedWorld.analyst)
                }
                #expect(refusal?.fields.first?.message.contains("Dòng 2") == true, "\(row)")
                #expect(refusal?.fields.first?.message.contains(line) == true, "\(row)")
            }
            try await world.allocations.loadInputs(
                Self.bytes("BẢNG ĐẦU VÀO;;\n\nMã đơn vị;Lực lượng lao động;Số người chưa tham gia\n90001;12.000;900\n"),
                into: id, by: CountedWorld.analyst)
            let (scenario, _) = try await world.allocations.scenario(id, for: StorageWorld.analyst)
            #expect(scenario.content.units.first?.labourForce == 12_000)
        }
    }
}
