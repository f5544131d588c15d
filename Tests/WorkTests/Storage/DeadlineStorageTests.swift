import Notices
import Access
import Database
import Kernel
import PlanText
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// More time, own days, other days, other rules, work nobody foresaw.
@Suite
struct DeadlineStorageTests {
    static let id = "I.1/2027-03/90001"
    /// The plan leaves its day to the lead.
    static let open = "I.3/2027/bhxh-tinh"
    static let commune = Submission(viewer: StorageWorld.communes[0])
    static let analyst = Submission(viewer: StorageWorld.analyst)
    static let insurance = Submission(viewer: StorageWorld.insurance)

    @Test(arguments: TestEngine.allCases)
    func `more time is asked for and granted`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            for (until, reason, field) in [
                ("31/03/2027", "Chờ số liệu", "until"), ("31/02/2027", "Chờ số liệu", "until"),
                ("", "Chờ số liệu", "until"),
                ("30/04/2027", "", "reason"),
            ] {
                await expectRefusal(.invalid, field: field) {
                    try await world.work.askExtension(Self.id, until: until, reason: reason, by: Self.commune)
                }
            }
            try await world.work.askExtension(Self.id, until: "30/04/2027", reason: "Chờ số liệu", by: Self.commune)
            let asked = try await world.item(Self.id)
            #expect(asked.extensionDay == Day.known(2027, 4, 30))
            #expect(asked.extensionReason == "Chờ số liệu")
            #expect(asked.due == Day.known(2027, 3, 31))
            // One question at a time.
            #expect(!asked.actions(for: Self.commune.viewer, in: world.plan).contains(.askExtension))
            await expectRefusal(.stale) {
                try await world.work.askExtension(Self.id, until: "15/05/2027", reason: "Nữa", by: Self.commune)
            }
            #expect(try await world.status(Self.id) == .notDue)
            #expect(try await world.waiting(.toExtend, for: StorageWorld.analyst) == [Self.id])

