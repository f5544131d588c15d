import Foundation
import Mail
import TestSupport
import Testing

@Suite
struct SMTPMailTransportTests {
    static let message = MailMessage(
        recipient: "Chị Hòa <hoa@example.vn>", subject: "Nhắc hạn đóng phí",
        body: ".một dòng bắt đầu bằng dấu chấm\nHết.", date: 1_782_864_000, identifier: "nhac-42")

    static func mailServer(_ url: String, username: String? = nil, requireTLS: Bool = false) -> MailServer {
        MailServer(
            url: url, username: username, password: username.map { _ in "mat-khau" },
            sender: "Bảo Phú <tin@baophu.vn>", requireTLS: requireTLS)
    }

    @Test
    func `a letter arrives whole at the server`() async throws {
        let server = try TinySMTPServer()
        server.start()
        defer { server.stop() }

        try await SMTPMailTransport(server: Self.mailServer(server.url)).send(Self.message)

        let received = server.received
        #expect(received.messages == [try Self.message.rendered(from: "Bảo Phú <tin@baophu.vn>")])
        #expect(received.commands.contains("MAIL FROM:<tin@baophu.vn>"))
        #expect(received.commands.contains("RCPT TO:<hoa@example.vn>"))
    }

    @Test
    func `letters sent at once all arrive`() async throws {
        let server = try TinySMTPServer()
        server.start()
        defer { server.stop() }
        let transport = SMTPMailTransport(server: Self.mailServer(server.url))

        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...5 {
                group.addTask {
                    var message = Self.message
                    message.identifier = "nhac-\(number)"
                    try await transport.send(message)
                }
            }
            try await group.waitForAll()
        }

        let messages = server.received.messages
        #expect(messages.count == 5)
        #expect((1...5).allSatisfy { number in messages.contains { $0.contains("<nhac-\(number)@baophu.vn>") } })
    }

    @Test
    func `a refused recipient is reported with the server's code and words`() async throws {
        let server = try TinySMTPServer(.refuseRecipient)
        server.start()
        defer { server.stop() }

        await #expect(throws: MailError.refused(code: 550, message: "5.1.1 khong co 5.1.1 nguoi nay")) {
            try await SMTPMailTransport(server: Self.mailServer(server.url)).send(Self.message)
        }
        #expect(server.received.messages.isEmpty)
    }

    @Test
    func `a message refused after its last line is an error`() async throws {
        let server = try TinySMTPServer(.refuseMessage)
        server.start()
        defer { server.stop() }

        await #expect(throws: MailError.refused(code: 554, message: "5.7.1 thu rac")) {
            try await SMTPMailTransport(server: Self.mailServer(server.url)).send(Self.message)
        }
    }

    @Test
    func `without the TLS it requires a letter and a password stay home`() async throws {
        let server = try TinySMTPServer()
        server.start()
        defer { server.stop() }
        let required = Self.mailServer(server.url, username: "hoa", requireTLS: true)

        await #expect {
            try await SMTPMailTransport(server: required).send(Self.message)
        } throws: { error in
            if case .notSecure = error as? MailError { true } else { false }
        }
        #expect(!server.received.commands.isEmpty)
        #expect(server.received.commands.allSatisfy { $0.hasPrefix("EHLO") || $0.hasPrefix("QUIT") })
    }

    @Test
    func `a server that falls silent runs into the time limit`() async throws {
        let server = try TinySMTPServer(.fallSilent)
        server.start()
        defer { server.stop() }
        let transport = SMTPMailTransport(
            server: Self.mailServer(server.url), connectMilliseconds: 300, totalMilliseconds: 500)

        await #expect(throws: MailError.timedOut) {
            try await transport.send(Self.message)
        }
    }

    @Test
    func `a port where nothing listens is unreachable`() async throws {
        let closed = Self.mailServer("smtp://127.0.0.1:1")

        await #expect {
            try await SMTPMailTransport(server: closed).send(Self.message)
        } throws: { error in
            if case .unreachable = error as? MailError { true } else { false }
        }
    }

    @Test
    func `a URL that is not SMTP is refused`() async throws {
        await #expect(throws: MailError.invalidServer("http://127.0.0.1:1")) {
            try await SMTPMailTransport(server: Self.mailServer("http://127.0.0.1:1")).send(Self.message)
        }
    }
}
