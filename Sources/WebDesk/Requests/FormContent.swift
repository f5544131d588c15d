public import Components
public import Files
import Foundation
import Hummingbird
public import Kernel
import NIOCore

/// What a form or a query string carried: fields, and files that live on disk until ``discard()``.
public struct FormContent: Sendable {
    private var values: [String: [String]] = [:]
    private var upload = MultipartForm()

    public init() {}

    init(query: String) {
        values = Self.decode(query)
    }

    /// Reads the body of a POST.
    /// - Throws: a refusal in Vietnamese for a body that is too large or not a form.
    init(reading request: Request, fileBytes: Int, temporaryDirectory: String) async throws {
        let type = request.headers[.contentType] ?? ""
        // Room for the fields and the boundaries around the file.
        let most = fileBytes + (1 << 20)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
            throw Self.tooLarge(fileBytes)
        }
        if type.lowercased().hasPrefix("multipart/form-data") {
            do {
                upload = try await MultipartForm.read(
                    request.body, contentType: type, limits: MultipartLimits(fileBytes: fileBytes),
                    temporaryDirectory: temporaryDirectory)
                values = upload.fields
            } catch let error as MultipartError {
                switch error {
                case .fileTooLarge: throw Self.tooLarge(fileBytes)
                // A disk that is full is nothing the sender could mend.
                case .storage(let code): throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
                default: throw Refusal(.invalid, error.message)
                }
            } catch {
                throw Self.brokenOff
            }
        } else {
            var request = request
            let limit = 512 * 1024
            do {
                let body = try await request.collectBody(upTo: limit)
                values = Self.decode(String(buffer: body))
            } catch is NIOTooManyBytesError {
                throw Refusal(.tooLarge, "Biểu mẫu gửi lên quá dài (tối đa 512 KB). Hãy rút gọn rồi gửi lại.")
            } catch {
                throw Self.brokenOff
            }
        }
    }

    /// The connection or its chunks ended in the middle.
    private static let brokenOff = Refusal(.invalid, MultipartError.truncated.message)

    private static func tooLarge(_ fileBytes: Int) -> Refusal {
        Refusal(
            .tooLarge,
            "Tệp quá lớn: hệ thống nhận tệp đến \(fileBytes >> 20) MB. Hãy nén hoặc quét lại ở độ phân giải thấp "
                + "hơn, hoặc chia thành nhiều tệp. Chưa có gì được lưu.")
    }

    func discard() { upload.discard() }

    /// The first value of a field, trimmed; empty when there is none.
    public subscript(name: String) -> String {
        // A NUL is no text anybody types, and the databases end a text at it.
        String((values[name]?.first ?? "").unicodeScalars.filter { $0.value != 0 })
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    public subscript(key: some FormKey) -> String { self[key.rawValue] }

    /// A value of an address.
    public subscript(key: QueryKey) -> String { self[key.name] }

    /// A value exactly as typed: passwords.
    public func exact(_ name: String) -> String { values[name]?.first ?? "" }

    public func exact(_ key: some FormKey) -> String { exact(key.rawValue) }

    public func all(_ key: some FormKey) -> [String] { values[key.rawValue] ?? [] }

    /// The fields of one domain, trimmed.
    public func typed<Key: FormKey & CaseIterable>(_: Key.Type) -> [Key: String] {
        Dictionary(uniqueKeysWithValues: Key.allCases.map { ($0, self[$0]) })
    }

    /// What was typed, for showing it again.
    public var typed: [String: String] { values.compactMapValues(\.first) }

    /// What was typed into fields that a person sees, in the order of their names.
    var texts: [(field: String, text: String)] {
        values.filter { !$0.key.hasPrefix("_") }.sorted { $0.key < $1.key }.flatMap { field, texts in
            texts.map { (field, $0) }
        }
    }

    var files: [UploadedFile] { upload.files }

    /// Files that may be tables, by what their first bytes are and their names say.
    var tables: [UploadedFile] {
        upload.files.filter { file in
            ["xlsx", "csv", "txt", "xls"].contains { file.fileName.lowercased().hasSuffix(".\($0)") }
        }
    }

    public var version: Int? { Int(self["_version"]) }
    /// The one-time mark, when it has the shape of one.
    public var mark: String? { RecordID(self["_mark"])?.text }
    /// The id of the form on its page.
    public var name: String { self["_name"] }

    /// A file of tables. One that its reader would take and whose name says otherwise is refused, as the field says; what is no
    /// table is left to its reader, who tells by the content, with remedies of its own.
    public func table(_ key: some FormKey) throws -> IncomingFile? {
        guard let file = try file(key.rawValue, taking: nil) else { return nil }
        let ending = FileKind.pathExtension(file.name)
        let taken = AcceptedFiles.table.endings
        if !taken.contains(ending), let sent = upload.files.first(where: { $0.fieldName == key.rawValue }),
            try looksLikeTable(sent)
        {
            throw Refusal(fields: [.init(key, FileKindError.unknownExtension(ending, taken: taken).message)])
        }
        return file
    }

    /// A list that an agency hands over, by the endings that the field names; its reader tells by the content what it is.
    public func delivered(_ key: some FormKey) throws -> IncomingFile? {
        try named(key, among: .delivered)
    }

    /// A file of borders, by the endings that the field names; its reader tells by the content what is wrong with it.
    public func boundaries(_ key: some FormKey) throws -> IncomingFile? {
        try named(key, among: .boundaries)
    }

    private func named(_ key: some FormKey, among kinds: AcceptedFiles) throws -> IncomingFile? {
        guard let file = try file(key.rawValue, taking: nil) else { return nil }
        let (ending, taken) = (FileKind.pathExtension(file.name), kinds.endings)
        guard taken.contains(ending) else {
            throw Refusal(fields: [.init(key, FileKindError.unknownExtension(ending, taken: taken).message)])
        }
        return file
    }

    /// Whether the reader of tables would begin to read a file: a workbook, or a text that is no markup.
    private func looksLikeTable(_ file: UploadedFile) throws -> Bool {
        guard let handle = FileHandle(forReadingAtPath: file.temporaryPath) else { return false }
        defer { try? handle.close() }
        let prefix = Array(try handle.read(upToCount: FileKind.prefixBytes) ?? Data())
        if FileKind.xlsx.isMade(of: OfficeParts.names(inFile: file.temporaryPath)) { return true }
        guard case .success = FileKind.sniff(prefix: prefix, fileName: ".csv") else { return false }
        return prefix.first { $0 > 32 && $0 < 128 } != UInt8(ascii: "<")
    }

    /// The file of a field, checked to be one of the kinds that the field names, and what its name says.
    public func file(_ key: some FormKey, of kinds: AcceptedFiles) throws -> IncomingFile? {
        try file(key.rawValue, taking: kinds)
    }

    private func file(_ field: String, taking kinds: AcceptedFiles?) throws -> IncomingFile? {
        guard let file = upload.files.first(where: { $0.fieldName == field }) else { return nil }
        guard let handle = FileHandle(forReadingAtPath: file.temporaryPath) else {
            throw Refusal(fields: [.init(field, "Không đọc được tệp vừa tải lên. Hãy gửi lại.")])
        }
        defer { try? handle.close() }
        let prefix = Array(try handle.read(upToCount: FileKind.prefixBytes) ?? Data())
        let mediaType: String
        switch FileKind.sniff(prefix: prefix, fileName: file.fileName, of: kinds) {
        case .success(let kind):
            if kinds != nil, !kind.isMade(of: OfficeParts.names(inFile: file.temporaryPath)) {
                throw Refusal(fields: [.init(field, FileKindError.brokenDocument(kind).message)])
            }
            mediaType = kind.mediaType
        case .failure(.empty): throw Refusal(fields: [.init(field, FileKindError.empty.message)])
        case .failure where kinds == nil: mediaType = "application/octet-stream"
        case .failure(let error): throw Refusal(fields: [.init(field, error.message)])
        }
        let path = file.temporaryPath
        return IncomingFile(name: file.fileName, mediaType: mediaType, size: file.size) {
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw Refusal(.invalid, "Không đọc được tệp vừa tải lên. Hãy gửi lại.")
            }
            return {
                let data = try handle.read(upToCount: 1 << 20)
                if let data, !data.isEmpty { return Array(data) }
                try handle.close()
                return nil
            }
        }
    }

    /// `application/x-www-form-urlencoded` (WHATWG URL): `+` is a space, `%XX` a byte of UTF-8.
    static func decode(_ text: String) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for pair in text.split(separator: "&").prefix(400) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func decoded(_ part: Substring) -> String {
                let spaced = String(part.map { $0 == "+" ? " " : $0 })
                return spaced.removingPercentEncoding ?? spaced
            }
            values[decoded(halves[0]), default: []].append(halves.count == 2 ? decoded(halves[1]) : "")
        }
        return values
    }
}
