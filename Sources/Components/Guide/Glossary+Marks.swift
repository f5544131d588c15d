// A sign behind a heading leads to what the word means, and tells it where it is pointed at or focused.
extension Glossary {
    /// How headings begin in our templates: of a table's column, of a fact, of a part of the page, of a number with its label.
    private static let beginnings: [(open: [UInt8], close: [UInt8])] = [
        ("<th scope=\"col\"", "</th>"), ("<dt>", "</dt>"), ("<h2", "</h2>"), ("<h3", "</h3>"), ("<li", "</li>"),
    ].map { (Array($0.utf8), Array($1.utf8)) }
    private static let item = Array("<li".utf8)
    private static let paper = Array("<section class=\"panel paper".utf8)

    /// Marks the first heading of each word of the glossary on a page.
    ///
    /// It looks at bytes: a page has a hundred thousand of them, and every page passes.
    /// - Parameters:
    ///   - html: the inner HTML of a page, as our templates render it.
    ///   - back: the page, to come back to.
    /// - Returns: the same HTML with the signs; untouched where the page shows a paper, in which words stand as they are signed.
    public func marking(_ html: String, back: String) -> String {
        let bytes = Array(html.utf8)
        var signs: [(at: Int, sign: String)] = []
        var told: Set<String> = []
        for open in bytes.indices where bytes[open] == UInt8(ascii: "<") {
            guard !bytes.has(Self.paper, at: open) else { return html }
            guard let kind = Self.beginnings.first(where: { bytes.has($0.open, at: open) }),
                let begin = bytes.first(of: [UInt8(ascii: ">")], from: open),
                let close = bytes.first(of: kind.close, from: begin),
                let words = Self.words(of: bytes[(begin + 1)..<close], counted: kind.open == Self.item),
                let term = term(String(decoding: words, as: UTF8.self)), told.insert(term.slug).inserted
            else { continue }
            signs.append((close, Self.sign(term, back: back)))
        }
        guard !signs.isEmpty else { return html }
        var marked: [UInt8] = []
        marked.reserveCapacity(bytes.count + signs.count * 500)
        var copied = 0
        for (at, sign) in signs {
            marked += bytes[copied..<at]
            marked += Array(sign.utf8)
            copied = at
        }
        return String(decoding: marked + bytes[copied...], as: UTF8.self)
    }

    /// No heading is as long: what is, holds other things.
    private static let longestHeading = 600

    /// The text of a heading: by itself, in the link that sorts by it, or behind the number that it labels; nil for anything else.
    /// - Parameter counted: only behind a number; the links of a navigation are items too.
    private static func words(of inner: ArraySlice<UInt8>, counted: Bool) -> ArraySlice<UInt8>? {
        let mark = UInt8(ascii: "<")
        guard inner.count < longestHeading else { return nil }
        guard inner.first == mark else { return counted || inner.contains(mark) ? nil : inner }
        let end = Array("</a>".utf8)
        guard inner.starts(with: Array("<a ".utf8)), inner.suffix(end.count).elementsEqual(end),
            let begin = inner.firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        var text = inner[(begin + 1)...].dropLast(end.count)
        if text.first == mark {
            let own = Array(text)
            let number = Array("</b> ".utf8)
            guard own.has(Array("<b>".utf8), at: 0), let label = own.first(of: number, from: 0) else { return nil }
            text = own[(label + number.count)...]
        } else if counted {
            return nil
        }
        return text.contains(mark) ? nil : text
    }

    private static func sign(_ term: Term, back: String) -> String {
        let address = HTMLText().escapeText(Addresses.glossary().with(.back, back).at(term.slug).text)
        let meaning = HTMLText().escapeText(term.meaning)
        let word = HTMLText().escapeText(term.word)
        return
            " <a class=\"term no-print\" href=\"\(address)\" data-meaning=\"\(meaning)\"><span aria-hidden=\"true\">?</span>"
            + "<span class=\"visually-hidden\">“\(word)” nghĩa là: \(meaning)</span></a>"
    }
}

extension Array where Element == UInt8 {
    fileprivate func has(_ bytes: [UInt8], at start: Int) -> Bool {
        guard start + bytes.count <= count else { return false }
        for index in bytes.indices where self[start + index] != bytes[index] { return false }
        return true
    }

    /// Where another run of bytes begins, at a place or behind it.
    fileprivate func first(of bytes: [UInt8], from start: Int) -> Int? {
        guard let head = bytes.first, start + bytes.count <= count else { return nil }
        for place in start...(count - bytes.count) where self[place] == head && has(bytes, at: place) { return place }
        return nil
    }
}
