import ArgumentParser
import Coverage
import Foundation
import Kernel
import Legislation

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Who should be insured and is not: reviews of the register, and their decision tables.",
        subcommands: [
            ReviewRunCommand.self, ReviewRowsCommand.self, ReviewCompareCommand.self, ReviewCheckCommand.self,
        ])
}

struct ReviewCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks a decision table: each gap, each overlap and each row that never decides, with an example.")

    @Argument(help: "The table, as in reviews/lao-dong.yaml.")
    var file: String

    @OptionGroup var options: LawOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        struct Fault: Encodable {
            let file: String
            let line: Int
            let reason: String
        }

        struct Example: Encodable {
            let facts: [String: String]
            let alike: Int
            var classes: [String]?

            init(_ witness: TableCheck.Witness, classes: [String]? = nil) {
                facts = Dictionary(
                    uniqueKeysWithValues: witness.facts.answers.map { ($0.key.rawValue, $0.key.answers[$0.value].key) })
                alike = witness.combinations
                self.classes = classes
            }
        }

        let ok: Bool
        let faults: [Fault]
        let combinations: Int?
        let gaps: [Example]
        let overlaps: [Example]
        let idle: [Int]
    }

    func run() async throws {
        try await reporting {
            let clocks = Set(try await options.table().clocks.map(\.name))
            let url = URL(fileURLWithPath: file)
            guard let data = try? Data(contentsOf: url) else {
                throw ValidationError("\(file): cannot be read; give the path of a decision table (.yaml)")
            }
            let outcome = ReviewTableFile.read(
                Array(data), name: url.lastPathComponent, key: url.deletingPathExtension().lastPathComponent,
                clocks: clocks)
            if output.json {
                let check = outcome.check
                try sayJSON(
                    Answer(
                        ok: outcome.faults.isEmpty,
                        faults: outcome.faults.map { .init(file: $0.file, line: $0.line, reason: $0.reason) },
                        combinations: check?.combinations, gaps: (check?.gaps ?? []).map { .init($0) },
                        overlaps: (check?.overlaps ?? []).map { .init($0.witness, classes: $0.rows.map(\.classKey)) },
                        idle: (check?.idle ?? []).map(\.line)))
                if !outcome.faults.isEmpty { throw ExitCode(65) }
                return
            }
            guard let table = outcome.table, let check = outcome.check else { throw DataFaults(outcome.faults) }
            say(
                "\(table.title): \(table.classes.count) lớp, \(table.rows.count) dòng; \(VietnameseText.grouped(check.combinations)) tổ hợp dữ kiện, tổ hợp nào cũng thuộc đúng một lớp."
            )
        }
    }
}
