/// A heading or label as words without case, marks and punctuation, for finding phrases in it.
public struct VietnameseWords: Sendable {
    /// `BHXH bắt buộc (người)` → `bhxh bat buoc nguoi`
    public let text: String

    public init(_ raw: String) {
        let folded = VietnameseText.fold(raw)
        if let plain = folded.utf8.withContiguousStorageIfAvailable({ Self.words(of: $0) }) ?? nil {
            text = plain
        } else {
            text = Self.wordsByCharacters(of: folded)
        }
    }

    static func wordsByCharacters(of folded: String) -> String {
        folded.split { !$0.isLetter && !$0.isNumber && $0 != "%" }.joined(separator: " ")
    }

    /// Of a folded text that is ASCII, as nearly every heading is; nil for another.
    private static func words(of utf8: UnsafeBufferPointer<UInt8>) -> String? {
        guard utf8.allSatisfy({ $0 < 128 }) else { return nil }
        return String(unsafeUninitializedCapacity: utf8.count) { room in
            var count = 0
            var pendingSpace = false
            for byte in utf8 {
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "%"):
                    if pendingSpace {
                        room[count] = 32
                        count += 1
                        pendingSpace = false
                    }
                    room[count] = byte
                    count += 1
                default: pendingSpace = count > 0
                }
            }
            return count
        }
    }

    public var isEmpty: Bool { text.isEmpty }

    /// Whether a phrase stands in it, whole words only. The phrase is written folded.
    public func has(_ phrase: String) -> Bool { stands(phrase, atBeginning: false) }

    public func begins(with phrase: String) -> Bool { stands(phrase, atBeginning: true) }

    // Byte by byte: searching by characters costs thirty times as much, and every table asks thousands of times.
    private func stands(_ phrase: String, atBeginning: Bool) -> Bool {
        var (text, phrase) = (text, phrase)
        return text.withUTF8 { text in
            phrase.withUTF8 { phrase in
                guard !phrase.isEmpty else { return text.isEmpty }
                guard text.count >= phrase.count else { return false }
                for start in 0...text.count - phrase.count {
                    let end = start + phrase.count
                    if text[start] == phrase[0], start == 0 || text[start - 1] == 32,
                        end == text.count || text[end] == 32, phrase.elementsEqual(text[start..<end])
                    {
                        return true
                    }
                    if atBeginning { return false }
                }
                return false
            }
        }
    }
}
