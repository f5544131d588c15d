/// Stock and flow by month, commune of residence and scheme: opening + what came − what left = closing, always.
struct Flows: Sendable {
    enum Column: Int, CaseIterable, Sendable {
        case opening, new, returned, movedIn, convertedIn, stopped, oneOff, pension, death, movedOut, convertedOut,
            closing

        var name: String {
            switch self {
            case .opening: "opening"
            case .new: "new"
            case .returned: "returned"
            case .movedIn: "moved_in"
            case .convertedIn: "converted_in"
            case .stopped: "stopped"
            case .oneOff: "one_off"
            case .pension: "pension"
            case .death: "death"
            case .movedOut: "moved_out"
            case .convertedOut: "converted_out"
            case .closing: "closing"
            }
        }
    }

    private let places: Int
    private var counts: [Int32]

    /// What somebody takes part in at the end of a month, and where he lives.
    private struct State: Equatable {
        var scheme: Int?
        var place: Int
        var spell: Spell?

        static func == (left: State, right: State) -> Bool { left.scheme == right.scheme && left.place == right.place }
    }

    init(_ plan: CityPlan, _ people: People, _ participation: Participation) {
        places = plan.places.count
        counts = [Int32](repeating: 0, count: CityPlan.months * places * 2 * Column.allCases.count)
        for person in people.residents.indices {
            let spells = participation.spells(of: person)
            guard !spells.isEmpty else { continue }
            var before = Self.state(of: person, at: -1, spells, people)
            for time in 0..<CityPlan.months {
                let now = Self.state(of: person, at: time, spells, people)
                if let scheme = before.scheme { add(time, before.place, scheme, .opening) }
                if let scheme = now.scheme { add(time, now.place, scheme, .closing) }
                if before != now { tell(time, before, now) }
                before = now
            }
        }
    }

    private static func state(of person: Int, at time: Int, _ spells: ArraySlice<Spell>, _ people: People) -> State {
        let spell = spells.first { $0.covers(time) }
        return State(
            scheme: spell.map { $0.isVoluntary ? 1 : 0 }, place: people.place(of: person, at: time), spell: spell)
    }

    private mutating func tell(_ time: Int, _ before: State, _ now: State) {
        switch (before.scheme, now.scheme) {
        case (nil, nil): break
        case (nil, let scheme?):
            add(time, now.place, scheme, now.spell?.beginning == .new ? .new : .returned)
        case (let scheme?, nil):
            let column: Column =
                switch before.spell?.ending {
                case .oneOff: .oneOff
                case .pension: .pension
                case .death: .death
                default: .stopped
                }
            add(time, before.place, scheme, column)
        case (let old?, let new?) where old != new:
            add(time, before.place, old, .convertedOut)
            add(time, now.place, new, .convertedIn)
        case (let scheme?, _):
            add(time, before.place, scheme, .movedOut)
            add(time, now.place, scheme, .movedIn)
        }
    }

    private func index(_ time: Int, _ place: Int, _ scheme: Int, _ column: Column) -> Int {
        ((time * places + place) * 2 + scheme) * Column.allCases.count + column.rawValue
    }

    private mutating func add(_ time: Int, _ place: Int, _ scheme: Int, _ column: Column) {
        counts[index(time, place, scheme, column)] += 1
    }

    /// - Parameter scheme: 0 compulsory, 1 voluntary.
    func count(_ time: Int, place: Int, scheme: Int, _ column: Column) -> Int {
        Int(counts[index(time, place, scheme, column)])
    }
}
