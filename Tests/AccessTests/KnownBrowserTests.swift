import Access
import Database
import Kernel
import TestSupport
import Testing

@Suite
struct KnownBrowserTests {
    @Test(arguments: TestEngine.allCases)
    func `the holder is told of a browser that never came in before, once`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            let first = try await world.signIn(device: "Firefox")
            #expect(world.news.of("lan.nguyen").isEmpty, "somebody's first sign-in is no news")
            _ = try await world.signIn(address: "10.0.0.2", device: "Firefox", browser: first.browser)
            #expect(world.news.of("lan.nguyen").isEmpty, "a known browser may travel")
            _ = try await world.signIn(address: "10.0.0.2", device: "Firefox")
            #expect(world.news.of("lan.nguyen").isEmpty, "who lets no cookies live is not told every day")
            let phone = try await world.signIn(address: "198.51.100.7", device: "Điện thoại")
            let told = AccountNews.newBrowser(device: "Điện thoại", address: "198.51.100.7")
            #expect(world.news.of("lan.nguyen") == [told])
            _ = try await world.signIn(address: "198.51.100.7", device: "Điện thoại", browser: phone.browser)
            #expect(world.news.of("lan.nguyen") == [told])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an account from before browsers were known is told of what its sessions did not see`(
        engine: TestEngine
    ) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.signIn(device: "Firefox")
            try await world.store.write { _ = try $0.execute("DELETE FROM account_browser") }
            _ = try await world.signIn(address: "10.0.0.2", device: "Firefox")
            #expect(world.news.of("lan.nguyen").isEmpty)
            try await world.store.write { _ = try $0.execute("DELETE FROM account_browser") }
            _ = try await world.signIn(device: "Máy lạ")
            #expect(world.news.of("lan.nguyen").count == 1)
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `a browser keeps one value for all its accounts, and none that it made up`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            _ = try await world.add(AccessWorld.officer("other"))
            let made = SecretToken.make()
            let browser = try #require(try await world.signIn(browser: made).browser)
            #expect(browser != made)
            #expect(try await world.signIn("other", browser: browser).browser == browser)
            let stored = try await world.store.read { try $0.rows("SELECT token_hash FROM account_browser") }
            #expect(
                try stored.map { try $0.text("token_hash") } == Array(repeating: SecretToken.hash(browser), count: 2))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func `an account keeps the thirty browsers it used last`(engine: TestEngine) async throws {
        try await AccessWorld.with(engine) { world in
            _ = try await world.add(AccessWorld.officer())
            var browsers: [String] = []
            for _ in 0..<33 {
                browsers.append(try #require(try await world.signIn().browser))
                world.clock.advance(seconds: 1)
            }
            let kept = try await world.store.read { connection in
                Set(try connection.rows("SELECT token_hash FROM account_browser").map { try $0.text("token_hash") })
            }
            #expect(kept == Set(browsers.suffix(30).map(SecretToken.hash)))
        }
    }
}
