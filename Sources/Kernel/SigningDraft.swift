/// Number, day and signer as somebody typed them.
public struct SigningDraft: Sendable, Equatable, Codable {
    /// The names of the form's fields.
    public enum Key: String, FormKey, CaseIterable {
        case file, number, signer
        case day = "signedOn"
        case form = "signingForm"
        case position = "signerPosition"
    }

    /// `5012/QĐ-UBND`, or `5012` where the paper has its symbol.
    public var number: String
    public var day: String
    public var signer: String
    public var form: String
    public var position: String

    public init(number: String = "", day: String = "", signer: String = "", form: String = "", position: String = "") {
        self.number = number
        self.day = day
        self.signer = signer
        self.form = form
        self.position = position
    }

    /// Reads a form's fields by their names.
    public init(_ field: (String) -> String) {
        self.init(
            number: field(Key.number.rawValue), day: field(Key.day.rawValue), signer: field(Key.signer.rawValue),
            form: field(Key.form.rawValue),
            position: field(Key.position.rawValue))
    }

    /// The signing, or what is wrong with it, field by field.
    /// - Parameters:
    ///   - symbol: what the paper has behind its number; empty where the number is typed whole.
    ///   - today: nothing is signed after it.
    public func checked(symbol: String = "", today: Day) -> (signing: Signing?, problems: [Refusal.FieldProblem]) {
        var problems: [Refusal.FieldProblem] = []
        let number = DocumentNumber(typed: self.number, symbol: symbol)
        if number?.symbol.isEmpty ?? true {
            problems.append(
                .init(
                    Key.number,
                    symbol.isEmpty
                        ? "Hãy ghi số, ký hiệu như trên văn bản đã ký, ví dụ 5012/QĐ-UBND."
                        : "Hãy ghi số của văn thư, ví dụ 512, hoặc cả ký hiệu nếu khác \(symbol)."))
        }
        let day = Day(typed: self.day)
        if day == nil {
            problems.append(.init(Key.day, "“\(self.day)” không phải ngày có thật, hãy nhập dạng 15/12/2026."))
        }
        if let day, day > today { problems.append(.init(Key.day, "Ngày ký chưa đến.")) }
        let (signer, more) = checkedSigner(isRequired: true)
        problems += more
        guard problems.isEmpty, let number, let day else { return (nil, problems) }
        return (Signing(number: number, day: day, signer: signer), [])
    }

    /// The signer alone, as a draft names whoever will sign.
    public func checkedSigner(isRequired: Bool) -> (signer: Signer, problems: [Refusal.FieldProblem]) {
        var problems: [Refusal.FieldProblem] = []
        let name = VietnameseText.tidy(signer)
        let position = VietnameseText.tidy(self.position)
        let form = SigningForm(rawValue: self.form)
        // 50 and 100 characters: what the metadata of an electronic document have room for (annex VI).
        if name.count > 50 || name.contains(where: \.isNumber) || (isRequired && name.count < 2) {
            problems.append(.init(Key.signer, "Hãy ghi họ tên người ký (không quá 50 chữ, không kèm chức vụ)."))
        }
        if form == nil, !self.form.isEmpty {
            problems.append(.init(Key.form, "Hãy chọn hình thức ký trong danh sách."))
        }
        if position.count > 100 || (form?.needsPosition == true && position.isEmpty) {
            problems.append(.init(Key.position, "Hãy ghi chức vụ của người ký (không quá 100 chữ)."))
        }
        return (Signer(name: name, form: form ?? .ownTitle, position: position), problems)
    }
}
