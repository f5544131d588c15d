import Access
import Figures
import Files
import Kernel
import TestSupport
import Testing

/// Figures that a commune contests.
@Suite
struct ContestStorageTests {
    static let own = Submission(viewer: FiguresWorld.commune)
    static let insurance = Submission(viewer: FiguresWorld.insurance)
    static let proof = IncomingFile(name: "biên bản.pdf", mediaType: "application/pdf", bytes: Array("%PDF".utf8))

    static func draft(
        _ proposed: String = "1.050", commune: String = "10507", scheme: Scheme = .compulsory,
        reason: String = "Sót một đơn vị",
        document: String = "Công văn 5/UBND", file: IncomingFile? = nil
    ) -> ContestDraft {
        ContestDraft(
            commune: .known(commune), month: .known(2026, 9), scheme: scheme, proposed: proposed, reason: reason,
            document: document, file: file)
    }

    static func with<T>(_ engine: TestEngine, _ body: (FiguresWorld) async throws -> T) async throws -> T {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;1000;100", "10525;2000;200")
            return try await body(world)
        }
    }

    static func only(_ world: FiguresWorld) async throws -> FigureContest {
        let contests = try await world.service.contests(for: FiguresWorld.insurance)
        try #require(contests.count == 1)
        return contests[0]
    }

    static func held(_ world: FiguresWorld) async throws -> String? { try await world.holding().first }

    @Test(arguments: TestEngine.allCases)
    func `both values stay visible until somebody decides`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            try await world.service.contest(Self.draft(file: Self.proof), by: Self.own)
            let contest = try await Self.only(world)
            #expect(contest.isOpen)
            #expect([contest.stated, contest.proposed] == [1_000, 1_050])
            #expect(contest.reason == "Sót một đơn vị")
            #expect(contest.document == "Công văn 5/UBND")
            #expect(contest.fileName == "biên bản.pdf")
            #expect(contest.actorName == FiguresWorld.commune.name)
            #expect(try await Self.held(world) == "10507 2026-09 compulsory 1000 @1")
            let figures = try await world.service.figures(of: .known(2026, 9), for: FiguresWorld.neighbour)
            #expect(figures.map(\.isContested) == [true, false, false, false])
            #expect(figures.map(\.people) == [1_000, 100, 2_000, 200])
            #expect(try await world.trail("figures/10507").last == "figures.contested")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `granted, the proposed value holds as a batch of its own that can be undone`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            try await world.service.contest(Self.draft(), by: Self.own)
            let id = try await Self.only(world).id
            try await world.service.decide(id, granted: true, note: " Đối chiếu  đúng ", by: Self.insurance)
            #expect(try await Self.held(world) == "10507 2026-09 compulsory 1050 @2")
            let contest = try await Self.only(world)
            #expect(!contest.isOpen)
            #expect(contest.granted)
            #expect(contest.note == "Đối chiếu đúng")
            #expect(contest.decidedBy == FiguresWorld.insurance.name)
            #expect([contest.stated, contest.proposed] == [1_000, 1_050])
            let batch = try await world.service.batch(2, for: FiguresWorld.commune)
            #expect(batch.kind == .contest)
            #expect(batch.source.contains("Công văn 5/UBND"))
            #expect(batch.figures == 1)
            try await world.service.withdraw(batch: 2, reason: "Nhầm", by: Self.insurance)
            #expect(try await Self.held(world) == "10507 2026-09 compulsory 1000 @1")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `refused, the figure stays and both values with it`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            try await world.service.contest(Self.draft(), by: Self.own)
            try await world.service.decide(
                Self.only(world).id, granted: false, note: "Không có căn cứ", by: Self.insurance)
            #expect(try await Self.held(world) == "10507 2026-09 compulsory 1000 @1")
            #expect(try await world.count("SELECT COUNT(*) FROM figure_batch") == 1)
            let contest = try await Self.only(world)
            #expect(!contest.isOpen)
            #expect(!contest.granted)
            #expect([contest.stated, contest.proposed] == [1_000, 1_050])
            #expect(try await world.service.figures(of: .known(2026, 9)).allSatisfy { !$0.isContested })
            #expect(try await world.trail("figure-contest/").last == "figures.contest-refused")
            // Once decided, the figure may be contested anew.
            try await world.service.contest(Self.draft("1060"), by: Self.own)
            let all = try await world.service.contests(of: .known("10507"), for: FiguresWorld.neighbour)
            #expect(all.map(\.isOpen) == [true, false])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a decision is taken once and says why`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            try await world.service.contest(Self.draft(), by: Self.own)
            let id = try await Self.only(world).id
            await expectRefusal(.invalid, field: "note") {
                try await world.service.decide(id, granted: true, note: "  ", by: Self.insurance)
            }
            let form = Submission(viewer: FiguresWorld.insurance, form: "quyết định")
            try await world.service.decide(id, granted: true, note: "Đúng", by: form)
            let before = try await world.footprint()
            try await world.service.decide(id, granted: true, note: "Đúng", by: form)
            await expectRefusal(.stale) {
                try await world.service.decide(id, granted: false, note: "Sai", by: Self.insurance)
            }
            await expectRefusal(.notFound) {
                try await world.service.decide(
                    RecordID(at: world.clock.now), granted: true, note: "x", by: Self.insurance)
            }
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `only the commune itself may contest its figures`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let before = try await world.footprint()
            await expectRefusal(.forbidden) {
                try await world.service.contest(Self.draft(commune: "10525"), by: Self.own)
            }
            let without = FiguresWorld.without(.contestFigures)
            #expect(without.count == 9)
            for viewer in without {
                await expectRefusal(.forbidden) {
                    try await world.service.contest(Self.draft(), by: .init(viewer: viewer))
                }
            }
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is missing or the same is told at its field`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let before = try await world.footprint()
            let drafts: [(ContestDraft, String)] = [
                (Self.draft(""), "proposed"), (Self.draft("nhiều"), "proposed"), (Self.draft("-5"), "proposed"),
                (Self.draft("12,5"), "proposed"), (Self.draft("1.000"), "proposed"),
                (Self.draft(reason: " "), "reason"),
                (Self.draft(document: " "), "document"),
            ]
            for (draft, field) in drafts {
                await expectRefusal(.invalid, field: field) { try await world.service.contest(draft, by: Self.own) }
            }
            let refusal = await expectRefusal(.invalid) {
                try await world.service.contest(Self.draft("x", reason: "", document: ""), by: Self.own)
            }
            #expect(refusal?.fields.map(\.field) == ["proposed", "reason", "document"])
            var other = Self.draft()
            other.month = .known(2026, 8)
            await expectRefusal(.notFound) { try await world.service.contest(other, by: Self.own) }
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a figure has one open objection, each scheme its own, and the same form is carried out once`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let form = Submission(viewer: FiguresWorld.commune, form: "đề nghị")
            try await world.service.contest(Self.draft(), by: form)
            try await world.service.contest(Self.draft(), by: form)
            await expectRefusal(.stale) { try await world.service.contest(Self.draft("1070"), by: Self.own) }
            try await world.service.contest(Self.draft("110", scheme: .voluntary), by: Self.own)
            #expect(try await world.count("SELECT COUNT(*) FROM figure_contest") == 2)
            // A proof in place of a document's number.
            try await world.service.contest(
                Self.draft("2.100", commune: "10525", document: "", file: Self.proof),
                by: .init(viewer: FiguresWorld.neighbour))
            #expect(try await world.service.contests(for: FiguresWorld.insurance).count == 3)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `objections are seen by their commune and by those who decide or see the whole plan`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            try await world.service.contest(Self.draft(), by: Self.own)
            try await world.service.contest(
                Self.draft("2100", commune: "10525"), by: .init(viewer: FiguresWorld.neighbour))
            for viewer in FiguresWorld.everybody {
                let seen = try await world.service.contests(for: viewer).map(\.commune.text).sorted()
                let wide = viewer.may(.openFigureFiles)
                #expect(seen == (wide ? ["10507", "10525"] : viewer.communes.map(\.text).sorted()), "\(viewer.login)")
            }
            try await world.service.decide(
                world.service.contests(for: FiguresWorld.commune)[0].id, granted: false, note: "Không",
                by: Self.insurance)
            let open = try await world.service.contests(openOnly: true, for: FiguresWorld.insurance)
            #expect(open.map(\.commune.text) == ["10525"])
            // Open ones first.
            let all = try await world.service.contests(for: FiguresWorld.insurance)
            #expect(all.map(\.isOpen) == [true, false])
            #expect(try await world.service.contests(limit: 1, for: FiguresWorld.insurance).count == 1)
        }
    }
}
