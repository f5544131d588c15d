import Database
import Formats
import Kernel

/// The tables of employers and of their codes.
enum StoredEmployers {
    private struct Known {
        var entity: EntityID
        var place: FlowCounts.Place
    }

    /// - Parameter counts: takes along what is counted at an employer that is elsewhere now.
    static func replace(
        _ touched: [EntityID], with employers: [Employer], counts: inout FlowCounts, on connection: any SQLConnection
    ) throws {
        var before: [NumberToken: FlowCounts.Place] = [:]
        try ManyKeys.forEachRow(
            "SELECT number, commune, block FROM employer_number WHERE entity IN ({keys})", touched.map(\.sqlValue),
            on: connection
        ) { row in
            before[NumberToken(bytes: try row.bytes("number"))] = FlowCounts.Place(
                commune: try row.text("commune"), block: try row.integer("block"))
        }
        guard !before.isEmpty || !employers.isEmpty else { return }
        try connection.delete(touched, from: "employer_number", by: "entity")
        try connection.delete(touched, from: "employer", by: "entity")
        var now: [NumberToken: Known] = [:]
        for employer in employers {
            let place = FlowCounts.Place(
                commune: employer.commune?.value.text ?? "", block: employer.block?.value.rawValue ?? 0)
            for identifier in employer.identifiers where now[identifier.token] == nil {
                now[identifier.token] = Known(entity: employer.entity, place: place)
            }
        }
        for (number, known) in now.sorted(by: { $0.key.hexadecimal < $1.key.hexadecimal }) {
            try connection.execute(
                """
                INSERT INTO employer_number (number, entity, commune, block) VALUES (?, ?, ?, ?)
                ON CONFLICT (number) DO UPDATE SET entity = excluded.entity, commune = excluded.commune, block = excluded.block
                """, number.bytes, known.entity, known.place.commune, known.place.block)
        }
        for number in Set(before.keys).union(now.keys) {
            let (old, new) = (before[number] ?? FlowCounts.Place(), now[number]?.place ?? FlowCounts.Place())
            if old != new { try counts.move(number, from: old, to: new, on: connection) }
        }
        _ = try connection.load(
            "employer",
            columns: ["entity", "commune", "name", "kind", "block", "status", "industry", "parent", "faults"],
            rows: employers.lazy.map { employer in
                [
                    employer.entity.sqlValue, .text(employer.commune?.value.text ?? ""),
                    .text(employer.name?.value ?? ""), .text(employer.fields[.unitKind]?.value ?? ""),
                    (employer.block?.value.rawValue ?? 0).sqlValue, .text(employer.status?.value.rawValue ?? ""),
                    .text(employer.fields[.industry]?.value ?? ""), .bytes(employer.parent?.bytes ?? []),
                    .text(employer.contradictions.map(\.word).joined(separator: ",")),
                ]
            })
    }
}
