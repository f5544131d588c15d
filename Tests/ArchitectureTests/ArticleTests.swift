import Foundation
import Testing

/// The articles of the DocC catalogues: their code is code that a test runs.
@Suite
struct ArticleTests {
    static let articles = Repository.files(under: "Sources", endingIn: ".md").filter { $0.contains(".docc/") }

    /// What stands between ```` ```swift ```` and ```` ``` ````, without indentation.
    static func blocks(_ article: String) -> [String] {
        article.components(separatedBy: "```swift\n").dropFirst().compactMap { part in
            part.components(separatedBy: "```").first.map(plain)
        }
    }

    static func plain(_ code: String) -> String {
        code.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    @Test
    func `each library that serves others has a catalogue with a worked article`() {
        for target in ["Allocation", "Forecast", "Legislation", "Linkage"] {
            let pages = Self.articles.filter { $0.hasPrefix("Sources/\(target)/\(target).docc/") }
            #expect(pages.contains("Sources/\(target)/\(target).docc/\(target).md") && pages.count > 1)
        }
    }

    @Test(arguments: articles)
    func `an article's code stands word for word in a test`(article: String) throws {
        let target = String(article.split(separator: "/")[1])
        let blocks = Self.blocks(try Repository.text(article))
        // The overview has none.
        guard !article.hasSuffix("/\(target).md") else { return }
        #expect(!blocks.isEmpty, "a worked article shows code")
        let test = Self.plain(try Repository.text("Tests/\(target)Tests/\(target)ArticleTests.swift"))
        for block in blocks { #expect(test.contains(block), "\(block)") }
    }
}
