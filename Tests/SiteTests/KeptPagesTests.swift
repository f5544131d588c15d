import Access
import Assembly
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Overview
import Site
import TestSupport
import Testing

/// Pages are kept for whoever may see the same: nobody is given another's page, nor yesterday's.
@Suite
struct KeptPagesTests {
    /// The pages that are kept, with selections.
    static let places = [
        "/tong-quan", "/tong-quan?chi-so=tu-nguyen", "/xep-hang", "/xep-hang?thang=2026-09", "/so-lieu/thang/2026-09",
        "/so-lieu/thang/2026-12", "/don-vi/10507", "/don-vi/10525?nam=2027", "/don-vi/bhxh-thanh-pho", "/viec",
        "/viec?nam=tat-ca&trang=3", "/viec?trang-thai=qua-han", "/viec?nam=2027&nhom=II",
    ]

    /// What a person is answered, without the marks that differ from one answer to the next.
    static func answers(_ addresses: [String], to browser: Browser) async throws -> [String: String] {
        var answers: [String: String] = [:]
        for address in addresses {
            let page = try await browser.get(address)
            let text = page.header("content-type")?.hasPrefix("text/html") == true ? page.text : ""
            answers[address] =
                "\(page.status) "
                + text.replacingOccurrences(
                    of: #"name="_mark" value="[^"]*""#, with: "", options: .regularExpression)
        }
        return answers
    }

    /// Asks as each role in turn, of the one system and of a site that has kept nothing.
    /// - Returns: the pages that differ.
    static func compare(_ harness: SiteHarness, as roles: [Role], _ addresses: [String]) async throws -> [String] {
        var faults: [String] = []
        for role in roles {
            let browser = try await harness.browser(as: role)
            let cookies = await browser.cookies
            let kept = try await answers(addresses, to: browser)
            let system = harness.system
            // With services of its own: they keep what many pages show.
            let services = PlanServices(
                store: system.store, clock: system.clock, definition: system.definition, grants: .ofRoles)
            let site = try Site(
                access: system.access, services: services, figures: system.figures, law: system.law,
                documents: system.documents, deliveries: system.deliveries, exchange: system.exchange,
                programs: system.programs,
                operation: system.operation,
                jobs: system.jobs, notices: system.notices,
                days: system.days,
                search: system.search, remarks: system.remarks, register: system.register, reviews: system.reviews,
                erasure: system.erasure,
                guide: try SiteHarness.guide.get(),
                settings: system.settings.site)
            try await Application(router: site.router()).test(.router) { client in
                let alone = Browser(client: client, device: "Kiểm thử/1.0")
                for (name, value) in cookies { await alone.set(cookie: name, to: value) }
                return try await answers(addresses, to: alone)
            }
            .forEach { address, alone in
                guard let difference = difference(kept[address] ?? "", alone) else { return }
                faults.append("\(address) as \(role): \(difference)")
            }
        }
        return faults.sorted()
    }

    /// Where two answers part, in a few words of each; nil where they are the same.
    private static func difference(_ kept: String, _ alone: String) -> String? {
        guard kept != alone else { return nil }
        let common = kept.commonPrefix(with: alone, options: .literal).count
        func words(_ text: String) -> String { String(text.dropFirst(max(0, common - 60)).prefix(160)) }
        return "kept “\(words(kept))”, alone “\(words(alone))”"
    }

    @Test
    func `one after the other, everybody is answered as if alone`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            _ = try await PageQualityTests.furnish(harness)
            try await FigurePagesTests.furnish(harness)
            // What is said on a page is no longer unread once it was opened.
            for role in [Role.communeLeader, .communeOfficer] {
                _ = try await Self.answers(Self.places, to: try await harness.browser(as: role))
            }
            let everybody = try await Self.compare(harness, as: Role.allCases, Self.places)
            #expect(everybody == [])
            // Some hours later, then in the next month, with nothing changed.
            let roles: [Role] = [.analyst, .communeOfficer]
            harness.clock.set(try SiteHarness.moment("2026-12-10", hour: 15))
            let later = try await Self.compare(harness, as: roles, Self.places)
            #expect(later == [])
            harness.clock.set(try SiteHarness.moment("2027-01-04"))
            let nextMonth = try await Self.compare(harness, as: roles, Self.places)
            #expect(nextMonth == [])
        }
    }

    /// Whatever comes to be kept is found here, also where nobody thought of it.
    @Test
    func `no page whose address has no holes shows what another came to see`() async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            try await FigurePagesTests.furnish(harness)
            let whole = harness.routes.filter {
                // The trail grows with every look at it that is refused.
                $0.hasPrefix("GET ") && !$0.contains("{") && $0 != "GET /quan-tri/nhat-ky"
            }.map {
                String($0.dropFirst(4))
            }
            #expect(whole.count > 30)
            let faults = try await Self.compare(
                harness, as: [.analyst, .insuranceProvince, .communeOfficer, .administrator], whole)
            #expect(faults == [])
        }
    }
}
