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
            throw SettingsError("this is no model of Splink: comparisons with comparison_levels are wanted")
        }
        var columns: [String: ColumnSettings] = [:]
        var settings: [ComparisonSettings] = []
        var comparisons: [LinkModel.Comparison] = []
        var notes: [String] = []
        if let prior = file.probability_two_random_records_match, !(prior > 0 && prior <= 0.5) {
            throw SettingsError("probability_two_random_records_match is \(prior); it must be above 0 and up to 0.5")
        }
        for comparison in file.comparisons {
            for level in comparison.comparison_levels {
                for chance in [level.m_probability, level.u_probability].compactMap(\.self)
                where !(0...1).contains(chance) {
                    throw SettingsError(
                        "comparison \(comparison.output_column_name ?? "?"): \(chance) is no probability")
                }
            }
            let conditions = try comparison.comparison_levels.filter { !($0.is_null_level ?? false) }.map { level in
                (
                    level: level,
                    condition: try condition(level.sql_condition, of: comparison.output_column_name ?? "?", &notes)
                )
            }
            let used = conditions.flatMap(\.condition.columns)
            guard let column = used.first else { continue }
            for name in used { columns[name] = ColumnSettings(kind: .text) }
            let name = comparison.output_column_name ?? column
            let named = conditions.filter { $0.condition.text != "else" }
            settings.append(
                ComparisonSettings(
                    name: name, column: column,
                    levels: named.map {
                        LevelSettings($0.condition.text, frequency: $0.level.tf_adjustment_column != nil)
                    }))
            let levels = named.map(\.level) + conditions.filter { $0.condition.text == "else" }.map(\.level)
            for (index, level) in levels.enumerated() where level.m_probability == nil || level.u_probability == nil {
                notes.append("\(name), level \(index + 1): not trained there; m or u is assumed")
            }
            comparisons.append(
                LinkModel.Comparison(
                    name: name,
                    levels: zip(named.map(\.condition.text) + ["else"], levels).map { text, level in
                        LinkModel.Level(
                            condition: text, m: max(level.m_probability ?? 1 / Double(levels.count), Training.leastM),
                            u: max(level.u_probability ?? 1 / Double(levels.count), Training.leastU),
                            seenAmongMatches: level.m_probability != nil, seenAmongStrangers: level.u_probability != nil
                        )
                    }))
            guard levels.count == named.count + 1 else {
                throw SettingsError("comparison \(name): the last level must be ELSE")
            }
        }
        let blocking = try (file.blocking_rules_to_generate_predictions ?? []).map { try rule($0.text, &columns) }
        guard !comparisons.isEmpty, !blocking.isEmpty else {
            throw SettingsError("the model of Splink has no comparison or no blocking rule that can be taken over")
        }
        notes.append(
            "texts are compared without case and accents here, there byte by byte; set kinds in the settings and train again to gain from it"
        )
        let model = LinkModel(
            settings: LinkSettings(
                id: file.unique_id_column_name ?? "unique_id", columns: columns, comparisons: settings,
                blocking: blocking),
            prior: min(max(file.probability_two_random_records_match ?? 1e-4, 1e-12), 0.5), comparisons: comparisons,
            steps: 0)
        return (model, notes)
    }

    private struct Condition {
        var text: String
        var columns: [String]
    }

    /// SQL of one level in our words: parts joined by AND or OR.
    private static func condition(_ sql: String, of comparison: String, _ notes: inout [String]) throws -> Condition {
        let plain = sql.trimmingCharacters(in: .whitespacesAndNewlines)
        if plain.uppercased() == "ELSE" { return Condition(text: "else", columns: []) }
        for (word, joined) in [(#/\sOR\s/#, " or "), (#/\sAND\s/#, " and ")] {
            let parts = plain.split(separator: word.ignoresCase())
            guard parts.count > 1 else { continue }
            let conditions = try parts.map { part in
                try condition(
                    part.trimmingCharacters(in: CharacterSet(charactersIn: " ()").union(.newlines)), of: comparison,
                    &notes)
            }
            return Condition(
                text: conditions.map(\.text).joined(separator: joined), columns: conditions.flatMap(\.columns))
        }
        if let match = plain.wholeMatch(of: #/\(?"?(\w+?)_l"?\s*=\s*"?(\w+?)_r"?\)?/#), match.1 == match.2 {
            return Condition(text: "folded(\(match.1))", columns: [String(match.1)])
        }
        let distance = #/(\w+)\(\s*"?(\w+?)_l"?\s*,\s*"?(\w+?)_r"?\s*\)?\s*(<=|>=|<|>)\s*([0-9.]+)\)?/#
        if let match = plain.wholeMatch(of: distance), match.2 == match.3 {
            let name = match.1.lowercased()
            let ours: String
            if name.contains("jaro") {
                ours = "jaro-winkler"
                if !name.contains("winkler") { notes.append("\(comparison): Jaro becomes Jaro–Winkler") }
            } else if name.contains("levenshtein") {
                ours = "damerau"
                if !name.contains("damerau") {
                    notes.append(
                        "\(comparison): Levenshtein becomes Damerau–Levenshtein: a swap of neighbours is one edit")
                }
            } else {
                throw SettingsError(
                    "comparison \(comparison): “\(sql)” has no like here; leave the level out before saving")
            }
            return Condition(text: "\(ours)(\(match.2)) \(match.4) \(match.5)", columns: [String(match.2)])
        }
        throw SettingsError("comparison \(comparison): “\(sql)” has no like here; leave the level out before saving")
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
                throw SettingsError("blocking rule “\(sql)”: “\(part)” has no like here")
            }
        }
        return parts.joined(separator: " & ")
    }
}
