import Foundation

/// `multipart/form-data`, whole and cut into pieces. The first byte says into which.
enum Forms {
    private static let folder: String = {
        let isThere = FileManager.default.fileExists(atPath: "/dev/shm")
        let folder = (isThere ? "/dev/shm" : NSTemporaryDirectory()) + "/baophu-fuzz-\(getpid())"
        mkdir(folder, 0o700)
        return folder
    }()

    private static let limits: MultipartLimits = {
        var limits = MultipartLimits(fileBytes: 1_024)
        limits.fieldBytes = 256
        limits.parts = 6
        return limits
    }()

    private struct Content: Equatable {
        struct File: Equatable {
            let words: [String]
            let bytes: [UInt8]
        }

        var fields: [String: [String]]
        var files: [File]
    }

    static func read(_ input: UnsafeRawBufferPointer) {
        guard input.count > 1 else { return }
        let body = UnsafeRawBufferPointer(rebasing: input[1...])
        let whole = content(of: body, size: body.count)
        promise(whole == content(of: body, size: 1 + Int(input[0]) % 40), "a form read otherwise in pieces")
    }

    private static func content(of body: UnsafeRawBufferPointer, size: Int) -> Result<Content, MultipartError> {
        var parser = MultipartParser(boundary: Array("AaB03x".utf8), limits: limits, temporaryDirectory: folder)
        do throws(MultipartError) {
            for place in stride(from: 0, to: body.count, by: size) {
                try parser.feed(UnsafeRawBufferPointer(rebasing: body[place..<min(place + size, body.count)]))
            }
            let form = try parser.finish()
            defer { form.discard() }
            let files = form.files.map { file in
                let bytes = bytes(of: file.temporaryPath)
                promise(bytes.count == file.size, "a file of \(file.size) bytes with \(bytes.count)")
                promise(!file.fileName.contains("/") && !file.fileName.contains("\\"), "a path: \(file.fileName)")
                return Content.File(words: [file.fieldName, file.fileName, file.declaredType], bytes: bytes)
            }
            return .success(Content(fields: form.fields, files: files))
        } catch {
            parser.abandon()
            isEmpty()
            return .failure(error)
        }
    }

    /// By the system's own calls: a handle of Foundation's costs more than the form, and loses four kilobytes with each empty
    /// file that is read whole. One byte more than is allowed shows a file that is too long.
    private static func bytes(of path: String) -> [UInt8] {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        return [UInt8](unsafeUninitializedCapacity: limits.fileBytes + 1) { buffer, count in
            count = max(0, Foundation.read(file, buffer.baseAddress, buffer.count))
        }
    }

    /// Of a form that was refused no file stays.
    private static func isEmpty() {
        guard let folder = opendir(folder) else { return }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        promise(count == 2, "\(count - 2) files stay")
    }
}
