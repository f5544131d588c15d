import Kernel
import Province
import Yams

/// Reads and checks one file of a format; every fault is told with its line.
struct FormatFile {
    private var file: YAMLFile
    private let key: String

    private static let topKeys: Set<String> = [
        "key", "title", "source", "confidence", "note", "senders", "record", "marks", "columns", "heads", "sections",
        "says", "sums", "same", "one_of", "sheets", "xml",
    ]
    private static let columnKeys: Set<String> = [
        "name", "number", "aliases", "field", "or", "needed", "meaning", "words", "least", "most", "unit", "percent",
        "element",
    ]

    /// - Parameter key: the file's name without its ending.
    static func read(_ bytes: [UInt8], name: String, key: String) -> (format: Format?, faults: [DataFault]) {
        do {
            var reader = FormatFile(file: try YAMLFile(name: name, bytes: bytes), key: key)
            let format = reader.format()
            return (reader.file.faults.isEmpty ? format : nil, reader.file.faults)
        } catch {
            return (nil, [error])
        }
    }

    private mutating func format() -> Format? {
        let root = file.root
        refuseUnknown(root, Self.topKeys)
        let written = file.text("key", of: root)
        if !written.isEmpty, written != key {
            file.fault(root["key"], "khóa “\(written)” khác tên tệp; hãy ghi “\(key)”")
        }
        if !Format.isKey(key) {
            file.fault(root["key"], "khóa chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối")
        }
        let confidence = word("confidence", of: root, Format.Confidence.self)
        let record = word("record", of: root, RecordKind.self)
        let columns = file.nodes("columns", of: root).compactMap { column($0) }
        checkNames(columns, root)
        let heads = file.nodes("heads", of: root, required: false).compactMap { head($0) }
        let sections = sections(root)
        let fields = Set((columns + heads.map(\.column)).flatMap(\.fields) + sections.map(\.field))
        let senders = texts("senders", of: root)
        if senders.isEmpty { file.fault(root["senders"] ?? root, "thiếu danh sách “senders”") }
        let same = fieldList("same", of: root, known: fields)
        let oneOf = file.nodes("one_of", of: root, required: false).map { group in
            self.fields(of: group, known: fields)
        }
        let format = Format(
            key: key, title: file.text("title", of: root), source: file.text("source", of: root),
            confidence: confidence ?? .proposed, note: file.optionalText("note", of: root), senders: senders,
            record: record ?? .participant, marks: folded("marks", of: root), columns: columns.map(\.self),
            heads: heads,
            sections: sections, statements: statements(root), sums: sums(root, fields), same: same, oneOf: oneOf,
            sheets: folded("sheets", of: root),
            markup: file.optionalText("row", of: root["xml"] ?? root).map { Format.Markup(row: $0) })
        if !columns.isEmpty, format.needed.isEmpty {
            file.fault(root["columns"], "cần ít nhất một cột có “needed: true”")
        }
        if format.markup != nil, columns.allSatisfy({ $0.element == nil }) {
            file.fault(root["xml"], "tệp XML cần cột có “element”")
        }
        return format
    }

    // MARK: Columns

    private mutating func column(_ node: Node) -> FormatColumn? {
        guard node.mapping != nil else {
            file.fault(node, "mỗi cột là một nhóm “khóa: giá trị”")
            return nil
        }
        refuseUnknown(node, Self.columnKeys)
        let fields = [field("field", of: node)].compactMap(\.self) + fieldList("or", of: node, known: nil)
        guard let first = fields.first else { return nil }
        if Set(fields).count < fields.count { file.fault(node["or"], "trường lặp lại") }
        let least = optionalInteger("least", of: node)
        let most = optionalInteger("most", of: node)
        if let least, let most, least > most { file.fault(node["most"], "“most” nhỏ hơn “least”") }
        if least != nil || most != nil, !Self.isNumber(first.type) {
            file.fault(node["least"] ?? node["most"], "“least”, “most” chỉ dùng cho số")
        }
        let unit = optionalInteger("unit", of: node)
        if let unit, unit < 1 || first.type != .money {
            file.fault(node["unit"], "“unit” là số đồng của một đơn vị, chỉ dùng cho tiền")
        }
        let isPercent = flag("percent", of: node)
        if isPercent, first.type != .share { file.fault(node["percent"], "“percent” chỉ dùng cho tỷ lệ") }
        return FormatColumn(
            name: file.text("name", of: node), number: file.optionalText("number", of: node),
            aliases: texts("aliases", of: node), fields: fields, isNeeded: flag("needed", of: node),
            meaning: file.optionalText("meaning", of: node), words: words(node, first), least: least, most: most,
            unit: unit ?? 1, isPercent: isPercent, element: file.optionalText("element", of: node))
    }

    private static func isNumber(_ type: ValueType) -> Bool { [.money, .count, .share].contains(type) }

    /// `{male: [nam, "1"]}` as words with their code.
    private mutating func words(_ node: Node, _ field: RecordField) -> [String: String] {
        guard let listed = node["words"] else { return [:] }
        guard case .code(let codes) = field.type, let mapping = listed.mapping else {
            file.fault(listed, "“words” là nhóm “mã: [cách ghi]”, chỉ dùng cho trường có danh mục")
            return [:]
        }
        var words: [String: String] = [:]
        for (key, value) in mapping {
            guard let code = key.scalar?.string, codes.contains(code) else {
                file.fault(
                    key, "mã “\(key.scalar?.string ?? "")” không có; chọn trong: \(codes.joined(separator: ", "))")
                continue
            }
            for written in value.sequence.map(Array.init) ?? [value] {
                guard let text = written.scalar?.string else {
                    file.fault(written, "mỗi cách ghi là một chữ hoặc số")
                    continue
                }
                let folded = VietnameseWords(text).text
                if let other = words[folded], other != code {
                    file.fault(written, "“\(text)” đã dùng cho mã “\(other)”")
                }
                words[folded] = code
            }
        }
        return words
    }

