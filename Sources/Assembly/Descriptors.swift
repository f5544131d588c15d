import Foundation

/// What a process may have open at the same time: connections, files, pipes.
enum Descriptors {
    /// Kept free of connections: for the database, files being worked on and programs that are called.
    static let reserve = 128

    /// Raises the process's limit to what the system allows it.
    /// - Returns: the limit in force.
    static func raise() -> Int {
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return 1_024 }
        // Beyond this nothing here gains, and some programs that are called walk through all of them.
        let wanted = min(limit.rlim_max, 65_536)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = wanted
            if setrlimit(files, &raised) == 0 { limit = raised }
        }
        return Int(min(limit.rlim_cur, 65_536))
    }

    /// How many connections there may be: as many as wanted, or as the limit leaves room for. Past the limit, taking in
    /// connections would fail over and over.
    static func connections(of wanted: Int) -> Int {
        let limit = raise()
        return min(wanted, max(limit - reserve, limit / 2))
    }
}
