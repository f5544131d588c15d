import Foundation

/// A form as it stands on a page.
struct PageForm: Sendable {
    let id: String
    let action: String
    let multipart: Bool
    /// In the order of the page.
    var hidden: [(String, String)]
    /// Everything between the form's tags.
    let html: String

    func hidden(_ name: String) -> String? { hidden.first { $0.0 == name }?.1 }

    func replacing(_ name: String, with value: String?) -> PageForm {
        var form = self
        form.hidden.removeAll { $0.0 == name }
        if let value { form.hidden.append((name, value)) }
        return form
    }
}

/// An answer, read as HTML.
struct Page: Sendable {
    let address: String
    let status: Int
    /// Names in lower case.
    let headers: [(String, String)]
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var location: String { header("location") ?? "" }

    func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }
    func headerValues(_ name: String) -> [String] { headers.filter { $0.0 == name }.map(\.1) }

    /// The form with an id.
    func form(_ id: String) throws -> PageForm {
        guard let form = forms().first(where: { $0.id == id }) else {
            throw HarnessError(description: "\(address) (\(status)) has no form \(id), only \(forms().map(\.id))")
        }
        return form
    }

    func hasForm(_ id: String) -> Bool { forms().contains { $0.id == id } }

    func forms() -> [PageForm] {
        HTML.matches(#"<form ([^>]*)>(.*?)</form>"#, in: text).map { groups in
            let attributes = HTML.attributes(groups[1])
            let hidden = HTML.matches(#"<input type="hidden" ([^>]*)>"#, in: groups[2]).map { found in
                let pairs = HTML.attributes(found[1])
                return (pairs["name"] ?? "", pairs["value"] ?? "")
            }
            return PageForm(
                id: attributes["id"] ?? "", action: attributes["action"] ?? "",
                multipart: attributes["enctype"] == "multipart/form-data", hidden: hidden, html: groups[2])
        }
    }

    /// The proof that every form of a signed-in person carries.
    func csrf() throws -> String {
        guard let value = forms().lazy.compactMap({ $0.hidden("_csrf") }).first else {
            throw HarnessError(description: "\(address) (\(status)) has no form")
        }
        return value
    }

    /// The version that the page's first deciding form says was looked at.
    func seen() throws -> (String, String) {
        guard let value = forms().lazy.compactMap({ $0.hidden("_version") }).first else {
            throw HarnessError(description: "\(address) (\(status)) has no form that decides")
        }
        return ("_version", value)
    }

    /// Every address of ours that the page links to, without the part after `#`.
    var links: [String] {
        HTML.matches(##" href="(/[^"#]*)"##, in: text).map { HTML.unescaped($0[1]) }
    }
}

/// Reading HTML by patterns, as far as pages of ours need it.
enum HTML {
    /// All matches with their groups; a group that took no part is empty.
    static func matches(_ pattern: String, in text: String) -> [[String]] {
        guard let expression = try? NSRegularExpression(pattern: pattern, options: [.dotMatchesLineSeparators]) else {
            return []
        }
        let whole = NSString(string: text)
        return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { match in
            (0..<match.numberOfRanges).map { group in
                let range = match.range(at: group)
                return range.location == NSNotFound ? "" : whole.substring(with: range)
            }
        }
    }

    static func attributes(_ tag: String) -> [String: String] {
        Dictionary(
            matches(#"([a-z-]+)="([^"]*)""#, in: tag).map { ($0[1], unescaped($0[2])) },
            uniquingKeysWith: { first, _ in first })
    }

    static func unescaped(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(text) {
            $0.replacingOccurrences(of: $1.0, with: $1.1)
        }
    }
}
