import Overview
import PlanText
import Targets
import Work
public import Access
import Database
public import Documents
public import Foundation
import Kernel

/// The templates of the installation: those of the folder, by id.
public struct TemplateFolder: Sendable {
    public let templates: [String: DocumentTemplate]

    /// - Throws: `TemplateError` naming the file that cannot be used.
    public init(_ folder: URL) throws {
        var templates: [String: DocumentTemplate] = [:]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        for name in names.sorted() {
            let template: DocumentTemplate
            do {
                template = try DocumentTemplate(
                    String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
            } catch let error as TemplateError {
                throw TemplateError(template: name, place: error.place, reason: error.reason)
            }
            guard "\(template.id).yaml" == name else {
                throw TemplateError(template: name, place: "id", reason: "phải trùng tên tệp")
            }
            templates[template.id] = template
        }
        self.templates = templates
    }

    public init(_ templates: [DocumentTemplate]) {
        self.templates = Dictionary(templates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Right {
    /// Counts in the coordinating agency alone.
    public static let keepTemplates = Right("documents.keep-templates", "Sửa mẫu văn bản")
}

extension DocumentService {
    /// A template as it holds: the agency's own text where there is one.
    func template(_ id: String, on connection: any SQLConnection) throws -> DocumentTemplate {
        guard let file = folder.templates[id] else { throw Refusal(.notFound, "Không có mẫu văn bản này.") }
        guard
            let row = try connection.row(
                "SELECT text FROM template_text WHERE template = ? ORDER BY id DESC LIMIT 1", id)
        else { return file }
        let text = try row.text("text")
        return text.isEmpty ? file : try DocumentTemplate(text)
    }

    public func template(_ id: String) async throws -> DocumentTemplate {
        try await store.read { try self.template(id, on: $0) }
    }

    /// Who may adapt templates: the coordinating agency, for all who use them.
    func requireEditor(_ viewer: Viewer) throws(Refusal) {
        guard viewer.may(.keepTemplates, for: definition) else {
            throw Refusal(.forbidden, "Chỉ cơ quan thường trực kế hoạch sửa mẫu văn bản dùng chung.")
        }
    }

    /// Checks a text of a template without keeping it.
    /// - Throws: a refusal at the field `text`.
    func checked(_ text: String, for id: String) throws(Refusal) -> DocumentTemplate {
        let template: DocumentTemplate
        do {
            template = try DocumentTemplate(text)
        } catch {
            throw Refusal(fields: [.init(DocumentField.text, error.description)])
        }
        guard template.id == id else {
            throw Refusal(fields: [.init(DocumentField.text, "id của mẫu phải giữ nguyên là “\(id)”.")])
        }
        return template
    }

    /// The document that a changed text would make of the latest data the template was used with. What the installation's own
    /// template prints and that data did not have yet comes out empty; what nobody knows is refused.
    /// - Returns: nil where the template was never used.
    public func preview(_ id: String, text: String, for viewer: Viewer) async throws -> OfficialDocument? {
        try requireEditor(viewer)
        let template = try checked(text, for: id)
        let latest = try await store.read { connection in
            try connection.row(
                "SELECT * FROM official_document WHERE template = ? ORDER BY id DESC LIMIT 1", id
            ).map { try StoredDocument($0, for: viewer, guards: self.kinds) }
        }
        guard let latest else { return nil }
        do {
            return try template.document(latest.data, lacking: folder.templates[id]?.tables ?? [:])
        } catch {
            throw Refusal(fields: [.init(DocumentField.text, error.description)])
        }
    }

    /// Keeps an agency's own text; an empty one goes back to the installation's.
    public func keepTemplate(
        _ id: String, text: String, reason typed: String, version: Int? = nil, by submission: Submission
    ) async throws {
        try requireEditor(submission.viewer)
        guard folder.templates[id] != nil else { throw Refusal(.notFound, "Không có mẫu văn bản này.") }
        if !text.isEmpty { _ = try checked(text, for: id) }
        let reason = VietnameseText.tidy(typed)
        guard !reason.isEmpty, reason.count <= 500 else {
            throw Refusal(fields: [.init(DocumentField.reason, "Hãy ghi lý do sửa mẫu (không quá 500 chữ).")])
        }
        try await store.once(submission, about: Subject(.template, id), at: clock.now) { connection, now in
            try Revisions.require(version, of: .template, on: connection)
            try connection.execute(
                "INSERT INTO template_text (id, template, text, reason, at, actor_name) VALUES (?, ?, ?, ?, ?, ?)",
                RecordID(at: now), id, text, reason, now, submission.viewer.name)
            try AuditTrail.append(
                AuditEvent("template.changed", subject: Subject(.template, id), detail: reason), by: submission.actor,
                at: now,
                on: connection)
        }
    }
}
