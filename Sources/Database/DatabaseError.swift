/// What can go wrong between the program and its database.
public enum DatabaseError: Error, Equatable, CustomStringConvertible {
    /// The database cannot be opened or reached, or was lost on the way.
    case unavailable(location: String, reason: String)
    /// Somebody else held it for longer than one waits, or a statement took longer than it may; nothing was stored.
    case busy(location: String, reason: String)
    /// There is no room left for what was to be stored; nothing was stored.
    case full(location: String, reason: String)
    /// What is stored cannot be read any more.
    case damaged(location: String, reason: String)
    /// A unique, foreign-key, check or not-null rule refused the change.
    case constraint(reason: String)
    /// The engine refused a statement for another reason.
    case statement(sql: String, reason: String)
    /// A row lacks what the program expects of it.
    case column(name: String, problem: String)
    /// The schema is newer than this program, or an applied migration was edited.
    case schema(reason: String)

    public var description: String {
        switch self {
        case .unavailable(let location, let reason):
            "the database at \(location) cannot be used: \(reason)"
        case .busy(let location, let reason):
            "the database at \(location) is busy: \(reason); nothing was stored, try again"
        case .full(let location, let reason):
            "the disk of the database at \(location) is full: \(reason); nothing was stored. Make room on it, then try again"
        case .damaged(let location, let reason):
            "the database at \(location) is damaged: \(reason.split(whereSeparator: \.isNewline).prefix(3).joined(separator: "; "))"
        case .constraint(let reason):
            "the database refused a change that breaks a rule: \(reason)"
        case .statement(let sql, let reason):
            "the database refused a statement: \(reason) (in: \(sql.prefix(200)))"
        case .column(let name, let problem):
            "column \(name) \(problem)"
        case .schema(let reason):
            reason
        }
    }

    /// What whoever runs the system does about it; nil where the description says it, or nothing can be done.
    public var remedy: String? {
        switch self {
        case .damaged(let location, _):
            """
            1. Stop the server and keep what is there: move the file with its -wal and -shm, or dump the PostgreSQL \
            database, to another place.
            2. Put the newest backup into a new, empty database: baophu restore BACKUP --database \(location)
            3. See that all is well: baophu doctor --database \(location); then start the server again.
            """
        default: nil
        }
    }
}
