/// The lists that were profiled, as data of a run by any settings: nothing is read again.
struct ProfiledLists: Sendable {
    let left: FileProfile
    let right: FileProfile?

    /// - Parameters:
    ///   - settings: whose columns are wanted.
    ///   - leftRows: nil for all.
    ///   - rightRows: nil for all.
    func data(_ settings: LinkSettings, leftRows: [Int]? = nil, rightRows: [Int]? = nil) -> LinkData {
        let names = settings.columns.keys.sorted()
        let count = right == nil ? 1 : 2
        var codes: [[[UInt32]]] = [[], []]
        let columns = names.map { name -> LinkData.Column in
            var pool = TextPool()
            for (list, profile) in [left, right].enumerated() {
                let rows = list == 0 ? leftRows : rightRows
                codes[list].append(Self.codes(settings, name, list, of: count, profile, rows, into: &pool))
            }
            let kind = settings.columns[name]?.kind ?? .text
            return LinkData.Column(name: name, values: ColumnValues(kind: kind, pool: pool), pool: pool)
        }
        let leftIDs = ids(left, settings.id, leftRows)
        let rightIDs = right.map { ids($0, settings.id, rightRows) } ?? TextList()
        return LinkData(
            columns: columns, left: codes[0], right: codes[1], leftIDs: leftIDs, rightIDs: rightIDs,
            leftRows: leftIDs.count, rightRows: rightIDs.count,
            isSelf: right == nil, rules: min(settings.blocking.count, LinkSettings.mostRules))
    }

    private static func codes(
        _ settings: LinkSettings, _ name: String, _ list: Int, of count: Int, _ profile: FileProfile?, _ rows: [Int]?,
        into pool: inout TextPool
    ) -> [UInt32] {
        let heading = settings.columns[name]?.name(name, inList: list, of: count) ?? name
        guard let profile, let place = profile.file.header.firstIndex(of: heading) else { return [] }
        let (own, texts) = (profile.file.columns[place], profile.file.pools[place])
        var known = [UInt32](repeating: 0, count: texts.count + 1)
        func code(_ row: Int) -> UInt32 {
            let code = Int(own[row])
            if code > 0, known[code] == 0 {
                known[code] = texts.withBytes {
                    pool.code(of: UnsafeRawBufferPointer(rebasing: $0[texts.range(of: UInt32(code))]))
                }
            }
            return known[code]
        }
        var codes = rows.map { $0.map(code) } ?? own.indices.map(code)
        _ = ErrorValues.clear(from: &codes, pool: pool)
        return codes
    }

    /// Draws go by the records' own ids, so that the order of the rows does not matter.
    func ids(_ profile: FileProfile, _ id: String?, _ rows: [Int]? = nil) -> TextList {
        var ids = TextList()
        let all = rows ?? Array(0..<profile.rows)
        guard let id, let place = profile.file.header.firstIndex(of: id) else {
            for row in all { profile.file.ids.withBytes(of: row) { ids.append($0) } }
            return ids
        }
        let (codes, texts) = (profile.file.columns[place], profile.file.pools[place])
        texts.withBytes { bytes in
            for row in all { ids.append(UnsafeRawBufferPointer(rebasing: bytes[texts.range(of: codes[row])])) }
        }
        return ids
    }
}
