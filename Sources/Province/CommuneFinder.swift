public import Kernel

/// Finds the commune that a cell of a file names, in the many ways people write it: with or without its kind and accents,
/// in capitals, behind `UBND`, by the name of a unit of before the rearrangement.
///
/// What is not certain says so; what is ambiguous is never decided here.
public struct CommuneFinder: Sendable {
    public enum Answer: Sendable, Equatable {
        case certain(CommuneCode)
        /// Found with a doubt that the reader should see.
        case likely(CommuneCode, doubt: String)
        /// A unit of before the rearrangement whose whole land went to one commune.
        case former(CommuneCode, oldName: String)
        case ambiguous([CommuneCode])
        /// A unit of before the rearrangement whose land went to several communes.
        case split(oldName: String, [CommuneCode])
        case unknown(nearest: [CommuneCode])
    }

    private let directory: CommuneDirectory
    private var byKey: [String: [CommuneCode]] = [:]
    private var byFolded: [String: [CommuneCode]] = [:]
    /// Every commune's name without its accents, for misspellings.
    private let foldedNames: [(code: CommuneCode, name: String)]
    /// Folded and without spaces.
    private var byRun: [String: [CommuneCode]] = [:]
    private var formerByKey: [String: [OldUnit]] = [:]
    private var formerByFolded: [String: [OldUnit]] = [:]

    public init(_ directory: CommuneDirectory) {
        self.directory = directory
        foldedNames = directory.communes.map { ($0.code, VietnameseText.fold($0.name)) }
        for commune in directory.communes {
            for name in Set([commune.name, commune.alternativeName]) where !name.isEmpty {
                byKey[VietnameseText.comparisonKey(name), default: []].append(commune.code)
                let folded = VietnameseText.fold(name)
                byFolded[folded, default: []].append(commune.code)
                byRun[folded.replacing(" ", with: ""), default: []].append(commune.code)
            }
        }
        byKey = byKey.mapValues { Array(Set($0)).sorted() }
        byFolded = byFolded.mapValues { Array(Set($0)).sorted() }
        byRun = byRun.mapValues { Array(Set($0)).sorted() }
        for unit in directory.oldUnits {
            let name = Self.withoutKind(unit.name).name
            formerByKey[VietnameseText.comparisonKey(name), default: []].append(unit)
            formerByFolded[VietnameseText.fold(name), default: []].append(unit)
        }
    }

    /// - Parameter text: texts beyond 200 bytes name no unit.
    public func find(_ text: String) -> Answer {
        guard text.utf8.count <= 200 else { return .unknown(nearest: []) }
        let text = VietnameseText.latin(text)
        let parts = text.split(separator: ",").map { VietnameseText.tidy(String($0)) }
        let whole = parts.first ?? text
        let (name, kind) = Self.withoutKind(whole)
        // With a district of before the rearrangement behind it, the name is that of a former unit.
        for place in parts.dropFirst() {
            if let answer = former(name, kind: kind, district: Self.district(place)) { return answer }
        }
        // Towns (thị trấn) are no more: a town's name is that of a former unit, whatever commune shares it.
        if Self.namesTown(whole), let answer = former(name, kind: nil, town: true) { return answer }
        // A name may begin like a kind, so the whole text goes first.
        for candidate in whole == name ? [name] : [whole, name] {
            if let codes = byKey[VietnameseText.comparisonKey(candidate)] {
                return decide(codes, kind: candidate == whole ? nil : kind, doubt: nil, text: text)
            }
        }
        if let codes = byFolded[VietnameseText.fold(name)] {
            // Written just like a former unit by somebody who writes accents (`Xã An Thanh`), it is that as likely as a
            // commune without its accents; where nothing has accents (`Xa An Thanh`), they were left out.
            let writesAccents = VietnameseText.fold(whole) != whole.lowercased()
            let namesakes =
                !writesAccents
                ? []
                : (formerByKey[VietnameseText.comparisonKey(name)] ?? []).map(\.successor).filter {
                    !codes.contains($0)
                }
            if !namesakes.isEmpty { return .ambiguous(Array(Set(codes + namesakes)).sorted()) }
            let hasAccents = VietnameseText.fold(name) != name.lowercased()
            return decide(
                codes, kind: kind, doubt: hasAccents ? "dấu khác với tên trong danh mục" : "viết không dấu", text: text)
        }
        if let answer = former(name, kind: kind) { return answer }
        // A mark that nobody sees may stand in place of a space.
        let run = VietnameseText.fold(name).replacing(" ", with: "")
        for (word, said) in [("", kind), ("dackhu", .special), ("phuong", .urban), ("xa", .rural)]
        where run.hasPrefix(word) {
            guard let codes = byRun[String(run.dropFirst(word.count))] else { continue }
            return decide(codes, kind: said, doubt: "viết liền hoặc tách chữ khác", text: text)
        }
        return .unknown(nearest: nearest(VietnameseText.fold(name)))
    }

