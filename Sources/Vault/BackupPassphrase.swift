/// What a backup may be sealed with, where it is a passphrase: somebody who has the file tries as many as they like, for years.
public enum BackupPassphrase {
    /// Characters.
    public static let shortest = 16
    /// Different ones among them.
    private static let fewestDifferent = 8

    /// Why nothing is sealed with a passphrase, in English; nil for a good one. Files sealed with any still open.
    public static func problem(_ text: String) -> String? {
        if text.count < shortest { return "has \(characters(text.count)), at least \(shortest) are needed" }
        let different = Set(text.lowercased().filter { !$0.isWhitespace }).count
        guard different < fewestDifferent else { return nil }
        return "repeats \(characters(different)), at least \(fewestDifferent) different ones are needed"
    }

    private static func characters(_ count: Int) -> String { count == 1 ? "1 character" : "\(count) characters" }

    /// 25 letters and digits in groups of five, of 31 that are not taken for one another: 123 bits.
    public static func generated() -> String {
        var random = SystemRandomNumberGenerator()
        let signs = Array("abcdefghjkmnpqrstuvwxyz23456789".utf8)
        let groups = (0..<5).map { _ in
            String(decoding: (0..<5).map { _ in signs[Int.random(in: signs.indices, using: &random)] }, as: UTF8.self)
        }
        return groups.joined(separator: "-")
    }

    /// Writes a generated one into a new file that only its owner may read.
    public static func write(to path: String) throws(VaultError) {
        try PrivateFile.write(Array((generated() + "\n").utf8), to: path, replacing: false)
    }
}
