import Database
public import Formats
import Foundation
public import Kernel

extension Subject.Kind {
    /// A file that waits to be delivered; the key is its identifier.
    public static let deliveryUpload = Self("delivery-upload")
}

/// What a file is handed over as.
public enum DeliveryMode: Sendable, Equatable {
    /// Beside what was delivered for the period.
    case adds
    /// Instead of it.
    case replaces
    /// Rows of a delivery that were returned, put right: by its number.
    case mends(Int)
}

/// A file that somebody of a sender sent: looked at, and not yet delivered.
public struct DeliveryUpload: Sendable, Equatable {
    public enum Stage: Sendable, Equatable {
        /// It can be looked at, explained, delivered.
        case waiting
        /// Delivered, as this number.
        case delivered(Int)
        case discarded
    }

    public let id: RecordID
    public let sender: UnitCode
    /// Nil: as it is recognised.
    public let format: String?
    public let period: Month
    public let agreement: String
    public let mode: DeliveryMode
    public let accepted: OldEncoding?
    public let fileName: String
    public let sha256: String
    public let size: Int
    /// What somebody said of its columns.
    public let mapping: ColumnMapping?
    /// Counts changes of what it is read by.
    public let version: Int
    /// Whatever works on it, or did last.
    public let job: RecordID?
    public let stage: Stage
    public let at: Timestamp
    public let byName: String
    /// Whether it was read by what it is read by now.
    public let isRead: Bool

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        let sender = try row.text("sender")
        guard let code = UnitCode(sender) else {
            throw DatabaseError.column(name: "sender", problem: "is not a unit: \(sender)")
        }
        self.sender = code
        format = try row.optionalText("format")
        period = try row.month("period")
        agreement = try row.text("agreement")
        if let mended = try row.optionalInteger("mends") {
            mode = .mends(mended)
        } else {
            mode = try row.flag("replaces_period") ? .replaces : .adds
        }
        accepted = try row.optionalText("old_encoding").flatMap { OldEncoding(rawValue: $0) }
        fileName = try row.text("file_name")
        sha256 = try row.text("sha256")
        size = try row.integer("size")
        mapping = try row.optionalText("mapping").map { try ColumnMapping(json: $0) }
        version = try row.integer("version")
        job = try row.optionalRecordID("job")
        if let number = try row.optionalInteger("delivery") {
            stage = .delivered(number)
        } else {
            stage = try row.optionalTimestamp("ended_at") == nil ? .waiting : .discarded
        }
        at = try row.timestamp("at")
        byName = try row.text("by_name")
        isRead = try row.value("look") != .null
    }
}

extension ColumnMapping {
    init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// What was understood of a file that waits: kept sealed, since it shows rows.
public struct UploadLook: Codable, Sendable, Equatable {
    /// A kind of list that it may be.
    public struct Candidate: Codable, Sendable, Equatable {
        public let format: String
        public let title: String
        /// 0 to 100.
        public let score: Int
        public let reasons: [String]
        public let missing: [String]
    }

    /// Text of before Unicode, with what it would read as.
    public struct OldText: Codable, Sendable, Equatable {
        public let encoding: String
        public let shown: String
        public let meant: String
    }

    public struct Value: Codable, Sendable, Equatable {
        public let title: String
        public let text: String
    }

    public struct Row: Codable, Sendable, Equatable {
        public let sheet: String
        public let row: Int
        public let values: [Value]
        /// What was put right in it, and what to look at, in words.
        public let notes: [String]
    }

    /// The surest first.
    public var candidates: [Candidate] = []
    /// By which it was read; nil where nothing was sure and nobody chose.
    public var format: String?
    /// What its layout is kept under; nil where it has no heading.
    public var shape: String?
    /// Whether somebody explained this layout of the sender before.
    public var isRemembered = false
    /// Nil for a file of XML, and where no row could be a heading.
    public var layout: ListLook?
    public var oldText: OldText?
    /// Why it cannot be read, with the remedy.
    public var problem: String?
    public var counts = DeliveryCounts()
    /// By what it would be delivered (`TT 3/2026`): columns beyond that are not read. Nil where nothing is agreed.
    public var ground: String?
    /// Rows that are no data, by what they are; sheets without the heading by name.
    public var passedOver: [String: Int] = [:]
    public var otherSheets: [String: Int] = [:]
    // Looks that an earlier release kept say nothing of what follows.
    /// Hidden sheets, of which nothing was read.
    public var hiddenSheets: [String]?
    /// The months (`2026-09`) or years (`2025`) that its rows say they are of, with how many say so.
    public var spokenOf: [String: Int]?
    public var firstRows: [Row] = []
    /// The first sentences of what would be returned.
    public var returned: [String] = []
    /// The first sentences of what is taken and should be looked at: cells that were not understood, numbers that disagree.
    public var doubted: [String]?

    init() {}

    /// Whether it can be delivered as it was read.
    public var isReady: Bool { problem == nil && oldText == nil && format != nil && counts.accepted > 0 }
}

/// The fields of forms about deliveries.
public enum DeliveryField: String, FormKey, CaseIterable {
    case accept, agreement, file, format, mode, period, purpose, reason, sender
}
