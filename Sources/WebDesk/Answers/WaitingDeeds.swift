public import Access
public import Components
public import Kernel

/// The field of a form that names the proposal its sender read.
public enum ProposalField: String, FormKey, CaseIterable {
    case proposal
}

extension PageArea {
    /// Told of a proposal about what has changed since: nobody can confirm it.
    public static var noLongerFits: String {
        "Nội dung đã thay đổi sau khi đề nghị: đề nghị này không còn khớp, không xác nhận được nữa. Hãy bỏ đề nghị này và lập lại."
    }

    /// What two people are needed for, and who may be the second: told before somebody proposes, and while it waits.
    public static func needsTwo(_ seconds: [SecondPerson]) -> String {
        "Việc này cần hai người: một người đề nghị, một người khác xác nhận. \(SecondPerson.words(of: seconds))"
    }

    /// What waits for a second person, with the forms that confirm it and take it back.
    /// - Parameters:
    ///   - version: of the thing, as the page shows it.
    ///   - paper: the signed copy that was proposed with it.
    public func waiting(
        _ deed: PairedDeed, version: Int, paper: Frame.Link?, confirm: Address, withdraw: Address,
        for request: MemberRequest
    ) -> WaitingDeed {
        let fits = deed.fits(version)
        let note = fits ? deed.obstruction(for: request.viewer) : Self.noLongerFits
        let isOwn = deed.proposedBy == request.viewer.account
        let hidden = [FormModel.Hidden(ProposalField.proposal, deed.id)]
        return WaitingDeed(
            words: deed.words,
            told:
                "\(deed.proposedByName) đề nghị lúc \(deed.proposedAt.vietnamese); chờ đến \(deed.until.vietnamese).",
            paper: paper, note: note,
            confirmForm: note == nil
                ? form(
                    "xac-nhan", confirm, "Xác nhận, có hiệu lực ngay", look: "warning", version: version,
                    hidden: hidden, for: request) : nil,
            withdrawForm: form(
                "rut-de-nghi", withdraw, isOwn ? "Rút đề nghị" : fits ? "Không đồng ý, bỏ đề nghị" : "Bỏ đề nghị",
                look: "secondary", asks: "Đề nghị bị bỏ, không có gì thay đổi; muốn làm thì phải đề nghị lại từ đầu.",
                version: version, hidden: hidden, for: request))
    }
}

extension MemberRequest {
    /// The proposal that the sender of a form read.
    public func proposal() throws -> RecordID {
        guard let id = RecordID(form[ProposalField.proposal]) else {
            throw Refusal(.notFound, "Không có đề nghị này.")
        }
        return id
    }
}
