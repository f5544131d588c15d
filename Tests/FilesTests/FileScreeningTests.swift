import Files
import Foundation
import Testing

/// What keeps a file from being taken.
@Suite
struct FileScreeningTests {
    /// An archive whose parts are empty.
    private static func archive(_ names: [String]) -> Data {
        func number(_ value: Int, _ size: Int) -> Data {
            Data((0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
        }
        var (content, directory) = (Data(), Data())
        for name in names {
            let start = content.count
            let bytes = Data(name.utf8)
            content +=
                number(0x0403_4B50, 4) + number(20, 2) + Data(count: 20) + number(bytes.count, 2) + Data(count: 2)
            content += bytes
            directory += number(0x0201_4B50, 4) + Data(count: 24) + number(bytes.count, 2) + Data(count: 12)
            directory += number(start, 4) + bytes
        }
        let place = content.count
        return content + directory + number(0x0605_4B50, 4) + Data(count: 4) + number(names.count, 2)
            + number(names.count, 2) + number(directory.count, 4) + number(place, 4) + number(0, 2)
    }

    /// A compound file of one sector of table and one of directory.
    private static func compound(_ names: [String], filled: Set<String> = []) -> Data {
        func number(_ value: UInt32) -> Data { withUnsafeBytes(of: value.littleEndian) { Data($0) } }
        var head = Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + Data(count: 22)
        head += Data([9, 0]) + Data(count: 12) + number(1) + number(1) + Data(count: 12)
        head += number(0) + number(0xFFFF_FFFE) + number(0) + number(0)
        head += Data(repeating: 0xFF, count: 512 - head.count)
        var table = number(0xFFFF_FFFD) + number(0xFFFF_FFFE)
        table += Data(repeating: 0xFF, count: 512 - table.count)
        var directory = Data()
        for name in names {
            var entry = Data(name.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
            let length = UInt8(entry.count + 2)
            entry += Data(count: 64 - entry.count) + Data([length, 0]) + Data(count: 10)
            entry += number(filled.contains(name) ? 1 : 0xFFFF_FFFF) + Data(count: 48)
            directory += entry
        }
        return head + table + directory + Data(count: 512 - directory.count)
    }

    @Test(arguments: [
        (["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"], nil),
        (["xl/workbook.xml", "xl/vbaProject.bin"], ActiveContent.macros),
        (["xl/workbook.xml", "XL/Macrosheets/sheet1.xml"], .macros),
        (["word/document.xml", "word/activeX/activeX1.xml"], .macros),
        (["word/document.xml", "word/embeddings/oleObject1.bin"], .embeddedObject),
        (["word/document.xml", "word/embeddings/Sheet1.xlsx"], .embeddedObject),
        // The figures behind a chart.
        (["word/document.xml", "word/charts/chart1.xml", "word/embeddings/Sheet1.xlsx"], nil),
    ])
    func `an Office file with programs or other files within is told`(names: [String], active: ActiveContent?) {
        #expect(ActiveContent.found(in: Self.archive(names)) == active)
    }

    @Test
    func `an old Office file is told by its storages`() {
        #expect(ActiveContent.found(in: Self.compound(["Root Entry", "WordDocument", "ObjectPool"])) == nil)
        #expect(
            ActiveContent.found(in: Self.compound(["Root Entry", "ObjectPool", "_1"], filled: ["ObjectPool"]))
                == .embeddedObject)
        #expect(ActiveContent.found(in: Self.compound(["Root Entry", "Macros", "VBA"])) == .macros)
        #expect(ActiveContent.found(in: Self.compound(["Root Entry", "Workbook", "MBD0001F2A3"])) == .embeddedObject)
        #expect(ActiveContent.found(in: Self.compound(["Root Entry"]).prefix(700)) == nil, "broken")
    }

    @Test(arguments: [
        ("<< /Type /Catalog /Pages 2 0 R >>", nil), ("<< /S /JavaScript /JS (app.alert(1)) >>", ActiveContent.script),
        ("<< /S /J#61vaScript >>", .script), ("<< /S /Launch /F (cmd.exe) >>", .script),
        ("<< /Names << /EmbeddedFiles 3 0 R >> >>", .attachment), ("<< /JSON 1 /Launching 2 >>", nil),
        ("<< /Length 9 >>\nstream\n /JS /Launch \nendstream", nil), ("% /JS in a comment", nil),
    ])
    func `a PDF with scripts, launches or attachments is told, what streams hold by chance is not`(
        body: String, active: ActiveContent?
    ) {
        #expect(ActiveContent.found(in: Data("%PDF-1.7\n1 0 obj\n\(body)\nendobj\n".utf8)) == active)
    }

    @Test
    func `a scanner is sent the whole content, and its word decides`() throws {
        let content = Data((0..<700_000).map { UInt8(truncatingIfNeeded: $0) })
        let clean = try FakeScanner { $0 == "zINSTREAM" && $1 == content ? "stream: OK" : "stream: Other FOUND" }
        #expect(try VirusScanner(.local(clean.path)).scan(content) == .clean)
        let found = try FakeScanner { _, _ in "stream: Eicar-Test-Signature FOUND" }
        #expect(try VirusScanner(.local(found.path)).scan(content) == .infected("Eicar-Test-Signature"))
        let large = try FakeScanner { _, _ in "INSTREAM size limit exceeded. ERROR" }
        #expect(throws: VirusScanner.Failure.self) { try VirusScanner(.local(large.path)).scan(content) }
    }

    @Test
    func `a talk past its time ends, whatever the scanner still would say`() throws {
        let failure = #expect(throws: VirusScanner.Failure.self) {
            try VirusScanner(.local("/nowhere/clamd.ctl"), patience: 0).scan(Data("a".utf8))
        }
        #expect(failure?.description == "clamd took longer than 0 seconds")
    }

    @Test
    func `without an answer files wait for the scanner, or are taken where the settings say so`() throws {
        let path = NSTemporaryDirectory() + "tep-\(UInt32.random(in: .min ... .max)).txt"
        try Data("Báo cáo".utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let nobody = VirusScanner(.local("/nowhere/clamd.ctl"))
        #expect(FileScreening().infection(in: path) == nil)
        #expect(FileScreening(scanner: nobody).infection(in: path)?.message.hasPrefix("Chưa quét được virus") == true)
        #expect(FileScreening(scanner: nobody, takesUnscanned: true).infection(in: path) == nil)
        let found = try FakeScanner { _, _ in "stream: Win.Test FOUND" }
        let finding = FileScreening(scanner: VirusScanner(.local(found.path)), takesUnscanned: true).infection(in: path)
        #expect(finding?.signature == "Win.Test")
        // Its turn came too late: nobody is asked any more.
        let clean = try FakeScanner { _, _ in "stream: OK" }
        let screening = FileScreening(scanner: VirusScanner(.local(clean.path), patience: 60))
        let late = screening.infection(in: path, askedAt: .now - .seconds(61))
        #expect(late?.message.hasPrefix("Chưa quét được virus") == true)
        #expect(screening.infection(in: path) == nil)
    }

    @Test
    func `a scanner's place is a socket or a host with a port`() {
        #expect(VirusScanner("unix:/run/clamav/clamd.ctl")?.place == .local("/run/clamav/clamd.ctl"))
        #expect(VirusScanner("/run/clamd")?.place == .local("/run/clamd"))
        #expect(VirusScanner("tcp:127.0.0.1:3310")?.place == .network(host: "127.0.0.1", port: 3310))
        for wrong in ["", "clamd", "tcp:host", "tcp:host:0", "tcp:host:x"] { #expect(VirusScanner(wrong) == nil) }
    }
}
