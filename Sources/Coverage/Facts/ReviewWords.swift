import Formats
import Foundation
import Kernel
public import Registry
import Tabular

/// What words of lists mean for a review: a table beside the program.
public struct ReviewWords: Sendable {
    private struct Line {
        let answer: String
        let fields: [RecordField]
        let words: String
    }

    private let lines: [String: [Line]]

    /// What is wrong in the table.
    public struct Fault: Error, CustomStringConvertible {
        let line: Int
        let reason: String

        public var description: String { "words.csv, line \(line): \(reason)" }
    }

    /// The one that comes with the program.
    public static func shipped() throws -> ReviewWords { try loaded.get() }

    private static let loaded = Result { try ReviewWords() }

    private init() throws {
        guard let url = Bundle.module.url(forResource: "words", withExtension: "csv", subdirectory: "Data"),
            let data = try? Data(contentsOf: url)
        else { throw Fault(line: 0, reason: "missing from the resources: install the program's folder whole") }
        var lines: [String: [Line]] = [:]
        let records = try CSVReader.records(of: Array(data)).filter { $0.fields.first?.hasPrefix("#") == false }
        for record in records.dropFirst() {
            guard record.fields.count == 5 else { throw Fault(line: record.line, reason: "five cells are wanted") }
            // Hours are told of part-time work alone; whether it is bound follows from the pay.
            let isKnown =
                ReviewFact(rawValue: record.fields[0]).map { fact in
                    fact == .hours || fact.answer(record.fields[1]) != nil
                } ?? false
            guard isKnown else {
                throw Fault(
                    line: record.line, reason: "no fact has the answer “\(record.fields[0]) \(record.fields[1])”")
            }
            let fields = try record.fields[2].split(separator: " ").map { word in
                guard let field = RecordField(rawValue: String(word)) else {
                    throw Fault(line: record.line, reason: "“\(word)” is no field of a record")
                }
                return field
            }
            lines[record.fields[0], default: []].append(
                Line(answer: record.fields[1], fields: fields, words: record.fields[3]))
        }
        self.lines = lines
    }

    /// What a record says of a fact; nil where it says nothing.
    func answer(_ fact: ReviewFact, _ record: MemberRecord) -> String? {
        for line in lines[fact.rawValue] ?? [] {
            for field in line.fields {
                guard let text = record[field], !text.isEmpty else { continue }
                if line.words.isEmpty || VietnameseWords(text).has(line.words) { return line.answer }
            }
        }
        return nil
    }

    /// What the latest record that says anything says, with the first record that said so.
    func latest(_ fact: ReviewFact, _ records: [MemberRecord]) -> (answer: String, place: RecordPlace)? {
        var last: (answer: String, record: MemberRecord)?
        for record in records {
            guard let answer = answer(fact, record) else { continue }
            if let known = last,
                (known.record.month?.firstDay ?? .distantPast) > (record.month?.firstDay ?? .distantPast)
            {
                continue
            }
            last = (answer, record)
        }
        guard let answer = last?.answer,
            let first = records.filter({ self.answer(fact, $0) == answer }).map(\.place).min()
        else { return nil }
        return (answer, first)
    }
}

extension Day {
    /// Before every day that a list tells of.
    static let distantPast = Day.firstDay(ofYear: 1)
}
