import Access
import Crypto
public import Database
import Kernel

extension StoredFiles {
    /// Files whose bytes are not those that were stored, by their SHA-256 and size; empty when all are. Reads every byte of
    /// every file, in bounded memory; files that are still coming in have no hash yet, erased ones no
    /// bytes any more: both are left out.
    /// - Returns: what is wrong, and how many files were read.
    public static func damaged(on connection: any SQLConnection) throws -> (problems: [String], files: Int) {
        var expected: [(id: String, sha256: String, size: Int, name: String)] = []
        try connection.forEachRow(
            "SELECT id, sha256, size, name FROM stored_file WHERE sha256 <> '' AND erased_at IS NULL ORDER BY id", []
        ) {
            row in
            expected.append(
                (try row.text("id"), try row.text("sha256"), try row.integer("size"), try row.text("name")))
        }
        var problems: [String] = []
        for file in expected {
            var hasher = SHA256()
            var size = 0
            try connection.forEachRow(
                "SELECT bytes FROM stored_file_part WHERE file = ? ORDER BY position", [file.id.sqlValue]
            ) { row in
                let bytes = try row.bytes("bytes")
                size += bytes.count
                hasher.update(data: bytes)
            }
            if size != file.size {
                problems.append("file \(file.id) (\(file.name)): \(size) bytes are left of \(file.size)")
            } else if hexadecimal(hasher.finalize()) != file.sha256 {
                problems.append("file \(file.id) (\(file.name)): its bytes do not match its SHA-256")
            }
        }
        return (problems, expected.count)
    }
}
