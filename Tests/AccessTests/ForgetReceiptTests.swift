import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct ForgetReceiptTests {
    @Test(arguments: TestEngine.allCases)
    func `a form's mark is remembered for thirty days, and then forgotten`(engine: TestEngine) async throws {
        try await engine.withStore { store in
            let sent = Timestamp(secondsSinceEpoch: 1_700_000_000)
            _ = try await Migrator(AccessMigrations.all).migrate(store, at: sent)
            let account = RecordID(at: sent)
            let subject = Subject(Subject.Kind("word"), "một")
            func isKnown(at now: Timestamp) async throws -> Bool {
                try await store.write { connection in
                    try AccessService.receipt(form: "dấu", of: account, about: subject, at: now, on: connection) != nil
                }
            }
            func forget(after days: Int64) async throws -> Int {
                try await store.write { connection in
                    try AccessService.forgetReceipts(
                        at: sent.adding(seconds: days * 86_400), atMost: 10, on: connection)
                }
            }
            #expect(try await !isKnown(at: sent))
            #expect(try await forget(after: 29) == 0)
            #expect(try await isKnown(at: sent))
            #expect(try await forget(after: 31) == 1)
            #expect(try await !isKnown(at: sent))
        }
    }
}
