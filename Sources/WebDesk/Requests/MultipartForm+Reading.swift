import NIOCore

extension MultipartForm {
    /// Reads a form while it arrives. Files go to disk buffer by buffer; in memory stand the fields, one part's
    /// header and the present buffer.
    ///
    /// - Parameters:
    ///   - body: the request's body, cut anywhere.
    ///   - contentType: the request's `Content-Type` with its boundary.
    ///   - temporaryDirectory: an existing directory of this process's own.
    /// - Throws: ``MultipartError``, or what `body` throws. Whatever is thrown, no file of this form remains.
    static func read<Body: AsyncSequence & Sendable>(
        _ body: Body, contentType: String, limits: MultipartLimits, temporaryDirectory: String
    ) async throws -> MultipartForm where Body.Element == ByteBuffer {
        guard let boundary = boundary(of: contentType) else { throw MultipartError.notMultipart }
        var parser = MultipartParser(boundary: boundary, limits: limits, temporaryDirectory: temporaryDirectory)
        do {
            for try await buffer in body {
                try buffer.withUnsafeReadableBytes { bytes in try parser.feed(bytes) }
            }
            return try parser.finish()
        } catch {
            parser.abandon()
            throw error
        }
    }

    private static func boundary(of contentType: String) -> [UInt8]? {
        let value = HeaderValue(contentType)
        guard value.token == "multipart/form-data", let boundary = value.parameter("boundary") else { return nil }
        let bytes = Array(boundary.utf8)
        let isUsable = (1...70).contains(bytes.count) && bytes.allSatisfy { (0x20...0x7E).contains($0) }
        return isUsable && bytes.last != UInt8(ascii: " ") ? bytes : nil
    }
}
