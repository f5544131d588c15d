import Access
import Testing

@Suite
struct OneTimePasswordTests {
    /// The secret of RFC 6238 appendix B for SHA-1.
    static let bytes = Array("12345678901234567890".utf8)
    static let base32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    static func secret() throws -> OneTimePasswordSecret {
        try #require(OneTimePasswordSecret(bytes: bytes))
    }

    /// Appendix B gives 8 digits; a code of 6 is their end (RFC 4226 section 5.3, the same number modulo 10^6).
    static let vectors: [(time: Int64, code: String)] = [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ]

    @Test(arguments: vectors)
    func `a code of RFC 6238 appendix B is accepted`(time: Int64, code: String) throws {
        let secret = try Self.secret()
        let step = OneTimePasswordSecret.step(at: time)
        #expect(secret.code(atStep: step) == code)
        #expect(secret.acceptedStep(code: code, at: time, lastUsedStep: nil) == step)
    }

    @Test(arguments: [(0, 0), (29, 0), (30, 1), (59, 1), (1_111_111_109, 37_037_036), (-1, -1), (-30, -1), (-31, -2)])
    func `a step holds thirty seconds`(time: Int64, step: Int64) {
        #expect(OneTimePasswordSecret.step(at: time) == step)
    }

    @Test
    func `a code is accepted one step early and one step late and no further`() throws {
        let secret = try Self.secret()
        let step = OneTimePasswordSecret.step(at: 1_234_567_890)
        let code = secret.code(atStep: step)
        let accepted = (-3...3).filter { distance in
            secret.acceptedStep(code: code, at: 1_234_567_890 + 30 * distance, lastUsedStep: nil) == step
        }
        #expect(accepted == [-1, 0, 1])
    }

    @Test
    func `a code opens one login only`() throws {
        let secret = try Self.secret()
        let now: Int64 = 1_111_111_109
        let used = try #require(secret.acceptedStep(code: "081804", at: now, lastUsedStep: nil))
        #expect(secret.acceptedStep(code: "081804", at: now, lastUsedStep: used) == nil)
        #expect(secret.acceptedStep(code: "081804", at: now + 30, lastUsedStep: used) == nil)
        let earlier = secret.code(atStep: used - 1)
        #expect(secret.acceptedStep(code: earlier, at: now, lastUsedStep: used) == nil)
        #expect(secret.acceptedStep(code: earlier, at: now, lastUsedStep: used - 2) == used - 1)
        let later = secret.code(atStep: used + 1)
        #expect(secret.acceptedStep(code: later, at: now, lastUsedStep: used) == used + 1)
    }

    @Test(arguments: ["081 804", " 081804 ", "0 8 1 8 0 4", "081\u{A0}804", "081804\n"])
    func `white space in a code is ignored`(code: String) throws {
        #expect(try Self.secret().acceptedStep(code: code, at: 1_111_111_109, lastUsedStep: nil) == 37_037_036)
    }

    @Test(arguments: ["", "081805", "181804", "81804", "0818040", "07081804", "08180٤", "O81804"])
    func `any other code is refused`(code: String) throws {
        #expect(try Self.secret().acceptedStep(code: code, at: 1_111_111_109, lastUsedStep: nil) == nil)
    }

    @Test
    func `base32 is that of RFC 4648 and reads back`() throws {
        let secret = try Self.secret()
        #expect(secret.base32 == Self.base32)
        #expect(OneTimePasswordSecret(base32: Self.base32) == secret)
        #expect(OneTimePasswordSecret(base32: "gezd gnbv gy3t qojq gezd gnbv gy3t qojq") == secret)
        #expect(OneTimePasswordSecret(base32: Self.base32 + "====") == secret)
    }

    @Test(arguments: [
        "", "GEZD", base32 + "A", base32 + "AA", String(base32.dropLast(2)), "1" + base32.dropFirst(), "GEZD-" + base32,
    ])
    func `a text that is not twenty bytes of base32 is refused`(text: String) {
        #expect(OneTimePasswordSecret(base32: text) == nil)
    }

    @Test
    func `a random secret reads back from its text and differs from the next`() {
        var seen: Set<String> = []
        for _ in 0..<50 {
            let secret = OneTimePasswordSecret.random()
            #expect(secret.base32.utf8.count == 32)
            #expect(OneTimePasswordSecret(base32: secret.base32) == secret)
            seen.insert(secret.base32)
        }
        #expect(seen.count == 50)
    }

    @Test
    func `the provisioning address is percent-encoded`() throws {
        let uri = try Self.secret().provisioningURI(issuer: "Bảo Phú", account: "hoa+1@example.vn")
        let issuer = "B%E1%BA%A3o%20Ph%C3%BA"
        #expect(
            uri == "otpauth://totp/\(issuer):hoa%2B1%40example.vn?secret=\(Self.base32)&issuer=\(issuer)"
                + "&algorithm=SHA1&digits=6&period=30")
    }

    @Test
    func `a secret does not show in its descriptions`() throws {
        let secret = try Self.secret()
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] {
            #expect(!text.contains(Self.base32) && !text.contains("49") && !text.contains("["))
        }
    }
}
