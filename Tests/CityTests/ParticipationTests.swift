import City
import Foundation
import Kernel
import Testing

@Suite
struct ParticipationTests {
    private static let came = ["new", "returned", "moved_in", "converted_in"]
    private static let left = ["stopped", "one_off", "pension", "death", "moved_out", "converted_out"]

    @Test
    func `stock and flow balance, and each closing opens the next month`() async throws {
        let flows = try await TestCity.made.value.truth("flows")
        #expect(flows.count == 24 * 114 * 2)
        var closing: [String: Int] = [:]
        var seen: [String: Int] = [:]
        for row in flows {
            let counts = row.compactMapValues { Int($0) }
            let key = "\(row["commune"] ?? "") \(row["scheme"] ?? "")"
            let came = Self.came.reduce(0) { $0 + (counts[$1] ?? 0) }
            let left = Self.left.reduce(0) { $0 + (counts[$1] ?? 0) }
            let (opening, end) = try (#require(counts["opening"]), #require(counts["closing"]))
            #expect(opening + came - left == end)
            if let before = closing[key] { #expect(before == opening) }
            closing[key] = end
            for column in Self.came + Self.left { seen[column, default: 0] += counts[column] ?? 0 }
        }
        for column in Self.came + Self.left { #expect((seen[column] ?? 0) > 0, "\(column)") }
        #expect(seen["moved_in"] == seen["moved_out"] && seen["converted_in"] == seen["converted_out"])
    }

    @Test
    func `the stock of a month is the people whose spells cover it`() async throws {
        let made = try await TestCity.made.value
        let spells = try made.truth("spells")
        for month in ["2024-10", "2025-06", "2026-09"] {
            let covered = spells.filter {
                ($0["from"] ?? "") <= month && (($0["to"] ?? "").isEmpty || ($0["to"] ?? "") >= month)
            }
            #expect(Set(covered.compactMap { $0["person"] }).count == covered.count)
            let closing = try made.truth("flows").filter { $0["month"] == month }.compactMap {
                $0["closing"].flatMap { Int($0) }
            }
            #expect(closing.reduce(0, +) == covered.count, "\(month)")
        }
        #expect(made.outcome.compulsory + made.outcome.voluntary == spells.count { ($0["to"] ?? "").isEmpty })
    }

    @Test
    func `about as many take part as in the real city, and Januaries are weak`() async throws {
        let made = try await TestCity.made.value
        let residents = Double(made.outcome.residents)
        #expect((0.19...0.26).contains(Double(made.outcome.compulsory) / residents))
        #expect((0.014...0.032).contains(Double(made.outcome.voluntary) / residents))
        let stops = try made.truth("flows").filter { $0["scheme"] == "voluntary" }.reduce(into: [String: Int]()) {
            $0[$1["month"] ?? "", default: 0] += Int($1["stopped"] ?? "") ?? 0
        }
        let january = (stops["2025-01"] ?? 0) + (stops["2026-01"] ?? 0)
        #expect(january * 2 > stops.values.reduce(0, +) - january)
    }

    @Test
    func `an account opens with what it closed with the month before`() async throws {
        let made = try await TestCity.made.value
        func lines(_ month: String, _ number: String) throws -> [String: String] {
            let text = try String(
                contentsOfFile: "\(made.path)/bhxh-thanh-pho/c12-ts-\(month).csv", encoding: .utf8)
            return text.split(whereSeparator: \.isNewline).reduce(into: [:]) { found, line in
                let cells = line.split(separator: ";", omittingEmptySubsequences: false)
                if cells.count == 10, cells[2] == number { found[String(cells[0])] = String(cells[9]) }
            }
        }
        for (before, month) in [("2026-07", "2026-08"), ("2026-08", "2026-09")] {
            let (closing, opening) = try (lines(before, "Đ.2"), lines(month, "A.2"))
            #expect(opening.count > 20)
            var owing = 0
            for (unit, amount) in opening {
                #expect(closing[unit].map { $0 == amount } ?? true, "\(unit)")
                if amount != "0" { owing += 1 }
            }
            #expect(owing > 0)
        }
    }
}
