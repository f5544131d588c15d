public import Kernel

/// Finds the commune of today and the residential group that an address names, as it was written before or after the
/// rearrangement: `Số 12, tổ dân phố 5, phường Cẩm Thượng, thành phố Hải Dương, tỉnh Hải Dương`.
///
/// A unit whose land went to several communes gives these, never one of them.
public struct AddressFinder: Sendable {
    public struct Answer: Sendable, Equatable {
        /// Nil where the address names no unit that is known.
        public let commune: CommuneFinder.Answer?
        /// As written, with its kind; empty where the address names none.
        public let group: String

        public init(commune: CommuneFinder.Answer?, group: String) { (self.commune, self.group) = (commune, group) }
    }

    private let communes: CommuneFinder
    /// Folded names of the districts and provinces whose land lies here.
    private let around: Set<String>

    public init(_ communes: CommuneFinder) {
        self.communes = communes
        around = Set(
            communes.oldUnits.flatMap { [$0.district, $0.province] }.filter { !$0.isEmpty }.map(Self.area))
    }

    /// What of an address names the commune, with what stands behind it: many addresses share it. Nil where no part does.
    public static func tail(of address: String) -> String? {
        let parts = parts(of: address)
        return communePart(of: parts).map { parts[$0...].joined(separator: ", ") }
    }

    public func find(_ address: String) -> Answer {
        let group = Self.group(in: address)
        guard let tail = Self.tail(of: address) else { return Answer(commune: nil, group: group) }
        return Answer(commune: find(tail: tail), group: group)
    }

    /// - Parameter tail: as ``tail(of:)`` gives it.
    public func find(tail: String) -> CommuneFinder.Answer? {
        let parts = Self.parts(of: tail)
        for part in parts.dropFirst() where Self.namesArea(part) {
            // Another province has communes of the same names.
            guard around.isEmpty || around.contains(Self.area(part)) else { return nil }
        }
        switch communes.find(tail) {
        case .unknown: return nil
        case let answer: return answer
        }
    }

    /// The residential group that an address names: `Tổ dân phố 5`, `thôn Đông`.
    public static func group(in address: String) -> String {
        let parts = parts(of: address)
        let end = communePart(of: parts) ?? parts.count
        return parts[..<end].last { part in
            let words = VietnameseWords(part)
            return groupKinds.contains { words.begins(with: $0) && words.text.utf8.count > $0.utf8.count }
        } ?? ""
    }

    private static let groupKinds = [
        "to dan pho", "tdp", "thon", "khu dan cu", "kdc", "xom", "khu pho", "lang", "ap", "to",
    ]
    private static let communeKinds = ["xa", "phuong", "thi tran", "dac khu", "tt", "p", "x", "dk"]
    private static let areaKinds = ["tinh", "thanh pho", "tp", "thi xa", "tx", "huyen", "quan", "h", "q", "t"]

    private static func parts(of address: String) -> [String] {
        VietnameseText.latin(address).split { $0 == "," || $0 == ";" }.map { VietnameseText.tidy(String($0)) }.filter {
            !$0.isEmpty
        }
    }

    /// The name of a district or province without its kind and accents.
    private static func area(_ part: String) -> String {
        let words = VietnameseWords(part)
        return words.begins(with: "tinh") ? String(words.text.dropFirst(5)) : CommuneFinder.district(part)
    }

    private static func namesArea(_ part: String) -> Bool {
        let words = VietnameseWords(part)
        return areaKinds.contains { words.begins(with: $0) && words.text.utf8.count > $0.utf8.count }
    }

    /// The last part that names a commune's kind; `thị xã …` is a district.
    private static func communePart(of parts: [String]) -> Int? {
        parts.lastIndex { part in
            let words = VietnameseWords(part)
            return communeKinds.contains { words.begins(with: $0) && words.text.utf8.count > $0.utf8.count }
        }
    }
}
