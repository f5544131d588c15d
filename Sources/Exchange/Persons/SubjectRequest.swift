import Database
import Foundation
public import Kernel
public import Legislation
import Registry
public import Vault

extension Subject.Kind {
    /// What a person asks about the own data; the key is its number.
    public static let subjectRequest = Self("subject-request")
}

/// What a person asks of whoever keeps the own data (Law on Personal Data Protection 91/2025, Decree 356/2025, article 5).
public struct SubjectRequest: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case view, correct, provide, delete, withdraw, restrict, object

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .view: "xem dữ liệu"
            case .correct: "chỉnh sửa dữ liệu"
            case .provide: "cung cấp dữ liệu"
            case .delete: "xóa dữ liệu"
            case .withdraw: "rút lại đồng ý"
            case .restrict: "hạn chế xử lý"
            case .object: "phản đối xử lý"
            }
        }

        /// The law's clock: its days are parameters (`legislation/data-protection.yaml`).
        public var clock: String {
            switch self {
            case .view, .correct, .provide: "data-request-view"
            case .delete: "data-request-delete"
            case .withdraw, .restrict, .object: "data-request-restrict"
            }
        }

        /// Of the others no extension was read in any text.
        public var mayBeExtended: Bool { clock == "data-request-restrict" }
    }

    /// Where it stands; repeats its last event.
    public enum State: String, Sendable, CaseIterable {
        case received, acknowledged, extended, answered, refused

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .received: "chờ báo đã nhận"
            case .acknowledged: "đã báo nhận, đang giải quyết"
            case .extended: "đã gia hạn một lần"
            case .answered: "đã giải quyết"
            case .refused: "không thực hiện, có lý do"
            }
        }

        public var isOpen: Bool { self != .answered && self != .refused }
    }

    /// Who asks; sealed in the database.
    public struct Person: Codable, Sendable, Equatable {
        public let name: String
        public let number: String
        public let contact: String

        public init(name: String, number: String, contact: String) {
            (self.name, self.number, self.contact) = (name, number, contact)
        }
    }

    public struct Event: Sendable, Equatable {
        public let state: State
        public let words: String
        public let at: Timestamp
        public let byName: String
    }

    public let number: Int
    public let kind: Kind
    public let receivedOn: Day
    /// Whether a processor or a third party has to do its part.
    public let throughOthers: Bool
    public let state: State
    /// What it is about, in words without anybody's number.
    public let about: String

    public var name: String { "CT \(number)/\(receivedOn.year)" }

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        kind = try row.choice("kind")
        guard let day = try row.optionalDay("received_on") else {
            throw DatabaseError.column(name: "received_on", problem: "is no day")
        }
        receivedOn = day
        throughOthers = try row.flag("through_others")
        state = try row.choice("state")
        about = try row.text("about")
    }
}

/// The days by which something has to be done about a request; nil where the law's table has no value for its day.
public struct SubjectRequestClocks: Sendable, Equatable {
    public let acknowledgeBy: Day?
    public let answerBy: Day?
    /// With the one extension, where it may have one.
    public let answerByExtended: Day?

    /// - Parameter reading: of a clock of the law that began on a day.
    public init(_ request: SubjectRequest, _ reading: (_ clock: String, _ from: Day) -> ClockReading?) {
        acknowledgeBy = reading("data-request-acknowledge", request.receivedOn)?.day
        let main = reading(request.kind.clock, request.receivedOn)
        let through = request.throughOthers ? main?.longer.first { $0.when.contains("bên thứ ba") }?.day : nil
        answerBy = through ?? main?.day
        let extended = main?.longer.first { $0.when.contains("gia hạn") }?.day
        // No text read says from which day the extension counts where others have their part: then the earlier day is told.
        answerByExtended = request.kind.mayBeExtended && through == nil ? extended : nil
    }

    /// The day that counts now.
    public func due(_ state: SubjectRequest.State) -> Day? {
        switch state {
        case .received: acknowledgeBy
        case .acknowledged: answerBy
        case .extended: answerByExtended ?? answerBy
        case .answered, .refused: nil
        }
    }
}

/// Reading and noting them inside a running read or write.
enum SubjectRequests {
    static func all(on connection: any SQLConnection) throws -> [SubjectRequest] {
        try connection.rows("SELECT * FROM subject_request ORDER BY number DESC").map { try SubjectRequest($0) }
    }

    static func require(_ number: Int, on connection: any SQLConnection) throws -> (SubjectRequest, SealedText) {
        guard let row = try connection.row("SELECT * FROM subject_request WHERE number = ?", number) else {
            throw Refusal(.notFound, "Không có yêu cầu số \(number) của chủ thể dữ liệu.")
        }
        guard let sealed = SealedText(try row.bytes("sealed")) else { throw VaultError.damaged(place: place(number)) }
        return (try SubjectRequest(row), sealed)
    }

    static func events(of number: Int, on connection: any SQLConnection) throws -> [SubjectRequest.Event] {
        try connection.rows("SELECT * FROM subject_request_event WHERE request = ? ORDER BY step", number).map { row in
            SubjectRequest.Event(
                state: try row.choice("kind"), words: try row.text("words"), at: try row.timestamp("at"),
                byName: try row.text("by_name"))
        }
    }

    static func place(_ number: Int) -> String { "subject_request.sealed/\(number)" }

    static func note(
        _ state: SubjectRequest.State, of number: Int, words: String, by name: String, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let last = try connection.integer("SELECT MAX(step) FROM subject_request_event WHERE request = ?", number) ?? 0
        try connection.execute(
            "INSERT INTO subject_request_event (request, step, kind, words, at, by_name) VALUES (?, ?, ?, ?, ?, ?)",
            number, last + 1, state.rawValue, words, now, name)
        try connection.execute("UPDATE subject_request SET state = ? WHERE number = ?", state.rawValue, number)
    }

    /// Seals anew what an earlier key sealed.
    static func turn(_ keys: NumberKeys, on connection: any SQLConnection) throws {
        let current = try keys.current()
        for row in try connection.rows("SELECT number, sealed FROM subject_request ORDER BY number") {
            let number = try row.integer("number")
            guard let sealed = SealedText(try row.bytes("sealed")) else {
                throw VaultError.damaged(place: place(number))
            }
            if sealed.key == current.id { continue }
            try connection.execute(
                "UPDATE subject_request SET sealed = ? WHERE number = ?",
                try current.seal(try keys.open(sealed, for: place(number)), for: place(number)).bytes, number)
        }
    }
}
