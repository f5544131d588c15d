import Access
import Testing

@Suite
struct PasswordHasherTests {
    static let hasher = PasswordHasher(cost: 4)

    @Test
    func `a password is verified against its own hash`() async throws {
        for password in ["con mèo ngồi trên mái", "", "🐈‍⬛", String(repeating: "x", count: 1_000)] {
            let stored = try await Self.hasher.hash(password)
            #expect(try await Self.hasher.verify(password, against: stored))
        }
    }

    /// One keyboard sends “ế” as one sign, another as three.
    @Test
    func `a password is the same however its marks are composed`() async throws {
        let (composed, apart) = ("t\u{1EBF}t", "te\u{302}\u{301}t")
        for typed in [composed, apart] {
            let stored = try await Self.hasher.hash(typed)
            for again in [composed, apart] { #expect(try await Self.hasher.verify(again, against: stored)) }
        }
    }

    /// As releases before 0.6 hashed it: what was typed, marks apart.
    @Test
    func `a hash of marks apart is still verified by who types them so`() async throws {
        let stored = "scrypt$4$8$1$AAAAAAAAAAAAAAAAAAAAAA==$RIfRyCxRlmouxlJ2+OsfY1MjzP7AisUxARhkbMkWoY0="
        #expect(try await Self.hasher.verify("te\u{302}\u{301}t", against: stored))
        #expect(try await Self.hasher.verify("t\u{1EBF}t", against: stored) == false)
    }

    @Test
    func `any other password is refused`() async throws {
        let stored = try await Self.hasher.hash("con mèo")
        for wrong in ["", "con mèo ", "Con mèo", "con meo", "con mèo\0", stored] {
            #expect(try await Self.hasher.verify(wrong, against: stored) == false)
        }
    }

    @Test
    func `without a stored hash nothing is right`() async throws {
        let stored = try await Self.hasher.hash("con mèo")
        for broken in [
            nil, "", "con mèo", "scrypt$4$8$1$$", "bcrypt" + stored.dropFirst(6), String(stored.dropLast(8)),
            stored + "$x", stored.replacingFirst("$8$1$", with: "$8$2$"),
        ] {
            #expect(try await Self.hasher.verify("con mèo", against: broken) == false)
            #expect(try await Self.hasher.verify("", against: broken) == false)
        }
    }

    @Test
    func `the same password is hashed with another salt each time`() async throws {
        var seen: Set<String> = []
        for _ in 0..<20 { seen.insert(try await Self.hasher.hash("con mèo")) }
        #expect(seen.count == 20)
        #expect(seen.allSatisfy { $0.hasPrefix("scrypt$4$8$1$") && !$0.contains("mèo") })
        #expect(Set(seen.map { String($0.split(separator: "$")[4]) }).count == 20)
    }

    @Test
    func `the cost stored beside the hash counts, not that of the program`() async throws {
        let cheap = try await PasswordHasher(cost: 2).hash("con mèo")
        let dear = try await PasswordHasher(cost: 6).hash("con mèo")
        for hasher in [PasswordHasher(cost: 2), PasswordHasher(cost: 6), Self.hasher] {
            #expect(try await hasher.verify("con mèo", against: cheap))
            #expect(try await hasher.verify("con mèo", against: dear))
        }
        let relabelled = cheap.replacingFirst("scrypt$2$", with: "scrypt$3$")
        #expect(try await Self.hasher.verify("con mèo", against: relabelled) == false)
    }

    /// RFC 7914 section 12, second vector (N = 1024, r = 8, p = 16), cut to 32 bytes: the lanes stand beside the hash too.
    @Test
    func `the vector of RFC 7914 with sixteen lanes is verified`() async throws {
        let right = "scrypt$10$8$16$TmFDbA==$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI="
        #expect(try await Self.hasher.verify("password", against: right))
        let relabelled = right.replacingFirst("$8$16$", with: "$8$15$")
        #expect(try await Self.hasher.verify("password", against: relabelled) == false)
    }

    @Test(arguments: [(12, 1), (13, 10), (15, 3)])
    func `less memory goes with more lanes`(cost: Int, lanes: Int) async throws {
        let stored = try await PasswordHasher(cost: cost).hash("con mèo")
        #expect(stored.hasPrefix("scrypt$\(cost)$8$\(lanes)$"))
    }

    @Test(arguments: [
        "scrypt$30$8$1$", "scrypt$19$8$1$", "scrypt$4$8$17$", "scrypt$4$8$0$", "scrypt$-1$8$1$", "scrypt$0$8$1$",
    ])
    func `a stored hash asks for no more than there is`(head: String) async throws {
        #expect(try await Self.hasher.verify("x", against: head + "AAAA$AAAA") == false)
    }

    /// RFC 7914 section 12, third vector (N = 16384, r = 8, p = 1), cut to 32 bytes.
    @Test
    func `the vector of RFC 7914 is verified`() async throws {
        let stored = "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI="
        #expect(try await Self.hasher.verify("pleaseletmein", against: stored))
        #expect(try await Self.hasher.verify("pleaseletmeout", against: stored) == false)
    }

    @Test
    func `a secret token is long, fit for an address and never the same`() {
        let tokens = (0..<100).map { _ in SecretToken.make() }
        #expect(Set(tokens).count == 100)
        for token in tokens {
            #expect(token.utf8.count == 43)
            #expect(token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        }
    }

    @Test
    func `what is stored of a token is its SHA-256`() {
        #expect(
            SecretToken.hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(SecretToken.formToken(session: "a") != SecretToken.formToken(session: "b"))
        #expect(SecretToken.formToken(session: "abc") != SecretToken.hash("abc"))
        #expect(SecretToken.matches("abc", "abc"))
        #expect(!SecretToken.matches("abc", "abd"))
        #expect(!SecretToken.matches("abc", "abcd"))
        #expect(!SecretToken.matches("", "a"))
    }
}

extension String {
    fileprivate func replacingFirst(_ part: String, with other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return replacingSubrange(range, with: other)
    }

    fileprivate func replacingSubrange(_ range: Range<Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
