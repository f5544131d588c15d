import Access
import Files
import Kernel
import Province
import Tabular
import TestSupport
import Testing

@testable import Figures

/// Files sent on screen: looked at, then taken or thrown away.
@Suite
struct UploadStorageTests {
    static let insurance = Submission(viewer: FiguresWorld.insurance)

    static func receive(
        _ lines: [String], in world: FiguresWorld, month: Month? = nil, form: String? = nil
    ) async throws -> RecordID {
        try await world.service.receive(
            FiguresWorld.file("09/2026", lines), month: month, source: " Công văn  12/BHXH ",
            by: .init(viewer: FiguresWorld.insurance, form: form))
    }

    @Test(arguments: TestEngine.allCases)
    func `a file is kept, looked at and taken`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let id = try await Self.receive(["10507;100;10", "Lạ;1;1"], in: world)
            #expect(try await world.holding() == [])
            let (upload, outcome) = try await world.service.upload(id, for: FiguresWorld.analyst)
            #expect(upload.isOpen)
            #expect(upload.fileName == "so lieu.csv")
            #expect(upload.source == "Công văn 12/BHXH")
            #expect(upload.actorName == FiguresWorld.insurance.name)
            #expect([outcome.added, outcome.changed, outcome.reading.errors.count] == [2, 0, 1])
            #expect(try await world.service.waitingUploads(for: FiguresWorld.analyst) == [upload])

