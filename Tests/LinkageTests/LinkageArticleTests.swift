import Foundation
import Linkage
import Testing

/// The code of `Linkage.docc`, as it stands there (``ArticleTests`` compares the two).
@Suite
struct LinkageArticleTests {
    @Test
    func `two lists are linked, explained and linked again as the article shows`() async throws {
        let (people, taxes) = Self.lists()

        var settings = LinkSettings(
            id: "id",
            columns: [
                "name": .init(kind: .personName, left: "ho_ten", right: "ten"),
                "birth": .init(kind: .date), "cccd": .init(kind: .identifier),
            ],
            blocking: ["cccd", "fold(name) & year(birth)", "given(name) & birth"], oneToOne: true)

        settings.sure = [try Condition("exact(cccd) and given(name)")]
        settings.never = [
            .and(.not(.test(.jaroWinkler(least: 0.7), of: "name")), .not(.test(.sameDatePart(.year), of: "birth")))
        ]
        try settings.check()

        let lists = [LinkList(name: "people.csv", content: people), LinkList(name: "taxes.csv", content: taxes)]
        let result = try await Linker(settings).link(lists)
        let certain = result.pairs.filter { $0.probability > 0.95 }
            .map { (result.leftIDs[$0.left], result.rightIDs[$0.right]) }

        #expect(certain.count == 30 && certain.allSatisfy { $0.dropFirst() == $1.dropFirst() })

        let session = try await Linker(settings).session(lists, model: result.model)
        let reasons = try session.explain("P1", "T1").text

        #expect(reasons.contains("trọng số ghép"))

        let saved = try JSONEncoder().encode(result.model)
        let model = try JSONDecoder().decode(LinkModel.self, from: saved)
        let next = try await Linker(model.settings).link(lists, model: model)

        #expect(next.pairs.map { [$0.left, $0.right] } == result.pairs.map { [$0.left, $0.right] })
    }

    /// Forty people, of whom the tax office has thirty, some without their number.
    private static func lists() -> (people: Data, taxes: Data) {
        let surnames = ["Nguyễn", "Trần", "Lê", "Phạm"]
        let givens = ["An", "Bình", "Châu", "Dũng", "Hà", "Lan", "Mai", "Sơn", "Thảo", "Yến"]
        var (people, taxes) = ("id,ho_ten,birth,cccd\n", "id,ten,birth,cccd\n")
        for index in 0..<40 {
            let name = "\(surnames[index / 10]) Văn \(givens[index % 10])"
            let birth = "\(10 + index % 18)/0\(2 + index % 8)/\(1960 + index)"
            people += "P\(index),\(name),\(birth),0310000\(100 + index * 7)\n"
            if index < 30 {
                taxes += "T\(index),\(name),\(birth),\(index % 2 == 0 ? "" : "0310000\(100 + index * 7)")\n"
            }
        }
        return (Data(people.utf8), Data(taxes.utf8))
    }
}
