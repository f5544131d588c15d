/// A family of series of one name: what `/metrics` tells of one thing. `docs/metrics.md` lists all of them, and a test holds
/// the two together.
///
/// Labels tell what kinds of things there are in the program – patterns of routes, lanes of jobs – never an account, a unit, a
/// path or a text that somebody typed: their number stays small, and nobody is told of.
public struct MeterFamily: Sendable, Hashable {
    public enum Shape: String, Sendable {
        /// Only ever grows while the process lives.
        case counter
        /// What holds now.
        case gauge
        /// How long things took, in seconds, by bounds.
        case histogram
    }

    /// As Prometheus has it, with its unit at the end.
    public let name: String
    public let shape: Shape
    public let labels: [String]
    public let meaning: String

    init(_ name: String, _ shape: Shape, labels: [String] = [], _ meaning: String) {
        self.name = name
        self.shape = shape
        self.labels = labels
        self.meaning = meaning
    }

    public static let requests = Self(
        "baophu_http_requests_total", .counter, labels: ["method", "route", "status"],
        "requests answered, by the pattern of their route")
    public static let requestSeconds = Self(
        "baophu_http_request_seconds", .histogram, labels: ["method", "route"],
        "from a request's head to its answer's head")
    public static let signInFailures = Self(
        "baophu_sign_in_failures_total", .counter,
        "sign-ins and one-time codes refused: wrong, or too many before")
    public static let readWaitSeconds = Self(
        "baophu_database_read_wait_seconds", .histogram, "waited for a connection to read with")
    public static let writeWaitSeconds = Self(
        "baophu_database_write_wait_seconds", .histogram, "waited for the one writer's place")
    public static let writeSeconds = Self(
        "baophu_database_write_seconds", .histogram, "the writer's place held by one transaction, without its commit")
    public static let databaseBytes = Self("baophu_database_bytes", .gauge, "size of the database")
    public static let jobs = Self(
        "baophu_jobs", .gauge, labels: ["lane", "state"],
        "pieces of long work that wait, run, or failed and were not forgotten")
    public static let jobWaitSeconds = Self(
        "baophu_job_wait_seconds", .gauge, labels: ["lane"],
        "since when the oldest job that is due waits; 0 when none does")
    public static let letters = Self(
        "baophu_letters", .gauge, labels: ["state"], "letters of the outbox that wait to be sent, or were given up")
    public static let figuresMonth = Self(
        "baophu_figures_newest_month_seconds", .gauge,
        "first second of the latest month that figures hold for, since 1970; absent without figures")
    public static let figuresTaken = Self(
        "baophu_figures_last_batch_seconds", .gauge, "when figures were last taken, since 1970; absent without figures")
    public static let collectionProblems = Self(
        "baophu_metrics_problems_total", .counter,
        "times that something asked of the database for this page was not answered")
    public static let memoryBytes = Self("process_resident_memory_bytes", .gauge, "memory of the process")
    public static let openDescriptors = Self("process_open_fds", .gauge, "open files and connections of the process")
    public static let startSeconds = Self("process_start_time_seconds", .gauge, "when the process began, since 1970")

    /// In the order in which they are told.
    public static let all: [MeterFamily] = [
        requests, requestSeconds, signInFailures, readWaitSeconds, writeWaitSeconds, writeSeconds, databaseBytes, jobs,
        jobWaitSeconds, letters, figuresMonth, figuresTaken, collectionProblems, memoryBytes, openDescriptors,
        startSeconds,
    ]
}
