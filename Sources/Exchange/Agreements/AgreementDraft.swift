public import Formats
public import Kernel

/// What somebody puts forward, as a form or a command has it.
public struct AgreementDraft: Sendable {
    public var giver: String
    public var receiver: String
    public var format: String
    public var purpose: String
    public var legalBasis: String
    /// Names of columns, or of fields; one a line. Nothing for all that the list has.
    public var fields: [String]
    /// `once`, `monthly`, `quarterly`, `yearly`.
    public var rhythm: String
    /// Day and month of the due day; of `once` the whole day.
    public var dueDay: String
    public var dueMonth: String
    public var dueOn: String
    public var from: String
    public var until: String
    public var retentionMonths: String
    public var keeps: [String]
    public var giverPeople: String
    public var receiverPeople: String

    public init(
        giver: String, receiver: String, format: String, purpose: String = "", legalBasis: String = "",
        fields: [String] = [], rhythm: String = "yearly", dueDay: String = "", dueMonth: String = "",
        dueOn: String = "", from: String = "", until: String = "", retentionMonths: String = "", keeps: [String] = [],
        giverPeople: String = "", receiverPeople: String = ""
    ) {
        (self.giver, self.receiver, self.format) = (giver, receiver, format)
        (self.purpose, self.legalBasis, self.fields) = (purpose, legalBasis, fields)
        (self.rhythm, self.dueDay, self.dueMonth, self.dueOn) = (rhythm, dueDay, dueMonth, dueOn)
        (self.from, self.until, self.retentionMonths) = (from, until, retentionMonths)
        (self.keeps, self.giverPeople, self.receiverPeople) = (keeps, giverPeople, receiverPeople)
    }

    /// What stands in the form of another version.
    public init(_ agreement: Agreement, _ terms: AgreementTerms, title: (RecordField) -> String) {
        self.init(
            giver: agreement.giver.text, receiver: agreement.receiver.text, format: agreement.format,
            purpose: terms.purpose, legalBasis: terms.legalBasis, fields: Self.names(terms.fields, title),
            from: terms.from.vietnamese, until: terms.until?.vietnamese ?? "",
            retentionMonths: terms.retentionMonths.map { "\($0)" } ?? "", keeps: Self.names(terms.keeps, title),
            giverPeople: terms.giverPeople, receiverPeople: terms.receiverPeople)
        switch terms.rhythm {
        case .once(let day): (rhythm, dueOn) = ("once", day.vietnamese)
        case .monthly(let day): (rhythm, dueDay) = ("monthly", "\(day)")
        case .quarterly(let day): (rhythm, dueDay) = ("quarterly", "\(day)")
        case .yearly(let month, let day): (rhythm, dueDay, dueMonth) = ("yearly", "\(day)", "\(month)")
        }
    }

    /// Each name once, in order.
    static func names(_ fields: [RecordField], _ title: (RecordField) -> String) -> [String] {
        var seen: Set<String> = []
        return fields.map(title).filter { seen.insert($0).inserted }
    }
}

extension ExchangeService {
    /// The fields that a list has, in the order of its columns.
    func fields(ofFormat key: String) -> [RecordField] {
        guard let format = formats[key] else { return [] }
        var (seen, fields): (Set<RecordField>, [RecordField]) = ([], [])
        for field in (format.heads.map(\.column) + format.columns).flatMap(\.fields) where seen.insert(field).inserted {
            fields.append(field)
        }
        return fields
    }

    /// Fields by the names that people or files gave them.
    /// - Returns: nil, with a problem, for a name that the list has not.
    func fields(
        _ names: [String], of format: String, for key: AgreementField, _ problems: inout [Refusal.FieldProblem]
    ) -> [RecordField] {
        let known = fields(ofFormat: format)
        // A column that may fill one of several fields stands for all of them.
        let titles = Dictionary(
            columns(ofFormat: format).map { (VietnameseWords($0.name).text, $0.fields) }, uniquingKeysWith: +)
        var (found, seen): ([RecordField], Set<RecordField>) = ([], [])
        for name in names.map(VietnameseText.tidy) where !name.isEmpty {
            guard
                let named = titles[VietnameseWords(name).text]
                    ?? known.first(where: { $0.rawValue == name }).map({ [$0] })
            else {
                let all = self.titles(of: known, in: format)
                let remedy =
                    Nearest.name(to: name, among: all).map { "Có phải “\($0)”?" }
                    ?? "Các trường: \(all.joined(separator: "; "))."
                problems.append(
                    .init(key, "Danh sách “\(title(ofFormat: format))” không có trường “\(name)”. \(remedy)"))
                continue
            }
            for field in named where seen.insert(field).inserted { found.append(field) }
        }
        return found
    }

