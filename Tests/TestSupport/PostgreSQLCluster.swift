import Foundation
import Synchronization

/// A PostgreSQL server of this test process alone: a new cluster in a temporary folder, reached through a socket in that
/// folder and by no network address.
///
/// A shell stands beside the server and reads from a pipe whose other end this process holds. However this process
/// ends, also by SIGKILL, the pipe then closes; the shell stops the server and removes the folder.
public final class PostgreSQLCluster: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private static let started = Result { try PostgreSQLCluster() }

    /// The server, started by the first call.
    /// - Throws: ``Failure``, the same at every call.
    public static func shared() throws -> PostgreSQLCluster { try started.get() }

    /// Holds the data, the socket and the log.
    public let folder: String
    private let programs: String
    /// Kept open as long as this process lives.
    private let lifeline: Pipe
    private let databases = Mutex(0)

    private init() throws {
        programs = try Self.programs()
        var template = Array("/tmp/baophu-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(description: "cannot make a folder below /tmp for PostgreSQL (error \(errno))")
        }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        lifeline = Pipe()
        _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)

        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", Self.script, "postgresql", programs, folder]
        shell.currentDirectoryURL = URL(fileURLWithPath: "/")
        shell.standardInput = lifeline
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()

        let deadline = Date(timeIntervalSinceNow: 120)
        while try run("pg_isready", ["--quiet"]).status != 0 {
            let log = FileManager.default.contents(atPath: folder + "/log").map { String(decoding: $0, as: UTF8.self) }
            if FileManager.default.fileExists(atPath: folder + "/failed") || !shell.isRunning || Date() > deadline {
                throw Failure(description: "PostgreSQL did not start in \(folder):\n\(log ?? "no log")")
            }
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    /// `$1` is the folder of PostgreSQL's programs, `$2` that of the cluster. PostgreSQL refuses to run as root.
    private static let script = """
        trap '' HUP INT TERM
        as=
        if [ "$(id -u)" = 0 ]; then
            as="setpriv --reuid=postgres --regid=$(id -g postgres) --init-groups --"
            chown postgres "$2"
        fi
        if $as "$1/initdb" --pgdata="$2/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
            >>"$2/log" 2>&1
        then
            $as "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
                -c full_page_writes=off -c shared_buffers=32MB -c max_connections=300 >>"$2/log" 2>&1 &
            server=$!
        else
            touch "$2/failed"
        fi
        read -r _
        if [ -n "$server" ]; then
            kill -INT "$server"
            wait "$server"
        fi
        rm -rf "$2"
        """

    private static func programs() throws -> String {
        func holdsServer(_ folder: String) -> Bool {
            ["initdb", "postgres", "createdb"].allSatisfy {
                FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)")
            }
        }
        var folders = ["/usr/lib/postgresql/15/bin"]
        folders += (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        if let found = folders.first(where: holdsServer) { return found }
        let told = try? Subprocess.run("/usr/bin/env", ["pg_config", "--bindir"]).output
        if let told = told?.split(separator: "\n").first.map(String.init), holdsServer(told) { return told }
        throw Failure(
            description:
                "PostgreSQL's programs (initdb, postgres, createdb) were not found in /usr/lib/postgresql/15/bin, "
                + "on PATH or where pg_config points: install postgresql; make test does")
    }

    // MARK: Databases

    /// The address of a new, empty database. Blocks while it is made.
    public func freshURL() throws -> String {
        let number = databases.withLock { count in
            count += 1
            return count
        }
        let name = "test\(number)"
        let made = try run("createdb", [name])
        guard made.status == 0 else { throw Failure(description: "createdb \(name): \(made.output)") }
        // All tests share the server and the machine: a connection may take longer than it would anywhere else.
        return "postgresql:///\(name)?host=\(folder)&user=postgres&connect_timeout=60"
    }

    /// Removes a database that ``freshURL()`` made, with whatever is still connected to it.
    public func remove(_ url: String) {
        guard let name = url.split(separator: "/").dropFirst().first?.split(separator: "?").first else { return }
        _ = try? run("dropdb", ["--force", "--if-exists", String(name)])
    }

    private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        try Subprocess.run("\(programs)/\(program)", ["--host", folder, "--username", "postgres"] + arguments)
    }
}

/// Runs a short program to its end.
private enum Subprocess {
    static func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        ended.wait()
        return (process.terminationStatus, text)
    }
}
