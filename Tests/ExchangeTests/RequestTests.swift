import Access
import Database
import Exchange
import Formats
import Jobs
import Kernel
import Registry
import TestSupport
import Testing

/// Requests for data, from drawing up to destroyed rows.
@Suite
struct RequestTests {
    private static let rows = [
        "Nguyễn Thị Hoa,031185001234,3118500123,0912345678,11311", "Trần Văn Bình,031090005678,,0987654321,11311",
        ",031077001111,,,11329",
    ]

    /// Police ask BHXH: the world's files come from there.
    private static func draft(keeps: [String] = []) -> RequestDraft {
        RequestDraft(
            asker: "cong-an-thanh-pho", holder: "bhxh-thanh-pho", format: "people", purpose: "Đối chiếu dân cư",
            legalBasis: "Điều 30 Luật Bảo hiểm xã hội", fields: ["Họ và tên", "Số CCCD", "Điện thoại", "Xã"],
            communes: ["11311"], persons: "Người trong danh sách rà soát", period: "09/2026",
            keepUntil: "20/10/2026", keeps: keeps)
    }

    /// Up to the answer: what came belongs to it.
    private static func answered(
        _ world: ExchangeWorld, keeps: [String] = []
    ) async throws -> (people: ExchangePeople.Four, delivery: Delivery) {
        let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
        let second = try ExchangePeople.officer(of: "cong-an-thanh-pho", named: "Người thứ hai")
        _ = try await exchange.ask(draft(keeps: keeps), by: people.police)
        try await exchange.send(1, by: second)
        try await exchange.grant(1, by: people.bhxh)
        let (delivery, _) = try await world.receive(rows)
        try await exchange.answer(1, with: delivery.receipt, by: people.police)
        return (people, delivery)
    }

