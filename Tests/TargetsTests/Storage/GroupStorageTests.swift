import Access
import Figures
import Files
import Kernel
import PlanText
import Province
import Tabular
import Targets
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Residential groups, as a commune keeps its own list.
@Suite
struct GroupStorageTests {
    static let own = Submission(viewer: StorageWorld.communes[0])
    static let code = CountedWorld.codes[0]
    static let day = Day.known(2027, 6, 30)
    static let heading = "STT;Tên tổ dân phố, thôn;Số hộ;Số dân;Chỉ tiêu tự nguyện;Đang tham gia tự nguyện"

    static func load(
        _ lines: [String], countedOn: Day? = day, by submission: Submission = own, in world: CountedWorld
    ) async throws -> GroupLoad {
        try await world.groups.loadGroups(
            CountedWorld.file(lines), of: code, year: 2027, countedOn: countedOn, by: submission)
    }

    /// `Thôn 1: 120/400 50/20`; dashes for what is not known.
    static func stored(_ world: CountedWorld) async throws -> [String] {
        func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "-" }
        return try await world.groups.groups(of: code, for: own.viewer).map { group in
            "\(group.name): \(text(group.households))/\(text(group.people)) \(text(group.voluntaryTarget))/\(text(group.voluntaryNow))"
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a table of groups is loaded in its order`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let load = try await Self.load(
                [
                    "DANH SÁCH TỔ DÂN PHỐ, THÔN XÃ SUỐI MẪU", Self.heading, "1;Thôn Đông;120;1.400;50;20",
                    "2;Thôn Bắc;;;;",
                    "3;Tổ dân phố 3;80;300;0;0", ";Tổng cộng;200;1700;50;20",
                ], in: world)
            #expect([load.added, load.changed, load.unchanged, load.errors.count] == [3, 0, 0, 0])
            #expect(
                try await Self.stored(world) == [
                    "Thôn Đông: 120/1400 50/20", "Thôn Bắc: -/- -/-", "Tổ dân phố 3: 80/300 0/0",
                ])
            let groups = try await world.groups.groups(of: Self.code, for: StorageWorld.analyst)
            #expect(groups.map(\.countedOn) == [Self.day, nil, Self.day])
            #expect(groups.map(\.year) == [2027, 2027, 2027])
            #expect(groups.map(\.version) == [1, 1, 1])
            #expect(groups.first?.updatedBy == Self.own.viewer.name)
            #expect(try await world.base.trail("groups/") == ["groups.loaded"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a group is known by its name, and columns that a table has not stay as they were`(
        engine: TestEngine
    ) async throws {
        try await CountedWorld.with(engine) { world in
            _ = try await Self.load([Self.heading, "1;Thôn Hoà;120;400;50;20", "2;Thôn Bắc;90;300;40;10"], in: world)
            let load = try await Self.load(
                ["Thôn;Đang tham gia", "THÔN HÒA;25", "Thôn Bắc;10", "Thôn Nam;5"], in: world)
            #expect([load.added, load.changed, load.unchanged] == [1, 1, 1])
            #expect(
                try await Self.stored(world).sorted() == [
                    "THÔN HÒA: 120/400 50/25", "Thôn Bắc: 90/300 40/10", "Thôn Nam: -/- -/5",
                ])
            let before = try await world.count("SELECT COUNT(*) FROM audit_entry")
            let again = try await Self.load(
                ["Thôn;Đang tham gia", "THÔN HÒA;25", "Thôn Bắc;10", "Thôn Nam;5"], in: world)
            #expect([again.added, again.changed, again.unchanged] == [0, 0, 3])
            #expect(try await world.count("SELECT COUNT(*) FROM audit_entry") == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a row with a mistake is told and the others stand`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let long = String(repeating: "dài ", count: 40)
            let load = try await Self.load(
                [
                    Self.heading, "1;Thôn 1;nhiều;400;50;20", "2;Thôn 2;90;-3;40;10", "3;Thôn 3;90;300;40;10",
                    "4;thôn 3;1;1;1;1", "5;\(long);1;1;1;1",
                ], in: world)
            #expect(load.errors.map { "\($0.row)\($0.column)" } == ["2C", "3D", "5B", "6B"])
            #expect(load.errors.map(\.message)[2].contains("dòng 4"))
            #expect(try await Self.stored(world) == ["Thôn 3: 90/300 40/10"])
            let undated = try await Self.load([Self.heading, "1;Thôn 9;1;1;1;1"], countedOn: nil, in: world)
            #expect(undated.errors.map { "\($0.row)\($0.column)" } == ["2F"])
            #expect(undated.errors.first?.message.contains("ngày chốt") == true)
        }
    }

