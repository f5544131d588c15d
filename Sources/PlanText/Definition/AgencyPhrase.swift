import Province
import Kernel

/// Reads the agencies out of a phrase of the annex (`Sở Tài chính, BHXH thành phố, các cơ quan, đơn vị liên quan`).
///
/// Names hold commas themselves (`UBND xã, phường, đặc khu`), so the phrase is not split: the longest known name is
/// taken from its front again and again, upper and lower case alike.
struct AgencyPhrase {
    private let names: [(folded: [Character], code: AgencyCode)]

    init(_ agencies: [Agency]) {
        names = agencies.flatMap { agency in
            ([agency.name] + agency.spellings).map { (Array(Self.comparable($0)), agency.code) }
        }.sorted { $0.0.count > $1.0.count }
    }

    enum Reading: Equatable {
        case agencies([AgencyCode])
        /// The part of the phrase that no known name matches.
        case unknown(String)
    }

    func read(_ phrase: String) -> Reading {
        let text = Array(Self.comparable(phrase))
        var position = 0
        var codes: [AgencyCode] = []
        while position < text.count {
            if text[position] == " " || text[position] == "," || text[position] == ";" {
                position += 1
                continue
            }
            let rest = text[position...]
            guard let match = names.first(where: { Self.matches($0.folded, rest) }) else {
                return .unknown(String(rest.prefix { $0 != ";" && $0 != "," }))
            }
            if !codes.contains(match.code) { codes.append(match.code) }
            position += match.folded.count
        }
        return .agencies(codes)
    }

    /// A name ends where the phrase ends or a separator stands: `Sở Y` is not the beginning of `Sở Y tế`.
    private static func matches(_ name: [Character], _ rest: ArraySlice<Character>) -> Bool {
        guard rest.starts(with: name) else { return false }
        let after = rest.dropFirst(name.count).first { $0 != " " }
        return after == nil || after == "," || after == ";"
    }

    private static func comparable(_ text: String) -> String { VietnameseText.tidy(text).lowercased() }
}
