import Components

// One of each model, complete: see ``Page/sample``.

extension SecondFactorPage {
    static let sample = SecondFactorPage(
        back: .sample, state: "Đang bật", codes: .sample, codesLeft: "Còn 9 mã chưa dùng.",
        setUpTitle: "Đổi điện thoại",
        setUpOpen: true, picture: "<svg></svg>", secret: "JBSWY3DPEHPK3PXP", setUp: .sample, off: .sample, offOpen: true
    )
}

extension RecoveryCodesPage {
    static let sample = RecoveryCodesPage(
        login: "can-bo", at: "08:30 ngày 01/03/2027", codes: ["ABCD-EFGH-JKLM-NPQR"], next: .sample)
}
