extension LinkSettings {
    /// Heads of the pairs file besides the comparisons.
    static let reservedNames = ["left_id", "right_id", "left_list", "right_list", "match_weight", "match_probability"]
    /// Four bits each, below the definite rules.
    static let mostComparisons = 13
    static let mostLevels = 12
    /// The pairs of the first eight train the model rule by rule; the others only add pairs.
    static let mostRules = 16

    /// Whether the settings can be carried out, as far as that can be told without the lists. ``Linker`` asks too.
    /// - Throws: ``SettingsError`` with the place of the first value that cannot.
    public func check() throws(SettingsError) {
        guard !columns.isEmpty else { throw SettingsError("chưa khai báo cột nào", at: ["columns"]) }
        let kinds = columns.mapValues(\.kind)
        try checkComparisons(kinds)
        for (key, rules) in [("sure", sure), ("never", never)] {
            for (index, rule) in (rules ?? []).enumerated() {
                do throws(SettingsError) {
                    try rule.check(own: nil, kinds: kinds)
                } catch { throw error.under(key, "\(index + 1)") }
            }
        }
        guard (1...Self.mostRules).contains(blocking.count) else {
            throw SettingsError("cần từ 1 đến \(Self.mostRules) quy tắc", at: ["blocking"])
        }
        try Self.check(blocking, kinds, at: "blocking")
        if let prior {
            guard (1...8).contains(prior.rules.count) else {
                throw SettingsError("cần từ 1 đến 8 quy tắc", at: ["prior", "rules"])
            }
            guard prior.recall > 0, prior.recall <= 1 else {
                throw SettingsError("phải lớn hơn 0 và không quá 1", at: ["prior", "recall"])
            }
            do throws(SettingsError) {
                try Self.check(prior.rules, kinds, at: "rules")
            } catch { throw error.under("prior") }
        }
        for (key, table) in [("neighbours", areas?.neighbours), ("successors", areas?.successors)] {
            if let table, table.columns.count != 2 {
                throw SettingsError("tệp \(table.file) cần đúng hai tên cột", at: ["areas", key, "columns"])
            }
        }
        if let largestBlock, largestBlock < 1 {
            throw SettingsError("phải là số cặp lớn hơn 0", at: [CodingKeys.largestBlock.rawValue])
        }
        if let memoryForPairs, memoryForPairs < 0 {
            throw SettingsError("phải là số MB, hoặc 0 để không giữ cặp nào", at: [CodingKeys.memoryForPairs.rawValue])
        }
        if let threshold, !threshold.isFinite {
            throw SettingsError("phải là một trọng số ghép (số)", at: [CodingKeys.threshold.rawValue])
        }
    }

    private static func check(_ rules: [String], _ kinds: [String: ColumnKind], at key: String) throws(SettingsError) {
        for (index, rule) in rules.enumerated() {
            do throws(SettingsError) {
                try BlockingKey(rule).check(kinds)
            } catch { throw error.under(key, "\(index + 1)") }
        }
    }

    private func checkComparisons(_ kinds: [String: ColumnKind]) throws(SettingsError) {
        guard let comparisons else {
            guard columns.count <= Self.mostComparisons else {
                throw SettingsError(
                    "nhiều hơn \(Self.mostComparisons) cột; hãy bỏ cột ít giá trị nhất, hoặc ghi comparisons",
                    at: ["columns"])
            }
            if let name = columns.keys.sorted().first(where: Self.reservedNames.contains) {
                throw SettingsError("tên “\(name)” đã dùng cho tệp cặp; hãy đặt tên khác", at: ["columns", name])
            }
            return
        }
        guard (1...Self.mostComparisons).contains(comparisons.count) else {
            throw SettingsError(
                "cần từ 1 đến \(Self.mostComparisons) phép so sánh; bỏ khoá này để dùng phép so sánh có sẵn",
                at: ["comparisons"])
        }
        var names: Set<String> = []
        for (index, comparison) in comparisons.enumerated() {
            do throws(SettingsError) {
                if Self.reservedNames.contains(comparison.name) {
                    throw SettingsError("tên “\(comparison.name)” đã dùng cho tệp cặp; hãy đặt tên khác", at: ["name"])
                }
                guard names.insert(comparison.name).inserted else {
                    throw SettingsError("hai phép so sánh cùng tên “\(comparison.name)”; hãy đổi tên một", at: ["name"])
                }
                try comparison.check(kinds)
            } catch { throw error.under("comparisons", "\(index + 1)") }
        }
    }
}

extension ComparisonSettings {
    func check(_ kinds: [String: ColumnKind]) throws(SettingsError) {
        guard kinds[column] != nil else {
            throw SettingsError.noColumn(column, among: kinds.keys).under("column")
        }
        guard let levels else { return }
        guard (1...LinkSettings.mostLevels).contains(levels.count) else {
            throw SettingsError(
                "cần từ 1 đến \(LinkSettings.mostLevels) mức; bỏ khoá này để dùng các mức có sẵn", at: ["levels"])
        }
        var seen: Set<Condition> = []
        for (index, level) in levels.enumerated() {
            do throws(SettingsError) {
                guard seen.insert(level.when).inserted else { throw SettingsError("mức “\(level.when)” có hai lần") }
                try level.when.check(own: column, kinds: kinds)
            } catch { throw error.under("levels", "\(index + 1)") }
        }
    }
}
