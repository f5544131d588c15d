import Formats
import Kernel

/// Works out somebody's stretches at one employer.
struct EmployedCourse {
    let unit: NumberToken?
    let lists: MonthLists

    private struct Open {
        var from: Month?
        var begins: ParticipationSpell.Beginning
        var firstSeen: Month
        /// The last month that any record speaks of.
        var lastSeen: Month
        var listed: (month: Month, sender: UnitCode)?
        var base: Dong?
        var unitName = ""
        let first: RecordPlace
        var last: RecordPlace

        mutating func see(_ item: SpellItem) {
            lastSeen = max(lastSeen, item.month)
            last = item.record.place
            base = item.base ?? base
            if let name = item.record[.unitName], !name.isEmpty { unitName = name }
            if case .present = item.kind, let sender = item.record.source?.sender { listed = (item.month, sender) }
        }
    }

    func spells(of items: [SpellItem]) -> [ParticipationSpell] {
        var (done, open): ([ParticipationSpell], Open?) = ([], nil)
        func begin(_ item: SpellItem, _ from: Month?, _ begins: ParticipationSpell.Beginning) {
            var new = Open(
                from: from, begins: begins, firstSeen: item.month, lastSeen: item.month, first: item.record.place,
                last: item.record.place)
            new.see(item)
            open = new
        }
        for item in items.sorted(by: SpellItem.isEarlier) {
            if let now = open, let left = unlisted(now), left < item.month {
                done.append(close(now, left.adding(months: -1), .unlisted))
                open = nil
            }
            switch item.kind {
            case .begin(let way):
                if open == nil { begin(item, item.month, way) } else { open?.see(item) }
            case .present, .changed:
                if open != nil {
                    open?.see(item)
                } else if let last = done.last?.to, last >= item.month {
                    // The list of the month in which somebody left.
                } else if case .changed = item.kind {
                    // Says nothing of whether somebody was there before.
                    begin(item, done.isEmpty ? nil : item.month, done.isEmpty ? .before : .listed)
                } else {
                    let isNew =
                        !done.isEmpty
                        || item.record.source.map { lists.hasEarlier(of: $0.sender, before: item.month) } ?? false
                    begin(item, isNew ? item.month : nil, isNew ? .listed : .before)
                }
            case .end(let way):
                if var now = open {
                    now.see(item)
                    // Declared gone before it began: it never was.
                    if now.from.map({ $0 <= item.month }) ?? true { done.append(close(now, item.month, way)) }
                    open = nil
                } else if let last = done.last?.to, last.adding(months: 2) >= item.month {
                    // The same end told twice, by the employer and by the agency's list.
                    if let spell = done.last, spell.ends == .stopped || spell.ends == .unlisted, way != .stopped {
                        done[done.count - 1] = spell.ended(last, way)
                    }
                } else {
                    begin(item, done.isEmpty ? nil : item.month, done.isEmpty ? .before : .listed)
                    if let now = open { done.append(close(now, item.month, way)) }
                    open = nil
                }
            case .paid: break
            }
        }
        if let now = open {
            let left = unlisted(now)
            done.append(close(now, left?.adding(months: -1), left.map { _ in .unlisted }))
        }
        return done
    }

    /// The month whose list leaves out somebody who was named before; nil where none does.
    private func unlisted(_ open: Open) -> Month? {
        guard let listed = open.listed else { return nil }
        return lists.next(of: listed.sender, after: open.lastSeen, than: listed.month)
    }

    private func close(_ open: Open, _ to: Month?, _ ends: ParticipationSpell.Ending?) -> ParticipationSpell {
        ParticipationSpell(
            scheme: .compulsory, unit: unit, unitName: open.unitName, from: open.from, to: to, begins: open.begins,
            ends: ends, base: open.base, firstSeen: open.firstSeen, lastListed: open.listed?.month, first: open.first,
            last: open.last)
    }
}

extension ParticipationSpell {
    func ended(_ to: Month, _ way: Ending) -> ParticipationSpell {
        ParticipationSpell(
            scheme: scheme, unit: unit, unitName: unitName, from: from, to: to, begins: begins, ends: way, base: base,
            firstSeen: firstSeen, lastListed: lastListed, first: first, last: last)
    }
}
