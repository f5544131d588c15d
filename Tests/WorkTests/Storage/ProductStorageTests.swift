import Access
import Database
import Files
import Kernel
import PlanText
import Synchronization
import TestPlans
import TestSupport
import TestWork
import Testing
import Work

/// Products with their files.
@Suite
struct ProductStorageTests {
    static let id = "I.1/2027-03/90001"
    static let lead = Submission(viewer: StorageWorld.communes[0])

    /// SHA-256 of "abc" and of nothing (FIPS 180-4 examples).
    static let ofABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    static let ofNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// A file that arrives piece by piece; a nil piece breaks it off with an error.
    static func file(_ pieces: [[UInt8]?], size: Int = 0) -> IncomingFile {
        IncomingFile(name: "văn bản.pdf", mediaType: "application/pdf", size: size) {
            let rest = Mutex(pieces[...])
            return {
                guard let piece = rest.withLock({ $0.popFirst() }) else { return nil }
                guard let piece else { throw BrokenOff() }
                return piece
            }
        }
    }

    struct BrokenOff: Error {}

    static func add(_ file: IncomingFile, to world: StorageWorld, slot: Int = 0) async throws {
        var draft = world.draft(for: world.plan.tasks[0].slots[slot])
        draft.file = file
        try await world.work.addProduct(draft, slot: slot, instance: id, by: lead)
    }

    static func content(_ file: RecordID, in world: StorageWorld) async throws -> [[UInt8]] {
        try await world.store.read { connection in
            var parts: [[UInt8]] = []
            while let part = try StoredFiles.part(parts.count, of: file, on: connection) { parts.append(part) }
            return parts
        }
    }

    static let contents: [(pieces: [[UInt8]?], digest: String)] = [
        ([Array("abc".utf8)], ofABC), ([[0x61], [0x62, 0x63]], ofABC), ([], ofNothing),
    ]

