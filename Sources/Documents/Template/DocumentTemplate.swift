import Kernel
import Yams

/// What is wrong with a template, in Vietnamese: file, place, remedy.
public struct TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    public let template: String
    public let place: String
    public let reason: String

    public init(template: String, place: String, reason: String) {
        self.template = template
        self.place = place
        self.reason = reason
    }

    public var description: String {
        "Mẫu\(template.isEmpty ? "" : " \(template)")\(place.isEmpty ? "" : ", \(place)"): \(reason)"
    }
}

/// A document described in a file: blocks, fields, tables and charts. docs/templates.md has the format.
public struct DocumentTemplate: Sendable, Equatable {
    /// A field that whoever makes the document may fill.
    public struct Field: Sendable, Equatable {
        public let name: String
        public let label: String
        public let value: String
        public let hint: String
        public let isLong: Bool
        public let isRequired: Bool
    }

    public let id: String
    public let name: String
    public let type: DocumentType
    /// The type of the paper it goes with and shares the number of; nil for a paper of its own.
    public let issuedWith: DocumentType?
    public let fields: [Field]
    /// As written: kept with each document made of it.
    public let text: String
    let root: [String: Part]

    /// Whether somebody signs it under a title.
    public var isSigned: Bool { root["signature"] != nil }

    /// A node of the file.
    indirect enum Part: Sendable, Equatable {
        case text(String)
        case list([Part])
        case map([String: Part])

        subscript(key: String) -> Part? {
            if case .map(let map) = self { map[key] } else { nil }
        }

        var string: String? { if case .text(let text) = self { text } else { nil } }
        var list: [Part] { if case .list(let list) = self { list } else { [] } }
        var isTrue: Bool { string == "true" }
    }

    /// Keys of the head and of blocks; another is a mistake that would otherwise print nothing and say nothing.
    private static let known: Set<String> = [
        "id", "name", "type", "fields", "superior", "agency", "symbol", "place", "summary", "addressees", "authority",
        "grounds", "decides", "body", "signature", "signer", "recipients", "archive", "annexes", "plain_sheet",
        "issued_with", "attached_to",
    ]
    static let blocks: Set<String> = [
        "text", "note", "heading", "chapter", "article", "article_title", "items", "complete", "table", "chart",
        "page_break", "large", "each", "signatures",
    ]

    /// - Throws: ``TemplateError``.
    public init(_ text: String) throws(TemplateError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw TemplateError(
                template: "", place: "", reason: "không đọc được, kiểm tra thụt đầu dòng và dấu hai chấm (\(error))")
        }
        guard let node, case .map(let root) = Self.part(node), let id = root["id"]?.string, !id.isEmpty else {
            throw TemplateError(template: "", place: "", reason: "thiếu id")
        }
        func problem(_ place: String, _ reason: String) -> TemplateError {
            TemplateError(template: id, place: place, reason: reason)
        }
        for key in root.keys.sorted() where !Self.known.contains(key) {
            throw problem(
                key,
                "không có mục này"
                    + (Nearest.name(to: key, among: Self.known.sorted()).map { "; có phải là “\($0)”?" } ?? ""))
        }
        guard let name = root["name"]?.string else { throw problem("name", "thiếu tên mẫu") }
        guard let type = root["type"]?.string.flatMap(DocumentType.init) else {
            throw problem(
                "type", "cần một trong \(DocumentType.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let issuedWith = root["issued_with"]?.string
        guard issuedWith == nil || issuedWith.flatMap(DocumentType.init) != nil else {
            throw problem(
                "issued_with", "cần một trong \(DocumentType.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        if case .map(let signature)? = root["signature"],
            Set(signature.keys).subtracting(["collective", "head", "deputy"]).count > 0
                || signature["head"] == nil
        {
            throw problem("signature", "cần head (chức danh người đứng đầu) và, nếu ký thay mặt tập thể, collective")
        }
        var fields: [Field] = []
        for (index, one) in (root["fields"]?.list ?? []).enumerated() {
            guard let name = one["name"]?.string, let label = one["label"]?.string else {
                throw problem("fields, mục \(index + 1)", "cần name và label")
            }
            fields.append(
                Field(
                    name: name, label: label, value: one["value"]?.string ?? "", hint: one["hint"]?.string ?? "",
                    isLong: one["long"]?.isTrue ?? false, isRequired: one["required"]?.isTrue ?? false))
        }
        self.id = id
        self.name = name
        self.type = type
        self.issuedWith = issuedWith.flatMap(DocumentType.init)
        self.fields = fields
        self.text = text
        self.root = root
        try Self.check(root["body"]?.list ?? [], "body", problem)
        for (index, annex) in (root["annexes"]?.list ?? []).enumerated() {
            try Self.check(annex["body"]?.list ?? [], "annexes, phụ lục \(index + 1)", problem)
        }
    }

    private static func check(
        _ blocks: [Part], _ place: String, _ problem: (String, String) -> TemplateError
    ) throws(TemplateError) {
        for (index, block) in blocks.enumerated() {
            let here = "\(place), khối \(index + 1)"
            guard case .map(let map) = block else { throw problem(here, "mỗi khối là một mục “tên: nội dung”") }
            let kinds = map.keys.filter { Self.blocks.contains($0) }
            guard kinds.count == 1, let kind = kinds.first else {
                throw problem(here, "cần đúng một trong \(Self.blocks.sorted().joined(separator: ", "))")
            }
            let more: Set<String> =
                switch kind {
                case "table": ["table", "caption", "columns", "total", "when"]
                case "chart": ["chart", "kind", "title", "labels", "series", "unit", "when", "limit"]
                case "each": ["each", "body", "when"]
                default: [kind, "when"]
                }
            for key in map.keys.sorted() where !more.contains(key) {
                throw problem(here, "không có mục “\(key)” ở khối \(kind)")
            }
            if kind == "table", (map["columns"]?.list ?? []).isEmpty { throw problem(here, "bảng thiếu columns") }
            if kind == "chart", (map["series"]?.list ?? []).isEmpty { throw problem(here, "biểu đồ thiếu series") }
            if kind == "each" { try check(map["body"]?.list ?? [], here, problem) }
        }
    }

    private static func part(_ node: Node) -> Part {
        if let mapping = node.mapping {
            return .map(
                Dictionary(mapping.map { ($0.key.string ?? "", part($0.value)) }, uniquingKeysWith: { $1 }))
        }
        if let sequence = node.sequence { return .list(sequence.map(part)) }
        return .text(node.scalar?.string ?? "")
    }
}
