public import Access
public import Database
public import Kernel

extension Right {
    public static let setRegisterBasis = Right(
        "registry.basis", "Đặt nơi tính chỉ tiêu và tháng do sổ đăng ký làm số liệu")
}

/// Which commune counts for targets: where people live or where their employer is. A decision of the agency, with its document.
public struct FlowBasis: Sendable, Equatable {
    public let place: FlowPlace
    /// Number and day of the document that says so; empty as long as nobody decided.
    public let document: String
    public let since: Timestamp?
    public let byName: String

    /// In Vietnamese, for beside figures.
    public var words: String {
        document.isEmpty
            ? "Tính theo \(place.words); chưa có văn bản nào quy định, quản trị hệ thống đặt lại được"
            : "Tính theo \(place.words), theo \(document)"
    }

    /// What holds now: by residence as long as nobody decided, since the plan's targets are given to communes by their people.
    public static func inForce(on connection: any SQLConnection) throws -> FlowBasis {
        guard let row = try connection.rows("SELECT * FROM flow_basis ORDER BY number DESC LIMIT 1").first else {
            return FlowBasis(place: .residence, document: "", since: nil, byName: "")
        }
        return FlowBasis(
            place: try row.choice("place"), document: try row.text("document"), since: try row.timestamp("at"),
            byName: try row.text("by_name"))
    }

    /// Decides anew. Part of the caller's write.
    public static func set(
        _ place: FlowPlace, document: String, by submission: Submission, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        try submission.viewer.require(.setRegisterBasis)
        try set(place, document: document, by: submission.actor, at: now, on: connection)
    }

    /// The same of whoever runs the machine.
    public static func set(
        _ place: FlowPlace, document: String, by actor: Actor, at now: Timestamp, on connection: any SQLConnection
    ) throws {
        let document = VietnameseText.tidy(document)
        guard !document.isEmpty else {
            throw Refusal(.invalid, "Hãy ghi số, ngày của văn bản quy định nơi tính chỉ tiêu.")
        }
        let last = try connection.integer("SELECT MAX(number) FROM flow_basis") ?? 0
        try connection.execute(
            "INSERT INTO flow_basis (number, place, document, at, by_name) VALUES (?, ?, ?, ?, ?)", last + 1,
            place.rawValue, document, now, actor.name)
        try AuditTrail.append(
            AuditEvent("registry.basis-set", subject: Subject(.register, place.rawValue), detail: document), by: actor,
            at: now, on: connection)
    }
}
