/// Surnames, middle and given names with how common each is by sex and time of birth.
struct NameTable: Sendable {
    struct Words: Sendable {
        fileprivate(set) var words: [String] = []
        fileprivate var counts: [[Double]] = [[], [], [], []]
        fileprivate(set) var weights: [Weights] = []

        fileprivate mutating func finish() { weights = counts.map(Weights.init) }
    }

    private(set) var surnames = Words()
    /// Of men, of women.
    private(set) var middles = [Words(), Words()]
    private(set) var givens = [Words(), Words()]

    init(_ lines: [CityTables.Line]) throws(CityFault) {
        for line in lines {
            var counts: [Double] = []
            for column in 2...5 { counts.append(try line.count(column)) }
            func add(to words: inout Words) throws(CityFault) {
                guard words.words.count < 255 else { throw line.fault("more than 255 words of one kind") }
                words.words.append(line[1])
                for time in 0..<4 { words.counts[time].append(counts[time]) }
            }
            switch line[0] {
            case "surname": try add(to: &surnames)
            case "middle-male": try add(to: &middles[0])
            case "middle-female": try add(to: &middles[1])
            case "given-male": try add(to: &givens[0])
            case "given-female": try add(to: &givens[1])
            default: throw line.fault("“\(line[0])” is no kind of name")
            }
        }
        surnames.finish()
        for sex in 0...1 {
            middles[sex].finish()
            givens[sex].finish()
        }
    }

    /// Which column of the table a year of birth falls into.
    static func time(of year: Int) -> Int { year < 1965 ? 0 : year < 1985 ? 1 : year < 2005 ? 2 : 3 }

    func surname(_ draws: inout Draws) -> UInt8 { UInt8(surnames.weights[0].draw(&draws)) }

    func middle(woman: Bool, year: Int, _ draws: inout Draws) -> UInt8 {
        UInt8(middles[woman ? 1 : 0].weights[Self.time(of: year)].draw(&draws))
    }

    func given(woman: Bool, year: Int, _ draws: inout Draws) -> UInt8 {
        UInt8(givens[woman ? 1 : 0].weights[Self.time(of: year)].draw(&draws))
    }

    func full(_ resident: Resident) -> String {
        let middle = middles[resident.isWoman ? 1 : 0].words[Int(resident.middle)]
        let rest = givens[resident.isWoman ? 1 : 0].words[Int(resident.given)]
        let surname = surnames.words[Int(resident.surname)]
        return middle.isEmpty ? "\(surname) \(rest)" : "\(surname) \(middle) \(rest)"
    }
}
