import Access
import Database
import Jobs
import Kernel
import Notices
import TestSupport
import Testing
import Vault

/// Daily deeds about notices, and what jobs and accounts tell.
@Suite
struct NoticeJobTests {
    static func jobs(_ world: NoticesWorld, _ kinds: [JobKind]) -> JobService {
        JobService(
            store: world.store, clock: world.clock.clock, kinds: kinds, grants: NoticesWorld.grants,
            tell: NoticeService.tellOfJobs)
    }

    static func run(_ world: NoticesWorld, _ kind: JobKind, _ name: JobName<NoParameters>) async throws {
        let jobs = jobs(world, [kind])
        let now = world.clock.now
        try await world.store.write { connection in
            _ = try JobService.add(
                name, NoParameters(), title: "Thử", key: nil, notBefore: now, at: now, on: connection)
        }
        #expect(try await jobs.runDue(as: "test") == 1)
        #expect(try await jobs.latest(1).first?.state == .done)
    }

    @Test(arguments: TestEngine.allCases)
    func `what was read or ended is removed after sixty days, what nobody read is kept`(engine: TestEngine) async throws
    {
        try await NoticesWorld.with(engine) { world in
            try await world.post(
                try world.returned("đã đọc"), try world.returned("đã xong"), try world.returned("chưa đọc"))
            let viewer = world.viewer(world.officer)
            let read = try #require(
                try await world.service.notices(unreadOnly: true, for: viewer).first { $0.title.contains("đã đọc") })
            try await world.service.markRead(read.id, by: viewer)
            let ended = world.clock.now
            try await world.store.write {
                try NoticeBoard.resolve(.returned, keys: ["đã xong"], at: ended, on: $0)
            }
            for (days, left) in [(NoticeService.keptDays, 3), (1, 1), (NoticeService.keptUnreadDays, 0)] {
                world.clock.advance(seconds: Int64(days) * 86_400)
                try await Self.run(world, world.service.forgetting, .forgettingNotices)
                #expect(try await world.count("SELECT COUNT(*) FROM notice") == left)
            }
            #expect(try await world.count("SELECT COUNT(*) FROM notice_addressee") == 0)
            #expect(try await world.count("SELECT COUNT(*) FROM notice_reader") == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a daily deed tells what is new and ends what is gone`(engine: TestEngine) async throws {
        let name = JobName<NoParameters>("tests.telling")
        try await NoticesWorld.with(engine) { world in
            func deed(_ keys: [String]) -> JobKind {
                .telling(.returned, as: name, title: "Thử", store: world.store, clock: world.clock.clock) {
                    try keys.map { try world.returned($0) }
                }
            }
            try await Self.run(world, deed(["I.1", "I.2"]), name)
            try await world.service.markAllRead(by: world.viewer(world.officer))
            world.clock.advance(seconds: 86_400)
            try await Self.run(world, deed(["I.2", "I.3"]), name)
            #expect(try await world.unread(world.officer) == ["Việc I.3 bị trả lại"], "I.2 is not told again")
            let all = try await world.service.notices(unreadOnly: false, for: world.viewer(world.officer))
            #expect(Set(all.map(\.title)) == ["Việc I.2 bị trả lại", "Việc I.3 bị trả lại"])
        }
    }

    static let counting = JobName<NoParameters>("tests.counting")

