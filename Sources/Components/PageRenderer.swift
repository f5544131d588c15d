import Foundation
import Mustache

/// The templates of all pages, read once. A page is a template and a model; nothing else makes HTML.
///
/// `{{…}}` escapes; `{{{…}}}` is for HTML made here from escaped parts (the page inside its frame, SVG).
public struct PageRenderer: Sendable {
    private let library: MustacheLibrary
    /// By template name; tests hold them against the models.
    public let templates: [String: String]

    /// A template that is missing or cannot be parsed: a fault of the installation.
    public struct TemplateError: Error, CustomStringConvertible {
        public let template: String
        public let reason: String
        public var description: String { "page template \(template): \(reason)" }
    }

    /// - Throws: ``TemplateError``
    public init() throws(TemplateError) {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Templates")
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw TemplateError(template: folder.path, reason: "\(error)")
        }
        var library = MustacheLibrary()
        var templates: [String: String] = [:]
        for file in names where file.hasSuffix(".mustache") {
            let name = String(file.dropLast(".mustache".count))
            do {
                let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                templates[name] = text
                try library.register(text, named: name)
            } catch {
                throw TemplateError(template: name, reason: "\(error)")
            }
        }
        self.library = library
        self.templates = templates
    }

    public func render(_ model: some Sendable, with template: String) throws(TemplateError) -> String {
        guard let html = library.render(model, withTemplate: template) else {
            throw TemplateError(template: template, reason: "it does not exist")
        }
        return html
    }

    /// A page inside the frame that all pages share.
    public func page(_ model: some Sendable, with template: String, in frame: Frame) throws(TemplateError) -> String {
        try page(rendered: try render(model, with: template), in: frame)
    }

    /// The frame around a page's inner HTML that was rendered before.
    public func page(rendered main: String, in frame: Frame) throws(TemplateError) -> String {
        var frame = frame
        frame.main = main
        return try render(frame, with: "layout")
    }
}
