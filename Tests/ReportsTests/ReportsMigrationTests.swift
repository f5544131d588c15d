import Access
import PlanText
import Targets
import Figures
import Database
import Documents
import Kernel
import TestSupport
import Testing

@testable import Reports

/// Documents of an earlier version, after the steps that part numbers and subjects.
@Suite
struct ReportsMigrationTests {
    /// Everything up to the first step of documents.
    static var earlier: Migrator {
        Migrator(Schema.migrator.migrations.filter { $0.module != "reports" || $0.number == 1 })
    }

    static func insert(
        _ id: RecordID, number: String?, on day: String?, subject: String, _ connection: any SQLConnection
    )
        throws
    {
        try connection.execute(
            """
            INSERT INTO official_document (id, template, template_text, data, sha256, type, title, unit, subject, cutoff,
                made_at, made_by_name, number, issued_on, version)
            VALUES (?, 'thu', ?, '{"fields":{"signer":"Trần Thị B"},"tables":{}}', 'x', 'BC', 'T', 'so-noi-vu', ?,
                '2026-11-26', 1, 'A', ?, ?, 1)
            """, id,
            "id: thu\nname: T\ntype: BC\nsymbol: /BC-SNV\nsignature: [Giám đốc]\nsigner: \"{{signer}}\"\n", subject,
            number, day)
    }

    @Test(arguments: TestEngine.allCases)
    func `numbers given before are parted, what cannot be stays whole, and no subject is lost`(engine: TestEngine)
        async throws
    {
        let rows: [(number: String?, subject: String, printed: String?, about: Subject, period: String?)] = [
            ("5", "commune/10507/2026", "Số: 05/BC-SNV", Subject(.commune, "10507"), "2026"),
            ("13A", "city/2027", "Số: 13A/BC-SNV", Subject(.city), "2027"),
            ("một trăm", "figures/batch/12", "Số: một trăm", Subject(.figureBatch, "12"), nil),
            (nil, "allocation/abc", nil, Subject(.allocation, "abc"), nil),
            (nil, "steering/10507", nil, Subject(.steering, "10507"), nil),
            ("123456789", "late/2026-11-26", "Số: 123456789", Subject(.lateWork), nil),
            (nil, "gì đó/khác", nil, Subject(Subject.Kind("other"), "gì đó/khác"), nil),
        ]
        let ids = rows.indices.map { RecordID(at: Timestamp(secondsSinceEpoch: Int64($0 + 1))) }
        try await engine.withStore { store in
            let moment = Timestamp(secondsSinceEpoch: 1)
            _ = try await Self.earlier.migrate(store, at: moment)
            try await store.write { connection in
                for (id, row) in zip(ids, rows) {
                    try Self.insert(
                        id, number: row.number, on: row.number == nil ? nil : "2026-11-27", subject: row.subject,
                        connection)
                }
            }
            _ = try await Schema.migrator.migrate(store, at: moment)
            let viewer = Viewer(
                account: RecordID(at: moment), login: "x", name: "X", role: .analyst, rights: [])
            for (id, row) in zip(ids, rows) {
                let stored = try await store.read { connection in
                    guard let row = try connection.row("SELECT * FROM official_document WHERE id = ?", id) else {
                        throw Refusal(.notFound, "")
                    }
                    return try StoredDocument(row, for: viewer, guards: [])
                }
                #expect(stored.subject == row.about && stored.period?.text == row.period, "\(row.subject)")
                let document = try stored.document()
                #expect(document.signer == "Trần Thị B")
                if let printed = row.printed {
                    #expect(document.numberLine == printed && stored.signing?.day == Day("2026-11-27"))
                } else {
                    #expect(stored.signing == nil && document.numberLine == "Số:         /BC-SNV")
                }
            }
        }
    }
}
