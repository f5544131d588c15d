import Kernel

/// Units named in a text by an at sign: “@Sở Nội vụ”, “@An Biên”.
struct Mentions {
    let units: [UnitCode]
    /// The first name behind an at sign that is no unit's; nil where all are.
    let unknown: String?

    /// - Parameter candidates: units with their spellings. The longest spelling that fits counts, with or without accents.
    init(in text: String, among candidates: [(unit: UnitCode, spellings: [String])]) {
        let names = candidates.flatMap { unit, spellings in
            spellings.map { (unit: unit, folded: VietnameseText.fold($0)) }
        }.filter { !$0.folded.isEmpty }.sorted { $0.folded.count > $1.folded.count }
        var (units, unknown): ([UnitCode], String?) = ([], nil)
        var previous: Character = " "
        for index in text.indices {
            let sign = text[index]
            defer { previous = sign }
            // Inside an address of mail it parts two words.
            guard sign == "@", previous.isWhitespace || previous.isPunctuation else { continue }
            let typed = text[text.index(after: index)...].prefix(120)
            guard let first = typed.first, first.isLetter else { continue }
            let folded = VietnameseText.fold(typed)
            let found = names.first { name in
                folded.hasPrefix(name.folded)
                    && !(folded.dropFirst(name.folded.count).first.map { $0.isLetter || $0.isNumber } ?? false)
            }
            if let found {
                if !units.contains(found.unit) { units.append(found.unit) }
            } else if unknown == nil {
                unknown = typed.split(whereSeparator: \.isWhitespace).prefix(4).joined(separator: " ")
            }
        }
        self.units = units
        self.unknown = unknown
    }
}
