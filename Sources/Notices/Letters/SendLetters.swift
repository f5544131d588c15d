import Database
public import Jobs
import Kernel
public import Mail

extension JobName where Parameters == NoParameters {
    /// ``JobKind/letters(_:_:)``
    public static let letters = JobName("mail.letters")
}

extension JobKind {
    /// Sends all that waits. A letter whose sending was not noted because the server died goes out a second time, under the
    /// same identifier.
    public static func letters(_ outbox: Outbox, _ mail: any MailSending) -> JobKind {
        // A mail server that is down for an hour is no reason to give up.
        let retries = RetryPolicy(tries: 5, firstPauseSeconds: 300, growth: 4, longestPauseSeconds: 3_600)
        return JobKind(JobName.letters, title: "Gửi thư", retries: retries, right: nil) { _, run in
            try await send(outbox, mail, run)
        }
    }

    private static func send(_ outbox: Outbox, _ mail: any MailSending, _ run: JobRun) async throws -> JobResult {
        var refused: [String] = []
        var (sent, last) = (0, RecordID?.none)
        while true {
            // Few at a time; those refused in this round are not met again.
            let letters = try await outbox.lettersToSend(after: last, limit: 50)
            guard !letters.isEmpty else { break }
            for letter in letters {
                last = letter.id
                guard let recipient = letter.recipient else { continue }
                try await run.checkCancelled()
                do {
                    try await mail.send(
                        MailMessage(
                            recipient: recipient, subject: letter.subject, body: letter.body,
                            date: outbox.clock.now.secondsSinceEpoch, identifier: letter.id.text))
                    try await outbox.noteSending(of: letter.id, problem: nil)
                    sent += 1
                } catch {
                    refused.append("\(error)")
                    try await outbox.noteSending(of: letter.id, problem: "\(error)")
                }
                if (sent + refused.count) % 10 == 0 { try await run.report(JobProgress(sent + refused.count, of: nil)) }
            }
        }
        if let first = refused.first {
            throw LettersRefused(count: refused.count, of: sent + refused.count, first: first)
        }
        return JobResult("Đã gửi \(sent) thư.")
    }
}

/// Some letters did not go out; the next try sends those alone.
struct LettersRefused: Error, CustomStringConvertible {
    let count: Int
    let of: Int
    let first: String

    var description: String { "\(count) of \(of) letters were refused, the first: \(first)" }
}
