import Access
import Database
import Kernel
import PlanText
import Province
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// From the first product to acceptance.
@Suite
struct HandInStorageTests {
    /// A document and a list, led by a commune.
    static let id = "I.1/2027-03/90001"
    static let lead = Submission(viewer: StorageWorld.communes[0])
    static let superior = Submission(viewer: StorageWorld.analyst)

    @Test(arguments: TestEngine.allCases)
    func `handing in is open once every slot is filled`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            func isOpen() async throws -> Bool {
                let detail = try await world.work.detail(Self.id, for: Self.lead.viewer)
                return detail.actions(for: Self.lead.viewer, in: world.plan).contains(.submit)
            }
            #expect(try await isOpen() == false)
            await expectRefusal(.invalid) { try await world.work.submit(Self.id, by: Self.lead) }
            try await world.fill(Self.id)
            #expect(try await isOpen())
            try await world.work.submit(Self.id, by: Self.lead)
            #expect(try await isOpen() == false)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work is handed in, returned, handed in again and accepted`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await world.handIn(Self.id)
            #expect(try await world.status(Self.id) == .submitted)
            #expect(try await world.item(Self.id).submittedOn == StorageWorld.start)

            await expectRefusal(.invalid, field: "note") {
                try await world.work.decide(Self.id, accept: false, note: "", by: Self.superior)
            }
            #expect(try await world.status(Self.id) == .submitted)
            world.go(to: Day.known(2027, 1, 6))
            try await world.work.decide(Self.id, accept: false, note: "Thiếu dấu", by: Self.superior)
            #expect(try await world.status(Self.id) == .returned)
            #expect(try await world.item(Self.id).note == "Thiếu dấu")
            #expect(try await world.item(Self.id).decidedOn == Day.known(2027, 1, 6))

            world.go(to: Day.known(2027, 1, 8))
            try await world.work.addProduct(
                world.draft(for: world.plan.tasks[0].slots[0]), slot: 0, instance: Self.id, by: Self.lead)
            try await world.work.submit(Self.id, note: "Đã sửa", by: Self.lead)
            #expect(try await world.status(Self.id) == .submitted)
            #expect(try await world.item(Self.id).note == "")
            #expect(try await world.item(Self.id).decidedOn == nil)

