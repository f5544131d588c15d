import Crypto
import Foundation
import Vault

/// What sealing the numbers of a record costs: one box with three numbers, and three blind indexes, beside hashing the same bytes.
struct SealingBenchmark {
    private static let records = 200_000

    func run() throws {
        let key = try NumberKeys.ephemeral().current()
        let payloads = (0..<Self.records).map { number in
            Array(
                #"{"personalID":"031\#(100_000_000 + number)","phone":"09\#(10_000_000 + number)","siCode":"31\#(10_000_000 + number)"}"#
                    .utf8)
        }
        let numbers = (0..<Self.records).map { "031\(100_000_000 + $0)" }
        var (hashes, seals, opens, indexes): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        let keys = NumberKeys.ephemeral()
        let own = try keys.current()
        for _ in 0..<5 {
            var sum = 0
            hashes.append(
                Self.seconds {
                    for payload in payloads { sum &+= SHA256.hash(data: payload).withUnsafeBytes { Int($0[0]) } }
                })
            var sealed: [SealedText] = []
            sealed.reserveCapacity(payloads.count)
            seals.append(
                try Self.seconds {
                    for (place, payload) in payloads.enumerated() {
                        sealed.append(try own.seal(payload, for: "record.sealed/\(place)"))
                    }
                })
            opens.append(
                try Self.seconds {
                    for (place, text) in sealed.enumerated() {
                        sum &+= try keys.open(text, for: "record.sealed/\(place)").count
                    }
                })
            indexes.append(
                Self.seconds { for number in numbers { sum &+= Int(key.blindIndex(of: number, kind: "1")[0]) } })
            precondition(sum != 0)
        }
        let hash = Spread(hashes).median
        func tell(_ what: String, _ seconds: [Double]) {
            let spread = Spread(seconds)
            print(
                "sealing: \(what) \(Int(Double(Self.records) / spread.median)) a second, \(Spread.text(spread.median / hash)) of hashing a record's numbers with SHA-256 (\(Int(Double(Self.records) / hash)) a second)"
            )
        }
        tell("sealed", seals)
        tell("opened", opens)
        tell("blind indexes", indexes)
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let begin = ContinuousClock.now
        try body()
        let took = (ContinuousClock.now - begin).components
        return Double(took.seconds) + Double(took.attoseconds) / 1e18
    }
}