    static func counting(_ run: @escaping @Sendable () throws -> Void) -> JobKind {
        JobKind(counting, title: "Đếm", retries: RetryPolicy(tries: 1), right: .work) { _, _ in
            try run()
            return JobResult("Đã đếm 12 dòng.")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the owner of a job is told that it is done or given up, and nobody else`(engine: TestEngine) async throws {
        struct Broken: Error {}
        try await NoticesWorld.with(engine) { world in
            let owner = Submission(viewer: world.viewer(world.officer))
            let broken = Self.jobs(world, [Self.counting { throw Broken() }])
            let id = try await broken.start(Self.counting, NoParameters(), title: "Đếm tệp A", by: owner)
            _ = try await broken.runDue(as: "test")
            let told = try #require(
                try await world.service.notices(unreadOnly: true, for: owner.viewer).first)
            #expect(told.title == "Không làm được: Đếm tệp A" && told.detail.contains("Đã thử 1 lần"))
            #expect(told.subject == Subject(.job, id) && told.isOwn)

            let mended = Self.jobs(world, [Self.counting {}])
            try await mended.runAgain(id, by: owner)
            _ = try await mended.runDue(as: "test")
            let after = try await world.service.notices(unreadOnly: false, for: owner.viewer)
            #expect(after.map(\.title) == ["Đã xong: Đếm tệp A"])
            #expect(after.first?.detail == "Đã đếm 12 dòng.")
            for other in [world.colleague, world.analyst, world.administrator] {
                #expect(try await world.unread(other).isEmpty)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who cancels a job is not told of it, nor is anybody of the system's own work`(engine: TestEngine) async throws
    {
        try await NoticesWorld.with(engine) { world in
            let owner = Submission(viewer: world.viewer(world.officer))
            let jobs = Self.jobs(world, [Self.counting {}])
            let id = try await jobs.start(Self.counting, NoParameters(), title: "Đếm", by: owner)
            try await jobs.cancel(id, by: owner)
            try await Self.run(world, world.service.forgetting, .forgettingNotices)
            #expect(try await world.count("SELECT COUNT(*) FROM notice") == 0)
        }
    }

    static func access(_ world: NoticesWorld, mails: Bool = true) -> AccessService {
        AccessService(
            store: world.store, clock: world.clock.clock, passwords: PasswordHasher(cost: 4),
            grants: NoticesWorld.grants, keys: .ephemeral(), tell: NoticeService.accountTeller(mails: mails))
    }

    @Test(arguments: TestEngine.allCases)
    func `a changed address is told on screen and, at once, to the address before`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            let viewer = world.viewer(world.officer)
            let access = Self.access(world)
            try await access.changeEmail(of: viewer, to: "moi@example.vn", address: "")
            try await access.changeEmail(of: viewer, to: "moi@example.vn", address: "")
            #expect(
                try await world.unread(world.officer)
                    == ["Địa chỉ thư của bạn đổi từ lan@example.vn sang moi@example.vn"])
            let letters = try await world.service.outbox.lettersToSend()
            #expect(letters.map(\.recipient) == ["lan@example.vn"])
            #expect(letters.first?.body.contains("hãy báo ngay quản trị hệ thống") == true)
            #expect(try await world.count("SELECT COUNT(*) FROM job WHERE kind = 'mail.letters'") == 1)
            #expect(try await world.write(to: world.officer) == false, "the day's letter need not tell it again")
            let keeper = try await world.service.outbox.letters(for: world.viewer(world.analyst))
            #expect(keeper.count == 1 && keeper.allSatisfy { !$0.body.contains("moi@example.vn") })
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an invited person is written to without the link, and so is one who gets a new link`(engine: TestEngine)
        async throws
    {
        try await NoticesWorld.with(engine) { world in
            let access = Self.access(world, mails: false)
            let draft = AccountDraft(
                login: "moi", name: "Người Mới", role: .analyst, agency: AgencyCode("so-noi-vu"),
                email: "nguoi.moi@example.vn")
            let invited = try await access.invite(draft, by: .system)
            let renewed = try await access.reinvite(world.officer.id, by: .system)
            let letters = try await world.service.outbox.lettersToSend()
            #expect(letters.map(\.recipient) == ["nguoi.moi@example.vn", "lan@example.vn"])
            #expect(letters.first?.body.contains("tên đăng nhập “moi”") == true)
            #expect(letters.allSatisfy { !$0.body.contains(invited.token) && !$0.body.contains(renewed.token) })
            #expect(try await world.count("SELECT COUNT(*) FROM job") == 0, "no mail server, no job to send")
            let told = try await world.unread(world.officer)
            #expect(told.count == 1 && told[0].contains("được cấp liên kết đăng nhập mới"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a changed role is told with its reason`(engine: TestEngine) async throws {
        try await NoticesWorld.with(engine) { world in
            let grants = Grants(of: [.access], [.administrator: [.manageAccounts], .communeLeader: [.work]])
            let access = AccessService(
                store: world.store, clock: world.clock.clock, grants: grants, keys: .ephemeral(),
                tell: NoticeService.accountTeller(mails: true))
            try await access.change(
                world.officer.id, to: AccountPost(role: .communeLeader, communes: world.officer.communes),
                reason: "Bổ nhiệm", by: Submission(viewer: world.administrator.viewer(grants)))
            let stored = try await world.store.read { try Accounts.find(login: "lan", on: $0) }
            let leader = try #require(stored).viewer(grants)
            let told = try await world.service.notices(unreadOnly: true, for: leader)
            #expect(told.map(\.detail) == ["Lý do: Bổ nhiệm"])
            #expect(told.first?.title.contains(Role.communeLeader.title) == true)
        }
    }
}
