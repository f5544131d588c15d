import Kernel
import PlanText
public import Province

/// What a list of units changes of one unit.
public struct UnitChange: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case added
        /// It had ended and is there again.
        case back
        case renamed(from: String)
        /// Other columns, by their names on screens.
        case changed([String])
        case ended
    }

    public let unit: AgencyUnit
    public let kind: Kind

    /// What holds once the lists of some agencies are taken. A list is whole: units of its agency that it leaves out have
    /// ended. They keep their names and their work.
    /// - Parameter today: the first day of what is new: nothing that fell due before becomes its work.
    static func lists(
        taking lists: [AgencyCode: [AgencyUnit]], over present: AgencyUnits, on today: Day
    ) -> [AgencyCode: [AgencyUnit]] {
        lists.reduce(into: [:]) { result, entry in
            let (agency, list) = entry
            let named = Set(list.map(\.code))
            result[agency] =
                list.map { unit in
                    let known = present[unit.code]
                    let isNew = !unit.isFormer && known?.isFormer ?? true
                    return unit.standing(since: isNew ? today : known?.since, isFormer: unit.isFormer)
                }
                + present.all(of: agency).filter { !named.contains($0.code) }.map {
                    $0.standing(since: $0.since, isFormer: true)
                }
        }
    }

    /// Unit by unit, those without a change left out.
    static func changes(to lists: [AgencyCode: [AgencyUnit]], from present: AgencyUnits) -> [UnitChange] {
        lists.sorted { $0.key < $1.key }.flatMap(\.value).flatMap { unit -> [UnitChange] in
            guard let known = present[unit.code] else { return [UnitChange(unit: unit, kind: .added)] }
            if unit.isFormer != known.isFormer {
                return [UnitChange(unit: unit, kind: unit.isFormer ? .ended : .back)]
            }
            var changes: [UnitChange] = []
            if unit.name != known.name { changes.append(UnitChange(unit: unit, kind: .renamed(from: known.name))) }
            let columns = changedColumns(unit, known)
            if !columns.isEmpty { changes.append(UnitChange(unit: unit, kind: .changed(columns))) }
            return changes
        }
    }

    private static func changedColumns(_ unit: AgencyUnit, _ known: AgencyUnit) -> [String] {
        let (new, old) = (unit.ownIdentity, known.ownIdentity)
        let columns: [(String, Bool)] = [
            ("loại", unit.kind == known.kind), ("địa bàn", Set(unit.communes) == Set(known.communes)),
            ("cơ quan duyệt", unit.superior == known.superior), ("cơ quan chủ quản", new.bodyAbove == old.bodyAbove),
            ("ký hiệu", new.symbol == old.symbol), ("chức danh người đứng đầu", new.head == old.head),
            ("chức danh cấp phó", new.deputy == old.deputy), ("nơi ký", new.place == old.place),
        ]
        return columns.filter { !$0.1 }.map(\.0)
    }
}

/// What taking a list does to the work, by task.
public struct UnitWorkEffect: Sendable, Equatable {
    public struct Count: Sendable, Equatable {
        public let task: String
        public let pieces: Int
    }

    /// Pieces of work that units get.
    public let appearing: [Count]
    /// Not begun by anybody: it goes.
    public let leaving: [Count]
    /// Begun: it stays with its history.
    public let staying: [Count]
    /// Another body accepts it.
    public let moving: [Count]

    init(_ steps: SyncSteps, order: [String]) {
        func counts(_ tasks: [String]) -> [Count] {
            let byTask = Dictionary(grouping: tasks, by: \.self)
            return order.compactMap { task in byTask[task].map { Count(task: task, pieces: $0.count) } }
        }
        appearing = counts(steps.fresh.map(\.task) + steps.changed.filter(\.old.isWithdrawn).map(\.instance.task))
        leaving = counts(steps.leaving.map(\.task))
        staying = counts(steps.staying.filter { $0.state != .accepted }.map(\.task))
        moving = counts(steps.changed.filter { !$0.old.isWithdrawn }.map(\.instance.task))
    }

    public var isEmpty: Bool { [appearing, leaving, staying, moving].allSatisfy(\.isEmpty) }
}
