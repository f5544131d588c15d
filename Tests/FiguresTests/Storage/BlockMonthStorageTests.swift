import Access
import Database
import Files
import Kernel
import Province
import TestSupport
import Testing

@testable import Figures

/// Blocks of a month and what stands beside participants.
@Suite
struct BlockMonthStorageTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    static func take(_ lines: [String], in world: FiguresWorld) async throws {
        let service = MovementStorageTests.service(world)
        let file = IncomingFile(
            name: "bieu.csv", mediaType: "text/csv", bytes: Array(lines.joined(separator: "\n").utf8))
        let id = try await service.receive(file, month: nil, place: .province, source: "BHXH", by: insurance)
        try await service.accept(id, whole: "Số liệu kiểm thử", by: insurance)
    }

    static func blocks(_ month: String, _ lines: String..., in world: FiguresWorld) async throws {
        let file = IncomingFile(
            name: "khoi.csv", mediaType: "text/csv",
            bytes: Array(
                (["BHXH thành phố", "Tháng \(month)", "Mã xã;DN nhà nước;DN FDI;Khác;BHXH bắt buộc;BHXH tự nguyện"]
                    + lines).joined(separator: "\n").utf8))
        _ = try await world.service.importFile(file, by: .commandLine)
    }

    static func month(
        _ world: FiguresWorld, until month: Month = .known(2026, 9), commune: CommuneCode? = nil
    ) async throws -> BlockMonth? {
        try await world.store.read { try FigureService.blockMonth(until: month, commune: commune, on: $0) }
    }

    @Test(arguments: TestEngine.allCases)
    func `the latest month with blocks is told, its change over the communes of both months`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            #expect(try await Self.month(world) == nil)
            try await Self.blocks("07/2026", "10507;50;30;10;90;5", in: world)
            try await Self.blocks("08/2026", "10507;40;35;15;90;5", "10525;100;0;0;100;5", in: world)
            let found = try #require(try await Self.month(world))
            #expect(found.month == .known(2026, 8) && found.communes == 2 && found.source == "BHXH thành phố")
            #expect(found.lines.map(\.block) == [.stateEnterprise, .foreignEnterprise, .other])
            #expect(found.lines.map(\.people) == [140, 35, 15] && found.lines.map(\.change) == [-10, 5, 5])
            #expect(found.people == 190)
            #expect(found.sum(.enterprises).people == 175 && found.sum(.enterprises).change == -5)
            #expect(found.sum(.households).people == 0 && found.sum(.households).change == nil)
            let own = try #require(try await Self.month(world, commune: .known("10525")))
            #expect(own.lines.map(\.people) == [100, 0, 0] && own.lines.map(\.change) == [nil, nil, nil])
            #expect(try await Self.month(world, until: .known(2026, 6)) == nil)
        }
    }

    static func b16a(_ month: String, _ enterprise: Int) -> [String] {
        [
            "Biểu B16a-TS tháng \(month)",
            "STT;Chỉ tiêu;Số đối tượng tiềm năng;;Số người tham gia trong tháng", ";;Số đơn vị;Số người;",
            "A;BHXH bắt buộc;;;", "1;Doanh nghiệp nhà nước;12;340;\(enterprise)", "4;Chủ hộ kinh doanh;900;1.100;70",
            "B;BHXH tự nguyện;;50.000;8.000",
        ]
    }

    @Test(arguments: TestEngine.allCases)
    func `form B16a-TS gives blocks with who could come, and takes the place of an older breakdown`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            try await Self.blocks("08/2026", "10507;40;35;15;90;5", in: world)
            try await Self.take(Self.b16a("08/2026", 500), in: world)
            try await Self.take(Self.b16a("09/2026", 530), in: world)
            let found = try #require(try await Self.month(world))
            #expect(found.month == .known(2026, 9) && found.communes == nil && found.day == .known(2026, 9, 30))
            #expect(found.lines.map(\.block) == [.stateEnterprise, .householdBusinessOwner])
            #expect(found.lines.map(\.change) == [30, 0])
            #expect(
                found.lines.map(\.potentialUnits) == [12, 900] && found.lines.map(\.potentialPeople) == [340, 1_100])
            let codes = HaiPhong.directory.communes.map(\.code)
            let picture = try await world.store.read {
                try MovementPicture.read(
                    of: .province, in: .known(2026, 9), participants: 1_000, communes: codes,
                    people: { _, _, _ in nil }, on: $0)
            }
            #expect(picture.potential.map(\.scheme) == [.compulsory, .voluntary])
            #expect(
                picture.potential.map(\.people) == [1_440, 50_000] && picture.potential.map(\.units) == [912, nil])
            #expect(picture.coverage == nil && picture.late == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `coverage has its denominator, the day it stands for and who says so; late money its rate`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let codes = HaiPhong.directory.communes.map(\.code)
            func picture(_ place: MovementPlace, _ participants: Int?) async throws -> MovementPicture {
                try await world.store.read {
                    try MovementPicture.read(
                        of: place, in: .known(2026, 9), participants: participants, communes: codes,
                        people: { _, _, _ in nil }, on: $0)
                }
            }
            try await Self.take(
                ["Lực lượng lao động tháng 06/2026", "Mã xã;Lực lượng lao động;Số người chưa tham gia"]
                    + codes.dropLast().map { "\($0);1.000;400" }, in: world)
            let own = try #require(try await picture(.commune(codes[0]), 450).coverage)
            #expect([own.labourForce, own.uninsured, own.participants] == [1_000, 400, 450] && own.share == 0.45)
            #expect(own.day == .known(2026, 6, 30) && own.source == "BHXH" && own.month == .known(2026, 9))
            // One commune is missing: nothing is said of the province.
            #expect(try await picture(.province, 50_000).coverage == nil)
            try await Self.take(
                ["Tháng 07/2026", "Mã xã;Lực lượng lao động", "\(codes[codes.count - 1]);1.000"], in: world)
            let whole = try #require(try await picture(.province, 57_000).coverage)
            #expect(whole.labourForce == 114_000 && whole.uninsured == nil && whole.share == 0.5)
            #expect(whole.day == .known(2026, 6, 30))
            #expect(try await picture(.province, nil).coverage == nil)
            try await Self.take(
                [
                    "Tháng 08/2026 (đơn vị tính: triệu đồng)", "Tỉnh/TP;Kế hoạch thu;Chậm đóng tính lãi",
                    "Hải Phòng;1000;44",
                ], in: world)
            let late = try #require(try await picture(.province, nil).late)
            #expect([late.amount, late.plan] == [44_000_000, 1_000_000_000] && late.rate == 0.044)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `flows are a series where all three are known`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            _ = try await MovementStorageTests.take(["10507;;12;3;4", "10525;;1;;2"], in: world)
            let flows = try await world.store.read { try MovementService.flows(on: $0) }
            let month = Month.known(2026, 9)
            let own = MonthFlows(joined: 12, returned: 3, stopped: 4)
            #expect(flows.course(.commune(.known("10507")), .voluntary) == [month: own])
            #expect(flows.course(.commune(.known("10525")), .voluntary) == [:])
            #expect(flows.course(.commune(.known("10507")), nil) == [:])
        }
    }
}