    @Test(arguments: TestEngine.allCases, contents.indices)
    func `a file is stored with its bytes and their SHA-256`(engine: TestEngine, index: Int) async throws {
        let (pieces, digest) = Self.contents[index]
        try await StorageWorld.with(engine) { world in
            try await Self.add(Self.file(pieces), to: world)
            let products = try await world.work.detail(Self.id, for: StorageWorld.auditor).products
            let file = try #require(products.first?.file)
            #expect(products.count == 1)
            #expect(file.sha256 == digest)
            #expect(file.size == pieces.compactMap(\.self).joined().count)
            #expect(file.name == "văn bản.pdf")
            #expect(try await Self.content(file.id, in: world) == pieces.compactMap(\.self))
            let detail = try await world.work.detail(Self.id, for: StorageWorld.auditor).events.first?.note
            #expect(detail?.contains(digest) == true)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `every byte value survives, also over several parts`(engine: TestEngine) async throws {
        let pieces = (0..<4).map { piece in (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ piece) } }
        try await StorageWorld.with(engine) { world in
            try await Self.add(Self.file(pieces), to: world)
            let file = try #require(
                try await world.work.detail(Self.id, for: StorageWorld.auditor).products.first?.file)
            #expect(file.size == 1_200_000)
            let same = try await Self.content(file.id, in: world) == pieces
            #expect(same)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that breaks off leaves nothing`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            await #expect(throws: BrokenOff.self) { try await Self.add(Self.file([[1], nil]), to: world) }
            for table in ["product", "stored_file", "stored_file_part", "instance_event"] {
                let rows = try await world.count("SELECT COUNT(*) FROM \(table)")
                #expect(rows == 0)
            }
            #expect(try await world.item(Self.id).version == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a replaced product is kept with its file, out of sight`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            try await Self.add(Self.file([Array("abc".utf8)]), to: world)
            try await Self.add(Self.file([Array("abd".utf8)]), to: world, slot: 1)
            let first = try await world.work.detail(Self.id, for: StorageWorld.auditor).products
            let old = try #require(first.first { $0.slot == 0 }?.file)
            world.clock.advance(seconds: 60)
            try await Self.add(Self.file([Array("new".utf8)]), to: world)

            let second = try await world.work.detail(Self.id, for: StorageWorld.auditor).products
            #expect(second.map(\.slot) == [0, 1])
            #expect(second[1] == first[1])
            #expect(second[0].file?.id != old.id)
            #expect(try await world.count("SELECT COUNT(*) FROM product") == 3)
            #expect(
                try await world.count("SELECT COUNT(*) FROM product WHERE replaced_at IS NOT NULL AND slot = 0") == 1)
            #expect(try await Self.content(old.id, in: world) == [Array("abc".utf8)])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a product keeps what was typed`(engine: TestEngine) async throws {
        let figures = "II.1/2027-Q1/90001"
        try await StorageWorld.with(engine) { world in
            try await world.work.addProduct(
                ProductDraft(
                    numberSymbol: "07/QĐ-UBND", issuedOn: "3/1/2027", summary: "Giao chỉ tiêu “2027” cho các tổ",
                    figure: "99", file: Self.file([[1]])),
                slot: 0, instance: Self.id, by: Self.lead)
            try await world.work.addProduct(
                ProductDraft(issuedOn: "04/01/2027", figure: "1.234,5", source: "Sổ thu"), slot: 0, instance: figures,
                by: Self.lead)
            let document = try #require(
                try await world.work.detail(Self.id, for: StorageWorld.auditor).products.first)
            #expect(document.kind == .document)
            #expect(document.numberSymbol == "07/QĐ-UBND")
            #expect(document.issuedOn == Day.known(2027, 1, 3))
            #expect(document.summary == "Giao chỉ tiêu “2027” cho các tổ")
            #expect(document.figure == nil)
            #expect(document.addedBy == StorageWorld.communes[0].name)
            #expect(document.addedAt.day == StorageWorld.start)
            let figure = try #require(try await world.work.detail(figures, for: StorageWorld.auditor).products.first)
            #expect(figure.figure == "1.234,5")
            #expect(figure.source == "Sổ thu")
            #expect(figure.file == nil)
            #expect(figure.personal == false)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a draft with problems or for a slot that is not there stores nothing`(engine: TestEngine) async throws {
        try await StorageWorld.with(engine) { world in
            await expectRefusal(.invalid, field: "file") {
                try await world.work.addProduct(
                    ProductDraft(numberSymbol: "1", issuedOn: "04/01/2027", summary: "x"), slot: 0, instance: Self.id,
                    by: Self.lead)
            }
            await expectRefusal(.invalid, field: "day") {
                try await world.work.addProduct(
                    ProductDraft(numberSymbol: "1", issuedOn: "05/01/2027", summary: "x", file: Self.file([[1]])),
                    slot: 0,
                    instance: Self.id, by: Self.lead)
            }
            for slot in [-1, 2] {
                await expectRefusal(.invalid) {
                    try await world.work.addProduct(
                        world.draft(for: world.plan.tasks[0].slots[0]), slot: slot, instance: Self.id, by: Self.lead)
                }
            }
            let files = try await world.count("SELECT COUNT(*) FROM stored_file")
            #expect(files == 0)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `products that are due and missing are named`(engine: TestEngine) async throws {
        let unit = UnitCode.commune(StorageWorld.communes[0].communes[0])
        try await StorageWorld.with(engine, on: Day.known(2027, 3, 15)) { world in
            func missing() async throws -> [String] {
                try await world.work.missingProducts(
                    of: unit, until: Day.known(2027, 3, 31), for: StorageWorld.auditor
                )
                .map { "\($0.item.id) \($0.slot.kind)" }
            }
            let before = try await missing()
            try await world.fill(Self.id)
            let after = try await missing()
            let period = ["II.1/2027-Q1/90001 figure", "II.1/2027-Q1/90001 list"]
            #expect(before == ["\(Self.id) document", "\(Self.id) list"] + period)
            #expect(after == period)
        }
    }
}
