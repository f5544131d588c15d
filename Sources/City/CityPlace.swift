public import Kernel

/// A commune as the city's generator sees it.
public struct CityPlace: Sendable {
    /// A ward or commune of before July 2025 whose land, or part of it, lies here.
    public struct Former: Sendable {
        /// With its kind: `Phường Cẩm Thượng`.
        public let name: String
        public let district: String
        /// With its kind: `Tỉnh Hải Dương`.
        public let province: String

        public init(name: String, district: String, province: String) {
            self.name = name
            self.district = district
            self.province = province
        }
    }

    public enum Kind: String, Sendable {
        case rural = "xã"
        case urban = "phường"
        case special = "đặc khu"
    }

    public let code: CommuneCode
    public let name: String
    public let kind: Kind
    public let district: String
    /// People, as published; nil where nothing is.
    public let people: Int?
    /// Square kilometres; nil where unknown.
    public let area: Double?
    public let former: [Former]

    public init(
        code: CommuneCode, name: String, kind: Kind, district: String, people: Int?, area: Double?, former: [Former]
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.district = district
        self.people = people
        self.area = area
        self.former =
            former.isEmpty
            ? [Former(name: "\(VietnameseText.sentence(kind.rawValue)) \(name)", district: district, province: "")]
            : former
    }

    public var fullName: String { "\(kind.rawValue) \(name)" }

    /// What its residential groups are called.
    var group: String { kind == .rural ? "Thôn" : kind == .urban ? "TDP số" : "Khu" }
}

extension [CityPlace] {
    /// How many people live in each at scale 1: published, else supposed, else by area and kind, brought to the total.
    func population(_ suppositions: Suppositions) -> [Int] {
        var known = map { place in place.people ?? suppositions.people[place.code.text] }
        let weights = indices.map { place in
            known[place] == nil
                ? (self[place].area ?? 20) * (suppositions.density[self[place].kind.rawValue] ?? 1_000) : 0
        }
        let rest = Swift.max(0, suppositions.total - known.reduce(0) { $0 + ($1 ?? 0) })
        let shares = Apportioning.split(rest, by: weights)
        for place in indices where known[place] == nil { known[place] = shares[place] }
        return known.map { $0 ?? 0 }
    }
}

/// Whole numbers by weights.
enum Apportioning {
    /// Whole parts of a number in the proportion of weights; they add up to it, unless no weight is more than 0.
    static func split(_ number: Int, by weights: [Double]) -> [Int] {
        let total = weights.reduce(0, +)
        guard total > 0 else { return weights.map { _ in 0 } }
        var (sum, given) = (0.0, 0)
        return weights.map { weight in
            sum += weight
            let upTo = Int((Double(number) * sum / total).rounded())
            defer { given = upTo }
            return upTo - given
        }
    }
}
