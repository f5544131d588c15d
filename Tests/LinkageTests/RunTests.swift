import Foundation
import Synchronization
import Tabular
import Testing

@testable import Linkage

/// What a run does beside weighing pairs.
@Suite
struct RunTests {
    static let people = People(1_500, shared: 500, seed: 9)

    static func csv(_ result: LinkResult) -> Data {
        var data = Data()
        PairFile.write(result) { data += $0 }
        return data
    }

    static func changed(_ change: (inout LinkSettings) -> Void) -> LinkSettings {
        var settings = People.settings
        change(&settings)
        return settings
    }

    @Test
    func `an identifier comes back whole, whatever marks stand behind its signs`() throws {
        let fields = ["a\"b", "\"\u{338}c", ",\u{301}", "m\nn", "đủ"]
        let line = fields.map(PairFile.quoted).joined(separator: ",")
        #expect(try CSVReader.records(of: Array(line.utf8)).map(\.fields) == [fields])
    }

    @Test
    func `pairs that are not held in memory come out as the same bytes`() async throws {
        let held = Self.csv(try await Self.people.link())
        let again = Self.csv(try await Self.people.link(Self.changed { $0.memoryForPairs = 0 }))
        // The settings stand in the model, not in the pairs.
        let isSame = held == again
        #expect(isSame)
    }

    @Test
    func `a sure rule makes a match and a never rule none, whatever they weigh`() async throws {
        let sure = try await Self.people.link(
            Self.changed {
                $0.sure = [.test(.same(.exact), of: "cccd")]
                $0.oneToOne = false
            })
        let column = try #require(sure.model.comparisons.firstIndex { $0.name == "cccd" })
        let equal = sure.pairs.filter { $0.pattern >> UInt64(column * 4) & 15 == 1 }
        #expect(!equal.isEmpty && equal.allSatisfy { $0.weight >= DefiniteRules.sureWeight })
        let never = try await Self.people.link(
            Self.changed {
                $0.sure = [.test(.same(.exact), of: "cccd")]
                $0.never = [.test(.same(.exact), of: "cccd")]
                $0.oneToOne = false
            })
        #expect(!never.pairs.contains { $0.pattern >> UInt64(column * 4) & 15 == 1 }, "never goes before sure")
    }