    private func decide(_ codes: [CommuneCode], kind: Commune.Kind?, doubt: String?, text: String) -> Answer {
        var codes = codes
        if codes.count > 1, let kind {
            let narrowed = codes.filter { directory[$0]?.kind == kind }
            if narrowed.count == 1 { codes = narrowed }
        }
        guard codes.count == 1, let code = codes.first else { return .ambiguous(codes) }
        // A former unit of just that kind and name is meant as likely as the commune of another kind.
        if let kind, let commune = directory[code], commune.kind != kind {
            let others = (formerByFolded[VietnameseText.fold(commune.name)] ?? []).filter {
                Self.withoutKind($0.name).kind == kind && $0.successor != code
            }
            if !others.isEmpty { return .ambiguous(Array(Set([code] + others.map(\.successor))).sorted()) }
        }
        if let kind, let commune = directory[code], commune.kind != kind {
            return .likely(code, doubt: "ghi là \(kind.rawValue), trong danh mục là \(commune.kind.rawValue)")
        }
        guard let doubt, let commune = directory[code] else { return .certain(code) }
        return .likely(code, doubt: "\(doubt), đọc là \(commune.fullName)")
    }

    /// A district's name without its kind and accents: `TP. Hải Dương` → `hai duong`.
    static func district(_ text: String) -> String {
        let words = VietnameseWords(text)
        for kind in ["thanh pho", "thi xa", "huyen", "quan", "tp", "tx", "h", "q"] where words.begins(with: kind) {
            return String(words.text.dropFirst(kind.count).drop { $0 == " " })
        }
        return words.text
    }

    private static func namesTown(_ text: String) -> Bool {
        let words = VietnameseWords(text)
        return words.begins(with: "thi tran") || words.begins(with: "tt")
    }

    private func former(
        _ name: String, kind: Commune.Kind?, town: Bool = false, district: String? = nil
    ) -> Answer? {
        guard
            var units = formerByKey[VietnameseText.comparisonKey(name)] ?? formerByFolded[VietnameseText.fold(name)]
        else { return nil }
        if let district {
            units = units.filter { !$0.district.isEmpty && Self.district($0.district) == district }
        }
        if let kind {
            let same = units.filter { Self.withoutKind($0.name).kind == kind }
            if !same.isEmpty { units = same }
        }
        if town { units = units.filter { Self.namesTown($0.name) } }
        let successors = Array(Set(units.map(\.successor))).sorted()
        guard let unit = units.first else { return nil }
        let places = Set(units.map { "\($0.district)|\($0.province)|\($0.name)" })
        if places.count > 1 {
            return successors.count == 1 ? .former(unit.successor, oldName: unit.name) : .ambiguous(successors)
        }
        return unit.isSplit || successors.count > 1
            ? .split(oldName: unit.name, successors) : .former(unit.successor, oldName: unit.name)
    }

    var oldUnits: [OldUnit] { directory.oldUnits }

    /// The former units whose whole land makes up a commune; those of which only a part came to it are left out.
    public func wholeFormerUnits(of code: CommuneCode) -> [OldUnit] {
        directory.oldUnits.filter { $0.successor == code && !$0.isSplit }
    }

    // MARK: Words before the name

    private static let kinds: [(words: [String], kind: Commune.Kind?)] = [
        (["dac", "khu"], .special), (["dk."], .special), (["dk"], .special), (["thi", "tran"], nil), (["tt."], nil),
        (["tt"], nil), (["phuong"], .urban), (["p."], .urban), (["p"], .urban), (["xa"], .rural), (["x."], .rural),
        (["x"], .rural),
    ]

    private static let bodies: [[String]] = [
        ["uy", "ban", "nhan", "dan"], ["ubnd"], ["bao", "hiem", "xa", "hoi"], ["bhxh"], ["dia", "ban"],
    ]

    /// The name without the body and the kind before it; the kind when one is written.
    static func withoutKind(_ text: String) -> (name: String, kind: Commune.Kind?) {
        var words = text.replacing(".", with: ". ").split(whereSeparator: \.isWhitespace).map(String.init)
        func drop(_ prefix: [String]) -> Bool {
            guard words.count > prefix.count, zip(words, prefix).allSatisfy({ VietnameseText.fold($0) == $1 }) else {
                return false
            }
            words.removeFirst(prefix.count)
            return true
        }
        for body in bodies where drop(body) { break }
        for (prefix, kind) in kinds where drop(prefix) { return (words.joined(separator: " "), kind) }
        return (words.joined(separator: " "), nil)
    }

    // MARK: Misspellings

    private func nearest(_ folded: String) -> [CommuneCode] {
        guard folded.utf8.count >= 4 else { return [] }
        let close = foldedNames.compactMap { commune -> (distance: Int, code: CommuneCode)? in
            EditDistance.between(folded, commune.name, atMost: 2).map { ($0, commune.code) }
        }
        return close.sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }.prefix(3).map(\.code)
    }
}
