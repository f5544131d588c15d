import Database
import Access
import Exchange
import Formats
import Jobs
import Kernel
import Registry
import TestSupport
import Testing

/// Of what comes, what was agreed on is kept, and nothing else.
@Suite
struct DeliveryGroundTests {
    private static let rows = [
        "Nguyễn Thị Hoa,031185001234,3118500123,0912345678,11311", "Trần Văn Bình,031090005678,,0987654321,11311",
        ",031077001111,,0977111222,11329",
    ]

    /// BHXH hands `people` over to tax; telephones and social insurance numbers are not agreed on.
    private static func agree(
        _ world: ExchangeWorld, fields: [String] = ["Họ và tên", "Số CCCD", "Xã"], from: String = "01/10/2026"
    ) async throws {
        let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
        var draft = AgreementDraft.sample(giver: "bhxh-thanh-pho", from: from)
        (draft.receiver, draft.fields) = ("thue-thanh-pho", fields)
        _ = try await exchange.propose(draft, by: people.bhxh)
        try await exchange.agree(to: 1, seen: 1, by: people.tax)
        try await exchange.sign(1, seen: 1, paper: "12/BHXH", on: "01/10/2026", by: people.tax)
    }

    @Test(arguments: TestEngine.allCases)
    func `columns beyond the agreement are stored nowhere, not even in returned rows, and the receipt says so`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            try await Self.agree(world)
            let (delivery, _) = try await world.receive(Self.rows)
            #expect(delivery.counts.accepted == 2 && delivery.counts.returned == 1)
            #expect(delivery.counts.leftOut == ["Điện thoại": 3, "Mã số BHXH": 1])
            let ground = try #require(try await world.service().ground(of: delivery.number))
            #expect(ground.name == "TT 1/2026" && ground.subject == Subject(.agreement, 1))
            let found = try await world.store.read { connection in
                try RegisterQueries.records(
                    of: EntityID(first: RecordPlace(delivery: delivery.number, ordinal: 0)), within: .ofSystem,
                    keys: world.keys, on: connection)
            }
            let values = try #require(found.first?.values)
            #expect(values[.name] != nil && values[.personalID] != nil && values[.communeWritten] != nil)
            #expect(values[.phone] == nil && values[.siCode] == nil)
            let returned = try await world.service().returnedRows(of: "1", within: .ofSystem)
            #expect(returned.map(\.row.cells) == [["", "031077001111", "", "", "11329"]])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `without an agreement, and by one of all columns, the whole list is kept`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (before, _) = try await world.receive(Self.rows)
            #expect(before.counts.leftOut.isEmpty)
            #expect(try await world.service().ground(of: before.number) == nil)
            try await Self.agree(world, fields: [])
            let (after, _) = try await world.receive(Self.rows, period: "2026-08")
            #expect(after.counts.leftOut.isEmpty && after.counts.accepted == 2)
            #expect(try await world.service().ground(of: after.number)?.name == "TT 1/2026")
            // What came before the agreement was signed stays as it came.
            #expect(try await world.service().ground(of: before.number) == nil)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is signed while a delivery is received changes nothing for it`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let service = world.service()
            let (arrived, _) = try await service.arrive(
                ExchangeWorld.file(Self.rows), try ExchangeWorld.draft(), by: .commandLine)
            try await Self.agree(world)
            _ = try await world.jobs(service).runDue(as: "test")
            let done = try await service.delivery("\(arrived.number)")
            #expect(done.counts.accepted == 2 && done.counts.leftOut.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the answer to a request holds what was asked for; an agreement in force goes before it`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            let second = try ExchangePeople.officer(of: "cong-an-thanh-pho", named: "Người thứ hai")
            _ = try await exchange.ask(
                RequestDraft(
                    asker: "cong-an-thanh-pho", holder: "bhxh-thanh-pho", format: "people",
                    purpose: "Đối chiếu dân cư", legalBasis: "Điều 30 Luật Bảo hiểm xã hội",
                    fields: ["Họ và tên", "Điện thoại"], persons: "Người trong danh sách rà soát", period: "09/2026",
                    keepUntil: "20/10/2026"), by: people.police)
            try await exchange.send(1, by: second)
            // Not granted yet: nothing rules what comes.
            let (early, _) = try await world.receive(Self.rows, period: "2026-07")
            #expect(try await world.service().ground(of: early.number) == nil)
            try await exchange.grant(1, by: people.bhxh)
            let (answer, _) = try await world.receive(Self.rows)
            #expect(try await world.service().ground(of: answer.number)?.name == "YC 1/2026")
            #expect(answer.counts.leftOut == ["Số CCCD": 3, "Mã số BHXH": 1, "Xã": 3])
            try await exchange.answer(1, with: answer.receipt, by: people.police)
            try await Self.agree(world)
            let (later, _) = try await world.receive(Self.rows, period: "2026-08")
            #expect(try await world.service().ground(of: later.number)?.name == "TT 1/2026")
        }
    }
}
