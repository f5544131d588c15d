import Foundation
import Kernel
import Legislation
import Testing

/// The code of `Legislation.docc`, as it stands there (`ArticleTests` compares the two).
@Suite
struct LegislationArticleTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../legislation").path

    @Test
    func `a contribution is priced by name and in Swift as the article shows`() throws {
        let folder = Self.folder
        var isDone = false
        defer { #expect(isDone) }

        let table = try ParameterTable(folder: URL(fileURLWithPath: folder))

        let calculation = try Calculation.named("voluntary-contribution")
        let input = Data(#"{"income": 1500000, "cadence": "monthly", "start": "2026-10", "group": "near-poor"}"#.utf8)
        let answer = try calculation.answer(input, table, explains: true)
        let payable = answer.outputs.first { $0.name == "payable" }?.value
        let articles = answer.steps.map(\.article)

        #expect(payable == .int(198_000) && !articles.isEmpty)

        guard let day = Day("2026-10-01") else { return }
        let terms = try VoluntaryTerms(table, on: day)
        let payment = try VoluntaryContribution(
            .init(income: 1_500_000, cadence: .monthly, start: Month(of: day), group: .nearPoor), terms)

        #expect(payment.payable == Dong(198_000) && payment.support == Dong(132_000))

        guard let newYear = Day("2027-01-01") else { return }
        let changes = table.changes(from: day, to: newYear).map(\.parameter.key)

        #expect(changes.contains("poverty_line.rural"))
        isDone = true
    }
}
