import Access
import Database
import Exchange
import Kernel
import TestSupport
import Testing
import Vault

/// The journal of exchanges: a chain that is signed.
@Suite
struct JournalTests {
    private static func filled(_ world: ExchangeWorld) async throws {
        let people = try ExchangePeople.Four()
        _ = try await AgreementTests.signed(world, people)
        let (delivery, _) = try await world.receive(["Nguyễn Thị Hoa,031185001234,,,11311"])
        _ = try await world.withdraw(delivery)
    }

    @Test(arguments: TestEngine.allCases)
    func `each exchange is a signed line, seen by its sides alone`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            try await Self.filled(world)
            let (people, exchange) = (try ExchangePeople.Four(), world.exchange())
            let lines = try await exchange.journal(50, for: people.inspector.viewer)
            #expect(lines.map(\.kind) == [.withdrawn, .delivered, .signed, .agreed])
            #expect(lines.allSatisfy { $0.signature.count == 128 })
            #expect(try await exchange.journal(50, for: people.tax.viewer).map(\.kind) == [.signed, .agreed])
            #expect(try await exchange.journal(50, for: people.police.viewer).isEmpty)
            let verdict = try await exchange.verifyJournal()
            #expect(verdict.isSound && verdict.entries == 4 && verdict.unsigned == 0)
            #expect(try await exchange.verifyJournal(expecting: [verdict.head]).isSound)
            let forged = try await exchange.verifyJournal(expecting: ["4:" + String(repeating: "a", count: 64)])
            #expect(!forged.isSound)
        }
    }

    /// Every column of every line, altered by one byte behind the back of the program.
    @Test
    func `one altered byte is found, wherever it stands`() async throws {
        try await ExchangeWorld.with(.sqlite) { world in
            try await Self.filled(world)
            let exchange = world.exchange()
            let columns = [
                "kind", "sender", "receiver", "subject", "content", "words", "previous", "hash", "key", "signature",
            ]
            let rows = try await world.store.read { connection in
                try connection.rows("SELECT * FROM exchange_entry ORDER BY number")
            }
            try await world.store.write { connection in
                for trigger in try connection.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                    let name = try trigger.text("name")
                    if name.contains("exchange_entry") { try connection.execute("DROP TRIGGER \(name)") }
                }
            }
            var tried = 0
            for row in rows {
                let number = try row.integer("number")
                for column in columns {
                    let text = try row.text(column)
                    guard var bytes = Optional(Array(text.utf8)), let last = bytes.last else { continue }
                    bytes[bytes.count - 1] = last == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
                    let altered = String(decoding: bytes, as: UTF8.self)
                    try await world.store.write { connection in
                        try connection.execute(
                            "UPDATE exchange_entry SET \(column) = ? WHERE number = ?", altered, number)
                    }
                    let verdict = try await exchange.verifyJournal()
                    #expect(!verdict.isSound, "\(number) \(column)")
                    try await world.store.write { connection in
                        try connection.execute(
                            "UPDATE exchange_entry SET \(column) = ? WHERE number = ?", text, number)
                    }
                    tried += 1
                }
                try await world.store.write { connection in
                    try connection.execute("UPDATE exchange_entry SET at = at + 1 WHERE number = ?", number)
                }
                #expect(!(try await exchange.verifyJournal().isSound))
                try await world.store.write { connection in
                    try connection.execute("UPDATE exchange_entry SET at = at - 1 WHERE number = ?", number)
                }
            }
            #expect(tried >= 36)
            #expect(try await exchange.verifyJournal().isSound)
            try await world.store.write { connection in
                try connection.execute("DELETE FROM exchange_entry WHERE number = 4")
            }
            #expect(!(try await exchange.verifyJournal().isSound))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `another installation's key signs nothing here`(engine: TestEngine) async throws {
        try await ExchangeWorld.with(engine) { world in
            try await Self.filled(world)
            let other = ExchangeService(deliveries: world.service(keys: .ephemeral())) { $0.text }
            // Its own file has another key: the one that stands in the database is all it can check with.
            #expect(try await other.verifyJournal().isSound)
            let id = try #require(world.keys.ids.first)
            let own = try #require(try await world.exchange().publicKeys().first)
            #expect(own.id == id && own.key.count == 64)
            let stranger = try NumberKeys.ephemeral().current().publicKey
            try await world.store.write { connection in
                try connection.execute(
                    "UPDATE exchange_key SET public_key = ? WHERE id = ?",
                    stranger.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined(), id)
            }
            #expect(!(try await world.exchange().verifyJournal().isSound))
            #expect(!(try await other.verifyJournal().isSound))
        }
    }
}
