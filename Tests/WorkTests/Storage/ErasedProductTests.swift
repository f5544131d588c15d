import Access
import Database
import Files
import Kernel
import Notices
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// What becomes of work when two people erase the file of its product.
@Suite
struct ErasedProductTests {
    static let work = WorkNoticeTests.work
    static let officer = StorageWorld.communes[0]

    static func erasure(_ world: StorageWorld) -> FileErasure {
        let pairs = PairPolicy(tell: NoticeService.tellOfPairs)
        return FileErasure(
            store: world.store, clock: world.clock.ticking, keepers: [world.work.productKeeper],
            losses: [world.work.productLoss], pairs: pairs)
    }

    /// An account of its own with the right to confirm, beside the person's.
    static func second(to viewer: Viewer, _ number: Int64 = 77) -> Viewer {
        Viewer(
            account: RecordID(at: Timestamp(secondsSinceEpoch: number)), login: "nguoi-hai", name: "Người Hai",
            role: viewer.role, rights: viewer.rights.union([.confirmErasure, .readErasures]), agency: viewer.agency,
            communes: viewer.communes)
    }

    static func file(_ world: StorageWorld) async throws -> RecordID {
        try #require(try await world.work.detail(work, for: officer).products.first?.file?.id)
    }

    static func propose(_ world: StorageWorld) async throws -> (file: RecordID, deed: RecordID) {
        let (erasure, file) = (erasure(world), try await file(world))
        try await erasure.propose(file, reason: "Báo cáo kèm danh sách người dân", by: Submission(viewer: officer))
        return (file, try #require(try await erasure.file(file, for: officer).waiting?.id))
    }

    @Test(arguments: TestEngine.allCases)
    func `accepted work comes back in the same step, its history says so, and lead and reviewers are told`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            try await world.handIn(Self.work)
            try await world.work.decide(
                Self.work, accept: true, note: "", by: Submission(viewer: StorageWorld.analyst))
            let erasure = Self.erasure(world)
            let (file, deed) = try await Self.propose(world)
            let second = Self.second(to: StorageWorld.administrator)
            let undoes = try #require(try await erasure.file(file, for: second).holder?.undoes)
            #expect(undoes.count == 1 && undoes[0].contains("đã được chấp nhận: huỷ tệp thì việc trở lại"))
            try await erasure.confirm(file, deed: deed, by: Submission(viewer: second))

            let item = try await world.item(Self.work)
            #expect(item.state == .returned)
            let words = "Tệp đã huỷ theo biên bản số 1/2027. Lý do: Báo cáo kèm danh sách người dân"
            #expect(item.note == words)
            #expect(try await world.events(Self.work).suffix(2) == [.productErased, .returned])
            #expect(
                try await world.trail("instance/\(Self.work)").suffix(2) == [
                    "instance.product-erased", "instance.returned",
                ])
            let lead = try await WorkNoticeTests.unread(world, Self.officer)
            #expect(lead.map(\.title).contains("Việc I.1 (Tháng 3/2027) trở lại chưa xong"))
            #expect(!lead.map(\.title).contains { $0.contains("đã được chấp nhận") })
            let reviewer = try await WorkNoticeTests.unread(world, StorageWorld.analyst)
            #expect(reviewer.map(\.detail) == [words])
            #expect(reviewer.first?.subject == Subject(.instance, Self.work))
            await expectRefusal(.invalid) {
                try await world.work.submit(Self.work, by: Submission(viewer: Self.officer))
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nobody of the unit itself is the second where the work was accepted`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            try await world.handIn(Self.work)
            let (file, deed) = try await Self.propose(world)
            let erasure = Self.erasure(world)
            let own = Self.second(to: Self.officer)
            #expect(erasure.mayConfirm(try await erasure.file(file, for: own), own), "it only waits for a decision")
            try await world.work.decide(
                Self.work, accept: true, note: "", by: Submission(viewer: StorageWorld.analyst))
            let found = try await erasure.file(file, for: own)
            #expect(!erasure.mayConfirm(found, own) && !found.fits, "it was proposed before the work was accepted")
            await expectRefusal(.forbidden) {
                try await erasure.confirm(file, deed: deed, by: Submission(viewer: own))
            }
            await expectRefusal(.stale) {
                try await erasure.confirm(
                    file, deed: deed, by: Submission(viewer: Self.second(to: StorageWorld.administrator)))
            }
            #expect(try await world.item(Self.work).state == .accepted)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work that is still being prepared stays so, and its history says that the file is gone`(
        engine: TestEngine
    ) async throws {
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 1)) { world in
            try await world.fill(Self.work)
            let (file, deed) = try await Self.propose(world)
            try await Self.erasure(world).confirm(
                file, deed: deed, by: Submission(viewer: Self.second(to: Self.officer)))
            #expect(try await world.item(Self.work).state == .none)
            #expect(try await world.events(Self.work).last == .productErased)
            let told = try await WorkNoticeTests.unread(world, Self.officer).map(\.title)
            #expect(
                Set(told) == [
                    "Việc I.1 (Tháng 3/2027): tệp sản phẩm đã huỷ, phải nộp lại",
                    "Người Hai đã xác nhận đề nghị của bạn: huỷ tệp đã tải lên",
                ])
            #expect(try await WorkNoticeTests.unread(world, StorageWorld.analyst).isEmpty)
        }
    }
}
