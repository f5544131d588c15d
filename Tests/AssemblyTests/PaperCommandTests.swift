import Foundation
import Testing

/// `baophu paper`.
@Suite
struct PaperCommandTests {
    @Test
    func `the kinds are listed with what each is about and what it makes`() async throws {
        let outcome = try await Executable.run(["paper", "kinds", "--json", "--plan", Scene.haiPhong])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let kinds = try outcome.json([[String: Any]].self)
        let report = try #require(kinds.first { $0["kind"] as? String == "bao-cao-xa" })
        #expect(report["about"] as? String == "period")
        #expect(report["products"] as? [String] == ["I.5 Báo cáo đánh giá định kỳ (quý/năm)"])
    }

    @Test
    func `a paper is written from live data, its figures told with day and source`() async throws {
        try await Scene.withFolder { folder in
            let base = ["--database", folder + "/a.sqlite", "--plan", Scene.haiPhong]
            let sample = Scene.repository.appendingPathComponent("Tests/FiguresTests/Samples/BHXH_10_2026.csv").path
            #expect(try await Executable.run(["figures", "import", sample] + base, in: folder).status == 0)
            let write = ["paper", "write", "bao-cao-xa", "--unit", "10507", "--output", "bc.docx"] + base
            let outcome = try await Executable.run(write + ["--period", "2026-Q4", "--json"], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try outcome.json([String: Any].self)
            #expect(answer["unit"] as? String == "10507" && answer["period"] as? String == "2026-Q4")
            let figures = try #require(answer["figures"] as? [[String: Any]])
            #expect(!figures.isEmpty && figures.allSatisfy { ($0["source"] as? String)?.isEmpty == false })
            let total = try #require(figures.first { $0["place"] as? String == "total" })
            #expect(total["day"] as? String == "2026-10-31" && total["source"] as? String == "Tệp BHXH_10_2026.csv")
            let bytes = FileManager.default.contents(atPath: folder + "/bc.docx") ?? Data()
            #expect(bytes.starts(with: Data("PK".utf8)))

            #expect(try await Executable.run(write + ["--period", "2026-13"], in: folder).status == 64)
            let nobody = ["paper", "write", "bao-cao-xa", "--unit", "khong-co", "--output", "x.docx"] + base
            #expect(try await Executable.run(nobody, in: folder).status == 64)
            let stranger = ["paper", "write", "bao-cao-xa", "--unit", "so-noi-vu", "--output", "x.docx"] + base
            #expect(try await Executable.run(stranger, in: folder).status == 1)
        }
    }
}
