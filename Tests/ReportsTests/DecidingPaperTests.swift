import Access
import Allocation
import Database
import Documents
import Files
import Kernel
import Overview
import PlanText
import Province
import Targets
import TestSupport
import Testing
import Work

@testable import Reports

/// Papers by which a scenario is decided, kept on both engines.
@Suite
struct DecidingPaperTests {
    static let kind = PaperKind(
        "thu", about: .citySplit(adjusting: nil), right: .allocateTargets, issuers: PaperIssuers.coordinator,
        decides: SplitTable(table: "split", unit: "code", total: "total", voluntary: "voluntary")
    ) { service, request, viewer in
        let (scenario, _) = try await service.allocations.scenario(try request.scenario(), for: viewer)
        let rows = try scenario.content.allocation().rows.map {
            [DocumentData.Value.text($0.code), .number($0.total), .number($0.voluntary)]
        }
        let data = DocumentData(
            fields: ["period": "năm \(scenario.year)", "total": "1"],
            tables: ["split": .init(columns: ["code", "total", "voluntary"], rows: rows)])
        return .init(
            request, data, about: Subject(.allocation, scenario.id), period: .year(scenario.year),
            cutoff: service.clock.today)
    }

    static let copy = IncomingFile(name: "qd.pdf", mediaType: "application/pdf", bytes: Array("%PDF-1.7".utf8))

    static func signed(_ number: String) -> SigningDraft {
        SigningDraft(number: number, day: "10/07/2027", signer: "Trần Thị B")
    }

    static func with(
        _ engine: TestEngine, pairs: PairPolicy = PairPolicy(),
        _ body: (DocumentStorageTests.World, Submission) async throws -> Void
    ) async throws {
        try await DocumentStorageTests.with(engine, kinds: [kind], pairs: pairs) { world in
            try await body(world, Submission(viewer: world.analyst))
        }
    }

    static func begin(_ world: DocumentStorageTests.World, _ by: Submission) async throws -> RecordID {
        try await world.documents.allocations.beginScenario(.city, year: 2027, name: "Một", by: by)
    }

    static func paper(
        of scenario: RecordID, _ world: DocumentStorageTests.World, _ by: Submission
    ) async throws -> RecordID {
        try await world.documents.keep(
            try await world.documents.draft(
                .init(kind, unit: world.unit, about: .scenario(scenario)), for: world.analyst), by: by)
    }

    static func state(
        of scenario: RecordID, _ world: DocumentStorageTests.World
    ) async throws -> (AllocationScenario.State, String) {
        let found = try await world.documents.allocations.scenario(scenario, for: world.analyst).0
        return (found.state, found.citation ?? "")
    }

