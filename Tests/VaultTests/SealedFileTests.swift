import Foundation
import Testing

@testable import Vault

struct SealedFileTests {
    /// A folder that goes with the test.
    private final class Folder {
        let path = NSTemporaryDirectory() + "baophu-sealed-\(UUID().uuidString)"
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ bytes: [UInt8], _ name: String) throws -> String {
            let file = path + "/" + name
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            return file
        }

        func read(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
        }
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    @Test(arguments: [
        ("1", "has 1 character,"), ("", "has 0"), ("mật khẩu dài 15", "has 15"),
        ("1111111111111111", "repeats 1 character,"),
        ("abc abc abc abc abc abc", "repeats 3"), ("ABABABABabababab", "repeats 2"),
    ])
    func `a short or a monotonous passphrase seals no backup`(passphrase: String, told: String) throws {
        #expect(try #require(BackupPassphrase.problem(passphrase)).contains(told))
    }

    @Test
    func `sixteen characters do, and a generated passphrase is never the same`() {
        #expect(BackupPassphrase.problem("bốn con cò bay lả") == nil)
        let made = (0..<50).map { _ in BackupPassphrase.generated() }
        #expect(Set(made).count == 50 && made.allSatisfy { BackupPassphrase.problem($0) == nil })
        #expect(made.allSatisfy { $0.split(separator: "-").map(\.count) == [5, 5, 5, 5, 5] })
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
    func `a file of any length comes back as it was, with either lock`(count: Int) throws {
        let folder = try Folder()
        let plain = Self.bytes(count)
        let source = try folder.write(plain, "a")
        let identity = BackupIdentity()
        try SealedFile.seal(source, to: folder.path + "/p", for: .passphrase("mật khẩu dài"), cost: 4)
        try SealedFile.seal(source, to: folder.path + "/r", for: .recipient(identity.recipient))
        try SealedFile.open(folder.path + "/p", to: folder.path + "/p2", with: .passphrase("mật khẩu dài"))
        try SealedFile.open(folder.path + "/r", to: folder.path + "/r2", with: .identity(identity))
        #expect(try folder.read("p2") == plain)
        #expect(try folder.read("r2") == plain)
        #expect(SealedFile.isSealed(folder.path + "/p") && !SealedFile.isSealed(source))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/p")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test
    func `another passphrase or identity opens nothing and leaves nothing`() throws {
        let folder = try Folder()
        let source = try folder.write(Self.bytes(100), "a")
        let (sealed, made) = (folder.path + "/s", folder.path + "/out")
        try SealedFile.seal(source, to: sealed, for: .passphrase("một"), cost: 4)
        #expect(throws: VaultError.wrongSecret(path: sealed)) {
            try SealedFile.open(sealed, to: made, with: .passphrase("hai"))
        }
        #expect(throws: VaultError.self) { try SealedFile.open(sealed, to: made, with: .identity(BackupIdentity())) }
        let other = folder.path + "/r"
        try SealedFile.seal(source, to: other, for: .recipient(BackupIdentity().recipient))
        #expect(throws: VaultError.wrongSecret(path: other)) {
            try SealedFile.open(other, to: made, with: .identity(BackupIdentity()))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a", "r", "s"])
    }

    @Test
    func `a file that is cut, lengthened, changed or put together otherwise does not open`() throws {
        let folder = try Folder()
        let source = try folder.write(Self.bytes(150_000), "a")
        let sealed = folder.path + "/s"
        try SealedFile.seal(source, to: sealed, for: .passphrase("một"), cost: 4)
        let bytes = try folder.read("s")
        let header = 8 + 1 + 17 + 7
        let part = SealedFile.partBytes + 16
        var swapped = Array(bytes[..<header])
        swapped += bytes[(header + part)..<(header + 2 * part)] + bytes[header..<(header + part)]
        swapped += bytes[(header + 2 * part)...]
        var changed = bytes
        changed[header + part + 5] ^= 1
        var otherCost = bytes
        otherCost[9] = 5
        let forged = [
            Array(bytes.dropLast()), Array(bytes[..<(header + part)]), Array(bytes[..<(header + 2 * part)]),
            bytes + [0], swapped, changed, otherCost, Array(bytes[..<header]), Array(bytes[..<4]), [],
        ]
        for (index, bytes) in forged.enumerated() {
            let file = try folder.write(bytes, "f\(index)")
            #expect(throws: VaultError.self, "\(index)") {
                try SealedFile.open(file, to: folder.path + "/out", with: .passphrase("một"))
            }
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    }

    @Test
    func `no file is overwritten`() throws {
        let folder = try Folder()
        let source = try folder.write([1], "a")
        let there = try folder.write([2], "b")
        #expect(throws: VaultError.self) { try SealedFile.seal(source, to: there, for: .passphrase("x"), cost: 4) }
        #expect(try folder.read("b") == [2])
    }

    @Test
    func `identities and recipients are read as they are written, and a slip is noticed`() throws {
        let identity = BackupIdentity()
        #expect(BackupIdentity(identity.text)?.text == identity.text)
        #expect(BackupRecipient(" " + identity.recipient.text + "\n")?.text == identity.recipient.text)
        #expect(BackupRecipient(identity.text) == nil)
        for index in identity.recipient.text.indices.dropFirst(5) {
            var slip = identity.recipient.text
            slip.replaceSubrange(index...index, with: slip[index] == "0" ? "1" : "0")
            #expect(BackupRecipient(slip) == nil)
        }
        #expect(BackupRecipient("") == nil && BackupIdentity("BPI1-") == nil)
    }
}
