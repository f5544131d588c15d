public import Kernel

/// A commune-level unit: xã, phường or đặc khu (Law 72/2025/QH15 on the organisation of local government).
public struct Commune: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case rural = "xã"
        case urban = "phường"
        case special = "đặc khu"

        /// What its residential groups are called: thôn in a xã, tổ dân phố in a phường; a đặc khu may have both, so the plan's
        /// own wider word stands there.
        public var groups: String {
            switch self {
            case .rural: "thôn"
            case .urban: "tổ dân phố"
            case .special: "khu dân cư"
            }
        }

        /// Who heads one.
        public var groupHead: String {
            switch self {
            case .rural: "trưởng thôn"
            case .urban: "tổ trưởng tổ dân phố"
            case .special: "người đứng đầu khu dân cư"
            }
        }
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
    /// Another way the name is written (`Hòa` beside `Hoà`); empty when there is none.
    public let alternativeName: String
    /// Where it lies; nil when the source gives no point.
    public let point: Point?
    /// Square kilometres of the shape that ``point`` was measured on, for maps; nil when unknown.
    public let mappedArea: Double?

    /// Whether papers write its full name where they say where they were signed: it is named after a person, a number or an
    /// event (Decree 30/2020/NĐ-CP, Annex I, II.4.a).
    public let isPlaceInFull: Bool

    /// Degrees of WGS 84.
    public struct Point: Sendable, Hashable {
        public let latitude: Double
        public let longitude: Double

        public init(latitude: Double, longitude: Double) {
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    public init(
        code: CommuneCode, name: String, kind: Kind, formerDistrict: String, area: Double?, population: Int?,
        alternativeName: String = "", point: Point? = nil, mappedArea: Double? = nil, isPlaceInFull: Bool = false
    ) {
        self.isPlaceInFull = isPlaceInFull
        self.alternativeName = alternativeName
        self.point = point
        self.mappedArea = mappedArea
        self.code = code
        self.name = name
        self.kind = kind
        self.formerDistrict = formerDistrict
        self.area = area
        self.population = population
    }

    /// `P. Thành Đông`, `X. Nam Sách`, `ĐK. Cát Hải`: for narrow columns.
    public var shortName: String {
        switch kind {
        case .rural: "X. \(name)"
        case .urban: "P. \(name)"
        case .special: "ĐK. \(name)"
        }
    }

    /// Before the day on its papers: `Thành Đông`, `Phường Lê Chân`.
    public var placeName: String { isPlaceInFull ? VietnameseText.sentence(fullName) : name }

    /// `phường Thành Đông`
    public var fullName: String { "\(kind.rawValue) \(name)" }
    /// `UBND phường Thành Đông`
    public var committeeName: String { "UBND \(fullName)" }
}

/// The communes of a province, in the order of their codes.
public struct CommuneDirectory: Sendable {
    public let communes: [Commune]
    /// Pairs that share a border; empty when the plan names none.
    public let neighbours: [CommunePair]
    /// Units of before the rearrangement with the communes their land went to; empty when the plan names none.
    public let oldUnits: [OldUnit]
    /// For the map, of every commune; empty when the province gives none.
    public let boundaries: [Boundary]
    private let byCode: [CommuneCode: Commune]

    public init(
        _ communes: [Commune], neighbours: [CommunePair] = [], oldUnits: [OldUnit] = [], boundaries: [Boundary] = []
    ) {
        self.boundaries = boundaries
        self.neighbours = neighbours
        self.oldUnits = oldUnits
        self.communes = communes.sorted { $0.code < $1.code }
        byCode = Dictionary(communes.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(code: CommuneCode) -> Commune? { byCode[code] }
}

extension CommuneDirectory {
    public var codes: [CommuneCode] { communes.map(\.code) }
}

/// Two communes that share a border.
public struct CommunePair: Sendable, Hashable {
    public let first: CommuneCode
    public let second: CommuneCode

    public init(_ first: CommuneCode, _ second: CommuneCode) {
        self.first = first
        self.second = second
    }
}

/// A former ward or commune and one commune that its land went to (the resolutions of 2025 on rearranging commune-level
/// units).
public struct OldUnit: Sendable, Hashable {
    /// The Statistics Office's code of before; empty when unknown.
    public let code: String
    /// With its kind: `Phường Cẩm Thượng`.
    public let name: String
    public let district: String
    public let province: String
    public let successor: CommuneCode
    /// Its land went to several communes: its name alone does not say to which.
    public let isSplit: Bool

    public init(
        code: String, name: String, district: String, province: String, successor: CommuneCode, isSplit: Bool
    ) {
        self.code = code
        self.name = name
        self.district = district
        self.province = province
        self.successor = successor
        self.isSplit = isSplit
    }
}
