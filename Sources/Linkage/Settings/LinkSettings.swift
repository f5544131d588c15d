/// What a person writes to link two files, or to find the doubles of one. Everything but the columns has a ready-made value.
public struct LinkSettings: Codable, Sendable, Equatable {
    /// The column of ids; the row numbers when left out.
    public var id: String?
    /// By name of our own choosing.
    public var columns: [String: ColumnSettings]
    /// Ready-made ones by the columns' kinds when left out.
    public var comparisons: [ComparisonSettings]?
    /// Each a conjunction: `cccd`, `fold(name) & birth`, `given(name) & year(birth)`. A pair is looked at when one holds.
    public var blocking: [String]
    /// The least match weight (log2) of a pair that is written; 0 is even odds.
    public var threshold: Double?
    /// Whether each record has at most one partner: for lists known to be free of doubles.
    public var oneToOne: Bool?
    /// More pairs than this are refused, with the rule and the block to blame.
    public var mostPairs: Int?
    /// Where the random draws begin; the same seed gives the same bytes.
    public var seed: UInt64?
    /// A pair where one of these conditions holds is a match, whatever it weighs: `exact(cccd) and given(name)`.
    public var sure: [Condition]?
    /// A pair where one of these holds is none; goes before ``sure``.
    public var never: [Condition]?
    /// How many matches there are, told by rules instead of learned from the pairs looked at.
    public var prior: PriorSettings?
    /// A block of more pairs than this is passed over by its rule; what that costs in matches is estimated and told.
    public var largestBlock: Int?
    /// Each record keeps its strongest pair only before records are put into clusters.
    public var bestLink: Bool?
    /// Files of areas, for columns of the kind commune; paths from the settings file's folder.
    public var areas: AreaSettings?
    /// Pairs held in memory need no more than this many MB (2,000); beyond it they are worked out twice instead.
    public var memoryForPairs: Int?

    public enum CodingKeys: String, CodingKey, CaseIterable {
        case id, columns, comparisons, blocking, threshold, seed, sure, never, prior, areas
        case oneToOne = "one_to_one"
        case mostPairs = "most_pairs"
        case largestBlock = "largest_block"
        case bestLink = "best_link"
        case memoryForPairs = "memory_for_pairs"
    }

    public init(
        id: String? = nil, columns: [String: ColumnSettings], comparisons: [ComparisonSettings]? = nil,
        blocking: [String], threshold: Double? = nil,
        oneToOne: Bool? = nil, mostPairs: Int? = nil, seed: UInt64? = nil
    ) {
        self.id = id
        self.columns = columns
        self.comparisons = comparisons
        self.blocking = blocking
        self.threshold = threshold
        self.oneToOne = oneToOne
        self.mostPairs = mostPairs
        self.seed = seed
    }
}

/// The number of matches, told by rules that find few false ones.
public struct PriorSettings: Codable, Sendable, Equatable {
    /// Conjunctions as in ``LinkSettings/blocking``; a pair that one of them brings together counts as a match.
    public var rules: [String]
    /// The share of all matches that the rules are thought to find, in 0...1.
    public var recall: Double

    public init(rules: [String], recall: Double) {
        self.rules = rules
        self.recall = recall
    }
}

/// Where it is written which areas border on one another and which went into which.
public struct AreaSettings: Codable, Sendable, Equatable {
    /// A file of pairs and the names of its two columns of names.
    public struct Table: Codable, Sendable, Equatable {
        public var file: String
        public var columns: [String]

        public init(file: String, columns: [String]) {
            self.file = file
            self.columns = columns
        }
    }

    public var neighbours: Table?
    /// Former name, present name.
    public var successors: Table?

    public init(neighbours: Table? = nil, successors: Table? = nil) {
        self.neighbours = neighbours
        self.successors = successors
    }
}

/// One column of the records.
public struct ColumnSettings: Codable, Sendable, Equatable {
    public var kind: ColumnKind
    /// The column's name in the files; the name in the settings when left out.
    public var column: String?
    /// In the left file, where the two differ.
    public var left: String?
    /// In the right file.
    public var right: String?
    /// In each list, in their order, when more than two are linked.
    public var lists: [String]?

    /// What the column is called in a list.
    /// - Parameter name: the column's own name in the settings.
    func name(_ name: String, inList list: Int, of count: Int) -> String {
        if let lists, lists.indices.contains(list) { return lists[list] }
        return (list == 0 ? left : list == 1 && count == 2 ? right : nil) ?? column ?? name
    }

    public init(kind: ColumnKind, column: String? = nil, left: String? = nil, right: String? = nil) {
        self.kind = kind
        self.column = column
        self.left = left
        self.right = right
    }
}

/// What a column holds: how its values are read, and which comparison they get when none is written.
public enum ColumnKind: String, Codable, Sendable, CaseIterable {
    /// `Nguyễn Thị Lan`: surname first, given name last.
    case personName = "person-name"
    /// `Lan` alone, or any part of a western name.
    case namePart = "name-part"
    case text
    /// `dd/MM/yyyy`, `yyyy-MM-dd`, `yyyyMMdd`, or a year alone. The first of January counts as a year alone.
    case date
    /// Digits that identify one person or firm: personal id, tax code.
    case identifier
    /// A short code that many share.
    case code
    case phone
    case number
    /// Few values: sex, kind.
    case category
    /// `CÔNG TY TNHH MINH ANH`: the words of the legal form weigh nothing.
    case organisation
    /// `Phường Hồng Bàng`; with the settings' areas, old names and neighbours are known.
    case commune
    case email
    /// Several values in a field, parted by semicolons, bars or commas.
    case list

    /// Whether values are mostly digits.
    var isNumeric: Bool { self == .identifier || self == .phone || self == .date || self == .code || self == .number }

    /// Whether values are compared by their words.
    var hasWords: Bool { self == .text || self == .organisation || self == .list }

    /// Whether values may bear accents.
    var isMarked: Bool { !(isNumeric && self != .number) && self != .email }

    /// Whether values have a surname and a given name.
    var isName: Bool { self == .personName || self == .namePart }
}

/// How two values (or several) are compared: levels from the strongest to the weakest, the first that holds counts.
public struct ComparisonSettings: Codable, Sendable, Equatable {
    /// Unique among the comparisons.
    public var name: String
    /// The column the levels speak of unless they name another.
    public var column: String
    /// Ready-made ones for the column's kind when left out.
    public var levels: [LevelSettings]?

    public init(name: String, column: String, levels: [LevelSettings]? = nil) {
        self.name = name
        self.column = column
        self.levels = levels
    }
}

/// One level: a condition, and whether how common the value is counts.
public struct LevelSettings: Codable, Sendable, Equatable {
    public var when: Condition
    /// Whether agreement on a rare value weighs more (term frequency).
    public var frequency: Bool?

    public init(_ when: Condition, frequency: Bool? = nil) {
        self.when = when
        self.frequency = frequency
    }

    /// A test of the comparison's own column.
    public init(_ test: ColumnTest, frequency: Bool? = nil) { self.init(.test(test), frequency: frequency) }

    private enum CodingKeys: CodingKey { case when, frequency }

    /// A condition alone may stand for the level.
    public init(from decoder: any Decoder) throws {
        if (try? decoder.singleValueContainer().decode(String.self)) != nil {
            self.init(try Condition(from: decoder))
        } else {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                try container.decode(Condition.self, forKey: .when),
                frequency: try container.decodeIfPresent(Bool.self, forKey: .frequency))
        }
    }
}
