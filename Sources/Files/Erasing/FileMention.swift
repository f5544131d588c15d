public import Database
import Kernel

/// How the audit trail speaks of a file: by its identifier and hash, never by its name, which may be a person's and would
/// outlive the file there (docs/decisions/0048). Screens put the name in its place while the file lives.
public enum FileMention {
    /// `tệp 01jf… (SHA-256 9f86…)`
    public static func words(_ file: StoredFile) -> String { "tệp \(file.id) (SHA-256 \(file.sha256))" }

    /// Texts of the trail as people read them: each file that they mention by its name, or as erased.
    public static func named(_ texts: [String], on connection: any SQLConnection) throws -> [String] {
        let mentioned = texts.flatMap { $0.matches(of: pattern()).compactMap { RecordID($0.output.1) } }
        guard !mentioned.isEmpty else { return texts }
        let files = try StoredFiles.find(mentioned, on: connection)
        return texts.map { text in
            text.replacing(pattern()) { match in
                let hash = match.output.2.prefix(12)
                guard let file = RecordID(match.output.1).flatMap({ files[$0] }) else {
                    return "tệp không còn lưu (SHA-256 \(hash))"
                }
                return file.isErased
                    ? "\(StoredFile.erasedName) (SHA-256 \(hash))" : "tệp “\(file.name)” (SHA-256 \(hash))"
            }
        }
    }

    public static func named(_ texts: [String], in store: any DataStore) async throws -> [String] {
        try await store.read { try named(texts, on: $0) }
    }

    private static func pattern() -> Regex<(Substring, Substring, Substring)> {
        /tệp ([0-9a-z]{26}) \(SHA-256 ([0-9a-f]{64})\)/
    }
}
