import Foundation
import Testing

@testable import Linkage

@Suite
struct ConditionTests {
    typealias Case = (kind: ColumnKind, left: String, right: String, conditions: [String], expected: String)

    static let cases: [Case] = [
        (.personName, "Lý Thị Mỹ", "Lí Thị Mĩ", ["exact"], "exact"),
        (.personName, "Nguyễn Thị Thúy", "Nguyễn Thị Thúi", ["exact", "folded"], "else"),
        (.personName, "Hoà", "hòa", ["exact"], "exact"),
        (.personName, "Bà Nguyễn Thị Lan", "Nguyễn Thị Lan", ["exact"], "exact"),
        (.personName, "Ba Van Lan", "Van Lan", ["exact"], "else"),
        (.personName, "NGUYEN THI LAN", "Nguyễn Thị Lan", ["exact", "folded"], "folded"),
        (.personName, "Nguyễn Lan", "Nguyễn Thị Lan", ["folded", "contained"], "contained"),
        (.personName, "Trần Thị Lan", "Nguyễn Thị Lan", ["folded", "contained", "given"], "given"),
        (.personName, "Trần Văn Lan", "Trần Thị Lan", ["ends"], "ends"),
        (.personName, "Trần Văn Lan", "Trịnh Vân Lâm", ["initials"], "initials"),
        (.personName, "Lan Nguyễn Thị", "Nguyễn Thị Lan", ["folded", "letters"], "letters"),
        (.personName, "NguyễnThị Lan", "Nguyễn Thị Lan", ["folded", "letters"], "letters"),
        (.personName, "Nguyễn Thị Lan", "Nguyễn Thị Lam", ["folded", "letters"], "else"),
        (.personName, "N. T. Lan", "Nguyễn Thị Lan", ["folded", "abbreviated"], "abbreviated"),
        (.personName, "N. Lan", "Nguyễn Thị Lan", ["abbreviated"], "else"),
        (.personName, "Trần T. Lan", "Nguyễn Thị Lan", ["abbreviated"], "else"),
        (.text, "invoice acme too", "invoice acme tools no 7", ["folded", "cut-off"], "cut-off"),
        (.text, "fee", "fee lake hotel", ["cut-off"], "else"),
        (.date, "1664-03-12", "12/03/1664", ["exact"], "exact"),
        (.date, "03/02/1990", "1990-03-02", ["exact", "swapped"], "swapped"),
        (.date, "01/01/1990", "05/06/1990", ["exact", "year-only"], "year-only"),
        (.date, "31/12/1989", "02/01/1990", ["year", "days <= 3"], "days <= 3"),
        (.date, "31/12/1989", "02/01/1990", ["months <= 1"], "months <= 1"),
        (.date, "01/12/1989", "02/03/1990", ["months <= 2", "months <= 3"], "months <= 3"),
        (.identifier, "31099012345", "031099012345", ["exact"], "exact"),
        (.identifier, "031099012345", "031099012354", ["exact", "damerau <= 1"], "damerau <= 1"),
        (.identifier, "031099012345", "030123456", ["exact", "damerau <= 2", "shorter"], "shorter"),
        (.phone, "+84 912 345 678", "0912345678", ["exact"], "exact"),
        (.email, "Lan@vnu.edu.vn", "lan@gmail.com", ["exact", "local"], "local"),
        (
            .organisation, "CÔNG TY TNHH TM MINH ANH", "Cty trách nhiệm hữu hạn Thương mại Minh Anh", ["folded"],
            "folded"
        ),
        (
            .organisation, "Công ty CP Minh Anh", "Chi nhánh Công ty CP Minh Anh", ["folded", "tokens >= 0.6"],
            "tokens >= 0.6"
        ),
        (.organisation, "Công ty TNHH", "Công ty TNHH", ["folded"], "folded"),
        (.commune, "Phường Hồng Bàng", "P. Hồng Bàng", ["exact"], "exact"),
        (.list, "xây dựng; vận tải", "Vận tải | Thuỷ sản", ["exact", "tokens >= 0.5", "shares"], "shares"),
        (.list, "a b;c", "c;a b", ["exact"], "exact"),
        (.number, "100", "104", ["exact", "within <= 0.05"], "within <= 0.05"),
        (.text, "12 Lê Lợi", "Lê Lợi 12", ["exact", "tokens >= 1"], "tokens >= 1"),
        (.text, "abc", "", ["exact"], "null"),
        (.text, "abc", "abd", ["exact", "prefix(v, 2)"], "prefix(v, 2)"),
        (.text, "abc", "xyz", ["exact or damerau <= 3"], "exact or damerau <= 3"),
        (.text, "abc", "abd", ["damerau <= 1 and not exact"], "damerau <= 1 and not exact"),
    ]

