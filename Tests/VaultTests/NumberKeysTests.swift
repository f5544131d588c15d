import Foundation
import Testing

@testable import Vault

struct NumberKeysTests {
    @Test
    func `a number opens where it was sealed and nowhere else`() throws {
        let keys = NumberKeys.ephemeral()
        let number = Array("031094001234".utf8)
        let sealed = try keys.current().seal(number, for: "record.numbers/7/1")
        #expect(try keys.open(sealed, for: "record.numbers/7/1") == number)
        #expect(throws: VaultError.damaged(place: "record.numbers/7/2")) {
            try keys.open(sealed, for: "record.numbers/7/2")
        }
        #expect(throws: VaultError.damaged(place: "record.phones/7/1")) {
            try keys.open(sealed, for: "record.phones/7/1")
        }
        var changed = sealed.bytes
        changed[20] ^= 1
        let other = try #require(SealedText(changed))
        #expect(throws: VaultError.damaged(place: "record.numbers/7/1")) {
            try keys.open(other, for: "record.numbers/7/1")
        }
        #expect(!String(decoding: sealed.bytes, as: UTF8.self).contains("031094001234"))
    }

    @Test
    func `the same number is sealed differently each time, under the name of its key`() throws {
        let keys = NumberKeys.ephemeral()
        let first = try keys.current().seal([1, 2, 3], for: "a")
        #expect(try keys.current().seal([1, 2, 3], for: "a") != first)
        #expect(first.key == keys.ids.first)
        #expect(first.bytes.count == 4 + 12 + 3 + 16)
        #expect(SealedText(Array(first.bytes.prefix(31))) == nil)
    }

    @Test
    func `equal numbers of one kind have one blind index; other kinds, other keys, other numbers have another`() throws
    {
        let (keys, others) = (NumberKeys.ephemeral(), NumberKeys.ephemeral())
        let index = try keys.current().blindIndex(of: "031094001234", kind: "personal")
        #expect(try keys.current().blindIndex(of: "031094001234", kind: "personal") == index)
        #expect(index.count == NumberKey.indexBytes)
        #expect(try keys.current().blindIndex(of: "031094001235", kind: "personal") != index)
        #expect(try keys.current().blindIndex(of: "031094001234", kind: "tax") != index)
        #expect(try others.current().blindIndex(of: "031094001234", kind: "personal") != index)
    }

    @Test
    func `after a turn both keys open and find, and a running server learns the new one`() throws {
        let folder = NSTemporaryDirectory() + "baophu-numbers-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/baophu.numbers.keys"
        let running = NumberKeys(try KeyFile.load(path, for: .numbers))
        let old = try running.current()
        let sealed = try old.seal([7], for: "x")
        let turned = NumberKeys(try KeyFile.rotate(path, for: .numbers))
        #expect(turned.ids.count == 2 && turned.ids.last == old.id)
        #expect(try turned.open(sealed, for: "x") == [7])
        #expect(turned.all().last?.blindIndex(of: "1", kind: "k") == old.blindIndex(of: "1", kind: "k"))
        let new = try turned.current().seal([8], for: "x")
        #expect(try running.open(new, for: "x") == [8])
        #expect(try running.current().id == turned.ids.first)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("register"))
    }

    @Test
    func `another server's number names the key that is missing`() throws {
        let (one, other) = (NumberKeys.ephemeral(), NumberKeys.ephemeral())
        let sealed = try one.current().seal([1], for: "x")
        #expect(throws: VaultError.unknownKey(id: one.ids[0], place: "x")) { try other.open(sealed, for: "x") }
    }
}
