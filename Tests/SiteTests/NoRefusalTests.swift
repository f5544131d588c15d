import Access
import Foundation
import Kernel
import Overview
import Testing
import Work

/// What is drawn may be done: no form on a page that somebody can open is answered with “not allowed”, and no link of
/// such a page leads to a refusal.
@Suite
struct NoRefusalTests {
    /// Where everybody's walk begins; what these pages link to is followed.
    static let entrances = [
        "/", "/hom-nay", "/tong-quan", "/viec", "/don-vi", "/don-vi/10507", "/don-vi/10525", "/don-vi/bhxh-thanh-pho",
        "/so-lieu", "/so-lieu/de-nghi", "/chi-tieu", "/phan-bo", "/du-bao", "/xep-hang", "/lich", "/nhiem-vu",
        "/nhiem-vu/V.2", "/nhiem-vu/V.5", "/ke-hoach", "/van-ban", "/vuong-mac", "/vuong-mac/gui", "/nhac-viec",
        "/tai-khoan", "/ban-chi-dao/10507", "/de-xuat-chi-tieu", "/don-vi/10507/to-dan-pho",
        "/viec/I.5/2026-Q4/10507", "/viec/I.5/2026-Q3/10507", "/viec/II.4/2026/10507", "/quan-tri/tai-khoan",
        "/quan-tri/nhat-ky", "/van-ban-tham-so",
    ]

    /// Addresses that differ in a key only are of one shape.
    private static func shape(_ address: String) -> String {
        address.replacingOccurrences(
            of: "[A-Z]+\\.[0-9]+|[0-9a-z]+-[0-9a-z-]{5,}|[0-9]+", with: "*", options: .regularExpression)
    }

    /// Signing out, and one's own password, end the walk.
    private static let endings = ["/dang-xuat", "/tai-khoan/mat-khau", "/tai-khoan/phien"]

    @Test(arguments: Role.allCases)
    func `no form and no link that a role is shown leads to a refusal`(role: Role) async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            let obstacle = try await PageQualityTests.furnish(harness)
            let browser = try await harness.browser(as: role)
            // A new link for the own account ends the session.
            let own = try await harness.viewer(role.rawValue).account.text
            var waiting = Self.entrances + [obstacle]
            var seen: [String: Int] = [:]
            var known = Set(waiting)
            var forms = 0
            var sent: [String: Int] = [:]
            while let address = waiting.popLast() {
                let isEntrance = Self.entrances.contains(address)
                let page = try await browser.get(address)
                #expect(page.status < 500, "\(address): \(page.status)")
                if !isEntrance { #expect(page.status != 403, "a link leads to \(address), refused to \(role)") }
                guard page.status == 200, page.header("content-type")?.hasPrefix("text/html") == true else { continue }
                for form in page.forms() where form.hidden("_csrf") != nil {
                    guard !Self.endings.contains(form.action), !form.action.contains(own) else { continue }
                    // A form of one shape on pages of one shape: two of each are enough.
                    let kind = "\(Self.shape(address)) \(form.id.prefix(6)) \(Self.shape(form.action))"
                    sent[kind, default: 0] += 1
                    guard sent[kind, default: 0] <= 2 else { continue }
                    forms += 1
                    let answer = try await browser.submit(form)
                    #expect(
                        answer.status != 403 && answer.status < 500,
                        "\(role) on \(address): \(form.id) to \(form.action) is answered \(answer.status)")
                }
                for link in page.links where !known.contains(link) && !link.hasPrefix("/tinh/") {
                    let kind = Self.shape(link)
                    seen[kind, default: 0] += 1
                    guard seen[kind, default: 0] <= 2 else { continue }
                    known.insert(link)
                    waiting.append(link)
                }
            }
            #expect(try await browser.get("/hom-nay").status == 200, "the walk ended the session")
            #expect(forms >= 2, "\(role) was shown \(forms) forms")
        }
    }
}
