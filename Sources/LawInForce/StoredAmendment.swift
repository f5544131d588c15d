import Database
public import Kernel
public import Legislation

/// A value of the law as an administrator entered it, with its document and what became of it.
public struct StoredAmendment: Sendable, Equatable {
    public enum State: String, Sendable {
        /// Looked at with its effect, not kept yet.
        case draft
        case kept
        case withdrawn
        /// A draft given up.
        case dropped
    }

    public let id: RecordID
    public let amendment: Amendment
    /// Why, in the administrator's words.
    public let reason: String
    /// The document's file; nil where it was only named.
    public let file: RecordID?
    public let state: State
    public let enteredAt: Timestamp
    public let enteredBy: String
    public let keptAt: Timestamp?
    public let withdrawnAt: Timestamp?
    public let withdrawnBy: String?
    public let withdrawnReason: String?

    /// - Returns: nil for a value that the parameter's unit no longer reads: the files changed underneath.
    init?(_ row: SQLRow, _ table: ParameterTable) throws {
        let key = try row.text("parameter")
        guard let parameter = try? table.parameter(key),
            let value = try ParameterValue(typed: row.text("value"), unit: parameter.unit),
            let from = try Day(row.text("from_day")),
            let confidence = try Confidence(rawValue: row.text("confidence")),
            let state = try State(rawValue: row.text("state"))
        else { return nil }
        id = try row.recordID("id")
        let note = try row.text("note")
        amendment = Amendment(
            key: key,
            value: DatedValue(
                value: value, from: from, to: try row.optionalText("to_day").flatMap { Day($0) },
                source: try row.text("source"), confidence: confidence, note: note.isEmpty ? nil : note))
        reason = try row.text("reason")
        file = try row.optionalRecordID("file")
        self.state = state
        enteredAt = try row.timestamp("entered_at")
        enteredBy = try row.text("entered_by_name")
        keptAt = try row.optionalTimestamp("kept_at")
        withdrawnAt = try row.optionalTimestamp("withdrawn_at")
        withdrawnBy = try row.optionalText("withdrawn_by_name")
        withdrawnReason = try row.optionalText("withdrawn_reason")
    }
}

/// A value as it was typed into the form.
public struct AmendmentDraft: Sendable {
    public var key: String
    public var value: String
    public var from: String
    /// Empty: until the next value, or no end known.
    public var to: String
    public var source: String
    public var confidence: String
    public var note: String
    public var reason: String

    public init(
        key: String, value: String, from: String, to: String = "", source: String, confidence: String = "verified",
        note: String = "", reason: String
    ) {
        self.key = key
        self.value = value
        self.from = from
        self.to = to
        self.source = source
        self.confidence = confidence
        self.note = note
        self.reason = reason
    }

    /// A slip of the hand that the unit alone does not show: nothing, or more than all, where the parameter never was.
    private static func unlikely(_ value: ParameterValue, of parameter: Parameter) -> String? {
        let known = parameter.values.map(\.value)
        switch value {
        case .dong(let dong) where dong == .zero && !known.contains(value):
            return
                "Giá trị 0 đồng: tham số này chưa bao giờ bằng 0. Nếu hết hiệu lực, hãy đặt ngày hết hiệu lực cho giá trị cũ."
        case .share(let share) where parameter.unit == .percent && share > .whole:
            return "Tỷ lệ trên 100 %: hãy kiểm tra lại, ghi 22 chứ không ghi 2200."
        default: return nil
        }
    }

    /// Reads the fields.
    /// - Throws: a refusal that names each field that is wrong.
    func amendment(of parameter: Parameter) throws(Refusal) -> Amendment {
        var problems: [Refusal.FieldProblem] = []
        let value = ParameterValue(typed: self.value, unit: parameter.unit)
        if value == nil {
            problems.append(
                .init(
                    AmendmentField.value,
                    "“\(self.value.prefix(60))” không đúng với đơn vị \(parameter.unit.words.isEmpty ? "của tham số" : parameter.unit.words); viết như \(ParameterValue.example(parameter.unit))."
                ))
        }
        if let value, let fault = Self.unlikely(value, of: parameter) {
            problems.append(.init(AmendmentField.value, fault))
        }
        let from = Day(typed: self.from) ?? Day(self.from)
        if from == nil {
            problems.append(
                .init(
                    AmendmentField.from, "“\(self.from.prefix(20))” không phải ngày có thật, hãy nhập dạng 01/01/2027.")
            )
        }
        var to: Day?
        if !self.to.isEmpty {
            to = Day(typed: self.to) ?? Day(self.to)
            if to == nil {
                problems.append(
                    .init(
                        AmendmentField.to, "“\(self.to.prefix(20))” không phải ngày có thật, hãy nhập dạng 31/12/2027.")
                )
            } else if let from, let to, to < from {
                problems.append(.init(AmendmentField.to, "Ngày hết hiệu lực trước ngày bắt đầu."))
            }
        }
        let source = VietnameseText.tidy(self.source)
        if source.count < 4 || source.count > 300 {
            problems.append(
                .init(
                    AmendmentField.source,
                    "Hãy ghi văn bản, điều, khoản (ví dụ “Nghị quyết 12/2026/NQ-HĐND, Điều 3 khoản 1”)."))
        }
        guard let confidence = Confidence(rawValue: self.confidence) else {
            problems.append(.init(AmendmentField.confidence, "Hãy chọn mức độ đối chiếu."))
            throw Refusal(fields: problems)
        }
        let reason = VietnameseText.tidy(self.reason)
        if reason.isEmpty || reason.count > 500 {
            problems.append(.init(AmendmentField.reason, "Hãy ghi lý do bổ sung hoặc sửa (không quá 500 chữ)."))
        }
        if note.count > 500 { problems.append(.init(AmendmentField.note, "Ghi chú quá dài (không quá 500 chữ).")) }
        guard problems.isEmpty, let value, let from else { throw Refusal(fields: problems) }
        let tidy = VietnameseText.tidy(note)
        return Amendment(
            key: parameter.key,
            value: DatedValue(
                value: value, from: from, to: to, source: source, confidence: confidence,
                note: tidy.isEmpty ? nil : tidy))
    }
}
