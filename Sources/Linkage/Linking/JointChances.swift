/// The chances of pairs of which a record can have one at most, by belief propagation: a pair stands against the rivals of its
/// left record and of its right one, and a rival counts the less the likelier it belongs elsewhere (Bayati, Shah & Sharma
/// 2008, for sums instead of maxima).
///
/// On all cores; each sum runs over its pairs in their order, so that it is the same however the work is shared out.
struct JointChances {
    private let odds: [Double]
    /// By pair where its records' sums stand.
    private let places: [(left: UInt32, right: UInt32)]
    /// Sums that more than one pair has a share in are alone worth working out: by sum its pairs, those that stand on their right
    /// marked by the highest bit.
    private let starts: [UInt32]
    private let members: [UInt32]

    private static let rounds = 10
    private static let right: UInt32 = 1 << 31

    /// - Parameter pairs: fewer than two thousand million.
    init(_ pairs: [LinkedPair], _ data: LinkData) {
        odds = Stretches.map(pairs.count) { OneToOne.odds(pairs[$0].weight) }
        // A record can have one partner in each other list.
        let lists = data.linksAcross ? Int(data.sources.max() ?? 0) + 1 : 1
        let lefts = data.leftRows * lists
        let sources = data.linksAcross ? data.sources : []
        let (isSelf, linksAcross) = (data.isSelf, data.linksAcross)
        let places = pairs.map { pair -> (left: UInt32, right: UInt32) in
            guard linksAcross else { return (UInt32(pair.left), UInt32(isSelf ? pair.right : lefts + pair.right)) }
            return (
                UInt32(pair.left * lists + Int(sources[pair.right])),
                UInt32(pair.right * lists + Int(sources[pair.left]))
            )
        }
        var starts = [UInt32](repeating: 0, count: lefts + (isSelf ? 0 : data.rightRows) + 1)
        for place in places {
            starts[Int(place.left) + 1] += 1
            starts[Int(place.right) + 1] += 1
        }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
        var next = starts
        var members = [UInt32](repeating: 0, count: pairs.count * 2)
        for (index, place) in places.enumerated() {
            members[Int(next[Int(place.left)])] = UInt32(index)
            next[Int(place.left)] += 1
            members[Int(next[Int(place.right)])] = UInt32(index) | Self.right
            next[Int(place.right)] += 1
        }
        (self.places, self.starts, self.members) = (places, starts, members)
    }

    func share(among pairs: inout [LinkedPair]) {
        let (odds, places, starts, members) = (odds, places, starts, members)
        var fromLeft = [Double](repeating: 1, count: odds.count)
        var fromRight = fromLeft
        for _ in 0..<Self.rounds {
            let (left, right) = (fromLeft, fromRight)
            let sums = Stretches.map(starts.count - 1) { place in
                var sum = 0.0
                for member in members[Int(starts[place])..<Int(starts[place + 1])] {
                    let index = Int(member & ~Self.right)
                    sum += odds[index] * (member & Self.right == 0 ? right[index] : left[index])
                }
                return sum
            }
            // Differences of sums may fall below zero by rounding.
            fromLeft = Stretches.map(odds.count) { index in
                1 / (1 + max(sums[Int(places[index].left)] - odds[index] * right[index], 0))
            }
            fromRight = Stretches.map(odds.count) { index in
                1 / (1 + max(sums[Int(places[index].right)] - odds[index] * left[index], 0))
            }
            // From here on every step would be the same.
            if fromLeft == left, fromRight == right { break }
        }
        for index in pairs.indices {
            let own = odds[index] * fromLeft[index] * fromRight[index]
            pairs[index].probability = own / (1 + own)
        }
    }
}
