import Access
import Foundation
import Kernel
import PlanText
import Targets
import Work
import TestSupport
import Testing

/// Who opens which file: checked and written down before the first byte goes out.
@Suite
struct FileAccessTests {
    static let work = "II.5/2026-Q4/10507"
    static let bytes = SampleFiles.csv + Array(repeating: UInt8(ascii: "x"), count: 2_500_000)

    /// Puts a list of persons into the work of commune 10507 and answers its address.
    static func personList(_ harness: SiteHarness) async throws -> String {
        let officer = try await harness.browser(as: .communeOfficer)
        let form = try await officer.get("/viec/\(work)").form("sp-II-5-1")
        let list = Upload(name: "danh sách.csv", type: "text/csv", bytes: bytes)
        let saved = try await officer.submit(form, ["day": "01/12/2026", "summary": "Người mới"], files: [list])
        #expect(saved.status == 303, "\(saved.status)")
        let page = try await officer.get("/viec/\(work)")
        return try #require(page.links.first { $0.hasPrefix("/tep/") })
    }

    @Test
    func `a list of persons opens to its commune and to social insurance`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let address = try await Self.personList(harness)
            for role in [Role.communeOfficer, .communeLeader, .insuranceBase, .insuranceProvince] {
                let page = try await harness.browser(as: role).get(address)
                #expect(page.status == 200, "\(role): \(page.status)")
                // Told as a truth value: a difference of two long arrays would be worked out for hours.
                let same = page.bytes == Self.bytes
                #expect(same, "\(role) got other bytes")
                let entry = try #require(try await harness.audit(limit: 1).first)
                #expect(entry.action == "file.person-list-opened", "\(role)")
                #expect(entry.subject == "file/\(address.dropFirst("/tep/".count))")
            }
        }
    }

    @Test
    func `a list of persons opens to nobody else, who see its receipt only`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let address = try await Self.personList(harness)
            for role in [Role.analyst, .leader] {
                let browser = try await harness.browser(as: role)
                let page = try await browser.get(address)
                #expect(page.status == 403 && page.text.contains("dữ liệu cá nhân"), "\(role): \(page.status)")
                #expect(try await harness.audit(limit: 1).first?.action == "file.refused", "\(role)")
                // The receipt is for everybody who sees the work: name and fingerprint, no link.
                let work = try await browser.get("/viec/\(Self.work)")
                #expect(work.text.contains("danh sách.csv") && work.text.contains("không mở được nội dung"))
                #expect(!work.links.contains(address))
            }
            for role in [Role.groupHead, .auditor, .administrator] {
                #expect(try await harness.browser(as: role).get(address).status == 403, "\(role)")
            }
        }
    }

    @Test
    func `a guessed address of another commune's file is refused and written down`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let address = try await Self.personList(harness)
            let neighbour = try await harness.browser(as: SiteHarness.neighbour)
            let page = try await neighbour.get(address)
            #expect(page.status == 404 && page.text.contains("không thuộc phạm vi của bạn"))
            let entry = try #require(try await harness.audit(limit: 1).first)
            #expect(entry.action == "file.refused" && entry.actorName.contains("Cán bộ UBND cấp xã"))
            #expect(entry.subject == "file/\(address.dropFirst("/tep/".count))")
            // A file that was never there answers the same.
            let guessed = RecordID(at: harness.clock.now)
            let nothing = try await neighbour.get("/tep/\(guessed)")
            let (real, made) = (String(address.dropFirst("/tep/".count)), guessed.text)
            #expect(nothing.status == 404 && nothing.text == page.text.replacingOccurrences(of: real, with: made))
            #expect(try await harness.audit(limit: 1).first?.subject == "file/\(guessed)")
            #expect(try await neighbour.get("/tep/khong-phai-ma").status == 404)
        }
    }
}
