import Foundation

/// Linkage on Spark beside Splink on Spark, on the same files and cores (`Benchmarks/splink/spark.py`).
enum SparkBenchmark {
    static func run() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "Benchmarks/splink/spark.sh")
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw SparkFailure(status: process.terminationStatus) }
    }
}

private struct SparkFailure: Error, CustomStringConvertible {
    let status: Int32
    var description: String { "Benchmarks/splink/spark.sh ended with \(status)" }
}
