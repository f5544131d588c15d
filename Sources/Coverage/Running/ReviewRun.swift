public import Access
public import Database
import Foundation
public import Kernel

extension Subject.Kind {
    /// A review of the register; the key is its number.
    public static let review = Self("review")
}

/// One review of the register as of a day.
public struct ReviewRun: Sendable, Equatable {
    public enum State: String, Sendable {
        case running
        case done
        /// It was given up: what it began is worked out anew by the next.
        case failed

        public var words: String {
            switch self {
            case .running: "đang chạy"
            case .done: "đã xong"
            case .failed: "bỏ dở"
            }
        }
    }

    /// What a stage took.
    public struct Stage: Codable, Sendable, Equatable {
        public let name: String
        public var seconds: Double
        /// The most memory the process held until its end.
        public var megabytes: Int

        public init(name: String, seconds: Double, megabytes: Int) {
            (self.name, self.seconds, self.megabytes) = (name, seconds, megabytes)
        }
    }

    /// From 1.
    public let number: Int
    public let name: String
    public let day: Day
    /// Of the tax lists it looked at; nil where none was there.
    public let taxYear: Int?
    public let state: State
    /// Whether it went through the whole register; otherwise through what had changed since the run before.
    public let isWhole: Bool
    /// Employers and payers that were looked at.
    public let looked: Int
    public let stages: [Stage]
    public let job: RecordID?
    public let beganAt: Timestamp
    public let endedAt: Timestamp?
    public let byName: String
    let law: String
    let tables: String
    let mark: Int

    var time: ReviewTime { ReviewTime(day: day, taxYear: taxYear) }

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        name = try row.text("name")
        guard let day = Day(try row.text("day")) else { throw DatabaseError.column(name: "day", problem: "is no day") }
        self.day = day
        let year = try row.integer("tax_year")
        taxYear = year == 0 ? nil : year
        state = try row.choice("state")
        isWhole = try row.flag("is_whole")
        looked = try row.integer("looked")
        stages = try JSONDecoder().decode([Stage].self, from: Data(try row.text("stages").utf8))
        job = RecordID(try row.text("job"))
        beganAt = try row.timestamp("began_at")
        endedAt = try row.optionalTimestamp("ended_at")
        byName = try row.text("by_name")
        law = try row.text("law")
        tables = try row.text("tables")
        mark = try row.integer("mark")
    }
}

/// Reading and noting runs inside a running read or write.
enum ReviewRuns {
    static func find(_ number: Int, on connection: any SQLConnection) throws -> ReviewRun? {
        try connection.row("SELECT * FROM review_run WHERE number = ?", number).map { try ReviewRun($0) }
    }

    static func find(named name: String, on connection: any SQLConnection) throws -> ReviewRun? {
        try connection.row("SELECT * FROM review_run WHERE name = ?", name).map { try ReviewRun($0) }
    }

    static func require(_ name: String, on connection: any SQLConnection) throws -> ReviewRun {
        guard let run = try find(named: name, on: connection) else {
            let known = try connection.rows("SELECT name FROM review_run ORDER BY number DESC LIMIT 5")
                .map { try "“\($0.text("name"))”" }
            throw Refusal(
                .notFound,
                "Không có lần rà soát “\(name)”."
                    + (known.isEmpty ? " Chưa có lần nào." : " Các lần gần đây: \(known.joined(separator: ", ")).")
            )
        }
        return run
    }

    static func last(on connection: any SQLConnection) throws -> ReviewRun? {
        try connection.row("SELECT * FROM review_run ORDER BY number DESC LIMIT 1").map { try ReviewRun($0) }
    }

    /// The last that came to its end.
    static func lastDone(on connection: any SQLConnection) throws -> ReviewRun? {
        try connection.row(
            "SELECT * FROM review_run WHERE state = ? ORDER BY number DESC LIMIT 1", ReviewRun.State.done.rawValue
        ).map { try ReviewRun($0) }
    }

    static func text(_ stages: [ReviewRun.Stage]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(stages), as: UTF8.self)
    }
}
