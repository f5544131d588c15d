import Documents
import Kernel
import PlanText
import Province

extension DocumentService {
    /// Who issues a paper, as its head and its signature have it: from the body's legal identity, never from who accepts its
    /// work. What the province's files do not state is left open on the paper.
    func issuerFields(_ unit: UnitCode?) -> [String: String] {
        let identity = unit.map { definition.identity(of: $0, on: clock.today) } ?? LegalIdentity()
        // A name that many units share is not the issuer's own: the paper stays open for it.
        let shared = unit.map { isGathering($0) ? DocumentTemplate.open : definition.name(of: $0) }
        let name = identity.name ?? shared ?? ""
        var fields = [
            "unitName": name, "issuerName": name, "issuerBody": "", "organ": identity.symbol ?? "",
            // Of a letter; whoever drafts it adds the division's letters, which stay open until then.
            "symbol": "/\(identity.symbol ?? DocumentTemplate.open)-\(DocumentTemplate.open)",
            "headTitle": identity.head ?? "",
            "deputyTitle": identity.deputy ?? "",
            "collective": identity.collective ?? "",
        ]
        fields["unitSuperior"] =
            switch identity.bodyAbove {
            case .body(let above): above
            case .nobody: ""
            case nil: DocumentTemplate.open
            }
        // A committee's name takes two lines: ỦY BAN NHÂN DÂN / PHƯỜNG …
        if let body = identity.collective, name.hasPrefix(body + " ") {
            fields["issuerBody"] = body
            fields["issuerName"] = String(name.dropFirst(body.count + 1))
        }
        if let place = identity.place { fields["place"] = place }
        return fields
    }

    /// The province's People's Committee, which decides what the coordinating agency drafts; nil where no agency is one.
    var provinceCommittee: UnitCode? {
        definition.agencies.first { $0.kind == .peoplesCommittee }.map { .agency($0.code) }
    }
}
