public import Kernel

extension Field {
    /// Who signs, and how: the same three fields wherever a paper or its number is entered.
    public static func signer(_ signer: Signer = Signer(), required: Bool) -> [Field] {
        [
            Field(
                SigningDraft.Key.signer, "Họ tên người ký", hint: "Không ghi học hàm, học vị", value: signer.name,
                required: required),
            Field(
                SigningDraft.Key.form, "Hình thức ký",
                kind: .select(SigningForm.allCases.map { .init($0.rawValue, $0.title, selected: $0 == signer.form) })),
            Field(
                SigningDraft.Key.position, "Chức vụ người ký",
                hint: "Chỉ ghi khi ký KT., TL. hoặc TUQ., ví dụ Phó Chủ tịch, Chánh Văn phòng", value: signer.position,
                required: false),
        ]
    }
}
