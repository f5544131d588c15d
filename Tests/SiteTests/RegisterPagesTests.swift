import Access
import Assembly
import Database
import Formats
import Foundation
import Kernel
import PlanText
import Province
import Registry
import TestSupport
import Testing
import Vault

/// Persons and employers of the register over HTTP: who sees whom, and what of them.
@Suite
struct RegisterPagesTests {
    static let number = "031185001234"
    static let phone = "0912345678"

    /// A person of the commune roles' commune, one of the other commune that the base office has too, one of a third, and an
    /// employer of the first.
    static func furnish(_ harness: SiteHarness) async throws {
        func person(_ name: String, _ id: String, _ commune: String, row: Int) throws -> DeliveredRow {
            var values = RecordValues()
            values[.name] = .text(name)
            values[.birth] = PartialDay("1985-03-21").map { .partialDay($0) }
            values[.sex] = .code("female")
            values[.personalID] = .personalID(try #require(PersonalID(id)))
            values[.phone] = .phone(try #require(PhoneNumber(phone)))
            values[.address] = .text("Số 12 Lạch Tray")
            values[.commune] = .commune(try #require(CommuneCode(commune)))
            return DeliveredRow(sheet: "Quý", row: row, kind: .resident, values: values, repairs: [])
        }
        var employer = RecordValues()
        employer[.unitName] = .text("Công ty TNHH Sao Mai")
        employer[.unitTaxCode] = TaxCode("0200112233").map { .taxCode($0) }
        employer[.commune] = .commune(try #require(CommuneCode(SiteHarness.commune)))
        let third = try #require(
            harness.definition.communes.communes.map(\.code.text).first {
                ![SiteHarness.commune, SiteHarness.otherCommune].contains($0)
            })
        let rows = [
            try person("Nguyễn Thị Hoa", number, SiteHarness.commune, row: 1),
            try person("Trần Thị Hoa", "031185005678", third, row: 2),
            DeliveredRow(sheet: "", row: 3, kind: .unit, values: employer, repairs: []),
        ]
        let keys = try #require(harness.system.register.keys)
        let drafts = try rows.enumerated().map {
            try RecordDraft($1, at: RecordPlace(delivery: 1, ordinal: $0), with: keys)
        }
        let (rules, now) = (try DerivationRules.shipped(), harness.clock.now)
        let sender = try #require(UnitCode("cong-an-thanh-pho"))
        let month = try #require(Month("2026-09"))
        try await harness.store.write { connection in
            try RecordSource(kind: .resident, sender: sender, period: month).note(for: 1, on: connection)
            _ = try KeepRecords.keep(drafts, at: now, on: connection)
            while try DeriveEntities.derive(limit: 100, by: rules, keys: keys, on: connection) > 0 {}
        }
    }

    static let hoa = "/so-dang-ky/nguoi/1-0"
    static let stranger = "/so-dang-ky/nguoi/1-1"
    static let firm = "/so-dang-ky/don-vi/1-2"

    @Test
    func `the insurance agency alone finds persons, a base office those of its communes`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            for role in Role.allCases {
                let browser = try await harness.browser(as: role)
                let found = try await browser.get("/so-dang-ky?tim=hoa+")
                let persons = [try await browser.get(Self.hoa), try await browser.get(Self.stranger)]
                switch role {
                case .insuranceProvince:
                    #expect(found.links.contains(Self.hoa) && found.links.contains(Self.stranger))
                    #expect(persons[0].status == 200 && persons[1].status == 200)
                case .insuranceBase:
                    #expect(found.links.contains(Self.hoa) && !found.links.contains(Self.stranger))
                    #expect(persons[0].status == 200 && persons[1].status == 404)
                    #expect(!persons[1].text.contains("Trần Thị Hoa"))
                default:
                    #expect(found.status == 403 && persons.allSatisfy { $0.status == 403 }, "\(role)")
                    #expect(!found.text.contains("Trần Thị Hoa"), "\(role)")
                }
            }
        }
    }

    @Test
    func `numbers are masked until somebody says what for, and the person's page tells who looked`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let base = try await harness.browser(as: .insuranceBase)
            let masked = try await base.get(Self.hoa)
            PageQualityTests.expectSound(masked)
            #expect(masked.text.contains("•••••••••234") && masked.text.contains("sinh năm 1985"))
            for secret in [Self.number, Self.phone, "Lạch Tray", "21/03/1985"] {
                #expect(!masked.text.contains(secret), "\(secret)")
            }
            let form = try masked.form("mo-so")
            let refused = try await base.submit(form, ["purpose": "  "])
            #expect(refused.status == 422 && refused.text.contains("Hãy ghi mục đích"))
            #expect(!refused.text.contains(Self.number))
            let opened = try await base.submit(form, ["purpose": "Đối chiếu hồ sơ 12/2026"])
            #expect(opened.status == 200)
            for secret in [Self.number, Self.phone, "Lạch Tray", "21/03/1985"] {
                #expect(opened.text.contains(secret), "\(secret)")
            }
            let after = try await base.get(Self.hoa)
            #expect(!after.text.contains(Self.number))
            #expect(after.text.contains("mở số: Đối chiếu hồ sơ 12/2026") && after.text.contains("xem, số che"))
            let kept = try await harness.audit().filter { $0.subject == "entity/\(UInt64(1) << 32)" }
            #expect(kept.map(\.action) == ["registry.opened", "registry.looked"])
        }
    }

    @Test
    func `a number leads to whoever has it and stands in no address`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let province = try await harness.browser(as: .insuranceProvince)
            let page = try await province.get("/so-dang-ky")
            PageQualityTests.expectSound(page)
            let one = try await province.submit(try page.form("tim-so"), ["number": "0311 8500 1234"])
            #expect(one.status == 303 && one.location == Self.hoa)
            let firm = try await province.submit(try page.form("tim-so"), ["number": "0200112233"])
            #expect(firm.status == 303 && firm.location == Self.firm)
            let both = try await province.submit(try page.form("tim-so"), ["number": Self.phone])
            #expect(both.status == 200 && both.links.contains(Self.hoa) && both.links.contains(Self.stranger))
            let nobody = try await province.submit(try page.form("tim-so"), ["number": "031185009999"])
            #expect(nobody.status == 200 && nobody.text.contains("Không tìm thấy ai"))
            let words = try await province.submit(try page.form("tim-so"), ["number": "không phải số"])
            #expect(words.status == 422 && words.text.contains("Gõ trọn một số"))
            let base = try await harness.browser(as: .insuranceBase)
            let own = try await base.submit(try await base.get("/so-dang-ky").form("tim-so"), ["number": Self.phone])
            #expect(own.status == 303 && own.location == Self.hoa)
        }
    }

    @Test
    func `an employer's page tells its codes, year and commune narrow, and wrong years are named`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let province = try await harness.browser(as: .insuranceProvince)
            let firm = try await province.get(Self.firm)
            PageQualityTests.expectSound(firm)
            #expect(firm.text.contains("0200112233") && firm.text.contains("Công ty TNHH Sao Mai"))
            let found = try await province.get("/so-dang-ky?tim=sao+mai&loai=don-vi")
            #expect(found.links.contains(Self.firm))
            let narrowed = try await province.get("/so-dang-ky?tim=hoa&nam-sinh=1985&xa=\(SiteHarness.commune)")
            #expect(narrowed.links.contains(Self.hoa) && !narrowed.links.contains(Self.stranger))
            let none = try await province.get("/so-dang-ky?tim=hoa&nam-sinh=1986")
            #expect(none.text.contains("Không tìm thấy ai"))
            let wrong = try await province.get("/so-dang-ky?tim=hoa&nam-sinh=85")
            #expect(wrong.text.contains("Năm sinh “85” không đúng"))
            for made in ["/so-dang-ky/nguoi/1-9", "/so-dang-ky/nguoi/x", "/so-dang-ky/nguoi/99999999999-1", Self.firm] {
                let page = try await province.get(made.replacing("don-vi", with: "nguoi"))
                #expect(page.status == 404, "\(made)")
            }
        }
    }

    /// Somebody at two employers: one in the list of the base office's commune, one in that of a commune it does not have.
    private static func employ(_ harness: SiteHarness) async throws {
        let third = try #require(
            harness.definition.communes.communes.map(\.code.text).first {
                ![SiteHarness.commune, SiteHarness.otherCommune].contains($0)
            })
        func row(_ unit: String, _ name: String, _ base: Int, _ commune: String, _ line: Int) throws -> DeliveredRow {
            var values = RecordValues()
            values[.name] = .text("Nguyễn Thị Hoa")
            values[.personalID] = .personalID(try #require(PersonalID(number)))
            values[.unitCode] = .text(unit)
            values[.unitName] = .text(name)
            values[.base] = .money(Dong(base))
            values[.commune] = .commune(try #require(CommuneCode(commune)))
            return DeliveredRow(sheet: "", row: line, kind: .participant, values: values, repairs: [])
        }
        let keys = try #require(harness.system.register.keys)
        let rows = [
            try row("TN0001A", "Công ty Sao Mai", 5_310_000, SiteHarness.commune, 1),
            try row("TN0002B", "Công ty Biển Xa", 7_770_000, third, 2),
        ]
        let drafts = try rows.enumerated().map {
            try RecordDraft($1, at: RecordPlace(delivery: 1, ordinal: $0), with: keys)
        }
        let (rules, now) = (try DerivationRules.shipped(), harness.clock.now)
        let sender = try #require(UnitCode("bhxh-thanh-pho"))
        let month = try #require(Month("2026-09"))
        try await harness.store.write { connection in
            try RecordSource(kind: .participant, sender: sender, period: month).note(for: 1, on: connection)
            _ = try KeepRecords.keep(drafts, at: now, on: connection)
            while try DeriveEntities.derive(limit: 100, by: rules, keys: keys, on: connection) > 0 {}
        }
    }

    @Test
    func `months of participation follow from all records, what lists wrote from those of the own communes`()
        async throws
    {
        try await SiteHarness.run { harness in
            try await Self.employ(harness)
            let province = try await harness.browser(as: .insuranceProvince).get(Self.hoa)
            for words in ["Công ty Sao Mai", "5.310.000 đồng", "Công ty Biển Xa", "7.770.000 đồng"] {
                #expect(province.text.contains(words), "\(words)")
            }
            #expect(!province.text.contains("ngoài địa bàn"))
            let base = try await harness.browser(as: .insuranceBase).get(Self.hoa)
            #expect(base.text.contains("Công ty Sao Mai") && base.text.contains("5.310.000 đồng"))
            #expect(!base.text.contains("Biển Xa") && !base.text.contains("7.770.000"))
            #expect(base.text.contains("theo danh sách ngoài địa bàn của bạn"))
            #expect(base.text.contains("còn 1 bản ghi ngoài địa bàn của bạn"))
            let spells = { (page: Page) in page.text.components(separatedBy: "trước 09/2026 – nay").count - 1 }
            #expect(spells(province) == 2 && spells(base) == 2)
        }
    }
}
