import Access
import Assembly
import Foundation
import Kernel
import Overview
import PlanText
import ReportBoards
import Testing
import Work

/// What is drawn may be done: a form on a page that somebody can open is refused for what its fields lack alone, and no
/// link of such a page leads to a refusal.
@Suite
struct NoRefusalTests {
    /// Where everybody's walk begins; what these pages link to is followed.
    static let entrances = [
        "/", "/hom-nay", "/tong-quan", "/viec", "/don-vi", "/don-vi/10507", "/don-vi/10525", "/don-vi/bhxh-thanh-pho",
        "/so-lieu", "/so-lieu/de-nghi", "/chi-tieu", "/phan-bo", "/du-bao", "/xep-hang", "/lich", "/nhiem-vu",
        "/nhiem-vu/V.2", "/nhiem-vu/V.5", "/ke-hoach", "/van-ban", "/bang-tong-hop", "/but-phe", "/vuong-mac",
        "/vuong-mac/gui",
        "/thong-bao",
        "/nhac-viec",
        "/tai-khoan", "/ban-chi-dao/10507", "/de-xuat-chi-tieu", "/don-vi/10507/to-dan-pho",
        "/viec/I.5/2026-Q4/10507", "/viec/I.5/2026-Q3/10507", "/viec/II.4/2026/10507", "/quan-tri/tai-khoan",
        "/quan-tri/nhat-ky", "/van-ban-tham-so", "/quan-tri/don-vi-truc-thuoc",
    ]

    /// Addresses that differ in a key only are of one shape, and so are orders and filters of one list: what a list does
    /// with each of its columns is tested with lists.
    private static func shape(_ address: String) -> String {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].replacingOccurrences(
            of: "[A-Z]+\\.[0-9]+|[0-9a-z]+-[0-9a-z-]{5,}|[0-9]+", with: "*", options: .regularExpression)
        guard parts.count == 2 else { return path }
        let keys = parts[1].split(separator: "&").map { $0.prefix { $0 != "=" } }
        return "\(path)?\(Set(keys).sorted().joined(separator: "&"))"
    }

    /// Signing out, and one's own password, end the walk.
    private static let endings = ["/dang-xuat", "/tai-khoan/mat-khau", "/tai-khoan/phien"]

    /// What a walk found wrong, and how many forms it sent.
    struct Walk: Sendable {
        var faults: [String] = []
        var forms = 0
    }

    /// Two of each shape are enough.
    private struct Counter {
        var seen: [String: Int] = [:]

        mutating func admits(_ kind: String) -> Bool {
            seen[kind, default: 0] += 1
            return seen[kind, default: 0] <= 2
        }
    }

    /// Whether a form sent as it stands was refused for anything but what its fields lack.
    private static func isRefused(_ answer: Page, _ form: PageForm) -> Bool {
        guard answer.status >= 400 else { return false }
        guard answer.status == 422, let again = answer.forms().first(where: { $0.id == form.id }) else { return true }
        return !again.html.contains("aria-invalid") && !again.html.contains("error-summary")
    }

    /// Opens page after page, and sends each form as it stands.
    /// - Parameter own: the own account: a new link for it would end the session.
    private static func walk(_ browser: Browser, from entrances: [String], own: String) async throws -> Walk {
        var walk = Walk()
        var waiting = entrances
        var known = Set(entrances)
        // Entrances are tried by everybody, and may be closed; what a page links to may not.
        var (refused, linked): ([String: Int], [String: String]) = ([:], [:])
        var (links, forms) = (Counter(), Counter())
        while let address = waiting.popLast() {
            let page = try await browser.get(address)
            if page.status >= 400 { refused[address] = page.status }
            guard page.status == 200, page.header("content-type")?.hasPrefix("text/html") == true else { continue }
            for link in page.links {
                linked[link] = linked[link] ?? address
                guard !known.contains(link), !link.hasPrefix("/tinh/"), links.admits(shape(link)) else { continue }
                known.insert(link)
                waiting.append(link)
            }
            for form in page.forms() {
                guard form.hidden("_csrf") != nil, !endings.contains(form.action), !form.action.contains(own),
                    forms.admits("\(shape(address)) \(form.id.prefix(6)) \(shape(form.action))")
                else { continue }
                // The forms before it may have changed what is open here.
                guard let fresh = try await browser.get(address).forms().first(where: { $0.id == form.id }) else {
                    continue
                }
                walk.forms += 1
                let answer = try await browser.submit(fresh)
                if isRefused(answer, fresh) {
                    walk.faults.append("\(form.id) of \(address), sent to \(form.action): \(answer.status)")
                }
            }
        }
        for (address, status) in refused where status >= 500 || linked[address] != nil {
            walk.faults.append("\(linked[address] ?? "an entrance") leads to \(address): \(status)")
        }
        walk.faults.sort()
        return walk
    }

    private static func expectNoRefusal(_ harness: SiteHarness, _ role: Role) async throws {
        let obstacle = try await PageQualityTests.furnish(harness)
        try await FigurePagesTests.furnish(harness)
        if let span = BoardSpan(.year, .year(2026)) {
            _ = try await harness.system.boards.openBoard(
                span, by: .init(viewer: try await harness.viewer("analyst")))
        }
        let browser = try await harness.browser(as: role)
        let own = try await harness.viewer(role.rawValue).account.text
        let walk = try await walk(browser, from: entrances + [obstacle], own: own)
        #expect(walk.faults == [])
        #expect(walk.forms >= 2)
        let after = try await browser.get("/hom-nay")
        #expect(after.status == 200, "the walk ended the session")
    }

    @Test(arguments: Role.allCases)
    func `no form and no link that a role is shown leads to a refusal`(role: Role) async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in try await Self.expectNoRefusal(harness, role) }
    }
}
