import Access
import Database
import Files
import Foundation
import Kernel
import TestSupport
import Testing
import Vault

/// Two people destroy a file: what is gone, what stays, and who may do it.
@Suite
struct ErasureTests {
    /// Two people of one unit, the one file of a record of theirs, and somebody who may not know of it.
    struct World: Sendable {
        let store: any DataStore
        let clock: MutableClock
        let erasure: FileErasure
        let asker: Viewer
        let second: Viewer
        let stranger: Viewer
        let file: RecordID
        let keepers: [FileKeeper]

        func by(_ viewer: Viewer) -> Submission { Submission(viewer: viewer) }

        func proposed() async throws -> RecordID {
            try await erasure.propose(file, reason: "Danh sách người dân nộp nhầm chỗ", by: by(asker))
            return try #require(try await erasure.file(file, for: second).waiting?.id)
        }

        func audit() async throws -> [AuditEntry] {
            try await store.read { try AuditTrail.entries(before: nil, limit: 100, on: $0) }
        }
    }

    /// Nothing else in a database holds it.
    static let secret = "BA LAN 031185012345 chi mot lan"

    static let content = Array(Array(repeating: secret, count: 40_000).joined(separator: "\n").utf8)

    static let grants = Grants(
        of: [.files], [.analyst: [.confirmErasure, .readErasures], .agencyOfficer: [.confirmErasure]])

