import ArgumentParser
import Foundation
import Kernel
import Linkage

/// Sheets, keys and labels in files.
enum LabelFiles {
    /// Of a table to fill in: the two ids, yes, no or ?, and who judged.
    static let heads = ["Mã bên trái", "Mã bên phải", "Nhãn", "Người xem"]
    /// The same in tables that `label` and programs write.
    static let plainHeads = ["left_id", "right_id", "label", "clerk"]

    /// CSV with either heads; that of the clerk may be missing.
    static func labels(_ path: String) throws -> [LabelledPair] {
        let names = zip(plainHeads, heads).map { [$0, $1] }
        let table = try CSVTable(path, columns: Array(names.prefix(3)))
        let clerks = try? CSVTable(path, columns: [names[3]])
        return try table.rows.indices.compactMap { index in
            let row = table.rows[index]
            let isMatch: Bool?
            switch row[2].trimmingCharacters(in: .whitespaces).lowercased() {
            case "yes", "y", "1", "có", "co": isMatch = true
            case "no", "n", "0", "không", "khong": isMatch = false
            case "?": isMatch = nil
            // Not judged yet.
            case "": return nil
            default:
                throw DataFault(
                    file: path, line: table.lines[index],
                    reason: "cột \(table.heads[2]): “\(row[2])” không phải nhãn; hãy ghi có, không hoặc ?")
            }
            return LabelledPair(
                left: row[0], right: row[1], isMatch: isMatch, clerk: clerks?.rows[index].first ?? "")
        }
    }

    static func draws(_ path: String) throws -> [LabellingSheet.Draw] {
        do {
            return try JSONDecoder().decode([LabellingSheet.Draw].self, from: LinkFiles.bytes(path))
        } catch is DecodingError {
            throw DataFault(
                file: path, line: 0, reason: "không phải khóa của phiếu; hãy đưa tệp mà `sheet --key` đã ghi")
        }
    }

    static func sheet(_ path: String) throws -> [LabellingSheet.Pair] {
        do {
            return try JSONDecoder().decode([LabellingSheet.Pair].self, from: LinkFiles.bytes(path))
        } catch is DecodingError {
            throw DataFault(
                file: path, line: 0, reason: "không phải phiếu các cặp (JSON); hãy đưa tệp mà `sheet --output` đã ghi")
        }
    }
}

struct LinkageSheetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet",
        abstract:
            "Draws pairs for people to judge, without the weights: a sheet (JSON), a table to fill in (CSV), and a key."
    )

    @Argument(help: "A trained model (JSON).")
    var model: String

    @Option(help: "The first file, or the only one.")
    var left: String

    @Option(help: "The second file.")
    var right: String?

    @Option(help: "How many pairs.")
    var count = 200

    @Option(
        help:
            "Where the sheet goes; .csv for a table whose column label is to be filled in, otherwise JSON for `label`.")
    var output: String

    @Option(help: "Where the key goes that `evaluate --labels` wants; keep it from those who judge.")
    var key: String

    @Option(help: "Where the draws begin.")
    var seed: UInt64 = 42

    @Option(parsing: .unconditional, help: "The least match weight of a pair that may be drawn.")
    var threshold: Double = -10

    func run() async throws {
        try await reporting(settings: model) {
            guard count > 0 else { throw ValidationError("--count wants a number above 0") }
            try LinkFiles.check(outputs: [output, key], inputs: [model, left, right])
            var (settings, trained) = try LinkSettingsFile.model(model)
            settings.threshold = threshold
            // Rivals are just what is to be judged.
            settings.oneToOne = false
            let linker = try LinkFiles.linker(settings, from: model)
            let lists = try ([left] + [right].compactMap(\.self)).map(LinkFiles.list)
            let result = try await linker.link(lists, model: trained)
            let sheet = try await linker.session(lists, model: trained).sheet(of: result, count: count, seed: seed)
            try LinkFiles.json(sheet.draws, to: key)
            if output.lowercased().hasSuffix(".csv") {
                try LinkFiles.write(output, text: Self.table(sheet))
            } else {
                try LinkFiles.json(sheet.pairs, to: output)
            }
            say("\(sheet.pairs.count) pairs of \(result.pairs.count)")
        }
    }

    private static func table(_ sheet: LabellingSheet) -> String {
        let names = sheet.pairs.first?.fields.map(\.name) ?? []
        var text =
            (LabelFiles.heads + names.flatMap { ["\($0) (1)", "\($0) (2)"] }).map(
                PairFile.quoted
            )
            .joined(separator: ",") + "\n"
        for pair in sheet.pairs {
            text +=
                ([pair.left, pair.right, "", ""] + pair.fields.flatMap { [$0.left, $0.right] }).map(PairFile.quoted)
                .joined(separator: ",") + "\n"
        }
        return text
    }
}