    @Test
    func `a rule about no column, or of a column that is not there, is refused`() async throws {
        for (rule, words) in [("exact", "sure.1: “exact”: hãy ghi cột"), ("exact(cccdd)", "có phải là “cccd”?")] {
            await #expect(
                performing: {
                    let condition = try Condition(rule)
                    _ = try await Self.people.link(Self.changed { $0.sure = [condition] })
                }, throws: { "\($0)".contains(words) })
        }
    }

    @Test
    func `large blocks are passed over, counted, and what that costs is reckoned`() async throws {
        let settings = Self.changed {
            $0.blocking = ["cccd", "sex"]
            $0.largestBlock = 10_000
            $0.oneToOne = false
        }
        let result = try await Self.people.link(settings)
        let rule = result.blocking[1]
        #expect(rule.hotBlocks == 2 && rule.pairs == 0 && rule.hotPairs > 300_000)
        #expect(result.compared == result.blocking[0].pairs)
        // A quarter of 500 have no number, and some a mistyped one: those are lost.
        #expect(rule.hotMatches > 60 && rule.hotMatches < 220, "\(rule.hotMatches)")
    }

    @Test
    func `the count of matches can come from rules and their recall`() async throws {
        let result = try await Self.people.link(
            Self.changed { $0.prior = PriorSettings(rules: ["cccd"], recall: 0.7) })
        let equal = Double(result.blocking[0].pairs)
        #expect(abs(result.model.prior - equal / 0.7 / (1_500 * 500)) < 1e-9)
        await #expect(throws: SettingsError.self) {
            _ = try await Self.people.link(Self.changed { $0.prior = PriorSettings(rules: ["cccd"], recall: 0) })
        }
    }

    @Test
    func `a cancelled run stops without a result`() async throws {
        let task = Task { try await Self.people.link() }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }

    @Test
    func `progress rises to the end of each stage, and memory is foretold`() async throws {
        let told = Told()
        var linker = Linker(People.settings, threads: 2)
        linker.watch = { told.add($0) }
        let result = try await linker.link(
            left: People.csv(Self.people.left), leftName: "l", right: People.csv(Self.people.right), rightName: "r")
        let comparing = told.all.filter { $0.stage == .comparing }.map(\.share)
        #expect(comparing == comparing.sorted() && comparing.last == 1)
        #expect(Set(told.all.map(\.stage)) == [.reading, .blocking, .comparing, .training, .predicting])
        #expect(result.plannedMB == result.blocking.reduce(0) { $0 + $1.pairs } * 12 / 1_000_000)
    }

    @Test
    func `of three lists only records of different ones are compared, and no cluster holds two of one`() async throws {
        let header = People.header.joined(separator: ",")
        let rows = Self.people.left
        func list(_ name: String, _ range: Range<Int>) -> LinkList {
            LinkList(
                name: name,
                content: Data(([header] + rows[range].map { $0.joined(separator: ",") }).joined(separator: "\n").utf8))
        }
        let lists = [list("a", 0..<600), list("b", 300..<900), list("c", 500..<1_200)]
        let result = try await Linker(People.settings).link(lists)
        #expect(result.pairs.allSatisfy { result.list(left: $0.left) != result.list(right: $0.right) })
        let clusters = result.clusters()
        var seen: Set<[Int]> = []
        for row in clusters.indices { #expect(seen.insert([clusters[row], result.list(left: row)]).inserted) }
        // People of 500..<600 stand in all three.
        let byID = Dictionary(grouping: clusters.indices) { result.leftIDs[$0] }
        let together = (500..<600).count { index in
            let numbers = (byID["P\(index)"] ?? []).map { clusters[$0] }
            return numbers.count == 3 && Set(numbers).count == 1
        }
        #expect(together >= 97)
        var text = Data()
        PairFile.write(clusters: clusters, of: result) { text += $0 }
        #expect(String(decoding: text, as: UTF8.self).hasPrefix("list,id,cluster\na,P0,1\n"))
    }

    @Test
    func `clusters with two different numbers are told`() async throws {
        let content = """
            id,name,birth,cccd,sex
            1,Nguyễn Thị Lan,01/02/1990,031190000111,nữ
            2,Nguyễn Thị Lan,01/02/1990,,nữ
            3,Nguyễn Thị Lan,01/02/1990,031190987654,nữ

            """
        let model = try await Self.people.link().model
        let result = try await Linker(
            Self.changed {
                $0.oneToOne = false; $0.threshold = 0
            }
        ).link(
            [LinkList(name: "l", content: Data(content.utf8))], model: model)
        #expect(result.contradictions.map { [$0.first, $0.second] } == [[0, 2]])
        #expect(
            result.contradictions.first?.reason
                == .identifiers(column: "cccd", left: "031190000111", right: "031190987654"))
    }

    @Test
    func `rows of another width are read and told, and a column without values too`() async throws {
        let content = "id,name,birth,cccd,sex\n1,Nguyễn Văn An,1990\n2,Trần Thị Lan,1991,,,x\n"
        let result = try await Linker(People.settings).link([LinkList(name: "a.csv", content: Data(content.utf8))])
        #expect(result.warnings.contains { $0.contains("1 dòng có số ô khác") && $0.contains("dòng đầu tiên: 2") })
        #expect(result.warnings.contains { $0.contains("1 dòng có nhiều ô hơn") && $0.contains("dòng đầu tiên: 3") })
        #expect(result.warnings.contains { $0.contains("“cccd” không có giá trị") })
    }

    @Test
    func `a rule with not says nothing of a record whose value is missing`() async throws {
        var people = Self.people
        for index in people.right.indices { people.right[index][4] = index % 2 == 0 ? "" : people.right[index][4] }
        let all = try await people.link(Self.changed { $0.oneToOne = false })
        let strict = try await people.link(
            Self.changed {
                $0.never = [.not(.test(.same(.exact), of: "sex"))]
                $0.oneToOne = false
            })
        let empty = Set(people.right.filter { $0[4].isEmpty }.map { $0[0] })
        func kept(_ result: LinkResult) -> Int { result.pairs.count { empty.contains(result.rightIDs[$0.right]) } }
        #expect(kept(all) > 100 && kept(strict) >= kept(all) - 2)
    }

    @Test
    func `lists put together share chances as two sides do`() async throws {
        var people = Self.people
        // Three of the second list fit one of the first equally well.
        let twin = people.right[10]
        people.right += [["X1"] + twin.dropFirst(), ["X2"] + twin.dropFirst()]
        let lists = [
            LinkList(name: "l", content: People.csv(people.left)),
            LinkList(name: "r", content: People.csv(people.right)),
        ]
        for together in [false, true] {
            let result = try await Linker(People.settings).link(lists, together: together)
            let pair = try #require(result.pairs.first { result.leftIDs[$0.left] == "P10" })
            #expect(abs(pair.probability - 1.0 / 3) < 0.02, "\(together): \(pair.probability)")
            #expect(result.pairs.count > 400)
        }
    }

    @Test
    func `bytes that are no text are refused with their row, in every part of a file`() async {
        for row in [1, 400] {
            var bytes = Array("id,name,birth,cccd,sex\n".utf8)
            for index in 1...600 {
                bytes +=
                    Array("\(index),Nguyễn Văn ".utf8) + (index == row ? [0xD5, 0xF2] : Array("An".utf8))
                    + Array(",1990,,\n".utf8)
            }
            await #expect(throws: RecordFileError.invalidText(file: "a", row: row + 1)) {
                _ = try await Linker(People.settings, threads: 4).link([LinkList(name: "a", content: Data(bytes))])
            }
        }
    }

    static let numbers: [(String, Double?)] = [
        ("-30", -30), ("30", 30), ("1.000", 1_000), ("1000", 1_000), ("1,5", 1.5), ("1.5", 1.5),
        ("1.234.567", 1_234_567),
        ("1.234,5", 1_234.5), ("1,234.5", 1_234.5), ("0.123", 0.123), ("x", nil), ("", nil),
    ]

    @Test(arguments: numbers.indices)
    func `numbers are read as they are written here`(index: Int) {
        let (text, value) = Self.numbers[index]
        Array(text.utf8).withUnsafeBytes { #expect(NumberValue.read($0) == value) }
    }

    @Test
    func `of two that fit equally well each has half a chance, and one alone nearly all`() {
        func pair(_ left: Int, _ right: Int, _ weight: Double) -> LinkedPair {
            LinkedPair(left: left, right: right, weight: weight, pattern: 0)
        }
        let data = LinkData(
            columns: [], left: [], right: [], leftIDs: TextList(), rightIDs: TextList(), leftRows: 4, rightRows: 3,
            isSelf: false)
        var pairs = [pair(0, 0, 20), pair(1, 0, 20), pair(2, 1, 20), pair(2, 2, 12), pair(3, 2, 11)]
        OneToOne.shareChances(of: &pairs, data)
        #expect(abs(pairs[0].probability - 0.5) < 0.001 && abs(pairs[1].probability - 0.5) < 0.001)
        #expect(pairs[2].probability > 0.99)
        #expect(pairs[3].probability < 0.1, "the stronger place is taken")
        #expect(pairs[4].probability > 0.9, "its rival belongs elsewhere")
    }
}

/// Progress as it was told.
private final class Told: Sendable {
    private let list = Mutex<[LinkProgress]>([])

    func add(_ progress: LinkProgress) { list.withLock { $0.append(progress) } }

    var all: [LinkProgress] { list.withLock { $0 } }
}
