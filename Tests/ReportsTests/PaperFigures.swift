import Documents
import Foundation
import Kernel

@testable import Reports

/// Holds what a paper says against the figures that are told of it.
enum PaperFigures {
    /// Numbers in the text that no figure is: not years, days, the numbers of papers, headings, tasks, rows.
    static func unexplained(in text: WordText, _ figures: [WrittenPaper.Figure]) -> [String] {
        // A sign that the paper says in words (`giảm 12 người`) is told before the number.
        let known = Set(
            figures.flatMap { [$0.value, $0.value.hasPrefix("-") ? String($0.value.dropFirst()) : $0.value] })
        return (text.sentences + text.cells).flatMap { sentence in
            DocumentData.numbers(in: sentence.replacing(notFigures, with: " ")).filter {
                !known.contains($0) && Int($0).map { !(2000...2100).contains($0) } ?? true
            }.map { "\($0) in “\(sentence.prefix(90))”" }
        }
    }

    /// What has digits and counts nothing: `ngày 01 tháng 02 năm 2026`, `6 tháng đầu năm`, `1. `, `II.1`, `T6`, `Số: 12/…`.
    private static var notFigures: Regex<Substring> {
        /ngày +\d+ +tháng +\d+|tháng +\d+|\d+ tháng đầu|^\d+\. |\b[IVX]+\.\d+\b|\bT\d+\b|Số: +\S*|Điều \d+/
    }
}

extension WordText {
    /// Paragraphs outside tables with lines.
    var sentences: [String] {
        let cells = Set(tables.flatMap(\.self).flatMap(\.self))
        return paragraphs.filter { !cells.contains($0) }
    }

    /// Cells of tables but those that number their rows, and the heads.
    var cells: [String] {
        tables.flatMap { table -> [String] in
            guard let head = table.first else { return [] }
            return table.dropFirst().flatMap { row in
                row.enumerated().filter { !(head.indices.contains($0.offset) && head[$0.offset] == "TT") }.map(
                    \.element)
            }
        }
    }

    /// The table whose head has these words.
    func table(_ words: String) -> [[String]]? { tables.first { $0.first?.contains(words) ?? false } }
}
