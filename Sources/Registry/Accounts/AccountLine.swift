public import Database
public import Formats
public import Kernel

/// A line of an employer's monthly account (form C12-TS): what one record in force says.
public struct AccountLine: Sendable, Equatable {
    /// The fields of money of the form, in its order.
    public static let funds: [RecordField] = [.sickness, .retirement, .health, .unemployment, .accident, .total]

    public let place: RecordPlace
    public let month: Month
    /// As the form numbers it: `A.1`, `C`; may be empty.
    public let line: String
    public let name: String
    /// Đồng by fund, or heads and sums where the line counts; what is not given is left out.
    public let amounts: [RecordField: Int]
    let unit: NumberToken

    /// - Returns: nil for a record that is none, or names no unit.
    init?(_ record: MemberRecord) {
        guard record.kind == .account, let unit = record.number(.namedEmployerUnit)?.ofEmployerItself,
            let month = record.month
        else { return nil }
        (place, self.unit, self.month) = (record.place, unit, month)
        (line, name) = (record[.line] ?? "", record[.lineName] ?? "")
        amounts = Dictionary(
            uniqueKeysWithValues: Self.funds.compactMap { fund in record.count(fund).map { (fund, $0) } })
    }

    init(_ row: SQLRow) throws {
        place = try row.place("place")
        unit = NumberToken(bytes: try row.bytes("unit"))
        month = try row.month("month")
        (line, name) = (try row.text("line"), try row.text("name"))
        let parts = try row.text("amounts").split(separator: " ", omittingEmptySubsequences: false)
        amounts = Dictionary(
            uniqueKeysWithValues: zip(Self.funds, parts).compactMap { fund, text in Int(text).map { (fund, $0) } })
    }

    private var values: [SQLValue] {
        [
            place.sqlValue, .bytes(unit.bytes), month.sqlValue, .text(line), .text(name),
            .text(Self.funds.map { amounts[$0].map(String.init) ?? "" }.joined(separator: " ")),
        ]
    }

    static func store(_ lines: [AccountLine], on connection: any SQLConnection) throws {
        guard !lines.isEmpty else { return }
        _ = try connection.load(
            "account_line", columns: ["place", "unit", "month", "line", "name", "amounts"],
            rows: lines.lazy.map(\.values))
    }

    /// Those of a delivery, some at a time.
    /// - Returns: how many.
    static func remove(of delivery: Int, limit: Int, on connection: any SQLConnection) throws -> Int {
        let places = RecordPlace.all(of: delivery)
        return try connection.execute(
            """
            DELETE FROM account_line WHERE place IN (
                SELECT place FROM account_line WHERE place >= ? AND place < ? ORDER BY place LIMIT ?)
            """, [places.lowerBound.sqlValue, places.upperBound.sqlValue, limit.sqlValue])
    }
}

/// The accounts of an employer.
public struct EmployerAccount: Sendable, Equatable {
    public let month: Month
    /// In the order of the form's numbering; of a line told twice what came last.
    public let lines: [AccountLine]

    public func line(_ number: String) -> AccountLine? { lines.first { $0.line == number } }
}
