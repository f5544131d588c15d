import Access
import Database
import Files
import Kernel
import TestSupport
import Testing

@testable import Reports

/// Papers that two people issue, and what becomes of the proposed copy.
@Suite
struct IssueByTwoTests {
    static func with(
        _ engine: TestEngine, _ body: (DocumentStorageTests.World, RecordID, PairedDeed, RecordID) async throws -> Void
    ) async throws {
        try await DocumentStorageTests.with(engine, pairs: PairPolicy([.issueDocument])) { world in
            let by = Submission(viewer: world.analyst)
            let id = try await world.documents.keep(DocumentStorageTests.draft(world), by: by)
            try await world.documents.issue(
                id, SigningDraft(number: "12", day: "10/07/2027", signer: "Trần Thị B"),
                file: IncomingFile(name: "a.pdf", mediaType: "application/pdf", bytes: Array("%PDF-1.7".utf8)), by: by)
            let deed = try #require(try await world.documents.waitingIssue(of: id, for: world.analyst))
            let file = try #require(try deed.parameters(ProposedSigning.self).file)
            try await body(world, id, deed, file)
        }
    }

    /// A colleague of the same agency and role.
    static func second(_ world: DocumentStorageTests.World) -> Submission {
        let viewer = world.analyst
        return Submission(
            viewer: Viewer(
                account: RecordID(at: Timestamp(secondsSinceEpoch: 77)), login: "dong-nghiep", name: "Đồng Nghiệp",
                role: viewer.role, rights: viewer.rights, agency: viewer.agency))
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal whose copy was erased is not confirmed, and taking it back leaves the minutes their file`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, id, deed, file in
            let documents = world.documents
            let second = Self.second(world)
            let erasure = FileErasure(
                store: documents.store, clock: documents.clock, keepers: [documents.copyKeeper])
            try await erasure.propose(
                file, reason: "Bản quét nhầm văn bản khác", by: Submission(viewer: world.analyst))
            let asked = try #require(try await erasure.file(file, for: second.viewer).waiting)
            try await erasure.confirm(file, deed: asked.id, by: second)
            await expectRefusal(.stale) {
                try await documents.confirmIssue(of: id, deed.id, version: 1, by: second)
            }
            try await documents.withdrawIssue(of: id, deed.id, by: second)
            #expect(try await documents.waitingIssue(of: id, for: world.analyst) == nil)
            let (copies, stored) = try await documents.store.read { connection in
                (
                    try connection.integer("SELECT COUNT(*) FROM signed_copy"),
                    try StoredFiles.find(file, on: connection)
                )
            }
            #expect(copies == 0 && stored?.isErased == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal that nobody confirms in its week ends, and its copy goes`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, _, deed, file in
            let ended = try await world.documents.store.write { connection in
                try DocumentService.lapse(at: deed.until, atMost: 10, on: connection)
            }
            #expect(ended == 1)
            let (copies, stored) = try await world.documents.store.read { connection in
                (
                    try connection.integer("SELECT COUNT(*) FROM signed_copy"),
                    try StoredFiles.find(file, on: connection)
                )
            }
            #expect(copies == 0 && stored == nil)
        }
    }
}
