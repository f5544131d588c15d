import Testing

@testable import Components

struct HTMLTextTests {
    @Test(arguments: [
        ("Phường An Biên", "Phường An Biên"), ("", ""), ("<b>&\"'</b>", "&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;"),
        ("Trần ‘Thị’ <&> 😀", "Trần ‘Thị’ &lt;&amp;&gt; 😀"), ("e\u{301}<\u{301}", "e\u{301}&lt;\u{301}"),
    ])
    func `the five characters that mean something in HTML are replaced, whatever follows them`(
        text: String, html: String
    ) {
        #expect(HTMLText().escapeText(text) == html)
    }

    @Test
    func `every template is escaped, those used within others too`() throws {
        let html = try PageRenderer(folders: []).render(
            MessagePage(heading: "<h>", message: "<t>", details: ["<d>"]))
        #expect(html.contains("&lt;h&gt;") && html.contains("&lt;t&gt;") && html.contains("&lt;d&gt;"))
        #expect(!html.contains("<h>") && !html.contains("<t>") && !html.contains("<d>"))
    }
}
