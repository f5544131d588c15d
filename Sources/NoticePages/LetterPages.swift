import Access
import Components
import Hummingbird
import Kernel
import Notices
import WebDesk

/// What was written to people: reminders and notices, a few letters a day at most.
struct LettersPage: Page {
    static let template: PageTemplate = "letters"

    struct Message: Sendable {
        let id: String
        let name: String
        let day: String
        let subject: String
        let body: String
        let state: String
    }

    let all: Bool
    let most: Int
    let messages: [Message]
    let empty: Bool
}

extension NoticePages {
    func lettersPage(_ request: MemberRequest) async throws -> Response {
        let messages = try await notices.outbox.letters(for: request.viewer)
        let model = LettersPage(
            all: request.viewer.may(.viewOutbox), most: Outbox.mostADay,
            messages: messages.map { message in
                let state: String =
                    if let sent = message.sentAt {
                        "đã gửi thư lúc \(sent.vietnamese)"
                    } else if message.recipient == nil {
                        "chỉ hiện trên màn hình (chưa có địa chỉ thư)"
                    } else if let problem = message.problem {
                        "chưa gửi được thư sau \(message.attempts) lần: \(problem)"
                    } else {
                        "chờ gửi thư (nếu máy chủ thư đã được cấu hình)"
                    }
                return LettersPage.Message(
                    id: "tin-\(message.id)", name: message.name, day: message.day.vietnamese, subject: message.subject,
                    body: message.body, state: state)
            }, empty: messages.isEmpty)
        return try page("Nhắc việc", model, for: request)
    }
}
