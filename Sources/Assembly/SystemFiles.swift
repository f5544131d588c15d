import Components
import Formats
import Foundation
import Kernel
import Legislation
import Province
import Reports

/// What stands in the files beside the plan, read once: the law, the kinds of list, the papers' templates, the users' guide.
public struct SystemFiles: Sendable {
    let legislation: ParameterTable?
    /// None where there is no folder.
    let formats: [String: Format]
    let templates: TemplateFolder?
    let guide: GuideBook?

    /// - Throws: what is wrong with a file, by its name and line.
    public init(_ settings: Settings) throws {
        func url(_ path: String) -> URL { URL(fileURLWithPath: path) }
        legislation = try settings.legislationFolder.map { try ParameterTable(folder: url($0)) }
        formats = try settings.formatFolder.map(Self.formats) ?? [:]
        templates = try settings.templateFolder.map { try TemplateFolder(url($0)) }
        guide = try settings.guideFolder.map { try GuideBook(docs: url($0)) }
    }

    private static func formats(of path: String) throws -> [String: Format] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        let folder = FormatFolder.load(names) { name in
            FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
        }
        guard folder.faults.isEmpty else {
            throw DataFaults(
                folder.faults.map { DataFault(file: "\(path)/\($0.file)", line: $0.line, reason: $0.reason) })
        }
        return folder.formats
    }
}
