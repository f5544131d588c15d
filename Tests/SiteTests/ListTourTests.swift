import FoundationEssentials
import Kernel
import Tabular
import Testing

/// Every list of the demonstration, as somebody who follows the whole plan looks at it.
@Suite
struct ListTourTests {
    static let places = [
        "/tong-quan/don-vi", "/tong-quan/don-vi?do=tu-nguyen", "/du-bao", "/du-bao?so=tu-nguyen",
        "/so-lieu", "/so-lieu/lo/1", "/so-lieu/bien-dong",
        "/so-lieu/bien-dong/lo/1", "/chi-tieu",
        "/don-vi/90001/to-dan-pho", "/bang-tong-hop",
    ]

    struct List {
        /// How many rows it says it has.
        let rows: Int
        let workbook: String
        let firstHeading: String
        let orders: [String]
    }

    /// The lists of a page.
    static func lists(_ page: Page) -> [List] {
        page.text.components(separatedBy: #"<p class="table-line">"#).dropFirst().compactMap { text in
            func first(_ pattern: String) -> String? {
                HTML.matches(pattern, in: text).first.map { HTML.unescaped($0[1]) }
            }
            guard let told = first(#"^<span class="quiet">([0-9.]+)(?: trong [0-9.]+)? dòng"#),
                let rows = Int(told.replacing(".", with: "")), let workbook = first(#"<a href="([^"]*)">Xuất Excel"#),
                let heading = first(#"<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)"#)
            else { return nil }
            return List(
                rows: rows, workbook: workbook, firstHeading: heading,
                orders: HTML.matches(#"<th scope="col"[^>]*><a href="([^"]*)">"#, in: text).map {
                    HTML.unescaped($0[1])
                })
        }
    }

    /// How many rows a workbook has below its headings.
    static func rows(_ page: Page, below heading: String) throws -> Int {
        let rows = try ListPagesTests.sheet(page)
        // The title above may be the same words.
        let start = try #require(rows.dropFirst(2).firstIndex { $0[0] == .text(heading) }, "\(heading)")
        #expect(rows[1][0].shown.contains("theo quyền xem của"))
        return rows.count - start - 1
    }

    @Test
    func `each list is sorted by every heading and leaves as a workbook of all that it tells of`() async throws {
        try await DemonstrationPagesTests.run { demonstration, client in
            let browser = try await DemonstrationPagesTests.signedIn("thuongtruc", demonstration, client)
            for place in Self.places {
                let page = try await browser.get(place)
                PageQualityTests.expectSound(page)
                let lists = Self.lists(page)
                #expect(!lists.isEmpty, "\(place)")
                for list in lists {
                    let file = try await browser.get(list.workbook)
                    #expect(try Self.rows(file, below: list.firstHeading) == list.rows, "\(list.workbook)")
                    for order in list.orders {
                        let sorted = try await browser.get(order)
                        #expect(sorted.status == 200 && sorted.text.contains("aria-sort"), "\(order)")
                        #expect(Self.lists(sorted).map(\.rows) == lists.map(\.rows), "\(order)")
                    }
                }
            }
        }
    }
}
