import CZip
import Foundation

/// Writes zip archives through libzip: equal parts give equal bytes, so that what is made again can be compared.
public enum ZipWriter {
    public struct Part: Sendable {
        /// With slashes between folders.
        public let name: String
        public let bytes: [UInt8]

        public init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }

        public init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
    }

    public struct WriteError: Error, CustomStringConvertible {
        public let description: String
    }

    /// The first moment that zip's own clock knows of; every part bears it.
    private static let moment: time_t = 315_532_800

    /// The bytes of an archive of these parts, in their order.
    public static func bytes(of parts: [Part]) throws -> [UInt8] {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        func failure(_ doing: String) -> WriteError { WriteError(description: "cannot write the archive: \(doing)") }
        guard let source = zip_source_buffer_create(nil, 0, 0, &error) else { throw failure("no buffer") }
        // Closing the archive gives its own hold up; ours keeps the content for reading.
        zip_source_keep(source)
        defer { zip_source_free(source) }
        guard let archive = zip_open_from_source(source, ZIP_TRUNCATE, &error) else {
            zip_source_free(source)
            throw failure("not opened")
        }
        for part in parts {
            // libzip frees the copy when the archive is closed.
            guard let copy = malloc(max(part.bytes.count, 1)) else {
                zip_discard(archive)
                throw failure("no memory")
            }
            part.bytes.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress { memcpy(copy, start, bytes.count) }
            }
            guard let content = zip_source_buffer(archive, copy, zip_uint64_t(part.bytes.count), 1) else {
                free(copy)
                zip_discard(archive)
                throw failure(part.name)
            }
            let index = zip_file_add(archive, part.name, content, zip_flags_t(ZIP_FL_ENC_UTF_8))
            guard index >= 0 else {
                zip_source_free(content)
                zip_discard(archive)
                throw failure(part.name)
            }
            zip_file_set_mtime(archive, zip_uint64_t(index), moment, 0)
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw failure("not closed")
        }
        guard zip_source_open(source) == 0 else { throw failure("not read back") }
        defer { zip_source_close(source) }
        zip_source_seek(source, 0, SEEK_END)
        let size = zip_source_tell(source)
        zip_source_seek(source, 0, SEEK_SET)
        guard size > 0 else { throw failure("empty") }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let read = zip_source_read(source, &bytes, zip_uint64_t(size))
        guard read == size else { throw failure("read back in part") }
        return bytes
    }
}