    @Test(arguments: TestEngine.allCases)
    func `both sides approve, each step with its day; who drew it up approves nothing`(engine: TestEngine) async throws
    {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            let second = try ExchangePeople.officer(of: "cong-an-thanh-pho", named: "Người thứ hai")
            await ExchangePeople.refused(.forbidden, "của đơn vị mình") {
                _ = try await exchange.ask(Self.draft(), by: people.tax)
            }
            _ = try await exchange.ask(Self.draft(), by: people.police)
            await ExchangePeople.refused(.forbidden, "một người khác của đơn vị") {
                try await exchange.send(1, by: people.police)
            }
            await ExchangePeople.refused(.forbidden) { try await exchange.send(1, by: people.inspector) }
            await ExchangePeople.refused(.notFound) { try await exchange.send(1, by: people.tax) }
            await ExchangePeople.refused(.stale) { try await exchange.grant(1, by: people.bhxh) }
            try await exchange.send(1, by: second)
            await ExchangePeople.refused(.forbidden, "Bên giữ dữ liệu mới quyết định") {
                try await exchange.grant(1, by: people.police)
            }
            await ExchangePeople.refused(.invalid, "vì sao") { try await exchange.deny(1, reason: "", by: people.bhxh) }
            try await exchange.grant(1, by: people.bhxh)
            let (request, events) = try await exchange.request(1, for: people.inspector.viewer)
            #expect(request.state == .granted && request.name == "YC 1/2026")
            #expect(events.map(\.kind) == [.drafted, .sent, .granted])
            #expect(events.map(\.byName) == ["Cán bộ công an", "Người thứ hai", "Cán bộ BHXH"])
            await ExchangePeople.refused(.notFound) { _ = try await exchange.request(1, for: people.tax.viewer) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `only a delivery of the holder, in that list, after the approval, answers`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            let second = try ExchangePeople.officer(of: "cong-an-thanh-pho", named: "Người thứ hai")
            let (early, _) = try await world.receive(Self.rows, period: "2026-08")
            world.clock.advance(seconds: 60)
            _ = try await exchange.ask(Self.draft(), by: people.police)
            try await exchange.send(1, by: second)
            try await exchange.grant(1, by: people.bhxh)
            world.clock.advance(seconds: 60)
            await ExchangePeople.refused(.invalid, "đến trước khi bên giữ dữ liệu đồng ý") {
                try await exchange.answer(1, with: early.receipt, by: people.police)
            }
            await ExchangePeople.refused(.invalid, "Không có lần giao “9/2026”") {
                try await exchange.answer(1, with: "9/2026", by: people.police)
            }
            let (delivery, _) = try await world.receive(Self.rows)
            try await exchange.answer(1, with: delivery.receipt, by: people.bhxh)
            #expect(try await exchange.request(1, for: people.police.viewer).0.delivery == delivery.number)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `on the day after the last the rows are gone, with minutes; what was no number is gone too`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, delivery) = try await Self.answered(world)
            let exchange = world.exchange()
            world.clock.set(Timestamp(day: try #require(Day("2026-10-20")), hour: 23))
            try await world.runDeed(.destroyingDue)
            #expect(try await exchange.minutes(for: people.police.viewer).isEmpty)
            #expect(try await world.records().count == 1 + delivery.counts.accepted)
            world.clock.set(Timestamp(day: try #require(Day("2026-10-21")), hour: 3))
            try await world.runDeed(.destroyingDue)
            let (minutes, of) = try await exchange.minutes(1, for: people.police.viewer)
            #expect(minutes.records == delivery.counts.accepted && minutes.returned == delivery.counts.returned)
            #expect(minutes.kept.isEmpty && minutes.lastDay.description == "2026-10-20")
            #expect(of.state == .destroyed && of.sha256 == delivery.sha256)
            #expect(try await exchange.request(1, for: people.bhxh.viewer).0.state == .destroyed)
            #expect(try await world.records().count == 1)
            for table in ["record", "membership", "identity", "returned_row", "delivery_part"] {
                let left = try await world.store.read { try $0.integer("SELECT COUNT(*) FROM \(table)") }
                #expect(left == 0, "\(table)")
            }
            #expect(!(try await world.everything()).contains("Nguyễn Thị Hoa"))
            // Once more changes nothing.
            let before = try await world.everything()
            try await world.runDeed(.destroyingDue)
            #expect(try await exchange.minutes(for: people.police.viewer).count == 1)
            #expect(before.contains("biên bản số 1/2026"))
            await ExchangePeople.refused(.notFound) { _ = try await exchange.minutes(1, for: people.tax.viewer) }
            await ExchangePeople.refused(.stale) {
                _ = try await world.service().withdraw("1", reason: "thử", by: .commandLine)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what may stay stays, with the person it is of; all else that the row said is gone`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, delivery) = try await Self.answered(world, keeps: ["Xã"])
            let (exchange, members) = (world.exchange(), try await world.records())
            world.clock.set(Timestamp(day: try #require(Day("2026-10-21")), hour: 3))
            try await world.runDeed(.destroyingDue)
            let (minutes, of) = try await exchange.minutes(1, for: people.inspector.viewer)
            #expect(minutes.kept == [.communeWritten] && of.state == .inForce)
            // The same persons of the same records, found by the same numbers.
            #expect(try await world.records() == members)
            let found = try await world.store.read { connection in
                try RegisterQueries.records(
                    of: EntityID(first: RecordPlace(delivery: delivery.number, ordinal: 0)), within: .ofSystem,
                    keys: world.keys, on: connection)
            }
            let values = try #require(found.first?.values)
            #expect(values[.phone] == nil)
            #expect(values[.communeWritten] != nil && values[.personalID] != nil && values[.name] != nil)
            #expect(found.first?.repairs.isEmpty == true)
            // Turning the keys afterwards still finds them.
            #expect(try await world.service().returnedRows(of: "1", within: .ofSystem).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the asking side destroys before the day with a reason; the holder cannot`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, _) = try await Self.answered(world)
            let exchange = world.exchange()
            await ExchangePeople.refused(.stale) { try await exchange.destroy(1, reason: "xong", by: people.bhxh) }
            await ExchangePeople.refused(.invalid, "vì sao") {
                try await exchange.destroy(1, reason: "", by: people.police)
            }
            try await exchange.destroy(1, reason: "Đã đối chiếu xong", by: people.police)
            while try await world.jobs(world.service()).runDue(as: "test") > 0 {}
            #expect(try await exchange.minutes(1, for: people.bhxh.viewer).0.reason == "Đã đối chiếu xong")
        }
    }
}