    /// A draft as terms.
    /// - Throws: a refusal that names every field that is wrong.
    func check(_ draft: AgreementDraft) throws(Refusal) -> (giver: UnitCode, receiver: UnitCode, terms: AgreementTerms)
    {
        var problems: [Refusal.FieldProblem] = []
        let giver = unit(draft.giver, .giver, "bên giao", &problems)
        let receiver = unit(draft.receiver, .receiver, "bên nhận", &problems)
        if let giver, giver == receiver {
            problems.append(.init(AgreementField.receiver, "Bên giao và bên nhận phải là hai đơn vị khác nhau."))
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
        var named = fields(draft.fields, of: draft.format, for: .fields, &problems)
        if named.isEmpty, draft.fields.allSatisfy({ VietnameseText.tidy($0).isEmpty }) {
            named = fields(ofFormat: draft.format)
        }
        checkNeeded(named, of: draft.format, &problems)
        let rhythm = rhythm(of: draft, &problems)
        let from = day(draft.from, .from, "ngày bắt đầu", &problems)
        var until: Day?
        if !VietnameseText.tidy(draft.until).isEmpty {
            until = day(draft.until, .until, "ngày kết thúc", &problems)
            if let from, let until, until < from {
                problems.append(.init(AgreementField.until, "Ngày kết thúc trước ngày bắt đầu."))
            }
        }
        let retention = VietnameseText.tidy(draft.retentionMonths)
        let months = Int(retention)
        if !retention.isEmpty, months.map({ !(1...600).contains($0) }) ?? true {
            problems.append(
                .init(AgreementField.retention, "Thời hạn lưu dòng gốc là số tháng từ 1 đến 600, hoặc để trống."))
        }
        let keeps = fields(draft.keeps, of: draft.format, for: .keeps, &problems)
        if let field = keeps.first(where: { !named.contains($0) }) {
            problems.append(
                .init(
                    AgreementField.keeps,
                    "Trường “\(title(of: field, in: draft.format))” không có trong các trường được giao nên không thể giữ lại."
                ))
        }
        guard problems.isEmpty, let giver, let receiver, let rhythm, let from else { throw Refusal(fields: problems) }
        return (
            giver, receiver,
            AgreementTerms(
                purpose: purpose, legalBasis: basis, fields: named, rhythm: rhythm, from: from, until: until,
                retentionMonths: months, keeps: keeps, giverPeople: VietnameseText.tidy(draft.giverPeople),
                receiverPeople: VietnameseText.tidy(draft.receiverPeople))
        )
    }

    /// What a row says nothing without must be among the fields: a list that may not hold it would be returned whole.
    func checkNeeded(_ fields: [RecordField], of format: String, _ problems: inout [Refusal.FieldProblem]) {
        guard let kind = formats[format], !fields.isEmpty else { return }
        let given = Set(fields)
        for column in kind.needed where given.isDisjoint(with: column.fields) {
            problems.append(
                .init(AgreementField.fields, "Thiếu trường “\(column.name)”: dòng không có trường này bị trả lại."))
        }
        for group in kind.oneOf where given.isDisjoint(with: group) {
            let names = group.map { "“\(title(of: $0, in: format))”" }.joined(separator: ", ")
            problems.append(.init(AgreementField.fields, "Cần ít nhất một trong các trường \(names)."))
        }
    }

    func unit(
        _ text: String, _ key: AgreementField, _ words: String, _ problems: inout [Refusal.FieldProblem]
    ) -> UnitCode? {
        guard let unit = UnitCode(text), deliveries.knows(unit) else {
            problems.append(.init(key, "Hãy chọn \(words)."))
            return nil
        }
        return unit
    }

    func day(
        _ text: String, _ key: AgreementField, _ words: String, _ problems: inout [Refusal.FieldProblem]
    ) -> Day? {
        guard let day = Day(typed: text) else {
            problems.append(.init(key, "Hãy ghi \(words), ví dụ 01/04/2027."))
            return nil
        }
        return day
    }

    private func rhythm(of draft: AgreementDraft, _ problems: inout [Refusal.FieldProblem]) -> Rhythm? {
        let day = Int(VietnameseText.tidy(draft.dueDay)).flatMap { (1...31).contains($0) ? $0 : nil }
        let month = Int(VietnameseText.tidy(draft.dueMonth)).flatMap { (1...12).contains($0) ? $0 : nil }
        switch draft.rhythm {
        case "once":
            return self.day(draft.dueOn, .dueOn, "ngày phải giao", &problems).map { .once(by: $0) }
        case "monthly", "quarterly", "yearly":
            guard let day else {
                problems.append(.init(AgreementField.dueDay, "Hãy ghi hạn giao là ngày mấy (1 đến 31)."))
                return nil
            }
            if draft.rhythm == "monthly" { return .monthly(day: day) }
            if draft.rhythm == "quarterly" { return .quarterly(day: day) }
            guard let month else {
                problems.append(.init(AgreementField.dueMonth, "Hãy ghi tháng phải giao (1 đến 12)."))
                return nil
            }
            return .yearly(month: month, day: day)
        default:
            problems.append(.init(AgreementField.rhythm, "Hãy chọn tần suất giao."))
            return nil
        }
    }
}
