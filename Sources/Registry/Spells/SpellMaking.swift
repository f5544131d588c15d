import Formats
import Kernel

/// Works the spells of a person out of the records that tell of participation. A function of the records and of which months'
/// lists are there.
struct SpellMaking {
    let rules: SpellRules
    let lists: MonthLists

    /// In order of time; of one time the compulsory first.
    func spells(of records: [MemberRecord]) -> [ParticipationSpell] {
        let ordered = records.sorted(by: MemberRecord.isEarlier)
        let units = UnitsNamed(ordered)
        var compulsory: [NumberToken?: [SpellItem]] = [:]
        var payments: [SpellItem] = []
        var voluntaryStops: [SpellItem] = []
        var endings: [(month: Month, way: ParticipationSpell.Ending)] = []
        for record in ordered {
            let unit = units.unit(of: record)
            switch record.kind {
            case .participant:
                guard let month = record.month else { continue }
                compulsory[unit, default: []].append(SpellItem(.present, month, record))
            case .movement:
                if let item = movement(record) { compulsory[unit, default: []].append(item) }
            case .stopped:
                guard let out = record.month(.stoppedMonth) else { continue }
                let item = SpellItem(.end(.stopped), out.adding(months: -1), record)
                if record[.isVoluntary] == "true", record[.isCompulsory] != "true" {
                    voluntaryStops.append(item)
                } else {
                    compulsory[unit, default: []].append(item)
                }
            case .voluntaryPayment:
                guard let from = record.month(.from) ?? record.month else { continue }
                payments.append(SpellItem(.paid(months: max(record.count(.months) ?? 1, 1)), from, record))
            case .benefit:
                guard let way = record[.benefitKind].flatMap({ rules.ending(by: $0) }) else { continue }
                // Without the month it began, all that is known is that it had begun by the list's.
                if let month = record.month(.benefitFrom) { endings.append((month, way)) }
            default: break
            }
        }
        var spells = Self.joined(
            compulsory.flatMap { unit, items in EmployedCourse(unit: unit, lists: lists).spells(of: items) })
        spells += PaidCourse(rules: rules, lists: lists, employed: spells).spells(of: payments, stops: voluntaryStops)
        for ending in endings { spells = spells.map { Self.end($0, ending.month, ending.way) } }
        return spells.sorted { left, right in
            (left.from?.index ?? 0, left.scheme == .compulsory ? 0 : 1, left.firstSeen.index, left.first)
                < (right.from?.index ?? 0, right.scheme == .compulsory ? 0 : 1, right.firstSeen.index, right.first)
        }
    }

    private func movement(_ record: MemberRecord) -> SpellItem? {
        guard let change = record[.change] else { return nil }
        switch rules.effect(of: change) {
        case .begins(let way):
            return (record.month(.from) ?? record.month).map { SpellItem(.begin(way), $0, record) }
        case .ends(let way):
            // The last month declared; without it the month before that of the list.
            return (record.month(.to) ?? record.month(.from)?.adding(months: -1) ?? record.month?.adding(months: -1))
                .map { SpellItem(.end(way), $0, record) }
        case .stays: return record.month.map { SpellItem(.changed, $0, record) }
        }
    }

    /// Somebody whom no record names an employer of is the same as at the one employer that all others name.
    private static func joined(_ spells: [ParticipationSpell]) -> [ParticipationSpell] {
        let unnamed = spells.filter { $0.unit == nil }
        guard !unnamed.isEmpty, unnamed.count < spells.count else { return spells }
        return spells.filter { spell in
            spell.unit != nil
                || !spells.contains { other in
                    other.unit != nil && other.covers(spell.firstSeen)
                        && spell.to.map { other.covers($0) } ?? (other.to == nil)
                }
        }
    }

    /// A benefit from a month on ends what would go on.
    private static func end(
        _ spell: ParticipationSpell, _ month: Month, _ way: ParticipationSpell.Ending
    ) -> ParticipationSpell {
        let last = month.adding(months: -1)
        let tells = spell.ends == nil || spell.ends == .stopped || spell.ends == .lapsed || spell.ends == .unlisted
        guard tells, spell.from.map({ $0 <= last }) ?? true, spell.firstSeen <= month else { return spell }
        // What ended long before ended for another reason.
        if let to = spell.to, to < last.adding(months: -12) { return spell }
        return spell.ended(min(spell.to ?? last, last), way)
    }
}

/// What one record says of participation.
struct SpellItem {
    enum Kind {
        case begin(ParticipationSpell.Beginning)
        /// In a list of the month.
        case present
        /// Another base, or an absence that does not count as one.
        case changed
        /// The month is the last one.
        case end(ParticipationSpell.Ending)
        case paid(months: Int)

        /// Of one month: who comes, then who is there, then who leaves at its end.
        var order: Int {
            switch self {
            case .begin, .paid: 0
            case .present, .changed: 1
            case .end: 2
            }
        }
    }

    let kind: Kind
    let month: Month
    let record: MemberRecord

    init(_ kind: Kind, _ month: Month, _ record: MemberRecord) {
        (self.kind, self.month, self.record) = (kind, month, record)
    }

    static func isEarlier(_ left: SpellItem, _ right: SpellItem) -> Bool {
        (left.month.index, left.kind.order, left.record.place)
            < (right.month.index, right.kind.order, right.record.place)
    }

    var base: Dong? { record[.base].flatMap { Int($0) }.map { Dong($0) } }
}

/// Which employer a record names: by its unit code, or by its tax code where another record says that both are one's.
struct UnitsNamed {
    private var unitOfTax: [NumberToken: NumberToken] = [:]

    init(_ records: [MemberRecord]) {
        for record in records {
            guard let unit = record.number(.namedEmployerUnit)?.ofEmployerItself,
                let tax = record.number(.namedEmployerTax)?.ofEmployerItself
            else { continue }
            unitOfTax[tax] = unit
        }
    }

    func unit(of record: MemberRecord) -> NumberToken? {
        if let unit = record.number(.namedEmployerUnit)?.ofEmployerItself { return unit }
        guard let tax = record.number(.namedEmployerTax)?.ofEmployerItself else { return nil }
        return unitOfTax[tax] ?? tax
    }
}

extension Month {
    /// Months since the year 0.
    var index: Int { year * 12 + month - 1 }
}
