import Foundation
import Testing

@testable import Linkage

@Suite
struct SuggestionTests {
    @Test
    func `settings suggested from the data alone find nearly all`() async throws {
        let people = People(3_000, shared: 800, seed: 13)
        // The right list names its columns otherwise.
        let right = Data(
            (["id,ten_nnt,ngay_sinh,mst,gioi_tinh"] + people.right.map { $0.joined(separator: ",") }).joined(
                separator: "\n"
            ).utf8)
        let left = LinkList(name: "l", content: People.csv(people.left))
        let suggestion = try await Suggestion(
            left: left, right: LinkList(name: "r", content: right), id: nil, threads: 2)
        let columns = suggestion.settings.columns
        #expect(columns["name"]?.kind == .personName && columns["name"]?.right == "ten_nnt")
        #expect(columns["birth"]?.kind == .date && columns["birth"]?.right == "ngay_sinh")
        #expect(columns["cccd"]?.kind == .identifier && columns["cccd"]?.right == "mst")
        #expect(suggestion.settings.id == "id")
        let result = try await Linker(suggestion.settings).link([left, LinkList(name: "r", content: right)])
        #expect(try #require(people.evaluation(of: result).best).f1 > 0.97)
    }

    static let kinds: [(String, [String], ColumnKind)] = [
        ("ho_ten", ["Nguyễn Văn An", "Trần Thị Lan", "Lê Hữu Phước"], .personName),
        ("given_name", ["james", "mary", "lachlan"], .namePart),
        ("ngay_sinh", ["12/03/1990", "1/2/1985", "1970"], .date),
        ("dob", ["19900312", "19850201", "19700101"], .date),
        ("so_dien_thoai", ["0912345678", "0912 345 679", "84912345671"], .phone),
        ("mail", ["a@b.vn", "c@d.com", "e@f.org"], .email),
        ("don_vi", ["Công ty TNHH An", "CÔNG TY CP BÌNH", "DNTN Châu"], .organisation),
        ("dia_ban", ["Xã An Phú", "Phường Hồng Bàng", "Xã Kẻ Sặt"], .commune),
        ("dia_chi", ["12 Lê Lợi, tổ 3", "Số 5, thôn Đông", "Xóm 4"], .text),
        ("cccd", ["031090123456", "031190654321", "030085111222"], .identifier),
        ("dob", ["1664-03-12", "1701-11-30", "1899-01-01"], .date),
        ("amount", ["593.25", "-71.7", "830.40"], .number),
        ("postcode", ["lm28 6ht", "ch17 3uq", "ec1a 4bb"], .code),
    ]

    @Test(arguments: kinds.indices)
    func `the kind of a column is seen from its name and values`(index: Int) async throws {
        let (name, values, kind) = Self.kinds[index]
        let rows = (0..<60).map {
            "\($0),\(PairFile.quoted(values[$0 % values.count] + ($0 < 57 || kind != .text ? "" : " \($0)")))"
        }
        let profile = try await FileProfile(
            LinkList(name: "f", content: Data((["stt,\(name)"] + rows).joined(separator: "\n").utf8)), threads: 1)
        // Many rows of three values read as a category unless they say better.
        #expect(profile.columns[1].kind == kind || profile.columns[1].kind == .category && kind == .text)
        #expect(profile.columns[1].distinct <= 6 && profile.columns[1].filled == 60)
    }

    @Test
    func `a name beside its parts is compared by the parts alone`() async throws {
        let people = People(400, shared: 10, seed: 4)
        let rows = people.left.map { row in
            let words = row[1].split(separator: " ")
            return ([row[0], row[1], String(words[0]), words.dropFirst().joined(separator: " ")] + row.dropFirst(2))
                .joined(separator: ",")
        }
        let text = (["id,full_name,surname,given_name,birth,cccd,sex"] + rows).joined(separator: "\n")
        let suggestion = try await Suggestion(
            left: LinkList(name: "l", content: Data(text.utf8)), right: nil, id: "id", threads: 1)
        let compared = suggestion.settings.comparisons?.map(\.column)
        #expect(compared?.contains("full_name") == false && compared?.contains("given_name") == true)
        #expect(suggestion.settings.columns["full_name"] != nil, "it still blocks")
    }

