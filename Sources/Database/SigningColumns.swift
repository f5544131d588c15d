public import Kernel

extension Signing {
    /// The columns a table keeps a signing in. Without `signed_on` nothing was signed; `signed_number` is null for an entry
    /// that could not be parted, which `signed_symbol` holds whole.
    public static let columns = [
        "signed_number", "signed_letter", "signed_symbol", "signed_on", "signer", "signing_form", "signer_position",
        "signed_file",
    ]

    /// In the order of ``columns``.
    public var columnValues: [SQLValue] {
        [
            number.number.sqlValue, number.letter.sqlValue, number.symbol.sqlValue, day.sqlValue, signer.name.sqlValue,
            signer.form.rawValue.sqlValue, signer.position.sqlValue, file.sqlValue,
        ]
    }
}

extension SQLRow {
    /// The signing kept in ``Signing/columns``; nil where nothing was signed.
    /// - Parameter symbol: of a number kept without its symbol.
    public func optionalSigning(symbol: @autoclosure () -> String = "") throws(DatabaseError) -> Signing? {
        guard let day = try optionalDay("signed_on") else { return nil }
        let symbol = try optionalText("signed_symbol") ?? symbol()
        let letter = try optionalText("signed_letter") ?? ""
        let number =
            if let digits = try optionalInteger("signed_number") {
                // A symbol that was left open on the paper is none: what is known stays together.
                DocumentNumber(digits, letter: letter, symbol: symbol)
                    ?? DocumentNumber(whole: "\(digits)\(letter)\(symbol)")
            } else {
                DocumentNumber(whole: symbol)
            }
        return Signing(number: number, day: day, signer: try signer(), file: try optionalRecordID("signed_file"))
    }

    /// Who signed, or is to sign; without a name where nobody has said.
    public func signer() throws(DatabaseError) -> Signer {
        let form = try optionalText("signing_form") ?? ""
        return Signer(
            name: try optionalText("signer") ?? "", form: SigningForm(rawValue: form) ?? .ownTitle,
            position: try optionalText("signer_position") ?? "")
    }
}
