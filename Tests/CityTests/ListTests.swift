@testable import City
import Formats
import Foundation
import Kernel
import Tabular
import Testing

@Suite
struct ListTests {
    /// Rows of the truth by file, then by sheet and row.
    private func records(_ made: TestCity.Made) throws -> [String: [String: String]] {
        try made.truth("records").reduce(into: [:]) { records, row in
            records[row["file"] ?? "", default: [:]]["\(row["sheet"] ?? "")/\(row["row"] ?? "")"] = row["entity"] ?? ""
        }
    }

    @Test
    func `each row of a list stands where the truth says it does, and no other row looks like one`() async throws {
        let made = try await TestCity.made.value
        let records = try records(made)
        #expect(made.lists.count > 50)
        for file in made.lists {
            let told = records[file.name] ?? [:]
            #expect(told.count == file.rows, "\(file.name)")
            // A declaration's rows are elements: its reader counts them as the truth does.
            guard !file.name.hasSuffix(".xml") else {
                let records = try XMLRecords(RowSource(file: "\(made.path)/\(file.name)"), record: "BKeCTietCNhan")
                while try records.next() != nil { #expect(told["/\(records.number)"] != nil, "\(file.name)") }
                #expect(records.number == told.count && records.outside["mst"]?.isEmpty == false)
                continue
            }
            let reader = try RowSource(file: "\(made.path)/\(file.name)").open(limits: .rows)
            var found = 0
            var others: [String] = []
            while let sheet = try reader.nextSheet() {
                while try reader.nextRow() {
                    if told["\(sheet)/\(reader.number)"] != nil {
                        found += 1
                    } else {
                        others.append(reader[1].shown)
                    }
                }
            }
            #expect(found == told.count, "\(file.name)")
            // Titles, headings, numbers of columns, totals.
            #expect(others.allSatisfy { $0.isEmpty || Int($0) == nil }, "\(file.name)")
        }
    }

    @Test
    func `residents stand under their own numbers, most under their own names`() async throws {
        let made = try await TestCity.made.value
        let persons = try made.truth("persons").reduce(into: [String: [String: String]]()) {
            $0[$1["entity"] ?? ""] = $1
        }
        let name = "cong-an-thanh-pho/population-2026-09.csv"
        let told = try #require(try records(made)[name])
        let reader = try RowSource(file: "\(made.path)/\(name)").open(limits: .rows)
        _ = try reader.nextSheet()
        var (rows, same) = (0, 0)
        while try reader.nextRow() {
            guard let entity = told["/\(reader.number)"] else { continue }
            rows += 1
            #expect(persons[entity]?["personal_id"] == reader[1].shown)
            if persons[entity]?["name"] == reader[2].shown { same += 1 }
        }
        #expect(rows == made.outcome.residents)
        #expect(same * 100 > rows * 95 && same < rows)
    }

    @Test
    func `what goes wrong keeps to its rates`() async throws {
        let made = try await TestCity.made.value
        let rates = try CityTables().dirt
        var tried = 0
        for row in try made.truth("dirt") {
            let file = row["file"] ?? ""
            let key = String(file.split(separator: "/")[1]).replacing(/-\d{4}(-\d{2})?\.(csv|xlsx|xml)$/, with: "")
            let dirt = try #require(Dirt(rawValue: row["dirt"] ?? ""))
            let (rows, touched) = try (#require(Double(row["rows"] ?? "")), #require(Double(row["touched"] ?? "")))
            let rate = rates.of(key)[dirt.place]
            if rate == 0 { #expect(touched == 0) }
            guard rows >= 200 else { continue }
            tried += 1
            // Five deviations: one in a million goes further by chance.
            #expect(abs(touched - rate * rows) <= 5 * (rows * rate * (1 - rate)).squareRoot() + 1, "\(file) \(dirt)")
        }
        #expect(tried > 100)
    }

    @Test
    func `our formats read the lists whole`() async throws {
        let made = try await TestCity.made.value
        let place = TestCity.root.appendingPathComponent("formats")
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        let formats = FormatFolder.load(names) { name in
            (try? Data(contentsOf: place.appendingPathComponent(name))).map { [UInt8]($0) }
        }
        #expect(formats.faults.isEmpty)
        let today = try #require(Day("2026-11-29"))
        var read = 0
        for list in CityLists.all(try TestCity.plan(scale: 0.002, seed: 7)) {
            guard let format = formats.formats[list.key] else { continue }
            let reader = try FormatReader(
                RowSource(file: "\(made.path)/\(list.name)"), format: format, context: ReadingContext(today: today))
            var (taken, returned) = (0, 0)
            while let outcome = try reader.next() {
                switch outcome {
                case .taken: taken += 1
                case .returned: returned += 1
                }
            }
            let rows = try #require(made.lists.first { $0.name == list.name }).rows
            #expect(taken + returned == rows, "\(list.name)")
            #expect(returned * 20 <= rows, "\(list.name)")
            read += 1
        }
        #expect(read > 0)
    }

    @Test
    func `hasty hands change a name and leave a name`() {
        var draws = Draws(1, .dirt, 1)
        #expect(DirtyText.flat("Đỗ Thị Thuỷ") == "Do Thi Thuy")
        #expect(DirtyText.withoutMiddle("Nguyễn Thị Thu Lan") == "Nguyễn Lan")
        #expect(DirtyText.turned("Nguyễn Văn An") == "An Nguyễn Văn")
        #expect(DirtyText.otherTone("Trần Hoà Thuý") == "Trần Hòa Thúy")
        #expect(DirtyText.otherTone("Lê Quý") == "Lê Quý")
        for _ in 0..<200 {
            #expect(DirtyText.typo("Nguyễn Văn An", &draws) != "Nguyễn Văn An")
            let number = DirtyText.digitTypo("031084000001", &draws)
            #expect(number.count == 12 && number != "031084000001" && number.hasPrefix("0"))
        }
    }
}
