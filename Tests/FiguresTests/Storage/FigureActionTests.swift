import Access
import Kernel
import TestSupport
import Testing

@testable import Figures

/// What a file or a batch is said to be open for is what is not refused, in each state and to each role.
@Suite
struct FigureActionTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    /// A file that waits, with figures of its own.
    static func receive(_ number: Int, in world: FiguresWorld) async throws -> RecordID {
        try await world.service.receive(
            FiguresWorld.file("09/2026", ["10507;\(1_000 + number);10"]), month: nil, source: "", by: insurance)
    }

    @Test(arguments: TestEngine.allCases)
    func `a file is open for exactly what is not refused`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            var number = 0
            var opened = 0
            for state in ["waiting", "taken", "discarded"] {
                for viewer in FiguresWorld.everybody {
                    for action in UploadAction.allCases {
                        number += 1
                        let id = try await Self.receive(number, in: world)
                        switch state {
                        case "taken": try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
                        case "discarded": try await world.service.discard(id, by: Self.insurance)
                        default: break
                        }
                        let upload = try await world.service.upload(id, for: FiguresWorld.insurance).0
                        let isOpen = upload.actions(for: viewer).contains(action)
                        let submission = Submission(viewer: viewer)
                        let isClosed = try await isClosed {
                            switch action {
                            case .take: try await world.service.accept(id, acceptsJumps: false, by: submission)
                            case .discard: try await world.service.discard(id, by: submission)
                            }
                        }
                        #expect(isOpen != isClosed, "\(action) of a file \(state), as \(viewer.role)")
                        if isOpen { opened += 1 }
                    }
                }
            }
            #expect(opened == 2 * FiguresWorld.everybody.count { $0.may(.acceptFigures) })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a batch is open for exactly what is not refused`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            var number = 0
            var opened: [BatchAction: Int] = [:]
            for isWithdrawn in [false, true] {
                for viewer in FiguresWorld.everybody {
                    for action in BatchAction.allCases {
                        number += 1
                        let id = try await Self.receive(number, in: world)
                        try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
                        if isWithdrawn {
                            try await world.service.withdraw(batch: number, reason: "Nhầm", by: Self.insurance)
                        }
                        let batch = try await world.service.batch(number, for: FiguresWorld.insurance)
                        let isOpen = batch.actions(for: viewer).contains(action)
                        let submission = Submission(viewer: viewer)
                        let isClosed = try await isClosed {
                            switch action {
                            case .withdraw:
                                try await world.service.withdraw(batch: number, reason: "Nhầm", by: submission)
                            case .openFile:
                                _ = try await world.service.openFile(try #require(batch.file), by: submission)
                            }
                        }
                        #expect(isOpen != isClosed, "\(action), withdrawn: \(isWithdrawn), as \(viewer.role)")
                        if isOpen { opened[action, default: 0] += 1 }
                    }
                }
            }
            #expect(opened[.withdraw] == FiguresWorld.everybody.count { $0.may(.withdrawFigures) })
            #expect(opened[.openFile] == 2 * FiguresWorld.everybody.count { $0.may(.openFigureFiles) })
        }
    }
}
