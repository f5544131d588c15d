import Formats
import Foundation
import Registry

/// What a delivery came to, and how far receiving it is. Saved with each chunk, so that whoever goes on begins behind it.
public struct DeliveryCounts: Codable, Sendable, Equatable {
    /// A stage of receiving.
    public enum Stage: String, Codable, Sendable, CaseIterable {
        /// Hashed, sealed, put into the database.
        case arrive
        /// Read by the format and checked.
        case read
        /// Numbers sealed, blind indexes made.
        case seal
        /// Stored, and linked by equal numbers.
        case store
        /// What it takes the place of taken out.
        case replace
        /// Linked by the model where no number tells.
        case link
        /// Persons and employers worked out anew.
        case derive
    }

    public struct Cost: Codable, Sendable, Equatable {
        public var seconds = 0.0
        /// The most memory the process held until the end of the stage.
        public var megabytes = 0
    }

    /// Rows of data read: taken or returned.
    public var rows = 0
    public var accepted = 0
    /// Accepted with at least one repair.
    public var repaired = 0
    public var repairs: [String: Int] = [:]
    public var doubts: [String: Int] = [:]
    public var quarantined: [String: Int] = [:]
    /// Records of somebody who was known before; records that are the first of somebody; and of these those that may be somebody
    /// else who is known: a person has to decide.
    public var matched = 0
    public var new = 0
    public var doubtful: Int {
        get { undecided ?? 0 }
        set { undecided = newValue }
    }
    /// Cells that hold something in columns which neither agreement nor request covers, by heading: not kept.
    public var leftOut: [String: Int] {
        get { outside ?? [:] }
        set { outside = newValue.isEmpty ? nil : newValue }
    }
    /// Deliveries of before there were doubts, or grounds, say nothing of them.
    private var undecided: Int?
    private var outside: [String: Int]?
    public var merged = 0
    public var costs: [String: Cost] = [:]

    public init() {}

    public var returned: Int { quarantined.values.reduce(0, +) }

    mutating func add(_ outcome: RowOutcome) {
        rows += 1
        switch outcome {
        case .taken(let row):
            accepted += 1
            if !row.repairs.isEmpty { repaired += 1 }
            for repair in row.repairs { repairs[repair.kind.rawValue, default: 0] += 1 }
            for doubt in row.doubts { doubts[doubt.kind.rawValue, default: 0] += 1 }
        case .returned(let row): quarantined[row.reason.rawValue, default: 0] += 1
        }
    }

    /// Of a file that is refused the returned rows are left.
    mutating func forgetAccepted() {
        (rows, accepted, repaired, matched, new, merged) = (returned, 0, 0, 0, 0, 0)
        (repairs, doubts) = ([:], [:])
    }

    mutating func add(_ outcome: KeepRecords.Outcome) {
        matched += outcome.matched
        new += outcome.new
        merged += outcome.merged
    }

    mutating func add(_ time: Duration, to stage: Stage) {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        costs[stage.rawValue, default: Cost()].seconds += seconds
        costs[stage.rawValue]?.megabytes = ProcessMemory.peakMegabytes
    }

    init(json: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Numbers and texts always have a JSON form.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// What the process holds.
enum ProcessMemory {
    /// The most so far, as the kernel tells it; 0 where it does not.
    static var peakMegabytes: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return 0 }
        return (Int(line.filter(\.isNumber)) ?? 0) / 1_024
    }
}
