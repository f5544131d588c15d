/// What goes wrong in a row of a list.
enum Dirt: String, CaseIterable, Sendable {
    case missingID = "missing-id"
    case missingSICode = "missing-si-code"
    case oldID = "old-id"
    case lostZero = "lost-zero"
    case idTypo = "id-typo"
    case nameTypo = "name-typo"
    case lostAccents = "lost-accents"
    case droppedMiddle = "dropped-middle"
    case wordOrder = "word-order"
    case tonePlacement = "tone-placement"
    case swappedDay = "swapped-day"
    case yearTypo = "year-typo"
    case yearOnly = "year-only"
    case oldAddress = "old-address"
    case staleAddress = "stale-address"
    case phoneLostZero = "phone-lost-zero"
    case missingPhone = "missing-phone"
    case doubleSpace = "double-space"
    case doubledRow = "doubled-row"
    case firmVariant = "firm-variant"
    case missingTaxCode = "missing-tax-code"
    case mergedFirm = "merged-firm"

    var place: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(
        allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { one, _ in one })
}

/// How often each goes wrong, by list.
struct DirtRates: Sendable {
    private var rates: [String: [Dirt: Double]] = [:]

    init(_ lines: [CityTables.Line]) throws(CityFault) {
        for line in lines {
            guard let dirt = Dirt(rawValue: line[1]) else { throw line.fault("“\(line[1])” is no kind of dirt") }
            let rate = try line.count(2)
            guard rate <= 1_000 else { throw line.fault("\(rate) per mille is more than every row") }
            guard !line[3].isEmpty else { throw line.fault("say the reason") }
            rates[line[0], default: [:]][dirt] = rate / 1_000
        }
        for dirt in Dirt.allCases where rates["*"]?[dirt] == nil {
            throw CityFault(file: "dirt.csv", line: 0, reason: "no line *,\(dirt.rawValue)")
        }
    }

    /// Of a list, by ``Dirt/place``.
    func of(_ list: String) -> [Double] {
        Dirt.allCases.map { rates[list]?[$0] ?? rates["*"]?[$0] ?? 0 }
    }
}
