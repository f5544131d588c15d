/// Who a body is in an official document (Decree 30/2020/NĐ-CP, Annex I). Nil is "the source does not say": a paper then
/// leaves a gap to be filled in by hand, and nothing is guessed.
public struct LegalIdentity: Sendable, Hashable {
    /// Whose name stands over the body's own. Another thing than who accepts its work (``Agency/superior``).
    public enum BodyAbove: Sendable, Hashable {
        case body(String)
        /// It signs under its own name alone, as People's Committees do.
        case nobody
    }

    /// In full: `Bảo hiểm xã hội tỉnh An Biên`.
    public var name: String?
    public var bodyAbove: BodyAbove?
    /// As it stands in numbers of documents: `SNV`.
    public var symbol: String?
    /// The title of its head: `Giám đốc`.
    public var head: String?
    /// The title of a deputy: `Phó Giám đốc`.
    public var deputy: String?
    /// The body a head signs for (`TM.`): `Ủy ban nhân dân`; nil where the head signs in his own right.
    public var collective: String?
    /// Where it signs, as the line of the date has it.
    public var place: String?

    public init(
        name: String? = nil, bodyAbove: BodyAbove? = nil, symbol: String? = nil, head: String? = nil,
        deputy: String? = nil, collective: String? = nil, place: String? = nil
    ) {
        self.name = name
        self.bodyAbove = bodyAbove
        self.symbol = symbol
        self.head = head
        self.deputy = deputy
        self.collective = collective
        self.place = place
    }

    /// What stands over the name; nil when nothing does or the source does not say.
    public var nameAbove: String? { if case .body(let name) = bodyAbove { name } else { nil } }

    /// The People's Committee of a commune, the same for all (Decree 30/2020, Annex I: it is itself the issuer, and a head
    /// signs for it).
    public static func committee(of commune: Commune) -> LegalIdentity {
        LegalIdentity(
            name: "Ủy ban nhân dân \(commune.fullName)", bodyAbove: .nobody, symbol: "UBND", head: "Chủ tịch",
            deputy: "Phó Chủ tịch", collective: "Ủy ban nhân dân", place: commune.placeName)
    }
}
