import Province
public import Access
public import LawInForce
import Crypto
public import Database
public import Documents
public import Exchange
public import Figures
public import Files
import Foundation
public import Kernel
public import Operation
public import Overview
public import PlanText
public import ReportBoards
import Targets
import Work

/// Official documents: made from frozen data, kept, numbered, made again.
extension Right {
    public static let readDocuments = Right("documents.read-all", "Xem văn bản của mọi đơn vị")
    public static let draftDocuments = Right("documents.draft", "Soạn văn bản của đơn vị mình, ghi số ban hành")
    /// Counts in the coordinating agency alone.
    public static let packReports = Right("documents.pack", "Tải báo cáo của mọi xã, phường, đặc khu một lần")
}

extension PairedAct {
    /// Enters number, day and signed copy: the paper is out from then on.
    public static let issueDocument = PairedAct(
        "documents.issue", "Ban hành văn bản", needs: [.init(.draftDocuments, isOfUnit: true)])
}

public struct DocumentService: Sendable {
    let services: PlanServices
    public let figures: FigureService
    /// For the money; nil without the law's files.
    public let law: LawService?
    /// Agreements and deliveries, and how the system runs; nil where papers of them are not made.
    public let exchange: ExchangeService?
    public let operation: OperationService?
    public let folder: TemplateFolder
    public let kinds: [PaperKind]
    /// Where programs work on documents.
    let scratch: ScratchFolder

    public var store: any DataStore { services.store }
    public var clock: Clock { services.clock }
    public var definition: PlanDefinition { services.definition }
    var work: WorkService { services.work }
    var targets: TargetService { services.targets }
    var allocations: AllocationService { services.allocations }
    var overview: OverviewService { services.overview }
    public var boards: BoardService { BoardService(services: services) }

    public init(
        services: PlanServices, figures: FigureService, law: LawService?, folder: TemplateFolder,
        kinds: [PaperKind] = PaperKind.all, scratch: ScratchFolder = ScratchFolder(),
        exchange: ExchangeService? = nil, operation: OperationService? = nil
    ) {
        (self.exchange, self.operation) = (exchange, operation)
        self.scratch = scratch
        self.services = services
        self.figures = figures
        self.law = law
        self.folder = folder
        self.kinds = kinds
    }

    /// What goes into a document before it is frozen.
    public struct Draft: Sendable {
        /// The kind, which is its template's name.
        public let template: String
        public var data: DocumentData
        public let unit: UnitCode
        public let subject: Subject
        public let period: WorkPeriod?
        /// The day its figures are counted to.
        public let cutoff: Day
        /// Who is to sign it.
        public var signer = Signer()
        /// What it is written for.
        public var goal: PaperGoal?
        /// The fingerprint of the scenario it is composed of.
        var source: String?

        init(
            template: String, data: DocumentData, unit: UnitCode, subject: Subject, period: WorkPeriod? = nil,
            cutoff: Day
        ) {
            self.template = template
            self.data = data
            self.unit = unit
            self.subject = subject
            self.period = period
            self.cutoff = cutoff
        }

        init(
            _ request: PaperRequest, _ data: DocumentData, about subject: Subject, period: WorkPeriod? = nil,
            cutoff: Day
        ) {
            self.init(
                template: request.kind.id, data: data, unit: request.unit, subject: subject, period: period,
                cutoff: cutoff)
        }
    }

    /// Whether somebody may number a unit's documents and keep its committee: its own officers.
    func requireWriter(_ viewer: Viewer, of unit: UnitCode) throws(Refusal) {
        guard viewer.drafts(for: unit.text) else { throw Refusal(.forbidden, "Chỉ soạn được văn bản của đơn vị mình.") }
    }

    /// Whether somebody may give a document its number.
    public func mayIssue(_ document: StoredDocument, _ viewer: Viewer) -> Bool {
        viewer.drafts(for: document.unit.text)
    }

    func mayRead(_ document: StoredDocument, _ viewer: Viewer) -> Bool {
        reads(papersOf: document.unit, viewer)
    }

    /// Whoever may read it, and once it is out, the units that it asks for an answer.
    func mayOpen(_ document: StoredDocument, _ viewer: Viewer) -> Bool {
        mayRead(document, viewer) || asks(document, viewer)
    }

