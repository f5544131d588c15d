import Foundation
import Testing

@testable import Linkage

/// What `suggest` says of itself.
@Suite
struct AccountTests {
    private static func lists(_ people: People) -> (LinkList, LinkList) {
        (
            LinkList(name: "l", content: People.csv(people.left)),
            LinkList(name: "r", content: People.csv(people.right))
        )
    }

    @Test(arguments: [3, 13, 29] as [UInt64])
    func `precision and recall are estimated near the truth`(seed: UInt64) async throws {
        let people = People(900, shared: 400, seed: seed)
        let (left, right) = Self.lists(people)
        let suggestion = try await Suggestion(left: left, right: right, id: "id", threads: 2)
        let lists = ProfiledLists(
            left: try await FileProfile(left, threads: 2), right: try await FileProfile(right, threads: 2))
        let expectation = try await Questioning(settings: suggestion.settings, lists: lists, threads: 2).outlook()
            .expectation
        let result = try await Linker(suggestion.settings).link([left, right])
        let truth = try #require(people.evaluation(of: result).points.first)
        #expect(expectation.taken == result.pairs.count)
        #expect(abs(expectation.precision - truth.precision) < 0.02)
        #expect(abs(expectation.recall - truth.recall) < 0.03)
    }

    @Test
    func `the questions are those whose other answers change the most`() async throws {
        let people = People(300, shared: 120, seed: 5)
        let (left, right) = Self.lists(people)
        let suggestion = try await Suggestion(left: left, right: right, id: "id", threads: 2, givesAccount: true)
        #expect((1...Questioning.questions).contains(suggestion.questions.count))
        let expectation = try #require(suggestion.expectation)
        #expect(suggestion.account.count == 3 + suggestion.questions.count)
        #expect(suggestion.yaml.contains("# Ước tính của chương trình: \(expectation.taken) cặp"))
        for question in suggestion.questions {
            #expect(question.text.hasSuffix("?") && !question.change.isEmpty)
            #expect(question.difference > 0 && question.difference <= 1)
        }
    }

    @Test
    func `a memo of shared codes is asked about, and the answer is tried as it is told`() async throws {
        var people = People(300, shared: 120, seed: 8)
        // What is said of the ones in both lists is said in nearly the same words.
        func memo(_ index: Int, _ word: String) -> String { "\(word) HD \(index * 7 % 4_001) ky \(index % 12)" }
        for row in people.left.indices { people.left[row].append(memo(row, "thu")) }
        for row in people.right.indices { people.right[row].append(memo(row, "chi")) }
        func csv(_ rows: [[String]]) -> Data {
            Data(([People.header + ["memo"]] + rows).map { $0.joined(separator: ",") + "\n" }.joined().utf8)
        }
        let lists = [LinkList(name: "l", content: csv(people.left)), LinkList(name: "r", content: csv(people.right))]
        let profiles = ProfiledLists(
            left: try await FileProfile(lists[0], threads: 1), right: try await FileProfile(lists[1], threads: 1))
        let suggestion = try await Suggestion(left: lists[0], right: lists[1], id: "id", threads: 1)
        let pairings = suggestion.settings.columns.keys.sorted().compactMap { name -> Suggestion.Pairing? in
            guard let kind = suggestion.settings.columns[name]?.kind,
                let left = profiles.left.columns.first(where: { $0.name == name }),
                let right = profiles.right?.columns.first(where: { $0.name == name })
            else { return nil }
            return .init(name: name, kind: kind, left: left, right: right)
        }
        let doubts = SuggestionDoubts(settings: suggestion.settings, pairings: pairings, lists: profiles).all()
        let doubt = try #require(
            doubts.first { $0.text == "Cột “memo” là lời văn tự do hay là mã mà nhiều bản ghi có chung?" })
        #expect(doubt.change == "memo: kind: code" && doubt.settings.columns["memo"]?.kind == .code)
        let questioning = Questioning(settings: suggestion.settings, lists: profiles, threads: 1)
        let asked = try await questioning.questions([doubt], questioning.outlook())
        let base = try await Linker(suggestion.settings).link(lists)
        let other = try await Linker(doubt.settings).link(lists)
        let (first, second) = (Set(base.pairs.map(Outlook.key)), Set(other.pairs.map(Outlook.key)))
        let difference = Double(first.symmetricDifference(second).count) / Double(first.union(second).count)
        #expect(difference < 0.000_5 ? asked.isEmpty : asked.first?.difference == difference)
    }

    @Test
    func `the order of the rows changes nothing in the account`() async throws {
        var people = People(300, shared: 120, seed: 21)
        let (left, right) = Self.lists(people)
        let first = try await Suggestion(left: left, right: right, id: "id", threads: 2, givesAccount: true)
        people.left.reverse()
        people.right.sort { $0[1] < $1[1] }
        let (otherLeft, otherRight) = Self.lists(people)
        let second = try await Suggestion(left: otherLeft, right: otherRight, id: "id", threads: 1, givesAccount: true)
        #expect(first.account == second.account && !first.account.isEmpty)
    }

    @Test
    func `what no rule finds is told by what few rules find`() {
        #expect(Expectation.unseen(once: 0, twice: 10) == 0)
        #expect(Expectation.unseen(once: 40, twice: 39) == 19.5)
        let none = Expectation(taken: 0, right: 0, passedOver: 0, unseen: 0)
        #expect(none.precision == 1 && none.recall == 1)
        let some = Expectation(taken: 100, right: 90, passedOver: 5, unseen: 5)
        #expect(some.precision == 0.9 && some.recall == 0.9 && abs(some.f1 - 0.9) < 1e-12)
    }
}
