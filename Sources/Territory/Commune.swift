public import Kernel

/// A commune-level unit: xã, phường or đặc khu (Law 72/2025/QH15 on the organisation of local government).
public struct Commune: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case rural = "xã"
        case urban = "phường"
        case special = "đặc khu"
    }

    public let code: CommuneCode
    /// Without the kind: `Thành Đông`.
    public let name: String
    public let kind: Kind
    /// The former district whose largest part lies here; officers still think in it. Empty when unknown.
    public let formerDistrict: String
    /// Square kilometres; nil when the source gives none.
    public let area: Double?
    /// People, as published; nil when the source gives none or contradicts itself.
    public let population: Int?

    public init(
        code: CommuneCode, name: String, kind: Kind, formerDistrict: String, area: Double?, population: Int?
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.formerDistrict = formerDistrict
        self.area = area
        self.population = population
    }

    /// `phường Thành Đông`
    public var fullName: String { "\(kind.rawValue) \(name)" }
    /// `UBND phường Thành Đông`
    public var committeeName: String { "UBND \(fullName)" }
}

/// The communes of a province, in the order of their codes.
public struct CommuneDirectory: Sendable {
    public let communes: [Commune]
    private let byCode: [CommuneCode: Commune]

    public init(_ communes: [Commune]) {
        self.communes = communes.sorted { $0.code < $1.code }
        byCode = Dictionary(communes.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(code: CommuneCode) -> Commune? { byCode[code] }
}

extension CommuneDirectory {
    public var codes: [CommuneCode] { communes.map(\.code) }
}
