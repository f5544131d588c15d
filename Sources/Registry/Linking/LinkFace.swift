import Formats
import Kernel

/// What a record says of a person that can be compared without a number: the compact form that stands in the link index.
/// Records of several kinds that say the same are one face.
struct LinkFace: Hashable, Sendable {
    /// As written, tidied.
    var name = ""
    /// `1954-01-21`, `1954-01`, `1954`; empty where it is not known.
    var birth = ""
    var sex = ""
    var commune = ""
    /// House and street or hamlet, without the units above: those changed their names in July 2025.
    var address = ""
    /// The blind index of the telephone, as hexadecimal digits.
    var phone = ""

    /// The columns that models compare, in the order of their names.
    static let columns = ["address", "birth", "commune", "name", "phone", "sex"]

    /// In the order of ``columns``.
    var values: [String] { [address, birth, commune, name, phone, sex] }

    init(_ values: RecordValues, tokens: [NumberToken]) {
        name = Self.plain(values.text(.name) ?? "")
        birth = values.text(.birth) ?? ""
        sex = values.text(.sex) ?? ""
        commune = values.text(.commune) ?? ""
        address = Self.plain(Self.head(of: values.text(.address) ?? ""))
        if let token = tokens.first(where: { $0.bytes.first == NumberKind.phone.rawValue }) {
            phone = token.bytes.dropFirst().prefix(8).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
        }
    }

    private static func plain(_ text: String) -> String {
        text.contains(where: { $0 == "\t" || $0 == "\n" || $0 == "|" })
            ? String(text.map { $0 == "\t" || $0 == "\n" || $0 == "|" ? " " : $0 }) : text
    }

    /// Words that a part of an address begins with from which on it names units.
    private static let units: Set<String> = [
        "xa", "phuong", "thi", "quan", "huyen", "thanh", "tinh", "dac", "p", "q", "h", "x", "tx", "tt", "tp",
    ]

    /// The parts of an address before the first that names a unit.
    static func head(of address: String) -> String {
        let parts = address.split(separator: ",")
        let kept = parts.prefix { part in
            let first = VietnameseText.fold(String(part)).split(whereSeparator: { $0 == " " || $0 == "." }).first
            return !units.contains(first.map(String.init) ?? "")
        }
        return VietnameseText.tidy(kept.joined(separator: ", "))
    }

    // MARK: Keys

    /// Under which faces of one person meet: given name and day of birth (day and month in either order), all words of the name and
    /// day of any year, all words with year and commune or with house and street,
    /// given name and telephone.
    var keys: [Int64] {
        let words = VietnameseText.fold(name).split(separator: " ").map(String.init)
        guard let given = words.last else { return [] }
        var keys: [Int64] = []
        let all = words.sorted().joined(separator: " ")
        if let day = PartialDay(birth) {
            // Where only the year is known, lists write the first of January.
            if day.dayOfMonth > 0, !(day.month == 1 && day.dayOfMonth == 1) {
                let either = "\(min(day.month, day.dayOfMonth))-\(max(day.month, day.dayOfMonth))"
                keys.append(Self.key("b", given, "\(day.year)", either))
                keys.append(Self.key("m", all, either))
            }
            if !commune.isEmpty { keys.append(Self.key("y", all, "\(day.year)", commune)) }
        }
        if !phone.isEmpty { keys.append(Self.key("p", given, phone)) }
        if !address.isEmpty { keys.append(Self.key("a", all, VietnameseText.fold(address))) }
        return keys
    }

    /// Under which all meet who live under one address: to show the household, never to find who is one.
    var householdKey: Int64? {
        address.isEmpty || commune.isEmpty ? nil : Self.key("h", VietnameseText.fold(address), commune)
    }

    /// FNV-1a, mixed: the same on every machine.
    private static func key(_ parts: String...) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        var mixer = SplitMix(state: hash)
        return Int64(bitPattern: mixer.next())
    }
}

/// The faces of a core, each with the kinds of record that show it, in one order whatever the records' order was.
struct LinkFaces: Equatable, Sendable {
    private(set) var kinds: [LinkFace: Set<RecordKind>] = [:]

    init() {}

    var faces: [LinkFace] { kinds.keys.sorted { $0.line < $1.line } }

    mutating func add(_ face: LinkFace, of kind: RecordKind) { kinds[face, default: []].insert(kind) }

    mutating func formUnion(_ other: LinkFaces) { kinds.merge(other.kinds) { $0.union($1) } }

    /// A line a face: its fields and kinds.
    var text: String {
        kinds.map { face, kinds in
            face.line + "|" + kinds.map(\.rawValue).sorted().joined(separator: ",")
        }.sorted().joined(separator: "\n")
    }

    init(text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "|", omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            kinds[LinkFace(line: parts[0])] = Set(
                parts[1].split(separator: ",").compactMap { RecordKind(rawValue: String($0)) })
        }
    }
}

/// The keys of faces, each worked out once: a chunk asks for those of one face three or four times.
struct FaceKeys {
    private var known: [LinkFace: (keys: [Int64], household: Int64?)] = [:]

    private mutating func keys(of face: LinkFace) -> (keys: [Int64], household: Int64?) {
        if let found = known[face] { return found }
        let made = (face.keys, face.householdKey)
        known[face] = made
        return made
    }

    /// Those that find who may be one.
    mutating func finding(_ faces: LinkFaces) -> Set<Int64> {
        var found: Set<Int64> = []
        for face in faces.kinds.keys { found.formUnion(keys(of: face).keys) }
        return found
    }

    /// As they stand in the index.
    mutating func all(of faces: LinkFaces) -> Set<Int64> {
        var found: Set<Int64> = []
        for face in faces.kinds.keys {
            let made = keys(of: face)
            found.formUnion(made.keys)
            if let household = made.household { found.insert(household) }
        }
        return found
    }
}

extension LinkFace {
    fileprivate var line: String { [name, birth, sex, commune, address, phone].joined(separator: "\t") }

    fileprivate init(line: Substring) {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 6 else { return }
        (name, birth, sex, commune, address, phone) = (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])
    }
}
