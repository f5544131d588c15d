import Foundation
import Testing

@testable import WebDesk

@Suite
struct MultipartBodyTests {
    static let type = "multipart/form-data; boundary=ranh-gioi"

    /// File content that comes as near to the boundary as it may.
    static let nearBoundary =
        Array("\r\n--ranh-gio\r\n-\r\r\n--ranh\0gioi\r\n--\r\n\r\n--ranh-gioj\r\n".utf8) + [0xFF, 0x0D]

    static let body: [UInt8] =
        Array(
            """
            lời mở đầu, không thuộc phần nào\r
            --ranh-gioi\r
            Content-Disposition: form-data; name="ghi_chu"\r
            \r
            Xã Tân Hòa\r
            --ranh-gioi  \r
            content-disposition:form-data;name=ghi_chu\r
            \r
            \r
            --ranh-gioi\r
            Content-Disposition: form-data; name="tep"; filename="danh sách.xlsx"\r
            Content-Type: Application/PDF; x=1\r
            \r

            """.utf8) + nearBoundary
        + Array(
            """
            \r
            --ranh-gioi\r
            Content-Disposition: form-data; name="trong"; filename=""\r
            Content-Type: application/octet-stream\r
            \r
            \r
            --ranh-gioi\r
            Content-Disposition: form-data;\r
             name="tep"; filename="rong.csv"\r
            \r
            \r
            --ranh-gioi--\r
            lời kết
            """.utf8)

    static func read(
        _ chunks: [[UInt8]], in directory: Directory, contentType: String = type,
        limits: MultipartLimits = MultipartLimits(fileBytes: 1 << 20), failure: Interrupted? = nil
    ) async throws -> MultipartForm {
        try await MultipartForm.read(
            Chunks(chunks: chunks, failure: failure), contentType: contentType, limits: limits,
            temporaryDirectory: directory.path)
    }

    static func part(_ disposition: String, _ content: [UInt8] = Array("x".utf8)) -> [UInt8] {
        Array("--ranh-gioi\r\nContent-Disposition: \(disposition)\r\n\r\n".utf8) + content + Array("\r\n".utf8)
    }

    static let end = Array("--ranh-gioi--\r\n".utf8)

    static func expectWhole(_ form: MultipartForm) throws {
        #expect(form.fields == ["ghi_chu": ["Xã Tân Hòa", ""]])
        #expect(form.files.map(\.fieldName) == ["tep", "tep"])
        #expect(form.files.map(\.fileName) == ["danh sách.xlsx", "rong.csv"])
        #expect(form.files.map(\.declaredType) == ["application/pdf", "application/octet-stream"])
        #expect(form.files.map(\.size) == [nearBoundary.count, 0])
        let contents = try form.files.map { Array(try Data(contentsOf: URL(fileURLWithPath: $0.temporaryPath))) }
        #expect(contents == [nearBoundary, []])
    }

    @Test
    func `a body cut at any position gives the same form`() async throws {
        let directory = try Directory()
        defer { directory.remove() }
        for position in 0...Self.body.count {
            let form = try await Self.read(
                [Array(Self.body[..<position]), Array(Self.body[position...])], in: directory)
            try Self.expectWhole(form)
            form.discard()
        }
        #expect(try directory.contents().isEmpty)
    }

    @Test(arguments: [1, 2, 3, 5, 11, 64])
    func `a body in small chunks gives the same form`(size: Int) async throws {
        let directory = try Directory()
        defer { directory.remove() }
        let chunks = stride(from: 0, to: Self.body.count, by: size).map { start in
            Array(Self.body[start..<min(start + size, Self.body.count)])
        }
        let form = try await Self.read(chunks, in: directory)
        try Self.expectWhole(form)
        form.discard()
        #expect(try directory.contents().isEmpty)
    }

