public import Foundation
import Mustache
import Synchronization

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

    /// The templates of this target, which all pages share.
    private static var shared: URL { Bundle.module.bundleURL.appendingPathComponent("Templates") }

    /// Of a process, by the folders: they lie in the program's bundles and do not change under it.
    private static let known = Mutex<[[URL]: PageRenderer]>([:])

    /// - Parameter folders: of the templates of all areas of pages; a part may be taken from any of them.
    /// - Throws: ``TemplateError``, also for two templates of one name.
    public init(folders: [URL]) throws(TemplateError) {
        if let known = Self.known.withLock({ $0[folders] }) {
            self = known
            return
        }
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        var library = MustacheLibrary()
        var templates: [String: String] = [:]
        for folder in [Self.shared] + folders {
            for (name, text) in try Self.read(folder) {
                guard templates.updateValue(text, forKey: name) == nil else {
                    throw TemplateError(template: name, reason: "there are two of this name")
                }
                do {
                    try library.register(HTMLText.pragma + "\n" + text, named: name)
                } catch {
                    throw TemplateError(template: name, reason: "\(error)")
                }
            }
        }
        self.library = library
        self.templates = templates
        Self.known.withLock { [self] in $0[folders] = self }
    }

    private static func read(_ folder: URL) throws(TemplateError) -> [(name: String, text: String)] {
        do {
            let ending = ".mustache"
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(ending) }
                .map { file in
                    (
                        String(file.dropLast(ending.count)),
                        try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                    )
                }
        } catch {
            throw TemplateError(template: folder.path, reason: "\(error)")
        }
    }

    public func render<Model: Page>(_ page: Model) throws(TemplateError) -> String {
        guard let html = library.render(page, withTemplate: Model.template.name) else {
            throw TemplateError(template: Model.template.name, reason: "it does not exist")
        }
        return html
    }

    /// A page inside the frame that all pages share.
    public func page(_ page: some Page, in frame: Frame) throws(TemplateError) -> String {
        try self.page(rendered: try render(page), in: frame)
    }

    /// The frame around a page's inner HTML that was rendered before.
    public func page(rendered main: String, in frame: Frame) throws(TemplateError) -> String {
        var frame = frame
        frame.main = main
        return try render(frame)
    }
}
