import Formats
import Kernel

/// Works out somebody's stretches in the voluntary scheme: months that were paid for, one payment behind the other.
struct PaidCourse {
    let rules: SpellRules
    let lists: MonthLists
    /// The same person's stretches in the compulsory scheme, which goes before the voluntary one: nobody counts in both.
    let employed: [ParticipationSpell]

    private struct Stretch {
        var from: Month
        var to: Month
        var begins: ParticipationSpell.Beginning
        var base: Dong?
        /// The first month of the last payment.
        var paid: Month
        let first: RecordPlace
        var last: RecordPlace
        var stop: ParticipationSpell.Ending?
    }

    /// - Parameter stops: the last months of stretches that an agency's list says were stopped.
    func spells(of payments: [SpellItem], stops: [SpellItem]) -> [ParticipationSpell] {
        var stretches: [Stretch] = []
        for item in payments.sorted(by: SpellItem.isEarlier) {
            guard case .paid(let months) = item.kind else { continue }
            let to = item.month.adding(months: months - 1)
            let way = beginning(item)
            // Paid while the last payment holds, or the month after: it goes on, whatever the column says.
            if let last = stretches.last, item.month <= last.to.adding(months: 1) {
                var now = last
                // Somebody who begins again has been away, though more was paid for.
                if way == .returned, item.month > last.from {
                    now.to = min(last.to, item.month.adding(months: -2))
                    if now.to >= now.from {
                        stretches[stretches.count - 1] = now
                        stretches.append(stretch(item, to, .returned))
                        continue
                    }
                }
                now.to = max(last.to, to)
                now.base = item.base ?? last.base
                now.paid = item.month
                now.last = item.record.place
                stretches[stretches.count - 1] = now
            } else {
                stretches.append(stretch(item, to, way ?? (stretches.isEmpty ? first(item, months) : .returned)))
            }
        }
        for stop in stops {
            if let place = stretches.lastIndex(where: { $0.from <= stop.month }) {
                if stretches[place].to > stop.month || stretches[place].to.adding(months: 2) >= stop.month {
                    stretches[place].to = stop.month
                    stretches[place].stop = .stopped
                    stretches[place].last = max(stretches[place].last, stop.record.place)
                }
            } else if stretches.isEmpty {
                // Known from the list of those who stopped alone.
                var known = stretch(stop, stop.month, .before)
                known.stop = .stopped
                stretches.append(known)
            }
        }
        return stretches.map(endedByEmployment).map { stretch in
            // Nobody who goes on paying is asked when the first payment was: it was before the lists.
            let isBefore = stretch.begins == .before
            return ParticipationSpell(
                scheme: .voluntary, unit: nil, unitName: "", from: isBefore ? nil : stretch.from, to: stretch.to,
                begins: stretch.begins, ends: stretch.stop ?? .lapsed, base: stretch.base, firstSeen: stretch.from,
                lastListed: nil, first: stretch.first, last: stretch.last)
        }
    }

    /// Whoever is employed takes part in the compulsory scheme from then on, whatever was paid for before.
    private func endedByEmployment(_ stretch: Stretch) -> Stretch {
        let months = employed.compactMap(\.from).filter { $0 > stretch.paid && $0 <= stretch.to }
        guard let month = months.min() else { return stretch }
        var ended = stretch
        (ended.to, ended.stop) = (month.adding(months: -1), .converted)
        return ended
    }

    private func stretch(_ item: SpellItem, _ to: Month, _ begins: ParticipationSpell.Beginning) -> Stretch {
        Stretch(
            from: item.month, to: to, begins: begins, base: item.base, paid: item.month, first: item.record.place,
            last: item.record.place)
    }

    /// What the list says of how it begins; nil where it says nothing.
    private func beginning(_ item: SpellItem) -> ParticipationSpell.Beginning? {
        guard let change = item.record[.change] else { return nil }
        if case .begins(let way) = rules.effect(of: change) { return way }
        return change == "continued" ? .before : nil
    }

    /// How the first payment begins where the list does not say: whoever pays for so many months at a time would have paid that
    /// many months ago, in a list that is there, and would not have been employed since.
    private func first(_ item: SpellItem, _ months: Int) -> ParticipationSpell.Beginning {
        let since = item.month.adding(months: -months)
        if employed.contains(where: { $0.to.map { since <= $0 && $0 < item.month } ?? false }) { return .new }
        guard let sender = item.record.source?.sender,
            lists.hasPayments(of: sender, in: since)
        else { return .before }
        return .new
    }
}
