import Access
import Foundation
import Kernel
import Synchronization
import Testing

/// Files that act on whoever opens them, sent by a form.
@Suite
struct UploadScreeningPagesTests {
    @Test
    func `a PDF with a script is refused at its field with the way to send it, and nothing of it stays`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get(HandInOverHTTPTests.work).form("sp-I-5-0")
            let script = Upload(
                name: "bc.pdf", type: "application/pdf",
                bytes: Array("%PDF-1.7\n1 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n".utf8))
            let page = try await officer.submit(form, HandInOverHTTPTests.typed, files: [script])
            #expect(page.status == 422)
            let again = try page.form("sp-I-5-0")
            #expect(again.html.contains("Tệp “bc.pdf”: Tệp PDF có mã JavaScript"))
            #expect(again.html.contains("125/BC-UBND"), "what was typed is there again")
            #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
            #expect(try harness.uploadsLeft() == [])
        }
    }

    /// An archive of empty parts: a beginning, the list of the parts, its end (APPNOTE 6.3).
    private static func archive(of names: [String]) -> [UInt8] {
        func bytes(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 255) } }
        func joined(_ pieces: [UInt8]...) -> [UInt8] { Array(pieces.joined()) }
        var archive: [UInt8] = []
        var list: [UInt8] = []
        for name in names {
            let letters = Array(name.utf8)
            let version: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]
            let head = joined(version, bytes(0, 12), bytes(letters.count, 2), bytes(0, 2))
            list += joined(bytes(0x0201_4B50, 4), bytes(20, 2), head, bytes(0, 10), bytes(archive.count, 4), letters)
            archive += joined(bytes(0x0403_4B50, 4), head, letters)
        }
        let counts = joined(bytes(0, 4), bytes(names.count, 2), bytes(names.count, 2))
        let end = joined(bytes(0x0605_4B50, 4), counts, bytes(list.count, 4), bytes(archive.count, 4), bytes(0, 2))
        return joined(archive, list, end)
    }

    @Test
    func `an archive under the name of a Word file, or half of one, is told from a document`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let page = try await officer.get(HandInOverHTTPTests.work)
            #expect(page.text.contains("Nhận tệp .pdf, .docx, .doc, .xlsx, .xls, .jpg, .jpeg, .png. Tối đa"))
            let whole = Self.archive(of: ["[Content_Types].xml", "word/document.xml"])
            for bytes in [
                Array(whole.dropLast(30)), Self.archive(of: ["word.txt"]),
                FileKindTests.archive(holding: "word/document.xml"),
            ] {
                let sent = try await officer.submit(
                    page.form("sp-I-5-0"), HandInOverHTTPTests.typed,
                    files: [Upload(name: "bc.docx", bytes: bytes)])
                #expect(sent.status == 422)
                #expect(sent.text.contains("không phải là Word (.docx) nguyên vẹn"))
            }
            let taken = try await officer.submit(
                page.form("sp-I-5-0"), HandInOverHTTPTests.typed, files: [Upload(name: "bc.docx", bytes: whole)])
            #expect(taken.status == 303)
        }
    }

    @Test
    func `a slot takes the kinds of file that it names, whatever the browser let through`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let officer = try await harness.browser(as: .communeOfficer)
            let form = try await officer.get(HandInOverHTTPTests.work).form("sp-I-5-0")
            let sent = try await officer.submit(
                form, HandInOverHTTPTests.typed, files: [Upload(name: "ghi chu.txt", bytes: Array("Đã họp".utf8))])
            #expect(sent.status == 422)
            #expect(sent.text.contains("Không nhận tệp có đuôi .txt"))
            #expect(sent.text.contains(".pdf, .docx, .doc, .xlsx, .xls, .jpg, .jpeg, .png rồi gửi lại"))
            #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
        }
    }

    /// Reports handed in, each by a browser of its own; what each was answered.
    private static func handIn(
        _ count: Int, to harness: SiteHarness, noting answered: Answered
    ) -> Task<[Int], any Error> {
        Task {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        let officer = try await harness.browser(as: .communeOfficer)
                        let form = try await officer.get(HandInOverHTTPTests.work).form("sp-I-5-0")
                        let report = Upload(
                            name: "bc.pdf", type: "application/pdf", bytes: Array("%PDF-1.7\n".utf8))
                        let page = try await officer.submit(form, HandInOverHTTPTests.typed, files: [report])
                        #expect(try page.form("sp-I-5-0").html.contains("Chưa quét được virus"))
                        answered.add()
                        return page.status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
    }

    @Test
    func `a scanner that is stuck keeps the files it was asked about, no page and no other file`() async throws {
        let stuck = try StuckScanner()
        try await SiteHarness.run(flags: ["scan.clamd": stuck.path], on: "2026-12-10") { harness in
            let other = try await harness.browser(as: .communeOfficer)
            // More than are asked about at once.
            let answered = Answered()
            let waiting = Self.handIn(7, to: harness, noting: answered)
            try await stuck.isAsked(times: 4)
            let page = try await other.get(HandInOverHTTPTests.work)
            #expect(page.status == 200)
            let script = Upload(
                name: "bc.pdf", type: "application/pdf", bytes: Array("%PDF-1.7\n<< /S /JavaScript >>\n".utf8))
            let refused = try await other.submit(
                page.form("sp-I-5-0"), HandInOverHTTPTests.typed, files: [script])
            #expect(refused.status == 422 && refused.text.contains("mã JavaScript"))
            #expect(answered.count == 0)
            // Nobody listens any more: those who wait are told.
            stuck.end()
            #expect(try await waiting.value == Array(repeating: 422, count: 7))
            #expect(try await harness.count("SELECT COUNT(*) FROM stored_file") == 0)
        }
    }
}

private final class Answered: Sendable {
    private let soFar = Mutex(0)
    var count: Int { soFar.withLock { $0 } }
    func add() { soFar.withLock { $0 += 1 } }
}

/// Stands in for a `clamd` that takes every talk and answers none.
private final class StuckScanner: Sendable {
    let path = NSTemporaryDirectory() + "clamd-\(UInt32.random(in: .min ... .max)).sock"
    private let listening: Int32
    private let talks = Mutex<(taken: [Int32], isOpen: Bool)>(([], true))

    init() throws {
        listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { [listening] in
                bind(listening, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(listening, 16) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Takes talks until so many were begun.
    func isAsked(times count: Int) async throws {
        while talks.withLock({ $0.taken.count }) < count {
            let talk = accept(listening, nil, nil)
            guard talk >= 0 else {
                try await Task.sleep(for: .milliseconds(10))
                continue
            }
            talks.withLock { $0.taken.append(talk) }
        }
    }

    func end() {
        talks.withLock { talks in
            guard talks.isOpen else { return }
            talks.isOpen = false
            close(listening)
            unlink(path)
            for talk in talks.taken { close(talk) }
        }
    }

    deinit { end() }
}
