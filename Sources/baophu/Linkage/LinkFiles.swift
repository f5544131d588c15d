import ArgumentParser
import Foundation
import Kernel
import Linkage
import Tabular

/// Files in and out of the linkage commands.
enum LinkFiles {
    /// A linker with the files of areas that the settings name.
    static func linker(_ settings: LinkSettings, from path: String, watch: LinkWatch? = nil) throws -> Linker {
        var linker = Linker(settings)
        if let areas = settings.areas {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            func pairs(_ table: AreaSettings.Table?) throws -> [(String, String)] {
                guard let table else { return [] }
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
            guard !given.contains(real(path)) else {
                throw ValidationError("\(path) is an input; write somewhere else")
            }
            guard seen.insert(real(path)).inserted else { throw ValidationError("\(path) is given for two outputs") }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw ValidationError("\(path) cannot be written: \(folder) is missing or write-protected")
            }
        }
    }

    /// A list of rows: delimited text, or the first sheet of a workbook with any.
    static func list(_ path: String) throws -> LinkList {
        try checkReadable(path)
        return LinkList(name: path, source: RowSource(file: path))
    }

    static func checkReadable(_ path: String) throws {
        guard FileManager.default.isReadableFile(atPath: path) else { throw unreadable(path) }
    }

    private static func unreadable(_ path: String) -> DataFault {
        DataFault(file: path, line: 0, reason: "không đọc được tệp; hãy kiểm tra đường dẫn và quyền đọc")
    }

    static func bytes(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            throw unreadable(path)
        }
    }

    /// Writes a file beside its place and puts it there whole, so that no half file is ever found.
    static func write(_ path: String, _ body: ((Data) throws -> Void) throws -> Void) throws {
        let partial = path + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw UnwritableFile(path: path) }
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
            guard rename(partial, path) == 0 else { throw UnwritableFile(path: path) }
        } catch {
            unlink(partial)
            throw error
        }
    }

    static func write(_ path: String, text: String) throws { try write(path) { try $0(Data(text.utf8)) } }

    static func json(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    static func json(_ value: some Encodable, to path: String) throws {
        let data = try json(value)
        try write(path) { try $0(data) }
    }

    static func save(_ model: LinkModel, to path: String) throws {
        try json(model, to: path)
    }
}

/// A file that could not be written in the end.
struct UnwritableFile: Error, CustomStringConvertible {
    let path: String
    var description: String { "\(path) cannot be written" }
}

/// Some columns of a CSV file or workbook, by name; titles above the names are passed over.
struct CSVTable {
    /// In the order of the columns asked for, without spaces around; empty where the row is short.
    let rows: [[String]]
    let lines: [Int]

    /// What the columns asked for are called in this file.
    let heads: [String]

    init(_ path: String, columns: [String]) throws { try self.init(path, columns: columns.map { [$0] }) }

    /// - Parameter columns: of each the names it may have, the first for messages.
    /// - Throws: `DataFault` for a row with more values than the heading has names: they stand under other names than their own.
    init(_ path: String, columns: [[String]]) throws {
        try LinkFiles.checkReadable(path)
        do {
            let reader = try RowSource(file: path).open(limits: .rows)
            while try reader.nextSheet() != nil {
                var first: [TableRow] = []
                while first.count < Heading.mostRows, try reader.nextRow() { first.append(reader.row) }
                guard let place = Heading.place(naming: columns, among: first) else { continue }
                let header = first[place].cells.map { VietnameseText.tidy($0.shown) }
                let places = try columns.map { names in
                    guard let index = header.firstIndex(where: names.contains) else {
                        throw RecordFileError.missingColumn(
                            names[0], file: path, nearest: Nearest.name(to: names[0], among: header))
                    }
                    return index
                }
                let shifted = reader.textForm.map {
                    ShiftedRows(cells: header.count, headed: header.count, form: $0, figures: EmptyCollection())
                }
                var rows: [[String]] = []
                var lines: [Int] = []
                func take(_ row: TableRow) throws {
                    guard !row.isBlank else { return }
                    if let (column, message) = shifted?.problem(of: row) {
                        throw DataFault(
                            file: path, line: row.number,
                            reason: "cột \(columnLetters(column)), “\(row[column].shown.prefix(40))”: \(message)")
                    }
                    rows.append(places.map { row[$0].shown.trimmingCharacters(in: .whitespacesAndNewlines) })
                    lines.append(row.number)
                }
                for row in first[(place + 1)...] { try take(row) }
                while try reader.nextRow() { try take(reader.row) }
                (self.rows, self.lines) = (rows, lines)
                heads = places.map { header[$0] }
                return
            }
        } catch let error as TableFileError {
            throw RecordFileError(error, file: path)
        }
        throw RecordFileError.empty(file: path)
    }
}
