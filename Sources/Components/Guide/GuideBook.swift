public import Foundation
import Kernel

/// The users' guide: the files of `docs/huong-dan` by chapters and sections, and the words explained in `docs/glossary.md`.
public struct GuideBook: Sendable {
    public struct Section: Sendable, Equatable {
        /// In addresses: the title without accents.
        public let slug: String
        public let title: String
        public let blocks: [GuideBlock]
    }

    public struct Chapter: Sendable, Equatable {
        /// The name of its file.
        public let slug: String
        public let title: String
        /// What stands before the first section.
        public let lead: [GuideBlock]
        public let sections: [Section]

        public func section(_ slug: String) -> Section? { sections.first { $0.slug == slug } }
    }

    /// By slug.
    public let chapters: [Chapter]
    public let glossary: Glossary

    public func chapter(_ slug: String) -> Chapter? { chapters.first { $0.slug == slug } }

    /// - Parameter docs: the folder with `huong-dan` and `glossary.md`.
    /// - Throws: ``GuideFault``
    public init(docs: URL) throws(GuideFault) {
        let folder = docs.appendingPathComponent("huong-dan")
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw GuideFault(file: folder.path, line: nil, reason: "\(error)")
        }
        var chapters: [Chapter] = []
        for name in names.sorted() where name.hasSuffix(".md") {
            chapters.append(
                try Self.chapter(String(name.dropLast(3)), try Self.text(folder.appendingPathComponent(name))))
        }
        try self.init(
            chapters: chapters, glossary: try Glossary(try Self.text(docs.appendingPathComponent("glossary.md"))))
    }

    /// - Throws: for a link between chapters that leads nowhere.
    public init(chapters: [Chapter], glossary: Glossary) throws(GuideFault) {
        self.chapters = chapters
        self.glossary = glossary
        for chapter in chapters {
            for target in (chapter.lead + chapter.sections.flatMap(\.blocks)).flatMap(\.targets) {
                guard Self.isOfGuide(target) else { continue }
                guard destination(of: target, from: chapter) != nil else {
                    throw GuideFault(
                        file: "\(chapter.slug).md", line: nil, reason: "the link to \(target) leads nowhere")
                }
            }
        }
    }

    private static func text(_ file: URL) throws(GuideFault) -> String {
        do {
            return try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw GuideFault(file: file.lastPathComponent, line: nil, reason: "\(error)")
        }
    }

    /// A file by its text.
    /// - Throws: ``GuideFault`` for anything but what ``GuideBlock`` names.
    public static func chapter(_ slug: String, _ text: String) throws(GuideFault) -> Chapter {
        let file = "\(slug).md"
        var lines = GuideReader.lines(text)
        guard let title = lines.first?.text, title.hasPrefix("# ") else {
            throw GuideFault(file: file, line: 1, reason: "the file begins with its title, “# …”")
        }
        lines.removeFirst()
        let blocks = try GuideReader(file: file).blocks(lines)
        let begins = blocks.indices.filter { if case .heading(2, _) = blocks[$0] { true } else { false } }
        var sections: [Section] = []
        for (begin, end) in zip(begins, begins.dropFirst() + [blocks.endIndex]) {
            guard case .heading(_, let spans) = blocks[begin] else { continue }
            let section = Section(
                slug: slugOf(spans.words), title: spans.words, blocks: Array(blocks[(begin + 1)..<end]))
            guard !sections.contains(where: { $0.slug == section.slug }) else {
                throw GuideFault(file: file, line: nil, reason: "there are two sections “\(section.title)”")
            }
            sections.append(section)
        }
        return Chapter(
            slug: slug, title: String(title.dropFirst(2)), lead: Array(blocks[..<(begins.first ?? blocks.endIndex)]),
            sections: sections)
    }

    /// A title as part of an address: lower case, without accents, words joined by hyphens.
    static func slugOf(_ title: some StringProtocol) -> String {
        VietnameseText.fold(title).lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
            .joined(separator: "-")
    }

    // MARK: Links

    /// Whether a link leads to another place of the guide; files for engineers are none.
    private static func isOfGuide(_ target: String) -> Bool { !target.hasPrefix("../") && !target.contains("://") }

    /// Chapter and section that a link of the guide leads to; nil where it leads out of it.
    func destination(of target: String, from chapter: Chapter) -> (chapter: String, section: String?)? {
        guard Self.isOfGuide(target) else { return nil }
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first, name.isEmpty || name.hasSuffix(".md"),
            let found = name.isEmpty ? chapter : self.chapter(String(name.dropLast(3)))
        else { return nil }
        guard parts.count > 1 else { return (found.slug, nil) }
        // GitHub's anchors keep the accents.
        guard let section = found.section(Self.slugOf(parts[1])) else { return nil }
        return (found.slug, section.slug)
    }
}

extension GuideBlock {
    /// Where its links lead, as written.
    fileprivate var targets: [String] {
        func of(_ spans: [GuideSpan]) -> [String] {
            spans.flatMap { span -> [String] in
                switch span {
                case .text, .code: []
                case .strong(let inner), .emphasis(let inner): of(inner)
                case .link(let inner, let target): [target] + of(inner)
                }
            }
        }
        return switch self {
        case .heading(_, let spans), .paragraph(let spans): of(spans)
        case .list(_, let items): items.flatMap { $0 }.flatMap(\.targets)
        case .table(let head, let rows): ([head] + rows).flatMap { $0 }.flatMap(of)
        case .quote(let inner): inner.flatMap(\.targets)
        case .code: []
        }
    }
}
