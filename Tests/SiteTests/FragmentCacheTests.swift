import Synchronization
import Testing

@testable import WebDesk

/// Pages that are kept, made once, and under load shown as they were a moment ago.
struct FragmentCacheTests {
    /// Makes pages that do not finish before they are let go.
    private final class Gate: Sendable {
        private let state = Mutex<(open: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))
        let began = Mutex(0)

        func make(_ html: String) async -> String {
            began.withLock { $0 += 1 }
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.open { state.waiting.append(continuation) }
                    return state.open
                }
                if isOpen { continuation.resume() }
            }
            return html
        }

        func waitUntil(_ count: Int) async {
            while began.withLock({ $0 }) < count { await Task.yield() }
        }

        func open() {
            let waiting = state.withLock { state in
                state.open = true
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }
    }

    @Test
    func `a page is made once for all who ask, and again when its revision moves`() async throws {
        let cache = FragmentCache(capacity: 10)
        let gate = Gate()
        async let first = cache.fragment("a", revision: [1]) { await gate.make("một") }
        await gate.waitUntil(1)
        async let second = cache.fragment("a", revision: [1]) { await gate.make("hai") }
        gate.open()
        #expect(try await [first, second] == ["một", "một"])
        #expect(try await cache.fragment("a", revision: [1]) { "ba" } == "một")
        #expect(try await cache.fragment("a", revision: [2]) { "bốn" } == "bốn")
    }

    @Test
    func `where makers are free everybody gets what holds now`() async throws {
        let cache = FragmentCache(capacity: 10, makers: 1, longestLag: .seconds(3_600))
        _ = try await cache.fragment("a", revision: [1]) { "cũ" }
        #expect(try await cache.fragment("a", revision: [2]) { "mới" } == "mới")
    }

    @Test
    func `while all makers are busy others get what held a moment ago, but not who has just saved`() async throws {
        let cache = FragmentCache(capacity: 10, makers: 1, longestLag: .seconds(3_600))
        let gate = Gate()
        _ = try await cache.fragment("a", revision: [1]) { "cũ" }
        async let busy = cache.fragment("b", revision: [2]) { await gate.make("khác") }
        await gate.waitUntil(1)
        #expect(try await cache.fragment("a", revision: [2]) { "mới" } == "cũ")
        let own = try await FragmentCache.$mustBeCurrent.withValue(true) {
            try await cache.fragment("a", revision: [2]) { "mới" }
        }
        #expect(own == "mới")
        gate.open()
        #expect(try await busy == "khác")
        // The maker that ended counts no more.
        #expect(try await cache.fragment("a", revision: [3]) { "mới nữa" } == "mới nữa")
    }

    @Test
    func `what held longer ago than the moment is made, however busy the makers are`() async throws {
        let cache = FragmentCache(capacity: 10, makers: 1, longestLag: .zero)
        let gate = Gate()
        _ = try await cache.fragment("a", revision: [1]) { "cũ" }
        async let busy = cache.fragment("b", revision: [2]) { await gate.make("khác") }
        await gate.waitUntil(1)
        #expect(try await cache.fragment("a", revision: [2]) { "mới" } == "mới")
        gate.open()
        _ = try await busy
    }

    @Test
    func `a part within a page is as current as the page`() async throws {
        let cache = FragmentCache(capacity: 10, makers: 1, longestLag: .seconds(3_600))
        _ = try await cache.fragment("phần", revision: [1]) { "cũ" }
        let page = try await cache.fragment("trang", revision: [2]) {
            try await cache.fragment("phần", revision: [2]) { "mới" }
        }
        #expect(page == "mới")
    }

    @Test
    func `a failure is its asker's own: those who wait make the page themselves`() async throws {
        struct Failed: Error {}
        let cache = FragmentCache(capacity: 10)
        let gate = Gate()
        async let first = cache.fragment("a", revision: [1]) {
            _ = await gate.make("")
            throw Failed()
        }
        await gate.waitUntil(1)
        async let second = cache.fragment("a", revision: [1]) { "được" }
        gate.open()
        do {
            _ = try await first
            Issue.record("the page was made")
        } catch is Failed {}
        #expect(try await second == "được")
    }
}
