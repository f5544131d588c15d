import Foundation
import Kernel
import Linkage
import Yams

/// The settings of a linkage in a file: YAML that a person wrote, or a model (JSON) with the settings it was trained by. What is
/// wrong is told with its file and line.
enum LinkSettingsFile {
    static func read(_ path: String) throws -> (LinkSettings, LinkModel?) {
        let data = try LinkFiles.bytes(path)
        return path.lowercased().hasSuffix(".json") ? try model(data, path) : (try settings(data, path), nil)
    }

    /// - Throws: `DataFault`; `ValidationError` where settings stand in for a model.
    static func model(_ path: String) throws -> (LinkSettings, LinkModel) {
        let (settings, model) = try read(path)
        guard let model else { throw LinkUsage.wantsModel(path) }
        return (settings, model)
    }

    private static func model(_ data: Data, _ path: String) throws -> (LinkSettings, LinkModel) {
        do {
            let model = try JSONDecoder().decode(LinkModel.self, from: data)
            guard model.version == LinkModel.currentVersion else {
                throw DataFault(
                    file: path, line: 0,
                    reason:
                        "mô hình phiên bản \(model.version); chương trình này đọc phiên bản \(LinkModel.currentVersion); hãy huấn luyện lại (train)"
                )
            }
            try model.settings.check()
            return (model.settings, model)
        } catch let error as DecodingError {
            let (place, reason) = DecodingWords.of(error)
            throw DataFault(
                file: path, line: 0,
                reason: "không phải mô hình: \(place.joined(separator: "."))\(place.isEmpty ? "" : ": ")\(reason)")
        } catch let error as SettingsError {
            throw DataFault(file: path, line: 0, reason: "settings.\(error)")
        }
    }

    private static func settings(_ data: Data, _ path: String) throws -> LinkSettings {
        guard let text = String(validating: data, as: UTF8.self) else {
            throw DataFault(
                file: path, line: 0, reason: "tệp không ở bảng mã UTF-8; hãy mở và lưu lại với bảng mã UTF-8")
        }
        let root: Node
        do {
            guard let node = try Yams.compose(yaml: text), node.mapping != nil else {
                throw DataFault(file: path, line: 1, reason: "tệp trống hoặc không có dạng “khóa: giá trị”")
            }
            root = node
        } catch let error as YamlError {
            throw fault(of: error, file: path)
        }
        let file = SettingsNodes(root: root, file: path)
        try file.checkKeys()
        do {
            var settings = try YAMLDecoder().decode(LinkSettings.self, from: root)
            try settings.check()
            // A model may be saved elsewhere; its files of areas stay where they are.
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            func whole(_ table: AreaSettings.Table?) -> AreaSettings.Table? {
                table.map { .init(file: URL(fileURLWithPath: $0.file, relativeTo: folder).path, columns: $0.columns) }
            }
            if let areas = settings.areas {
                settings.areas = AreaSettings(neighbours: whole(areas.neighbours), successors: whole(areas.successors))
            }
            return settings
        } catch let error as DecodingError {
            let (place, reason) = DecodingWords.of(error)
            throw file.fault(place, reason)
        } catch let error as SettingsError {
            throw file.fault(error.path, error.reason)
        }
    }

    private static func fault(of error: YamlError, file: String) -> DataFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            DataFault(file: file, line: mark.line, reason: "sai cú pháp YAML (\(problem))")
        case .duplicatedKeysInMapping(let keys, let context):
            DataFault(
                file: file, line: context.mark.line,
                reason: "khóa lặp lại: \(keys.map { "\($0)" }.joined(separator: ", "))")
        default: DataFault(file: file, line: 0, reason: "sai cú pháp YAML")
        }
    }
}

/// The settings as they stand in the file, to tell lines and unknown keys by.
private struct SettingsNodes {
    let root: Node
    let file: String

