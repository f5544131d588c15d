import Access
import Database
import Exchange
import Kernel
import Notices
import TestSupport
import Testing

/// Agreements from proposal to end, and what is due by them.
@Suite
struct AgreementTests {
    /// Proposed by tax, agreed to by BHXH, signed.
    static func signed(
        _ world: ExchangeWorld, _ people: ExchangePeople.Four, _ draft: AgreementDraft = .sample()
    ) async throws -> Int {
        let exchange = world.exchange()
        let number = try #require(Int(try await exchange.propose(draft, by: people.tax).key))
        try await exchange.agree(to: number, seen: 1, by: people.bhxh)
        try await exchange.sign(number, seen: 1, paper: "12/BHXH-QLT", on: "02/10/2026", by: people.bhxh)
        return number
    }

    @Test(arguments: TestEngine.allCases)
    func `one side proposes, the other agrees, the paper makes it hold; each step is kept`(engine: TestEngine)
        async throws
    {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            let number = try await Self.signed(world, people)
            let (agreement, events) = try await exchange.agreement(number, for: people.tax.viewer)
            #expect(events.map(\.kind) == [.proposed, .agreed, .signed])
            #expect(agreement.name == "TT 1/2026")
            #expect(agreement.inForce(on: try #require(Day("2026-10-01")))?.paper?.number == "12/BHXH-QLT")
            #expect(agreement.inForce(on: try #require(Day("2026-09-30"))) == nil)
            #expect(agreement.words(on: world.clock.now.day) == "đang có hiệu lực")
            let trail = try await world.store.read {
                try $0.rows("SELECT action FROM audit_entry ORDER BY sequence").map { try $0.text("action") }
            }
            #expect(trail == ["agreement.proposed", "agreement.agreed", "agreement.signed"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `nobody but the two sides does anything, and each side only its own part`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            await ExchangePeople.refused(.forbidden, "bên giao hoặc bên nhận") {
                _ = try await exchange.propose(.sample(), by: people.police)
            }
            await ExchangePeople.refused(.forbidden) { _ = try await exchange.propose(.sample(), by: people.inspector) }
            _ = try await exchange.propose(.sample(), by: people.tax)
            await ExchangePeople.refused(.forbidden, "bên kia mới đồng ý") {
                try await exchange.agree(to: 1, seen: 1, by: people.tax)
            }
            await ExchangePeople.refused(.notFound) { try await exchange.agree(to: 1, seen: 1, by: people.police) }
            await ExchangePeople.refused(.notFound) { _ = try await exchange.agreement(1, for: people.police.viewer) }
            await ExchangePeople.refused(.forbidden) { try await exchange.agree(to: 1, seen: 1, by: people.inspector) }
            #expect(try await exchange.agreements(for: people.inspector.viewer).count == 1)
            #expect(try await exchange.agreements(for: people.police.viewer).isEmpty)
            await ExchangePeople.refused(.stale) {
                try await exchange.sign(1, seen: 1, paper: "1", on: "02/10/2026", by: people.tax)
            }
            await ExchangePeople.refused(.stale) { try await exchange.agree(to: 1, seen: 2, by: people.bhxh) }
            await ExchangePeople.refused(.invalid, "vì sao") {
                try await exchange.refuse(1, seen: 1, reason: " ", by: people.bhxh)
            }
            try await exchange.refuse(1, seen: 1, reason: "Thiếu trường", by: people.bhxh)
            await ExchangePeople.refused(.stale) { try await exchange.agree(to: 1, seen: 1, by: people.bhxh) }
            let open = try await exchange.agreement(1, for: people.tax.viewer).0
            #expect(open.actions(for: people.tax.viewer, on: world.clock.now.day) == [.propose])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is wrong in a draft is named field by field`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            var draft = AgreementDraft.sample()
            (draft.purpose, draft.fields, draft.retentionMonths, draft.dueDay) = ("", ["Số CCC"], "0", "32")
            draft.keeps = ["Điện thoại"]
            do {
                _ = try await exchange.propose(draft, by: people.tax)
                Issue.record("taken")
            } catch let refusal as Refusal {
                #expect(
                    Set(refusal.fields.map(\.field)) == ["purpose", "fields", "retention", "dueDay", "keeps"],
                    "\(refusal)")
                #expect(refusal.message.contains("Có phải “Số CCCD”?"))
            }
            draft = .sample()
            draft.fields = ["Số CCCD"]
            await ExchangePeople.refused(.invalid, "Thiếu trường “Họ và tên”") {
                _ = try await exchange.propose(draft, by: people.tax)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a new version takes the place of the old on its first day; two agreements never rule one list`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            let number = try await Self.signed(world, people)
            var draft = AgreementDraft.sample(from: "01/01/2027")
            draft.dueDay = "20"
            try await exchange.proposeVersion(draft, of: number, by: people.bhxh)
            try await exchange.agree(to: number, seen: 2, by: people.tax)
            try await exchange.sign(number, seen: 2, paper: "13/BHXH-QLT", on: "05/10/2026", by: people.tax)
            let agreement = try await exchange.agreement(number, for: people.tax.viewer).0
            #expect(agreement.inForce(on: try #require(Day("2026-12-31")))?.version == 1)
            #expect(agreement.inForce(on: try #require(Day("2027-01-01")))?.version == 2)
            _ = try await exchange.propose(.sample(), by: people.tax)
            try await exchange.agree(to: 2, seen: 1, by: people.bhxh)
            await ExchangePeople.refused(.invalid, "TT 1/2026 đã quy định") {
                try await exchange.sign(2, seen: 1, paper: "14", on: "05/10/2026", by: people.tax)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is due and missing follows agreement, deliveries and the day; both sides are told until it comes`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            let draft = AgreementDraft.sample()
            // Of BHXH's own list here, since the world's files come from there.
            var own = draft
            (own.giver, own.receiver) = ("bhxh-thanh-pho", "thue-thanh-pho")
            _ = try await exchange.propose(own, by: people.bhxh)
            try await exchange.agree(to: 1, seen: 1, by: people.tax)
            try await exchange.sign(1, seen: 1, paper: "12", on: "02/10/2026", by: people.bhxh)
            #expect(try await exchange.allDueDeliveries().map(\.words) == ["còn 5 ngày"])
            world.clock.set(Timestamp(day: try #require(Day("2026-10-13")), hour: 9))
            let late = try await exchange.allDueDeliveries()
            #expect(late.filter(\.isMissing).map(\.words) == ["quá hạn 3 ngày, chưa giao"])
            #expect(try await exchange.dueDeliveries(for: people.police.viewer).isEmpty)
            func told() async throws -> Int {
                try await world.store.read {
                    try $0.integer(
                        "SELECT COUNT(*) FROM notice WHERE kind = 'exchange.missing' AND resolved_at IS NULL") ?? 0
                }
            }
            try await world.runDeed(.tellingMissing)
            #expect(try await told() == 1)
            let (delivery, _) = try await world.receive(["Nguyễn Thị Hoa,031185001234,,,11311"])
            let came = try await exchange.allDueDeliveries()
            #expect(came.first?.words == "đã nhận \(delivery.receipt), chậm 3 ngày")
            try await world.runDeed(.tellingMissing)
            #expect(try await told() == 0)
            #expect(try await exchange.agreement(of: delivery)?.number == 1)
            _ = try await world.withdraw(delivery)
            #expect(try await exchange.allDueDeliveries().contains(where: \.isMissing))
            try await exchange.end(1, reason: "Thay bằng kết nối trực tiếp", by: people.tax)
            world.clock.set(Timestamp(day: try #require(Day("2026-12-20")), hour: 9))
            #expect(try await exchange.allDueDeliveries().map(\.due) == [try #require(Day("2026-10-10"))])
        }
    }
}
