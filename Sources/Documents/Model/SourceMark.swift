import Kernel

/// Marks in a document's texts that lead to the entries of its list of sources: `1.177.531⟦12⟧` in a paragraph, `⟦=12⟧` where
/// the entry of that number stands. In Word a mark is a small raised number that jumps to the entry's bookmark; on screen a
/// link; in workbooks it is left out.
public enum SourceMark {
    public enum Piece: Sendable, Equatable {
        case text(String)
        /// Leads to the entry of a number.
        case reference(Int)
        /// Is the entry of a number.
        case entry(Int)
    }

    private static let begin: Character = "⟦"
    private static let end: Character = "⟧"

    public static func reference(_ number: Int) -> String { "\(begin)\(number)\(end)" }
    public static func entry(_ number: Int) -> String { "\(begin)=\(number)\(end)" }

    /// A text parted at its marks; what only looks like one stays text.
    public static func pieces(of text: String) -> [Piece] {
        guard text.contains(begin) else { return text.isEmpty ? [] : [.text(text)] }
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: begin) {
            plain += rest[..<open]
            let inner = rest[rest.index(after: open)...]
            if let close = inner.firstIndex(of: end), let mark = mark(inner[..<close]) {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(mark)
                rest = inner[inner.index(after: close)...]
            } else {
                plain.append(begin)
                rest = inner
            }
        }
        plain += rest
        return plain.isEmpty ? pieces : pieces + [.text(plain)]
    }

    private static func mark(_ text: Substring) -> Piece? {
        let digits = text.drop { $0 == "=" }
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits) else { return nil }
        switch text.count - digits.count {
        case 0: return .reference(number)
        case 1: return .entry(number)
        default: return nil
        }
    }

    /// A text without references; an entry is its number.
    public static func plain(_ text: String) -> String {
        guard text.contains(begin) else { return text }
        return pieces(of: text).map { piece in
            switch piece {
            case .text(let text): text
            case .reference: ""
            case .entry(let number): "\(number)"
            }
        }.joined()
    }
}

extension DocumentData {
    /// The same without references, for a paper whose list of sources is left out.
    public func withoutSourceMarks() -> DocumentData {
        var data = self
        data.fields = fields.mapValues(SourceMark.plain)
        for (name, table) in tables {
            data.tables[name]?.rows = table.rows.map { row in
                row.map { value in if case .text(let text) = value { .text(SourceMark.plain(text)) } else { value } }
            }
        }
        return data
    }
}
