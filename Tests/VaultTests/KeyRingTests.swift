import Foundation
import Testing

@testable import Vault

struct KeyRingTests {
    private static func folder() -> String { NSTemporaryDirectory() + "baophu-vault-\(UUID().uuidString)" }

    @Test
    func `what was sealed for a place opens there and nowhere else`() throws {
        let ring = KeyRing.ephemeral()
        let sealed = try ring.seal(Array("bí mật".utf8), for: "account/1")
        #expect(!sealed.contains("bí mật"))
        #expect(try ring.open(sealed, for: "account/1") == Array("bí mật".utf8))
        #expect(throws: VaultError.damaged(place: "account/2")) { try ring.open(sealed, for: "account/2") }
        #expect(throws: VaultError.damaged(place: "account/1")) { try ring.open(sealed + "A", for: "account/1") }
        #expect(throws: VaultError.damaged(place: "account/1")) { try ring.open("JBSWY3DP", for: "account/1") }
        #expect(try ring.seal([1], for: "a") != ring.seal([1], for: "a"))
    }

    @Test
    func `a key is made at the first start, readable for its owner alone, and used again at the next`() throws {
        let folder = Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/sub/baophu.keys"
        let sealed = try KeyFile.load(path).seal([1, 2, 3], for: "x")
        #expect(try KeyFile.load(path).open(sealed, for: "x") == [1, 2, 3])
        let modes = try [path, folder + "/sub"].map {
            try #require(FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int)
        }
        #expect(modes == [0o600, 0o700])
        #expect(!KeyFile.isOpenToOthers(path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(KeyFile.isOpenToOthers(path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/sub") == ["baophu.keys"])
    }

    @Test
    func `after a turn the new key seals, the old one still opens, and a running server learns the new one`() throws {
        let folder = Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/baophu.keys"
        let running = try KeyFile.load(path)
        let old = try running.seal([7], for: "x")
        let turned = try KeyFile.rotate(path)
        #expect(turned.ids.count == 2 && turned.ids.last == running.ids.first)
        #expect(try turned.open(old, for: "x") == [7])
        #expect(!turned.isSealedByCurrent(old))
        let new = try turned.seal([8], for: "x")
        #expect(turned.isSealedByCurrent(new))
        #expect(try running.open(new, for: "x") == [8])
        #expect(running.ids == turned.ids)
    }

    @Test
    func `another server's secret names the key that is missing`() throws {
        let (one, other) = (KeyRing.ephemeral(), KeyRing.ephemeral())
        let sealed = try one.seal([1], for: "x")
        #expect(throws: VaultError.unknownKey(id: one.ids[0], place: "x")) { try other.open(sealed, for: "x") }
    }

    @Test(arguments: ["", "# nothing\n", "abc\n", String(repeating: "0", count: 62), String(repeating: "g", count: 64)])
    func `a text without a key, or with half a one, is refused`(text: String) {
        #expect(throws: VaultError.self) { try KeyFile.ring(text: text, named: "BAOPHU_KEYS_VALUE") }
    }
}
