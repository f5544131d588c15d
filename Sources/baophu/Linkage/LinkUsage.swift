import ArgumentParser
import Kernel
import Linkage

/// As ``reporting(_:)``; what a run finds wrong in its settings is told with their file.
func reporting(settings path: String, _ work: () async throws -> Void) async throws {
    try await reporting {
        do {
            try await work()
        } catch let error as SettingsError where !error.path.isEmpty {
            throw DataFault(file: path, line: 0, reason: error.description)
        }
    }
}

/// Wrong usage of the linkage commands, in more than one of them.
enum LinkUsage {
    static func wantsModel(_ path: String) -> ValidationError {
        ValidationError("\(path): give a trained model (JSON); `baophu linkage train` makes one")
    }
}
