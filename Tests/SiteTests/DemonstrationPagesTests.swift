import Access
import Assembly
import Database
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Site
import Testing

/// The demonstration as a newcomer sees it.
@Suite
struct DemonstrationPagesTests {
    @Test
    func `every sample account comes in and every page says that its data is invented`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        // A small plan of an invented province: no page may depend on Hải Phòng.
        let plan = SiteHarness.repository.appendingPathComponent("Tests/TestPlans/Fixtures/an-bien-2028").path
        let settings = try await Settings.read(
            flags: ["database": folder.appendingPathComponent("demo.sqlite").path, "plan": plan], environment: [:])
        let clock = Clock.fixed(try SiteHarness.moment("2027-11-10"))
        let demonstration = try await Demonstration.prepare(settings, clock: clock) { _ in }
        try await Application(router: demonstration.system.site.router()).test(.router) { client in
            for account in demonstration.accounts {
                let browser = Browser(client: client, device: "Kiểm thử")
                let entered = try await browser.signIn(account.login, password: demonstration.password)
                #expect(entered.status == 303, "\(account.login)")
                var addresses = ["/hom-nay", "/viec", "/viec?kieu=bang", "/don-vi", "/lich", "/nhiem-vu", "/ke-hoach"]
                addresses += ["/vuong-mac", "/nhac-viec", "/tai-khoan", "/don-vi/90001/in"]
                for address in addresses {
                    let page = try await browser.get(address)
                    #expect(page.text.contains("DỮ LIỆU MINH HỌA"), "\(account.login): \(address)")
                    #expect(page.status == 200 || address.hasPrefix("/don-vi/"), "\(account.login): \(address)")
                    #expect(!page.text.contains("Hải Phòng"), "\(account.login): \(address)")
                }
            }
        }
        try await demonstration.system.store.close()
    }
}
