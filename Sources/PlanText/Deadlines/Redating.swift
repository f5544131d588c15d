import Kernel

extension Schedule {
    /// The same work under another rule: what answers to a slot of the rule gets its day and stays what it is; the rest
    /// stays if it fell due before the rule holds and goes otherwise. Only what the rule has beyond that is new work.
    ///
    /// A slot answers to that of the same period, else to the rule's slots of its year counted from the year's end, and one
    /// single piece of work to another.
    ///
    /// - Parameters:
    ///   - since: the first day that the rule gives; work to which it would give an earlier one, or one before the plan takes
    ///     effect, keeps the day it has. Nil: from the day the plan takes effect.
    ///   - course: whose rule it is, where it is the plan's own default: the work then stays of the period that the phrase
    ///     names, and opens ahead of it.
    static func redated(
        _ slots: [Slot], by rule: DeadlineRule, years: ClosedRange<Int>, effectiveFrom: Day, since: Day?,
        course: YearCourse? = nil
    ) -> [Slot] {
        let first = max(since ?? effectiveFrom, effectiveFrom)
        func holds(_ due: Day?) -> Bool { due.map { $0 >= first } ?? true }
        let wanted = self.slots(of: rule, years: years, effectiveFrom: effectiveFrom, withEarlier: true).map { slot in
            slot.opening(course?.ahead, ahead: effectiveFrom)
        }
        let pairs = answers(to: slots, among: wanted)
        let old = zip(slots, pairs).compactMap { slot, index -> Slot? in
            guard let index else { return holds(slot.due) ? nil : slot }
            guard holds(wanted[index].due) else { return slot }
            let isOnlyOne = wanted.count { $0.period.year == wanted[index].period.year } == 1
            return slot.redated(
                as: wanted[index],
                keepingPeriod: course != nil || isOnlyOne && slot.period == .year(wanted[index].period.year))
        }
        let answered = Set(pairs.compactMap(\.self))
        let new = wanted.indices.filter { !answered.contains($0) && holds(wanted[$0].due) }.map { wanted[$0] }
        return old + new
    }

    /// Which of the new slots each of the old ones answers to.
    private static func answers(to old: [Slot], among new: [Slot]) -> [Int?] {
        if old.count == 1, new.count == 1 { return [0] }
        var result = [Int?](repeating: nil, count: old.count)
        for year in Set(old.map(\.period.year)) {
            var right = new.indices.filter { new[$0].period.year == year }
            let left = old.indices.filter { old[$0].period.year == year }
            for index in left {
                result[index] = right.first { new[$0].period == old[index].period }
                right.removeAll { $0 == result[index] }
            }
            for (index, other) in zip(left.filter { result[$0] == nil }.reversed(), right.reversed()) {
                result[index] = other
            }
        }
        return result
    }
}

extension Schedule.Slot {
    /// This work with the day of another slot. The work of a year stays the year's when its day moves within it.
    fileprivate func redated(as slot: Schedule.Slot, keepingPeriod: Bool) -> Schedule.Slot {
        Schedule.Slot(
            period: keepingPeriod ? period : slot.period, origin: origin,
            opensOn: keepingPeriod ? min(opensOn, slot.opensOn) : slot.opensOn, due: slot.due,
            checkpoints: slot.checkpoints)
    }

    /// This slot, opened so many days before its due day, but not before a first day.
    fileprivate func opening(_ days: Int?, ahead first: Day) -> Schedule.Slot {
        guard let days, let due else { return self }
        return Schedule.Slot(
            period: period, origin: origin, opensOn: max(first, due.adding(days: -days)), due: due,
            checkpoints: checkpoints)
    }
}
