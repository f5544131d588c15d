import Access
import Assembly
import Database
import Documents
import Files
import Kernel
import TestSupport
import Testing

@testable import Reports

/// What a page keeps back, the paper, its files and its signed copy keep back too.
@Suite
struct GuardedPaperTests {
    private static let kind = PaperKind(
        "thu", about: .today, right: .draftPlanPapers, issuers: PaperIssuers.coordinator,
        guards: [PaperGuard(table: "members", column: "phone", by: Guard.committeePhones)]
    ) { service, request, _ in
        .init(request, DocumentData(), about: Subject(Subject.Kind("test")), cutoff: service.clock.today)
    }

    private static func draft(_ world: DocumentStorageTests.World) -> DocumentService.Draft {
        var draft = DocumentStorageTests.draft(world)
        draft.data.tables["members"] = .init(
            columns: ["name", "phone"], rows: [[.text("A"), .text("0912 345 678")], [.text("B"), .text("")]])
        return draft
    }

    @Test(arguments: TestEngine.allCases)
    func `a paper shows telephone numbers to whom the committee's page shows them`(engine: TestEngine) async throws {
        try await DocumentStorageTests.with(engine, kinds: [Self.kind]) { world in
            let id = try await world.documents.keep(Self.draft(world), by: Submission(viewer: world.analyst))
            for role in [Role.analyst, .leader, .administrator, .auditor, .inspector] {
                let viewer = Viewer(
                    account: world.analyst.account, login: "x", name: "X", role: role,
                    rights: Grants.ofRoles.rights(of: role))
                let read = try await world.documents.document(id, for: viewer)
                let shown = [.analyst, .leader].contains(role)
                let phone = shown ? "0912 345 678" : GuardedWords.masked
                #expect(read.data.tables["members"]?.values(of: "phone") == [.text(phone), .text("")], "\(role)")
                #expect(read.isMasked != shown)
                #expect(read.data.tables["members"]?.values(of: "name") == [.text("A"), .text("B")])
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a signed copy opens to whom the paper is not masked, also one signed before there were guards`(
        engine: TestEngine
    ) async throws {
        try await DocumentStorageTests.with(engine, kinds: [Self.kind]) { world in
            let by = Submission(viewer: world.analyst)
            let id = try await world.documents.keep(Self.draft(world), by: by)
            try await world.documents.issue(
                id, SigningDraft(number: "12", day: "10/07/2027", signer: "Trần Thị B"),
                file: IncomingFile(name: "a.pdf", mediaType: "application/pdf", bytes: Array("%PDF-1.7".utf8)), by: by)
            let copy = try await world.documents.signedFile(id, for: world.analyst)
            let auditor = Viewer(
                account: world.analyst.account, login: "x", name: "X", role: .auditor,
                rights: Grants.ofRoles.rights(of: .auditor))
            #expect(copy.guardedBy != nil && copy.isOpen(to: world.analyst) && !copy.isOpen(to: auditor))
            await #expect(throws: Refusal.self) { try await world.documents.signedFile(id, for: auditor) }

            let old = try await world.documents.store.write { connection in
                let file = try StoredFiles.add(
                    IncomingFile(name: "cũ.pdf", mediaType: "application/pdf", bytes: [1]), by: nil,
                    at: Timestamp(secondsSinceEpoch: 1), on: connection)
                try connection.execute(
                    "INSERT INTO signed_copy (file, document, at) VALUES (?, ?, 1)", file.id, id)
                return file.id
            }
            try await world.documents.guardSignedCopies()
            #expect(try await world.documents.store.read { try StoredFiles.find(old, on: $0) }?.guardedBy != nil)
        }
    }

    @Test
    func `a guarded value does not print itself`() throws {
        let value = Guarded("0912 345 678", by: .committeePhones(of: .commune(try #require(CommuneCode("31315")))))
        var dumped = ""
        dump(value, to: &dumped)
        #expect("\(value)" == GuardedWords.masked && !dumped.contains("0912"))
        #expect(Guard(value.by.text) == value.by && Guard("x") == nil)
    }
}
