package import Kernel
package import Yams

/// A YAML file read with the line of every value, so that each fault can say where it stands.
package struct YAMLFile {
    package let name: String
    package let root: Node
    package private(set) var faults: [DataFault] = []

    /// - Throws: the one fault that makes the file unreadable as a whole.
    package init(name: String, bytes: [UInt8]) throws(DataFault) {
        self.name = name
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DataFault(
                file: name, line: Self.firstInvalidLine(bytes),
                reason: "tệp không ở bảng mã UTF-8; hãy mở và lưu lại với bảng mã UTF-8")
        }
        do {
            guard let root = try compose(yaml: text), root.mapping != nil else {
                throw DataFault(file: name, line: 1, reason: "tệp trống hoặc không có dạng “khóa: giá trị”")
            }
            self.root = root
        } catch let fault as DataFault {
            throw fault
        } catch let error as YamlError {
            throw Self.fault(of: error, file: name)
        } catch {
            throw DataFault(file: name, line: 0, reason: "không đọc được: \(error)")
        }
    }

    private static func firstInvalidLine(_ bytes: [UInt8]) -> Int {
        var line = 1
        for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { return line }
            line += 1
        }
        return 1
    }

    private static func fault(of error: YamlError, file: String) -> DataFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            DataFault(file: file, line: mark.line, reason: "sai cú pháp YAML (\(problem))")
        case .reader(let problem, _, _, _):
            DataFault(file: file, line: 0, reason: "có ký tự không đọc được (\(problem))")
        case .duplicatedKeysInMapping(let keys, let context):
            DataFault(
                file: file, line: context.mark.line,
                reason: "khóa lặp lại: \(keys.map { "\($0)" }.joined(separator: ", "))")
        default:
            DataFault(file: file, line: 0, reason: "sai cú pháp YAML")
        }
    }

    package mutating func fault(_ node: Node?, _ reason: String) {
        faults.append(DataFault(file: name, line: line(node), reason: reason))
    }

    package func line(_ node: Node?) -> Int { node?.mark?.line ?? root.mark?.line ?? 1 }

    /// A text that must be there; reports its absence and answers an empty one.
    package mutating func text(_ key: String, of node: Node) -> String {
        guard let text = optionalText(key, of: node) else {
            fault(node[key] ?? node, "thiếu giá trị “\(key)”")
            return ""
        }
        return text
    }

    package func optionalText(_ key: String, of node: Node) -> String? {
        guard let scalar = node[key]?.scalar, node[key]?.null == nil else { return nil }
        let text = VietnameseText.tidy(scalar.string)
        return text.isEmpty ? nil : text
    }

    package mutating func integer(_ key: String, of node: Node) -> Int? {
        guard let text = optionalText(key, of: node), let number = Int(text) else {
            fault(node[key] ?? node, "“\(key)” phải là số nguyên")
            return nil
        }
        return number
    }

    package mutating func optionalDay(_ key: String, of node: Node) -> Day? {
        guard let text = optionalText(key, of: node) else { return nil }
        guard let day = Day(text) else {
            fault(node[key], "“\(key)” phải là ngày dạng yyyy-MM-dd, không phải “\(text)”")
            return nil
        }
        return day
    }

    package mutating func texts(_ key: String, of node: Node) -> [String] {
        nodes(key, of: node, required: false).compactMap { item in item.scalar.map { VietnameseText.tidy($0.string) } }
    }

    package mutating func nodes(_ key: String, of node: Node, required: Bool = true) -> [Node] {
        guard let sequence = node[key]?.sequence else {
            if required { fault(node[key] ?? node, "thiếu danh sách “\(key)”") }
            return []
        }
        return Array(sequence)
    }
}
