import Access
import Assembly
import Coverage
import Database
import Formats
import Foundation
import Jobs
import Kernel
import PlanText
import Province
import Registry
import Testing
import TestSupport
import Vault

/// Reviews over HTTP: who sees numbers, who sees names, and of whom.
@Suite
struct ReviewPagesTests {
    /// A firm of the commune roles' commune that pays somebody it does not insure, and one of a commune of nobody's.
    static func furnish(_ harness: SiteHarness) async throws {
        let third = try #require(
            harness.definition.communes.communes.map(\.code.text).first {
                ![SiteHarness.commune, SiteHarness.otherCommune].contains($0)
            })
        func row(_ kind: RecordKind, _ values: [RecordField: String]) throws -> DeliveredRow {
            var found = RecordValues()
            for (field, text) in values { found[field] = try #require(RecordValue(text, as: field.type)) }
            return DeliveredRow(sheet: "", row: 7, kind: kind, values: found, repairs: [])
        }
        let firms = [
            try row(
                .enterprise,
                [.unitName: "Công ty Sao Mai", .unitTaxCode: "0200000001", .commune: SiteHarness.commune]),
            try row(.enterprise, [.unitName: "Công ty Sao Hôm", .unitTaxCode: "0200000010", .commune: third]),
        ]
        let paid = try [("0200000001", "031185001234"), ("0200000010", "031185005678")].map { tax, id in
            try row(
                .taxedWorker,
                [
                    .name: "Nguyễn Thị Hoa", .personalID: id, .unitTaxCode: tax, .taxYear: "2025",
                    .income: "90000000", .insuranceDeducted: "0", .payContract: "three-months",
                ])
        }
        let keys = try #require(harness.system.register.keys)
        let (now, sender) = (harness.clock.now, try #require(UnitCode("thue-thanh-pho")))
        let month = try #require(Month("2025-12"))
        for (delivery, rows) in [firms, paid].enumerated() {
            let drafts = try rows.enumerated().map {
                try RecordDraft($1, at: RecordPlace(delivery: delivery + 1, ordinal: $0), with: keys)
            }
            try await harness.store.write { connection in
                try RecordSource(kind: rows[0].kind, sender: sender, period: month).note(
                    for: delivery + 1, on: connection)
                _ = try KeepRecords.keep(drafts, at: now, on: connection)
            }
        }
        _ = try await harness.system.reviews.begin("2026-10", on: now.day, by: .commandLine)
        while let job = try await harness.system.jobs.claim(by: "test") { await harness.system.jobs.perform(job) }
    }

    @Test
    func `leaders read numbers without small ones, offices the names of their own area, and a look is kept`()
        async throws
    {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            for role in Role.allCases {
                let browser = try await harness.browser(as: role)
                let numbers = try await browser.get("/ra-soat")
                let list = try await browser.get("/ra-soat/danh-sach")
                let one = try await browser.get("/ra-soat/don-vi/1-0")
                let other = try await browser.get("/ra-soat/don-vi/1-1")
                switch role {
                case .leader, .analyst:
                    #expect(numbers.status == 200 && numbers.text.contains("không hiện"), "\(role)")
                    #expect(list.status == 403 && one.status == 403 && other.status == 403, "\(role)")
                    PageQualityTests.expectSound(numbers)
                case .insuranceProvince:
                    #expect(numbers.status == 200 && !numbers.text.contains("không hiện"))
                    #expect(list.text.contains("Công ty Sao Mai") && list.text.contains("Công ty Sao Hôm"))
                    #expect(one.text.contains("Nguyễn Thị Hoa") && other.text.contains("Nguyễn Thị Hoa"))
                    #expect(one.text.contains("lần giao 2, dòng 7"))
                    PageQualityTests.expectSound(list)
                    PageQualityTests.expectSound(one)
                case .insuranceBase:
                    #expect(list.text.contains("Công ty Sao Mai") && !list.text.contains("Công ty Sao Hôm"))
                    #expect(one.status == 200 && other.status == 404)
                    #expect(try await browser.get("/ra-soat/don-vi/x").status == 404)
                default:
                    #expect(numbers.status == 403 && list.status == 403 && one.status == 403, "\(role)")
                }
                #expect(!numbers.text.contains("Nguyễn Thị Hoa") && !list.text.contains("Nguyễn Thị Hoa"), "\(role)")
            }
            let looks = "SELECT COUNT(*) FROM audit_entry WHERE action = 'coverage.looked'"
            #expect(try await harness.count(looks) == 3)
        }
    }
}
