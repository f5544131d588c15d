import Foundation

/// The built `baophu`, beside the test bundle or in the package's build folder.
enum Executable {
    static let path: String? = {
        let beside = [
            Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
        ]
        let built = [Scene.repository.appendingPathComponent(".build/debug")]
        return (beside + built).map { $0.appendingPathComponent("baophu").path }.first {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
                && FileManager.default.isExecutableFile(atPath: $0)
        }
    }()

    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String

        func json<T>(_ type: T.Type = T.self) throws -> T {
            guard let value = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? T else {
                throw Scene.Failure(description: "not a \(T.self): \(output.prefix(300))")
            }
            return value
        }
    }

    /// Starts the program in a folder, its output going into `stdout` and `stderr` there.
    /// - Parameter files: how many it may have open; as many as this process when left out.
    static func start(_ arguments: [String], in folder: String, files: Int? = nil) throws -> Process {
        guard let path else { throw Scene.Failure(description: "baophu is not built") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: files == nil ? path : "/bin/sh")
        process.arguments =
            files.map { ["-c", "ulimit -n \($0) && exec \"$0\" \"$@\"", path] + arguments } ?? arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try file(folder + "/stdout")
        process.standardError = try file(folder + "/stderr")
        try process.run()
        return process
    }

    /// Starts the server, or the demonstration, and answers it with its port, once it listens.
    static func serve(
        _ flags: [String], in folder: String, files: Int? = nil, command: String = "serve"
    ) async throws -> (process: Process, port: Int) {
        try await offPool {
            let process = try start([command, "--port", "0"] + flags, in: folder, files: files)
            let limit = Date(timeIntervalSinceNow: 300)
            while Date() < limit {
                let output = FileManager.default.contents(atPath: folder + "/stdout") ?? Data()
                let words = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                if let port = words.first(where: { $0.hasPrefix("http://127.0.0.1:") })?.split(separator: ":").last,
                    let number = Int(port)
                {
                    return (process, number)
                }
                guard process.isRunning else { break }
                Thread.sleep(forTimeInterval: 0.02)
            }
            let errors = FileManager.default.contents(atPath: folder + "/stderr") ?? Data()
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            throw Scene.Failure(description: "the server did not start: \(String(decoding: errors, as: UTF8.self))")
        }
    }

    /// Asks a server to stop and waits until it has.
    /// - Returns: whether it did within a minute; otherwise it is killed.
    static func end(_ process: Process) async throws -> Bool {
        try await offPool {
            process.terminate()
            let limit = Date(timeIntervalSinceNow: 60)
            while process.isRunning, Date() < limit { Thread.sleep(forTimeInterval: 0.05) }
            guard process.isRunning else { return true }
            kill(process.processIdentifier, SIGKILL)
            return false
        }
    }

    /// Runs the program to its end, in a folder that holds nothing else but what `folder` brings.
    static func run(_ arguments: [String], in folder: String? = nil) async throws -> Outcome {
        try await Scene.withFolder { logs in
            let place = folder ?? logs
            let status = try await offPool {
                let process = try start(arguments, in: place)
                process.waitUntilExit()
                return process.terminationStatus
            }
            func text(_ name: String) -> String {
                String(decoding: FileManager.default.contents(atPath: "\(place)/\(name)") ?? Data(), as: UTF8.self)
            }
            return Outcome(status: status, output: text("stdout"), errors: text("stderr"))
        }
    }

    private static func file(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Scene.Failure(description: "cannot write \(path)") }
        return handle
    }

    /// Runs what blocks outside Swift's cooperative pool.
    static func offPool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }
}
