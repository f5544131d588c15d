public import Access
import Files
public import Kernel
import Tabular

/// The labour force of one place as somebody typed it.
public struct LabourForceDraft: Sendable {
    public var place: MovementPlace
    public var month: String
    public var labourForce: String
    /// Empty where no review counted them.
    public var uninsured: String
    public var source: String

    public init(place: MovementPlace, month: String, labourForce: String, uninsured: String, source: String) {
        self.place = place
        self.month = month
        self.labourForce = labourForce
        self.uninsured = uninsured
        self.source = source
    }
}

extension MovementService {
    /// Makes a file of one row of what was typed: it is looked at, taken and withdrawn like any other.
    /// - Throws: a refusal that names the fields that are missing or cannot be.
    public func receive(_ draft: LabourForceDraft, by submission: Submission) async throws -> RecordID {
        try submission.viewer.require(.acceptFigures)
        var problems: [Refusal.FieldProblem] = []
        func number(_ typed: String, _ field: FigureField, missing: String?) -> Int? {
            switch PeopleCell(.text(typed)) {
            case .people(let people), .repaired(let people, _): return people
            case .missing:
                if let missing { problems.append(.init(field, missing)) }
            case .wrong(let message): problems.append(.init(field, "“\(typed)” \(message)."))
            }
            return nil
        }
        let month = Month(typed: draft.month)
        if month.map({ $0 > Month(of: clock.today) }) ?? true {
            problems.append(
                .init(FigureField.month, "Hãy nhập tháng mà số liệu tính đến, dạng 09/2026, không sau tháng này."))
        }
        let force = number(
            draft.labourForce, FigureField.labourForce, missing: "Hãy nhập số người trong lực lượng lao động.")
        let uninsured = number(draft.uninsured, FigureField.uninsured, missing: nil)
        if let force, force == 0 {
            problems.append(.init(FigureField.labourForce, "Lực lượng lao động phải lớn hơn 0."))
        } else if let force, let uninsured, uninsured > force {
            problems.append(
                .init(
                    FigureField.uninsured,
                    "Người chưa tham gia (\(VietnameseText.grouped(uninsured))) nhiều hơn lực lượng lao động (\(VietnameseText.grouped(force)))."
                ))
        }
        if VietnameseText.tidy(draft.source).isEmpty {
            problems.append(.init(FigureField.source, "Hãy ghi cơ quan, văn bản cung cấp số liệu."))
        }
        guard problems.isEmpty, let month, let force else { throw Refusal(fields: problems) }
        var code = ""
        if case .commune(let commune) = draft.place { code = commune.text }
        let lines = [
            ["Lao động, nhập tay"], ["Tháng \(month.vietnamese)"],
            ["Mã xã", "Đơn vị", MovementMeasure.labourForce.title, MovementMeasure.uninsured.title],
            [code, code.isEmpty ? province : "", String(force), uninsured.map(String.init) ?? ""],
        ]
        let name = "nhap-tay-lao-dong-\(code.isEmpty ? "toan-dia-ban" : code)-\(month).csv"
        return try await receive(
            IncomingFile(name: name, mediaType: "text/csv", bytes: CSVWriter.bytes(of: lines)), month: month,
            place: .province, source: draft.source, by: submission)
    }
}
