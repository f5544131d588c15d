import Access
import Components
import Hummingbird
import Kernel
import Overview
import Work
import WebDesk

struct OutboxPage: Page {
    static let template: PageTemplate = "outbox"

    struct Message: Sendable {
        let id: String
        let name: String
        let day: String
        let subject: String
        let body: String
        let state: String
    }

    let all: Bool
    let messages: [Message]
    let empty: Bool
}

extension WorkPages {
    var outboxRoutes: [Route] {
        [.page(Addresses.outbox, .member) { request in try await outboxPage(request) }]
    }

    private func outboxPage(_ request: MemberRequest) async throws -> Response {
        let messages = try await reminders.outbox(for: request.viewer)
        let model = OutboxPage(
            all: request.viewer.may(.viewOutbox),
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
                return OutboxPage.Message(
                    id: "tin-\(message.id)", name: message.name, day: message.day.vietnamese, subject: message.subject,
                    body: message.body, state: state)
            }, empty: messages.isEmpty)
        return try page("Nhắc việc", model, for: request)
    }
}
