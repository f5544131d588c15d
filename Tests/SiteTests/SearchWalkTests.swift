import Access
import Assembly
import Jobs
import Kernel
import Search
import Testing

/// What is found in the demonstration, walked by every sample account: nothing is shown that its page refuses.
@Suite
struct SearchWalkTests {
    /// Of each kind of thing, with accents and without.
    static let pairs = [
        ("báo cáo", "bao cao"), ("xã", "xa"), ("rà soát", "ra soat"), ("mức lương cơ sở", "muc luong co so"),
        ("nộp sản phẩm", "nop san pham"), ("vướng", "vuong"), ("cán bộ xã", "canboxa"),
    ]

    @Test
    func `whatever an account finds, with accents or without, opens for it`() async throws {
        try await DemonstrationPagesTests.run { demonstration, client in
            try await demonstration.system.search.begin(at: demonstration.system.clock.now)
            _ = try await demonstration.system.jobs.runDue(as: "test")
            var reached: Set<String> = []
            for account in demonstration.accounts {
                let browser = try await DemonstrationPagesTests.signedIn(account.login, demonstration, client)
                var found: Set<String> = []
                for (marked, plain) in Self.pairs {
                    let (one, other) = (
                        Set(SearchPagesTests.found(try await SearchPagesTests.look(browser, for: marked))),
                        Set(SearchPagesTests.found(try await SearchPagesTests.look(browser, for: plain)))
                    )
                    #expect(plain == "canboxa" || one.isEmpty == other.isEmpty, "\(account.login): \(marked)")
                    found.formUnion(one.union(other))
                }
                #expect(!found.isEmpty, "\(account.login)")
                for address in found.sorted() {
                    let page = try await browser.get(address)
                    #expect(page.status == 200, "\(account.login) found \(address)")
                }
                reached.formUnion(found.map { String($0.split(separator: "/").first ?? "") })
            }
            #expect(reached.isSuperset(of: ["don-vi", "viec", "van-ban-tham-so"]))
            #expect(reached.contains("quan-tri") == demonstration.accounts.contains { $0.role == .administrator })
        }
    }
}