            try await world.work.decide(Self.id, accept: true, note: "", by: Self.superior)
            #expect(try await world.status(Self.id) == .accepted)
            #expect(try await world.item(Self.id).submittedOn == Day.known(2027, 1, 8))
            #expect(
                try await world.events(Self.id)
                    == [.productAdded, .productAdded, .submitted, .returned, .productAdded, .submitted, .accepted])
            #expect(try await world.trail("instance/\(Self.id)").last == "instance.accepted")

            world.go(to: Day.known(2028, 12, 31))
            #expect(try await world.status(Self.id) == .accepted)
            #expect(try await world.item(Self.id).wasLate == false)
            await expectRefusal(.stale) { try await world.work.submit(Self.id, by: Self.lead) }
            await expectRefusal(.stale) {
                try await world.work.decide(Self.id, accept: false, note: "x", by: Self.superior)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nothing is handed in while a product is missing`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let refusal = await expectRefusal(.invalid) { try await world.work.submit(Self.id, by: Self.lead) }
            #expect(refusal?.message.contains("Quyết định") == true)
            #expect(refusal?.message.contains("danh sách chỉ tiêu từng địa bàn") == true)

            try await world.work.addProduct(
                world.draft(for: world.plan.tasks[0].slots[1]), slot: 1, instance: Self.id, by: Self.lead)
            let second = await expectRefusal(.invalid) { try await world.work.submit(Self.id, by: Self.lead) }
            #expect(second?.message.contains("danh sách") == false)
            #expect(try await world.status(Self.id) == .notDue)

            try await world.fill(Self.id)
            let product = try #require(try await world.work.detail(Self.id, for: Self.lead.viewer).products.first)
            try await world.work.removeProduct(product.id, instance: Self.id, by: Self.lead)
            await expectRefusal(.invalid) { try await world.work.submit(Self.id, by: Self.lead) }
            await expectRefusal(.stale) {
                try await world.work.removeProduct(product.id, instance: Self.id, by: Self.lead)
            }
            #expect(try await world.item(Self.id).state == .none)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a hand-in that nobody decided on is taken back`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await world.handIn(Self.id)
            await expectRefusal(.stale) {
                try await world.work.addProduct(
                    world.draft(for: world.plan.tasks[0].slots[0]), slot: 0, instance: Self.id, by: Self.lead)
            }
            await expectRefusal(.forbidden) { try await world.work.withdraw(Self.id, by: Self.superior) }
            try await world.work.withdraw(Self.id, by: Self.lead)
            #expect(try await world.item(Self.id).state == .none)
            #expect(try await world.item(Self.id).submittedOn == nil)
            await expectRefusal(.stale) { try await world.work.withdraw(Self.id, by: Self.lead) }
            await expectRefusal(.stale) {
                try await world.work.decide(Self.id, accept: true, note: "", by: Self.superior)
            }
            try await world.work.submit(Self.id, by: Self.lead)
            #expect(try await world.status(Self.id) == .submitted)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `only the lead works`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let draft = world.draft(for: world.plan.tasks[0].slots[0])
            for viewer in [
                StorageWorld.analyst, StorageWorld.insurance, StorageWorld.leader, StorageWorld.head,
                StorageWorld.administrator,
            ] {
                let sender = Submission(viewer: viewer)
                await expectRefusal(.forbidden) {
                    try await world.work.addProduct(draft, slot: 0, instance: Self.id, by: sender)
                }
                await expectRefusal(.forbidden) { try await world.work.submit(Self.id, by: sender) }
                await expectRefusal(.forbidden) {
                    try await world.work.addStep(Self.id, text: "Bước", plannedFor: "", by: sender)
                }
            }
            let neighbour = Submission(viewer: StorageWorld.communes[1])
            await expectRefusal(.notFound) {
                try await world.work.addProduct(draft, slot: 0, instance: Self.id, by: neighbour)
            }
            let refused = try await world.events(Self.id)
            #expect(refused.isEmpty)
            #expect(try await world.count("SELECT COUNT(*) FROM product") == 0)
            #expect(try await world.count("SELECT COUNT(*) FROM stored_file") == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `only the superior decides`(engine: TestEngine) async throws {
        let own = "I.2/2027-Q3/so-noi-vu"
        try await StorageWorld.with(engine) { world in
            try await world.handIn(Self.id)
            try await world.handIn(own)
            for viewer in [
                StorageWorld.communes[0], StorageWorld.insurance, StorageWorld.leader, StorageWorld.inspector,
                StorageWorld.head,
            ] {
                await expectRefusal(.forbidden) {
                    try await world.work.decide(Self.id, accept: true, note: "", by: .init(viewer: viewer))
                }
            }
            // Sở Nội vụ does not accept its own work.
            await expectRefusal(.forbidden) {
                try await world.work.decide(own, accept: true, note: "", by: Self.superior)
            }
            try await world.work.decide(own, accept: true, note: "", by: .init(viewer: StorageWorld.leader))
            #expect(try await world.status(own) == .accepted)
            #expect(try await world.status(Self.id) == .submitted)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `work without a superior is accepted by its hand-in`(engine: TestEngine) async throws {
        let plan = try StorageWorld.plan(("agencies.yaml", "superior: ubnd-tinh", "superior: null"))
        let own = "I.2/2027-Q3/so-noi-vu"
        try await StorageWorld.with(engine, plan: plan) { world in
            try await world.handIn(own)
            #expect(try await world.status(own) == .accepted)
            #expect(try await world.item(own).decidedOn == StorageWorld.start)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a page that shows an older version is refused`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let shown = try await world.item(Self.id).version
            try await world.fill(Self.id)
            await expectRefusal(.stale) { try await world.work.submit(Self.id, version: shown, by: Self.lead) }
            await expectRefusal(.stale) {
                try await world.work.addProduct(
                    world.draft(for: world.plan.tasks[0].slots[0]), slot: 0, instance: Self.id, version: shown,
                    by: Self.lead)
            }
            await expectRefusal(.stale) {
                try await world.work.askExtension(
                    Self.id, until: "30/04/2027", reason: "x", version: shown, by: Self.lead)
            }
            await expectRefusal(.stale) {
                try await world.work.setDueDay(
                    Self.id, to: "30/04/2027", reason: "x", version: shown, by: Self.superior)
            }
            let current = try await world.item(Self.id).version
            #expect(current > shown)
            try await world.work.submit(Self.id, version: current, by: Self.lead)
            await expectRefusal(.stale) {
                try await world.work.decide(Self.id, accept: true, note: "", version: current, by: Self.superior)
            }
            #expect(try await world.status(Self.id) == .submitted)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same form is carried out once, a refused one can be sent again`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            let form = Submission(viewer: StorageWorld.communes[0], form: "mark-1")
            await expectRefusal(.invalid, field: "note") { try await world.work.addNote(Self.id, text: "", by: form) }
            for _ in 1...3 { try await world.work.addNote(Self.id, text: "Đã họp", by: form) }
            try await world.work.addNote(
                Self.id, text: "Đã họp", by: .init(viewer: StorageWorld.communes[0], form: "mark-2"))
            #expect(try await world.events(Self.id) == [.noted, .noted])

            let draft = world.draft(for: world.plan.tasks[0].slots[0])
            let upload = Submission(viewer: StorageWorld.communes[0], form: "mark-3")
            for _ in 1...2 { try await world.work.addProduct(draft, slot: 0, instance: Self.id, by: upload) }
            #expect(try await world.count("SELECT COUNT(*) FROM product") == 1)
            #expect(try await world.count("SELECT COUNT(*) FROM stored_file") == 1)
            // The mark is the sender's own: the same one of somebody else is another form.
            try await world.work.addNote(
                Self.id, text: "Đã xem", by: .init(viewer: StorageWorld.analyst, form: "mark-1"))
            #expect(try await world.events(Self.id).filter { $0 == .noted }.count == 3)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `many people who hand in at once hand in once`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await world.fill(Self.id)
            let version = try await world.item(Self.id).version
            let carriedOut = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        (try? await world.work.submit(Self.id, version: version, by: Self.lead)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(carriedOut == 1)
            #expect(try await world.events(Self.id).filter { $0 == .submitted }.count == 1)
            #expect(try await AuditTrail.verify(in: world.store).problems.isEmpty)
        }
    }
}