    /// - Parameter path: keys, and items of lists counted from 1.
    func fault(_ path: [String], _ reason: String) -> DataFault {
        var node = root
        for step in path {
            let next = node.sequence.flatMap { items in
                Int(step).flatMap { items.indices.contains($0 - 1) ? items[$0 - 1] : nil }
            }
            // As near as the file goes: a key that is missing stands where its owner stands.
            guard let found = next ?? node.mapping?[Node(step)] else { break }
            node = found
        }
        return fault(node, path.joined(separator: "."), reason)
    }

    private func fault(_ node: Node, _ place: String, _ reason: String) -> DataFault {
        DataFault(file: file, line: node.mark?.line ?? 0, reason: (place.isEmpty ? "" : "\(place): ") + reason)
    }

    /// A key that means nothing must not pass for a wish.
    func checkKeys() throws {
        try check(root, LinkSettings.CodingKeys.allCases.map(\.rawValue), "")
        for (name, column) in root["columns"]?.mapping ?? [:] {
            let place = "columns.\(name.string ?? "")"
            try check(column, ["kind", "column", "left", "right", "lists"], place)
            let kinds = ColumnKind.allCases.map(\.rawValue)
            if let kind = column["kind"]?.string, !kinds.contains(kind) {
                throw fault(
                    column["kind"] ?? column, place,
                    "không có loại “\(kind)”"
                        + (Nearest.name(to: kind, among: kinds).map { "; có phải là “\($0)”?" }
                            ?? "; các loại: \(kinds.joined(separator: ", "))"))
            }
        }
        for (index, comparison) in (root["comparisons"]?.array() ?? []).enumerated() {
            try check(comparison, ["name", "column", "levels"], "comparisons.\(index + 1)")
            for (level, node) in (comparison["levels"]?.array() ?? []).enumerated() where node.mapping != nil {
                try check(node, ["when", "frequency"], "comparisons.\(index + 1).levels.\(level + 1)")
            }
        }
        if let prior = root["prior"] { try check(prior, ["rules", "recall"], "prior") }
        guard let areas = root["areas"] else { return }
        try check(areas, ["neighbours", "successors"], "areas")
        for (name, table) in areas.mapping ?? [:] {
            try check(table, ["file", "columns"], "areas.\(name.string ?? "")")
        }
    }

    private func check(_ node: Node, _ known: [String], _ place: String) throws {
        guard let mapping = node.mapping else { throw fault(node, place, "phải có dạng “khóa: giá trị”") }
        for (key, _) in mapping {
            guard let name = key.string, !known.contains(name) else { continue }
            throw fault(
                key, place,
                "không có khóa “\(name)”"
                    + (Nearest.name(to: name, among: known).map { "; có phải là “\($0)”?" }
                        ?? "; các khóa: \(known.joined(separator: ", "))"))
        }
    }
}

/// What a decoder found wrong, in words for the person who keeps the file.
enum DecodingWords {
    /// The place as keys and items counted from 1, and the reason.
    static func of(_ error: DecodingError) -> (place: [String], reason: String) {
        func place(_ context: DecodingError.Context) -> [String] {
            context.codingPath.map { key in key.intValue.map { "\($0 + 1)" } ?? key.stringValue }
        }
        switch error {
        case .keyNotFound(let key, let context): return (place(context), "thiếu khóa “\(key.stringValue)”")
        case .typeMismatch(let type, let context): return (place(context), "phải là \(words(type))")
        case .valueNotFound(let type, let context): return (place(context), "thiếu giá trị; phải là \(words(type))")
        case .dataCorrupted(let context):
            if let error = context.underlyingError as? SettingsError {
                return (place(context) + error.path, error.reason)
            }
            return (place(context), "giá trị không dùng được ở đây (\(context.debugDescription))")
        @unknown default: return ([], "\(error)")
        }
    }

    private static func words(_ type: any Any.Type) -> String {
        switch type {
        case is Int.Type, is UInt64.Type: "số nguyên"
        case is Double.Type: "số"
        case is Bool.Type: "true hoặc false"
        case is String.Type: "chữ"
        case is any RangeReplaceableCollection.Type: "danh sách"
        default: "các khóa với giá trị"
        }
    }
}