    /// `Cống` and `Tống` are names of villages; `Cộng` and `Tổng` begin a sum.
    @Test(arguments: TestEngine.allCases)
    func `a village whose name begins like a sum is not left out`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let load = try await Self.load(
                [
                    Self.heading, "1;Cống Mỹ;1;1;1;1", "2;Tống Xá;2;2;2;2", "3;Công nhân 1;3;3;3;3",
                    ";Tổng cộng;6;6;6;6",
                ],
                in: world)
            #expect(load.added == 3)
            #expect(
                try await Self.stored(world).map { $0.split(separator: ":")[0] } == [
                    "Cống Mỹ", "Tống Xá", "Công nhân 1",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file without groups is refused`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world async throws -> Void in
            for lines in [["a;b", "1;2"], [Self.heading], [Self.heading, ";Tổng cộng;1;1;1;1"], ["%PDF-1.7"]] {
                await expectRefusal(.invalid, field: "file") { try await Self.load(lines, in: world) }
            }
            #expect(try await world.count("SELECT COUNT(*) FROM residential_group") == 0)
        }
    }

    // MARK: On screen

    static func save(
        _ id: RecordID?, _ typed: [TargetField: String], version: Int? = nil, by submission: Submission = own,
        in world: CountedWorld
    ) async throws {
        try await world.groups.saveGroup(id, of: code, typed: typed, year: 2027, version: version, by: submission)
    }

    static let typed: [TargetField: String] = [
        .name: " Tổ  1 ", .households: "120", .people: "1.400", .voluntaryTarget: "50", .voluntaryNow: "20",
        .countedOn: "30/06/2027",
    ]

    @Test(arguments: TestEngine.allCases)
    func `a group is added, corrected and taken off the list`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.save(nil, Self.typed, in: world)
            #expect(try await Self.stored(world) == ["Tổ 1: 120/1400 50/20"])
            let group = try await world.groups.groups(of: Self.code, for: Self.own.viewer)[0]
            #expect(group.countedOn == Self.day)
            try await Self.save(group.id, [.name: "Tổ 1A", .households: ""], version: 1, in: world)
            #expect(try await Self.stored(world) == ["Tổ 1A: -/- -/-"])
            await expectRefusal(.stale) { try await Self.save(group.id, [.name: "Tổ 1B"], version: 1, in: world) }
            try await world.groups.removeGroup(group.id, of: Self.code, by: Self.own)
            #expect(try await Self.stored(world) == [])
            #expect(try await world.count("SELECT COUNT(*) FROM residential_group") == 1)
            await expectRefusal(.notFound) {
                try await world.groups.removeGroup(group.id, of: Self.code, by: Self.own)
            }
            await expectRefusal(.notFound) { try await Self.save(group.id, [.name: "Tổ 1C"], in: world) }
            // The name is free again.
            try await Self.save(nil, [.name: "Tổ 1A"], in: world)
            #expect(
                try await world.base.trail("groups/") == [
                    "groups.saved", "groups.saved", "groups.removed", "groups.saved",
                ])
        }
    }

    static let mistakes: [(field: TargetField, value: String)] = [
        (.name, " "), (.households, "nhiều"), (.people, "-1"), (.voluntaryTarget, "1,5"),
        (.countedOn, "31/06/2027"),
        (.countedOn, ""),
    ]

    @Test(arguments: TestEngine.allCases, mistakes.indices)
    func `what is typed wrong is told at its field`(engine: TestEngine, index: Int) async throws {
        let (field, value) = Self.mistakes[index]
        try await CountedWorld.with(engine) { world async throws -> Void in
            var typed = Self.typed
            typed[field] = value
            await expectRefusal(.invalid, field: field.rawValue) { try await Self.save(nil, typed, in: world) }
            #expect(try await Self.stored(world) == [])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `two groups have no name in common, and the same form is carried out once`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            let form = Submission(viewer: StorageWorld.communes[0], form: "thêm")
            for _ in 0..<2 { try await Self.save(nil, [.name: "Thôn Hoà"], by: form, in: world) }
            await expectRefusal(.invalid, field: "name") { try await Self.save(nil, [.name: "thôn hòa"], in: world) }
            try await Self.save(nil, [.name: "Thôn Hoa"], in: world)
            let groups = try await world.groups.groups(of: Self.code, for: Self.own.viewer)
            #expect(groups.map(\.name) == ["Thôn Hoà", "Thôn Hoa"])
            await expectRefusal(.invalid, field: "name") {
                try await Self.save(groups[1].id, [.name: "Thôn Hoà"], version: groups[1].version, in: world)
            }
            try await Self.save(groups[0].id, [.name: "Thôn Hòa"], version: groups[0].version, in: world)
        }
    }

    // MARK: Whose they are

    @Test(arguments: TestEngine.allCases)
    func `only the commune itself keeps its groups`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.save(nil, Self.typed, in: world)
            let id = try await world.groups.groups(of: Self.code, for: Self.own.viewer)[0].id
            let others = [
                StorageWorld.communes[1], StorageWorld.analyst, StorageWorld.insurance, StorageWorld.leader,
                StorageWorld.head,
                StorageWorld.base("90001"), StorageWorld.administrator, StorageWorld.auditor, StorageWorld.inspector,
            ]
            for viewer in others {
                let by = Submission(viewer: viewer)
                await expectRefusal(.forbidden) {
                    try await Self.load([Self.heading, "1;Thôn 9;1;1;1;"], by: by, in: world)
                }
                await expectRefusal(.forbidden) { try await Self.save(nil, [.name: "Thôn 9"], by: by, in: world) }
                await expectRefusal(.forbidden) { try await Self.save(id, [.name: "Thôn 9"], by: by, in: world) }
                await expectRefusal(.forbidden) { try await world.groups.removeGroup(id, of: Self.code, by: by) }
            }
            // A group of another commune is not there, whoever asks.
            let neighbour = Submission(viewer: StorageWorld.communes[1])
            await expectRefusal(.notFound) {
                try await world.groups.removeGroup(id, of: CountedWorld.codes[1], by: neighbour)
            }
            #expect(try await Self.stored(world) == ["Tổ 1: 120/1400 50/20"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `groups are open to their commune and to those above it`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await Self.save(nil, Self.typed, in: world)
            for viewer in [
                StorageWorld.communes[0], StorageWorld.head, StorageWorld.analyst, StorageWorld.leader,
                StorageWorld.insurance,
                StorageWorld.auditor, StorageWorld.administrator, StorageWorld.inspector, StorageWorld.base("90001"),
            ] {
                #expect(try await world.groups.groups(of: Self.code, for: viewer).count == 1, "\(viewer.login)")
            }
            await expectRefusal(.forbidden) {
                try await world.groups.groups(of: Self.code, for: StorageWorld.communes[1])
            }
            // A base office is above the communes of its area, not above others.
            let elsewhere = StorageWorld.base("90002", "90003")
            await expectRefusal(.forbidden) { try await world.groups.groups(of: Self.code, for: elsewhere) }
        }
    }
}
