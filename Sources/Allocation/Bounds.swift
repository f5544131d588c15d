import Kernel

/// The bounds of one figure, and where each comes from.
struct Bounds {
    enum Origin {
        case none, lastResult(Double), previousTarget, given, locked, voluntaryFloor
        case growth(Double), pool, total
        /// A cap of the settings that gave way to a floor.
        case gaveWay

        var words: String {
            switch self {
            case .none: ""
            case .lastResult(let percent):
                percent == 100
                    ? "không thấp hơn kết quả năm trước" : "không thấp hơn \(Self.number(percent)) % kết quả năm trước"
            case .previousTarget: "không thấp hơn chỉ tiêu năm trước"
            case .given: "mức ấn định cho đơn vị"
            case .locked: "đã khóa"
            case .voluntaryFloor: "không thấp hơn số tự nguyện của đơn vị"
            case .growth(let percent): "không quá \(Self.number(percent)) % kết quả năm trước"
            case .pool: "không quá kết quả năm trước cộng số người chưa tham gia"
            case .total: "không quá tổng số của đơn vị"
            case .gaveWay: "giữ ở sàn, vì trần chung thấp hơn sàn"
            }
        }

        /// Why a figure stands at the bound, in a paper: whoever signs it did not lock or cap anything.
        var official: String {
            switch self {
            case .none: ""
            case .lastResult(let percent):
                percent == 100 ? "giữ bằng kết quả đã đạt" : "bằng \(Self.number(percent)) % kết quả đã đạt"
            case .previousTarget: "giữ bằng chỉ tiêu năm trước"
            case .given, .locked: "theo mức ấn định cho đơn vị"
            case .voluntaryFloor: "bằng số tự nguyện của đơn vị"
            case .growth(let percent): "bằng \(Self.number(percent)) % kết quả năm trước"
            case .pool: "bằng kết quả đã đạt cộng số người chưa tham gia"
            case .total: "bằng tổng số của đơn vị"
            case .gaveWay: "giữ bằng mức thấp nhất đã đặt cho đơn vị"
            }
        }

        static func number(_ percent: Double) -> String {
            percent == percent.rounded() ? "\(Int(percent))" : "\(percent)".replacing(".", with: ",")
        }
    }

    private(set) var floor = 0
    private(set) var floorOrigin = Origin.none
    private(set) var cap: Int?
    private(set) var capOrigin = Origin.none

    init(_ unit: AllocationUnit, _ column: Measure, _ settings: AllocationSettings, _ previous: Int?) {
        if let lock = settings.locks[unit.code]?[column.rawValue] {
            (floor, cap, floorOrigin, capOrigin) = (lock, lock, .locked, .locked)
            return
        }
        let last = unit.number(.last, column)
        if let given = unit.floor(column) {
            (floor, floorOrigin) = (given, .given)
        } else if let last, let percent = settings.floorPercent {
            raise(AllocationSettings.part(last, percent, up: true), .lastResult(percent))
        }
        if let previous, !settings.allowsDecrease { raise(previous, .previousTarget) }
        if let given = unit.cap(column) {
            (cap, capOrigin) = (given, .given)
            return
        }
        if let last, let percent = settings.capPercent {
            // Growth is measured from the target of the year before where there is one.
            let most = AllocationSettings.part(max(last, previous ?? 0), percent, up: false)
            self = capped(most, .growth(percent))
        }
        if settings.capByPool, let last, let pool = unit.pool { self = capped(last + pool, .pool) }
        // General bounds never contradict each other: the floor stands before a cap of the settings.
        if let most = cap, most < floor { (cap, capOrigin) = (floor, .gaveWay) }
    }

    mutating func raise(_ least: Int, _ origin: Origin) {
        guard least > floor else { return }
        if case .locked = floorOrigin { return }
        (floor, floorOrigin) = (least, origin)
        // A cap of the settings gives way; one that was set for the unit stays, and is named when it cannot hold.
        if let most = cap, most < floor, !isCapFixed { (cap, capOrigin) = (floor, .gaveWay) }
    }

    func capped(_ most: Int, _ origin: Origin) -> Bounds {
        guard cap.map({ most < $0 }) ?? true else { return self }
        var bounds = self
        (bounds.cap, bounds.capOrigin) = (most, origin)
        return bounds
    }

    private var isCapFixed: Bool {
        switch capOrigin {
        case .given, .locked: true
        default: false
        }
    }

    /// Whether a bound holds a number where it is.
    func holds(_ people: Int) -> Bool {
        // That voluntary people are not more than all is no bound that anybody set.
        if case .total = capOrigin { return people == floor && floor > 0 }
        return people == cap || (people == floor && floor > 0)
    }
}

