import Crypto

/// The shared secret of time-based one-time passwords: RFC 6238 with its defaults, which are the only ones that every
/// authenticator application knows: HMAC-SHA-1, 6 digits, steps of 30 seconds from 1970-01-01T00:00:00Z.
///
/// Its textual descriptions hide the secret, so that it cannot slip into a log.
public struct OneTimePasswordSecret: Sendable, Equatable {
    /// Bytes of a secret: the length of an HMAC-SHA-1 value, as RFC 4226 section 4 (R6) recommends.
    public static let byteCount = 20
    /// Seconds in which a code stays the same.
    public static let stepSeconds: Int64 = 30
    /// Decimal digits of a code.
    public static let digits = 6

    private let bytes: [UInt8]

    /// A new secret from `generator`, which must be fit for keys outside tests.
    public init(random generator: inout some RandomNumberGenerator) {
        bytes = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// A new secret from the operating system's generator.
    public static func random() -> OneTimePasswordSecret {
        var generator = SystemRandomNumberGenerator()
        return OneTimePasswordSecret(random: &generator)
    }

    /// The secret with these bytes; `nil` unless there are ``byteCount``.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Reads what ``base32`` gives, also in lower case, in groups set apart by spaces, and with `=` at the end.
    ///
    /// - Returns: `nil` for any other character and unless the text stands for ``byteCount`` bytes.
    public init?(base32 text: String) {
        guard let bytes = Base32.decoded(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// 32 characters of RFC 4648 section 6 (`A`–`Z`, `2`–`7`), for a person who cannot scan the QR code.
    public var base32: String { Base32.encoded(bytes) }

    /// The `otpauth://totp/issuer:account?…` address that authenticator applications read from a QR code, as Google
    /// Authenticator's "Key URI Format" describes it; everything but unreserved characters (RFC 3986 section 2.3) is
    /// percent-encoded. It contains the secret.
    public func provisioningURI(issuer: String, account: String) -> String {
        let (issuer, account) = (Self.percentEncoded(issuer), Self.percentEncoded(account))
        return "otpauth://totp/\(issuer):\(account)?secret=\(base32)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.stepSeconds)"
    }

    /// The step in which a moment lies: whole ``stepSeconds`` since the epoch (RFC 6238 section 4.2), rounded down.
    public static func step(at secondsSinceEpoch: Int64) -> Int64 {
        let (quotient, remainder) = secondsSinceEpoch.quotientAndRemainder(dividingBy: stepSeconds)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The code of one step: ``digits`` decimal digits, zeros in front kept (RFC 4226 section 5.3).
    public func code(atStep step: Int64) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let key = SymmetricKey(data: bytes)
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: key))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// Checks a code that a person typed; the caller keeps the returned step as the next `lastUsedStep`, in the same
    /// transaction as the login, so that a code opens one login only (RFC 6238 section 5.2).
    ///
    /// The steps before and after the present one are accepted as well, for clocks up to 30 seconds apart and for
    /// slow typing. White space in the code is ignored. How long the check takes does not depend on which digits
    /// are right.
    ///
    /// - Parameters:
    ///   - code: what was typed.
    ///   - secondsSinceEpoch: the present moment.
    ///   - lastUsedStep: the step last accepted for this secret; codes up to and including it are refused.
    /// - Returns: the step whose code it is; `nil` when the code is refused.
    public func acceptedStep(code: String, at secondsSinceEpoch: Int64, lastUsedStep: Int64?) -> Int64? {
        let typed = code.filter { !$0.isWhitespace }.utf8
        guard typed.count == Self.digits else { return nil }
        let present = Self.step(at: secondsSinceEpoch)
        var accepted: Int64?
        for step in present - 1...present + 1 {
            let isEqual = Self.isEqual(typed, self.code(atStep: step).utf8)
            let isUnused = lastUsedStep.map { step > $0 } ?? true
            if isEqual && isUnused { accepted = step }
        }
        return accepted
    }

    /// Compares every byte whatever the bytes before it were; both sides have the same, public length.
    private static func isEqual(_ left: String.UTF8View, _ right: String.UTF8View) -> Bool {
        zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func percentEncoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += byte < 0x10 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }
}

extension OneTimePasswordSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "OneTimePasswordSecret" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// RFC 4648 section 6, without padding: 5 bytes and 8 characters go together.
private enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func encoded(_ bytes: [UInt8]) -> String {
        var characters: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 5 {
                bitCount -= 5
                characters.append(alphabet[Int(bits >> UInt32(bitCount) & 0x1F)])
            }
        }
        if bitCount > 0 {
            characters.append(alphabet[Int(bits << UInt32(5 - bitCount) & 0x1F)])
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// `nil` for a character outside the alphabet, and for one more character than whole bytes need.
    static func decoded(_ text: String) -> [UInt8]? {
        var characters = Array(text.filter { !$0.isWhitespace }.utf8)
        while characters.last == UInt8(ascii: "=") { characters.removeLast() }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for character in characters {
            let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
            guard let value = alphabet.firstIndex(of: isLower ? character - 0x20 : character) else { return nil }
            bits = bits << 5 | UInt32(value)
            bitCount += 5
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        return bitCount < 5 ? bytes : nil
    }
}
