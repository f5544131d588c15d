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
    static func run(_ body: @Sendable (Demonstration, any TestClientProtocol) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        // A small plan of an invented province: no page may depend on Hải Phòng.
        let plan = SiteHarness.repository.appendingPathComponent("Tests/TestPlans/Fixtures/an-bien-2028").path
        let settings = try await Settings.read(
            flags: ["database": folder.appendingPathComponent("demo.sqlite").path, "plan": plan], environment: [:])
        let clock = Clock.fixed(try SiteHarness.moment("2027-11-10"))
        let demonstration = try await Demonstration.prepare(settings, clock: clock) { _ in }
        try await Application(router: demonstration.system.site.router()).test(.router) { client in
            try await body(demonstration, client)
        }
        try await demonstration.system.store.close()
    }

    static func signedIn(
        _ login: String, _ demonstration: Demonstration, _ client: any TestClientProtocol
    ) async throws -> Browser {
        let browser = Browser(client: client, device: "Kiểm thử")
        let entered = try await browser.signIn(login, password: demonstration.password)
        #expect(entered.status == 303, "\(login)")
        return browser
    }

    @Test
    func `movements, blocks, coverage and late money stand on the dashboard and on a commune's page`() async throws {
        try await Self.run { demonstration, client in
            let browser = try await Self.signedIn("lanhdao", demonstration, client)
            let board = try await browser.get("/tong-quan")
            for words in [
                "Độ bao phủ lực lượng lao động", "người trong độ tuổi", "Người chưa tham gia (theo rà soát)",
                "Tiềm năng BHXH tự nguyện", "Số tiền chậm đóng", "kế hoạch thu cả năm",
                "đầu tháng + tăng mới + trở lại − dừng", "Chủ hộ kinh doanh, người quản lý không hưởng lương",
                "Biểu không tách người làm việc trong khu công nghiệp",
            ] { #expect(board.text.contains(words), "\(words)") }
            let commune = try await browser.get("/don-vi/90001")
            for words in ["Độ bao phủ lực lượng lao động", "Theo biến động", "đầu tháng + tăng mới + trở lại − dừng"] {
                #expect(commune.text.contains(words), "\(words)")
            }
            let forecast = try await browser.get("/du-bao?so=tu-nguyen")
            #expect(forecast.text.contains("Theo biến động tăng mới, trở lại, dừng từng tháng"))
            #expect(forecast.text.contains(">biến động</td>") && !forecast.text.contains(".md"))
        }
    }

    @Test
    func `each tile of work leads to a list of just so many`() async throws {
        try await Self.run { demonstration, client in
            for login in ["thuongtruc", "canboxa"] {
                let browser = try await Self.signedIn(login, demonstration, client)
                let page = try await browser.get("/hom-nay")
                let tiles = page.text.matches(of: /<a href="([^"]+)"><b>([0-9.]+)<\/b> ([^<]+)<\/a>/)
                #expect(tiles.count > 5, "\(login)")
                for tile in tiles {
                    let address = tile.output.1.replacing("&amp;", with: "&")
                    let list = try await browser.get(String(address))
                    #expect(list.text.contains("– \(tile.output.2) việc"), "\(login): \(tile.output.3) \(address)")
                }
            }
        }
    }

    @Test
    func `every sample account comes in and every page says that its data is invented`() async throws {
        try await Self.run { demonstration, client in
            for account in demonstration.accounts {
                let browser = try await Self.signedIn(account.login, demonstration, client)
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
    }
}
