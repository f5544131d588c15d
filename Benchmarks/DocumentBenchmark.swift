import Documents
import Foundation
import Tabular

/// The year's report as DOCX and XLSX, and 114 communes' reports in one archive.
struct DocumentBenchmark {
    private struct Content: Encodable {
        let paragraphs: [String]
        let heads: [String]
        let rows: [[String]]
        let charts: [String]
    }

    func run() throws {
        let folder = URL(fileURLWithPath: "templates")
        func template(_ name: String) throws -> DocumentTemplate {
            try DocumentTemplate(
                String(contentsOf: folder.appendingPathComponent("\(name).yaml"), encoding: .utf8))
        }
        let year = try template("bao-cao-nam-thanh-pho")
        let data = Self.cityData()
        let report = try seconds(5) {
            let document = try year.document(data)
            _ = try WordWriter.bytes(of: document, properties: .init(title: "Báo cáo năm"))
            _ = try SheetBook.bytes(of: document)
        }
        let document = try year.document(data)
        let texts = document.body.compactMap { block -> String? in
            switch block {
            case .text(let text), .heading(let text), .complete(let text), .note(let text): text
            default: nil
            }
        }
        let units = data.tables["units"]
        let content = Content(
            paragraphs: texts, heads: units?.columns ?? [], rows: (units?.rows ?? []).map { $0.map(\.words) },
            charts: document.body.compactMap { if case .chart(let graph) = $0 { graph.kind.rawValue } else { nil } })
        if let peer = try Peer.run("report.py", content), let theirs = peer["seconds"] {
            print(
                "year's report, DOCX and XLSX, \(units?.rows.count ?? 0) rows, \(content.charts.count) charts: \(AllocationBenchmark.words(report)), ratio to python-docx and openpyxl \(Spread.text(report / theirs))"
            )
        } else {
            print(
                "year's report, DOCX and XLSX: \(AllocationBenchmark.words(report)); python-docx not installed (Benchmarks/peers/setup.sh)"
            )
        }

        let commune = try template("bao-cao-xa")
        let own = Self.communeData()
        var size = 0
        let batch = try seconds(3) {
            let parts = try (0..<114).map { number in
                ZipWriter.Part(
                    "\(number).docx",
                    try WordWriter.bytes(of: try commune.document(own), properties: .init(title: "\(number)")))
            }
            size = try ZipWriter.bytes(of: parts).count
        }
        print(
            "114 communes' reports in one archive (\(size >> 10) KB): \(AllocationBenchmark.words(batch)) (wanted 10 s)"
        )
    }

    private static func months() -> DocumentData.Table {
        .init(
            columns: ["month", "total", "voluntary", "expected"],
            rows: (1...12).map {
                [
                    .text("T\($0)"), .number(1_100_000 + $0 * 7_000), .number(80_000 + $0 * 1_500),
                    .number(1_110_000 + $0 * 6_000),
                ]
            })
    }

    private static func schemes() -> DocumentData.Table {
        .init(
            columns: ["name", "before", "people", "difference", "target", "percent"],
            rows: ["BHXH bắt buộc", "BHXH tự nguyện", "Tổng số"].map {
                [
                    .text($0), .number(490_000), .number(500_000), .number(10_000), .number(520_000),
                    .decimal(96.2, places: 1),
                ]
            })
    }

    private static func cityData() -> DocumentData {
        let columns = [
            "code", "name", "targetTotal", "total", "percentTotal", "expectedTotal", "targetVoluntary", "voluntary",
            "percentVoluntary", "note",
        ]
        func rows(_ count: Int) -> [[DocumentData.Value]] {
            (0..<count).map { number in
                [
                    .text("\(10_500 + number)"), .text("phường Số \(number)"), .number(10_000 + number * 37),
                    .number(9_800 + number * 36), .decimal(97.5, places: 1), .number(9_900 + number * 36),
                    .number(900 + number), .number(850 + number), .decimal(94.4, places: 1), .empty,
                ]
            }
        }
        return DocumentData(
            fields: [
                "year": "2026", "period": "năm 2026", "total": "1.177.531", "documentYear": "2026", "hasOrder": "1",
                "shortTitle": "20 đơn vị còn thiếu nhiều nhất",
            ],
            tables: [
                "months": months(), "schemes": schemes(), "units": .init(columns: columns, rows: rows(114)),
                "best": .init(columns: columns, rows: rows(10)), "behind": .init(columns: columns, rows: rows(10)),
                "short": .init(columns: columns, rows: rows(20)),
                "groups": .init(
                    columns: ["code", "name", "due", "done", "waiting", "late"],
                    rows: ["I", "II", "III", "IV", "V"].map {
                        [.text($0), .text("Công tác chỉ đạo"), .number(9), .number(5), .number(1), .number(3)]
                    }),
            ])
    }

    private static func communeData() -> DocumentData {
        DocumentData(
            fields: [
                "year": "2026", "period": "quý III năm 2026", "communeName": "phường Hải Dương", "hasTasks": "1",
                "asOf": "ngày 30/09/2026",
            ],
            tables: [
                "months": months(), "schemes": schemes(),
                "tasks": .init(
                    columns: ["code", "name", "period", "due", "state", "product"],
                    rows: (1...12).map {
                        [
                            .text("II.\($0)"), .text("Tổ chức vận động, phát triển người tham gia"),
                            .text("quý III/2026"), .empty, .text("Hoàn thành"), .text("Báo cáo"),
                        ]
                    }),
            ])
    }

    private func seconds(_ runs: Int, _ work: () throws -> Void) rethrows -> Double {
        var times: [Double] = []
        for _ in 0..<runs {
            let begin = ContinuousClock.now
            try work()
            let taken = begin.duration(to: .now).components
            times.append(Double(taken.seconds) + Double(taken.attoseconds) / 1e18)
        }
        return Spread(times).median
    }
}