            for viewer in [StorageWorld.communes[0], StorageWorld.insurance, StorageWorld.leader] {
                await expectRefusal(.forbidden) {
                    try await world.work.decideExtension(Self.id, grant: true, note: "", by: .init(viewer: viewer))
                }
            }
            try await world.work.decideExtension(Self.id, grant: true, note: "", by: Self.analyst)
            let granted = try await world.item(Self.id)
            #expect(granted.due == Day.known(2027, 4, 30))
            #expect(granted.scheduledDue == Day.known(2027, 3, 31))
            #expect(granted.dueOrigin == .extension_)
            #expect(granted.extensionDay == nil)
            #expect(try await world.status(Self.id) == .extended)
            world.go(to: Day.known(2027, 5, 1))
            #expect(try await world.status(Self.id) == .late)
            #expect(try await world.events(Self.id) == [.extensionAsked, .extensionGranted])
            await expectRefusal(.stale) {
                try await world.work.decideExtension(Self.id, grant: true, note: "", by: Self.analyst)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `more time is refused with a reason and the day stays`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await world.work.askExtension(Self.id, until: "30/04/2027", reason: "Chờ", by: Self.commune)
            await expectRefusal(.invalid, field: "note") {
                try await world.work.decideExtension(Self.id, grant: false, note: "", by: Self.analyst)
            }
            try await world.work.decideExtension(Self.id, grant: false, note: "Không đủ lý do", by: Self.analyst)
            let item = try await world.item(Self.id)
            #expect(item.due == Day.known(2027, 3, 31))
            #expect(item.dueOrigin == .plan)
            #expect(item.extensionDay == nil)
            #expect(try await world.events(Self.id) == [.extensionAsked, .extensionRefused])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `handing in takes back the question for more time`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await world.work.askExtension(Self.id, until: "30/04/2027", reason: "Chờ", by: Self.commune)
            try await world.handIn(Self.id)
            #expect(try await world.item(Self.id).extensionDay == nil)
            await expectRefusal(.stale) {
                try await world.work.decideExtension(Self.id, grant: true, note: "", by: Self.analyst)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a lead sets the day of work that the plan leaves to it, and of no other`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            await expectRefusal(.forbidden) {
                try await world.work.setDueDay(Self.id, to: "30/04/2027", reason: "x", by: Self.commune)
            }
            await expectRefusal(.forbidden) {
                try await world.work.setDueDay(
                    "II.2/2027-2028/bhxh-tinh", to: "30/04/2027", reason: "x", by: Self.insurance)
            }
            await expectRefusal(.forbidden) {
                try await world.work.setDueDay(Self.open, to: "30/04/2027", reason: "x", by: Self.commune)
            }
            for wrong in ["31/04/2027", "30/04/2028", "31/12/2026", ""] {
                await expectRefusal(.invalid, field: "day") {
                    try await world.work.setDueDay(Self.open, to: wrong, reason: "", by: Self.insurance)
                }
            }
            try await world.work.setDueDay(Self.open, to: "30/04/2027", reason: "", by: Self.insurance)
            let item = try await world.item(Self.open)
            #expect(item.due == Day.known(2027, 4, 30))
            #expect(item.scheduledDue == nil)
            #expect(item.dueOrigin == .lead)
            try await world.work.setDueDay(Self.open, to: "31/05/2027", reason: "", by: Self.insurance)
            #expect(try await world.item(Self.open).due == Day.known(2027, 5, 31))
            #expect(try await world.events(Self.open) == [.dueSet, .dueSet])
            #expect(try await world.ids(for: StorageWorld.auditor, WorkFilter(undated: true)).count == 3)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the coordinating agency puts another day with a reason`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            await expectRefusal(.invalid, field: "reason") {
                try await world.work.setDueDay(Self.id, to: "15/04/2027", reason: "", by: Self.analyst)
            }
            await expectRefusal(.invalid, field: "day") {
                try await world.work.setDueDay(Self.id, to: "28/02/2027", reason: "x", by: Self.analyst)
            }
            for viewer in [
                StorageWorld.leader, StorageWorld.insurance, StorageWorld.inspector, StorageWorld.administrator,
            ] {
                await expectRefusal(.forbidden) {
                    try await world.work.setDueDay(Self.id, to: "15/04/2027", reason: "x", by: .init(viewer: viewer))
                }
            }
            try await world.work.setDueDay(Self.id, to: "15/04/2027", reason: "Tết muộn", by: Self.analyst)
            let item = try await world.item(Self.id)
            #expect(item.due == Day.known(2027, 4, 15))
            #expect(item.dueOrigin == .override)
            #expect(item.scheduledDue == Day.known(2027, 3, 31))
            let event = try #require(try await world.work.detail(Self.id, for: StorageWorld.auditor).events.last)
            #expect(event.kind == .dueOverridden)
            #expect(event.day == Day.known(2027, 4, 15))
            #expect(event.note == "Tết muộn")
            #expect(try await world.trail("instance/\(Self.id)") == ["instance.due-overridden"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `unplanned work is numbered and outlives a sync`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let lead = try #require(UnitCode("bhxh-tinh"))
            func open(
                _ sender: Submission, task: String = "I.3", lead: UnitCode = lead,
                due: String = "20/02/2027",
                reason: String = "Đơn thư"
            ) async throws {
                try await world.work.openUnplanned(task: task, lead: lead, due: due, reason: reason, by: sender)
            }
            await expectRefusal(.invalid) { try await open(Self.insurance, task: "II.2") }
            await expectRefusal(.invalid) { try await open(Self.insurance, task: "IX.9") }
            await expectRefusal(.forbidden) { try await open(Self.commune) }
            await expectRefusal(.forbidden) {
                try await open(Self.insurance, lead: try #require(UnitCode("so-noi-vu")))
            }
            await expectRefusal(.forbidden) { try await open(Self.analyst, lead: try #require(UnitCode("90001"))) }
            await expectRefusal(.invalid, field: "day") { try await open(Self.insurance, due: "03/01/2027") }
            await expectRefusal(.invalid, field: "reason") { try await open(Self.insurance, reason: "") }

            try await open(Self.insurance)
            try await open(Self.insurance)
            try await open(Self.analyst)
            try await open(Self.analyst, lead: try #require(UnitCode("so-noi-vu")))
            let opened: Set<String> = [
                "I.3/2027-DX1/bhxh-tinh", "I.3/2027-DX2/bhxh-tinh", "I.3/2027-DX3/bhxh-tinh", "I.3/2027-DX1/so-noi-vu",
            ]
            #expect(try await world.ids(for: StorageWorld.auditor).filter { $0.contains("-DX") } == opened)
            let item = try await world.item("I.3/2027-DX2/bhxh-tinh")
            #expect(item.due == Day.known(2027, 2, 20))
            #expect(item.opensOn == StorageWorld.start)
            #expect(item.superior?.text == "so-noi-vu")
            #expect(try await world.events(item.id) == [.opened])

            let later = world.under(try StorageWorld.plan(SyncStorageTests.laterStart))
            _ = try await later.work.syncInstances()
            #expect(try await later.ids(for: StorageWorld.auditor).isSuperset(of: opened))

            world.go(to: Day.known(2028, 1, 10))
            try await open(Self.insurance, due: "20/02/2028")
            #expect(try await world.item("I.3/2028-DX1/bhxh-tinh").year == 2028)
        }
    }
}
