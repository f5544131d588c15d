import ArgumentParser
import Foundation
import Kernel
import Linkage
import Tabular
import Yams

/// Files in and out of the linkage commands.
enum LinkFiles {
    /// Settings (YAML), or a model (JSON) with the settings it was trained by.
    static func settings(_ path: String) throws -> (LinkSettings, LinkModel?) {
        let data = try bytes(path)
        if path.lowercased().hasSuffix(".json") {
            do {
                let model = try JSONDecoder().decode(LinkModel.self, from: data)
                guard model.version == LinkModel.currentVersion else {
                    throw SettingsError(
                        "\(path): a model of version \(model.version); this program reads \(LinkModel.currentVersion)")
                }
                return (model.settings, model)
            } catch let error as DecodingError {
                throw SettingsError("\(path) is no model: \(Self.words(error))")
            }
        }
        do {
            guard let text = String(validating: data, as: UTF8.self) else {
                throw SettingsError("\(path) is no text in UTF-8")
            }
            try SettingsKeys.check(text, file: path)
            var settings = try YAMLDecoder().decode(LinkSettings.self, from: data)
            // A model may be saved elsewhere; its files of areas stay where they are.
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            func whole(_ table: AreaSettings.Table?) -> AreaSettings.Table? {
                table.map { .init(file: URL(fileURLWithPath: $0.file, relativeTo: folder).path, columns: $0.columns) }
            }
            if let areas = settings.areas {
                settings.areas = AreaSettings(neighbours: whole(areas.neighbours), successors: whole(areas.successors))
            }
            return (settings, nil)
        } catch let error as DecodingError {
            throw SettingsError("\(path): \(words(error))")
        } catch let error as YamlError {
            throw SettingsError("\(path): \(error)")
        }
    }

    /// A linker with the files of areas that the settings name.
    static func linker(_ settings: LinkSettings, from path: String, watch: LinkWatch? = nil) throws -> Linker {
        var linker = Linker(settings)
        if let areas = settings.areas {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            func pairs(_ table: AreaSettings.Table?) throws -> [(String, String)] {
                guard let table else { return [] }
                guard table.columns.count == 2 else {
                    throw SettingsError("areas, \(table.file): give the two columns of names")
                }
                let file = URL(fileURLWithPath: table.file, relativeTo: folder).path
                return try CSVTable(file, columns: table.columns).rows.map { ($0[0], $0[1]) }
            }
            linker.areas = AreaKnowledge(
                neighbours: try pairs(areas.neighbours), successors: try pairs(areas.successors))
        }
        linker.watch = watch?.callback
        return linker
    }

    /// Refuses outputs that are one another or an input, and places where nothing can be written, before any work.
    static func check(outputs: [String?], inputs: [String?]) throws {
        func real(_ path: String) -> String {
            URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        }
        let given = Set(inputs.compactMap(\.self).map(real))
        var seen: Set<String> = []
        for path in outputs.compactMap(\.self) {
            guard !given.contains(real(path)) else { throw SettingsError("\(path) is an input; write somewhere else") }
            guard seen.insert(real(path)).inserted else { throw SettingsError("\(path) is given for two outputs") }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw SettingsError("\(path) cannot be written")
            }
        }
    }

    static func list(_ path: String) throws -> LinkList { LinkList(name: path, content: try table(path)) }

    private static func words(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            let keys = context.codingPath.map(\.stringValue).joined(separator: ".")
            return keys.isEmpty ? "" : "at \(keys): "
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context))“\(key.stringValue)” is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            return path(context) + context.debugDescription
        @unknown default: return "\(error)"
        }
    }

    /// A table as delimited text; the first sheet of a workbook.
    static func table(_ path: String) throws -> Data {
        let data = try bytes(path)
        guard data.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return data }
        let file: TableFile
        do {
            file = try TableFile(Array(data))
        } catch {
            throw SettingsError("\(path): \(error)")
        }
        guard let table = file.tables.first(where: { !$0.rows.isEmpty }) else {
            throw RecordFileError.empty(file: path)
        }
        // Sheets leave empty cells at the end of a row out; a delimited file has them.
        let width = table.rows.first?.cells.count ?? 0
        return Data(
            CSVWriter.bytes(
                of: table.rows.map { row in
                    row.cells.map(\.shown) + Array(repeating: "", count: max(width - row.cells.count, 0))
                }, separator: ","))
    }

    static func bytes(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw SettingsError("\(path) cannot be read")
        }
    }

    /// Writes a file beside its place and puts it there whole, so that no half file is ever found.
    static func write(_ path: String, _ body: ((Data) throws -> Void) throws -> Void) throws {
        let partial = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw SettingsError("\(path) cannot be written") }
        signal(SIGINT, SIG_IGN)
        let interrupt = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        interrupt.setEventHandler {
            unlink(partial)
            exit(130)
        }
        interrupt.resume()
        defer {
            interrupt.cancel()
            signal(SIGINT, SIG_DFL)
        }
        do {
            try body { try handle.write(contentsOf: $0) }
            try handle.close()
            guard rename(partial, path) == 0 else { throw SettingsError("\(path) cannot be written") }
        } catch {
            unlink(partial)
            throw error
        }
    }

    static func write(_ path: String, text: String) throws { try write(path) { try $0(Data(text.utf8)) } }

    static func json(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(value)
        try write(path) { try $0(data) }
    }

    static func save(_ model: LinkModel, to path: String) throws {
        try json(model, to: path)
    }

    /// Bad settings and bad data end with 65.
    static func reporting(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error where error is SettingsError || error is RecordFileError {
            complain("\(error)")
            throw ExitCode(65)
        }
    }
}

