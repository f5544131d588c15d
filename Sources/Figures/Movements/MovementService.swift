import Access
public import Database
import Files
public import Kernel
public import Province
import Tabular

/// Takes files of movements: who came and went, who could come, what is late. As with figures, a file is looked at before it
/// is taken, a batch is withdrawn as a whole, and the newest batch that stands holds.
public struct MovementService: Sendable {
    public let store: any DataStore
    public private(set) var clock: Clock
    let directory: CommuneDirectory
    let province: String
    let units: UnitsInForce
    /// Whose units forms are made by.
    let insurance: AgencyCode?
    /// Made once: it folds every name of the directory.
    private let finder: CommuneFinder

    /// - Parameter insurance: the agency whose offices send forms; nil in a plan without one.
    public init(
        store: any DataStore, clock: Clock, directory: CommuneDirectory, province: String, units: UnitsInForce,
        insurance: AgencyCode?
    ) {
        self.store = store
        self.clock = clock
        self.directory = directory
        self.province = province
        self.units = units
        self.insurance = insurance
        finder = CommuneFinder(directory)
    }

    /// The same by another clock.
    public func by(_ clock: Clock) -> MovementService {
        var copy = self
        copy.clock = clock
        return copy
    }

    /// The offices whose areas a form may be of.
    public var offices: [AgencyUnit] { insurance.map { units.now.units(of: $0) } ?? [] }

    var reader: MovementReader {
        MovementReader(directory: directory, offices: offices, province: province, finder: finder)
    }

    /// A form of millions of lines is none of these.
    static let limits: TableLimits = {
        var limits = TableLimits()
        limits.cells = 400_000
        return limits
    }()
}

/// A file of movements that was sent.
public struct MovementUpload: Sendable, Equatable {
    public let id: RecordID
    public let file: RecordID
    public let fileName: String
    public let month: Month?
    public let place: MovementPlace
    public let source: String
    public let at: Timestamp
    public let actorName: String
    public let batch: Int?
    public let discardedAt: Timestamp?

    public var isOpen: Bool { batch == nil && discardedAt == nil }

    init(_ row: SQLRow, files: [RecordID: StoredFile]) throws {
        id = try row.recordID("id")
        file = try row.recordID("file")
        fileName = files[file]?.name ?? ""
        month = try row.optionalText("month").flatMap { Month($0) }
        place = MovementPlace(key: try row.text("place")) ?? .province
        source = try row.text("source")
        at = try row.timestamp("at")
        actorName = try row.text("actor_name")
        batch = try row.optionalInteger("batch")
        discardedAt = try row.optionalTimestamp("discarded_at")
    }
}

/// Movements taken in one step.
public struct MovementBatch: Sendable, Equatable {
    public let number: Int
    public let at: Timestamp
    public let actorName: String
    public let file: RecordID
    public let fileName: String
    public let source: String
    public let form: MovementForm
    public let month: Month
    public let cutoff: Day?
    public let acceptedRows: Int
    public let rejectedRows: Int
    public let movements: Int
    public let withdrawnAt: Timestamp?
    public let withdrawnBy: String?
    public let withdrawnReason: String?

    init(_ row: SQLRow) throws {
        number = try row.integer("number")
        at = try row.timestamp("at")
        actorName = try row.text("actor_name")
        file = try row.recordID("file")
        fileName = try row.text("file_name")
        source = try row.text("source")
        form = MovementForm(rawValue: try row.text("form")) ?? .table
        month = try row.month("month")
        cutoff = try row.optionalDay("cutoff")
        acceptedRows = try row.integer("accepted_rows")
        rejectedRows = try row.integer("rejected_rows")
        movements = try row.integer("movements")
        withdrawnAt = try row.optionalTimestamp("withdrawn_at")
        withdrawnBy = try row.optionalText("withdrawn_by_name")
        withdrawnReason = try row.optionalText("withdrawn_reason")
    }

    static let columns = """
        number, at, actor_name, file, file_name, source, form, month, cutoff, accepted_rows, rejected_rows, movements,
        withdrawn_at, withdrawn_by_name, withdrawn_reason
        """
}

/// A number that holds.
public struct Movement: Sendable, Equatable {
    public let key: MovementKey
    public let value: Int
    public let batch: Int
}

/// What taking a file of movements would come to.
public struct MovementOutcome: Sendable {
    public let reading: MovementReading
    /// Not stored before.
    public let added: Int
    /// Of another value than what holds.
    public let replaced: [(movement: ReadMovement, before: Int)]
    public let unchanged: Int
    /// What can hardly be; taken only with a reason.
    public let doubts: [MovementDoubt]

    public var fresh: Int { added + replaced.count }
}

extension Subject.Kind {
    /// A file of movements that was sent.
    public static let movementUpload = Self("movement-upload")
    /// Movements taken in one step, by number.
    public static let movementBatch = Self("movement-batch")
}
