import ArgumentParser
import Foundation

@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baophu-bench", abstract: "Prints ratios against references measured in the same run.")

    @Option(
        help:
            "law, list, busy, morning, writers, jobs, figures, looks, workbook, allocation, documents, papers, search, sealing, board, forecast, memory, pages, register, review, exchange, crash, deliveries-crash, spark; comma-separated. All when left out."
    )
    var only =
        "law,list,busy,morning,writers,jobs,figures,looks,workbook,allocation,documents,papers,search,sealing,board,forecast,memory,pages,register,review,exchange,crash,deliveries-crash"

    @Option(help: .init("Only reads a file's rows and prints what it took.", visibility: .hidden))
    var rowsOf: String?

    @Flag(help: .init("Only looks at a file of figures and prints what it took.", visibility: .hidden))
    var looks = false

    @Option(help: "Folder of the plan's data files.")
    var plan = "plans/hai-phong-2030"

    @Option(help: "Folder of the law's parameters.")
    var legislation = "legislation"

    @Option(help: "Seconds of each load.")
    var seconds = 4

    @Option(help: "How often `crash` ends the server and `deliveries-crash` a delivery, on each database engine.")
    var rounds = 5

    @Option(help: "Rows of the list that `register` receives beside the sqlite3 shell.")
    var rows = 1_000_000

    @Option(help: "Size of the list that `exchange` hands over, in MB.")
    var megabytes = 200

    @Option(help: "Scale of the fictitious city that `register` receives.")
    var scale = 0.2

    @Option(help: "Which fictitious city.")
    var seed: UInt64 = 7

    func run() async throws {
        if let rowsOf { return try WorkbookBenchmark.read(rowsOf) }
        if looks { return try await LookBenchmark.look(plan: plan) }
        let wanted = only.split(separator: ",").map(String.init)
        for name in wanted {
            switch name {
            case "law": try LawBenchmark(legislation: legislation).run()
            case "list": try await ListBenchmark(plan: plan, seconds: seconds).run()
            case "busy": try await BusyBenchmark(plan: plan, seconds: seconds).run()
            case "morning": try await MorningBenchmark(plan: plan).run()
            case "writers": try await WriterBenchmark(plan: plan).run()
            case "jobs": try await JobBenchmark(plan: plan, seconds: seconds).run()
            case "figures": try await FigureBenchmark(plan: plan, seconds: seconds).run()
            case "looks": try LookBenchmark(plan: plan).run()
            case "workbook": try WorkbookBenchmark().run()
            case "allocation": try AllocationBenchmark().run()
            case "documents": try DocumentBenchmark().run()
            case "board": try await BoardBenchmark(plan: plan).run()
            case "papers": try await PaperBenchmark(plan: plan).run()
            case "search": try await SearchBenchmark().run()
            case "sealing": try SealingBenchmark().run()
            case "forecast": try Peer.judgeForecast()
            case "memory": try await ServerBenchmark(plan: plan).run()
            case "pages": try await PageBenchmark(plan: plan).run()
            case "register": try await RegisterBenchmark(plan: plan, rows: rows, scale: scale, seed: seed).run()
            case "review": try await ReviewBenchmark(plan: plan).run(scale: scale)
            case "deliveries-crash": try await DeliveryCrashBenchmark(plan: plan, rounds: rounds).run()
            case "exchange":
                try await ExchangeBenchmark(plan: plan, seconds: seconds, megabytes: megabytes).run()
            case "spark": try SparkBenchmark.run()
            case "crash": try await CrashBenchmark(plan: plan, rounds: rounds).run()
            default:
                throw ValidationError(
                    "--only \(name): one of law, list, busy, morning, writers, jobs, figures, looks, workbook, allocation, documents, papers, search, sealing, board, forecast, memory, pages, register, review, exchange, crash, deliveries-crash, spark"
                )
            }
        }
    }
}

/// Smallest, middle and largest of some measurements.
struct Spread: CustomStringConvertible {
    let values: [Double]

    init(_ values: [Double]) { self.values = values.sorted() }

    var median: Double { values.isEmpty ? 0 : values[values.count / 2] }

    var description: String {
        guard let first = values.first, let last = values.last else { return "nothing measured" }
        return "\(Self.text(median)) (\(Self.text(first))–\(Self.text(last)))"
    }

    static func text(_ value: Double) -> String {
        value >= 100 ? String(Int(value.rounded())) : String((value * 1_000).rounded() / 1_000)
    }
}

/// Runs a program to its end and answers what it wrote.
func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
}
