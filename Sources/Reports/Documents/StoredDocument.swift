import Access
import Database
public import Documents
import Foundation
public import Kernel
public import PlanText

/// What a list shows of a document: without its data, which may be large.
public struct DocumentHead: Sendable, Equatable {
    public let id: RecordID
    public let templateID: String
    public let title: String
    public let madeAt: Timestamp
    public let madeBy: String
    /// Nil for a draft.
    public let signing: Signing?

    static let columns =
        "id, template, title, made_at, made_by_name, \(Signing.columns.joined(separator: ", "))"

    init(_ row: SQLRow) throws {
        id = try row.recordID("id")
        templateID = try row.text("template")
        title = try row.text("title")
        madeAt = try row.timestamp("made_at")
        madeBy = try row.text("made_by_name")
        signing = try row.optionalSigning()
    }
}

/// A document as it was made: template and data frozen, number and date once the clerk gave them.
public struct StoredDocument: Sendable, Equatable {
    public let id: RecordID
    public let templateID: String
    let templateText: String
    /// As the person may see them for whom it was read: what is guarded is masked, so that page, files and exports made of
    /// it tell the same.
    public let data: DocumentData
    /// Whether something is masked.
    public let isMasked: Bool
    /// Who may open its signed copy, where not everybody who may read the paper; nil otherwise.
    let copyGuard: Guard?
    /// Of the data, lower-case hexadecimal: printed with the document, so that anybody can tell whether it is the same.
    public let sha256: String
    public let type: DocumentType
    public let title: String
    /// Whose document it is.
    public let unit: UnitCode
    public let subject: Subject
    /// Nil for papers about no period.
    public let period: WorkPeriod?
    /// The day its figures are counted to.
    public let cutoff: Day
    public let madeAt: Timestamp
    public let madeBy: String
    /// Who is to sign, or has signed; without a name where nobody has said.
    public let signer: Signer
    /// Nil before the clerk gave number and day.
    public let signing: Signing?
    public let issuedBy: String?
    public let version: Int
    /// The fingerprint of the scenario it was composed of; nil for other papers, and for those of before it was kept.
    let source: String?

    /// - Parameters:
    ///   - viewer: who will see it.
    ///   - kinds: whose guards hold.
    init(_ row: SQLRow, for viewer: Viewer, guards kinds: [PaperKind]) throws {
        id = try row.recordID("id")
        templateID = try row.text("template")
        templateText = try row.text("template_text")
        let whole = try JSONDecoder().decode(DocumentData.self, from: Data(row.text("data").utf8))
        sha256 = try row.text("sha256")
        guard let type = try DocumentType(rawValue: row.text("type")) else {
            throw DatabaseError.column(name: "type", problem: "is no type of document")
        }
        self.type = type
        title = try row.text("title")
        guard let unit = try UnitCode(row.text("unit")) else {
            throw DatabaseError.column(name: "unit", problem: "is no code of an agency or commune")
        }
        self.unit = unit
        let template = templateID
        let guards = (kinds.first { $0.id == template }?.guards ?? []).filter { $0.guards(whole) }
        let closed = guards.filter { !$0.by(unit).opens(to: viewer) }
        data = closed.reduce(whole) { $0.masking($1.column, of: $1.table, as: GuardedWords.masked) }
        isMasked = !closed.isEmpty
        copyGuard = guards.first?.by(unit)
        subject = Subject(Subject.Kind(try row.text("subject_kind")), try row.text("subject_key"))
        period = WorkPeriod(try row.text("period"))
        cutoff = try row.day("cutoff")
        madeAt = try row.timestamp("made_at")
        madeBy = try row.text("made_by_name")
        signer = try row.signer()
        let (text, frozen) = (templateText, data)
        signing = try row.optionalSigning(
            symbol: (try? DocumentTemplate(text).document(frozen))?.symbol ?? "")
        issuedBy = try row.optionalText("issued_by_name")
        version = try row.integer("version")
        source = try row.optionalText("source")
    }

    /// - Parameter seen: the version that somebody looked at; nil for whoever looked at none.
    func require(_ seen: Int?) throws(Refusal) {
        guard let seen, seen != version else { return }
        throw Refusal(
            .stale, "Văn bản này vừa được người khác ghi số, ngày hoặc sửa. Hãy tải lại trang, xem lại rồi làm lại.")
    }

    /// The document made again from what was frozen.
    public func document() throws -> OfficialDocument {
        try DocumentTemplate(templateText).document(
            data, signer: signer, number: signing?.number, date: signing?.day)
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
