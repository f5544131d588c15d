import Kernel

/// What a number of a file is of.
enum FigureKey: Hashable {
    case scheme(Scheme)
    case block(Block)
    case total

    /// A place of its own for each key.
    var place: Int {
        switch self {
        case .scheme(.compulsory): 0
        case .scheme(.voluntary): 1
        case .total: 2
        case .block(let block): 2 + block.rawValue
        }
    }

    /// The key of a place.
    init?(place: Int) {
        switch place {
        case 0: self = .scheme(.compulsory)
        case 1: self = .scheme(.voluntary)
        case 2: self = .total
        default:
            guard let block = Block(rawValue: place - 2) else { return nil }
            self = .block(block)
        }
    }
}

/// The numbers of one row by what they are of, each with its column. A row of a long file has one: it takes no memory of its
/// own.
struct FigureValues {
    struct Entry {
        let key: FigureKey
        var people: Int
        let column: Int
    }

    private var first: Entry?
    private var others: [Entry] = []
    /// A bit for each key that is here.
    private(set) var keys: UInt16 = 0

    subscript(key: FigureKey) -> Entry? {
        if let first, first.key == key { return first }
        return keys >> UInt16(key.place) & 1 == 0 ? nil : others.first { $0.key == key }
    }

    /// A number that comes again takes the place of the one before.
    mutating func set(_ key: FigureKey, _ people: Int, column: Int) {
        let entry = Entry(key: key, people: people, column: column)
        if first == nil || first?.key == key {
            first = entry
        } else if let index = others.firstIndex(where: { $0.key == key }) {
            others[index] = entry
        } else {
            others.append(entry)
        }
        keys |= 1 << UInt16(key.place)
    }

    mutating func add(_ entry: Entry) {
        set(entry.key, (self[entry.key]?.people ?? 0) + entry.people, column: self[entry.key]?.column ?? entry.column)
    }

    func forEach(_ body: (Entry) -> Void) {
        if let first { body(first) }
        for entry in others { body(entry) }
    }

    /// Whether the same numbers stand here, in whatever columns.
    func says(the same: FigureValues) -> Bool {
        guard keys == same.keys else { return false }
        var isSame = true
        forEach { isSame = isSame && same[$0.key]?.people == $0.people }
        return isSame
    }
}