    @Test(arguments: cases.indices)
    func `each condition holds where it should`(index: Int) async throws {
        let one = Self.cases[index]
        #expect(
            try await Levels.first(of: one.conditions, one.kind, one.left, one.right) == one.expected,
            "\(one.left) – \(one.right)")
    }

    @Test
    func `levels in a row of one distance answer as they would one by one`() async throws {
        var generator = SplitMix(state: 3)
        let letters = Array("abcde ")
        func word() -> String {
            String((0..<Int(generator.next() % 12) + 1).map { _ in letters[Int(generator.next() % 6)] })
        }
        for _ in 0..<120 {
            let (left, right) = (word(), word())
            for conditions in [
                ["damerau <= 1", "damerau <= 2", "damerau <= 4"],
                ["jaro-winkler >= 0.95", "jaro-winkler >= 0.8", "jaro-winkler >= 0.6"],
            ] {
                // A joined level does not join its neighbours.
                let apart = conditions.map { "\($0) and \($0)" }
                let joined = try await Levels.first(of: conditions, .text, left, right)
                let single = try await Levels.first(of: apart, .text, left, right)
                #expect(
                    (conditions.firstIndex(of: joined) ?? -1) == (apart.firstIndex(of: single) ?? -1),
                    "\(left) – \(right)")
            }
        }
    }

    @Test
    func `no pair is passed over unread that a distance would take`() async throws {
        var generator = SplitMix(state: 5)
        for kind in [ColumnKind.text, .identifier] {
            let letters = Array(kind == .text ? "abcxyz0189 -" : "0123456789")
            let words = (0..<60).map { _ in
                String(
                    (0..<Int(generator.next() % 70) + 1).map { _ in
                        letters[Int(generator.next() % UInt64(letters.count))]
                    })
            }
            let data = try await Levels.data(kind, words, words)
            let texts = data.columns[0].pinned.texts
            for first in 1..<UInt32(data.columns[0].values.folded.count) {
                for second in 1..<UInt32(data.columns[0].values.folded.count)
                where !texts[first].isEmpty && !texts[second].isEmpty {
                    let similarity = StringDistance.jaroWinkler(texts[first], texts[second])
                    #expect(
                        Texts.Similarity(least: similarity).mayHold(texts.entries[first], texts.entries[second]))
                    let distance = StringDistance.damerauLevenshtein(texts[first], texts[second])
                    if max(texts[first].count, texts[second].count) <= 64 {
                        #expect(texts.mayBeNear(first, second, most: distance))
                    }
                }
            }
        }
    }

    @Test
    func `old communes and neighbours are known from tables`() async throws {
        let areas = AreaKnowledge(
            neighbours: [("Thành Đông", "Hải Dương")],
            successors: [("Phường Cẩm Thượng", "Thành Đông"), ("Phường Bình Hàn", "Thành Đông")])
        func level(_ left: String, _ right: String) async throws -> String {
            try await Levels.first(of: nil, .commune, left, right, areas: areas)
        }
        #expect(try await level("phường Thành Đông", "Thành Đông") == "folded")
        #expect(try await level("Phường Cẩm Thượng", "Phường Thành Đông") == "successor")
        #expect(try await level("P. Cẩm Thượng", "Phường Bình Hàn") == "successor")
        #expect(try await level("Thành Đông", "Phường Hải Dương") == "neighbour")
        #expect(try await level("Thành Đông", "Đồ Sơn") == "else")
    }

    @Test
    func `a number that fails its check says less where the column's numbers carry one`() async throws {
        // Tax codes of real firms; the last has its check digit changed.
        let right = [
            "0100112437", "0100109106", "0100686174", "0101248141", "0300588569", "0100107518", "0100150619",
            "0100111948", "0104093672", "0200109237",
        ]
        let good = right.filter { code in
            let digits = code.utf8.map { Int($0) - 48 }
            let sum = zip([31, 29, 23, 19, 17, 13, 7, 5, 3], digits).reduce(0) { $0 + $1.0 * $1.1 }
            return digits[9] == 10 - sum % 11
        }
        try #require(good.contains("0100112437"), "the example of the checks")
        let many = (0..<30).compactMap { index -> String? in
            let head = "02\(1_000_000 + index * 7_919)".prefix(9)
            let digits = head.utf8.map { Int($0) - 48 }
            let rest = zip([31, 29, 23, 19, 17, 13, 7, 5, 3], digits).reduce(0) { $0 + $1.0 * $1.1 } % 11
            return rest == 0 ? nil : "\(head)\(10 - rest)"
        }
        let level = try await Levels.first(of: nil, .identifier, "0100112437", "0987654321", with: many)
        #expect(level == "broken", "one of the two cannot be a tax code")
        #expect(
            try await Levels.first(of: nil, .identifier, "0100112437", "0987654321") != "broken",
            "too few to tell what they are")
    }

    @Test
    func `the zero that a spreadsheet took from a tax code is put back`() async throws {
        let codes = (0..<40).compactMap { index -> String? in
            let head = "02\(1_000_000 + index * 7_919)".prefix(9)
            let digits = head.utf8.map { Int($0) - 48 }
            let rest = zip([31, 29, 23, 19, 17, 13, 7, 5, 3], digits).reduce(0) { $0 + $1.0 * $1.1 } % 11
            return rest == 0 ? nil : "\(head)\(10 - rest)"
        }
        let code = try #require(codes.first)
        #expect(
            try await Levels.first(
                of: ["exact"], .identifier, code, String(code.dropFirst()), with: Array(codes.dropFirst())) == "exact")
        #expect(
            try await Levels.first(of: ["exact"], .identifier, "031234567", "0031234567") == "else",
            "an old number stays what it is")
    }

    @Test
    func `levels are told in the reader's words, joined ones too`() {
        for (condition, words) in [
            ("exact", "giống hoàn toàn"), ("year and (month or day)", "cùng năm và (cùng tháng hoặc cùng ngày)"),
            ("jaro-winkler(surname) >= 0.88", "gần giống (≥ 0,88) (surname)"),
            ("damerau <= 1 and not exact", "khác nhiều nhất 1 ký tự và không giống hoàn toàn"),
        ] {
            #expect(LevelWords.vietnamese(condition) == words)
        }
    }
}
