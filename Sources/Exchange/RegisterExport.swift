public import Access
import Database
import Formats
import Registry

extension DeliveryService {
    /// Which person or employer each record in force belongs to, one CSV line a record, in the order of receipt:
    /// `delivery,row,kind,entity`. Deliveries stand by their codes and persons by their first record, so that the same deliveries
    /// give the same lines whatever else came and went.
    /// - Parameters:
    ///   - scope: whose records; whoever runs the machine sees all.
    ///   - line: takes each line, without its end.
    public func exportRecords(within scope: Scope, _ line: @escaping @Sendable (String) throws -> Void) async throws {
        try await store.read { connection in
            var codes: [Int: String] = [:]
            for row in try connection.rows("SELECT number, code FROM delivery WHERE state = ?", "in-force") {
                codes[try row.integer("number")] = try row.text("code")
            }
            try line("delivery,row,kind,entity")
            // One that is being received has its first records already: they count when all of it is there.
            try RegisterQueries.forEachMember(within: scope, on: connection) { place, sheet, number, kind, entity in
                guard let code = codes[place.delivery] else { return }
                let first = codes[entity.first.delivery] ?? "\(entity.first.delivery)"
                let row = sheet.isEmpty ? "\(number)" : Self.quoted("\(sheet)!\(number)")
                try line("\(code),\(row),\(kind.rawValue),\(first).\(entity.first.ordinal)")
            }
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
