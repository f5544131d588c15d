// A section as HTML: whatever comes from the file is escaped.
extension GuideBook {
    /// - Parameter back: the page that the reader came from, handed on by links within the guide.
    public func html(_ blocks: [GuideBlock], of chapter: Chapter, back: String = "") -> String {
        blocks.map { block in
            switch block {
            // The section's title is the page's.
            case .heading(_, let spans): "<h2>\(html(spans, chapter, back))</h2>"
            case .paragraph(let spans): "<p>\(html(spans, chapter, back))</p>"
            case .quote(let inner): "<blockquote>\(html(inner, of: chapter, back: back))</blockquote>"
            case .code(let text): "<pre class=\"text-block\">\(HTMLText().escapeText(text))</pre>"
            case .list(let isNumbered, let items): list(isNumbered, items, chapter, back)
            case .table(let head, let rows): table(head, rows, chapter, back)
            }
        }.joined(separator: "\n")
    }

    private func list(_ isNumbered: Bool, _ items: [[GuideBlock]], _ chapter: Chapter, _ back: String) -> String {
        let tag = isNumbered ? "ol" : "ul"
        let inner = items.map { item -> String in
            // One paragraph needs no element of its own.
            guard case .paragraph(let spans)? = item.first else {
                return "<li>\(html(item, of: chapter, back: back))</li>"
            }
            return "<li>\(html(spans, chapter, back))\(html(Array(item.dropFirst()), of: chapter, back: back))</li>"
        }
        return "<\(tag)>\(inner.joined())</\(tag)>"
    }

    private func table(
        _ head: [[GuideSpan]], _ rows: [[[GuideSpan]]], _ chapter: Chapter, _ back: String
    ) -> String {
        let headings = head.map { "<th scope=\"col\">\(html($0, chapter, back))</th>" }.joined()
        let body = rows.map { row in
            let cells = zip(row, head).enumerated().map { index, cell in
                let words = html(cell.0, chapter, back)
                return index == 0
                    ? "<th scope=\"row\">\(words)</th>"
                    : "<td data-label=\"\(HTMLText().escapeText(cell.1.words))\">\(words)</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return "<div class=\"table-wrap\"><table class=\"cards\"><thead><tr>\(headings)</tr></thead>"
            + "<tbody>\(body.joined())</tbody></table></div>"
    }

    private func html(_ spans: [GuideSpan], _ chapter: Chapter, _ back: String) -> String {
        spans.map { span in
            switch span {
            case .text(let text): HTMLText().escapeText(text)
            case .strong(let inner): "<strong>\(html(inner, chapter, back))</strong>"
            case .emphasis(let inner): "<em>\(html(inner, chapter, back))</em>"
            case .code(let text): "<code>\(HTMLText().escapeText(text))</code>"
            case .link(let inner, let target):
                link(target, chapter, back).map {
                    "<a href=\"\(HTMLText().escapeText($0))\">\(html(inner, chapter, back))</a>"
                }
                    ?? html(inner, chapter, back)
            }
        }.joined()
    }

    private func link(_ target: String, _ chapter: Chapter, _ back: String) -> String? {
        guard let (other, section) = destination(of: target, from: chapter) else { return nil }
        let address = section.map { Addresses.guideSection(other, $0) } ?? Addresses.guideChapter(other)
        return address.with(.back, back).text
    }
}
