import Access
import Documents
import Kernel
import PlanText
import Province

extension PaperKind {
    /// Its parts are this program's proposal, after what bodies that share data are asked to agree on (purpose, fields, scope,
    /// period, method, errors, security, retention, contacts); no act prescribes a form since Decree 47/2020 was abolished by
    /// Decree 278/2025, article 23.2. What there are lists for is chosen from them (`sharing.yaml`, the plan's agencies).
    static let dataSharing = PaperKind(
        "van-ban-phoi-hop-chia-se-du-lieu", about: .task(quarters: false), issuers: PaperIssuers.agency,
        asks: [
            PaperField(
                SharingKey.direction, "Văn bản này",
                .choice([
                    .init(value: SharingKey.gives, title: "Đơn vị mình cung cấp dữ liệu"),
                    .init(value: SharingKey.asks, title: "Đơn vị mình đề nghị được cung cấp dữ liệu"),
                ]), value: SharingKey.gives, isRequired: true),
            PaperField(SharingKey.partner, "Cơ quan bên kia", .choice([]), isRequired: true),
            other(SharingKey.partner, "Cơ quan khác"),
            PaperField(SharingKey.dataSet, "Bộ dữ liệu", .choice([]), isRequired: true),
            PaperField(
                SharingKey.fields, "Các trường của bộ dữ liệu khác, hoặc thay các trường của bộ đã chọn", .lines,
                hint:
                    "Mỗi trường một dòng: Tên trường; kiểu (chữ, số, ngày); nguồn; cá nhân, nhạy cảm hoặc để trống. Chỉ ghi trường thật sự cần."
            ),
            PaperField(SharingKey.purpose, "Mục đích sử dụng", .choice([]), isRequired: true),
            other(SharingKey.purpose, "Mục đích khác"),
            PaperField(SharingKey.basis, "Căn cứ chia sẻ dữ liệu", .choice([]), isRequired: true),
            other(SharingKey.basis, "Căn cứ khác"),
            PaperField(SharingKey.span, "Kỳ dữ liệu", .choice([]), isRequired: true),
            other(SharingKey.span, "Kỳ khác"),
            PaperField(SharingKey.frequency, "Tần suất, thời hạn cung cấp", .choice([]), isRequired: true),
            other(SharingKey.frequency, "Tần suất, thời hạn khác"),
        ],
        begins: { service, unit, _ in
            service.sharingBegins(unit).merging(try await service.sharingFromAgreement(unit)) { $1 }
        },
        lists: { service, unit in service.sharingLists(unit) },
        note:
            "Các mục của văn bản và danh mục để chọn theo đề xuất của hệ thống, không phải mẫu do pháp luật quy định; hãy rà căn cứ, điều khoản trước khi ký."
    ) { service, request, _ in try await service.dataSharing(request) }

    private static func other(_ key: String, _ label: String) -> PaperField {
        PaperField(SharingKey.other(of: key), label, hint: "Chỉ ghi khi chọn “\(SharingKey.otherTitle)” ở trên.")
    }
}

/// The fields of the form of a paper that shares data.
enum SharingKey {
    static let direction = "direction"
    static let gives = "cung-cap"
    static let asks = "de-nghi"
    static let partner = "partner"
    static let dataSet = "dataSet"
    static let fields = "dataFields"
    static let purpose = "purpose"
    static let basis = "basis"
    static let span = "span"
    static let frequency = "frequency"

    /// What none of a list fits.
    static let none = "khac"
    static let otherTitle = "Khác, không có trong danh mục"

    /// Where that is typed.
    static func other(of key: String) -> String { "\(key)Other" }
}

extension DocumentService {
    /// Who usually gets what a unit shares: the insuring agency; of that agency itself the coordinating one.
    func sharesWith(_ unit: UnitCode) -> UnitCode? {
        insuranceAgency == unit ? .agency(definition.coordinatingAgency) : insuranceAgency
    }

    // MARK: Lists

    /// What the form's lists hold for a unit.
    func sharingLists(_ unit: UnitCode) -> [String: [PaperField.Option]] {
        let lists = definition.sharing
        func options(_ words: [String]) -> [PaperField.Option] { words.map { .init(value: $0, title: $0) } }
        let partners = definition.agencies.filter { !isGathering(.agency($0.code)) && $0.kind != .communes }
            .map { UnitCode.agency($0.code) }.filter { $0 != unit }
        let own: [String: [PaperField.Option]] = [
            SharingKey.partner: partners.map { .init(value: $0.text, title: ownName($0)) },
            SharingKey.dataSet: lists.dataSets.map {
                .init(value: $0.key, title: "\($0.name) (\($0.tasks.joined(separator: ", ")))")
            },
            SharingKey.purpose: options(lists.purposes),
            SharingKey.basis: lists.bases.map { .init(value: $0.key, title: $0.name) },
            SharingKey.span: options(lists.spans), SharingKey.frequency: options(lists.frequencies),
        ]
        return own.mapValues { $0 + [.init(value: SharingKey.none, title: SharingKey.otherTitle)] }
    }

