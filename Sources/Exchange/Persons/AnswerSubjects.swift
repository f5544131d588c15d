public import Access
import Database
import Foundation
public import Kernel
import Registry
import Vault

extension Right {
    public static let keepSubjectRequests = Right(
        "persons.keep-requests", "Tiếp nhận, giải quyết yêu cầu của chủ thể dữ liệu", guardsPeople: true)
}

/// The fields of forms about what persons ask.
public enum SubjectField: String, FormKey, CaseIterable {
    case kind, name, number, contact, about, receivedOn, throughOthers, words
}

/// What somebody entered of a request.
public struct SubjectRequestDraft: Sendable {
    public var kind: String
    public var person: SubjectRequest.Person
    public var about: String
    public var receivedOn: String
    public var throughOthers: Bool

    public init(
        kind: String, person: SubjectRequest.Person, about: String, receivedOn: String, throughOthers: Bool = false
    ) {
        (self.kind, self.person, self.about) = (kind, person, about)
        (self.receivedOn, self.throughOthers) = (receivedOn, throughOthers)
    }
}

extension ExchangeService {
    /// Enters what a person asks. Who it is stands sealed.
    public func receive(_ draft: SubjectRequestDraft, by submission: Submission) async throws -> Subject {
        try submission.viewer.require(.keepSubjectRequests)
        var problems: [Refusal.FieldProblem] = []
        let kind = SubjectRequest.Kind(rawValue: draft.kind)
        if kind == nil { problems.append(.init(SubjectField.kind, "Hãy chọn loại yêu cầu.")) }
        let person = SubjectRequest.Person(
            name: VietnameseText.tidy(draft.person.name), number: VietnameseText.tidy(draft.person.number),
            contact: VietnameseText.tidy(draft.person.contact))
        if person.name.isEmpty { problems.append(.init(SubjectField.name, "Hãy ghi họ tên người yêu cầu.")) }
        let about = VietnameseText.tidy(draft.about)
        if about.isEmpty { problems.append(.init(SubjectField.about, "Hãy ghi nội dung yêu cầu.")) }
        let day = Day(typed: draft.receivedOn)
        if day.map({ $0 > clock.today }) ?? true {
            problems.append(.init(SubjectField.receivedOn, "Hãy ghi ngày nhận, không sau hôm nay."))
        }
        guard problems.isEmpty, let kind, let day else { throw Refusal(fields: problems) }
        let keys = try await store.read { [keys] in try RegisterKeys.require(keys, on: $0) }
        let bytes = Array(try JSONEncoder().encode(person))
        let number = try await store.read {
            try ($0.integer("SELECT MAX(number) FROM subject_request") ?? 0) + 1
        }
        let sealed = try keys.current().seal(bytes, for: SubjectRequests.place(number))
        return try await store.once(submission, about: Subject(.subjectRequest, number), at: clock.now) {
            connection, now in
            let taken = try connection.integer("SELECT COUNT(*) FROM subject_request WHERE number >= ?", number) ?? 0
            guard taken == 0 else {
                throw Refusal(.stale, "Một yêu cầu khác vừa được ghi cùng lúc; hãy gửi lại.")
            }
            try connection.execute(
                """
                INSERT INTO subject_request (number, kind, received_on, through_others, about, sealed, state)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, number, kind.rawValue, day, draft.throughOthers, about, sealed.bytes,
                SubjectRequest.State.received.rawValue)
            try SubjectRequests.note(
                .received, of: number, words: "", by: submission.viewer.name, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent("subject-request.received", subject: Subject(.subjectRequest, number), detail: kind.words),
                by: submission.actor, at: now, on: connection)
        }
    }

    /// Takes a request a step further: that it was received is told, it is extended once, answered, or refused.
    /// - Parameter words: what was done, or why; may be empty for the first alone.
    public func settle(
        _ number: Int, as state: SubjectRequest.State, words: String, by submission: Submission
    ) async throws {
        try submission.viewer.require(.keepSubjectRequests)
        let words = VietnameseText.tidy(words)
        if state != .acknowledged, words.isEmpty {
            throw Refusal(fields: [.init(SubjectField.words, "Hãy ghi đã làm gì, hoặc vì sao.")])
        }
        try await store.once(submission, about: Subject(.subjectRequest, number), at: clock.now) { connection, now in
            let (request, _) = try SubjectRequests.require(number, on: connection)
            guard request.steps.contains(state) else {
                if state == .extended, request.state == .extended {
                    throw Refusal(.stale, "Yêu cầu này đã gia hạn; pháp luật cho gia hạn một lần.")
                }
                throw Refusal(.stale, "Yêu cầu \(request.state.words) nên không còn làm được việc này.")
            }
            try SubjectRequests.note(
                state, of: number, words: words, by: submission.viewer.name, at: now, on: connection)
            try AuditTrail.append(
                AuditEvent("subject-request.\(state.rawValue)", subject: Subject(.subjectRequest, number)),
                by: submission.actor, at: now, on: connection)
        }
    }

    /// Those there are, the latest first, without who asked.
    public func subjectRequests(for viewer: Viewer) async throws -> [SubjectRequest] {
        try viewer.require(.keepSubjectRequests)
        return try await store.read { try SubjectRequests.all(on: $0) }
    }

    /// One with who asked: looking at it is audited.
    public func subjectRequest(
        _ number: Int, by submission: Submission
    ) async throws -> (SubjectRequest, SubjectRequest.Person, [SubjectRequest.Event]) {
        try submission.viewer.require(.keepSubjectRequests)
        return try await store.write { [keys, clock] connection in
            let keys = try RegisterKeys.require(keys, on: connection)
            let (request, sealed) = try SubjectRequests.require(number, on: connection)
            let person = try JSONDecoder().decode(
                SubjectRequest.Person.self, from: Data(try keys.open(sealed, for: SubjectRequests.place(number))))
            try AuditTrail.append(
                AuditEvent("subject-request.opened", subject: Subject(.subjectRequest, number)), by: submission.actor,
                at: clock.now, on: connection)
            return (request, person, try SubjectRequests.events(of: number, on: connection))
        }
    }
}

extension SubjectRequest {
    /// What may follow: use cases check it, pages draw it.
    public var steps: Set<State> {
        switch state {
        case .received: [.acknowledged, .answered, .refused]
        case .acknowledged: kind.mayBeExtended ? [.extended, .answered, .refused] : [.answered, .refused]
        case .extended: [.answered, .refused]
        case .answered, .refused: []
        }
    }
}
