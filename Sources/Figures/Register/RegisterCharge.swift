public import Access
public import Database
public import Kernel

extension Right {
    public static let setRegisterMonths = Right(
        "figures.register-months", "Đặt tháng lấy số liệu từ sổ đăng ký thay cho báo cáo")
}

/// Months of which the register makes the figures that hold, in place of what is officially imported. A decision of the agency, with its
/// document; imports of such a month stay in the history, and the difference is shown.
public struct RegisterCharge: Sendable, Equatable {
    public let month: Month
    /// False from the time on at which it was taken back.
    public let isInCharge: Bool
    /// Number and day of the document that says so.
    public let document: String
    public let at: Timestamp
    public let byName: String

    /// What holds of a month; nil where nobody ever decided.
    public static func find(_ month: Month, on connection: any SQLConnection) throws -> RegisterCharge? {
        try connection.rows("SELECT * FROM register_charge WHERE month = ? ORDER BY number DESC LIMIT 1", month).first
            .map { try RegisterCharge($0) }
    }

    /// The months in charge, in order.
    public static func months(on connection: any SQLConnection) throws -> [Month] {
        try connection.rows(
            """
            SELECT c.month FROM register_charge c WHERE c.in_charge = 1 AND c.number = (
                SELECT MAX(l.number) FROM register_charge l WHERE l.month = c.month) ORDER BY c.month
            """
        ).map { try $0.month("month") }
    }

    init(_ row: SQLRow) throws {
        month = try row.month("month")
        isInCharge = try row.flag("in_charge")
        document = try row.text("document")
        at = try row.timestamp("at")
        byName = try row.text("by_name")
    }

    static func note(
        _ month: Month, isInCharge: Bool, document: String, by actor: Actor, at now: Timestamp,
        on connection: any SQLConnection
    ) throws {
        let last = try connection.integer("SELECT MAX(number) FROM register_charge") ?? 0
        try connection.execute(
            "INSERT INTO register_charge (number, month, in_charge, document, at, by_name) VALUES (?, ?, ?, ?, ?, ?)",
            last + 1, month, isInCharge, document, now, actor.name)
        try AuditTrail.append(
            AuditEvent(
                isInCharge ? "figures.register-in-charge" : "figures.register-released",
                subject: Subject(.figureMonth, month.description), detail: document), by: actor, at: now,
            on: connection)
    }
}
