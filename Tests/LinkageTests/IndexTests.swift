import Foundation
import Testing

@testable import Linkage

@Suite
struct IndexTests {
    static let people = People(1_200, shared: 300, seed: 21)

    static func list(_ rows: [[String]]) -> LinkList { LinkList(name: "register", content: People.csv(rows)) }

    @Test
    func `one record is found as a whole run would find it`() async throws {
        let result = try await Self.people.link(RunTests.changed { $0.threshold = -5 })
        let index = try await RecordIndex(Self.list(Self.people.left), model: result.model)
        var found = 0
        for row in Self.people.right {
            let record = Dictionary(uniqueKeysWithValues: zip(People.header.dropFirst(), row.dropFirst()))
            let best = try await index.matches(record).first
            if let best, Self.people.truth.contains([best.id, row[0]]) { found += 1 }
        }
        #expect(found >= 293)
        let linked = result.pairs.count {
            Self.people.truth.contains([result.leftIDs[$0.left], result.rightIDs[$0.right]])
        }
        #expect(abs(found - linked) <= 6)
    }

    @Test
    func `a question leaves nothing behind`() async throws {
        let model = try await Self.people.link().model
        let index = try await RecordIndex(Self.list(Self.people.left), model: model)
        let record = ["name": "Trịnh Đình Khả", "birth": "09/09/1999", "cccd": "031099123123", "sex": "nam"]
        let first = try await index.matches(record, over: -30)
        for number in 0..<200 {
            _ = try await index.matches([
                "name": "Người Lạ \(number)", "birth": "1970", "cccd": "0310\(number)", "sex": "x\(number)",
            ])
        }
        #expect(try await index.matches(record, over: -30) == first)
        let own = try #require(Self.people.left.first)
        let found = try await index.matches(["name": own[1], "birth": own[2], "cccd": own[3], "sex": own[4]])
        #expect(found.first?.id == own[0])
        await #expect(throws: SettingsError.self) { _ = try await index.matches(["nam": "x"]) }
    }

    @Test
    func `new records get the number of the cluster they belong to, and others numbers of their own`() async throws {
        // Half of the register is known; the rest and the doubles come later.
        let settings = RunTests.changed { $0.oneToOne = false }
        let (known, later) = (Array(Self.people.left.prefix(600)), Self.people.right + Self.people.left.suffix(200))
        let model = try await Self.people.link(settings).model
        let linker = Linker(settings)
        let (register, delivery) = (Self.list(known), LinkList(name: "new", content: People.csv(later)))
        let numbers = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1[0], $0 + 1_001) })
        let linked = try await linker.link([register, delivery], model: model)
        let within = try await linker.link([delivery], model: model)
        let update = try ClusterUpdate(linked: linked, within: within, clusters: numbers)
        #expect(update.assignments.count == later.count)
        let right = update.assignments.prefix(300).count { assignment in
            assignment.cluster == numbers["P" + assignment.id.dropFirst()]
        }
        #expect(right >= 285)
        let fresh = update.assignments.suffix(200)
        #expect(fresh.count(where: \.isNew) >= 195 && fresh.allSatisfy { !$0.isNew || $0.cluster > 1_600 })
        // Told again, the numbers are the same.
        #expect(try ClusterUpdate(linked: linked, within: within, clusters: numbers) == update)
        #expect(throws: SettingsError.self) { _ = try ClusterUpdate(linked: linked, within: within, clusters: [:]) }
    }

    @Test
    func `a record that joins two clusters goes into the nearer, and the bridge is told`() throws {
        func ids(_ names: [String]) -> TextList {
            var list = TextList()
            for name in names { Array(name.utf8).withUnsafeBytes { list.append($0) } }
            return list
        }
        let model = LinkModel(settings: LinkSettings(columns: [:], blocking: []), prior: 0.1, comparisons: [], steps: 1)
        let linked = LinkResult(
            model: model,
            pairs: [
                LinkedPair(left: 0, right: 0, weight: 5, pattern: 0),
                LinkedPair(left: 1, right: 0, weight: 9, pattern: 0),
            ], compared: 2, leftIDs: ids(["A", "B"]), rightIDs: ids(["N"]), lists: [], isSelf: false, sources: [],
            histogram: [], blocking: [], ownWeights: [], warnings: [], plannedMB: 0, stages: [], contradictions: [])
        let update = try ClusterUpdate(linked: linked, within: nil, clusters: ["A": 7, "B": 3])
        #expect(update.assignments.map(\.cluster) == [3])
        #expect(update.assignments.first?.nearest == "B")
        #expect(update.bridges == [ClusterUpdate.Bridge(ids: ["N"], clusters: [3, 7], weights: [9, 5])])
    }
}
