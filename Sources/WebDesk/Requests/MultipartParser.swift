import Foundation

/// The state machine below ``MultipartForm/read(_:contentType:limits:temporaryDirectory:)``: bytes in, a form out.
///
/// After an error the only call left is ``abandon()``.
struct MultipartParser {
    private enum State {
        /// Before the first boundary (RFC 2046 section 5.1.1).
        case preamble
        /// Behind a boundary: either the two hyphens of the end or the header of a part.
        case header
        case content
        /// Behind the closing boundary.
        case epilogue
    }

    /// What becomes of the bytes of the present part.
    private enum Sink {
        /// Outside every part.
        case none
        case field(name: String)
        case file(fieldName: String, fileName: String, declaredType: String)
        /// A file input that the person left empty.
        case ignored
    }

    /// CRLF, two hyphens and the boundary: what ends a part's content.
    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    private let temporaryDirectory: String
    private var state = State.preamble
    private var sink = Sink.none
    private var form = MultipartForm()
    private var fieldValue: [UInt8] = []
    private var file: TemporaryFile?
    private var partCount = 0
    private var fileBytes = 0
    private var outsideBytes = 0
    /// Bytes not yet understood, from `start` on. Begins with a line end so that a boundary in the body's first line
    /// is found like every other.
    private var pending: [UInt8] = Array("\r\n".utf8)
    private var start = 0

    init(boundary: [UInt8], limits: MultipartLimits, temporaryDirectory: String) {
        delimiter = Array("\r\n--".utf8) + boundary
        self.limits = limits
        self.temporaryDirectory = temporaryDirectory
    }

    /// Reads on; `bytes` may end anywhere.
    mutating func feed(_ bytes: UnsafeRawBufferPointer) throws(MultipartError) {
        pending.append(contentsOf: bytes)
        while try advance() {}
        pending.removeSubrange(..<start)
        start = 0
    }

    /// The form, once the closing boundary has been seen.
    ///
    /// - Throws: ``MultipartError/truncated``.
    mutating func finish() throws(MultipartError) -> MultipartForm {
        guard state == .epilogue else { throw .truncated }
        return form
    }

    /// Removes every file written so far.
    mutating func abandon() {
        file?.remove()
        file = nil
        form.discard()
        form = MultipartForm()
    }

    /// Takes one step; `false` when the next needs more bytes.
    private mutating func advance() throws(MultipartError) -> Bool {
        switch state {
        case .preamble, .content:
            return try passContent()
        case .header:
            return try readHeader()
        case .epilogue:
            try deliver(start..<pending.count)
            start = pending.count
            return false
        }
    }

    /// Delivers the bytes before the next delimiter, or, without one, those that cannot belong to one.
    private mutating func passContent() throws(MultipartError) -> Bool {
        if let found = find(delimiter) {
            try deliver(start..<found)
            try closePart()
            start = found + delimiter.count
            state = .header
            return true
        }
        let end = max(start, pending.count - (delimiter.count - 1))
        try deliver(start..<end)
        start = end
        return false
    }

    private mutating func readHeader() throws(MultipartError) -> Bool {
        guard pending.count - start >= 2 else { return false }
        let hyphen = UInt8(ascii: "-")
        if pending[start] == hyphen, pending[start + 1] == hyphen {
            start += 2
            state = .epilogue
            return true
        }
        let end = find(Array("\r\n\r\n".utf8))
        guard (end ?? pending.count) - start <= MultipartLimits.headerBytes else { throw .malformed("long header") }
        guard let end else { return false }
        let header = try PartHeader(pending[start..<end])
        start = end + 4
        try openPart(header)
        state = .content
        return true
    }

    private mutating func openPart(_ header: PartHeader) throws(MultipartError) {
        partCount += 1
        guard partCount <= limits.parts else { throw .tooManyParts(limit: limits.parts) }
        switch header.fileName {
        case nil:
            fieldValue.removeAll(keepingCapacity: true)
            sink = .field(name: header.name)
        case "":
            sink = .ignored
        case let fileName?:
            file = try TemporaryFile(in: temporaryDirectory)
            sink = .file(fieldName: header.name, fileName: fileName, declaredType: header.contentType)
        }
    }

