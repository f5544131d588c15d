/// Names of firms as they are compared: without the words of their legal form, with trades written out, and branches marked.
enum OrganisationName {
    private enum Meaning: Sendable {
        /// Says nothing of who it is.
        case form
        /// A branch or an office is another firm than its parent, and bears its name.
        case branch
        /// Stands for these words.
        case words([[UInt8]])
    }

    private static let phrases: [(String, Meaning)] =
        [
            "cong ty", "trach nhiem huu han", "mot thanh vien", "hai thanh vien", "hai thanh vien tro len", "co phan",
            "tu nhan", "doanh nghiep", "hop tac xa", "tap doan", "tong cong ty", "ho kinh doanh", "tnhh", "mtv", "tv",
            "cp",
            "ct", "cty", "ctcp", "dn", "dntn", "htx", "hkd", "tct", "va", "co", "ltd", "jsc", "company", "limited",
            "inc",
            "corporation", "joint stock",
        ].map { ($0, .form) }
        + ["chi nhanh", "cn", "van phong dai dien", "vpdd", "branch"].map { ($0, .branch) }
        + [
            ("tm", "thuong mai"), ("dv", "dich vu"), ("tmdv", "thuong mai dich vu"), ("sx", "san xuat"),
            ("xnk", "xuat nhap khau"), ("xd", "xay dung"), ("vt", "van tai"), ("dt", "dau tu"), ("kt", "ky thuat"),
            ("cn", "cong nghiep"), ("pt", "phat trien"), ("tv dv", "tu van dich vu"),
        ].map { ($0.0, .words(words($0.1))) }

    private static func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }

    /// By first word, the longest phrase first.
    private static let byFirst: [UInt64: [(words: [[UInt8]], meaning: Meaning)]] = {
        var byFirst: [UInt64: [(words: [[UInt8]], meaning: Meaning)]] = [:]
        for (phrase, meaning) in phrases {
            let words = words(phrase)
            // The first meaning of a phrase holds: “cn” is a branch.
            let first = key(words[0][...])
            if byFirst[first]?.contains(where: { $0.words == words }) ?? false { continue }
            byFirst[first, default: []].append((words, meaning))
        }
        return byFirst.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    /// The first eight letters of a word as a number; the words of ``phrases`` are told apart by them or compared whole.
    private static func key(_ word: ArraySlice<UInt8>) -> UInt64 { word.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// The folded name without words of form, `cn` behind it for a branch; the whole name when nothing would be left.
    static func core(of text: [UInt8]) -> [UInt8] {
        let parts = text.split(separator: 32)
        var kept: [ArraySlice<UInt8>] = []
        var isBranch = false
        var index = 0
        while index < parts.count {
            let found = byFirst[key(parts[index])]?.first { phrase in
                index + phrase.words.count <= parts.count
                    && zip(phrase.words, parts[index...]).allSatisfy { $0.elementsEqual($1) }
            }
            guard let found else {
                kept.append(parts[index])
                index += 1
                continue
            }
            index += found.words.count
            switch found.meaning {
            case .form: break
            case .branch: isBranch = true
            case .words(let words): kept += words.map { $0[...] }
            }
        }
        guard !kept.isEmpty else { return text }
        if isBranch { kept.append(Array("cn".utf8)[...]) }
        return Array(kept.joined(separator: [32]))
    }
}

/// Names of people as they are compared.
enum PersonName {
    /// Whether ``core(of:isWhole:)`` would change a folded name; most it would not.
    static func needsChange(_ text: [UInt8], isWhole: Bool) -> Bool {
        if isWhole, titles.prefix(2).contains(where: { text.starts(with: $0) }) { return true }
        var start = 0
        for index in 0...text.count where index == text.count || text[index] == 32 {
            if index > start, index - start <= 3, text[index - 1] == i { return true }
            start = index + 1
        }
        return false
    }

    /// Without a title before it or a nickname behind it, and with `y` for the `i` that may stand in its place: `Lí` is `Lý`,
    /// `Mĩ` is `Mỹ`, but `Thúi` is not `Thúy`.
    ///
    /// - Parameter isWhole: whether the value is a full name; parts bear no title.
    static func core(of text: [UInt8], isWhole: Bool) -> [UInt8] {
        var words = text.split(separator: 32)
        if isWhole, words.count > 3, let first = words.first, titles.contains(where: { $0.elementsEqual(first) }) {
            words.removeFirst()
        }
        var changed = false
        var result: [[UInt8]] = []
        for word in words {
            let plain = word.filter { $0 < 0x80 }
            if plain.last == i, vowelled.contains(where: { $0.elementsEqual(plain.dropLast()) }) {
                changed = true
                result.append(word.map { $0 == i ? y : $0 })
            } else {
                result.append(Array(word))
            }
        }
        if !changed, words.count == text.count(where: { $0 == 32 }) + 1 { return text }
        return Array(result.joined(separator: [32]))
    }

    private static let (i, y) = (UInt8(ascii: "i"), UInt8(ascii: "y"))
    /// `ông` and `bà` with and without their tones, as ``FoldTable`` writes them.
    private static let titles: [[UInt8]] = [
        Array("ong".utf8), Array("ba".utf8), [0x6F, 0x82, 0x6E, 0x67], [0x62, 0x61, 0x91],
    ]
    /// What may stand before the vowel where i and y are one.
    private static let vowelled: [[UInt8]] = ["", "h", "k", "l", "m", "s", "t", "v", "qu"].map { Array($0.utf8) }
}

/// Names of communes without their kind: `Phường Hồng Bàng`, `P. Hồng Bàng` and `Hồng Bàng` are one.
enum CommuneName {
    private static let kinds: [[String]] = [
        ["xa"], ["phuong"], ["thi", "tran"], ["dac", "khu"], ["p"], ["x"], ["tt"],
    ]
    private static let words: [[[UInt8]]] = kinds.map { $0.map { Array($0.utf8) } }

    static func core(of text: [UInt8]) -> [UInt8] {
        let parts = text.split(separator: 32)
        for kind in words where parts.count > kind.count {
            let isKind = zip(kind, parts).allSatisfy { word, part in
                // Marks stand behind the letters they belong to.
                word.elementsEqual(part.filter { $0 < 0x80 })
            }
            if isKind { return Array(parts.dropFirst(kind.count).joined(separator: [32])) }
        }
        return text
    }
}

/// Several values in one field, parted by semicolons, bars or commas: each becomes one word.
enum ListValue {
    static func read(_ value: UnsafeRawBufferPointer) -> (folded: [UInt8], marked: [UInt8]) {
        var folded: [[UInt8]] = []
        var marked: [[UInt8]] = []
        for item in value.split(whereSeparator: { $0 == 59 || $0 == 124 || $0 == 44 }) {
            var text: [UInt8] = []
            var marks: [UInt8] = []
            FoldTable.shared.read(UnsafeRawBufferPointer(rebasing: item), folded: &text, marked: &marks)
            guard !text.isEmpty else { continue }
            // A space within an item does not part it.
            folded.append(text.map { $0 == 32 ? 95 : $0 })
            marked.append(marks.map { $0 == 32 ? 95 : $0 })
        }
        folded.sort { $0.lexicographicallyPrecedes($1) }
        marked.sort { $0.lexicographicallyPrecedes($1) }
        return (Array(folded.joined(separator: [32])), Array(marked.joined(separator: [32])))
    }
}
