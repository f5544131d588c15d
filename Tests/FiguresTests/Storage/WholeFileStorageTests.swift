import Access
import Files
import Kernel
import Province
import TestSupport
import Testing

@testable import Figures

/// A file that moves the whole of the city is not taken with one click.
@Suite
struct WholeFileStorageTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    /// Every commune with the same figures.
    static func lines(_ compulsory: Int, _ voluntary: Int = 100) -> [String] {
        HaiPhong.directory.communes.map { "\($0.code);\(compulsory);\(voluntary)" }
    }

    static func receive(_ month: String, _ lines: [String], in world: FiguresWorld) async throws -> RecordID {
        try await world.service.receive(
            FiguresWorld.file(month, lines), month: nil, source: "BHXH", by: insurance)
    }

    @Test(arguments: TestEngine.allCases)
    func `a month that loses an eighth of the city is taken only with a reason, which the trail keeps`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            _ = try await world.service.importFile(FiguresWorld.file("08/2026", Self.lines(1_000)), by: .commandLine)
            let id = try await Self.receive("09/2026", Self.lines(870), in: world)
            let moves = try await world.service.upload(id, for: FiguresWorld.insurance).1.moves
            #expect(
                moves == [
                    WholeMove(
                        month: .known(2026, 9), scheme: .compulsory, reference: .month(.known(2026, 8)), communes: 114,
                        before: 114_000, after: 99_180),
                    WholeMove(
                        month: .known(2026, 9), scheme: .voluntary, reference: .month(.known(2026, 8)), communes: 114,
                        before: 11_400, after: 11_400),
                ])
            #expect(moves.map(\.isLarge) == [true, false])
            let before = try await world.footprint()
            for reason in ["", "   ", "đúng rồi"] {
                let refusal = await expectRefusal(.invalid, field: "whole") {
                    try await world.service.accept(id, acceptsJumps: false, whole: reason, by: Self.insurance)
                }
                #expect(
                    refusal?.fields.first?.message.contains("99.180 người, giảm 14.820 người (13") == true)
            }
            #expect(try await world.footprint() == before)
            try await world.service.accept(
                id, acceptsJumps: false, whole: "Chuyển cách đếm theo nơi làm việc", by: Self.insurance)
            #expect(try await world.trail().suffix(2) == ["figures.imported", "figures.whole-confirmed"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `figures that replace the same month are compared with it, too`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            _ = try await world.service.importFile(FiguresWorld.file("09/2026", Self.lines(1_000)), by: .commandLine)
            let id = try await Self.receive("09/2026", Self.lines(1_060), in: world)
            let moves = try await world.service.upload(id, for: FiguresWorld.insurance).1.moves
            #expect(moves.map(\.reference) == [.held])
            #expect(moves.first?.isLarge == true)
            await expectRefusal(.invalid) {
                try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
            }
        }
    }

    @Test(arguments: [(8, 9, 0.1), (12, 1, 0.2), (11, 2, 0.2)])
    func `a fall of the voluntary is the season's over the new year only`(from: Int, to: Int, bound: Double) {
        let (earlier, month) = (Month.known(2026, from), Month.known(to < from ? 2027 : 2026, to))
        func move(_ after: Int, _ scheme: Scheme = .voluntary) -> WholeMove {
            WholeMove(
                month: month, scheme: scheme, reference: .month(earlier), communes: 114, before: 100_000, after: after)
        }
        #expect(move(85_000).mostShare == bound && move(115_000).mostShare == 0.2)
        #expect(move(85_000).isLarge == (bound < 0.15) && !move(115_000).isLarge && move(121_000).isLarge)
        #expect(move(94_000, .compulsory).isLarge && move(106_000, .compulsory).isLarge)
    }

    @Test(arguments: TestEngine.allCases)
    func `a few communes say nothing of the whole`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            _ = try await world.service.importFile(FiguresWorld.file("08/2026", Self.lines(1_000)), by: .commandLine)
            let id = try await Self.receive("09/2026", Self.lines(700).prefix(56).map { $0 }, in: world)
            #expect(try await world.service.upload(id, for: FiguresWorld.insurance).1.moves == [])
            try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the command line asks for the reason as well`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            _ = try await world.service.importFile(FiguresWorld.file("08/2026", Self.lines(1_000)), by: .commandLine)
            let file = FiguresWorld.file("09/2026", Self.lines(1_200))
            await expectRefusal(.invalid) { _ = try await world.service.importFile(file, by: .commandLine) }
            let taken = try await world.service.importFile(file, whole: "Đối chiếu lại với thuế", by: .commandLine)
            #expect(taken.batch == 2)
        }
    }
}
