import Foundation
import Testing

@testable import Linkage

@Suite
struct LinkerTests {
    static let people = People(6_000, shared: 1_500)

    private static func csv(_ result: LinkResult) -> Data {
        var data = Data()
        PairFile.write(result) { data += $0 }
        return data
    }

    @Test
    func `people with lost accents, swapped dates and missing numbers are found again`() async throws {
        let result = try await Self.people.link()
        let best = try #require(Self.people.evaluation(of: result).best)
        #expect(best.f1 > 0.985, "\(best)")
        let atZero = try #require(Self.people.evaluation(of: result).points.first)
        #expect(atZero.f1 > 0.975, "the threshold of even odds is a good one: \(atZero)")
    }

    @Test(arguments: [People.settings, doubles])
    func `neither the number of threads nor another run changes a byte`(settings: LinkSettings) async throws {
        let first = try await Self.people.link(settings, threads: 1)
        let one = Self.csv(first)
        #expect(one.count > 10_000)
        for threads in 1...4 {
            let next = try await Self.people.link(settings, threads: threads)
            let isSame = Self.csv(next) == one && next.model == first.model
            #expect(isSame, "\(threads) threads")
        }
    }

    /// Every pair above the threshold.
    private static let doubles: LinkSettings = {
        var settings = People.settings
        settings.oneToOne = false
        return settings
    }()

    @Test
    func `pairs compared many at a time come out as each compared alone`() async throws {
        let lists = [Self.people.left, Self.people.right].enumerated().map {
            LinkList(name: "\($0)", content: People.csv($1))
        }
        var settings = People.settings
        settings.never = [try Condition("exact(cccd) and not exact(sex)")]
        let data = try await LinkReading(settings: settings, threads: 2).read(lists, within: false)
        let candidates = try await Linker(settings).candidates(data)
        let reader = PatternReader(candidates.comparisons, candidates.definite, candidates.data)
        var (pairs, wrong) = (Set<[Int]>(), 0)
        for chunk in candidates.chunks(of: 10_000) {
            candidates.walk(chunk) { left, right, pattern, mask in
                let isRight =
                    pattern == candidates.pattern(left: left, right: right, by: reader)
                    && mask == candidates.mask(left: left, right: right) && mask.trailingZeroBitCount == chunk.rule
                if !isRight { wrong += 1 }
                pairs.insert([left, right])
            }
        }
        #expect(wrong == 0)
        // Every pair that shares a group, and each once.
        var expected = Set<[Int]>()
        for left in 0..<300 {
            for right in 0..<candidates.data.rightRows where candidates.mask(left: left, right: right) != 0 {
                expected.insert([left, right])
            }
        }
        let found = pairs.filter { $0[0] < 300 }
        #expect(found == expected && expected.count > 300)
    }

    @Test
    func `the order of the rows changes no pair`() async throws {
        var turned = Self.people
        turned.left.reverse()
        turned.right.sort { $0[1] < $1[1] }
        func ids(_ result: LinkResult) -> Set<[String]> {
            Set(result.pairs.map { [result.leftIDs[$0.left], result.rightIDs[$0.right]] })
        }
        let model = try await Self.people.link().model
        // With one model the weights are the same; the random pairs of training are drawn by place.
        let first = ids(try await Self.people.link(model: model))
        let second = ids(try await turned.link(model: model))
        #expect(first.symmetricDifference(second).count <= first.count / 500, "only ties may fall otherwise")
    }

    @Test
    func `a saved model links as it did`() async throws {
        let result = try await Self.people.link()
        let model = try JSONDecoder().decode(LinkModel.self, from: JSONEncoder().encode(result.model))
        #expect(model == result.model)
        let isSame = Self.csv(try await Self.people.link(model: model)) == Self.csv(result)
        #expect(isSame)
    }

    @Test
    func `each record has one partner at most, and pairs stand in the order of rows`() async throws {
        let result = try await Self.people.link()
        #expect(Set(result.pairs.map(\.left)).count == result.pairs.count)
        #expect(Set(result.pairs.map(\.right)).count == result.pairs.count)
        let isSorted = zip(result.pairs, result.pairs.dropFirst()).allSatisfy { $0.left < $1.left }
        #expect(isSorted)
    }

