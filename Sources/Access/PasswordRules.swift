import Foundation
import Kernel

/// What a new password must be: long enough, and none of those that are guessed first (NIST SP 800-63B, 5.1.1.2). Nothing is
/// asked of kinds of characters.
struct PasswordRules: Sendable {
    let shortest: Int
    private let guessed: Set<String>

    /// - Throws: when the list is missing from the installation.
    init(shortest: Int) throws {
        self.shortest = shortest
        guessed = try Self.guessed.get()
    }

    private static let guessed = Result {
        guard let file = Bundle.module.url(forResource: "guessed-passwords", withExtension: "txt") else {
            throw PasswordListMissing()
        }
        return Set(
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { $0.first != "#" }
                .map(String.init))
    }

    struct PasswordListMissing: Error, CustomStringConvertible {
        var description: String {
            "guessed-passwords.txt is missing from the resources of the installation: install the program's folder whole"
        }
    }

    /// Why something is guessed first.
    enum Weakness: Sendable {
        /// Next to nothing but digits.
        case digits
        /// A few characters again and again, or a row of keys.
        case run
        /// Words and names that are guessed first, made longer.
        case familiar
    }

    /// Why a password is not taken; nil for a good one.
    /// - Parameter own: what its holder is guessed by: login, name, agency, unit, communes.
    func problem(_ password: String, own: [String]) -> String? {
        if password.count < shortest {
            return "Mật khẩu cần ít nhất \(shortest) ký tự; một câu ngắn dễ nhớ là tốt nhất."
        }
        if password.count > 128 { return "Mật khẩu quá dài (tối đa 128 ký tự)." }
        let advice = "Hãy ghép vài từ không liên quan thành một câu của riêng bạn."
        return switch weakness(of: password, own: own) {
        case nil: nil
        case .digits: "Mật khẩu gần như chỉ có chữ số, như số điện thoại, ngày sinh, số căn cước. \(advice)"
        case .run: "Mật khẩu quá dễ đoán: lặp lại vài ký tự hoặc đi theo dãy phím. \(advice)"
        case .familiar:
            "Mật khẩu quá dễ đoán: là từ quen thuộc, tên người, đơn vị, địa bàn hoặc tên đăng nhập thêm vài ký tự. \(advice)"
        }
    }

    /// Whether something long enough is guessed first all the same; nil for what is not.
    func weakness(of text: String, own: [String]) -> Weakness? {
        let folded = VietnameseText.fold(text)
        if folded.filter({ !$0.isNumber && !$0.isWhitespace }).count < 4 { return .digits }
        if Self.surprises(in: folded) < 5 { return .run }
        let words = Self.ofOffices.union(own.flatMap(Self.parts))
        return Self.cores(of: folded).contains { isFamiliar($0, words) } ? .familiar : nil
    }

    // MARK: What is guessed

    /// What is left of a password when what people add to make it longer is taken off: marks, digits around and within,
    /// signs in place of letters.
    static func cores(of folded: String) -> Set<String> {
        let plain = folded.filter(isPlain)
        let bare = folded.trimming { !$0.isLetter }
        let cores = [
            plain, plain.trimming(\.isNumber), plain.filter(\.isLetter),
            String(bare.compactMap { signs[$0] ?? (isPlain($0) ? $0 : nil) }),
            String(folded.compactMap { signs[$0] ?? (isPlain($0) ? $0 : nil) }),
        ]
        return Set(cores.filter { $0.count >= 4 })
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }

    /// Signs that stand for letters.
    private static let signs: [Character: Character] = [
        "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t", "+": "t", "8": "b",
    ]

    /// A listed word, two of them, the same again and again, or nothing but the holder's own names and one listed word.
    private func isFamiliar(_ core: String, _ own: Set<String>) -> Bool {
        let core = Self.unrepeated(core)
        if core.count < 4 || guessed.contains(core) { return true }
        let letters = Array(core)
        // The fewest listed words with which each beginning is made up; own names cost nothing.
        var fewest = [Int?](repeating: nil, count: letters.count + 1)
        fewest[0] = 0
        for start in letters.indices {
            guard let before = fewest[start], before <= 2 else { continue }
            for end in (start + 2)..<max(start + 3, letters.count + 1) where end <= letters.count {
                let piece = String(letters[start..<end])
                let cost = own.contains(piece) ? 0 : piece.count >= 4 && guessed.contains(piece) ? 1 : nil
                if let cost { fewest[end] = min(fewest[end] ?? .max, before + cost) }
            }
        }
        return fewest[letters.count].map { $0 <= 2 } ?? false
    }

    /// `abcabcabc` → `abc`
    static func unrepeated(_ text: String) -> String {
        let letters = Array(text)
        for length in 1..<max(letters.count / 2 + 1, 1) where letters.count.isMultiple(of: length) {
            if letters.indices.allSatisfy({ letters[$0] == letters[$0 % length] }) { return String(letters[..<length]) }
        }
        return text
    }

    /// What stands around the name of an office or its place, and around a year: guessed with them.
    private static let ofOffices: Set<String> = [
        "bhxh", "bhyt", "dackhu", "dang", "hdnd", "nam", "phuong", "so", "thanhpho", "thitran", "thixa", "thue", "tinh",
        "tp", "ubnd", "xa",
    ]

    /// The parts of a login or name, and all of it.
    private static func parts(of text: String) -> [String] {
        let folded = VietnameseText.fold(text)
        let parts = folded.split { !isPlain($0) }.map(String.init)
        let all = parts + [parts.joined()]
        // `thuongtruc2` is one of several: what they share is guessed too.
        return (all + all.map { $0.trimming(\.isNumber) }).filter { $0.count >= 2 }
    }

    // MARK: Runs

    private static let rows = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz", "2wsx", "3edc",
        "4rfv",
        "5tgb", "6yhn", "7ujm", "8ik", "9ol",
    ]
    private static let neighbours = Set(
        rows.flatMap { row in zip(row, row.dropFirst()).flatMap { ["\($0)\($1)", "\($1)\($0)"] } })

    /// Characters that neither repeat the one before nor stand beside it on the keyboard or in the alphabet.
    static func surprises(in folded: String) -> Int {
        let characters = Array(folded)
        return characters.indices.count { index in
            guard index > 0 else { return true }
            let (before, here) = (characters[index - 1], characters[index])
            return before != here && !neighbours.contains("\(before)\(here)")
        }
    }
}

extension String {
    /// Without the characters at both ends that are of a kind.
    fileprivate func trimming(_ isOff: (Character) -> Bool) -> String {
        let from = drop(while: isOff)
        return String(from.reversed().drop(while: isOff).reversed())
    }
}
