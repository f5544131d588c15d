extension VietnameseText {
    /// A text as it is kept: precomposed letters, `đ` and Latin letters in place of those of other alphabets that look the
    /// same, no marks that take no room, white space runs as one space, trimmed.
    public static func unified(_ text: some StringProtocol) -> String {
        let tidied = tidy(text)
        guard !isUnified(tidied) else { return tidied }
        let latin = latin(tidied)
        var result = String.UnicodeScalarView()
        var marks: [Unicode.Scalar] = []
        var base: Unicode.Scalar?
        func end() {
            guard let letter = base else { return }
            if marks.isEmpty {
                result.append(letter)
            } else if let whole = composed[Spelling(letter, marks)] {
                result.append(whole)
            } else {
                result.append(letter)
                result.append(contentsOf: marks)
            }
        }
        for scalar in latin.unicodeScalars {
            if base != nil, isMark(scalar) {
                marks.append(scalar)
            } else if isInvisible(scalar) {
                continue
            } else {
                end()
                let plain = lookalikes[scalar] ?? scalar
                // A tone may follow a letter that already has its hat: `â` and a mark for `ấ`.
                let parts = decompositions[plain] ?? [plain]
                (base, marks) = (parts[0], Array(parts.dropFirst()))
            }
        }
        end()
        return String(result)
    }

    /// Whether a text holds nothing but ASCII and precomposed letters of Latin: nearly every cell does.
    private static func isUnified(_ text: String) -> Bool {
        var before: UInt8 = 0
        for byte in text.utf8 {
            switch (before, byte) {
            // `Ð` and `ð`, and `Ɖ`.
            case (0xC3, 0x90), (0xC3, 0xB0), (0xC6, 0x89): return false
            case (0xE1, 0xBA), (0xE1, 0xBB): break
            case (0xE1, _): return false
            case (_, 0...0x7F), (_, 0x80...0xBF), (_, 0xC3...0xC6), (_, 0xE1): break
            default: return false
            }
            before = byte
        }
        return true
    }

    /// The marks of Vietnamese: five tones, hat, breve and horn.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323: true
        default: false
        }
    }

    /// A letter and its marks, in whatever order they were typed.
    private struct Spelling: Hashable {
        let base: Unicode.Scalar
        let marks: [Unicode.Scalar]

        init(_ base: Unicode.Scalar, _ marks: [Unicode.Scalar]) {
            self.base = base
            self.marks = marks.count < 2 ? marks : marks.sorted()
        }
    }

    private static let composed: [Spelling: Unicode.Scalar] = {
        var table: [Spelling: Unicode.Scalar] = [:]
        for (letter, parts) in decompositions { table[Spelling(parts[0], Array(parts.dropFirst()))] = letter }
        return table
    }()
}