    /// No name may mean two columns.
    private mutating func checkNames(_ columns: [FormatColumn], _ root: Node) {
        var seen: [[String]: FormatColumn] = [:]
        let nodes = file.nodes("columns", of: root, required: false)
        for column in columns {
            let node = nodes.first { $0["name"]?.scalar.map { VietnameseText.tidy($0.string) } == column.name }
            for path in column.paths {
                guard !path.isEmpty else {
                    file.fault(node, "tên cột không có chữ nào")
                    continue
                }
                if let other = seen[path], other != column {
                    file.fault(node, "tên cột “\(path.joined(separator: " > "))” trùng với cột “\(other.name)”")
                }
                seen[path] = column
            }
        }
    }

    // MARK: What stands around the table

    private mutating func head(_ node: Node) -> Format.Head? {
        refuseUnknown(node, ["label", "aliases", "field", "or", "unit"])
        guard let first = field("field", of: node) else { return nil }
        let label = file.text("label", of: node)
        let fields = [first] + fieldList("or", of: node, known: nil)
        return Format.Head(
            labels: ([label] + texts("aliases", of: node)).map { VietnameseWords($0).text }.filter { !$0.isEmpty },
            column: FormatColumn(name: label, fields: fields, unit: optionalInteger("unit", of: node) ?? 1))
    }

    private mutating func sections(_ root: Node) -> [Format.Section] {
        file.nodes("sections", of: root, required: false).compactMap { node in
            refuseUnknown(node, ["words", "field", "value"])
            guard let field = field("field", of: node) else { return nil }
            let text = file.text("value", of: node)
            guard let value = RecordValue(text, as: field.type) else {
                file.fault(node["value"], "“\(text)” không phải giá trị của trường “\(field.rawValue)”")
                return nil
            }
            return Format.Section(words: folded("words", of: node), field: field, value: value)
        }
    }

    private mutating func statements(_ root: Node) -> [Format.Statement] {
        file.nodes("says", of: root, required: false).compactMap { node in
            refuseUnknown(node, ["field", "value"])
            guard let field = field("field", of: node) else { return nil }
            let text = file.text("value", of: node)
            guard let value = RecordValue(text, as: field.type) else {
                file.fault(node["value"], "“\(text)” không phải giá trị của trường “\(field.rawValue)”")
                return nil
            }
            return Format.Statement(field: field, value: value)
        }
    }

    private mutating func sums(_ root: Node, _ known: Set<RecordField>) -> [Format.Sum] {
        file.nodes("sums", of: root, required: false).compactMap { node in
            refuseUnknown(node, ["total", "parts"])
            guard let total = field("total", of: node) else { return nil }
            return Format.Sum(total: total, parts: fieldList("parts", of: node, known: known))
        }
    }

    // MARK: Values

    private mutating func field(_ key: String, of node: Node) -> RecordField? {
        let text = file.text(key, of: node)
        guard !text.isEmpty else { return nil }
        return known(text, at: node[key])
    }

    private mutating func known(_ text: String, at node: Node?) -> RecordField? {
        if let field = RecordField(rawValue: text) { return field }
        let nearest = Nearest.name(to: text, among: RecordField.allCases.map(\.rawValue))
        file.fault(node, "không có trường “\(text)”" + (nearest.map { "; có phải “\($0)”?" } ?? ""))
        return nil
    }

    private mutating func fieldList(_ key: String, of node: Node, known: Set<RecordField>?) -> [RecordField] {
        guard let list = node[key] else { return [] }
        return fields(of: list, known: known)
    }

    private mutating func fields(of list: Node, known: Set<RecordField>?) -> [RecordField] {
        (list.sequence.map(Array.init) ?? [list]).compactMap { item in
            guard let field = self.known(item.scalar.map { VietnameseText.tidy($0.string) } ?? "", at: item) else {
                return nil
            }
            if let known, !known.contains(field) {
                file.fault(item, "không cột nào điền trường “\(field.rawValue)”")
            }
            return field
        }
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, of node: Node, _ type: Word.Type
    ) -> Word? {
        let text = file.text(key, of: node)
        guard !text.isEmpty else { return nil }
        if let word = Word(rawValue: text) { return word }
        file.fault(
            node[key],
            "“\(key)” không thể là “\(text)”; chọn một trong: \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    private mutating func texts(_ key: String, of node: Node) -> [String] {
        guard let list = node[key] else { return [] }
        guard list.sequence != nil else {
            file.fault(list, "“\(key)” phải là danh sách")
            return []
        }
        return file.texts(key, of: node).filter { !$0.isEmpty }
    }

    private mutating func folded(_ key: String, of node: Node) -> [String] {
        texts(key, of: node).map { VietnameseWords($0).text }.filter { !$0.isEmpty }
    }

    private mutating func optionalInteger(_ key: String, of node: Node) -> Int? {
        node[key] == nil ? nil : file.integer(key, of: node)
    }

    private mutating func flag(_ key: String, of node: Node) -> Bool {
        guard let written = node[key] else { return false }
        guard let value = written.bool else {
            file.fault(written, "“\(key)” phải là true hoặc false")
            return false
        }
        return value
    }

    private mutating func refuseUnknown(_ node: Node, _ known: Set<String>) {
        for (key, _) in node.mapping ?? [:] {
            guard let text = key.scalar?.string, !known.contains(text) else { continue }
            let nearest = Nearest.name(to: text, among: known.sorted())
            file.fault(key, "khóa “\(text)” không có" + (nearest.map { "; có phải “\($0)”?" } ?? ""))
        }
    }
}
