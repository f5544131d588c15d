import Testing
import Vault

@testable import Access

struct GuessedPassphraseTests {
    @Test(arguments: [
        ("1234567890123456", "digits"), ("qwertyuiopasdfghjkl", "row of keys"), ("HaiPhong2026HaiPhong", "guessed"),
        ("password-2026-password", "guessed"), ("Bao Phủ sao lưu 2026", "guessed"),
        ("vịt què ngó trăng vịt què ngó trăng", "one piece"), ("1", "has 1 character,"),
    ])
    func `a backup is not sealed with what is guessed first`(passphrase: String, told: String) throws {
        let problem = try BackupPassphrase.problem(passphrase, guessedBy: ["Bao Phủ", "sao lưu"])
        #expect(try #require(problem).contains(told), "\(passphrase)")
    }

    @Test
    func `a sentence of one's own and what is generated seal it`() throws {
        #expect(try BackupPassphrase.problem("bốn con cò bay lả", guessedBy: []) == nil)
        for _ in 0..<50 { #expect(try BackupPassphrase.problem(BackupPassphrase.generated(), guessedBy: []) == nil) }
    }
}