    @Test
    func `agreement weighs more the rarer it is among strangers, and levels fall from the top`() async throws {
        let model = try await Self.people.link().model
        for comparison in model.comparisons {
            #expect(abs(comparison.levels.reduce(0) { $0 + $1.m } - 1) < 1e-6)
            let first = try #require(comparison.levels.first)
            let last = try #require(comparison.levels.last)
            #expect(first.weight > 0 && last.weight < 0, "\(comparison.name)")
        }
        let number = try #require(model.comparisons.first { $0.name == "cccd" }?.levels.first)
        #expect(number.u < 1e-6, "the chance of an equal number among strangers follows from the counts of values")
        #expect(model.prior > 1_000.0 / (6_000 * 1_500) && model.prior < 2_000.0 / (6_000 * 1_500))
    }

    @Test
    func `two with a birthday that a quarter has have less in common than two with a rare one`() async throws {
        var people = People(2_000, shared: 400, seed: 21)
        for index in people.left.indices {
            let day = index % 4 == 0 ? "01/01/1960" : index == 1 ? "17/05/1971" : nil
            guard let day else { continue }
            people.left[index][2] = day
            if index < people.right.count { people.right[index][2] = day }
        }
        let model = try await people.link().model
        let session = try await Linker(People.settings).session(
            [
                LinkList(name: "left.csv", content: People.csv(people.left)),
                LinkList(name: "right.csv", content: People.csv(people.right)),
            ], model: model)
        func rarity(_ left: String, _ right: String) throws -> Double {
            try #require(session.explain(left, right).steps.first { $0.comparison == "birth" }).rarity
        }
        #expect(try rarity("P0", "T0") < -1)
        #expect(try rarity("P1", "T1") > 3)
    }

    @Test
    func `the doubles of one file become clusters`() async throws {
        var one = Self.people
        let count = one.left.count
        one.left += one.right
        let result = try await Linker(People.settings).link(
            left: People.csv(one.left), leftName: "all.csv", right: nil, rightName: "all.csv")
        let clusters = Clusters.components(of: result.pairs, rows: one.left.count)
        #expect(clusters.count == count + 1_500)
        let evaluation = Evaluation(
            result.pairs.map { ([result.leftIDs[$0.left], result.rightIDs[$0.right]], $0.weight) }, truth: one.truth)
        #expect(try #require(evaluation.best).f1 > 0.98)
        let isIrreflexive = result.pairs.allSatisfy { $0.left < $0.right }
        #expect(isIrreflexive)
    }

    @Test
    func `two columns may read one column of the other file`() async throws {
        let left = "id,home,mobile\n" + (0..<40).map { "L\($0),0225\(1_000 + $0),0912\(2_000 + $0)\n" }.joined()
        // Half of the right list gives the home number, half the mobile one.
        let right =
            "id,phone\n"
            + (0..<40).map { "R\($0)," + ($0 < 20 ? "0225\(1_000 + $0)" : "0912\(2_000 + $0)") + "\n" }.joined()
        let settings = LinkSettings(
            id: "id",
            columns: [
                "home": .init(kind: .phone, right: "phone"), "mobile": .init(kind: .phone, right: "phone"),
            ], blocking: ["home", "mobile"], threshold: -100)
        let result = try await Linker(settings).link(
            left: Data(left.utf8), leftName: "l", right: Data(right.utf8), rightName: "r")
        let isRight = result.pairs.allSatisfy { $0.left == $0.right }
        #expect(isRight)
        #expect(result.pairs.count == 40)
    }

    @Test(arguments: [8, 10, 11, 13, 14, 100, 5_000])
    func `a sample has the size asked for, whatever the list's, and follows from the texts alone`(count: Int) {
        func list(_ numbers: [Int]) -> TextList {
            var list = TextList()
            for number in numbers { Array("P\(number)".utf8).withUnsafeBytes { list.append($0) } }
            return list
        }
        let (up, down) = (list(Array(0..<count)), list((0..<count).reversed()))
        #expect(up.sample(10).count == min(count, 10))
        #expect(up.sample(10).map { up[$0] } == down.sample(10).map { down[$0] })
    }

    @Test
    func `records joined over others are one cluster, numbered in the order of first rows`() {
        func pair(_ left: Int, _ right: Int) -> LinkedPair {
            LinkedPair(left: left, right: right, weight: 1, pattern: 0)
        }
        #expect(Clusters.components(of: [pair(1, 3), pair(3, 4)], rows: 6) == [0, 1, 2, 1, 1, 3])
        #expect(Clusters.components(of: [], rows: 2) == [0, 1])
    }
}