    private mutating func closePart() throws(MultipartError) {
        switch sink {
        case .none, .ignored:
            break
        case .field(let name):
            guard let value = String(validating: fieldValue, as: UTF8.self) else {
                throw .malformed("field that is not UTF-8")
            }
            form.fields[name, default: []].append(value)
        case .file(let fieldName, let fileName, let declaredType):
            try file?.close()
            if let file {
                form.files.append(
                    UploadedFile(
                        fieldName: fieldName, fileName: fileName, declaredType: declaredType,
                        temporaryPath: file.path, size: file.size))
            }
            file = nil
        }
        sink = .none
    }

    private mutating func deliver(_ range: Range<Int>) throws(MultipartError) {
        switch sink {
        case .none:
            outsideBytes += range.count
            guard outsideBytes <= MultipartLimits.headerBytes else { throw .malformed("long text outside the parts") }
        case .field(let name):
            guard fieldValue.count + range.count <= limits.fieldBytes else {
                throw .fieldTooLarge(name: name, limit: limits.fieldBytes)
            }
            fieldValue += pending[range]
        case .file:
            try countFileBytes(range.count)
            try file?.append(pending[range])
        case .ignored:
            try countFileBytes(range.count)
        }
    }

    private mutating func countFileBytes(_ count: Int) throws(MultipartError) {
        fileBytes += count
        guard fileBytes <= limits.fileBytes else { throw .fileTooLarge(limit: limits.fileBytes) }
    }

    /// Where `pattern`, which begins with CR, first begins at or behind `start`.
    private func find(_ pattern: [UInt8]) -> Int? {
        pending.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var place = start
            while place + pattern.count <= bytes.count {
                guard let hit = memchr(base + place, 0x0D, bytes.count - pattern.count + 1 - place) else { return nil }
                place = UnsafeRawPointer(hit) - base
                if memcmp(hit, pattern, pattern.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}

/// What a part says of itself (RFC 7578 section 4).
private struct PartHeader {
    let name: String
    /// `nil` for a field, empty for a file input left empty, otherwise fit to be shown.
    let fileName: String?
    let contentType: String

    /// - Parameter bytes: from behind the boundary up to the empty line: the rest of the boundary's line, then lines
    ///   that each begin with CRLF.
    init(_ bytes: ArraySlice<UInt8>) throws(MultipartError) {
        var values: [String: String] = [:]
        for (index, line) in Self.lines(bytes).enumerated() {
            if index == 0 {
                guard line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { throw .malformed("text behind a boundary") }
                continue
            }
            let pieces = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            guard pieces.count == 2 else { throw .malformed("header line without a colon") }
            values[String(decoding: pieces[0], as: UTF8.self).lowercased()] = String(decoding: pieces[1], as: UTF8.self)
        }
        let disposition = HeaderValue(values["content-disposition"] ?? "")
        guard disposition.token == "form-data", let name = disposition.parameter("name") else {
            throw .malformed("part without a name")
        }
        let encoding = HeaderValue(values["content-transfer-encoding"] ?? "binary").token
        guard ["7bit", "8bit", "binary"].contains(encoding) else { throw .malformed("transfer encoding \(encoding)") }
        self.name = name
        fileName = disposition.extendedParameter("filename").map(Self.lastComponent)
        let type = HeaderValue(values["content-type"] ?? "").token
        contentType = type.isEmpty ? "application/octet-stream" : type
    }

    /// The lines without their ends; one that begins with white space continues the one before it (RFC 5322
    /// section 2.2.3).
    private static func lines(_ bytes: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = piece.last == 0x0D ? piece.dropLast() : piece
            if lines.count > 1, let first = line.first, first == 0x20 || first == 0x09 {
                lines[lines.count - 1] += line
            } else {
                lines.append(Array(line))
            }
        }
        return lines
    }

    /// The last component of a path of any system, without control characters; "tep" when nothing usable is left.
    private static func lastComponent(_ path: String) -> String {
        guard !path.isEmpty else { return "" }
        var name = String.UnicodeScalarView()
        for scalar in path.unicodeScalars {
            if scalar == "/" || scalar == "\\" {
                name.removeAll()
            } else if scalar.properties.generalCategory != .control {
                name.append(scalar)
            }
        }
        return ["", ".", ".."].contains(String(name)) ? "tep" : String(name)
    }
}