    @Test
    func `a body that ends anywhere before its last boundary is an error and leaves nothing`() async throws {
        let directory = try Directory()
        defer { directory.remove() }
        let closed = Self.body.count - Array("\r\nlời kết".utf8).count
        for length in 0..<closed {
            await #expect(throws: MultipartError.truncated) {
                try await Self.read([Array(Self.body[..<length])], in: directory)
            }
        }
        #expect(try directory.contents().isEmpty)
        try Self.expectWhole(try await Self.read([Array(Self.body[..<closed])], in: directory))
    }

    @Test
    func `a file is readable by its owner only`() async throws {
        let directory = try Directory()
        defer { directory.remove() }
        let form = try await Self.read([Self.body], in: directory)
        let path = try #require(form.files.first).temporaryPath
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(path.hasPrefix(directory.path + "/"))
    }

    @Test
    func `files beyond the limit end the reading at once and leave nothing`() async throws {
        let directory = try Directory()
        defer { directory.remove() }
        let first = Self.part(#"form-data; name="a"; filename="a.csv""#, [UInt8](repeating: 7, count: 600))
        let second = Self.part(#"form-data; name="b"; filename="b.csv""#, [UInt8](repeating: 8, count: 400))
        let limit = MultipartLimits(fileBytes: 1000)
        let form = try await Self.read([first, second, Self.end], in: directory, limits: limit)
        #expect(form.files.map(\.size) == [600, 400])
        form.discard()

        // Were the rest of the body waited for, its error would arrive instead.
        let tooMuch = second.prefix(second.count - 2) + [UInt8](repeating: 9, count: 100)
        await #expect(throws: MultipartError.fileTooLarge(limit: 1000)) {
            try await Self.read([first, Array(tooMuch)], in: directory, limits: limit, failure: Interrupted())
        }
        #expect(try directory.contents().isEmpty)
    }

    @Test
    func `an error of the body passes through and leaves nothing`() async throws {
        let directory = try Directory()
        defer { directory.remove() }
        let begun = Self.part(#"form-data; name="a"; filename="a.csv""#)
        await #expect(throws: Interrupted()) {
            try await Self.read([begun, Array(begun.dropLast(2))], in: directory, failure: Interrupted())
        }
        #expect(try directory.contents().isEmpty)
    }

    @Test
    func `a field beyond its limit and a part too many are refused`() async throws {
        let directory = try Directory()
        defer { directory.remove() }
        let limits = MultipartLimits(fileBytes: 10)
        let full = Self.part("form-data; name=a", [UInt8](repeating: 0x61, count: limits.fieldBytes))
        let form = try await Self.read([full, Self.end], in: directory, limits: limits)
        #expect(form.fields["a"]?.first?.utf8.count == 65_536)
        let over = Self.part("form-data; name=a", [UInt8](repeating: 0x61, count: limits.fieldBytes + 1))
        await #expect(throws: MultipartError.fieldTooLarge(name: "a", limit: 65_536)) {
            try await Self.read([over, Self.end], in: directory, limits: limits)
        }

        let parts = Array(repeating: Self.part("form-data; name=a"), count: 200)
        #expect(try await Self.read(parts + [Self.end], in: directory).fields["a"]?.count == 200)
        await #expect(throws: MultipartError.tooManyParts(limit: 200)) {
            try await Self.read([parts[0]] + parts + [Self.end], in: directory)
        }
    }

    @Test(arguments: [
        (#"filename="báo cáo.pdf""#, "báo cáo.pdf"),
        (#"filename=don.pdf"#, "don.pdf"),
        (#"filename="C:\Users\Hoa\don.pdf""#, "don.pdf"),
        (#"filename="../../etc/passwd""#, "passwd"),
        (#"filename="a \"b\"; c.pdf""#, #"a "b"; c.pdf"#),
        (#"filename="thu muc\\don.pdf""#, "don.pdf"),
        (#"filename=".."; "#, "tep"),
        (#"filename="muc/""#, "tep"),
        ("filename=\"a\u{7}\tb.pdf\"", "ab.pdf"),
        (#"filename*=UTF-8''b%C3%A1o%20c%C3%A1o.pdf"#, "báo cáo.pdf"),
        (#"filename="ascii.pdf"; filename*=utf-8'vi'th%C6%B0.pdf"#, "thư.pdf"),
        (#"filename*=ISO-8859-1''caf%E9.pdf; filename="x.pdf""#, "café.pdf"),
        (#"filename*=UTF-8''x%2Fy.pdf"#, "y.pdf"),
        (#"filename="plain.pdf"; filename*=UTF-8''%FF.pdf"#, "plain.pdf"),
        (#"filename="plain.pdf"; filename*=UTF-8''a%4"#, "plain.pdf"),
    ])
    func `a file name is read from every form and loses its path`(parameter: String, expected: String) async throws {
        let directory = try Directory()
        defer { directory.remove() }
        let part = Self.part(#"form-data; name="tep"; "# + parameter)
        let form = try await Self.read([part, Self.end], in: directory)
        #expect(form.files.map(\.fileName) == [expected])
        #expect(form.fields.isEmpty)
    }

    @Test(arguments: [
        #"multipart/form-data; boundary="ranh-gioi""#, "Multipart/Form-Data;charset=utf-8; BOUNDARY=ranh-gioi ",
    ])
    func `a boundary may be quoted and stand anywhere`(contentType: String) async throws {
        let directory = try Directory()
        defer { directory.remove() }
        try Self.expectWhole(try await Self.read([Self.body], in: directory, contentType: contentType))
    }

    @Test(arguments: [
        "", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=ranh-gioi",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
    ])
    func `another content type is refused`(contentType: String) async throws {
        let directory = try Directory()
        defer { directory.remove() }
        await #expect(throws: MultipartError.notMultipart) {
            try await Self.read([Self.body], in: directory, contentType: contentType)
        }
    }

    @Test(arguments: [
        "--ranh-gioi\r\n\r\nx\r\n--ranh-gioi--",
        "--ranh-gioi\r\nContent-Disposition: form-data\r\n\r\nx\r\n--ranh-gioi--",
        "--ranh-gioi\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--ranh-gioi--",
        "--ranh-gioi\r\nno colon\r\n\r\nx\r\n--ranh-gioi--",
        "--ranh-gioi\r\nContent-Disposition: form-data; name=a\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nx\r\n--ranh-gioi--",
        "--ranh-gioi2\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--ranh-gioi--",
        "--ranh-gioi\r\nX: " + String(repeating: "x", count: 17_000),
        String(repeating: "x", count: 17_000) + "\r\n--ranh-gioi--",
        "--ranh-gioi--" + String(repeating: "x", count: 17_000),
    ])
    func `a body that breaks the format is refused`(body: String) async throws {
        let directory = try Directory()
        defer { directory.remove() }
        await #expect {
            try await Self.read([Array(body.utf8)], in: directory)
        } throws: { error in
            if case .malformed = error as? MultipartError { true } else { false }
        }
    }

    @Test
    func `a field that is not UTF-8 is refused`() async throws {
        let directory = try Directory()
        defer { directory.remove() }
        await #expect(throws: MultipartError.malformed("field that is not UTF-8")) {
            try await Self.read([Self.part("form-data; name=a", [0xC3]), Self.end], in: directory)
        }
    }

    @Test
    func `a directory that is not there is a storage error`() async throws {
        let directory = try Directory()
        directory.remove()
        await #expect(throws: MultipartError.storage(code: ENOENT)) {
            try await Self.read([Self.body], in: directory)
        }
    }

    @Test
    func `a limit is named in units that a person reads`() {
        #expect(MultipartError.fileTooLarge(limit: 20 << 20).message.contains("20 MB"))
        #expect(MultipartError.fieldTooLarge(name: "ghi_chu", limit: 65_536).message.contains("64 KB"))
        #expect(MultipartError.fileTooLarge(limit: 1001).message.contains("1001 byte"))
    }
}
