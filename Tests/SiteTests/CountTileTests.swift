import Access
import Foundation
import Testing

/// A number of work and the list that it leads to.
@Suite
struct CountTileTests {
    /// The numbers above a list, with where each leads.
    static func tiles(_ page: Page) -> [(number: String, address: String, label: String)] {
        HTML.matches(##"<li[^>]*><a href="(/viec[^"]*)"><b>([0-9.]+)</b> ([^<]+)</a>"##, in: page.text).map {
            (number: $0[2], address: HTML.unescaped($0[1]), label: $0[3])
        }
    }

    @Test(arguments: [
        (Role.communeOfficer, "/hom-nay"), (.analyst, "/hom-nay"), (.communeOfficer, "/don-vi/10507"),
        (.insuranceProvince, "/hom-nay"), (.leader, "/nhiem-vu/I.5"),
    ])
    func `each number leads to a list of as many`(role: Role, page: String) async throws {
        try await SiteHarness.run(on: "2026-12-10") { harness in
            // One returned that is late meanwhile counts in both.
            let officer = try await harness.browser(as: .communeOfficer)
            _ = try await HandInOverHTTPTests.fill(officer)
            let browser = try await harness.browser(as: role)
            let tiles = Self.tiles(try await browser.get(page))
            #expect(tiles.count >= 6, "\(page)")
            for tile in tiles {
                let list = try await browser.get(tile.address)
                let told = HTML.matches(#"<span class="quiet">([0-9.]+)(?: trong [0-9.]+)? dòng</span>"#, in: list.text)
                    .first?[1]
                #expect(
                    (told ?? "0") == tile.number, "\(page), \(tile.label): \(tile.number), listed \(told ?? "none")")
            }
        }
    }
}
