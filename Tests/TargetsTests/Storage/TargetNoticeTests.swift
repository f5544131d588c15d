import Access
import Kernel
import Notices
import PlanText
import Targets
import TestFigures
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// What communes are told of proposals and targets.
@Suite
struct TargetNoticeTests {
    static func unread(_ world: CountedWorld, _ viewer: Viewer) async throws -> [ReceivedNotice] {
        try await world.base.notices.notices(unreadOnly: true, for: viewer)
    }

    @Test(arguments: TestEngine.allCases)
    func `each commune is asked for its proposal until it sent one or the day is over`(engine: TestEngine) async throws
    {
        try await AllocationStorageTests.with(engine) { world in
            try await world.allocations.callForProposals(
                year: 2027, until: "15/07/2027", by: AllocationStorageTests.analyst)
            try await world.allocations.callForProposals(
                year: 2027, until: "20/07/2027", by: AllocationStorageTests.analyst)
            for commune in StorageWorld.communes {
                let told = try await Self.unread(world, commune)
                #expect(
                    told.map(\.title) == ["Đề nghị đơn vị đề xuất chỉ tiêu năm 2027 trước hết ngày 20/07/2027"],
                    "an earlier day is over")
            }
            for other in [StorageWorld.analyst, StorageWorld.insurance, StorageWorld.head, StorageWorld.base("90001")] {
                #expect(try await Self.unread(world, other).isEmpty, "\(other.login)")
            }
            try await world.allocations.propose(
                CountedWorld.codes[0], year: 2027, total: "1.300", voluntary: "150", reason: "Khu công nghiệp mới",
                conditions: "", by: AllocationStorageTests.own)
            #expect(try await Self.unread(world, StorageWorld.communes[0]).isEmpty)
            #expect(try await Self.unread(world, StorageWorld.communes[1]).count == 1)
            world.base.go(to: Day.known(2027, 7, 21))
            #expect(try await Self.unread(world, StorageWorld.communes[1]).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `communes whose targets are loaded are told of them once, with the document`(engine: TestEngine) async throws {
        try await CountedWorld.with(engine) { world in
            try await world.target("90001 1200 200", "90002 2300 300")
            let told = try await Self.unread(world, StorageWorld.communes[0])
            #expect(told.map(\.title) == ["Đơn vị được giao chỉ tiêu năm 2027"])
            #expect(told.first?.detail == "Năm 2027: 1.200 người, trong đó tự nguyện 200. QĐ 1/QĐ-UBND.")
            #expect(told.first?.subject == Subject(.targets, "2027/90001"))
            #expect(try await Self.unread(world, StorageWorld.communes[2]).isEmpty)
            #expect(try await Self.unread(world, StorageWorld.analyst).isEmpty)
            // The same table again changes nothing; another number takes the place of what was told.
            try await world.target("90001 1200 200", "90002 2400 300")
            #expect(try await Self.unread(world, StorageWorld.communes[0]).map(\.id) == told.map(\.id))
            let second = try await Self.unread(world, StorageWorld.communes[1])
            #expect(second.count == 1 && second[0].detail.contains("2.400 người"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `communes are told of the targets that a decision gives them`(engine: TestEngine) async throws {
        try await AllocationStorageTests.with(engine) { world in
            let id = try await AllocationStorageTests.begin(world)
            try await world.allocations.decideScenario(
                id, AllocationStorageTests.signed("5012/QĐ-UBND", "01/07/2027"), file: AllocationStorageTests.pdf,
                by: AllocationStorageTests.analyst)
            for commune in StorageWorld.communes {
                let told = try await Self.unread(world, commune)
                #expect(told.map(\.title) == ["Đơn vị được giao chỉ tiêu năm 2027"])
                #expect(told.first?.detail.contains("Quyết định 5012/QĐ-UBND") == true)
            }
        }
    }
}
