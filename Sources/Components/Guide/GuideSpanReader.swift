/// Reads what stands within a line of the guide.
struct GuideSpanReader {
    struct Fault: Error { let reason: String }

    private let characters: [Character]
    private var position = 0

    init(_ text: some StringProtocol) { characters = Array(text) }

    mutating func spans() throws(Fault) -> [GuideSpan] { try spans(until: "") }

    private func isAt(_ mark: String) -> Bool {
        characters[position] == mark.first && characters[position...].starts(with: mark)
    }

    /// - Parameter end: the mark that closes what was begun; empty for the line's end.
    private mutating func spans(until end: String) throws(Fault) -> [GuideSpan] {
        var spans: [GuideSpan] = []
        var text = ""
        func flush() {
            if !text.isEmpty { spans.append(.text(text)) }
            text = ""
        }
        while position < characters.count {
            if !end.isEmpty, isAt(end) {
                position += end.count
                flush()
                return spans
            }
            switch characters[position] {
            case "\\" where position + 1 < characters.count && "\\`*[]<|#-".contains(characters[position + 1]):
                text.append(characters[position + 1])
                position += 2
            case "`":
                flush()
                position += 1
                spans.append(.code(try plain(until: "`")))
            case "*":
                flush()
                let isStrong = isAt("**")
                position += isStrong ? 2 : 1
                let inner = try self.spans(until: isStrong ? "**" : "*")
                spans.append(isStrong ? .strong(inner) : .emphasis(inner))
            case "[":
                flush()
                position += 1
                let inner = try self.spans(until: "]")
                guard isAt("(") else { throw Fault(reason: "“[” without the address of a link; write \\[") }
                position += 1
                spans.append(.link(inner, target: try plain(until: ")")))
            case "!" where isAt("!["): throw Fault(reason: "pictures are not shown")
            case "<" where position + 1 < characters.count && (characters[position + 1].isLetter || isAt("</")):
                throw Fault(reason: "HTML is not taken over; write \\<")
            case let character:
                text.append(character)
                position += 1
            }
        }
        guard end.isEmpty else { throw Fault(reason: "“\(end)” is missing") }
        flush()
        return spans
    }

    private mutating func plain(until end: Character) throws(Fault) -> String {
        guard let close = characters[position...].firstIndex(of: end) else {
            throw Fault(reason: "“\(end)” is missing")
        }
        defer { position = close + 1 }
        return String(characters[position..<close])
    }
}
