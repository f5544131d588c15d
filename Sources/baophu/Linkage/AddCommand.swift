import ArgumentParser
import Foundation
import Kernel
import Linkage

struct LinkageAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Puts the records of a new file into the clusters of an earlier result; numbers given before stay.")

    @Argument(help: "A trained model (JSON).")
    var model: String

    @Option(help: "The records that have clusters.")
    var register: String

    @Option(help: "Their clusters, as dedupe writes them: id, cluster.")
    var clusters: String

    @Option(help: "The new records.")
    var input: String

    @Option(help: "Where the new records' clusters go, as CSV: id, cluster, is_new, nearest_id, match_weight.")
    var output: String

    @Option(help: "Where clusters that new records seem to join go, as CSV; for a person to decide.")
    var bridges: String?

    @Option(parsing: .unconditional, help: "The least match weight of a pair.")
    var threshold: Double?

    @OptionGroup var answer: JSONOption

    private struct Answer: Encodable {
        let records: Int
        let known: Int
        let newClusters: Int
        let bridges: Int
    }

    func run() async throws {
        try await reporting(settings: model) {
            var (settings, trained) = try LinkSettingsFile.model(model)
            if let threshold { settings.threshold = threshold }
            try LinkFiles.check(outputs: [output, bridges], inputs: [model, register, clusters, input])
            let numbers = try numbers()
            let lists = try (LinkFiles.list(register), LinkFiles.list(input))
            let linked = try await LinkFiles.linker(settings, from: model).link([lists.0, lists.1], model: trained)
            var within: LinkResult?
            if !(settings.oneToOne ?? false) {
                within = try await LinkFiles.linker(settings, from: model).link([lists.1], model: trained)
            }
            let update = try ClusterUpdate(linked: linked, within: within, clusters: numbers)
            var text = "id,cluster,is_new,nearest_id,match_weight\n"
            for one in update.assignments {
                text +=
                    [
                        PairFile.quoted(one.id), "\(one.cluster)", one.isNew ? "yes" : "no",
                        PairFile.quoted(one.nearest ?? ""), one.weight.map { String(format: "%.4f", $0) } ?? "",
                    ].joined(separator: ",") + "\n"
            }
            try LinkFiles.write(output, text: text)
            if let bridges {
                var text = "new_ids,clusters,match_weights\n"
                for bridge in update.bridges {
                    text +=
                        [
                            PairFile.quoted(bridge.ids.joined(separator: " ")),
                            bridge.clusters.map(String.init).joined(separator: " "),
                            bridge.weights.map { String(format: "%.4f", $0) }.joined(separator: " "),
                        ].joined(separator: ",") + "\n"
                }
                try LinkFiles.write(bridges, text: text)
            }
            let found = Answer(
                records: update.assignments.count, known: update.assignments.count { !$0.isNew },
                newClusters: Set(update.assignments.filter(\.isNew).map(\.cluster)).count,
                bridges: update.bridges.count)
            if answer.json { return try sayJSON(found) }
            say(
                "\(found.records) records: \(found.known) in clusters of before, \(found.newClusters) new clusters, \(found.bridges) that join several clusters"
            )
        }
    }

    private func numbers() throws -> [String: Int] {
        var numbers: [String: Int] = [:]
        let table = try CSVTable(clusters, columns: ["id", "cluster"])
        for (row, line) in zip(table.rows, table.lines) {
            guard let number = Int(row[1]) else {
                throw DataFault(
                    file: clusters, line: line,
                    reason: "cột cluster: “\(row[1])” không phải số của cụm; hãy ghi một số nguyên")
            }
            guard numbers.updateValue(number, forKey: row[0]) == nil else {
                throw DataFault(
                    file: clusters, line: line,
                    reason: "cột id: bản ghi “\(row[0])” đã có cụm ở dòng trên; hãy bỏ một dòng")
            }
        }
        return numbers
    }
}
