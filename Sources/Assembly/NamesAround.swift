import Access
import Kernel
import PlanText
import Province

extension PlanDefinition {
    /// What stands around an account, as the province's files name it: its password is guessed by these.
    @Sendable func namesAround(_ account: Account) -> [String] {
        var names = [province]
        if let agency = account.agency.flatMap({ agency($0) }) {
            names += [agency.name, agency.code.text] + agency.spellings
        }
        if let unit = account.unit.flatMap({ units[$0] }) { names.append(unit.name) }
        for commune in account.communes.compactMap({ communes[$0] }) {
            names += [commune.fullName, commune.name, commune.alternativeName, commune.formerDistrict]
        }
        // Whole names alone: out of the syllables of so many any sentence could be made.
        names += communes.communes.flatMap { [$0.name, $0.alternativeName, $0.formerDistrict] }.map { name in
            VietnameseText.fold(name).filter { $0.isLetter || $0.isNumber }
        }
        return names + [account.residentialGroup, account.email].compactMap(\.self)
    }
}
