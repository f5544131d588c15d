import Components
import Testing

/// Reading the guide's Markdown, and marking its words on pages.
@Suite
struct GuideTextTests {
    static func book(_ text: String, name: String = "a") throws -> (GuideBook, GuideBook.Chapter) {
        let chapter = try GuideBook.chapter(name, text)
        return (try GuideBook(chapters: [chapter], glossary: try Glossary(glossary)), chapter)
    }

    static let glossary = """
        # Glossary

        ## Words on screens

        | Từ | Nghĩa |
        |---|---|
        | Kỳ vọng; Mức cần có | số cần có \\<b> |
        | Quá hạn | đã qua thời hạn |
        """

    static func html(_ body: String) throws -> String {
        let (book, chapter) = try book("# A\n\n## Một\n\n\(body)\n")
        return book.html(chapter.sections.first?.blocks ?? [], of: chapter)
    }

    @Test
    func `what the guide uses becomes HTML`() throws {
        #expect(
            try Self.html("Một **hai *ba*** `bốn`\nnăm.")
                == "<p>Một <strong>hai <em>ba</em></strong> <code>bốn</code> năm.</p>")
        #expect(
            try Self.html("- a\n  tiếp\n- b\n  1. c\n  2. d\n\n- e")
                == "<ul><li>a tiếp</li><li>b<ol><li>c</li><li>d</li></ol></li><li>e</li></ul>")
        #expect(try Self.html("1. a\n\n   riêng\n2. b") == "<ol><li>a<p>riêng</p></li><li>b</li></ol>")
        #expect(
            try Self.html("| A | B |\n|---|---|\n| x \\| y | z |")
                == #"<div class="table-wrap"><table class="cards"><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody><tr><th scope="row">x | y</th><td data-label="B">z</td></tr></tbody></table></div>"#
        )
        #expect(try Self.html("> dẫn\n> lời") == "<blockquote><p>dẫn lời</p></blockquote>")
        #expect(try Self.html("    lệnh --a\n\n    b") == "<pre class=\"text-block\">lệnh --a\n\nb</pre>")
        #expect(try Self.html("### Ba") == "<h2>Ba</h2>")
    }

    @Test
    func `links lead within the guide, and nowhere else`() throws {
        let (book, chapter) = try Self.book("# A\n\n## Đến hạn\n\n[x](#đến-hạn) [y](a.md) [z](../b.md#c)\n")
        #expect(
            book.html(chapter.sections.first?.blocks ?? [], of: chapter, back: "/viec")
                == #"<p><a href="/tro-giup/a/den-han?ve=/viec">x</a> <a href="/tro-giup/a?ve=/viec">y</a> z</p>"#)
        #expect(throws: GuideFault.self) { try Self.book("# A\n\n[x](khac.md)\n") }
        #expect(throws: GuideFault.self) { try Self.book("# A\n\n## B\n\n[x](#c)\n") }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "a <img src=x>", "![a](b.png)", "#### Bốn", "**a", "`a", "[a] b", "  thụt",
        "| A | B |\n|---|---|\n| x |", "| A |\n| x |",
    ])
    func `anything else is a fault that names its line`(text: String) throws {
        #expect(throws: GuideFault.self) { try Self.book("# A\n\n\(text)\n") }
    }

    @Test
    func `what a file holds is escaped`() throws {
        #expect(try Self.html("1 < 2 & “\"” \\<b>") == "<p>1 &lt; 2 &amp; “&quot;” &lt;b&gt;</p>")
        #expect(try Self.html("`<b>`") == "<p><code>&lt;b&gt;</code></p>")
    }

    @Test
    func `the first heading of each word is marked, and no paper`() throws {
        let glossary = try Glossary(Self.glossary)
        func marked(_ html: String) -> Int {
            glossary.marking(html, back: "/a").components("class=\"term")
        }
        #expect(marked(#"<th scope="col" class="number">Kỳ vọng</th>"#) == 1)
        #expect(marked(#"<th scope="col"><a href="/a?b=1">Mức cần có</a></th>"#) == 1)
        #expect(marked(#"<li class="alarm"><a href="/a"><b>3</b> Quá hạn</a></li>"#) == 1)
        // A navigation's link is no heading.
        #expect(marked(#"<li><a href="/a">Quá hạn</a></li>"#) == 0)
        #expect(marked("<dt>Quá hạn</dt><dd>1</dd><h2>Quá hạn</h2>") == 1)
        #expect(marked("<h2>Quá hạn</h2><th scope=\"col\">Kỳ vọng</th>") == 2)
        #expect(marked("<p>Quá hạn</p><th scope=\"row\">Kỳ vọng</th><h2>Quá hạn <b>1</b></h2>") == 0)
        #expect(marked("<h2>Kỳ vọng đến nay</h2><h2>Quá han</h2>") == 0)
        #expect(marked(#"<section class="panel paper"><h2>Quá hạn</h2></section>"#) == 0)
        let html = glossary.marking("<h2>Kỳ vọng</h2>", back: "/a?b=c&d")
        #expect(html.contains(#"href="/tro-giup/thuat-ngu?ve=/a%3Fb%3Dc%26d#ky-vong""#))
        #expect(html.contains("số cần có &lt;b&gt;"))
        #expect(html.hasPrefix("<h2>Kỳ vọng ") && html.hasSuffix("</h2>"))
    }

    @Test
    func `a word is explained once`() throws {
        #expect(throws: GuideFault.self) { try Glossary(Self.glossary + "\n| mức cần có | khác |\n") }
        #expect(throws: GuideFault.self) { try Glossary("# Glossary\n") }
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ text: String) -> Int {
        indices.count { self[$0...].hasPrefix(text) }
    }
}