    /// Freezes a draft with the template as it stands and keeps it.
    /// - Throws: a refusal with the template's fault.
    public func keep(_ draft: Draft, by submission: Submission) async throws -> RecordID {
        guard try requireIssuer(submission.viewer, of: try kind(draft.template)).contains(draft.unit) else {
            throw Refusal(.forbidden, "Chỉ soạn được văn bản của đơn vị mình.")
        }
        let id = RecordID(at: clock.now)
        let subject = try await store.once(submission, about: Subject(.document, id), at: clock.now) {
            connection, now in
            let template = try self.template(draft.template, on: connection)
            let document: OfficialDocument
            do {
                document = try template.document(draft.data, signer: draft.signer)
            } catch {
                throw Refusal(.invalid, "\(error)")
            }
            let json = try StoredDocument.json(draft.data)
            let hash = hexadecimal(SHA256.hash(data: Data(json.utf8)))
            let title =
                document.summary.isEmpty ? template.name : "\(document.type.words) \(Self.lowered(document.summary))"
            try connection.execute(
                """
                INSERT INTO official_document
                    (id, template, template_text, data, sha256, type, title, unit, subject_kind, subject_key, period,
                    cutoff, made_at, made_by, made_by_name, signer, signing_form, signer_position, source, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                """, id, template.id, template.text, json, hash, template.type.rawValue, title, draft.unit.text,
                draft.subject.kind.word, draft.subject.key, draft.period?.text ?? "", draft.cutoff, now,
                submission.viewer.account, submission.viewer.name, draft.signer.name, draft.signer.form.rawValue,
                draft.signer.position, draft.source)
            if let goal = draft.goal { try self.bind(draft, to: goal, paper: id, by: submission, on: connection) }
            try AuditTrail.append(
                AuditEvent(
                    "document.made", subject: Subject(.document, id),
                    detail:
                        "\(title); mẫu “\(template.name)”, số liệu đến \(draft.cutoff.vietnamese), mã dữ liệu \(hash.prefix(12))"
                ),
                by: submission.actor, at: now, on: connection)
        }
        // A form sent twice leads to what it made the first time.
        return RecordID(subject.key) ?? id
    }

    static func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

    public func document(_ id: RecordID, for viewer: Viewer) async throws -> StoredDocument {
        let found = try await store.read { try self.find(id, for: viewer, on: $0) }
        guard mayOpen(found, viewer) else { throw Self.unknown }
        return found
    }

    /// - Parameter viewer: who will see it, or what is made of it.
    func find(_ id: RecordID, for viewer: Viewer, on connection: any SQLConnection) throws -> StoredDocument {
        guard let row = try connection.row("SELECT * FROM official_document WHERE id = ?", id) else {
            throw Self.unknown
        }
        return try StoredDocument(row, for: viewer, guards: kinds)
    }

    static let unknown = Refusal(
        .notFound, "Không có văn bản này, hoặc văn bản không thuộc phạm vi của bạn.")

    /// The latest documents a viewer may read.
    public func documents(about subject: Subject? = nil, for viewer: Viewer, limit: Int = 100) async throws
        -> [DocumentHead]
    {
        var conditions: [String] = []
        var values: [SQLValue] = []
        if !viewer.may(.readDocuments) {
            let units = viewer.may(.draftDocuments) ? viewer.ownUnits.map(\.text) : []
            guard !units.isEmpty else { return [] }
            conditions.append("unit IN (\(units.map { _ in "?" }.joined(separator: ", ")))")
            values += units.map(\.sqlValue)
        }
        if let subject {
            conditions.append("subject_kind = ? AND subject_key = ?")
            values += [subject.kind.word.sqlValue, subject.key.sqlValue]
        }
        let bound = values
        let condition = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return try await store.read { connection in
            try connection.rows(
                "SELECT \(DocumentHead.columns) FROM official_document \(condition) ORDER BY id DESC LIMIT \(limit)",
                bound
            ).map { try DocumentHead($0) }
        }
    }

    // MARK: Common fields

    /// What every template may ask for.
    /// - Parameter issuer: whose name stands over it; nil where the plan knows no such body.
    func commonFields(year: Int, of issuer: UnitCode?) -> [String: String] {
        let definition = definition
        let province = definition.province
        let name = province.hasPrefix("thành phố ") ? String(province.dropFirst("thành phố ".count)) : province
        let number = definition.number.map { "\($0)\(definition.numberSuffix)" } ?? "…………\(definition.numberSuffix)"
        let signed = definition.signedOn.map { OfficialDocument.dayWords($0) } ?? "ngày …………"
        let fields = lawFields.merging([
            "place": name, "provinceName": province, "year": "\(year)", "lastYear": "\(year - 1)",
            "documentYear": "\(clock.today.year)",
            "planCitation":
                "\(definition.kind) số \(number) \(signed) của \(definition.issuer) về \(definition.title.prefix(1).lowercased() + definition.title.dropFirst())",
        ]) { _, own in own }
        return fields.merging(issuerFields(issuer)) { _, own in own }
    }

    /// A commune's own fields beside the common ones.
    func communeFields(_ code: CommuneCode, year: Int) throws(Refusal) -> [String: String] {
        guard let commune = definition.communes[code] else { throw Refusal(.notFound, "Không có đơn vị này.") }
        var fields = commonFields(year: year, of: .commune(code))
        fields["communeName"] = commune.fullName
        fields["communeShort"] = commune.name
        fields["groupWord"] = commune.kind.groups
        fields["groupHead"] = commune.kind.groupHead
        return fields
    }

    static func percent(_ part: Int?, of whole: Int?) -> DocumentData.Value {
        guard let part, let whole, let tenths = TenthsOfPercent.of(part, in: whole) else { return .empty }
        return .decimal(Double(tenths) / 10, places: 1)
    }

    static func number(_ number: Int?) -> DocumentData.Value { number.map { .number($0) } ?? .empty }

    static func words(_ number: Int?) -> String { number.map { VietnameseText.grouped($0) } ?? "" }
}

extension Viewer {
    /// Whether the person makes and issues documents of this unit.
    public func drafts(for unit: String) -> Bool {
        may(.draftDocuments) && ownUnits.contains { $0.text == unit }
    }
}
