import Database
public import Documents
import Foundation
public import Kernel

/// What a list shows of a document: without its data, which may be large.
public struct DocumentHead: Sendable, Equatable {
    public let id: RecordID
    public let templateID: String
    public let title: String
    public let madeAt: Timestamp
    public let madeBy: String
    public let number: String?

    static let columns = "id, template, title, made_at, made_by_name, number"

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        templateID = try row.text("template")
        title = try row.text("title")
        madeAt = try row.timestamp("made_at")
        madeBy = try row.text("made_by_name")
        number = try row.optionalText("number")
    }
}

/// A document as it was made: template and data frozen, number and date once the clerk gave them.
public struct StoredDocument: Sendable, Equatable {
    public let id: RecordID
    public let templateID: String
    let templateText: String
    public let data: DocumentData
    /// Of the data, lower-case hexadecimal: printed with the document, so that anybody can tell whether it is the same.
    public let sha256: String
    public let type: DocumentType
    public let title: String
    /// Whose document it is: an agency's or commune's code.
    public let unit: String
    /// What it is about: `allocation/…`, `figures/batch/12`.
    public let subject: String
    /// The day its figures are counted to.
    public let cutoff: Day
    public let madeAt: Timestamp
    public let madeBy: String
    /// `15`, without the symbol; nil before the clerk gave it.
    public let number: String?
    public let issuedOn: Day?
    /// The signed file.
    public let file: RecordID?
    public let issuedBy: String?
    public let version: Int

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        templateID = try row.text("template")
        templateText = try row.text("template_text")
        data = try JSONDecoder().decode(DocumentData.self, from: Data(row.text("data").utf8))
        sha256 = try row.text("sha256")
        guard let type = try DocumentType(rawValue: row.text("type")) else {
            throw DatabaseError.column(name: "type", problem: "is no type of document")
        }
        self.type = type
        title = try row.text("title")
        unit = try row.text("unit")
        subject = try row.text("subject")
        cutoff = try row.day("cutoff")
        madeAt = try row.timestamp("made_at")
        madeBy = try row.text("made_by_name")
        number = try row.optionalText("number")
        issuedOn = try row.optionalDay("issued_on")
        file = try row.optionalRecordID("file")
        issuedBy = try row.optionalText("issued_by_name")
        version = try row.integer("version")
    }

    /// The document made again from what was frozen.
    public func document() throws -> OfficialDocument {
        try DocumentTemplate(templateText).document(data, number: number ?? "", date: issuedOn)
    }

    public var properties: DocumentProperties {
        DocumentProperties(
            title: title, creator: madeBy, made: madeAt,
            custom: [
                ("Mẫu", templateID), ("Ngày chốt số liệu", cutoff.vietnamese), ("SHA-256 dữ liệu", sha256),
                ("Mã văn bản", id.text),
            ])
    }

    /// DOCX: the master copy.
    public func word() throws -> [UInt8] { try WordWriter.bytes(of: try document(), properties: properties) }

    public func workbook() throws -> [UInt8] { try SheetBook.bytes(of: try document()) }

    public var metadata: OutgoingMetadata? { (try? document()).map { OutgoingMetadata($0) } }

    /// `quyet-dinh-giao-chi-tieu-2026-11-26.docx`
    public func fileName(_ ending: String) -> String { "\(templateID)-\(madeAt.day).\(ending)" }

    static func json(_ data: DocumentData) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(data), as: UTF8.self)
    }
}
