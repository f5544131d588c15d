import Access
import Database
import Kernel
import TestSupport
import Testing

/// Words of the trail that nobody may read any more.
@Suite
struct AuditMaskTests {
    @Test(arguments: TestEngine.allCases)
    func `hidden words are not read, whatever stands around them, and the chain stays whole`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            try await AuditTests.add(AuditTests.words, to: world)
            let subject = Subject(Subject.Kind("word"), "ba")
            let (hidden, again) = try await world.store.write { connection in
                (
                    try AuditTrail.mask("“ba”", in: [subject], as: "[ẩn]", on: connection),
                    try AuditTrail.mask("“ba”", in: [subject, subject], as: "[khác]", on: connection)
                )
            }
            #expect(hidden == 1 && again == 1)
            let details = try await world.store.read {
                try AuditTrail.entries(before: nil, limit: 10, on: $0).map(\.detail)
            }
            #expect(
                details == [
                    "chi tiết “sáu”", "chi tiết “năm”", "chi tiết “bốn”", "chi tiết [ẩn]", "chi tiết “hai”",
                    "chi tiết “một”",
                ])
            let verdict = try await AuditTrail.verify(in: world.store)
            #expect(verdict.problems.isEmpty && verdict.entries == 6)
        }
    }

    @Test
    func `nothing is hidden by no words`() async throws {
        try await AccessWorld.with(.sqlite) { world in
            try await AuditTests.add(["một"], to: world)
            let hidden = try await world.store.write {
                try AuditTrail.mask("", in: [Subject(Subject.Kind("word"), "một")], as: "[ẩn]", on: $0)
            }
            #expect(hidden == 0)
        }
    }
}
