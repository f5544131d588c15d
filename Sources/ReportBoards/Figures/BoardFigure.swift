public import Kernel

/// A figure of a report, with the day it stands for and where it comes from.
public struct BoardFigure: Sendable, Equatable {
    /// What it counts. Values are whole numbers; shares and points are in tenths.
    public enum Unit: String, Sendable, CaseIterable {
        case people = "nguoi"
        /// Of coming and going: a person counts as often as they come.
        case turns = "luot"
        case communes = "xa"
        case employers = "don-vi"
        case works = "viec"
        case products = "san-pham"
        case matters = "vuong-mac"
        case dong = "dong"
        case percent = "phan-tram"
        case points = "diem"

        public var title: String {
            switch self {
            case .people: "người"
            case .turns: "lượt"
            case .communes: "xã, phường, đặc khu"
            case .employers: "đơn vị"
            case .works: "nhiệm vụ"
            case .products: "sản phẩm"
            case .matters: "vướng mắc"
            case .dong: "đồng"
            case .percent: "%"
            case .points: "điểm"
            }
        }

        /// Whether values are in tenths.
        public var isInTenths: Bool { self == .percent || self == .points }
    }

    /// Within a board: `total.now`, `work.II.done`, `commune.10507.total`.
    public let name: String
    /// What it stands beside.
    public let facts: BoardFacts
    public let label: String
    public let value: Int
    public let unit: Unit
    public let day: Day
    /// In words, as a report cites it.
    public let source: String
    public let origin: FigurePlace
    /// By which a draft marks it, from 1; 0 for rows of an annex, which its own mark stands for.
    public var number = 0

    public init(
        _ name: String, _ facts: BoardFacts, _ label: String, _ value: Int, _ unit: Unit, on day: Day, source: String,
        from origin: FigurePlace
    ) {
        self.name = name
        self.facts = facts
        self.label = label
        self.value = value
        self.unit = unit
        self.day = day
        self.source = source
        self.origin = origin
    }

    /// As reports write it: `1.177.531`, `96,4`.
    public var words: String { Self.words(value, unit) }

    static func words(_ value: Int, _ unit: Unit) -> String {
        guard unit.isInTenths else { return VietnameseText.grouped(value) }
        let size = value.magnitude
        return "\(value < 0 ? "-" : "")\(VietnameseText.grouped(Int(size / 10))),\(size % 10)"
    }

    /// A share in tenths of a per cent, rounded half up; nil of nothing.
    static func share(_ part: Int?, of whole: Int?) -> Int? {
        guard let part, let whole else { return nil }
        return TenthsOfPercent.of(part, in: whole)
    }
}

/// The page or list that a figure came from.
public enum FigurePlace: Sendable, Hashable {
    /// Figures of a month.
    case month(Month)
    /// Communes' targets of a year.
    case targets(Int)
    case plan
    /// Work of a group of tasks due in a year, or accepted of it.
    case work(group: String, year: Int, accepted: Bool)
    case movements(Month)
    case obstacles
    case scores(Month)
    /// A commune's figure of a month and scheme.
    case commune(CommuneCode)

    /// As stored: `month/2026-11`.
    public var text: String {
        switch self {
        case .month(let month): "month/\(month)"
        case .targets(let year): "targets/\(year)"
        case .plan: "plan/"
        case .work(let group, let year, let accepted): "work/\(group)/\(year)/\(accepted ? "accepted" : "all")"
        case .movements(let month): "movements/\(month)"
        case .obstacles: "obstacles/"
        case .scores(let month): "scores/\(month)"
        case .commune(let code): "commune/\(code)"
        }
    }

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2 else { return nil }
        switch parts[0] {
        case "plan": self = .plan
        case "obstacles": self = .obstacles
        case "targets":
            guard let year = Int(parts[1]) else { return nil }
            self = .targets(year)
        case "commune":
            guard let code = CommuneCode(parts[1]) else { return nil }
            self = .commune(code)
        case "work":
            guard parts.count == 4, let year = Int(parts[2]) else { return nil }
            self = .work(group: parts[1], year: year, accepted: parts[3] == "accepted")
        case "month", "movements", "scores":
            guard let month = Month(parts[1]) else { return nil }
            self = parts[0] == "month" ? .month(month) : parts[0] == "movements" ? .movements(month) : .scores(month)
        default: return nil
        }
    }
}

extension BoardFacts {
    /// As stored beside a figure.
    var text: String {
        switch self {
        case .targets: "targets"
        case .schemes: "schemes"
        case .late: "late"
        case .work(let group): "work/\(group)"
        case .obstacles: "obstacles"
        case .scores: "scores"
        }
    }

    init?(_ text: String) {
        switch text {
        case "targets": self = .targets
        case "schemes": self = .schemes
        case "late": self = .late
        case "obstacles": self = .obstacles
        case "scores": self = .scores
        default:
            guard text.hasPrefix("work/") else { return nil }
            self = .work(group: String(text.dropFirst(5)))
        }
    }
}

/// All figures of a report, in the order of its marks.
public struct BoardFigures: Sendable, Equatable {
    public private(set) var all: [BoardFigure]
    private let places: [String: Int]

    /// - Parameter all: numbered where they have no number yet; rows of an annex stay without.
    public init(_ all: [BoardFigure]) {
        var next = (all.map(\.number).max() ?? 0) + 1
        self.all = all.map { figure in
            var figure = figure
            if figure.number == 0, !figure.isRow {
                figure.number = next
                next += 1
            }
            return figure
        }
        places = Dictionary(zip(all.map(\.name), 0...), uniquingKeysWith: { first, _ in first })
    }

    public subscript(name: String) -> BoardFigure? { places[name].map { all[$0] } }

    public func beside(_ facts: BoardFacts) -> [BoardFigure] { all.filter { $0.facts == facts && !$0.isRow } }
}

extension BoardFigure {
    /// Whether it is a row of an annex: one commune's.
    public var isRow: Bool { name.hasPrefix("commune.") }
}

/// What a figure was when it was locked, and what it would be now.
public struct FigureDifference: Sendable, Equatable {
    public let label: String
    public let unit: BoardFigure.Unit
    /// Nil for a figure that was not there.
    public let locked: Int?
    /// Nil for a figure that is there no more.
    public let now: Int?
    public let origin: FigurePlace

    public var lockedWords: String { locked.map { BoardFigure.words($0, unit) } ?? "chưa có" }
    public var nowWords: String { now.map { BoardFigure.words($0, unit) } ?? "không còn" }

    /// With its sign; nil where either is missing.
    public var change: String? {
        guard let locked, let now else { return nil }
        return (now > locked ? "+" : "") + BoardFigure.words(now - locked, unit)
    }

    /// What differs, in the order of the locked figures.
    public static func between(_ locked: BoardFigures, _ now: BoardFigures) -> [FigureDifference] {
        let changed = locked.all.compactMap { old -> FigureDifference? in
            let new = now[old.name]
            guard new?.value != old.value else { return nil }
            return FigureDifference(
                label: old.label, unit: old.unit, locked: old.value, now: new?.value, origin: old.origin)
        }
        let added = now.all.filter { locked[$0.name] == nil }.map {
            FigureDifference(label: $0.label, unit: $0.unit, locked: nil, now: $0.value, origin: $0.origin)
        }
        return changed + added
    }
}
