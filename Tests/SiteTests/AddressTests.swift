import Access
import Assembly
import Components
import Foundation
import HTTPTypes
import Site
import Testing
import WebDesk

/// Paths are known in one place, and every form's address leads back to its page.
@Suite
struct AddressTests {
    /// Where links and routes are made.
    static let folders = [
        "WebDesk", "WorkPages", "FigurePages", "PaperPages", "AccountPages", "LawPages", "JobPages", "Site", "Portal",
        "Components",
        "baophu",
    ]

    static func sources(_ folder: String, _ ending: String) throws -> [(name: String, text: String)] {
        let root = SiteHarness.repository.appendingPathComponent("Sources").appendingPathComponent(folder)
        return try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(ending) }.map {
            ("\(folder)/\($0)", try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8))
        }
    }

    @Test
    func `no path is written outside the addresses`() throws {
        // Files of this machine, the beginning of a key, and samples look alike.
        let known = [#""\(directory)/upload-"#, #""/baophu-dry-"#, #""/dry.sqlite"#, #""\(code)/"#, #""/dia-chi"#]
        var found: Set<String> = []
        var count = 0
        for (name, text) in try Self.folders.flatMap({ try Self.sources($0, ".swift") }) {
            count += 1
            guard !name.hasPrefix("Components/Addresses/") else { continue }
            for match in HTML.matches(##""(?:\\\([^"]*\))?/(?:[a-z{*][^" ]*|")"##, in: text) {
                let isMarkup = match[0].contains(">")
                // Splitting at a slash is no path.
                guard match[0] != "\"/\"", !isMarkup, !known.contains(where: match[0].hasPrefix) else { continue }
                found.insert("\(name): \(match[0])")
            }
        }
        #expect(count > 90)
        #expect(found.sorted() == [])
    }

    @Test
    func `what is no page speaks of no page's path either`() throws {
        let first = try Self.sources("Components", ".swift").filter { $0.name.contains("/Addresses+") }.flatMap {
            HTML.matches(#"\("/([a-z-]+)[/"]"#, in: $0.text).map { $0[1] }
        }
        #expect(Set(first).isSuperset(of: ["viec", "don-vi", "so-lieu", "van-ban", "api"]))
        let pattern = "\"/(?:\(Set(first).joined(separator: "|")))(?:[/?\"]|\\\\)"
        var found: [String] = []
        let sources = SiteHarness.repository.appendingPathComponent("Sources").path
        // A partner's program runs elsewhere, and knows the interface by its description.
        for folder in try FileManager.default.contentsOfDirectory(atPath: sources) where folder != "Partner" {
            for (name, text) in try Self.sources(folder, ".swift") where !name.hasPrefix("Components/Addresses/") {
                found += HTML.matches(pattern, in: text).map { "\(name): \($0[0])" }
            }
        }
        #expect(found.sorted() == [])
    }

    @Test
    func `templates know no path but those of the assets`() throws {
        let templates = try Self.folders.flatMap { try Self.sources($0, ".mustache") }
        #expect(templates.count > 50)
        for (name, text) in templates {
            for match in HTML.matches(##"(?:href|action|src)="(/[^"]*)""##, in: text) {
                #expect(match[1].hasPrefix("/tinh/"), "\(name): \(match[1])")
            }
        }
    }

    @Test
    func `documents name no path but those of routes`() async throws {
        try await SiteHarness.run { harness in
            let patterns =
                harness.system.site.declarations.map(\.path) + [
                    Addresses.lawAPICalculation.pattern, Addresses.health.pattern, Addresses.metrics.pattern,
                    Addresses.asset.pattern,
                ]
            let known = patterns.map { $0.split(separator: "/") }
            let documents =
                try FileManager.default.subpathsOfDirectory(
                    atPath: SiteHarness.repository.appendingPathComponent("docs").path
                ).filter {
                    // The interface for programs has a description of its own, which is tried whole.
                    $0.hasSuffix(".md") && !$0.hasPrefix("decisions/") && $0 != "exchange-api.md"
                }.map { "docs/\($0)" } + ["README.md"]
            var count = 0
            for document in documents {
                let text = try String(
                    contentsOf: SiteHarness.repository.appendingPathComponent(document), encoding: .utf8)
                for match in HTML.matches(##"`(?:GET |POST )?(/[a-z][^`?#]*)[^`]*`"##, in: text) {
                    // Files of a machine.
                    if ["/usr/", "/etc/", "/var/", "/opt/", "/run/"].contains(where: match[1].hasPrefix) { continue }
                    count += 1
                    let steps = match[1].split(separator: "/")
                    let isThere = known.contains { pattern in
                        pattern.count == steps.count && zip(pattern, steps).allSatisfy { $0.first == "{" || $0 == $1 }
                    }
                    #expect(isThere, "\(document): \(match[1])")
                }
            }
            #expect(count > 5)
        }
    }

    @Test
    func `a pattern has a hole for each part that links fill`() throws {
        var count = 0
        for (name, text) in try Self.sources("Components", ".swift") where name.contains("/Addresses+") {
            for match in HTML.matches(##"Place<([^>]*)>\("([^"]*)"(?:, link: "([^"]*)")?\)"##, in: text) {
                count += 1
                let parts = match[1].split(separator: ",").count { !$0.allSatisfy(\.isWhitespace) }
                let link = match[3].isEmpty ? match[2] : match[3]
                #expect(link.count { $0 == "{" } == parts, "\(name): \(match[0])")
            }
        }
        #expect(count > 25)
    }

    @Test
    func `parts and queries are encoded`() throws {
        #expect(Addresses.work("I.5/2026-Q4/10507").text == "/viec/I.5/2026-Q4/10507")
        #expect(Addresses.task("I.5/x y").text == "/nhiem-vu/I.5%2Fx%20y")
        #expect(Addresses.calendarFeed("a+b").text == "/lich/nguoi/a%2Bb.ics")
        #expect(
            Addresses.obstacles().with(.search, "thẻ & hộ").with(.status, "").text
                == "/vuong-mac?tim=th%E1%BA%BB%20%26%20h%E1%BB%99")
        #expect(
            Addresses.parameters().with(.lawSubject, "a/b").at("chủ đề").text
                == "/van-ban-tham-so?chu-de=a/b#ch%E1%BB%A7%20%C4%91%E1%BB%81")
        #expect(Addresses.plan().telling(.saved).text == "/ke-hoach?xong=luu")
    }

    @Test
    func `asking for the address of a form leads to the page with the form`() async throws {
        try await SiteHarness.run { harness in
            let declarations = harness.system.site.declarations
            let pages = Set(declarations.filter { $0.method == .get }.map(\.path))
            let browser = try await harness.browser(as: .analyst)
            var led = 0
            for form in declarations where form.method == .post {
                let page = try #require(form.page, "\(form.path) tells no page")
                #expect(pages.contains(page), "\(form.path): \(page) is no page")
                guard !pages.contains(form.path) else { continue }
                led += 1
                // Words of one's own for the holes: they must come back in the page's address.
                func filled(_ pattern: String) -> String {
                    pattern.split(separator: "/", omittingEmptySubsequences: false).map { step in
                        step.first == "{" ? "x%20\(step.dropFirst().dropLast())" : String(step)
                    }.joined(separator: "/")
                }
                let answer = try await browser.get(filled(form.path))
                #expect(answer.status == 303 && answer.location == filled(page), "\(form.path): \(answer.location)")
            }
            #expect(led > 40)
        }
    }
}
