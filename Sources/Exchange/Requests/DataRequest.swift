import Database
public import Formats
import Foundation
public import Kernel

extension Subject.Kind {
    /// A request for data; the key is its number.
    public static let dataRequest = Self("data-request")
}

/// What is asked for, once, for a purpose.
public struct RequestTerms: Codable, Sendable, Equatable {
    public var purpose: String
    public var legalBasis: String
    public var fields: [RecordField]
    /// Of which communes; none for the whole province.
    public var communes: [String]
    /// Of whom, in words: “1.240 người trong danh sách rà soát tháng 9”.
    public var persons: String
    public var period: Month
    /// The last day on which the rows may be kept as they came.
    public var keepUntil: Day
    /// What of a row may stay behind that day.
    public var keeps: [RecordField]

    public init(
        purpose: String, legalBasis: String, fields: [RecordField], communes: [String] = [], persons: String,
        period: Month, keepUntil: Day, keeps: [RecordField] = []
    ) {
        (self.purpose, self.legalBasis, self.fields, self.communes) = (purpose, legalBasis, fields, communes)
        (self.persons, self.period, self.keepUntil, self.keeps) = (persons, period, keepUntil, keeps)
    }

    init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// A request of one unit for data that another holds (task II.9).
public struct DataRequest: Sendable, Equatable {
    /// Where it stands; repeats its last event.
    public enum State: String, Sendable, CaseIterable {
        /// Drawn up; somebody else of the own side is to agree.
        case drafted
        /// The own side agrees; the holder is to decide.
        case sent
        /// The holder agrees; the data are to come.
        case granted
        /// The data came: the answer is a delivery.
        case answered
        /// The rows were destroyed as agreed.
        case destroyed
        case declined, denied, withdrawn

        /// In Vietnamese.
        public var words: String {
            switch self {
            case .drafted: "chờ người khác của bên hỏi duyệt"
            case .sent: "chờ bên giữ dữ liệu quyết định"
            case .granted: "được đồng ý, chờ giao dữ liệu"
            case .answered: "đã nhận dữ liệu"
            case .destroyed: "đã huỷ dữ liệu gốc"
            case .declined: "bên hỏi không duyệt"
            case .denied: "bên giữ dữ liệu không đồng ý"
            case .withdrawn: "đã rút"
            }
        }
    }

    public let number: Int
    public let asker: UnitCode
    public let holder: UnitCode
    public let format: String
    public let terms: RequestTerms
    public let state: State
    /// Who drew it up: somebody else of the same side agrees to it.
    public let askedBy: RecordID
    public let askedByName: String
    public let madeAt: Timestamp
    /// The delivery that answers it.
    public let delivery: Int?

    /// As papers and people name it: `YC 3/2026`.
    public var name: String { "YC \(number)/\(madeAt.day.year)" }

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        asker = try Agreements.unit(row, "asker")
        holder = try Agreements.unit(row, "holder")
        format = try row.text("format")
        terms = try RequestTerms(json: try row.text("terms"))
        state = try row.choice("state")
        askedBy = try row.recordID("asked_by")
        askedByName = try row.text("asked_by_name")
        madeAt = try row.timestamp("made_at")
        delivery = try row.optionalInteger("delivery")
    }
}

/// What happened to a request.
public struct DataRequestEvent: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case drafted, sent, declined, granted, denied, withdrawn, answered, destroyed

        var state: DataRequest.State {
            switch self {
            case .drafted: .drafted
            case .sent: .sent
            case .declined: .declined
            case .granted: .granted
            case .denied: .denied
            case .withdrawn: .withdrawn
            case .answered: .answered
            case .destroyed: .destroyed
            }
        }

        /// In Vietnamese, of somebody who did it.
        public var words: String {
            switch self {
            case .drafted: "lập yêu cầu"
            case .sent: "duyệt và gửi"
            case .declined: "không duyệt"
            case .granted: "đồng ý cung cấp"
            case .denied: "không đồng ý cung cấp"
            case .withdrawn: "rút yêu cầu"
            case .answered: "ghi lần giao trả lời"
            case .destroyed: "huỷ dữ liệu gốc"
            }
        }
    }

    public let kind: Kind
    public let words: String
    public let unit: UnitCode?
    public let at: Timestamp
    public let byName: String
}

/// Reading and noting requests inside a running read or write.
enum DataRequests {
    static func all(on connection: any SQLConnection) throws -> [DataRequest] {
        try connection.rows("SELECT * FROM data_request ORDER BY number").map { try DataRequest($0) }
    }

    static func require(_ number: Int, on connection: any SQLConnection) throws -> DataRequest {
        guard let row = try connection.row("SELECT * FROM data_request WHERE number = ?", number) else {
            throw unknown(number)
        }
        return try DataRequest(row)
    }

    static func unknown(_ number: Int) -> Refusal {
        Refusal(.notFound, "Không có yêu cầu dữ liệu số \(number), hoặc yêu cầu không thuộc đơn vị bạn.")
    }

    static func answered(by delivery: Int, on connection: any SQLConnection) throws -> DataRequest? {
        try connection.row("SELECT * FROM data_request WHERE delivery = ?", delivery).map { try DataRequest($0) }
    }

    static func events(of number: Int, on connection: any SQLConnection) throws -> [DataRequestEvent] {
        try connection.rows("SELECT * FROM data_request_event WHERE request = ? ORDER BY step", number).map { row in
            DataRequestEvent(
                kind: try row.choice("kind"), words: try row.text("words"), unit: UnitCode(try row.text("unit")),
                at: try row.timestamp("at"), byName: try row.text("by_name"))
        }
    }

    static func note(
        _ kind: DataRequestEvent.Kind, of number: Int, words: String, unit: UnitCode?, account: RecordID?,
        by name: String, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let last = try connection.integer("SELECT MAX(step) FROM data_request_event WHERE request = ?", number) ?? 0
        try connection.execute(
            """
            INSERT INTO data_request_event (request, step, kind, words, unit, at, account, by_name)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, number, last + 1, kind.rawValue, words, unit?.text ?? "", now, account, name)
        try connection.execute("UPDATE data_request SET state = ? WHERE number = ?", kind.state.rawValue, number)
    }
}
