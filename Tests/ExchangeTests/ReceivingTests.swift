import Access
import Database
import Exchange
import Files
import Formats
import Jobs
import Kernel
import Registry
import TestSupport
import Testing
import Vault

/// From a file to records of persons.
@Suite
struct ReceivingTests {
    private static let september = [
        "Nguyễn Thị Hoa,031185001234,3118500123,0912345678,11311", "Trần Văn Bình,031090005678,,,11311",
        "Lê Văn Dũng,số lạ 031077009999,,,11329", ",031077001111,,,11329",
    ]

    @Test(arguments: TestEngine.allCases)
    func `rows are kept or returned, none is lost, and the receipt says which`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let (delivery, isRepeated) = try await world.receive(Self.september)
            #expect(!isRepeated)
            #expect(delivery.state == .inForce)
            #expect(delivery.receipt == "1/2026")
            #expect(delivery.counts.rows == 4)
            #expect(delivery.counts.accepted + delivery.counts.returned == 4)
            #expect(delivery.counts.accepted >= 2)
            #expect(delivery.counts.returned >= 1)
            #expect(delivery.counts.new == delivery.counts.accepted)
            #expect(Set(delivery.counts.costs.keys).isSuperset(of: ["arrive", "read", "seal", "store"]))
            #expect(try await world.service().events(of: 1).map(\.kind) == [.received, .begun, .taken])
            #expect(try await world.records().count == 1 + delivery.counts.accepted)
            let returned = try await world.service().returnedRows(of: "1/2026", within: .ofSystem)
            #expect(returned.count == delivery.counts.returned)
            #expect(returned.contains { $0.row.row == 5 && $0.row.reason == .missing })
            let parts = try await world.store.read { try $0.integer("SELECT COUNT(*) FROM delivery_part") }
            #expect(parts == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `no number stands readable, neither while the file is on its way nor in what was returned`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let service = world.service()
            _ = try await service.arrive(
                ExchangeWorld.file(Self.september), try ExchangeWorld.draft(), by: .commandLine)
            let numbers = ["031185001234", "3118500123", "0912345678", "031077009999", "031077001111"]
            let arriving = try await world.everything()
            for number in numbers { #expect(!arriving.contains(number), "\(number)") }
            _ = try await world.jobs(service).runDue(as: "test")
            let kept = try await world.everything()
            for number in numbers { #expect(!kept.contains(number), "\(number)") }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same file once more changes nothing; for another month it is another delivery`(
        engine: TestEngine
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            let first = try await world.receive(Self.september).delivery
            let before = try await world.everything()
            let (again, isRepeated) = try await world.receive(Self.september, name: "tên khác.csv")
            #expect(isRepeated && again == first)
            #expect(try await world.everything() == before)
            let october = try await world.receive(Self.september, period: "2026-10").delivery
            #expect(october.number == 2 && october.code != first.code)
            #expect(october.counts.matched == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a correction takes the place of its period alone, and answers what was returned`(engine: TestEngine)
        async throws
    {
        try await ExchangeWorld.with(engine) { world in
            let august = try await world.receive(Self.september, period: "2026-08").delivery
            let first = try await world.receive(Self.september).delivery
            let second = try await world.receive(["Nguyễn Thị Hoa,031185001234,,,11311"], correction: true).delivery
            let service = world.service()
            #expect(try await service.delivery(august.receipt).state == .inForce)
            #expect(try await service.delivery(first.receipt).state == .replaced)
            #expect(second.state == .inForce)
            #expect(try await service.returnedRows(of: first.receipt, within: .ofSystem).isEmpty)
            let all = try await service.returnedRows(of: first.receipt, onlyOpen: false, within: .ofSystem)
            #expect(all.allSatisfy { $0.state == .resent } && !all.isEmpty)
            let records = try await world.records()
            #expect(!records.contains { $0.hasPrefix(first.code) })
            #expect(records.last == "\(second.code),2,participant,\(august.code).0")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a withdrawn delivery is gone to the byte, and can come again`(engine: TestEngine) async throws {
        let rows = (0..<30).map { "Trần Văn Bình,0310900000\($0 % 7 + 10),31185000\(10 + $0 % 5),,1131\($0 % 2)" }
        let expected = try await ExchangeWorld.with(engine) { world in
            try await world.receive(Array(rows[..<10]), period: "2026-07")
            try await world.receive(Array(rows[20...]), period: "2026-09")
            return try await world.records()
        }
        try await ExchangeWorld.with(engine) { world in
            try await world.receive(Array(rows[..<10]), period: "2026-07")
            let middle = try await world.receive(Array(rows[10..<20]), period: "2026-08").delivery
            try await world.receive(Array(rows[20...]), period: "2026-09")
            #expect(try await world.records() != expected)
            #expect(try await world.withdraw(middle).state == .withdrawn)
            #expect(try await world.records() == expected)
            let left = try await world.store.read { connection in
                try connection.integer(
                    "SELECT COUNT(*) FROM returned_row WHERE delivery = ? AND state = ?", middle.number, "open")
            }
            #expect(left == 0)
            let again = try await world.receive(Array(rows[10..<20]), period: "2026-08").delivery
            #expect(again.number == 4 && again.code == middle.code && again.state == .inForce)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a correction that is withdrawn gives its place back, to the byte`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let service = world.service()
            try await world.receive(Self.september, period: "2026-08")
            let first = try await world.receive(Self.september).delivery
            let before = try await world.records()
            let second = try await world.receive(["Nguyễn Thị Hoa,031185001234,,,11311"], correction: true).delivery
            let third = try await world.receive(["Trần Văn Bình,031090005678,,,11311"], correction: true).delivery
            let last = try await world.records()
            // Taken out of the middle it leaves what took its place in force.
            #expect(try await world.withdraw(second).state == .withdrawn)
            #expect(try await world.records() == last)
            #expect(try await service.delivery(first.receipt).state == .replaced)
            #expect(try await world.withdraw(third).state == .withdrawn)
            #expect(try await world.records() == before)
            #expect(try await service.delivery(first.receipt).state == .inForce)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a connection that is lost at any write leaves whole or absent, and nothing twice`(engine: TestEngine)
        async throws
    {
        let rows = (0..<1_050).map { "Người Thứ \($0),03109\(1_000_000 + $0 % 1_000),,,11311" } + [",031077001111,,,"]
        let expected = try await ExchangeWorld.with(engine) { world in
            let delivery = try await world.receive(rows).delivery
            return (try await world.records(), delivery.counts)
        }
        try await ExchangeWorld.with(engine) { world in
            for fatal in engine == .sqlite ? [1, 3, 5, 6, 7, 8, 9] : [1, 6, 9] {
                let store = BreakingStore(world.store, after: fatal)
                let service = world.service(on: store)
                _ = try? await service.arrive(
                    ExchangeWorld.file(rows), try ExchangeWorld.draft(), by: .commandLine)
                _ = try? await world.jobs(service).runDue(as: "first")
                let isWhole = try await world.records().count
                #expect([1, expected.0.count].contains(isWhole), "write \(fatal)")
                // The lease of the lost run, or the pause after it, is over.
                world.clock.advance(seconds: 120)
                let delivery = try await world.receive(rows).delivery
                #expect(delivery.state == .inForce, "write \(fatal)")
                #expect(try await world.records() == expected.0, "write \(fatal)")
                var counts = delivery.counts
                counts.costs = expected.1.costs
                #expect(counts == expected.1, "write \(fatal)")
                _ = try await world.withdraw(delivery)
                #expect(try await world.records().count == 1)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is not known or not there is refused in words`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let service = world.service()
            let file = ExchangeWorld.file(Self.september)
            let month = try #require(Month("2026-09"))
            let other = try #require(UnitCode("so-khac"))
            let format = await expectRefusal(.invalid) {
                try await service.arrive(
                    file, DeliveryDraft(format: "peple", sender: try ExchangeWorld.bhxh, period: month),
                    by: .commandLine)
            }
            #expect(format?.message.contains("people") == true)
            await expectRefusal(.invalid) {
                try await service.arrive(
                    file, DeliveryDraft(format: "people", sender: other, period: month), by: .commandLine)
            }
            await expectRefusal(.notFound) { try await service.delivery("7/2026") }
            try await world.receive(Self.september)
            let closed = world.service(keys: .ephemeral())
            let october = try ExchangeWorld.draft("2026-10")
            let refusal = await expectRefusal(.notNow) { try await closed.arrive(file, october, by: .commandLine) }
            #expect(refusal?.message.contains(world.keys.ids[0]) == true)
            #expect(try await closed.latest(5).count == 1)
            #expect(try await world.records().count > 1)
            await expectRefusal(.invalid) { try await service.withdraw("1", reason: " ", by: .commandLine) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file without the format's heading keeps nothing and says why`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let service = world.service()
            let file = IncomingFile(name: "a.csv", mediaType: "text/csv", bytes: Array("một,hai\n1,2\n".utf8))
            let (delivery, _) = try await service.arrive(file, try ExchangeWorld.draft(), by: .commandLine)
            _ = try await world.jobs(service).runDue(as: "test")
            let job = try await world.jobs(service).job(try #require(delivery.job))
            #expect(job.state == .failed)
            #expect(job.problem?.isEmpty == false)
            #expect(try await service.delivery("1").state == .refused)
            #expect(try await world.store.read { try $0.integer("SELECT COUNT(*) FROM delivery_part") } == 0)
            await expectRefusal(.stale) {
                try await service.withdraw(delivery.code, reason: "Nhầm", by: .commandLine)
            }
            // The format may know its headings by then.
            let (again, isRepeated) = try await service.arrive(file, try ExchangeWorld.draft(), by: .commandLine)
            #expect(!isRepeated && again.number == 2)
        }
    }

    @Test(arguments: TestEngine.allCases, [[], [",031077001111,,,11329"]])
    func `a correction of which nothing can be kept leaves what was there`(
        engine: TestEngine, rows: [String]
    ) async throws {
        try await ExchangeWorld.with(engine) { world in
            _ = try await world.receive(Self.september)
            let before = try await world.records()
            let service = world.service()
            let (empty, _) = try await service.arrive(
                ExchangeWorld.file(rows), try ExchangeWorld.draft(correction: true), by: .commandLine)
            _ = try await world.jobs(service).runDue(as: "test")
            #expect(try await world.jobs(service).job(try #require(empty.job)).state == .failed)
            #expect(try await service.delivery("2").state == .refused)
            #expect(try await service.delivery("1").state == .inForce)
            #expect(try await world.records() == before)
            #expect(try await service.returnedRows(of: "2", within: .ofSystem).count == rows.count)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `rows that were returned are set aside with a reason, each once`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let delivery = try await world.receive(Self.september).delivery
            let service = world.service()
            await expectRefusal(.invalid) {
                try await service.setAside(nil, of: delivery.receipt, reason: "", by: .commandLine)
            }
            let count = try await service.setAside(
                nil, of: delivery.receipt, reason: "Đã hỏi cơ quan gửi", by: .commandLine)
            #expect(count == delivery.counts.returned)
            #expect(
                try await service.setAside(nil, of: delivery.receipt, reason: "Lần nữa", by: .commandLine) == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `after a turn of the keys everything opens under the new one`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            let delivery = try await world.receive(Self.september).delivery
            let rows = try await world.service().returnedRows(of: delivery.receipt, within: .ofSystem)
            let now = world.clock.now
            let added = try await world.store.write { connection in
                try TurnKeys.begin("x", by: .commandLine, at: now, on: connection)
            }
            let second = try await world.store.write { connection in
                try TurnKeys.begin("x", by: .commandLine, at: now, on: connection)
            }
            #expect(added != nil && second == nil)
            _ = try await world.jobs(world.service()).runDue(as: "test")
            #expect(try await world.service().returnedRows(of: delivery.receipt, within: .ofSystem) == rows)
        }
    }
}