    @Test
    func `what Telex and VNI leave in names is read as the name that was meant`() async throws {
        let names = (0..<200).map { "Nguyễn Văn \(People.givens[$0 % 30])" }
        for (typed, meant) in [("Nguyeenx Vawn Lan", "nguyen van lan"), ("Nguye6n4 Va8n Lan", "nguyen van lan")] {
            #expect(try await Levels.first(of: ["folded"], .personName, typed, meant, with: names) == "folded")
        }
        let western = (0..<200).map { _ in "James Moore" }
        #expect(
            try await Levels.first(of: ["folded"], .personName, "Jame More", "James Moore", with: western) == "else")
    }

    @Test
    func `a column that is not there, or nothing to go by, is said`() async {
        let list = LinkList(name: "f.csv", content: Data("ma,x\n1,a\n2,a\n".utf8))
        await #expect(throws: RecordFileError.missingColumn("mã", file: "f.csv", nearest: "ma")) {
            _ = try await Suggestion(left: list, right: nil, id: "mã", threads: 1)
        }
        await #expect(throws: SettingsError.self) {
            _ = try await Suggestion(left: list, right: nil, id: "ma", threads: 1)
        }
    }

    @Test
    func `a model that Splink saved is read, or refused with the condition that has no like`() throws {
        func json(_ condition: String) -> Data {
            Data(
                """
                {"link_type": "link_only", "unique_id_column_name": "uid", "probability_two_random_records_match": 0.001,
                 "blocking_rules_to_generate_predictions": [{"blocking_rule": "(l.\\"surname\\" = r.\\"surname\\") AND (SUBSTR(l.dob, 1, 4) = SUBSTR(r.dob, 1, 4))", "sql_dialect": "duckdb"}],
                 "comparisons": [{"output_column_name": "surname", "comparison_levels": [
                    {"sql_condition": "\\"surname_l\\" IS NULL OR \\"surname_r\\" IS NULL", "is_null_level": true},
                    {"sql_condition": "\\"surname_l\\" = \\"surname_r\\"", "m_probability": 0.8, "u_probability": 0.01, "tf_adjustment_column": "surname"},
                    {"sql_condition": "\(condition)", "m_probability": 0.15, "u_probability": 0.02},
                    {"sql_condition": "ELSE", "m_probability": 0.05, "u_probability": 0.97}]}]}
                """.utf8)
        }
        let (model, notes) = try SplinkModel.read(
            json(#"jaro_winkler_similarity(\"surname_l\", \"surname_r\") >= 0.88"#))
        #expect(
            model.comparisons.first?.levels.map(\.condition) == [
                "folded(surname)", "jaro-winkler(surname) >= 0.88", "else",
            ])
        #expect(model.comparisons.first?.levels.first?.m == 0.8)
        #expect(model.settings.blocking == ["fold(surname) & prefix(dob, 4)"])
        #expect(model.settings.id == "uid" && model.settings.comparisons?.first?.levels?.first?.frequency == true)
        #expect(!notes.isEmpty)
        #expect(
            performing: { _ = try SplinkModel.read(json("array_intersect(a_l, a_r) >= 1")) },
            throws: { "\($0)".contains("array_intersect") })
        #expect(throws: SettingsError.self) { _ = try SplinkModel.read(Data("{}".utf8)) }
    }

    @Test
    func `random settings are carried out or refused, and never crash`() async {
        var generator = SplitMix(state: 77)
        func pick<T>(_ values: [T]) -> T { values[Int(generator.next() % UInt64(values.count))] }
        let people = People(40, shared: 20, seed: 2)
        let pieces = [
            "exact", "folded", "given", "name", "birth", "cccd", "sex", "(", ")", "<=", ">=", "0.9", "2", "and", "or",
            "not", ",", "&",
            "damerau", "jaro-winkler", "year", "prefix", "tokens", "swapped", "broken", "within", "neighbour", "-1",
            "é",
        ]
        func words() -> String { (0..<Int(generator.next() % 6) + 1).map { _ in pick(pieces) }.joined(separator: " ") }
        for _ in 0..<400 {
            var settings = People.settings
            for name in ["name", "birth", "cccd", "sex"] { settings.columns[name]?.kind = pick(ColumnKind.allCases) }
            settings.blocking = pick([["cccd"], [words()], [words(), words()]])
            if generator.next() % 2 == 0 { settings.sure = (try? Condition(words())).map { [$0] } }
            if generator.next() % 3 == 0 {
                settings.comparisons = [
                    .init(
                        name: "c", column: pick(["name", "birth", "x"]),
                        levels: [try? Condition(words()), try? Condition(words())].compactMap(\.self).map {
                            .init($0, frequency: true)
                        })
                ]
            }
            settings.threshold = pick([nil, 0, -.infinity, .nan, 1e300])
            settings.largestBlock = pick([nil, 0, 5, -1])
            settings.memoryForPairs = pick([nil, 0, -5])
            settings.oneToOne = pick([nil, true, false])
            settings.bestLink = pick([nil, true])
            settings.prior = pick([nil, PriorSettings(rules: [words()], recall: 0.5)])
            _ = try? await people.link(settings)
        }
    }
}
