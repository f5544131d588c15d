/// What can go wrong between the program and its database.
public enum DatabaseError: Error, Equatable, CustomStringConvertible {
    /// The database cannot be opened or reached.
    case unavailable(location: String, reason: String)
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
}
