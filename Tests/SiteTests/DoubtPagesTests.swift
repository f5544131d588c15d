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

/// Doubtful pairs of the register over HTTP: looked at, decided, taken back.
@Suite
struct DoubtPagesTests {
    /// Two records that say too little to be one person by themselves: a year of birth, a name, an address.
    static func furnish(_ harness: SiteHarness, commune: String = SiteHarness.commune) async throws {
        func row(_ kind: RecordKind, _ group: String) throws -> DeliveredRow {
            var values = RecordValues()
            values[.name] = .text("Trần Thị Ánh Tuyết")
            values[.birth] = PartialDay("1950").map { .partialDay($0) }
            values[.sex] = .code("female")
            values[.group] = .text(group)
            values[.address] = .text("Số 12, Lạch Tray, phường Gia Viên, thành phố Hải Phòng")
            values[.commune] = .commune(try #require(CommuneCode(commune)))
            return DeliveredRow(sheet: "", row: 1, kind: kind, values: values, repairs: [])
        }
        let keys = try #require(harness.system.register.keys)
        let rows = try [row(.resident, "Tổ 3"), row(.benefit, "Tổ 5")]
        let drafts = try rows.enumerated().map {
            try RecordDraft($1, at: RecordPlace(delivery: $0 + 1, ordinal: 0), with: keys)
        }
        let (rules, now, linking) = (try DerivationRules.shipped(), harness.clock.now, Linking())
        for draft in drafts {
            try await harness.store.write { connection in
                _ = try KeepRecords.keep([draft], at: now, on: connection)
                while try LinkRecords.work(
                    limit: 100, delivery: 0, linking: linking, keys: keys, at: now, on: connection
                ).done > 0 {}
                while try DeriveEntities.derive(limit: 100, by: rules, keys: keys, on: connection) > 0 {}
            }
        }
    }

    private static func people(_ harness: SiteHarness) async throws -> Int {
        try await harness.count("SELECT COUNT(DISTINCT entity) FROM membership")
    }

    @Test
    func `a pair is looked at side by side, decided, and parted again when that is taken back`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let base = try await harness.browser(as: .insuranceBase)
            let page = try await base.get("/so-dang-ky/nghi-trung")
            PageQualityTests.expectSound(page)
            #expect(page.text.contains("1 cặp") && page.text.contains("Tổ 3") && page.text.contains("Tổ 5"))
            #expect(page.text.contains("(khác)"))
            let answer = ["words": "Đã gọi điện xác minh"]
            let sent = try await base.submit(try page.form("cung"), answer)
            #expect(sent.status == 303)
            let after = try await base.get("/so-dang-ky/nghi-trung")
            #expect(after.text.contains("Vừa quyết định") && after.text.contains("cùng một người"))
            // A decision that the model doubts waits for somebody else.
            if after.text.contains("chờ người thứ hai") {
                #expect(try await Self.people(harness) == 2)
                let province = try await harness.browser(as: .insuranceProvince)
                let second = try await province.get("/so-dang-ky/nghi-trung?kieu=hai-nguoi")
                #expect(second.text.contains("Đã gọi điện xác minh"))
                #expect(try await province.submit(try second.form("cung"), answer).status == 303)
            }
            #expect(try await Self.people(harness) == 1)
            let decided = try await base.get("/so-dang-ky/nghi-trung")
            let id = "rut-\(Int64(1) << 32)-\(Int64(2) << 32)"
            let bare = try await base.submit(try decided.form(id), ["words": " "])
            #expect(bare.status >= 400 && bare.text.contains("lý do rút lại"))
            #expect(try await base.submit(try decided.form(id), ["words": "Nhầm người"]).status == 303)
            #expect(try await Self.people(harness) == 2)
            let actions = try await harness.audit(limit: 50).map(\.action)
            #expect(actions.contains("registry.doubt-opened") && actions.contains("registry.doubt-undone"))
        }
    }

    @Test
    func `pairs open to the insurance agency alone, a base office sees those of its communes`() async throws {
        try await SiteHarness.run { harness in
            let third = try #require(
                harness.definition.communes.communes.map(\.code.text).first {
                    ![SiteHarness.commune, SiteHarness.otherCommune].contains($0)
                })
            try await Self.furnish(harness, commune: third)
            let pair = "\(Int64(1) << 32)-\(Int64(2) << 32)"
            for role in Role.allCases {
                let browser = try await harness.browser(as: role)
                let page = try await browser.get("/so-dang-ky/nghi-trung?cap=\(pair)")
                switch role {
                case .insuranceProvince: #expect(page.status == 200 && page.text.contains("Ánh Tuyết"))
                case .insuranceBase:
                    #expect(page.status == 200 && !page.text.contains("Ánh Tuyết"))
                    let sent = try await browser.post(
                        "/so-dang-ky/nghi-trung/quyet-dinh",
                        [("_csrf", try page.csrf()), ("pair", pair), ("answer", "same"), ("words", "thử")])
                    #expect(sent.status == 404)
                default: #expect(page.status == 403 && !page.text.contains("Ánh Tuyết"), "\(role)")
                }
                let quality = try await browser.get("/so-dang-ky/chat-luong")
                #expect(quality.status == ([.insuranceProvince, .insuranceBase].contains(role) ? 200 : 403), "\(role)")
            }
            #expect(try await Self.people(harness) == 2)
        }
    }

    @Test
    func `quality tells what was looked at, flows tell months, both sound`() async throws {
        try await SiteHarness.run { harness in
            try await Self.furnish(harness)
            let province = try await harness.browser(as: .insuranceProvince)
            let quality = try await province.get("/so-dang-ky/chat-luong")
            PageQualityTests.expectSound(quality)
            #expect(quality.text.contains("chưa ai xem"))
            let flows = try await province.get("/so-dang-ky/bien-dong")
            PageQualityTests.expectSound(flows)
            #expect(flows.status == 200)
        }
    }
}
