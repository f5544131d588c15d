import Database
public import Jobs
import Kernel
public import Mail

extension JobName where Parameters == NoParameters {
    /// ``JobKind/letters(_:_:)``
    public static let letters = JobName("mail.letters")
}

extension JobKind {
    /// Sends all that waits. A letter whose sending was not noted because the server died goes out a second time, five minutes
    /// later and under the same identifier.
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
        // One at a time, and each taken before it goes out: several such jobs run beside each other, on several servers.
        // Those refused in this round are not met again.
        while true {
            try await run.checkCancelled()
            guard let letter = try await outbox.take(after: last) else { break }
            last = letter.id
            guard let recipient = letter.recipient else { continue }
            let problem = await problem(
                of: MailMessage(
                    recipient: recipient, subject: letter.subject, body: letter.body,
                    date: outbox.clock.now.secondsSinceEpoch, identifier: letter.id.text), through: mail)
            try await outbox.noteSending(of: letter.id, problem: problem)
            if let problem { refused.append(problem) } else { sent += 1 }
            if (sent + refused.count) % 10 == 0 { try await run.report(JobProgress(sent + refused.count, of: nil)) }
        }
        try await lookAgain(outbox)
        if let first = refused.first {
            throw LettersRefused(count: refused.count, of: sent + refused.count, first: first)
        }
        return JobResult("Đã gửi \(sent) thư.")
    }

    /// What others hold may stay behind when they die: one more job looks when their time is over.
    private static func lookAgain(_ outbox: Outbox) async throws {
        guard let release = try await outbox.nextRelease() else { return }
        let moment = Timestamp(secondsSinceEpoch: (release.secondsSinceEpoch / 60 + 1) * 60)
        let now = outbox.clock.now
        try await outbox.store.write { connection in
            _ = try JobService.add(
                .letters, NoParameters(), title: "Gửi thư còn lại", key: "held-\(moment.secondsSinceEpoch)",
                notBefore: moment, at: now, on: connection)
        }
    }

    private static func problem(of message: MailMessage, through mail: any MailSending) async -> String? {
        do {
            try await mail.send(message)
            return nil
        } catch {
            return "\(error)"
        }
    }
}

/// Some letters did not go out; the next try sends those alone.
struct LettersRefused: Error, CustomStringConvertible {
    let count: Int
    let of: Int
    let first: String

    var description: String { "\(count) of \(of) letters were refused, the first: \(first)" }
}
