/// Why a request cannot be met, as its maker must be told: what is wrong and what to do, in Vietnamese.
///
/// One place turns refusals into answers (pages, exit codes), by their kind alone.
public struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// The input breaks a rule; it can be corrected and sent again.
        case invalid
        /// The person may not do or see this.
        case forbidden
        /// There is no such thing, or none the person may know of.
        case notFound
        /// Somebody else changed the thing in the meantime.
        case stale
        /// It existed and has run out.
        case expired
        /// The file or form is larger than allowed.
        case tooLarge
        /// Too many tries; wait.
        case tooMany
        /// Nothing is taken for the present, through no fault of whoever sent it.
        case notNow
    }

    /// A problem of one field of a form.
    public struct FieldProblem: Sendable, Equatable {
        public let field: String
        public let message: String

        public init(_ key: some FormKey, _ message: String) {
            self.init(key.rawValue, message)
        }

        /// For a field that a paper's template names.
        public init(_ field: String, _ message: String) {
            self.field = field
            self.message = message
        }
    }

    public let kind: Kind
    public let message: String
    public let fields: [FieldProblem]
    /// After how many seconds another try is looked at, for ``Kind/tooMany``.
    public let retrySeconds: Int64?

    public init(_ kind: Kind, _ message: String, fields: [FieldProblem] = [], retrySeconds: Int64? = nil) {
        self.kind = kind
        self.message = message
        self.fields = fields
        self.retrySeconds = retrySeconds
    }

    /// All problems of a form at once.
    public init(fields: [FieldProblem]) {
        self.init(.invalid, fields.map(\.message).joined(separator: " "), fields: fields)
    }

    public var description: String { message }
}

/// A fault of a data file: where it stands and why, in Vietnamese, for the person who keeps the file.
public struct DataFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Path as the person knows it, relative to the folder that was loaded.
    public let file: String
    /// 1-based; 0 when the whole file is at fault.
    public let line: Int
    public let reason: String

    public init(file: String, line: Int, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    public var description: String { line > 0 ? "\(file), dòng \(line): \(reason)" : "\(file): \(reason)" }
}

/// All faults found in a set of data files.
public struct DataFaults: Error, Sendable, Equatable, CustomStringConvertible {
    public let faults: [DataFault]

    public init(_ faults: [DataFault]) {
        self.faults = faults
    }

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