    /// The first of each list, of the data sets that of a task which the unit leads.
    func sharingBegins(_ unit: UnitCode) -> [String: String] {
        let own = Set(
            definition.tasks.filter { Schedule.leads(of: $0, in: definition).contains(unit) }.map(\.code))
        let lists = definition.sharing
        return [
            SharingKey.partner: sharesWith(unit)?.text ?? SharingKey.none,
            SharingKey.dataSet: lists.dataSets.first { !own.isDisjoint(with: $0.tasks) }?.key ?? SharingKey.none,
            SharingKey.purpose: lists.purposes.first ?? SharingKey.none,
            SharingKey.basis: lists.bases.first?.key ?? SharingKey.none,
            SharingKey.span: lists.spans.first ?? SharingKey.none,
            SharingKey.frequency: lists.frequencies.first ?? SharingKey.none,
        ]
    }

    // MARK: The paper

    /// A letter by which a body shares data, or asks for them (tasks II.6 to II.9).
    func dataSharing(_ request: PaperRequest) async throws -> Draft {
        var problems: [Refusal.FieldProblem] = []
        /// What was chosen, or typed because the list has nothing that fits.
        func chosen(_ key: String, _ words: (String) -> String?) -> String {
            let value = request.text(key)
            if value != SharingKey.none { return words(value) ?? value }
            let typed = request.text(SharingKey.other(of: key))
            if typed.isEmpty {
                problems.append(
                    .init(
                        SharingKey.other(of: key),
                        "Hãy ghi khi đã chọn “\(SharingKey.otherTitle)”, hoặc chọn trong danh mục."))
            }
            return typed
        }
        var data = DocumentData(fields: try taskFields(request))
        let partner = chosen(SharingKey.partner) { UnitCode($0).map(ownName) }
        data.fields["purpose"] = chosen(SharingKey.purpose) { $0 }
        data.fields["legalBasis"] = chosen(SharingKey.basis) { key in
            definition.sharing.bases.first { $0.key == key }.map { basis in
                (basis.laws.map { lawCitation($0) } + basis.more).joined(separator: "; ")
            }
        }
        data.fields["span"] = chosen(SharingKey.span) { $0 }
        data.fields["frequency"] = chosen(SharingKey.frequency) { $0 }
        let set = definition.sharing.dataSets.first { $0.key == request.text(SharingKey.dataSet) }
        let typed = request.text(SharingKey.fields).contains { !$0.isWhitespace }
        if set == nil, !typed {
            problems.append(
                .init(SharingKey.fields, "Hãy chọn bộ dữ liệu, hoặc ghi các trường cần chia sẻ, mỗi trường một dòng."))
        }
        guard problems.isEmpty else { throw Refusal(fields: problems) }
        data.fields["dataSet"] = set.map { HeadWords.bare($0.name) } ?? ""
        data.tables["fields"] = try typed ? Self.typedFields(request) : Self.fields(of: set)
        let isPersonal = data.tables["fields"]?.values(of: "personal")?.contains { !$0.words.isEmpty } ?? false
        data.fields["hasPersonal"] = isPersonal ? "1" : ""
        // A name that many units share is no owner's.
        let own = isGathering(request.unit) ? "" : ownName(request.unit)
        let asks = request.text(SharingKey.direction) == SharingKey.asks
        data.fields["asks"] = asks ? "1" : ""
        data.fields["gives"] = asks ? "" : "1"
        data.fields["addressee"] = partner
        data.fields["provider"] = asks ? partner : own
        data.fields["receiver"] = asks ? own : partner
        data.fields["dataOwner"] = data.fields["provider"]
        return Draft(
            request, data, about: taskSubject(request), period: try request.period(), cutoff: clock.today)
    }

    private static let fieldColumns = ["name", "type", "source", "personal"]

    private static func typedFields(_ request: PaperRequest) throws(Refusal) -> DocumentData.Table {
        try TypedRows.table(
            request, SharingKey.fields, fieldColumns, atMost: 100,
            line: "Tên trường; kiểu; nguồn; cá nhân hoặc nhạy cảm")
    }

    private static func fields(of set: SharingLists.DataSet?) -> DocumentData.Table {
        .init(
            columns: fieldColumns,
            rows: (set?.fields ?? []).map { field in
                [.text(field.name), .text(field.type), .text(field.source), .text(field.personal)]
            })
    }
}
