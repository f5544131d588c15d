import Components
import Testing

@testable import WebDesk

@Suite
struct FileKindTests {
    static let pdf = Array("%PDF-1.7\n".utf8)
    static let zip = Array("PK\u{3}\u{4}".utf8) + [20, 0, 6, 0, 8, 0]
    static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10]
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
    static let plain = Array("mã;tên\r\n1;Hòa\r\n".utf8)
    static let utf16: [UInt8] = [0xFF, 0xFE, 0x6D, 0x00, 0x3B, 0x00]

    static func archive(holding path: String) -> [UInt8] {
        zip + Array("[Content_Types].xml".utf8) + [0, 1, 2] + zip + Array(path.utf8)
    }

    @Test(
        arguments: [
            (pdf, "don.pdf", .pdf), (pdf, "DON.PDF", .pdf), (pdf, "v1.2 bản.cuối.pdf", .pdf),
            (archive(holding: "word/document.xml"), "don.docx", .docx), (zip, "don.docx", .docx),
            (archive(holding: "xl/workbook.xml"), "bang.xlsx", .xlsx), (zip, "bang.xlsx", .xlsx),
            (archive(holding: "word/xl/"), "don.docx", .docx), (ole, "don.doc", .doc), (ole, "bang.xls", .xls),
            (jpeg, "anh.jpg", .jpeg), (jpeg, "anh.JPEG", .jpeg), (png, "anh.png", .png), (plain, "bang.csv", .csv),
            (plain, "ghi chu.txt", .text), (utf16, "bang.csv", .csv), (utf16, "ghi chu.txt", .text),
            ([0x41], "a.txt", .text),
        ] as [([UInt8], String, FileKind)])
    func `a file whose bytes agree with its name is taken`(prefix: [UInt8], name: String, kind: FileKind) {
        #expect(FileKind.sniff(prefix: prefix, fileName: name) == .success(kind))
    }

    @Test(
        arguments: [
            (plain, "don.pdf", .pdf, .text), (Array(" %PDF-".utf8), "don.pdf", .pdf, .text),
            (zip, "don.pdf", .pdf, nil),
            (archive(holding: "xl/workbook.xml"), "don.docx", .docx, .xlsx),
            (archive(holding: "word/document.xml"), "bang.xlsx", .xlsx, .docx),
            (ole, "don.docx", .docx, .doc), (ole, "bang.xlsx", .xlsx, .xls), (zip, "bang.xls", .xls, .xlsx),
            (plain, "bang.xls", .xls, .csv), (png, "anh.jpg", .jpeg, .png), (jpeg, "anh.png", .png, .jpeg),
            (pdf, "bang.csv", .csv, .pdf), (jpeg, "ghi chu.txt", .text, .jpeg),
            ([0x61, 0, 0x62], "bang.csv", .csv, nil),
            ([0x89, 0x50, 0x4E, 0x47, 0], "anh.png", .png, nil),
        ] as [([UInt8], String, FileKind, FileKind?)])
    func `a file whose bytes speak against its name is refused`(
        prefix: [UInt8], name: String, named: FileKind, found: FileKind?
    ) {
        let expected = FileKindError.contentDiffers(named: named, found: found)
        #expect(FileKind.sniff(prefix: prefix, fileName: name) == .failure(expected))
        #expect(expected.message.contains(named.title) && expected.message.contains("gửi lại"))
        #expect(found.map { expected.message.contains($0.title) } ?? true)
    }

    @Test(
        arguments: [
            (.docx, ["[Content_Types].xml", "_rels/.rels", "word/document.xml"], true),
            (.docx, ["[Content_Types].xml", "word/document2.xml"], true), (.docx, [], false),
            (.docx, ["ảnh/1.jpg", "ghi chú.txt"], false), (.docx, ["[Content_Types].xml", "xl/workbook.xml"], false),
            (.docx, ["word/document.xml"], false), (.xlsx, ["[Content_Types].xml", "xl/workbook.xml"], true),
            (.xlsx, ["[Content_Types].xml", "word/document.xml"], false), (.pdf, [], true),
        ] as [(FileKind, [String], Bool)])
    func `a document of today is an archive with its parts`(kind: FileKind, parts: [String], isMade: Bool) {
        #expect(kind.isMade(of: parts) == isMade)
        let message = FileKindError.brokenDocument(kind).message
        #expect(message.contains(kind.title) && message.contains("gửi lại"))
    }

    @Test(arguments: [("virus.exe", "exe"), ("don.pdf.exe", "exe"), ("pdf", ""), ("don.", ""), ("a.HTML", "html")])
    func `an extension that is not listed is refused`(name: String, ending: String) {
        let expected = FileKindError.unknownExtension(ending, taken: FileKind.allCases.flatMap(\.extensions))
        #expect(FileKind.sniff(prefix: Self.pdf, fileName: name) == .failure(expected))
        #expect(FileKind.allCases.flatMap(\.extensions).allSatisfy { expected.message.contains(".\($0)") })
    }

    @Test(arguments: ["anh.jpg", "ghi chu.txt", "bang.CSV", "virus.exe", "khong-duoi"])
    func `a slot for signed copies takes no other kind, and names its own alone`(name: String) throws {
        let sniffed = FileKind.sniff(prefix: Self.pdf, fileName: name, of: .signedCopy)
        guard case .failure(let error) = sniffed else {
            Issue.record("\(name) was taken")
            return
        }
        #expect(error.message.contains("ở định dạng .pdf rồi") && !error.message.contains(".docx"))
        #expect(FileKind.sniff(prefix: Self.pdf, fileName: "a.PDF", of: .signedCopy) == .success(.pdf))
    }

    @Test
    func `every ending that a field names is that of a kind`() {
        let known = Set(FileKind.allCases.flatMap(\.extensions))
        for field in [AcceptedFiles.signedCopy, .table, .document, .list, .lawText, .proof] {
            #expect(known.isSuperset(of: field.endings))
        }
    }

    @Test(arguments: FileKind.allCases)
    func `an empty file is refused whatever its kind`(kind: FileKind) {
        #expect(FileKind.sniff(prefix: [], fileName: "tep." + kind.extensions[0]) == .failure(.empty))
        #expect(FileKindError.empty.message.contains("0 byte"))
    }

    @Test
    func `every kind has its own media type and extensions`() {
        #expect(Set(FileKind.allCases.map(\.mediaType)).count == FileKind.allCases.count)
        let extensions = FileKind.allCases.flatMap(\.extensions)
        #expect(Set(extensions).count == extensions.count)
        #expect(FileKind.allCases.allSatisfy { $0.mediaType.contains("/") && !$0.extensions.isEmpty })
    }
}
