import Testing

@testable import Kernel

/// Numbers, symbols and signers of papers.
@Suite
struct SigningTests {
    @Test(arguments: [
        ("5012/QĐ-UBND", "", "5012/QĐ-UBND"), (" 7 ", "/BC-SNV", "07/BC-SNV"),
        ("13a/BB-ĐTT72", "/QĐ-UBND", "13A/BB-ĐTT72"),
        ("007/KH-UBND", "", "07/KH-UBND"), ("12B", "/QĐ-UBND", "12B/QĐ-UBND"),
        ("15/2026/QĐ-UBND", "", "15/2026/QĐ-UBND"),
    ])
    func `a number is parted from its symbol and printed with it`(typed: String, symbol: String, printed: String) {
        #expect(DocumentNumber(typed: typed, symbol: symbol)?.description == printed)
    }

    @Test(arguments: ["", "QĐ-UBND", "0/QĐ-UBND", "12 /QĐ UBND", "12AB/QĐ", "12345678901/QĐ", "-5/QĐ", "12/"])
    func `what is no number of a register is refused`(typed: String) {
        #expect(DocumentNumber(typed: typed, symbol: "/QĐ-UBND") == nil)
    }

    @Test
    func `an entry that cannot be parted is printed as it stands`() {
        let number = DocumentNumber(whole: "QĐ giao đầu năm")
        #expect(number.description == "QĐ giao đầu năm" && number.ordinal.isEmpty && number.number == nil)
    }

    static let day = Day(uncheckedYear: 2026, month: 12, day: 15)

    @Test
    func `a signing is read with its signer`() {
        let draft = SigningDraft(
            number: "5", day: "05/12/2026", signer: " Nguyễn  Văn A ", form: "by-order", position: "Chánh Văn phòng")
        let (signing, problems) = draft.checked(symbol: "/QĐ-UBND", today: Self.day)
        #expect(problems.isEmpty && signing?.citation == "05/QĐ-UBND ngày 05/12/2026")
        #expect(signing?.signer == Signer(name: "Nguyễn Văn A", form: .byOrder, position: "Chánh Văn phòng"))
    }

    @Test
    func `all that is wrong is told at once, each at its field`() {
        let draft = SigningDraft(number: "12", day: "31/02/2026", signer: "", form: "by-authority")
        let (signing, problems) = draft.checked(today: Self.day)
        #expect(signing == nil)
        #expect(problems.map(\.field) == ["number", "signedOn", "signer", "signerPosition"])
        let late = SigningDraft(number: "12/QĐ-UBND", day: "16/12/2026", signer: "A B", form: "own").checked(
            today: Self.day)
        #expect(late.problems.map(\.field) == ["signedOn", "signingForm"])
    }

    @Test
    func `a draft may leave open who signs`() {
        let (signer, problems) = SigningDraft().checkedSigner(isRequired: false)
        #expect(problems.isEmpty && signer == Signer())
    }

    @Test(arguments: [
        ("QĐ số 5012/QĐ-UBND ngày 20/11/2026 của UBND thành phố", "5012/QĐ-UBND ngày 20/11/2026"),
        ("Quyết định 3/QĐ-UBND, ngày 5 tháng 1 năm 2027", "03/QĐ-UBND ngày 05/01/2027"),
        ("Quyết định đầu năm", nil), ("5012/QĐ-UBND", nil), ("7/QĐ-UBND ngày 31/02/2026", nil),
        ("1/QĐ-UBND ngày 1/1/2026, sửa bởi 2/QĐ-UBND ngày 2/2/2026", nil),
    ])
    func `a cited decision is read where it names one number and one day`(text: String, citation: String?) {
        #expect(Signing(citedIn: text)?.citation == citation)
    }
}
