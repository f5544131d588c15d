import Foundation

/// `Package.swift` as SwiftPM reads it.
struct Manifest: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let exclude: [String]
        /// The names of targets and products.
        let dependencies: [String]

        enum CodingKeys: String, CodingKey { case name, type, path, exclude, dependencies }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decode(String.self, forKey: .name)
            type = try values.decode(String.self, forKey: .type)
            path = try values.decodeIfPresent(String.self, forKey: .path)
            exclude = try values.decode([String].self, forKey: .exclude)
            dependencies = try values.decode([Dependency].self, forKey: .dependencies).map(\.name)
        }

        var folder: String { path ?? (type == "test" ? "Tests/" : "Sources/") + name }
        var isTest: Bool { type == "test" }
        /// Belongs to tests, without being one.
        var isSupport: Bool { !isTest && folder.hasPrefix("Tests/") }

        /// Its Swift files; the excluded ones left out.
        var sources: [String] {
            Repository.files(under: folder, endingIn: ".swift").filter { file in
                !exclude.contains { file.hasPrefix("\(folder)/\($0)") }
            }
        }
    }

    /// `{"byName": ["Kernel", null]}`, `{"product": ["Crypto", "swift-crypto", null, null]}`.
    struct Dependency: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            let kinds = try decoder.singleValueContainer().decode([String: [Part]].self)
            guard let name = kinds.values.first?.first?.text else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "a dependency without a name"))
            }
            self.name = name
        }

        struct Part: Decodable {
            let text: String?
            init(from decoder: any Decoder) throws {
                text = try? decoder.singleValueContainer().decode(String.self)
            }
        }
    }

    let targets: [Target]

    static let json = Result {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "architecture-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        return try Repository.run(["swift", "package", "--scratch-path", scratch, "dump-package"])
    }

    static let current = Result { try JSONDecoder().decode(Manifest.self, from: json.get()) }

    func target(_ name: String) -> Target? { targets.first { $0.name == name } }

    /// These targets and all they stand on.
    func closure(of names: some Sequence<String>) -> Set<String> {
        var (waiting, found) = (Array(names), Set<String>())
        while let name = waiting.popLast() {
            guard let target = target(name), found.insert(name).inserted else { continue }
            waiting += target.dependencies
        }
        return found
    }
}
