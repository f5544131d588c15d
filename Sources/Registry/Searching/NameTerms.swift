import Formats
import Kernel

/// A name in 63 bits: what stands for it in the index, so that rows are short. It follows from the name alone, as everything
/// that is derived does; among ten million names two meet by chance at one in a hundred thousand, and then somebody is shown
/// who bears another name.
struct NameHash: Hashable, Comparable, Sendable {
    let number: Int64

    init(number: Int64) { self.number = number }

    /// FNV-1a of the kind and the words as they are said.
    init(_ text: String, of subject: RecordKind.Subject) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        add(subject.searchTag)
        for byte in text.utf8 { add(byte) }
        number = Int64(hash >> 1)
    }

    static func < (left: NameHash, right: NameHash) -> Bool { left.number < right.number }
}

/// What a name is found by: all its words at once, each of them, of persons the name as it is said, and each two of them in both orders, so that two frequent words
/// that seldom stand together (“Quốc Hoa”) are found without going through either's list. A word makes a pair with itself too: the
/// beginning “ho” may be of the “hoa” that was typed whole.
enum NameTerms {
    /// More words than these are not looked at: names of persons have two to five, those of firms up to a dozen.
    static let mostWords = 16
    static let mostPaired = 6

    /// The words of a name without accents, each once, in their order.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        for word in VietnameseText.fold(text).split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        where words.count < mostWords && !words.contains(where: { $0 == word }) {
            words.append(String(word))
        }
        return words
    }

    /// The form that names are kept in: their words as they are said.
    static func spoken(_ text: String) -> String { words(of: text).joined(separator: " ") }

    /// The given name with the surname behind it: how most people are called who are looked for in a hurry.
    static func called(_ words: [String]) -> String {
        guard let first = words.first, let last = words.last else { return "" }
        return words.count > 1 ? "\(last) \(first)" : last + " "
    }

    /// All terms of a name.
    static func all(of text: String, _ subject: RecordKind.Subject) -> [[UInt8]] {
        let words = words(of: text)
        let single = words.map { one($0, subject) } + [whole(words, subject)]
        guard subject == .person else { return single }
        let paired = words.prefix(mostPaired)
        return single + [begun(text)] + paired.flatMap { first in paired.map { pair(first, $0) } }
    }

    /// All words in the order of the alphabet: a whole name is one look away in whatever order it is typed.
    static func whole(_ words: [String], _ subject: RecordKind.Subject) -> [UInt8] {
        [UInt8(ascii: "~"), subject.searchTag] + words.sorted().joined(separator: " ").utf8
    }

    /// A person's name as it is said: those that begin with the same words stand together.
    static func begun(_ spoken: String) -> [UInt8] { [UInt8(ascii: "=")] + spoken.utf8 }

    static func one(_ word: String, _ subject: RecordKind.Subject) -> [UInt8] { [subject.searchTag] + word.utf8 }

    static func pair(_ first: String, _ second: String) -> [UInt8] {
        [UInt8(ascii: "+")] + first.utf8 + [UInt8(ascii: " ")] + second.utf8
    }

    /// The first term behind all that begin with this one. UTF-8 has no byte 0xFF, so there always is one.
    static func end(of term: [UInt8]) -> [UInt8] {
        guard let last = term.last else { return [0xFF] }
        return term.dropLast() + [last + 1]
    }
}

extension RecordKind.Subject {
    fileprivate var searchTag: UInt8 {
        switch self {
        case .person: UInt8(ascii: "p")
        case .employer: UInt8(ascii: "e")
        case .own: UInt8(ascii: "o")
        }
    }
}
