public import Kernel

/// What a city is made of.
public struct CityPlan: Sendable {
    /// 1 for as many people as the real city has.
    public let scale: Double
    public let seed: UInt64
    /// The last of the months that spells are told of.
    public let lastMonth: Month
    public let places: [CityPlace]
    public let law: CityLaw
    /// Without its kind: the former province among its places that was a city already.
    let cityName: String

    /// How many months spells are told of.
    public static let months = 24
    /// Places and their former units are counted in a byte each.
    static let mostPlaces = 250

    /// - Throws: ``CityFault`` for what no city can be made of.
    public init(
        scale: Double, seed: UInt64, lastMonth: Month, places: [CityPlace], law: CityLaw
    ) throws(CityFault) {
        guard scale > 0, scale <= 4 else {
            throw CityFault(file: "--scale", line: 0, reason: "give a number above 0, at most 4")
        }
        guard !places.isEmpty, places.count <= Self.mostPlaces,
            places.allSatisfy({ $0.former.count <= Self.mostPlaces })
        else {
            throw CityFault(
                file: "communes.csv", line: 0,
                reason: "a city has 1 to \(Self.mostPlaces) communes with as many old units")
        }
        self.scale = scale
        self.seed = seed
        self.lastMonth = lastMonth
        self.places = places.sorted { $0.code < $1.code }
        self.law = law
        let cities = places.flatMap(\.former).map(\.province).filter { $0.hasPrefix("Thành phố ") }
        cityName = cities.first.map { $0.replacing("Thành phố ", with: "") } ?? "Minh Hoạ"
    }

    /// The month of a place in time; 0 is the first one told of.
    func month(_ time: Int) -> Month { lastMonth.adding(months: time - Self.months + 1) }

    func time(of month: Month) -> Int { lastMonth.months(to: month) + Self.months - 1 }

    var lastDay: Day { lastMonth.lastDay }
}

/// The law's rates by which the lists' money is reckoned; the caller takes them from the law's data.
public struct CityLaw: Sendable {
    /// Per cent of the base, of the employer and the employee together: sickness and maternity, retirement, accidents, health,
    /// unemployment.
    public let sickness: Double
    public let retirement: Double
    public let accident: Double
    public let health: Double
    public let unemployment: Double
    /// Of it the employee's own, for all funds.
    public let employee: Double
    /// Per cent of the chosen income in the voluntary scheme.
    public let voluntary: Double
    /// The least income that can be chosen there, đồng a month: by it the State's support is reckoned too.
    public let voluntaryFloor: Int
    /// Steps of that income, đồng.
    public let voluntaryStep: Int
    /// Per cent of the contribution on the least income that the State pays: for all, and in special zones.
    public let support: Double
    public let islandSupport: Double
    /// The least base of the compulsory scheme, đồng a month.
    public let least: Int
    /// Revenue of a year above which the owner of a household business is bound, đồng; nil where the law says none.
    public let ownerRevenue: Int?
    /// The day on which somebody born on a day may retire.
    public let retires: @Sendable (_ isWoman: Bool, _ birth: Day) -> Day?

    public init(
        sickness: Double, retirement: Double, accident: Double, health: Double, unemployment: Double, employee: Double,
        voluntary: Double, voluntaryFloor: Int, voluntaryStep: Int, support: Double, islandSupport: Double, least: Int,
        ownerRevenue: Int? = nil, retires: @escaping @Sendable (Bool, Day) -> Day? = { _, _ in nil }
    ) {
        self.sickness = sickness
        self.retirement = retirement
        self.accident = accident
        self.health = health
        self.unemployment = unemployment
        self.employee = employee
        self.voluntary = voluntary
        self.voluntaryFloor = voluntaryFloor
        self.voluntaryStep = voluntaryStep
        self.support = support
        self.islandSupport = islandSupport
        self.least = least
        self.ownerRevenue = ownerRevenue
        self.retires = retires
    }
}
