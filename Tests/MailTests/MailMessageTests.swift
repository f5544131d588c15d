import Foundation
import Mail
import Testing

@Suite
struct MailMessageTests {
    static let sender = "Bảo Phú <khong-tra-loi@baophu.vn>"

    static func message(
        recipient: String = "chi.hoa@example.vn", subject: String = "Nhac han", body: String = "Xin chào",
        date: Int64 = 0, identifier: String = "nhac-42"
    ) -> MailMessage {
        MailMessage(recipient: recipient, subject: subject, body: body, date: date, identifier: identifier)
    }

    /// The field's content, unfolded.
    static func field(_ name: String, of text: String) throws -> String {
        let header = try #require(text.components(separatedBy: "\r\n\r\n").first)
        let unfolded = header.replacingOccurrences(of: "\r\n ", with: " ")
        let line = unfolded.components(separatedBy: "\r\n").first { $0.hasPrefix("\(name): ") }
        return String(try #require(line).dropFirst(name.count + 2))
    }

    /// The text of a run of encoded words; every one must be whole UTF-8 on its own.
    static func decoded(_ words: String) throws -> String {
        try words.split(separator: " ").map { word in
            #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?=") && word.utf8.count <= 75)
            let data = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            return try #require(String(data: data, encoding: .utf8))
        }.joined()
    }

    @Test
    func `a short letter has exactly these lines`() throws {
        let text = try Self.message(recipient: "a@b.vn").rendered(from: "c@d.vn")
        #expect(
            text == """
                From: c@d.vn\r
                To: a@b.vn\r
                Subject: Nhac han\r
                Date: Thu, 01 Jan 1970 00:00:00 +0000\r
                Message-ID: <nhac-42@d.vn>\r
                MIME-Version: 1.0\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: base64\r
                Auto-Submitted: auto-generated\r
                \r
                WGluIGNow6Bv\r

                """)
    }

    @Test(arguments: [
        "Nhắc hạn đóng phí bảo hiểm y tế",
        String(repeating: "Đề nghị ông bà kiểm tra lại hồ sơ. ", count: 12) + "Hết",
        String(repeating: "e\u{0323}\u{0302}", count: 60),
        "=?UTF-8?B?AAAA?=",
        String(repeating: "ascii ", count: 40) + "end",
    ])
    func `a subject beyond short ASCII comes back from its encoded words`(subject: String) throws {
        let text = try Self.message(subject: subject).rendered(from: Self.sender)
        let back = try Self.decoded(try Self.field("Subject", of: text))
        #expect(Array(back.utf8) == Array(subject.utf8))
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        let header = try #require(text.components(separatedBy: "\r\n\r\n").first)
        #expect(header.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    }

    @Test
    func `a Vietnamese name stands encoded before its bare address`() throws {
        let text = try Self.message(recipient: "\"Nguyễn Thị Hòa\" <hoa@example.vn>").rendered(from: Self.sender)
        let to = try Self.field("To", of: text)
        #expect(to.hasSuffix(" <hoa@example.vn>"))
        #expect(try Self.decoded(String(to.dropLast(" <hoa@example.vn>".count))) == "Nguyễn Thị Hòa")
        #expect(try Self.field("From", of: text).hasSuffix(" <khong-tra-loi@baophu.vn>"))
    }

    @Test(arguments: ["\r\nBcc: all@example.vn", "\nBcc: x@y.vn", "\rX", "a\u{0}b", "a\u{2028}b", "a\u{85}b"])
    func `a field that holds a line break is refused`(poison: String) {
        #expect(throws: MailError.invalidField("Subject")) {
            try Self.message(subject: "Xin chào" + poison).rendered(from: Self.sender)
        }
        #expect(throws: MailError.invalidField("Message-ID")) {
            try Self.message(identifier: "id" + poison).rendered(from: Self.sender)
        }
        #expect(throws: MailError.invalidAddress("hoa@example.vn" + poison)) {
            try Self.message(recipient: "hoa@example.vn" + poison).rendered(from: Self.sender)
        }
        #expect(throws: MailError.invalidAddress("Hoa\(poison) <hoa@example.vn>")) {
            try Self.message().rendered(from: "Hoa\(poison) <hoa@example.vn>")
        }
    }

    @Test(arguments: [
        "", "hoa", "@example.vn", "hoa@", "hoa@@example.vn", "a@b@c", "hoa@exa mple.vn", "hoa @example.vn",
        ".hoa@example.vn", "ho..a@example.vn", "hoa@-example.vn", "hoa@example..vn", "hòa@example.vn", "hoa@bảo.vn",
        "hoa@example.vn>", "Hoa <hoa@example.vn", "<hoa@example.vn> SIZE=1", "a@b.vn,c@d.vn", "hoa@exam_ple.vn",
        String(repeating: "a", count: 65) + "@example.vn",
    ])
    func `a text that is no address is refused`(text: String) {
        #expect(throws: MailError.invalidAddress(text)) {
            try Self.message(recipient: text).rendered(from: Self.sender)
        }
    }

    @Test(arguments: ["hoa@example.vn", "a.b+c_d@localhost", "Hoa Nguyen <hoa@mail.example.vn>", "<hoa@example.vn>"])
    func `a usual address is accepted`(text: String) throws {
        let rendered = try Self.message(recipient: text).rendered(from: Self.sender)
        #expect(try Self.field("To", of: rendered).contains("@"))
    }

    @Test
    func `a long body is base64 in lines of 76 columns and comes back with CRLF line ends`() throws {
        let line = "Ông bà vui lòng nộp hồ sơ trước ngày 30 tháng 6."
        let text = try Self.message(body: "\(line)\n\(line)\r\n\(line)\r\(line)").rendered(from: Self.sender)
        let body = try #require(text.components(separatedBy: "\r\n\r\n").last)
        let lines = body.components(separatedBy: "\r\n")
        #expect(lines.count > 3 && lines.last == "")
        #expect(lines.dropLast(2).allSatisfy { $0.utf8.count == 76 })
        let data = try #require(Data(base64Encoded: lines.joined()))
        #expect(String(data: data, encoding: .utf8) == Array(repeating: line, count: 4).joined(separator: "\r\n"))
    }

    @Test(
        arguments: [
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (1_704_067_199, "Sun, 31 Dec 2023 23:59:59 +0000"), (1_782_864_000, "Wed, 01 Jul 2026 00:00:00 +0000"),
            (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
        ] as [(Int64, String)])
    func `a date is written as RFC 5322 wants it`(seconds: Int64, expected: String) throws {
        let text = try Self.message(date: seconds).rendered(from: Self.sender)
        #expect(try Self.field("Date", of: text) == expected)
    }

    @Test
    func `a whole identifier keeps its own right side`() throws {
        let text = try Self.message(identifier: "han.7@so-cai").rendered(from: Self.sender)
        #expect(try Self.field("Message-ID", of: text) == "<han.7@so-cai>")
    }
}