    @Test(arguments: TestEngine.allCases)
    func `issuing decides, ending opens, in one transaction each`(engine: TestEngine) async throws {
        try await Self.with(engine) { world, by in
            let scenario = try await Self.begin(world, by)
            let paper = try await Self.paper(of: scenario, world, by)
            await expectRefusal(.invalid, field: "file") {
                try await world.documents.issue(paper, Self.signed("12"), file: nil, by: by)
            }
            try await world.documents.issue(paper, Self.signed("12"), file: Self.copy, by: by)
            #expect(try await Self.state(of: scenario, world) == (.decided, "Quyết định 12/BC-SNV ngày 10/07/2027"))
            let state = try #require(
                try await world.documents.decidingState(
                    of: try await world.documents.document(paper, for: world.analyst), for: world.analyst))
            #expect(state.differences.isEmpty && !state.isOutdated && state.obstacle == nil)

            try await world.documents.issue(paper, Self.signed("13"), file: nil, reason: "Ghi nhầm", by: by)
            #expect(try await Self.state(of: scenario, world).1 == "Quyết định 13/BC-SNV ngày 10/07/2027")
            try await world.documents.endDocument(paper, successor: nil, reason: "Sai", by: by)
            #expect(try await Self.state(of: scenario, world) == (.draft, ""))
            await expectRefusal(.stale) {
                try await world.documents.issue(
                    paper, Self.signed("14"), file: Self.copy, reason: "Lại", by: by)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a paper that is not the desk's any more is refused, and an undone change makes it fit again`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, by in
            let scenario = try await Self.begin(world, by)
            let paper = try await Self.paper(of: scenario, world, by)
            let code = try #require(world.documents.definition.communes.codes.first).text
            try await world.documents.allocations.changeScenario(scenario, by: by) { content in
                content.notes[code] = "Ghi chú"
                return "ghi chú"
            }
            let stored = try await world.documents.document(paper, for: world.analyst)
            let state = try #require(try await world.documents.decidingState(of: stored, for: world.analyst))
            #expect(state.differences.isEmpty && state.isOutdated && !state.fits)
            await expectRefusal(.stale) {
                try await world.documents.issue(paper, Self.signed("12"), file: Self.copy, by: by)
            }
            try await world.documents.allocations.undoScenario(scenario, by: by)
            try await world.documents.issue(paper, Self.signed("12"), file: Self.copy, by: by)
            #expect(try await Self.state(of: scenario, world).0 == .decided)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a second decision of the year is refused unless it takes the place of the first`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world, by in
            let (first, second) = (try await Self.begin(world, by), try await Self.begin(world, by))
            let (one, two) = (
                try await Self.paper(of: first, world, by), try await Self.paper(of: second, world, by)
            )
            try await world.documents.issue(one, Self.signed("12"), file: Self.copy, by: by)
            await expectRefusal(.invalid, field: "number") {
                try await world.documents.issue(two, Self.signed("13"), file: Self.copy, by: by)
            }
            await expectRefusal(.invalid, field: "reason") {
                try await world.documents.issue(two, Self.signed("13"), file: Self.copy, replacing: one, by: by)
            }
            try await world.documents.issue(
                two, Self.signed("13"), file: Self.copy, reason: "Sai phụ lục", replacing: one, by: by)
            #expect(try await Self.state(of: first, world).0 == .draft)
            #expect(try await Self.state(of: second, world) == (.decided, "Quyết định 13/BC-SNV ngày 10/07/2027"))
            #expect(try await world.documents.end(of: one)?.successor == two)
            await expectRefusal(.stale) {
                try await world.documents.issue(
                    two, Self.signed("13"), file: nil, reason: "Lại", replacing: one, by: by)
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `where two people decide, the paper's number waits for the second, and so does a replacement`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine, pairs: PairPolicy([.decideTargets])) { world, by in
            let second = IssueByTwoTests.second(world)
            let documents = world.documents
            func confirm(_ paper: RecordID) async throws {
                let deed = try #require(try await documents.waitingIssue(of: paper, for: second.viewer))
                let version = try await documents.document(paper, for: second.viewer).version
                await expectRefusal(.forbidden) {
                    try await documents.confirmIssue(of: paper, deed.id, version: version, by: by)
                }
                try await documents.confirmIssue(of: paper, deed.id, version: version, by: second)
            }
            let scenario = try await Self.begin(world, by)
            let (one, two) = (
                try await Self.paper(of: scenario, world, by), try await Self.paper(of: scenario, world, by)
            )
            try await documents.issue(one, Self.signed("12"), file: Self.copy, by: by)
            #expect(try await Self.state(of: scenario, world).0 == .draft)
            try await confirm(one)
            #expect(try await Self.state(of: scenario, world).0 == .decided)
            try await documents.issue(
                two, Self.signed("13"), file: Self.copy, reason: "Sai chữ", replacing: one, by: by)
            #expect(try await Self.state(of: scenario, world).1 == "Quyết định 12/BC-SNV ngày 10/07/2027")
            try await confirm(two)
            #expect(try await Self.state(of: scenario, world) == (.decided, "Quyết định 13/BC-SNV ngày 10/07/2027"))
        }
    }
}