extension Allocation {
    /// Why a figure is what it is.
    static func reason(
        _ column: Measure, _ people: Int, _ fair: Double, _ bounds: Bounds, _ share: FairShare, _ index: Int,
        _ level: Double
    ) -> String {
        let missing = share.missing[index]
        let keys = share.counted.filter { !missing.contains($0.key) }
        let all = keys.reduce(0.0) { $0 + $1.percent }
        var text = column == .total ? "Tổng số: " : "Tự nguyện: "
        text += "phần công bằng \(VietnameseText.grouped(Int(fair.rounded())))"
        text +=
            keys.isEmpty
            ? " (không có căn cứ nào, lấy mức bình quân)"
            : " (theo "
                + keys.map { "\($0.key.words)\(keys.count > 1 ? " \(Int(($0.percent * 100 / all).rounded())) %" : "")" }
                .joined(separator: ", ") + ")"
        if !missing.isEmpty { text += ", thiếu \(missing.map(\.words).joined(separator: ", "))" }
        let given = VietnameseText.grouped(people)
        if case .locked = bounds.floorOrigin { return text + "; giữ \(given) vì đã khóa." }
        let fairWhole = Int(fair.rounded())
        if people == bounds.floor, people > fairWhole {
            return text + "; nâng lên \(given): \(bounds.floorOrigin.words)."
        }
        if people == bounds.cap, people < fairWhole {
            return text + "; giảm còn \(given): \(bounds.capOrigin.words)."
        }
        let gap = people - fairWhole
        if gap == 0, (fair - fair.rounded()).magnitude < 0.005 { return text + "." }
        if abs(gap) <= 1 { return text + "; làm tròn thành \(given)." }
        let percent = ((level - 1) * 1000).rounded() / 10
        return text
            + "; thành \(given) (\(percent < 0 ? "bớt" : "thêm") \(Bounds.Origin.number(abs(percent))) % như mọi đơn vị trong giới hạn, vì các đơn vị khác bị chặn ở sàn hoặc trần)."
    }

    /// In the words of a paper: `Tổng số giữ bằng kết quả đã đạt`; “theo căn cứ phân bổ chung” where no bound moved
    /// anything.
    static func brief(
        _ total: (people: Int, bounds: Bounds, fair: Double), _ voluntary: (people: Int, bounds: Bounds, fair: Double)
    ) -> String {
        func words(_ one: (people: Int, bounds: Bounds, fair: Double)) -> String? {
            if case .locked = one.bounds.floorOrigin { return one.bounds.floorOrigin.official }
            let fair = Int(one.fair.rounded())
            if one.people == one.bounds.floor, one.people > fair { return one.bounds.floorOrigin.official }
            if one.people == one.bounds.cap, one.people < fair { return one.bounds.capOrigin.official }
            return nil
        }
        let (both, part) = (words(total), words(voluntary))
        if let both, both == part { return VietnameseText.sentence("tổng số và tự nguyện \(both)") }
        let parts = [both.map { "Tổng số \($0)" }, part.map { "tự nguyện \($0)" }].compactMap(
            \.self)
        return parts.isEmpty ? "Theo căn cứ phân bổ chung" : VietnameseText.sentence(parts.joined(separator: "; "))
    }

    static func remarks(_ units: [AllocationUnit], _ total: FairShare, _ voluntary: FairShare) -> [String] {
        var remarks: [String] = []
        for (share, column) in [(total, Measure.total), (voluntary, .voluntary)] {
            if share.counted.isEmpty {
                remarks.append("Chưa có căn cứ nào để chia \(column.word): mọi đơn vị được phần bằng nhau.")
                continue
            }
            for key in share.absent {
                remarks.append("Không đơn vị nào có \(key.words): chia \(column.word) không dùng căn cứ này.")
            }
            let without = zip(units, share.missing).filter { $0.1.count == share.counted.count }.map(\.0.name)
            if !without.isEmpty {
                remarks.append(
                    "\(without.count) đơn vị không có căn cứ nào để chia \(column.word), được lấy mức bình quân: \(without.prefix(8).joined(separator: ", "))\(without.count > 8 ? "…" : "")."
                )
            }
            for key in AllocationKey.allCases {
                let lacking = zip(units, share.missing).filter {
                    $0.1.contains(key) && $0.1.count < share.counted.count
                }.map(\.0.name)
                guard !lacking.isEmpty else { continue }
                remarks.append(
                    "\(lacking.count) đơn vị thiếu \(key.words), phần \(column.word) của các đơn vị đó tính theo các căn cứ còn lại: \(lacking.prefix(8).joined(separator: ", "))\(lacking.count > 8 ? "…" : "")."
                )
            }
        }
        return remarks
    }

    static func words(
        _ problem: ApportionmentProblem, _ units: [AllocationUnit], _ column: Measure, _ bounds: [Bounds]
    ) -> String {
        func list(_ blames: [ApportionmentProblem.Blame], _ side: (Bounds) -> (Int?, Bounds.Origin)) -> String {
            blames.map { blame in
                let (bound, origin) = side(bounds[blame.index])
                return
                    "\(units[blame.index].name) (\(VietnameseText.grouped(bound ?? 0)), \(origin.words)): \(VietnameseText.grouped(blame.people)) người"
            }.joined(separator: "; ")
        }
        switch problem {
        case .crossed(let index):
            let bound = bounds[index]
            return
                "\(units[index].name), \(column.word): sàn \(VietnameseText.grouped(bound.floor)) (\(bound.floorOrigin.words)) cao hơn trần \(VietnameseText.grouped(bound.cap ?? 0)) (\(bound.capOrigin.words)). Hãy sửa một trong hai."
        case .floors(let excess, let blames):
            return
                "Chỉ tiêu \(column.word) không đủ cho các sàn: thiếu \(VietnameseText.grouped(excess)) người. Ít nhất phải nới sàn của \(blames.count) đơn vị: \(list(blames) { ($0.floor, $0.floorOrigin) })."
        case .caps(let rest, let blames):
            return
                "Các trần không nhận hết chỉ tiêu \(column.word): còn \(VietnameseText.grouped(rest)) người. Ít nhất phải nới trần của \(blames.count) đơn vị: \(list(blames) { ($0.cap, $0.capOrigin) })."
        }
    }
}