            try await world.service.accept(id, acceptsJumps: false, by: .init(viewer: FiguresWorld.analyst))
            #expect(
                try await world.holding() == ["10507 2026-09 compulsory 100 @1", "10507 2026-09 voluntary 10 @1"])
            let batch = try await world.service.batch(1, for: FiguresWorld.analyst)
            #expect(batch.source == "Công văn 12/BHXH")
            #expect(batch.file == upload.file)
            #expect(batch.actorName == FiguresWorld.analyst.name)
            let taken = try await world.service.upload(id, for: FiguresWorld.insurance).0
            #expect(taken.batch == 1)
            #expect(!taken.isOpen)
            #expect(try await world.service.waitingUploads(for: FiguresWorld.analyst) == [])
            #expect(try await world.count("SELECT COUNT(*) FROM stored_file") == 1)
            #expect(try await world.trail() == ["figures.received", "figures.imported"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file is taken once`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let id = try await Self.receive(["10507;100;10"], in: world)
            try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
            let before = try await world.footprint()
            await expectRefusal(.stale) { try await world.service.accept(id, acceptsJumps: false, by: Self.insurance) }
            await expectRefusal(.stale) { try await world.service.discard(id, by: Self.insurance) }
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that is thrown away leaves no figure and cannot be taken`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let id = try await Self.receive(["10507;100;10"], in: world)
            try await world.service.discard(id, by: Self.insurance)
            #expect(try await world.service.upload(id, for: FiguresWorld.insurance).0.stage == .discarded)
            #expect(try await world.service.waitingUploads(for: FiguresWorld.insurance) == [])
            await expectRefusal(.stale) { try await world.service.accept(id, acceptsJumps: false, by: Self.insurance) }
            await expectRefusal(.stale) { try await world.service.discard(id, by: Self.insurance) }
            #expect(try await world.holding() == [])
            #expect(try await world.trail() == ["figures.received", "figures.discarded"])
            // The file stays with its history.
            #expect(try await world.count("SELECT COUNT(*) FROM stored_file") == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `the same form is carried out once`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let first = try await Self.receive(["10507;100;10"], in: world, form: "gửi")
            let second = try await Self.receive(["10507;100;10"], in: world, form: "gửi")
            #expect(first == second)
            #expect(try await world.count("SELECT COUNT(*) FROM figure_upload") == 1)
            let other = try await Self.receive(["10507;100;10"], in: world, form: "gửi lại")
            #expect(other != first)

            let accept = Submission(viewer: FiguresWorld.insurance, form: "nhận")
            try await world.service.accept(first, acceptsJumps: false, by: accept)
            let before = try await world.footprint()
            try await world.service.accept(first, acceptsJumps: false, by: accept)
            #expect(try await world.footprint() == before)
            let discard = Submission(viewer: FiguresWorld.insurance, form: "bỏ")
            try await world.service.discard(other, by: discard)
            try await world.service.discard(other, by: discard)
            #expect(try await world.count("SELECT COUNT(*) FROM figure_batch") == 1)
            #expect(
                try await world.trail() == [
                    "figures.received", "figures.received", "figures.imported", "figures.discarded",
                ])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `figures that jump wait until the sender says that they are right`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("08/2026", "10507;9540;900")
            let id = try await Self.receive(["10507;954;900"], in: world)
            #expect(try await world.service.upload(id, for: FiguresWorld.insurance).1.added == 0)
            #expect(try await world.service.upload(id, acceptsJumps: true, for: FiguresWorld.insurance).1.added == 2)
            await expectRefusal(.invalid) {
                try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
            }
            #expect(try await world.service.upload(id, for: FiguresWorld.insurance).0.isOpen)
            try await world.service.accept(id, acceptsJumps: true, by: Self.insurance)
            #expect(try await world.count("SELECT COUNT(*) FROM participant_figure WHERE month = '2026-09'") == 2)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `what is no table of figures is refused at the field and keeps nothing`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let before = try await world.footprint()
            for text in ["%PDF-1.7", "a;b\n1;2\n", "", "Mã xã;BHXH bắt buộc\n10507;1\n"] {
                let file = IncomingFile(name: "x.csv", mediaType: "text/csv", bytes: Array(text.utf8))
                let refusal = await expectRefusal(.invalid, field: "file") {
                    try await world.service.receive(
                        file, month: nil, source: "", by: .init(viewer: FiguresWorld.insurance, form: "f\(text.count)"))
                }
                #expect(refusal?.fields.first?.message.isEmpty == false)
            }
            await expectRefusal(.invalid, field: "file") {
                try await Self.receive(["10507;100;10"], in: world, month: .known(2026, 8))
            }
            #expect(try await world.footprint() == before)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file with nothing new is not taken`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            try await world.take("09/2026", "10507;100;10")
            let id = try await Self.receive(["10507;100;10"], in: world)
            let before = try await world.footprint()
            await expectRefusal(.invalid) {
                try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
            }
            #expect(try await world.footprint() == before)
        }
    }

    /// Its month was a guess that nothing contradicted; once taken, the month is known.
    @Test(arguments: TestEngine.allCases)
    func `a file whose name alone names the month can still be opened after it was taken`(engine: TestEngine)
        async throws
    {
        try await FiguresWorld.with(engine) { world in
            let bytes = HaiPhong.sample("so-lieu-06.csv")
            let id = try await world.service.receive(
                IncomingFile(name: "so-lieu-06.csv", mediaType: "text/csv", bytes: bytes), month: nil, source: "",
                by: Self.insurance)
            try await world.service.accept(id, acceptsJumps: false, by: Self.insurance)
            let (upload, outcome) = try await world.service.upload(id, for: FiguresWorld.insurance)
            #expect(upload.batch == 1)
            #expect(outcome.unchanged == 228)
            _ = try await world.service.returnedFile(of: id, for: FiguresWorld.insurance)
        }
    }

    /// Two such files wait at once: the second must not end in an error that no page knows.
    @Test(arguments: TestEngine.allCases)
    func `a waiting file whose month became known meanwhile is refused in words`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let text = "Mã xã;BHXH bắt buộc;BHXH tự nguyện\n10507;100;10\n"
            var ids: [RecordID] = []
            for line in ["", "10525;200;20\n"] {
                let file = IncomingFile(name: "so-lieu-06.csv", mediaType: "text/csv", bytes: Array((text + line).utf8))
                ids.append(try await world.service.receive(file, month: nil, source: "", by: Self.insurance))
            }
            try await world.service.accept(ids[0], acceptsJumps: false, by: Self.insurance)
            do {
                try await world.service.accept(ids[1], acceptsJumps: false, by: Self.insurance)
            } catch {
                #expect(error is Refusal, "\(error)")
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a waiting file goes back with its reasons and a name that says so`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let id = try await Self.receive(["10507;100;10", "10525;N/A;20"], in: world)
            let back = try await world.service.returnedFile(of: id, for: FiguresWorld.insurance)
            #expect(back.name == "so lieu-tra-lai.csv")
            #expect(back.format == .csv)
            let rows = try TableFile(back.bytes).tables[0].rows
            #expect(rows[2].cells.last == .text("Lý do"))
            #expect(rows[4].cells.last?.shown.contains("N/A") == true)
            #expect(rows[3].cells.count == 3 || rows[3].cells.last == .empty)
            let file = FiguresWorld.file("09/2026", ["10507;100;10"], name: "số liệu")
            let unnamed = try await world.service.receive(file, month: nil, source: "", by: Self.insurance)
            let other = try await world.service.returnedFile(of: unnamed, for: FiguresWorld.insurance)
            #expect(other.name == "số liệu-tra-lai.csv")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a large file is kept once, whoever sends the same form again, and read when it is looked at`(
        engine: TestEngine
    ) async throws {
        try await FiguresWorld.with(engine) { world in
            let remark = String(repeating: "đã đối chiếu ", count: 2_600)
            let lines =
                ["Tháng 09/2026", "Mã xã;BHXH bắt buộc;BHXH tự nguyện;Ghi chú"]
                + HaiPhong.directory.communes.map { "\($0.code);100;10;\(remark)" }
            let file = IncomingFile(
                name: "lớn.csv", mediaType: "text/csv", bytes: Array(lines.joined(separator: "\n").utf8))
            #expect(file.size > StoredFiles.mostBytesAtOnce)
            var ids: [RecordID] = []
            for _ in 1...2 {
                ids.append(
                    try await world.service.receive(
                        file, month: nil, source: "", by: .init(viewer: FiguresWorld.insurance, form: "gửi")))
            }
            #expect(ids[0] == ids[1])
            #expect(try await world.count("SELECT COUNT(*) FROM stored_file") == 1)
            let (upload, outcome) = try await world.service.upload(ids[0], for: FiguresWorld.insurance)
            #expect(upload.month == nil && outcome.reading.acceptedRows == HaiPhong.directory.communes.count)
            // The month that was not asked for at first is settled when it is taken.
            try await world.service.accept(ids[0], acceptsJumps: false, by: Self.insurance)
            #expect(try await world.service.upload(ids[0], for: FiguresWorld.insurance).0.month == .known(2026, 9))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a file that is not there is not found`(engine: TestEngine) async throws {
        try await FiguresWorld.with(engine) { world in
            let id = RecordID(at: world.clock.now)
            await expectRefusal(.notFound) { try await world.service.upload(id, for: FiguresWorld.insurance) }
            await expectRefusal(.notFound) { try await world.service.returnedFile(of: id, for: FiguresWorld.insurance) }
            await expectRefusal(.notFound) {
                try await world.service.accept(id, acceptsJumps: true, by: Self.insurance)
            }
            await expectRefusal(.notFound) { try await world.service.discard(id, by: Self.insurance) }
            await expectRefusal(.notFound) { try await world.service.batch(5, for: FiguresWorld.insurance) }
        }
    }
}
