public import Foundation

/// Reads a model that Splink saved (`save_model_to_json`, versions 3 to 5), for the conditions that both know.
public enum SplinkModel {
    private struct File: Decodable {
        struct Comparison: Decodable {
            struct Level: Decodable {
                let sql_condition: String
                let is_null_level: Bool?
                let m_probability: Double?
                let u_probability: Double?
                let tf_adjustment_column: String?
            }

            let output_column_name: String?
            let comparison_levels: [Level]
        }

        struct Rule: Decodable {
            let text: String

            private enum Keys: String, CodingKey { case blocking_rule }

            init(from decoder: any Decoder) throws {
                if let text = try? decoder.singleValueContainer().decode(String.self) {
                    self.text = text
                } else {
                    text = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .blocking_rule)
                }
            }
        }

        let unique_id_column_name: String?
        let probability_two_random_records_match: Double?
        let comparisons: [Comparison]
        let blocking_rules_to_generate_predictions: [Rule]?
    }

    /// - Returns: the model, with every column of the kind `text`, and what could not be taken over as it is.
    /// - Throws: ``SettingsError`` for a condition that has no like here, by its comparison.
    public static func read(_ data: Data) throws -> (model: LinkModel, notes: [String]) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: data)
        } catch {
            throw SettingsError("không phải mô hình của Splink: cần comparisons với comparison_levels")
        }
        var columns: [String: ColumnSettings] = [:]
        var settings: [ComparisonSettings] = []
        var comparisons: [LinkModel.Comparison] = []
        var notes: [String] = []
        if let prior = file.probability_two_random_records_match, !(prior > 0 && prior <= 0.5) {
            throw SettingsError("phải lớn hơn 0 và không quá 0,5", at: ["probability_two_random_records_match"])
        }
        for comparison in file.comparisons {
            for level in comparison.comparison_levels {
                for chance in [level.m_probability, level.u_probability].compactMap(\.self)
                where !(0...1).contains(chance) {
                    throw SettingsError("\(chance) không phải là xác suất", at: [comparison.output_column_name ?? "?"])
                }
            }
            let conditions = try comparison.comparison_levels.filter { !($0.is_null_level ?? false) }.map { level in
                (
                    level: level,
                    condition: try condition(level.sql_condition, of: comparison.output_column_name ?? "?", &notes)
                )
            }
            let used = conditions.flatMap { $0.condition?.columns ?? [] }
            guard let column = used.first else { continue }
            for name in used { columns[name] = ColumnSettings(kind: .text) }
            let name = comparison.output_column_name ?? column
            let named = conditions.compactMap { level, condition in condition.map { (level: level, condition: $0) } }
            settings.append(
                ComparisonSettings(
                    name: name, column: column,
                    levels: named.map {
                        LevelSettings($0.condition, frequency: $0.level.tf_adjustment_column != nil)
                    }))
            let levels = named.map(\.level) + conditions.filter { $0.condition == nil }.map(\.level)
            for (index, level) in levels.enumerated() where level.m_probability == nil || level.u_probability == nil {
                notes.append("\(name), mức \(index + 1): Splink chưa huấn luyện; m hoặc u là giả định")
            }
            comparisons.append(
                LinkModel.Comparison(
                    name: name,
                    levels: zip(named.map(\.condition.description) + ["else"], levels).map { text, level in
                        LinkModel.Level(
                            condition: text, m: max(level.m_probability ?? 1 / Double(levels.count), Training.leastM),
                            u: max(level.u_probability ?? 1 / Double(levels.count), Training.leastU),
                            seenAmongMatches: level.m_probability != nil, seenAmongStrangers: level.u_probability != nil
                        )
                    }))
            guard levels.count == named.count + 1 else {
                throw SettingsError("mức cuối phải là ELSE", at: [name])
            }
        }
        let blocking = try (file.blocking_rules_to_generate_predictions ?? []).map { try rule($0.text, &columns) }
        guard !comparisons.isEmpty, !blocking.isEmpty else {
            throw SettingsError("mô hình của Splink không có phép so sánh hoặc quy tắc gom khối nào lấy sang được")
        }
        notes.append(
            "ở đây chữ được so sánh không phân biệt hoa thường và dấu, Splink so từng byte; hãy khai báo loại cột (kind) và huấn luyện lại để có lợi từ điều đó"
        )
        let model = LinkModel(
            settings: LinkSettings(
                id: file.unique_id_column_name ?? "unique_id", columns: columns, comparisons: settings,
                blocking: blocking),
            prior: min(max(file.probability_two_random_records_match ?? 1e-4, 1e-12), 0.5), comparisons: comparisons,
            steps: 0)
        return (model, notes)
    }

    /// SQL of one level as a condition of ours, parts joined by AND or OR; nil for ELSE.
    private static func condition(
        _ sql: String, of comparison: String, _ notes: inout [String]
    ) throws(SettingsError) -> Condition? {
        let plain = sql.trimmingCharacters(in: .whitespacesAndNewlines)
        if plain.uppercased() == "ELSE" { return nil }
        for (word, joined) in [(#/\sOR\s/#, Condition.or), (#/\sAND\s/#, Condition.and)] {
            let parts = plain.split(separator: word.ignoresCase())
            guard parts.count > 1 else { continue }
            var whole: Condition?
            for part in parts {
                let trimmed = part.trimmingCharacters(in: CharacterSet(charactersIn: " ()").union(.newlines))
                guard let condition = try condition(trimmed, of: comparison, &notes) else { continue }
                whole = whole.map { joined($0, condition) } ?? condition
            }
            return whole
        }
        if let match = plain.wholeMatch(of: #/\(?"?(\w+?)_l"?\s*=\s*"?(\w+?)_r"?\)?/#), match.1 == match.2 {
            return .test(.same(.folded), of: String(match.1))
        }
        let distance = #/(\w+)\(\s*"?(\w+?)_l"?\s*,\s*"?(\w+?)_r"?\s*\)?\s*(<=|>=|<|>)\s*([0-9.]+)\)?/#
        if let match = plain.wholeMatch(of: distance), match.2 == match.3, let bound = Double(match.5),
            let test = test(match.1.lowercased(), String(match.4), bound, of: comparison, &notes)
        {
            return .test(test, of: String(match.2))
        }
        throw SettingsError("“\(sql)” không có điều kiện tương ứng; hãy bỏ mức này trước khi lưu", at: [comparison])
    }

    /// - Returns: nil for a distance that has no like here.
    private static func test(
        _ function: String, _ sign: String, _ bound: Double, of comparison: String, _ notes: inout [String]
    ) -> ColumnTest? {
        if function.contains("jaro"), sign.hasPrefix(">"), (0...1).contains(bound) {
            if !function.contains("winkler") { notes.append("\(comparison): Jaro thành Jaro–Winkler") }
            if sign == ">" { notes.append("\(comparison): > \(bound) thành >= \(bound)") }
            return .jaroWinkler(least: bound)
        }
        if function.contains("levenshtein"), sign.hasPrefix("<"), let edits = Int(exactly: bound.rounded(.down)) {
            if !function.contains("damerau") {
                notes.append(
                    "\(comparison): Levenshtein thành Damerau–Levenshtein: đổi chỗ hai ký tự cạnh nhau là một lần sửa")
            }
            let most = sign == "<" && bound == bound.rounded() ? edits - 1 : edits
            return most < 0 ? nil : .damerau(most: most)
        }
        return nil
    }

    /// `l."a" = r."a" AND SUBSTR(l.b, 1, 4) = SUBSTR(r.b, 1, 4)` as a conjunction of ours.
    private static func rule(_ sql: String, _ columns: inout [String: ColumnSettings]) throws -> String {
        var parts: [String] = []
        for piece in sql.split(separator: #/\sAND\s/#.ignoresCase()) {
            let part = piece.trimmingCharacters(in: CharacterSet(charactersIn: " ()\n"))
            if let match = part.wholeMatch(of: #/l\."?(\w+)"?\s*=\s*r\."?(\w+)"?/#), match.1 == match.2 {
                parts.append("fold(\(match.1))")
                columns[String(match.1)] = columns[String(match.1)] ?? ColumnSettings(kind: .text)
            } else if let match = part.firstMatch(
                of:
                    #/^(?:substr(?:ing)?\(\s*l\."?(\w+)"?\s*,\s*1\s*,|left\(\s*l\."?(\w+)"?\s*,)\s*(\d+)\s*\)?\s*=\s*(?:substr(?:ing)?|left)\(\s*r\./#
                    .ignoresCase())
            {
                let column = String(match.1 ?? match.2 ?? "")
                parts.append("prefix(\(column), \(match.3))")
                columns[column] = columns[column] ?? ColumnSettings(kind: .text)
            } else {
                throw SettingsError("quy tắc gom khối “\(sql)”: “\(part)” không có điều kiện tương ứng")
            }
        }
        return parts.joined(separator: " & ")
    }
}
