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
    func `who agencies are in documents is told, with where it comes from`() async throws {
        try await Scene.withFolder { folder in
            let base = ["--database", folder + "/a.sqlite", "--plan", Scene.haiPhong]
            let outcome = try await Executable.run(
                ["paper", "heads", "--json", "--day", "2027-01-04"] + base, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let heads = try outcome.json([[String: Any]].self)
            let affairs = try #require(heads.first { $0["agency"] as? String == "so-noi-vu" })
            #expect(affairs["symbol"] as? String == "SNV" && affairs["source"] as? String == "folder")
            #expect(try await Executable.run(["paper", "heads", "--day", "mai"] + base, in: folder).status == 64)
        }
    }

    @Test
    func `a letter about a task is written by the agency that leads it`() async throws {
        try await Scene.withFolder { folder in
            let base = ["--database", folder + "/a.sqlite", "--plan", Scene.haiPhong]
            let write = [
                "paper", "write", "van-ban-phoi-hop-chia-se-du-lieu", "--unit", "thue-thanh-pho", "--task", "II.8",
                "--period", "2027", "--output", "cv.docx", "--json",
            ]
            // The lists' own begin the form; what none of them fits is asked.
            let lacking = try await Executable.run(write + ["--field", "dataSet=khac"] + base, in: folder)
            #expect(
                lacking.status == 65 && lacking.errors.contains("--field dataFields"), "the fields to share are asked")
            let unknown = try await Executable.run(write + ["--field", "datafields=x"] + base, in: folder)
            #expect(unknown.status == 64 && unknown.errors.contains("dataFields"), "\(unknown.errors)")
            let outcome = try await Executable.run(
                write + ["--field", "dataFields=Mã số thuế; chữ; hồ sơ thuế"] + base, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let answer = try outcome.json([String: Any].self)
            #expect(answer["unit"] as? String == "thue-thanh-pho" && answer["period"] as? String == "2027")
            #expect((FileManager.default.contents(atPath: folder + "/cv.docx") ?? Data()).starts(with: Data("PK".utf8)))
        }
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

            // A report from a board tells the day and source of each figure of its own.
            let report = ["paper", "write", "bao-cao-nam-hai-bo", "--unit", "so-noi-vu", "--output", "nam.docx"] + base
            let told = try await Executable.run(report + ["--period", "2026", "--json"], in: folder)
            #expect(told.status == 0, "\(told.errors)")
            let marked = try #require(try told.json([String: Any].self)["figures"] as? [[String: Any]]).filter {
                ($0["place"] as? String ?? "").hasPrefix("sources/")
            }
            #expect(marked.contains { ($0["source"] as? String ?? "").contains("10/2026") })
            #expect(marked.allSatisfy { ($0["day"] as? String)?.isEmpty == false })

            #expect(try await Executable.run(write + ["--period", "2026-13"], in: folder).status == 64)
            let nobody = ["paper", "write", "bao-cao-xa", "--unit", "khong-co", "--output", "x.docx"] + base
            #expect(try await Executable.run(nobody, in: folder).status == 64)
            let stranger = ["paper", "write", "bao-cao-xa", "--unit", "so-noi-vu", "--output", "x.docx"] + base
            #expect(try await Executable.run(stranger, in: folder).status == 1)
        }
    }
}
