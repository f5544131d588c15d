import Access
import Database
import Files
import Kernel
import Notices
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
                try world.documents.lapse(at: deed.until, atMost: 10, on: connection)
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

    @Test(arguments: TestEngine.allCases)
    func `a proposal ends once its paper has changed or its copy was erased`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, id, deed, file in
            let documents = world.documents
            let soon = deed.proposedAt.adding(seconds: 60)
            func ended() async throws -> Int {
                try await documents.store.write { try documents.endUnfit(at: soon, atMost: 10, on: $0) }
            }
            #expect(try await ended() == 0)
            try await documents.store.write {
                _ = try $0.execute("UPDATE stored_file SET erased_at = ? WHERE id = ?", soon, file)
            }
            #expect(try await ended() == 1)
            #expect(try await documents.waitingIssue(of: id, for: world.analyst) == nil)
        }
        try await Self.with(engine) { world, id, deed, _ in
            let documents = world.documents
            try await documents.confirmIssue(of: id, deed.id, version: 1, by: Self.second(world))
            try await documents.endDocument(
                id, successor: nil, reason: "Sai số liệu", by: Submission(viewer: world.analyst))
            let ending = try #require(try await documents.waitingEnd(of: id, for: world.analyst))
            for (change, count) in [(0, 0), (1, 1), (0, 0)] {
                let ended = try await documents.store.write { connection in
                    try connection.execute(
                        "UPDATE official_document SET version = version + ? WHERE id = ?", change, id)
                    return try documents.endUnfit(
                        at: ending.proposedAt.adding(seconds: 60), atMost: 10, on: connection)
                }
                #expect(ended == count)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a copy of an issued paper that is erased leaves a line in the trail, and its unit is told`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, id, deed, file in
            let documents = world.documents
            let (analyst, second) = (Submission(viewer: world.analyst), Self.second(world))
            try await documents.confirmIssue(of: id, deed.id, version: 1, by: second)
            let erasure = FileErasure(
                store: documents.store, clock: documents.clock, keepers: [documents.copyKeeper],
                losses: [documents.copyLoss])
            let found = try await erasure.file(file, for: world.analyst)
            #expect(found.holder?.undoes.map { $0.contains("không còn bản ký") } == [true])
            try await erasure.propose(file, reason: "Bản quét nhầm văn bản khác", by: analyst)
            let asked = try #require(try await erasure.file(file, for: second.viewer).waiting)
            let before = try await documents.document(id, for: world.analyst)
            #expect(try await documents.erasedCopy(of: before) == nil)
            try await erasure.confirm(file, deed: asked.id, by: second)
            let after = try await documents.document(id, for: world.analyst)
            #expect(try await documents.erasedCopy(of: after) == file && after.version == before.version + 1)
            let trail = try await documents.store.read { connection in
                try AuditTrail.entries(
                    before: nil, subjectPrefix: Subject(.document, id).text, limit: 1, on: connection)
            }
            #expect(trail.map(\.action) == ["document.copy-erased"])
            let notices = NoticeService(store: documents.store, clock: documents.clock, areas: [])
            let told = try await notices.notices(unreadOnly: true, for: world.analyst)
            #expect(told.map(\.subject) == [Subject(.document, id)] && told[0].title.contains("kèm bản ký khác"))
            #expect(try await notices.notices(unreadOnly: true, for: world.officer).isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a proposal to end a paper lapses like one to issue it`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, id, deed, _ in
            let documents = world.documents
            try await documents.confirmIssue(of: id, deed.id, version: 1, by: Self.second(world))
            try await documents.endDocument(
                id, successor: nil, reason: "Sai số liệu", by: Submission(viewer: world.analyst))
            let ending = try #require(try await documents.waitingEnd(of: id, for: world.analyst))
            let ended = try await documents.store.write {
                try documents.lapse(at: ending.until, atMost: 10, on: $0)
            }
            #expect(ended == 1)
        }
    }
}
