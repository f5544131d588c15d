import Exchange
import Formats
import Kernel
import Province

extension DocumentService {
    /// What an agreement of the unit says, for the letter that shares its data: the one that waits to be signed, else the latest in
    /// force. Empty where the unit has none.
    func sharingFromAgreement(_ unit: UnitCode) async throws -> [String: String] {
        guard let exchange else { return [:] }
        let own = try await exchange.allAgreements().filter { $0.giver == unit || $0.receiver == unit }
        let today = clock.today
        guard let agreement = own.last(where: { $0.open != nil }) ?? own.last(where: { $0.inForce(on: today) != nil }),
            let terms = (agreement.open ?? agreement.inForce(on: today))?.terms
        else { return [:] }
        let partner = agreement.giver == unit ? agreement.receiver : agreement.giver
        let people = [terms.giverPeople, terms.receiverPeople].filter { !$0.isEmpty }
        let list = exchange.title(ofFormat: agreement.format)
        let isChoice = sharingLists(unit)[SharingKey.partner]?.contains { $0.value == partner.text } ?? false
        return [
            SharingKey.direction: agreement.giver == unit ? SharingKey.gives : SharingKey.asks,
            SharingKey.partner: isChoice ? partner.text : SharingKey.none,
            SharingKey.other(of: SharingKey.partner): isChoice ? "" : ownName(partner),
            SharingKey.dataSet: SharingKey.none,
            SharingKey.fields: exchange.titles(of: terms.fields, in: agreement.format).map { title in
                let isPersonal = terms.fields.contains { field in
                    (field.isSealed || field == .name) && exchange.title(of: field, in: agreement.format) == title
                }
                return [title, "", list].map { $0.replacing(";", with: ",") }.joined(separator: "; ")
                    + (isPersonal ? "; cá nhân" : "")
            }.joined(separator: "\n"),
            SharingKey.purpose: SharingKey.none, SharingKey.other(of: SharingKey.purpose): terms.purpose,
            SharingKey.basis: SharingKey.none, SharingKey.other(of: SharingKey.basis): terms.legalBasis,
            SharingKey.frequency: SharingKey.none,
            SharingKey.other(of: SharingKey.frequency): terms.rhythm.words,
            PaperField.Key.text("keepUntil"): terms.retentionMonths.map {
                "\($0) tháng kể từ ngày nhận; hết hạn thì huỷ dòng gốc, lập biên bản"
            } ?? "",
            PaperField.Key.text("contacts"): people.joined(separator: "; "),
        ].filter { !$0.value.isEmpty }
    }
}
