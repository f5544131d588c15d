import Access
import Crypto
import Database
import Exchange
import Kernel
import TestSupport
import Testing

/// Lists that programs hand over in pieces, and what they may know of them.
@Suite
struct ProgramUploadTests {
    private struct Lost: Error {}

    @Test(arguments: TestEngine.allCases)
    func `what came before a connection broke is kept, sealed, and the list is delivered with its last byte`(
        engine: TestEngine
    ) async throws {
        try await ProgramWorld.with(engine) { programs in
            let service = programs.service
            let caller = try await programs.caller()
            let bytes = ProgramWorld.file(ProgramWorld.rows(40))
            let draft = try programs.upload(
                bytes, sha256: hexadecimal(SHA256.hash(data: bytes)))
            let begun = try await service.begin(draft, by: caller, try programs.errand())
            #expect(!begun.isRepeated && begun.upload.taken == 0)
            // Three pieces of a hundred bytes, then the connection is gone.
            var left = 3
            await #expect(throws: Lost.self) {
                try await service.add(to: begun.upload) {
                    left -= 1
                    guard left >= 0 else { throw Lost() }
                    return Array(bytes[(2 - left) * 100..<(3 - left) * 100])
                }
            }
            let again = try await service.begin(draft, by: caller, try programs.errand())
            #expect(again.isRepeated && again.upload.taken == 300 && again.upload.state == .open)
            #expect(try await !programs.world.everything().contains("Nguyễn Thị Hoa"))
            await ExchangePeople.refused(.stale, "byte 300") {
                _ = try await service.permitMore(of: begun.upload.id, at: 100, by: caller)
            }
            // Of two senders at once the later is told where it stands.
            let standing = try await service.permitMore(of: begun.upload.id, at: 300, by: caller)
            _ = try await programs.add(Array(bytes[300..<400]), to: standing)
            await ExchangePeople.refused(.stale, "nơi khác") {
                _ = try await programs.add(Array(bytes[300..<400]), to: standing)
            }
            let more = try await service.permitMore(of: begun.upload.id, at: 400, by: caller)
            await ExchangePeople.refused(.invalid, "dài hơn") {
                _ = try await programs.add(Array(bytes[400...]) + [1], to: more)
            }
            let whole = try await programs.add(Array(bytes[400...]), to: more)
            #expect(whole.state == .whole)
            try await programs.runJobs()
            let done = try await service.upload(begun.upload.id, of: caller)
            #expect(done.state == .delivered, "\(done.problem)")
            let number = try #require(done.delivery)
            let (delivery, events) = try await service.delivery(number, of: caller, try programs.errand())
            #expect(delivery.state == .inForce && delivery.counts.accepted == 40 && delivery.agreement == "TT 1/2026")
            #expect(events.map(\.kind) == [.received, .begun, .taken])
            let pieces = try await programs.store.read { try $0.integer("SELECT COUNT(*) FROM program_upload_part") }
            #expect(pieces == 0)
            let receipt = try await service.receipt(of: number, for: caller, try programs.errand())
            #expect(receipt.entries.map(\.kind) == [.delivered])
            #expect(try await programs.world.exchange().verifyJournal().isSound)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that is not understood, or not what was announced, is refused with the remedy and gone`(
        engine: TestEngine
    ) async throws {
        try await ProgramWorld.with(engine) { programs in
            let caller = try await programs.caller()
            let foreign = try await programs.send(Array("Cột lạ,Cột khác\n1,2\n".utf8), by: caller)
            #expect(foreign.state == .refused && foreign.delivery == nil)
            #expect(foreign.problem.contains("cột") || foreign.problem.contains("tiêu đề"), "\(foreign.problem)")
            let bytes = ProgramWorld.file(ProgramWorld.rows(3))
            let begun = try await programs.service.begin(
                try programs.upload(bytes, name: "tai-len-0002", sha256: String(repeating: "0", count: 64)),
                by: caller, try programs.errand()
            ).upload
            _ = try await programs.add(bytes, to: begun)
            try await programs.runJobs()
            let changed = try await programs.service.upload(begun.id, of: caller)
            #expect(changed.state == .refused && changed.problem.contains("mã băm"))
            #expect(try await programs.store.read { try $0.integer("SELECT COUNT(*) FROM delivery") } == 0)
            #expect(try await programs.store.read { try $0.integer("SELECT COUNT(*) FROM program_upload_part") } == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `one name is one upload; a future month, too many at once and what stood still are refused`(
        engine: TestEngine
    ) async throws {
        try await ProgramWorld.with(engine) { programs in
            let (service, caller) = (programs.service, try await programs.caller())
            let first = try await service.begin(try programs.upload([1, 2]), by: caller, try programs.errand()).upload
            await ExchangePeople.refused(.stale, "tệp khác") {
                _ = try await service.begin(try programs.upload([1, 2, 3]), by: caller, try programs.errand())
            }
            let future = try ProgramUploadDraft(
                idempotency: "tai-len-9999", period: "2026-11", fileName: "a.csv", size: 1, replacesPeriod: false)
            await ExchangePeople.refused(.invalid, "chưa đến") {
                _ = try await service.begin(future, by: caller, try programs.errand())
            }
            for index in 1..<ProgramService.mostOpen {
                _ = try await service.begin(
                    try programs.upload([1], name: "tai-len-1\(index)xxxx"), by: caller, try programs.errand())
            }
            await ExchangePeople.refused(.tooMany) {
                _ = try await service.begin(
                    try programs.upload([1], name: "tai-len-nhieu"), by: caller, try programs.errand())
            }
            _ = try await programs.add([1], to: first)
            try await service.abandon(first.id, by: caller)
            await ExchangePeople.refused(.notFound) { _ = try await service.upload(first.id, of: caller) }
            let late = try await service.begin(
                try programs.upload([1, 2], name: "tai-len-cham"), by: caller, try programs.errand()
            ).upload
            _ = try await programs.add([1], to: late)
            programs.world.clock.set(programs.world.clock.now.adding(seconds: 2 * 86_400))
            await ExchangePeople.refused(.expired) { _ = try await service.upload(late.id, of: caller) }
            programs.world.clock.set(programs.world.clock.now.adding(seconds: 1))
            let now = programs.world.clock.now
            while try await programs.store.write({
                try ProgramService.forgetUploads(at: now, atMost: 4, on: $0)
            }) > 0 {}
            #expect(try await programs.store.read { try $0.integer("SELECT COUNT(*) FROM program_upload") } == 0)
            #expect(try await programs.store.read { try $0.integer("SELECT COUNT(*) FROM program_upload_part") } == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `each side knows its own: another's list, row or number stays unknown`(engine: TestEngine) async throws {
        try await ProgramWorld.with(engine) { programs in
            let (service, errand) = (programs.service, try programs.errand())
            let giver = try await programs.caller()
            let receiver = try await programs.caller(programs.draft(unit: "bhxh-thanh-pho"))
            let unit = try await programs.caller(programs.draft(unit: "bhxh-thanh-pho", scopes: [.status]))
            // A delivery of another sender in the same format, which no agreement speaks of.
            let other = try await programs.world.receive(ProgramWorld.rows(5, from: 500)).delivery
            let sent = try await programs.send(
                ProgramWorld.file(ProgramWorld.rows(12) + [",031185009999,,,11311"]), by: giver)
            let number = try #require(sent.delivery, "\(sent.problem)")
            for caller in [giver, receiver] {
                let stretch = try await service.deliveries(of: caller, errand, before: nil, limit: 10)
                #expect(stretch.items.map(\.number) == [number] && stretch.next == nil)
                await ExchangePeople.refused(.notFound) {
                    _ = try await service.delivery(other.number, of: caller, errand)
                }
            }
            let rows = try await service.returned(of: number, for: giver, errand, after: nil, limit: 10).items
            let counts = try await service.delivery(number, of: giver, errand)
            #expect(rows.map(\.row) == [14], "\(rows), \(counts)")
            await ExchangePeople.refused(.notFound, "Chỉ bên giao") {
                _ = try await service.returned(of: number, for: receiver, errand, after: nil, limit: 10)
            }
            await ExchangePeople.refused(.forbidden) {
                _ = try await service.aggregates(try #require(Month("2026-09")), of: unit, errand)
            }
            let counted = try await service.aggregates(try #require(Month("2026-09")), of: receiver, errand)
            #expect(counted.deliveries == [number] && counted.sum == 12)
            _ = try await service.aggregates(try #require(Month("2026-09")), of: receiver, errand)
            let few = try await service.aggregates(try #require(Month("2026-08")), of: receiver, errand)
            #expect(few.deliveries.isEmpty && few.communes.isEmpty)
            let kinds = try await programs.store.read {
                try $0.rows("SELECT kind FROM exchange_entry ORDER BY number").map { try $0.text("kind") }
            }
            // The same answer twice is one line of a day.
            #expect(kinds.suffix(3) == ["delivered", "shared", "shared"], "\(kinds)")
            #expect(try await programs.world.exchange().verifyJournal().isSound)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `numbers below the least are left out, and so is their sum`(engine: TestEngine) async throws {
        try await ProgramWorld.with(engine) { programs in
            let giver = try await programs.caller()
            _ = try await programs.send(ProgramWorld.file(ProgramWorld.rows(2)), by: giver)
            let counted = try await programs.service.aggregates(
                try #require(Month("2026-09")), of: giver, try programs.errand())
            #expect(counted.communes.map(\.count) == [nil] && counted.sum == nil)
            #expect(counted.leastShown > 2)
        }
    }
}
