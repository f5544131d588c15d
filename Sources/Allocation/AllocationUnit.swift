import Kernel

/// What is known of a unit that gets a target; nil where it is not.
public struct AllocationUnit: Sendable, Equatable, Codable {
    public let code: String
    public let name: String
    /// Participants at the last result.
    public var lastTotal: Int?
    public var lastVoluntary: Int?
    public var labourForce: Int?
    /// People who could take part and do not, by the review.
    public var pool: Int?
    /// What the unit itself proposes.
    public var proposalTotal: Int?
    public var proposalVoluntary: Int?
    /// Bounds set for this unit; they stand before those of the settings.
    public var floorTotal: Int?
    public var capTotal: Int?
    public var floorVoluntary: Int?
    public var capVoluntary: Int?

    public init(code: String, name: String) {
        self.code = code
        self.name = name
    }

    func number(_ key: AllocationKey, _ column: Measure) -> Int? {
        switch key {
        case .last: column == .total ? lastTotal : lastVoluntary
        case .labourForce: labourForce
        case .pool: pool
        case .proposal: column == .total ? proposalTotal : proposalVoluntary
        }
    }

    func floor(_ column: Measure) -> Int? { column == .total ? floorTotal : floorVoluntary }
    func cap(_ column: Measure) -> Int? { column == .total ? capTotal : capVoluntary }
}

/// What a share may be reckoned by.
public enum AllocationKey: String, Sendable, CaseIterable, Codable {
    case last
    case labourForce = "labour_force"
    case pool, proposal

    public var words: String {
        switch self {
        case .last: "kết quả năm trước"
        case .labourForce: "lực lượng lao động"
        case .pool: "số người chưa tham gia"
        case .proposal: "số đơn vị đề xuất"
        }
    }
}

/// How a total is split: keys with weights, and general bounds. All of it is a choice of those who allocate; nothing here is
/// fixed by law.
public struct AllocationSettings: Sendable, Equatable, Codable {
    /// Weights of the keys, by column, in any unit; only their proportions count.
    public var keys: [String: [String: Double]]
    /// No target below so many per cent of the last result; nil for no such floor.
    public var floorPercent: Double?
    /// No target above so many per cent of the last result; nil for no such cap.
    public var capPercent: Double?
    /// No target above the last result and the whole pool.
    public var capByPool: Bool
    /// Figures that stay, by unit's code: `total`, `voluntary`.
    public var locks: [String: [String: Int]]
    /// Whether a later year may be below an earlier one.
    public var allowsDecrease: Bool

    public init() {
        keys = ["total": ["last": 50, "labour_force": 25, "pool": 25], "voluntary": ["last": 50, "pool": 50]]
        floorPercent = 100
        capPercent = nil
        capByPool = true
        locks = [:]
        allowsDecrease = false
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case keys
        case floorPercent = "floor_percent"
        case capPercent = "cap_percent"
        case capByPool = "cap_by_pool"
        case locks
        case allowsDecrease = "allow_decrease"
    }

    /// Names a settings file may use.
    public static let names = CodingKeys.allCases.map(\.rawValue)

    /// What a file leaves out keeps its usual value; `null` takes a bound away.
    public init(from decoder: any Decoder) throws {
        self.init()
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let given = try container.decodeIfPresent([String: [String: Double]].self, forKey: .keys) {
            keys.merge(given) { $1 }
        }
        if container.contains(.floorPercent) {
            floorPercent = try container.decodeIfPresent(Double.self, forKey: .floorPercent)
        }
        if container.contains(.capPercent) {
            capPercent = try container.decodeIfPresent(Double.self, forKey: .capPercent)
        }
        capByPool = try container.decodeIfPresent(Bool.self, forKey: .capByPool) ?? capByPool
        locks = try container.decodeIfPresent([String: [String: Int]].self, forKey: .locks) ?? locks
        allowsDecrease = try container.decodeIfPresent(Bool.self, forKey: .allowsDecrease) ?? allowsDecrease
    }

    func weight(_ key: AllocationKey, _ column: Measure) -> Double {
        max(keys[column.rawValue]?[key.rawValue] ?? 0, 0)
    }

    /// So many per cent of a number, rounded up or down to whole people.
    static func part(_ number: Int, _ percent: Double, up: Bool) -> Int {
        let thousandths = Int((percent * 1000).rounded())
        let product = number * thousandths
        return up ? (product + 99_999) / 100_000 : product / 100_000
    }

    /// - Throws: what cannot be meant.
    public func check() throws(AllocationError) {
        for column in keys.keys.sorted() {
            guard let known = Measure(rawValue: column) else {
                throw .settings("keys: không có cột “\(column)”; dùng total, voluntary")
            }
            for (key, weight) in keys[column, default: [:]].sorted(by: { $0.key < $1.key }) {
                guard AllocationKey(rawValue: key) != nil else {
                    throw .settings(
                        "keys.\(column): không có căn cứ “\(key)”"
                            + (Nearest.name(to: key, among: AllocationKey.allCases.map(\.rawValue)).map {
                                "; có phải là “\($0)”?"
                            } ?? ""))
                }
                guard weight >= 0, weight.isFinite else {
                    throw .settings("keys.\(column).\(key): trọng số phải từ 0 trở lên")
                }
            }
            guard AllocationKey.allCases.contains(where: { weight($0, known) > 0 }) else {
                throw .settings("\(known.word) (keys.\(column)): cần ít nhất một căn cứ có trọng số lớn hơn 0")
            }
        }
        for (name, percent) in [("floor_percent", floorPercent), ("cap_percent", capPercent)] {
            if let percent, !(0...10_000).contains(percent) { throw .settings("\(name): từ 0 đến 10000") }
        }
        if let least = floorPercent, let most = capPercent, most < least {
            throw .settings(
                "trần \(Bounds.Origin.number(most)) % thấp hơn sàn \(Bounds.Origin.number(least)) % của cùng kết quả")
        }
        for (code, lock) in locks.sorted(by: { $0.key < $1.key }) {
            for (column, people) in lock {
                guard Measure(rawValue: column) != nil, people >= 0 else {
                    throw .settings("locks.\(code).\(column): cần total hoặc voluntary, từ 0 trở lên")
                }
            }
        }
    }
}

/// Why no allocation comes of what was given, in Vietnamese.
public enum AllocationError: Error, Sendable, Equatable, CustomStringConvertible {
    case settings(String)
    case input(String)
    /// The bounds do not let the total through.
    case bounds(String)

    public var description: String {
        switch self {
        case .settings(let text): "Thiết lập phân bổ: \(text)."
        case .input(let text), .bounds(let text): text
        }
    }
}