    static func with(_ engine: TestEngine, _ body: (World) async throws -> Void) async throws {
        try await engine.withStore { store in
            let clock = MutableClock(Timestamp(day: try #require(Day("2026-11-28")), hour: 9))
            _ = try await Migrator(AccessMigrations.all + FilesMigrations.all).migrate(store, at: clock.now)
            let access = AccessService(
                store: store, clock: clock.clock, passwords: PasswordHasher(cost: 4), grants: grants,
                keys: .ephemeral())
            func add(_ login: String, _ role: Role, _ agency: String) async throws -> Viewer {
                try await access.createActive(
                    AccountDraft(
                        login: "nguoi-\(login)", name: "Người \(login)", role: role, agency: AgencyCode(agency)),
                    password: "con mèo ngồi trên mái", by: .system
                ).viewer(grants)
            }
            let unit = try #require(UnitCode("so-noi-vu"))
            let (asker, second) = (
                try await add("lan", .agencyOfficer, "so-noi-vu"), try await add("minh", .agencyOfficer, "so-noi-vu")
            )
            let stranger = try await add("xa", .agencyOfficer, "so-y-te")
            let file = try await store.write { [now = clock.now] in
                try StoredFiles.add(
                    IncomingFile(name: "bà Lan.csv", mediaType: "text/csv", bytes: content), by: asker.account, at: now,
                    on: $0)
            }
            let keeper: FileKeeper = { id, viewer, _ in
                guard id == file.id, viewer.ownUnits.contains(unit) else { return nil }
                return FileHolder(
                    subject: Subject(.file, "nơi có tệp"), words: "sản phẩm thử", unit: unit, mayAsk: true)
            }
            try await body(
                World(
                    store: store, clock: clock,
                    erasure: FileErasure(store: store, clock: clock.clock, keepers: [keeper]), asker: asker,
                    second: second, stranger: stranger, file: file.id, keepers: [keeper]))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file goes when a second person confirms what the first proposed, and its minutes stay`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let deed = try await world.proposed()
            let content = try await world.store.read { try StoredFiles.content(of: world.file, on: $0) }
            let isThere = content == Self.content
            #expect(isThere, "a proposal changes nothing")
            await #expect(throws: Refusal.self, "the first is no second") {
                try await world.erasure.confirm(world.file, deed: deed, by: world.by(world.asker))
            }
            try await world.erasure.confirm(world.file, deed: deed, by: world.by(world.second))
            let found = try await world.erasure.file(world.file, for: world.asker)
            #expect(found.file.isErased && found.file.name == "tệp đã huỷ" && found.file.sha256.count == 64)
            let minutes = try #require(found.minutes)
            #expect(minutes.words == "1/2026" && minutes.reason == "Danh sách người dân nộp nhầm chỗ")
            #expect(minutes.askedBy == "Người lan" && minutes.confirmedBy == "Người minh")
            #expect(minutes.bytes == Self.content.count && minutes.holderWords == "sản phẩm thử")
            #expect((minutes.scrubbedAt != nil) == (engine == .sqlite))
            #expect(try await world.store.read { try StoredFiles.content(of: world.file, on: $0) }.isEmpty)
            let entry = try #require(try await world.audit().first { $0.action == "file.erased" })
            #expect(entry.detail.contains("biên bản 1/2026") && entry.detail.contains("nộp nhầm chỗ"))
            try await world.store.write { try StoredFiles.remove(world.file, on: $0) }
            #expect(try await world.erasure.file(world.file, for: world.asker).minutes == minutes, "for the minutes")
            await #expect(throws: Refusal.self, "once") {
                try await world.erasure.propose(
                    world.file, reason: "Danh sách người dân nộp nhầm chỗ", by: world.by(world.asker))
            }
        }
    }

    @Test
    func `nothing of an erased file is left in the database's file or its log`() async throws {
        try await Self.with(.sqlite) { world in
            func traces() throws -> Int {
                try ["", "-wal"].reduce(0) { count, suffix in
                    let path = world.store.location + suffix
                    guard FileManager.default.fileExists(atPath: path) else { return count }
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                    return count + (bytes.firstRange(of: Data(Self.secret.utf8)) == nil ? 0 : 1)
                }
            }
            let deed = try await world.proposed()
            #expect(try traces() > 0)
            try await world.erasure.confirm(world.file, deed: deed, by: world.by(world.second))
            #expect(try traces() == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `who may not know of a file learns nothing, and a proposal can be taken back`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let deed = try await world.proposed()
            for deedOfStranger in [
                { try await world.erasure.confirm(world.file, deed: deed, by: world.by(world.stranger)) },
                { try await world.erasure.withdraw(world.file, deed: deed, by: world.by(world.stranger)) },
                { _ = try await world.erasure.file(world.file, for: world.stranger) },
            ] as [@Sendable () async throws -> Void] {
                await #expect(throws: Refusal.self) { try await deedOfStranger() }
            }
            #expect(try await world.erasure.waiting(for: world.stranger).isEmpty)
            #expect(try await world.erasure.waiting(for: world.second).count == 1)
            try await world.erasure.withdraw(world.file, deed: deed, by: world.by(world.asker))
            await #expect(throws: Refusal.self) {
                try await world.erasure.confirm(world.file, deed: deed, by: world.by(world.second))
            }
            #expect(try await world.erasure.waiting(for: world.second).isEmpty)
            await #expect(throws: Refusal.self, "a reason") {
                try await world.erasure.propose(world.file, reason: "nhầm", by: world.by(world.asker))
            }
        }
    }

    @Test
    func `copies of the same content stay, and are told`() async throws {
        try await Self.with(.sqlite) { world in
            _ = try await world.store.write { [now = world.clock.now] in
                try StoredFiles.add(
                    IncomingFile(name: "x.csv", mediaType: "text/csv", bytes: Self.content), by: nil, at: now, on: $0)
            }
            #expect(try await world.erasure.file(world.file, for: world.asker).copies == 1)
            let found = try await world.erasure.files(try ErasureSearchTests.hash(64), for: world.asker)
            #expect(found.map(\.file.id) == [world.file], "only what the person may know of")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the trail mentions a file by its hash, and screens put the name there while it lives`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let file = try await world.erasure.file(world.file, for: world.asker).file
            let words = "I.5: \(FileMention.words(file))"
            #expect(!words.contains(file.name))
            let texts = [words, "không có tệp", words + "; " + words]
            let live = try await FileMention.named(texts, in: world.store)
            let hash = file.sha256.prefix(12)
            let shown = "I.5: tệp “bà Lan.csv” (SHA-256 \(hash))"
            #expect(live == [shown, "không có tệp", shown + "; " + shown])
            try await world.erasure.confirm(
                world.file, deed: try await world.proposed(), by: world.by(world.second))
            let gone = try await FileMention.named([words], in: world.store)
            #expect(gone == ["I.5: tệp đã huỷ (SHA-256 \(hash))"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a name that an earlier release told the trail is read no more, and the chain stays whole`(
        engine: TestEngine
    ) async throws {
        try await Self.with(engine) { world in
            let (file, batch) = (Subject(.file, world.file), Subject(Subject.Kind("batch"), "7"))
            try await world.store.write { [now = world.clock.now] connection in
                for (subject, detail) in [
                    (file, "I.5: bà Lan.csv"), (batch, "bà Lan.csv: 3 số liệu"), (Subject(.file, batch), "bà Lan.csv"),
                    (Subject(Subject.Kind("batch"), "8"), "bà Lan.csv: của tệp khác"),
                ] {
                    try AuditTrail.append(
                        AuditEvent("test.told", subject: subject, detail: detail), by: .system, at: now, on: connection)
                }
            }
            let erasure = FileErasure(
                store: world.store, clock: world.clock.clock, keepers: world.keepers,
                names: [{ file, _, _ in file.name == "bà Lan.csv" ? [batch, Subject(.file, batch)] : [] }])
            try await erasure.confirm(world.file, deed: try await world.proposed(), by: world.by(world.second))
            let told = try await world.audit().filter { $0.action == "test.told" }.map(\.detail)
            let mask = "[tên tệp đã huỷ, biên bản 1/2026]"
            #expect(told == ["bà Lan.csv: của tệp khác", mask, "\(mask): 3 số liệu", "I.5: \(mask)"])
            #expect(try await world.erasure.file(world.file, for: world.asker).minutes?.trailEntries == 3)
            let verdict = try await AuditTrail.verify(in: world.store)
            #expect(verdict.problems.isEmpty)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `of a file that an earlier release erased, all that told its name is hidden`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            try await world.erasure.confirm(
                world.file, deed: try await world.proposed(), by: world.by(world.second))
            try await world.store.write { [now = world.clock.now] connection in
                for action in ["file.opened", "file.refused"] {
                    try AuditTrail.append(
                        AuditEvent(action, subject: Subject(.file, world.file), detail: "I.5: bà Lan.csv"), by: .system,
                        at: now, on: connection)
                }
                try connection.execute("UPDATE file_erasure SET trail_entries = NULL")
            }
            try await world.erasure.hideEarlierNames()
            let told = try await world.audit().prefix(2).map(\.detail)
            #expect(told == ["I.5: bà Lan.csv", "[tên tệp đã huỷ, biên bản 1/2026]"])
            #expect(try await world.erasure.file(world.file, for: world.asker).minutes?.trailEntries == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the hash of an erased file finds its minutes, for whoever may know of it`(engine: TestEngine) async throws {
        try await Self.with(engine) { world in
            let hash = try ErasureSearchTests.hash(12)
            #expect(try await world.erasure.minutes(hash, for: world.asker).isEmpty)
            try await world.erasure.confirm(
                world.file, deed: try await world.proposed(), by: world.by(world.second))
            #expect(try await world.erasure.minutes(hash, for: world.asker).map(\.words) == ["1/2026"])
            #expect(try await world.erasure.minutes(hash, for: world.stranger).isEmpty)
        }
    }
}
