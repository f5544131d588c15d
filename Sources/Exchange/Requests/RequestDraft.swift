import Formats
public import Kernel
import Province

/// What somebody asks for, as a form has it.
public struct RequestDraft: Sendable {
    public var asker: String
    public var holder: String
    public var format: String
    public var purpose: String
    public var legalBasis: String
    /// Names of columns, one a line; nothing for what a row says nothing without.
    public var fields: [String]
    /// Codes or names of communes; none for the whole province.
    public var communes: [String]
    public var persons: String
    public var period: String
    public var keepUntil: String
    public var keeps: [String]

    public init(
        asker: String, holder: String, format: String, purpose: String = "", legalBasis: String = "",
        fields: [String] = [], communes: [String] = [], persons: String = "", period: String = "",
        keepUntil: String = "", keeps: [String] = []
    ) {
        (self.asker, self.holder, self.format) = (asker, holder, format)
        (self.purpose, self.legalBasis, self.fields) = (purpose, legalBasis, fields)
        (self.communes, self.persons, self.period) = (communes, persons, period)
        (self.keepUntil, self.keeps) = (keepUntil, keeps)
    }
}

extension ExchangeService {
    func check(
        _ draft: RequestDraft
    ) throws(Refusal) -> (asker: UnitCode, holder: UnitCode, terms: RequestTerms) {
        var problems: [Refusal.FieldProblem] = []
        let asker = unit(draft.asker, .asker, "đơn vị hỏi", &problems)
        let holder = unit(draft.holder, .holder, "đơn vị giữ dữ liệu", &problems)
        if let asker, asker == holder {
            problems.append(.init(AgreementField.holder, "Đơn vị hỏi và đơn vị giữ dữ liệu phải khác nhau."))
        }
        if formats[draft.format] == nil {
            problems.append(.init(AgreementField.format, "Hãy chọn một mẫu danh sách."))
        }
        let purpose = VietnameseText.tidy(draft.purpose)
        if purpose.isEmpty { problems.append(.init(AgreementField.purpose, "Hãy ghi mục đích sử dụng.")) }
        let basis = VietnameseText.tidy(draft.legalBasis)
        if basis.isEmpty {
            problems.append(.init(AgreementField.legalBasis, "Hãy ghi căn cứ pháp lý (văn bản, điều khoản)."))
        }
        let named = fields(draft.fields, of: draft.format, for: .fields, &problems)
        if named.isEmpty, formats[draft.format] != nil, problems.allSatisfy({ $0.field != "fields" }) {
            problems.append(.init(AgreementField.fields, "Hãy ghi các trường cần, mỗi trường một dòng."))
        }
        checkNeeded(named, of: draft.format, &problems)
        var communes = communes(draft.communes, &problems)
        // A commune's purpose ends at its border.
        if case .commune(let own)? = asker {
            if let other = communes.first(where: { $0 != own.text }) {
                problems.append(
                    .init(
                        AgreementField.communes,
                        "\(name(.commune(own))) chỉ hỏi được dữ liệu của địa bàn mình, không hỏi được của \(CommuneCode(other).map { name(.commune($0)) } ?? other)."
                    ))
            }
            communes = [own.text]
        }
        let persons = VietnameseText.tidy(draft.persons)
        if persons.isEmpty {
            problems.append(
                .init(AgreementField.persons, "Hãy ghi dữ liệu của ai: nhóm người, số người, danh sách nào."))
        }
        let period = Month(typed: draft.period)
        if period == nil { problems.append(.init(AgreementField.period, "Hãy ghi tháng dữ liệu, ví dụ 09/2026.")) }
        let keepUntil = day(draft.keepUntil, .keepUntil, "ngày lưu đến", &problems)
        if let keepUntil, keepUntil <= clock.today {
            problems.append(.init(AgreementField.keepUntil, "Ngày lưu đến phải sau hôm nay."))
        }
        let keeps = fields(draft.keeps, of: draft.format, for: .keeps, &problems)
        if let field = keeps.first(where: { !named.contains($0) }) {
            problems.append(
                .init(
                    AgreementField.keeps,
                    "Trường “\(title(of: field, in: draft.format))” không có trong các trường được hỏi nên không thể giữ lại."
                ))
        }
        guard problems.isEmpty, let asker, let holder, let period, let keepUntil else {
            throw Refusal(fields: problems)
        }
        return (
            asker, holder,
            RequestTerms(
                purpose: purpose, legalBasis: basis, fields: named, communes: communes, persons: persons,
                period: period, keepUntil: keepUntil, keeps: keeps)
        )
    }

    private func communes(_ names: [String], _ problems: inout [Refusal.FieldProblem]) -> [String] {
        names.map(VietnameseText.tidy).filter { !$0.isEmpty }.compactMap { name in
            if let code = CommuneCode(name), deliveries.knows(.commune(code)) { return code.text }
            if case .certain(let code)? = deliveries.finder?.find(name) { return code.text }
            problems.append(
                .init(
                    AgreementField.communes,
                    "“\(name)” không phải tên hay mã của một xã, phường, đặc khu hiện nay; mỗi tên hoặc mã một dòng."))
            return nil
        }
    }
}
