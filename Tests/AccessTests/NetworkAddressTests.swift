import Access
import Testing

@Suite
struct NetworkAddressTests {
    @Test(arguments: [
        ("10.0.0.1", "10.0.0.1"), (" 10.0.0.1 ", "10.0.0.1"), ("10.0.0.1:4711", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"), ("[2001:db8::1]:443", "2001:db8:0:0:0:0:0:1"),
        ("2001:DB8::1", "2001:db8:0:0:0:0:0:1"),
        ("::1", "0:0:0:0:0:0:0:1"),
    ])
    func `an address is read as proxies write it`(text: String, read: String) {
        #expect(NetworkAddress(text)?.description == read)
    }

    @Test(arguments: [
        "", "unknown", "10.0.0", "10.0.0.256", "1.2.3.4.5", "10.0.0.1, 10.0.0.2", "fe80::1%eth0", "a:b:c",
    ])
    func `what is no address is refused`(text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test
    func `tries are counted by IPv4 address and by the network of an IPv6 address`() {
        #expect(NetworkAddress.place(of: "10.0.0.1") == "10.0.0.1")
        #expect(NetworkAddress.place(of: "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64")
        #expect(
            NetworkAddress.place(of: "2001:db8:1:2::1") == NetworkAddress.place(of: "2001:db8:1:2:ffff:ffff:ffff:ffff"))
        #expect(NetworkAddress.place(of: "2001:db8:1:3::1") != NetworkAddress.place(of: "2001:db8:1:2::1"))
        #expect(NetworkAddress.place(of: "bench-1") == "bench-1")
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false), ("172.16.0.0/12", "172.31.9.9", true),
        ("172.16.0.0/12", "172.32.0.1", false),
        ("::1", "::1", true), ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false),
    ])
    func `a range holds its addresses`(range: String, address: String, holds: Bool) throws {
        let range = try #require(NetworkAddress.Range(range))
        #expect(range.contains(try #require(NetworkAddress(address))) == holds)
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "x/8", "10.0.0.0/"])
    func `what is no range is refused`(text: String) {
        #expect(NetworkAddress.Range(text) == nil)
    }

    /// The list's right end is what our proxy saw; its left end is what anybody wrote.
    @Test(arguments: [
        // One proxy on this machine.
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"),
        // A second one before it.
        ("127.0.0.1", "1.1.1.1, 203.0.113.9, 10.1.0.5", "203.0.113.9"),
        // Nobody of ours: what the header says counts for nothing.
        ("203.0.113.9", "1.1.1.1", "203.0.113.9"),
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
        // Nothing usable.
        ("127.0.0.1", "", "127.0.0.1"), ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1, unknown, 10.1.0.5", "10.1.0.5"),
        // Asked by a proxy itself.
        ("127.0.0.1", "10.1.0.5", "10.1.0.5"),
    ])
    func `the caller is the last one that is no proxy of ours`(peer: String, forwarded: String, caller: String) {
        let proxies = ["127.0.0.0/8", "10.1.0.0/24"].compactMap { NetworkAddress.Range($0) }
        #expect(NetworkAddress.caller(peer: peer, forwarded: forwarded, proxies: proxies) == caller)
    }

    @Test
    func `a local socket is trusted to say who asks`() {
        #expect(NetworkAddress.caller(peer: nil, forwarded: "1.1.1.1, 203.0.113.9", proxies: []) == "203.0.113.9")
        #expect(NetworkAddress.caller(peer: nil, forwarded: "", proxies: []) == nil)
    }
}
