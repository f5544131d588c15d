import Access
import Database
import Exchange
import Files
import Jobs
import Kernel
import TestSupport
import Testing

/// Files that cannot be received, and corrections while they take a place: whole or absent, and never in between.
@Suite
struct RefusedDeliveryTests {
    /// More than a chunk, and a quotation mark at the end that nobody closes.
    private static let torn =
        (0..<1_400).map { "Người Thứ \($0),03109\(1_000_000 + $0),,,11311" }
        + [",031077001111,,,11329", "Lê Văn Dũng,031077009999,,,\"11329"]

    @Test(arguments: TestEngine.allCases)
    func `a file that breaks off in the middle is refused whole, also when its run is lost`(engine: TestEngine)
        async throws
    {
        try await ExchangeWorld.with(engine) { world in
            let august = ["Người Thứ 7,031091000007,,,11311", "Trần Văn Bình,031090005678,,,11311"]
            try await world.receive(august, period: "2026-08")
            let before = try await world.records()
            for fatal in [2, 5, 6, 7, 9, 1_000] {
                let store = BreakingStore(world.store, after: fatal)
                let service = world.service(on: store)
                let name = "ds\(fatal).csv"
                _ = try? await service.arrive(
                    ExchangeWorld.file(Self.torn, name: name), try ExchangeWorld.draft(), by: .commandLine)
                _ = try? await world.jobs(service).runDue(as: "first")
                #expect(try await world.records() == before, "write \(fatal)")
                world.clock.advance(seconds: 120)
                let running = try #require(try await world.service().latest(1).first)
                if running.state != .refused {
                    _ = try await world.service().arrive(
                        ExchangeWorld.file(Self.torn, name: name), try ExchangeWorld.draft(), by: .commandLine)
                    _ = try await world.jobs(world.service()).runDue(as: "second")
                }
                let delivery = try #require(try await world.service().latest(1).first)
                #expect(delivery.state == .refused, "write \(fatal)")
                #expect(delivery.counts.accepted == 0 && delivery.counts.rows == delivery.counts.returned)
                #expect(try await world.records() == before, "write \(fatal)")
                let left = try await world.store.read { connection in
                    try connection.integer("SELECT COUNT(*) FROM record WHERE place >= ?", Int64(2) << 32)
                }
                #expect(left == 0, "write \(fatal)")
                #expect(try await world.store.read { try $0.integer("SELECT COUNT(*) FROM delivery_part") } == 0)
            }
            let whole = try await world.receive(Array(Self.torn.dropLast())).delivery
            #expect(whole.state == .inForce && whole.counts.accepted == 1_400)
            let open = try await world.store.read { connection in
                try connection.integer(
                    "SELECT COUNT(*) FROM returned_row WHERE state = ? AND delivery < ?", "open", whole.number)
            }
            #expect(open == 0, "what was returned of the torn files was sent again")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a list all of whose rows are returned is not in force, and its rows wait until it is sent again`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let delivery = try await world.receive([",031077001111,,,11329", ",031077001112,,,11329"]).delivery
            #expect(delivery.state == .refused)
            #expect(delivery.counts.quarantined == ["missing": 2] && delivery.counts.accepted == 0)
            let service = world.service()
            #expect(try await service.returnedRows(of: delivery.receipt, within: .ofSystem).count == 2)
            let again = try await world.receive(["Lê Văn Dũng,031077001111,,,11329"]).delivery
            #expect(again.state == .inForce)
            #expect(try await service.returnedRows(of: delivery.receipt, within: .ofSystem).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `while a correction takes a place, what was there or what comes is whole at every write`(engine: TestEngine)
        async throws
    {
        let first = (0..<450).map { "Người Thứ \($0),03109\(1_000_000 + $0),,,11311" }
        let second = (0..<430).map { "Người Thứ \($0),03109\(1_000_000 + $0),,0912345678,11311" } + [",,,,11311"]
        var fatal = 0
        var hasBroken = true
        while hasBroken {
            hasBroken = try await ExchangeWorld.with(engine) { [fatal] world in
                try await world.receive(first)
                let before = try await world.records()
                let store = BreakingStore(world.store, after: fatal)
                let service = world.service(on: store)
                let file = ExchangeWorld.file(second)
                let draft = try ExchangeWorld.draft(correction: true)
                _ = try? await service.arrive(file, draft, by: .commandLine)
                _ = try? await world.jobs(service).runDue(as: "first")
                let seen = try await world.records()
                #expect(seen == before || seen.count == 431, "write \(fatal)")
                world.clock.advance(seconds: 120)
                _ = try await world.service().arrive(file, draft, by: .commandLine)
                _ = try await world.jobs(world.service()).runDue(as: "second")
                #expect(try await world.records().count == 431, "write \(fatal)")
                let (old, parts) = try await world.store.read { connection in
                    (
                        try connection.integer("SELECT COUNT(*) FROM membership WHERE place < ?", Int64(2) << 32),
                        try connection.integer("SELECT COUNT(*) FROM delivery_part")
                    )
                }
                #expect(old == 0 && parts == 0, "write \(fatal)")
                return store.hasBroken
            }
            // The writes are the same on both: a third of them on the slower one.
            fatal += engine == .sqlite ? 1 : 3
        }
        #expect(fatal > 6)
    }

    @Test
    func `thousands of returned rows are set aside at once`() async throws {
        try await ExchangeWorld.with(.sqlite) { world in
            let rows = (0..<4_500).map { ",03109\(1_000_000 + $0),,,11311" } + ["Lê Văn Dũng,031077001111,,,11329"]
            let delivery = try await world.receive(rows).delivery
            let count = try await world.service().setAside(
                Array(0..<4_400), of: delivery.receipt, reason: "Không có tên", by: .commandLine)
            #expect(count == 4_400)
            #expect(
                try await world.service().returnedRows(of: delivery.receipt, within: .ofSystem).map(\.position)
                    == Array(4_400..<4_500))
        }
    }
}
