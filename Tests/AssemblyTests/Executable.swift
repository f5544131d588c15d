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
    static func start(_ arguments: [String], in folder: String) throws -> Process {
        guard let path else { throw Scene.Failure(description: "baophu is not built") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try file(folder + "/stdout")
        process.standardError = try file(folder + "/stderr")
        try process.run()
        return process
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
