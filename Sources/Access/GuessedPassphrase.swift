import Kernel
public import Vault

extension BackupPassphrase {
    /// Why nothing is sealed with a passphrase, in English: what ``problem(_:)`` finds, and what is guessed first, as
    /// passwords are; nil for a good one.
    /// - Parameter own: words and names that stand around the system.
    /// - Throws: when the list of guessed passwords is missing from the installation.
    public static func problem(_ text: String, guessedBy own: [String]) throws -> String? {
        if let problem = problem(text) { return problem }
        let piece = PasswordRules.unrepeated(VietnameseText.fold(text).filter { $0.isLetter || $0.isNumber })
        let weakness = try PasswordRules(shortest: shortest).weakness(of: text, own: own)
        return switch weakness {
        case .digits: "has next to nothing but digits"
        case .run: "repeats a few characters or follows a row of keys"
        case .familiar: "is a word or name that is guessed first, made longer"
        case nil where piece.count < shortest && piece.count * 2 <= text.count: "repeats one piece"
        case nil: nil
        }
    }
}
