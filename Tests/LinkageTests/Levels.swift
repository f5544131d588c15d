import Foundation

@testable import Linkage

/// One record against another, by the levels of one comparison.
enum Levels {
    static func data(
        _ kind: ColumnKind, _ left: [String], _ right: [String], areas: AreaKnowledge? = nil
    ) async throws -> LinkData {
        func file(_ values: [String]) -> Data {
            Data(("id,v\n" + values.enumerated().map { "\($0),\(PairFile.quoted($1))\n" }.joined()).utf8)
        }
        let settings = LinkSettings(id: "id", columns: ["v": .init(kind: kind)], blocking: ["v"])
        return try await LinkReading(settings: settings, threads: 1, areas: areas).read(
            [LinkList(name: "l", content: file(left)), LinkList(name: "r", content: file(right))], within: false)
    }

    /// The condition that holds first; “null”, “else”.
    static func first(
        of conditions: [String]?, _ kind: ColumnKind, _ left: String, _ right: String, areas: AreaKnowledge? = nil,
        with others: [String] = []
    ) async throws -> String {
        let data = try await data(kind, [left] + others, [right] + others, areas: areas)
        let comparison = try Comparison(
            ComparisonSettings(
                name: "c", column: "v", levels: try conditions?.map { LevelSettings(try Condition($0)) }), data: data)
        let reader = PatternReader([comparison], .none, data)
        let level = data.leftRecords.withUnsafeBufferPointer { left in
            data.rightRecords.withUnsafeBufferPointer { right in
                left.baseAddress.flatMap { first in right.baseAddress.map { reader.pattern(first, $0) } } ?? 0
            }
        }
        return (["null"] + comparison.levels.map(\.condition.description) + ["else"])[Int(level)]
    }
}