struct LinkageLabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Shows the pairs of a sheet one by one and takes the answers; can be left and gone on with.")

    @Argument(help: "The sheet (JSON).")
    var sheet: String

    @Option(help: "Who judges.")
    var clerk: String

    @Option(help: "Where the answers go, as CSV; those that are there already are kept.")
    var output: String

    func run() async throws {
        try await reporting {
            let pairs = try LabelFiles.sheet(sheet)
            var done: Set<[String]> = []
            if let head = FileManager.default.contents(atPath: output).map({
                String(decoding: $0.prefix { $0 != 10 }, as: UTF8.self)
            }) {
                guard head == LabelFiles.plainHeads.joined(separator: ",") else {
                    throw DataFault(file: output, line: 1, reason: "không phải tệp trả lời; hãy chọn tệp khác")
                }
                for label in try LabelFiles.labels(output) where label.clerk == clerk {
                    done.insert([label.left, label.right])
                }
            } else {
                try LinkFiles.write(output, text: LabelFiles.plainHeads.joined(separator: ",") + "\n")
            }
            guard let file = FileHandle(forWritingAtPath: output) else {
                throw UnwritableFile(path: output)
            }
            let left = pairs.filter { !done.contains([$0.left, $0.right]) }
            for (index, pair) in left.enumerated() {
                say("\n\(index + 1)/\(left.count)")
                for field in pair.fields {
                    let name = field.name.padding(toLength: 16, withPad: " ", startingAt: 0)
                    say(
                        "\(field.isAlike ? "=" : " ") \(name) \(field.left.isEmpty ? "–" : field.left)   |   \(field.right.isEmpty ? "–" : field.right)"
                    )
                }
                guard let answer = Self.answer() else {
                    return say("\(index) of \(left.count) judged; call again to go on")
                }
                // Each answer is on the disk before the next question.
                try file.seekToEnd()
                try file.write(
                    contentsOf: Data(
                        [pair.left, pair.right, answer, clerk].map(PairFile.quoted).joined(separator: ",").appending(
                            "\n"
                        ).utf8))
                try file.synchronize()
            }
            say("all \(pairs.count) judged")
        }
    }

    /// yes, no or ?; nil to stop.
    private static func answer() -> String? {
        while true {
            FileHandle.standardOutput.write(Data("Có phải một không? c: có / k: không / ?: chưa rõ (q: dừng) ".utf8))
            guard let line = readLine() else { return nil }
            switch line.trimmingCharacters(in: .whitespaces).lowercased() {
            case "y", "yes", "c", "có": return "yes"
            case "n", "no", "k", "không": return "no"
            case "?": return "?"
            case "q", "quit": return nil
            default: continue
            }
        }
    }
}

struct LinkageAgreeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agree", abstract: "Tells how far several people who judged the same pairs agree.")

    @Argument(help: "Files of labels.")
    var labels: [String]

    @OptionGroup var answer: JSONOption

    private struct Answer: Encodable {
        let pairs: Int
        let agreeing: Double
        let alpha: Double?
        let disputed: [[String]]
    }

    func run() async throws {
        try await reporting {
            let agreement = LabelAgreement(try labels.flatMap { try LabelFiles.labels($0) })
            let found = Answer(
                pairs: agreement.pairs, agreeing: agreement.agreeing, alpha: agreement.alpha,
                disputed: agreement.disputed.map { [$0.left, $0.right] })
            if answer.json { return try sayJSON(found) }
            say("\(found.pairs) pairs judged by two or more; \(String(format: "%.1f", found.agreeing * 100)) % alike")
            if let alpha = found.alpha { say("Krippendorff's alpha \(String(format: "%.3f", alpha))") }
            for pair in found.disputed { say("disputed: \(pair[0]) – \(pair[1])") }
        }
    }
}