/// Some columns of a CSV file or workbook, by name.
struct CSVTable {
    /// In the order of the columns asked for; empty where the row is short.
    let rows: [[String]]
    let lines: [Int]

    init(_ path: String, columns: [String]) throws {
        let records: [CSVRecord]
        do {
            let content = try LinkFiles.table(path)
            // As Excel saves it here: semicolons, or tabs.
            let line = content.prefix { $0 != 10 }
            let separator =
                [44, 59, 9, 124].max { first, second in
                    line.count { $0 == first } < line.count { $0 == second }
                } ?? 44
            records = try CSVReader.records(of: Array(content), separator: UInt8(separator))
        } catch let error as CSVError {
            throw SettingsError("\(path): \(error)")
        }
        guard let header = records.first?.fields else { throw RecordFileError.empty(file: path) }
        let places = try columns.map { name in
            guard let index = header.firstIndex(of: name) else {
                throw RecordFileError.missingColumn(name, file: path, nearest: Nearest.name(to: name, among: header))
            }
            return index
        }
        rows = records.dropFirst().map { record in
            places.map { record.fields.indices.contains($0) ? record.fields[$0] : "" }
        }
        lines = records.dropFirst().map(\.line)
    }
}

/// Keys of a settings file that mean nothing: a typing error must not pass for a wish.
enum SettingsKeys {
    static func check(_ text: String, file: String) throws {
        guard let node = try Yams.compose(yaml: text) else { throw SettingsError("\(file) is empty") }
        try check(node, LinkSettings.CodingKeys.allCases.map(\.rawValue), "", file)
        for (name, column) in node["columns"]?.mapping ?? [:] {
            let place = "columns.\(name.string ?? "")"
            try check(column, ["kind", "column", "left", "right", "lists"], place, file)
            let kinds = ColumnKind.allCases.map(\.rawValue)
            if let kind = column["kind"]?.string, !kinds.contains(kind) {
                throw SettingsError(
                    "\(file): \(place): there is no kind “\(kind)”"
                        + (Nearest.name(to: kind, among: kinds).map { "; did you mean “\($0)”?" }
                            ?? "; known: \(kinds.joined(separator: ", "))"))
            }
        }
        for (index, comparison) in (node["comparisons"]?.array() ?? []).enumerated() {
            try check(comparison, ["name", "column", "levels"], "comparisons.\(index + 1)", file)
            for level in comparison["levels"]?.array() ?? [] where level.mapping != nil {
                try check(level, ["when", "frequency"], "comparisons.\(index + 1).levels", file)
            }
        }
        if let prior = node["prior"] { try check(prior, ["rules", "recall"], "prior", file) }
        if let areas = node["areas"] { try check(areas, ["neighbours", "successors"], "areas", file) }
    }

    private static func check(_ node: Node, _ known: [String], _ place: String, _ file: String) throws {
        guard let mapping = node.mapping else {
            throw SettingsError("\(file): \(place.isEmpty ? "the file" : place) must be keys with values")
        }
        for (key, _) in mapping {
            guard let name = key.string, !known.contains(name) else { continue }
            throw SettingsError(
                "\(file): \(place.isEmpty ? "" : place + ": ")there is no key “\(name)”"
                    + (Nearest.name(to: name, among: known).map { "; did you mean “\($0)”?" }
                        ?? "; known: \(known.joined(separator: ", "))"))
        }
    }
}
