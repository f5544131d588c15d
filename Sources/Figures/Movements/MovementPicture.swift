public import Database
public import Kernel

/// What is known of a place in a month beside its participants: who came and went, who could come, what is late, what share
/// of the labour force takes part. Every number with its day and source.
public struct MovementPicture: Sendable, Equatable {
    /// People and employers that could take part in a scheme (B16a-TS).
    public struct Potential: Sendable, Equatable {
        public let scheme: Scheme
        public let units: Int?
        public let people: Int?
        public let day: Day
        public let source: String
    }

    /// Late money of a place.
    public struct Late: Sendable, Equatable {
        /// ``MovementMeasure/late`` or, where a form gives no more, ``MovementMeasure/lateWithInterest``.
        public let measure: MovementMeasure
        /// In đồng.
        public let amount: Int
        /// What is to be collected in the year, in đồng, as the same month's form says; nil where none does.
        public let plan: Int?
        public let day: Day
        public let source: String

        /// Of what is to be collected in the year: how BHXH gives the rate.
        public var rate: Double? { plan.flatMap { $0 > 0 ? Double(amount) / Double($0) : nil } }
    }

    /// How much of the labour force of working age takes part.
    public struct Coverage: Sendable, Equatable {
        public let participants: Int
        /// The month the participants are of.
        public let month: Month
        public let labourForce: Int
        /// By a review; nil where there was none.
        public let uninsured: Int?
        /// The day the labour force stands for.
        public let day: Day
        public let source: String

        public init(
            participants: Int, month: Month, labourForce: Int, uninsured: Int?, day: Day, source: String
        ) {
            self.participants = participants
            self.month = month
            self.labourForce = labourForce
            self.uninsured = uninsured
            self.day = day
            self.source = source
        }

        public var share: Double { labourForce > 0 ? Double(participants) / Double(labourForce) : 0 }
    }

    /// Compulsory before voluntary.
    public let accounts: [MovementBalance]
    public let potential: [Potential]
    public let late: Late?
    public let coverage: Coverage?

    /// - Parameters:
    ///   - place: the province or a commune.
    ///   - month: the month shown; accounts are of it, other numbers of it or of the latest of twelve months before.
    ///   - participants: of both schemes at the month's end, as the page shows them.
    ///   - people: the figures that hold.
    public static func read(
        of place: MovementPlace, in month: Month, participants: Int?, communes: [CommuneCode],
        people: (CommuneCode, Scheme, Month) -> Int?, on connection: any SQLConnection
    ) throws -> MovementPicture {
        // The province's numbers may be the sum of its communes'.
        let source = place == .province ? nil : place
        let accounts = MovementBalance.accounts(
            of: month, movements: try MovementService.movements(of: month, at: source, on: connection),
            communes: communes, areas: [:], people: people
        ).filter { $0.place == place }
        let latest = try MovementService.latest(
            [
                .potentialUnits, .potentialPeople, .late, .lateWithInterest, .collectionPlan, .labourForce, .uninsured,
            ], until: month, at: source, on: connection)
        let own = latest.filter { $0.movement.key.place == place }
        let coverage = participants.flatMap { participants in
            labour(of: place, latest, communes: communes).map { labour in
                Coverage(
                    participants: participants, month: month, labourForce: labour.people, uninsured: labour.uninsured,
                    day: labour.day, source: labour.source)
            }
        }
        return MovementPicture(
            accounts: accounts, potential: potential(own), late: late(own), coverage: coverage)
    }

    private static func potential(_ own: [LatestMovement]) -> [Potential] {
        Scheme.allCases.compactMap { scheme in
            func found(_ measure: MovementMeasure) -> (value: Int, last: LatestMovement)? {
                let all = own.filter { $0.movement.key.measure == measure && $0.movement.key.scheme == scheme }
                // The scheme's own line, or the sum of its blocks of one month.
                if let whole = all.first(where: { $0.movement.key.block == nil }) { return (whole.value, whole) }
                guard let last = all.max(by: { $0.movement.key.month < $1.movement.key.month }) else { return nil }
                let sum = all.filter { $0.movement.key.month == last.movement.key.month }.reduce(0) { $0 + $1.value }
                return (sum, last)
            }
            let (units, people) = (found(.potentialUnits), found(.potentialPeople))
            guard let last = people?.last ?? units?.last else { return nil }
            return Potential(
                scheme: scheme, units: units?.value, people: people?.value, day: last.day, source: last.source)
        }
    }

    private static func late(_ own: [LatestMovement]) -> Late? {
        for measure in [MovementMeasure.late, .lateWithInterest] {
            guard let late = own.first(where: { $0.movement.key.measure == measure }) else { continue }
            let plan = own.first {
                $0.movement.key.measure == .collectionPlan && $0.movement.key.month == late.movement.key.month
            }
            return Late(
                measure: measure, amount: late.value, plan: plan?.value, day: late.day, source: late.source)
        }
        return nil
    }

    private static func labour(
        of place: MovementPlace, _ latest: [LatestMovement], communes: [CommuneCode]
    ) -> (people: Int, uninsured: Int?, day: Day, source: String)? {
        func number(_ measure: MovementMeasure, _ place: MovementPlace) -> LatestMovement? {
            latest.first { $0.movement.key.measure == measure && $0.movement.key.place == place }
        }
        if let people = number(.labourForce, place) {
            return (people.value, number(.uninsured, place)?.value, people.day, people.source)
        }
        guard place == .province else { return nil }
        // The sum of all communes where none is missing, dated by the oldest of them.
        let all = communes.compactMap { number(.labourForce, .commune($0)) }
        guard all.count == communes.count, let oldest = all.min(by: { $0.day < $1.day }) else { return nil }
        let uninsured = communes.compactMap { number(.uninsured, .commune($0))?.value }
        return (
            all.reduce(0) { $0 + $1.value }, uninsured.count == communes.count ? uninsured.reduce(0, +) : nil,
            oldest.day, oldest.source
        )
    }
}
