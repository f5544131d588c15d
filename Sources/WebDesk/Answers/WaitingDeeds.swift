public import Access
public import Components
public import Kernel

/// The field of a form that names the proposal its sender read.
public enum ProposalField: String, FormKey, CaseIterable {
    case proposal
}

extension PageArea {
    /// What waits for a second person, with the forms that confirm it and take it back.
    /// - Parameters:
    ///   - version: of the thing, as the page shows it.
    ///   - paper: the signed copy that was proposed with it.
    public func waiting(
        _ deed: PairedDeed, version: Int, paper: Frame.Link?, confirm: Address, withdraw: Address,
        for request: MemberRequest
    ) -> WaitingDeed {
        let note = deed.obstruction(for: request.viewer)
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
                "rut-de-nghi", withdraw, note == nil ? "Không đồng ý, bỏ đề nghị" : "Rút đề nghị", look: "secondary",
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
