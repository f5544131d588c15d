import Formats
import Kernel

/// One person's coming into stock and leaving it.
struct FlowEvent: Hashable, Sendable {
    /// Nil for what was so before the records.
    let month: Month?
    let commune: CommuneCode?
    /// The employer's code; nil in the voluntary scheme, and where none is named.
    let unit: NumberToken?
    let scheme: Scheme
    let movement: FlowMovement
}

/// What a person adds to stock and flow. A function of spells and residence.
struct PersonCourse {
    let spells: [ParticipationSpell]
    let residence: Residence

    private struct State {
        let spell: ParticipationSpell
        let commune: CommuneCode?
        /// Whoever is at two employers at once is counted with the one who began first: there the insurance is (Law on Social
        /// Insurance, several contracts), and compulsory goes before voluntary.
        var unit: NumberToken? { spell.unit }
    }

    /// In order of time.
    var events: [FlowEvent] {
        guard !spells.isEmpty else { return [] }
        var months: Set<Int> = Set(residence.changes)
        for spell in spells {
            if let from = spell.from { months.insert(from.index) }
            if let to = spell.to { months.insert(to.index + 1) }
        }
        let boundaries = months.sorted()
        var events: [FlowEvent] = []
        var before = state(in: (boundaries.first ?? 1) - 1, isBeforeAll: true)
        if let before { events.append(event(nil, before, .carried)) }
        var tookPart = before != nil
        for month in boundaries {
            let now = state(in: month)
            tell(month, before, now, tookPart, into: &events)
            tookPart = tookPart || now != nil
            before = now
        }
        return events
    }

    private func tell(_ month: Int, _ before: State?, _ now: State?, _ tookPart: Bool, into events: inout [FlowEvent]) {
        switch (before, now) {
        case (nil, nil): break
        case (nil, let now?):
            events.append(event(month, now, tookPart || now.spell.begins == .returned ? .returned : .new))
        case (let before?, nil):
            // Of several that end at once, the one that says most.
            let endings = spells.filter { $0.to?.index == month - 1 }.compactMap(\.ends?.movement)
            events.append(event(month, before, endings.first { $0 != .stopped } ?? .stopped))
        case (let before?, let now?):
            if before.spell.scheme != now.spell.scheme {
                events += [event(month, before, .convertedOut), event(month, now, .convertedIn)]
            } else if before.commune != now.commune {
                events += [event(month, before, .movedOut), event(month, now, .movedIn)]
            } else if before.unit != now.unit {
                events += [event(month, before, .left), event(month, now, .joined)]
            }
        }
    }

    private func event(_ month: Int?, _ state: State, _ movement: FlowMovement) -> FlowEvent {
        FlowEvent(
            month: month.flatMap { Month(year: $0 / 12, month: $0 % 12 + 1) }, commune: state.commune, unit: state.unit,
            scheme: state.spell.scheme, movement: movement)
    }

    private func state(in month: Int, isBeforeAll: Bool = false) -> State? {
        var chosen: ParticipationSpell?
        for spell in spells {
            let covers =
                isBeforeAll
                ? spell.from == nil
                : (spell.from.map { $0.index <= month } ?? true) && (spell.to.map { month <= $0.index } ?? true)
            guard covers, chosen.map({ Self.goesBefore(spell, $0) }) ?? true else { continue }
            chosen = spell
        }
        return chosen.map { State(spell: $0, commune: residence.commune(in: month)) }
    }

    private static func goesBefore(_ left: ParticipationSpell, _ right: ParticipationSpell) -> Bool {
        if left.scheme != right.scheme { return left.scheme == .compulsory }
        return (left.from?.index ?? 0, left.firstSeen.index, left.first)
            < (right.from?.index ?? 0, right.firstSeen.index, right.first)
    }
}

extension FlowEvent {
    /// As it is kept beside the person, to be taken off again.
    var text: String {
        "\(month?.description ?? "") \(commune?.text ?? "") \(unit?.hexadecimal ?? "") \(scheme == .compulsory ? "c" : "v") \(movement.rawValue)"
    }

    /// - Returns: nil for what ``text`` did not write.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 5, let movement = FlowMovement(rawValue: String(parts[4])) else { return nil }
        month = parts[0].isEmpty ? nil : Month(parts[0])
        commune = parts[1].isEmpty ? nil : CommuneCode(parts[1])
        unit = parts[2].isEmpty ? nil : NumberToken(hexadecimal: parts[2])
        scheme = parts[3] == "c" ? .compulsory : .voluntary
        self.movement = movement
    }
}

extension NumberToken {
    private static let digits = Array("0123456789abcdef".utf8)

    var hexadecimal: String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { room in
            for (index, byte) in bytes.enumerated() {
                room[index * 2] = Self.digits[Int(byte >> 4)]
                room[index * 2 + 1] = Self.digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }

    init?(hexadecimal text: some StringProtocol) {
        let digits = text.utf8.compactMap { Self.digits.firstIndex(of: $0).map { UInt8($0) } }
        guard digits.count == Self.count * 2, digits.count == text.utf8.count else { return nil }
        bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
