import ArgumentParser
import Foundation
import Linkage

struct LinkageFindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Holds a list ready and looks records up in it one by one, in milliseconds each."
    )

    @Argument(help: "A trained model (JSON).")
    var model: String

    @Option(help: "The list to look in.")
    var register: String

    @Option(help: "Records to look up, with the right list's column names.")
    var input: String

    @Option(help: "Where what was found goes, as CSV: input_id, register_id, match_weight, match_probability.")
    var output: String

    @Option(parsing: .unconditional, help: "The least match weight.")
    var threshold: Double = 0

    @Option(help: "Look up no more than so many records.")
    var most: Int?

    @OptionGroup var answer: JSONOption

    private struct Answer: Encodable {
        let records: Int
        let found: Int
        let secondsToMakeReady: Double
        /// Of one record.
        let medianMilliseconds: Double
        let slowestHundredthMilliseconds: Double
    }

    func run() async throws {
        try await reporting(settings: model) {
            if let most, most < 1 { throw ValidationError("--most wants a number above 0") }
            try LinkFiles.check(outputs: [output], inputs: [model, register, input])
            let (settings, trained) = try LinkSettingsFile.model(model)
            let names = settings.columns.keys.sorted()
            let columns = names.map { name -> String in
                let column = settings.columns[name]
                return column?.right ?? column?.column ?? name
            }
            let asked = try CSVTable(input, columns: [settings.id].compactMap(\.self) + columns)
            let begin = ContinuousClock.now
            let index = try await RecordIndex(
                LinkFiles.list(register), model: trained, areas: LinkFiles.linker(settings, from: model).areas)
            let ready = begin.duration(to: .now) / .seconds(1)
            var text = "input_id,register_id,match_weight,match_probability\n"
            var times: [Double] = []
            var found = 0
            for (place, row) in asked.rows.enumerated().prefix(most ?? .max) {
                let values = settings.id == nil ? row[...] : row.dropFirst()
                let record = Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
                let mark = ContinuousClock.now
                let matches = try await index.matches(record, over: threshold)
                times.append(mark.duration(to: .now) / .milliseconds(1))
                found += matches.isEmpty ? 0 : 1
                let id = settings.id == nil ? String(place + 1) : row[0]
                for match in matches {
                    text +=
                        [
                            PairFile.quoted(id), PairFile.quoted(match.id), String(format: "%.4f", match.weight),
                            String(format: "%.6f", match.probability),
                        ].joined(separator: ",") + "\n"
                }
            }
            try LinkFiles.write(output, text: text)
            times.sort()
            let answer = Answer(
                records: times.count, found: found, secondsToMakeReady: (ready * 1_000).rounded() / 1_000,
                medianMilliseconds: times.isEmpty ? 0 : times[times.count / 2],
                slowestHundredthMilliseconds: times.isEmpty ? 0 : times[min(times.count * 99 / 100, times.count - 1)])
            if self.answer.json { return try sayJSON(answer) }
            say(
                "\(answer.found) of \(answer.records) records found; ready in \(answer.secondsToMakeReady) s, then \(String(format: "%.3f", answer.medianMilliseconds)) ms a record (99 of 100 within \(String(format: "%.3f", answer.slowestHundredthMilliseconds)) ms)"
            )
        }
    }
}
